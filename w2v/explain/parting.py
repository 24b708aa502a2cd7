"""Where two trainings part: the first update after which they differ, by which number, and how far apart they get."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.linalg import orthogonal_procrustes

from w2v.arrays import Floats, Ints, frozen_floats
from w2v.explain.side_by_side import shared
from w2v.learning import descend
from w2v.moments import Moments
from w2v.objectives import OBJECTIVES
from w2v.parameters import Parameters, copies
from w2v.run import Run

CURVE = 120  # moments at which two trainings are compared
DECIDE = ("objective", "reduction")  # settings that decide what an example does, whatever it is
LOOKS = 64  # updates between two words of how far the search is

Vectors = Literal["V", "U", "both"]
Kind = Literal["never", "words", "dimensions", "start", "later", "length"]


@dataclass(frozen=True, slots=True)
class Number:
    """The number by which two models differ most.

    matrix : "V" or "U";  row, component : its place there;  first, second : what it is in each
    differing, of : how many numbers differ, and how many there are
    """

    matrix: Literal["V", "U"]
    row: int
    component: int
    first: float
    second: float
    differing: int
    of: int


@dataclass(frozen=True, slots=True)
class Parting:
    """The first parting of two trainings.

    kind   : "never"; or "words" and "dimensions", whose starts cannot be compared number by number; "start", where the
             first vectors differ; "later"; "length", where one goes on after the other has ended
    t      : of "later" the update or pass by which they part: equal at moment t, no longer at t + 1. Of "length" the
             last moment that both have. 0 of all others
    number : by which number, of "start" and "later"
    """

    kind: Kind
    t: int = 0
    number: Number | None = None


def first_parting(first: Moments, second: Moments) -> Generator[int, None, Parting]:
    """Find where two trainings part, comparing bit for bit from the start; yields how many updates are compared.

    What was equal once and is moved by the same examples at the same rate stays equal. So updates are compared by
    what goes into them, as long as that is the same, and by all parameters after each from there on: two that have
    parted may meet again, so that no look at a few moments would tell.
    """
    if first is second:
        return Parting("never")
    if first.corpus.vocabulary.words != second.corpus.vocabulary.words:
        return Parting("words")
    a, b = first.parameters(0), second.parameters(0)
    if (a.V.shape, a.U.shape) != (b.V.shape, b.U.shape):
        return Parting("dimensions")
    if (found := difference(a, b)) is not None:
        return Parting("start", 0, found)
    end = min(first.n_moments, second.n_moments) - 1
    if isinstance(first, Run) and isinstance(second, Run):
        parting = yield from _of_updates(first, second, end)
    else:
        parting = yield from _of_moments(first, second, end)
    if parting is None and first.n_moments != second.n_moments:
        return Parting("length", end)
    return parting or Parting("never")


def _of_moments(first: Moments, second: Moments, end: int) -> Generator[int, None, Parting | None]:
    for t in range(end):
        if (found := difference(first.parameters(t + 1), second.parameters(t + 1))) is not None:
            return Parting("later", t, found)
        yield t
    return None


def _of_updates(first: Run, second: Run, end: int) -> Generator[int, None, Parting | None]:
    same = yield from _same_until(first, second, end)
    both = first, second
    states = [copies(run.parameters(same).V, run.parameters(same).U) for run in both]
    updates = zip(*[run.plan.updates(same, end) for run in both], strict=True)
    for t, pair in zip(range(same, end), updates):
        for run, (V, U), (rate, group) in zip(both, states, pair, strict=True):
            descend(V, U, group, run.plan.objective, rate, run.config.reduction)
        (V, U), (other_V, other_U) = states
        if not (np.array_equal(V, other_V) and np.array_equal(U, other_U)):
            return Parting("later", t, difference(first.parameters(t + 1), second.parameters(t + 1)))
        if t % LOOKS == 0:
            yield t
    return None


def _same_until(first: Run, second: Run, end: int) -> Generator[int, None, int]:
    """Return before which update all that goes into an update is the same: examples, draws, rate, and the objective."""
    if not _work_alike(first, second):
        return 0
    pairs = zip(first.plan.updates(0, end), second.plan.updates(0, end), strict=True)
    for t, ((rate, group), (other_rate, other_group)) in enumerate(pairs):
        if rate != other_rate or not _same_examples(group, other_group):
            return t
        if t % LOOKS == 0:
            yield t
    return end


def _work_alike(first: Run, second: Run) -> bool:
    """Whether equal examples, draws and rates move the vectors of both alike."""
    a, b = first.plan.objective.arrays(), second.plan.objective.arrays()
    return (
        all(getattr(first.config, name) == getattr(second.config, name) for name in DECIDE)
        and a.keys() == b.keys()
        and all(np.array_equal(a[name], b[name]) for name in a)
    )


def _same_examples(group: list[Any], other: list[Any]) -> bool:
    return len(group) == len(other) and all(
        inputs == other_inputs and target == other_target and np.array_equal(drawn, other_drawn)
        for (inputs, target, drawn), (other_inputs, other_target, other_drawn) in zip(group, other, strict=True)
    )


def difference(a: Parameters, b: Parameters) -> Number | None:
    """Return the number by which two models of the same shape differ most, V before U; None if all are the same."""
    gaps = {"V": np.abs(a.V - b.V), "U": np.abs(a.U - b.U)}
    differing = sum(int(np.count_nonzero(gap)) for gap in gaps.values())
    if not differing:
        return None
    matrix: Literal["V", "U"] = "V" if gaps["V"].max() >= gaps["U"].max() else "U"
    row, component = np.unravel_index(int(gaps[matrix].argmax()), gaps[matrix].shape)
    here, there = getattr(a, matrix), getattr(b, matrix)
    return Number(
        matrix,
        int(row),
        int(component),
        float(here[row, component]),
        float(there[row, component]),
        differing,
        a.V.size + a.U.size,
    )


# --- how far apart they get -------------------------------------------------------------------------------------


def words_in_both(first: Moments, second: Moments) -> bool:
    """Say whether a word has a vector u in both trainings that is another one than its v."""
    return all(OBJECTIVES[one.config.objective].words_in_U and not one.config.one_vector for one in (first, second))


def distances(
    first: Moments, second: Moments, most: int = CURVE, of: Vectors = "V"
) -> Generator[None, None, tuple[list[tuple[int, int]], Floats]]:
    """Return pairs of moments, equally far on the way of each training, and how far apart its vectors are there.

    of : the vectors v ("V"), the vectors u ("U"), where `words_in_both`, or "both" of a word, turned together

    The distance is |V Q - W| / |W| over the words that both have: V of the second and W of the first, Q the rotation
    or reflection that brings them closest (orthogonal Procrustes), | | the root of the sum of squares. 0 is the same
    model however it lies. Vectors of fewer dimensions have zeros for those that they lack.
    """
    here, there = shared(second.corpus.vocabulary.words, first.corpus.vocabulary.words)
    ends = first.n_moments - 1, second.n_moments - 1
    if ends[0] == ends[1]:
        pairs = [(t, t) for t in first.keyframes(most)]
    else:
        shares = np.linspace(0.0, 1.0, most)
        pairs = [(round(ends[0] * share), round(ends[1] * share)) for share in shares.tolist()]
        pairs = list(dict.fromkeys(pairs))
    found = []
    for t, s in pairs:
        found.append(distance(_rows(second.parameters(s), here, of), _rows(first.parameters(t), there, of)))
        yield
    return pairs, frozen_floats(found)


def _rows(parameters: Parameters, words: Ints, of: Vectors) -> Floats:
    asked = {"V": (parameters.V,), "U": (parameters.U,), "both": (parameters.V, parameters.U)}[of]
    return np.concatenate([matrix[words] for matrix in asked])


def distance(V: Floats, W: Floats) -> float:
    """Return |V Q - W| / |W| for the best rotation or reflection Q; rows (n, dim) of the same words."""
    if np.array_equal(V, W):
        return 0.0
    dim = max(V.shape[1], W.shape[1])
    v, w = (np.pad(rows, ((0, 0), (0, dim - rows.shape[1]))) for rows in (V, W))
    turn, _ = orthogonal_procrustes(v, w)
    return float(np.linalg.norm(v @ turn - w) / max(float(np.linalg.norm(w)), 1e-300))
