"""Is the gradient the slope of the loss? Each entry beside a central difference, and ways to get it wrong on purpose.

    slope of the loss along one number x  ~  (L(x + e) - L(x - e)) / 2e

Nothing of the gradient's derivation is used on the right: only the loss, computed twice. Nocedal and Wright 2006,
"Numerical Optimization", section 8.1 (equation 8.7, and the choice of the width e); Press et al. 2007, "Numerical
Recipes", section 5.7. The ways to get it wrong are mistakes that are made in real programs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, Ints, frozen, frozen_ints
from w2v.learning import Trace
from w2v.objectives import ALL_ROWS, Objective
from w2v.parameters import Parameters

EPS = float(np.finfo(np.float64).eps)
MOST = 400  # entries that are checked; of a larger gradient a sample
FEWEST = 24
CELLS = 6_000_000  # products of u . h that one check may compute, twice per entry
RELATIVE = 1e-6  # of the largest entry
ROUNDINGS = 32  # last digits of a loss that its summation may lose

MISTAKES: Mapping[str, str] = {
    "expected": "grad v is -u of the true rows only: what the model itself expects, the sum of P u, is forgotten",
    "push": "only the rows that should say 1 get a gradient: the push on all wrong ones is forgotten",
    "share": "grad h is not divided by the number of inputs, as in word2vec.c and by default in gensim",
    "repeat": "`V[inputs] -= ...` and `U[rows] -= ...`: a row that is listed twice moves only once",
    "place": "of one vector per word only the gradient as input is taken, as if V and U were still two: what the same "
    "row gets as output is forgotten",
    "sign": "the error is y - P instead of P - y: every sign is wrong",
}
"""Ways to break the gradient."""


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """One gradient, entry by entry, computed in two ways.

    matrix    : (n,) 0 for an entry of V, 1 for one of U
    row       : (n,) its row there, a word or a tree node
    column    : (n,) its place in the vector, from 0
    analytic  : (n,) what the formulas say, or what is left of them after a mistake
    numeric   : (n,) the central differences
    n_entries : entries of the whole gradient that are not 0 by themselves; more than n when a sample was checked
    width     : e
    allowed   : how much the two may differ by rounding and because e is not 0
    mistake   : the key in MISTAKES of what was broken, or None
    """

    matrix: Ints
    row: Ints
    column: Ints
    analytic: Floats
    numeric: Floats
    n_entries: int
    width: float
    allowed: float
    mistake: str | None

    @property
    def difference(self) -> Floats:
        """(n,) how far the two are apart, without sign."""
        gap = np.abs(self.analytic - self.numeric)
        frozen(gap)
        return gap

    @property
    def worst(self) -> int:
        """The number of the entry with the largest difference."""
        return int(self.difference.argmax())

    @property
    def largest(self) -> float:
        """The largest slope, without sign."""
        return float(np.abs(self.numeric).max())

    @property
    def n_wrong(self) -> int:
        """How many entries differ by more than is allowed."""
        return int((self.difference > self.allowed).sum())

    @property
    def passed(self) -> bool:
        """Whether the gradient is the slope of the loss, as far as float64 can tell."""
        return self.n_wrong == 0


def gradient_check(
    parameters: Parameters,
    trace: Trace,
    objective: Objective,
    *,
    mistake: str | None = None,
    most: int = MOST,
    seed: int = 0,
) -> GradientCheck:
    """Compare the gradient of one example with central differences of its loss.

    parameters : where `trace` was taken, `Step.before`
    mistake    : a key of MISTAKES, to see the check fail
    most       : of a larger gradient so many entries are checked (fewer when even they would take long), drawn with
                 `seed`; those of V and of U in proportion, at least one of each

    The gradient is that of one example, in the rows of V and U that take part; all other entries are 0 by themselves.
    With one vector per word it is that of the one matrix, both parts added, and all entries count as V's.
    e balances two errors of a central difference: e^2/6 times the third derivative for its width, and the loss's last
    digit divided by e for rounding. Both are smallest together near the cube root of the last digit; it is divided
    by the largest number that meets x in a score, so that scores change by no more than that.
    Raises ValueError for a mistake that is not in MISTAKES.
    """
    if mistake is not None and mistake not in MISTAKES:
        raise ValueError(f"There is no mistake {mistake!r}; there are {', '.join(MISTAKES)}.")
    example = trace.example
    words, nodes = np.unique(example.inputs), np.unique(trace.rows)
    one_matrix, dim = parameters.U is parameters.V, parameters.dim
    if one_matrix:  # its rows are checked once, as rows of V, whatever they are taken for
        words = nodes = np.union1d(words, nodes)
    grad_V, grad_U = _analytic(parameters, trace, words, nodes, mistake)
    flat = np.concatenate([grad_V.ravel(), grad_U.ravel()])
    if one_matrix:
        flat = (grad_V if mistake == "place" else grad_V + grad_U).ravel()
    chosen = _sample(grad_V.size, flat.size - grad_V.size, min(most, _affordable(trace, dim)), seed)

    V = parameters.V[words]  # a copy
    U = V if one_matrix else parameters.U[nodes]
    place = np.searchsorted(words, example.inputs)
    rows: slice | Ints = ALL_ROWS if objective.all_rows else np.searchsorted(nodes, trace.rows)
    numbers = [V.reshape(-1), U.reshape(-1)]  # views: to change a number is to change the parameter

    def loss(h: Floats) -> float:
        return objective.predict(U[rows] @ h, trace.labels)[1]

    width = float(np.cbrt(EPS)) / max(1.0, float(np.abs(trace.h).max()), float(np.abs(U).max()))
    numeric = np.empty(len(chosen))
    for i, entry in enumerate(chosen.tolist()):
        which, at = (0, entry) if entry < V.size else (1, entry - V.size)
        values = numbers[which]
        x = float(values[at])
        above, below = x + width, x - width  # as float64 has them: their distance is not quite 2e
        losses = []
        for moved in (above, below):
            values[at] = moved
            losses.append(loss(V[place].mean(axis=0) if which == 0 else trace.h))
        values[at] = x
        numeric[i] = (losses[0] - losses[1]) / (above - below)

    size = 1.0 + trace.loss + float(np.abs(trace.scores).max())
    allowed = RELATIVE * float(np.abs(numeric).max()) + ROUNDINGS * EPS * size / width
    in_U = chosen >= V.size
    row = np.where(in_U, nodes[np.where(in_U, (chosen - V.size) // dim, 0)], words[np.where(in_U, 0, chosen // dim)])
    analytic = flat[chosen]
    frozen(analytic)
    frozen(numeric)
    return GradientCheck(
        frozen_ints(in_U), frozen_ints(row), frozen_ints(chosen % dim), analytic, numeric, len(flat), width, allowed,
        mistake,
    )  # fmt: skip


def _analytic(
    parameters: Parameters, trace: Trace, words: Ints, nodes: Ints, mistake: str | None
) -> tuple[Floats, Floats]:
    """Return the gradient for the rows `words` of V and `nodes` of U, right or with a mistake in it."""
    inputs = trace.example.inputs
    grad_h, grad_U = trace.grad_h, trace.grad_U
    if mistake == "expected":
        grad_h = -trace.labels @ parameters.U[trace.rows]
    if mistake == "push":
        grad_U = grad_U * trace.labels[:, None]
    if mistake == "sign":
        grad_h, grad_U = -grad_h, -grad_U
    each = grad_h if mistake == "share" else grad_h / len(inputs)
    V, U = np.zeros((len(words), len(grad_h))), np.zeros((len(nodes), len(grad_h)))
    at_V, at_U = np.searchsorted(words, inputs), np.searchsorted(nodes, trace.rows)
    if mistake == "repeat":
        V[at_V], U[at_U] = each, grad_U
    else:
        np.add.at(V, at_V, each)
        np.add.at(U, at_U, grad_U)
    return V, U


def _affordable(trace: Trace, dim: int) -> int:
    return max(FEWEST, CELLS // (2 * len(trace.rows) * dim))


def _sample(n_V: int, n_U: int, most: int, seed: int) -> Ints:
    """Return which entries are checked, in order: all, or so many of V and of U in proportion."""
    n = n_V + n_U
    if n <= most:
        return np.arange(n)
    of_V = min(n_V, max(1, round(most * n_V / n)))
    rng = np.random.default_rng(seed)
    picks = [rng.choice(n_V, of_V, replace=False), n_V + rng.choice(n_U, min(n_U, most - of_V), replace=False)]
    return np.sort(np.concatenate(picks))
