"""One update of word2vec, spelled out: predict, compare, and move every vector a little downhill.

    h       = mean of V[inputs]
    scores  = U[rows] @ h
    P, loss = the objective's reading of the scores
    error   = P - labels
    grad_U  = outer(error, h)        one row for each row that took part
    grad_h  = error @ U[rows]
    grad_V  = grad_h / len(inputs)   for each input word, as often as it is listed

Softmax, negative sampling and hierarchical softmax differ only in the rows and labels and in how P is read off
the scores; skip-gram and CBOW only in the inputs. The formulas are equations 8 to 14 (one input), 20 to 23
(CBOW), 54 to 56 (hierarchical softmax) and 59 to 61 (negative sampling) of Rong 2014 (arXiv:1411.2738).

With one vector per word U is V, one matrix: a word that is both input and predicted gets both parts of the gradient.

`step` explains what it did, `descend` only does it. `step` calls `descend`, so that a recorded update and a
fast one are the same arithmetic, bit for bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from w2v.arrays import Floats, Ints, frozen
from w2v.objectives import ALL_ROWS, Objective, Rows
from w2v.parameters import Parameters, copies
from w2v.windows import Example

Reduction = Literal["sum", "mean"]
Raw = tuple[tuple[int, ...], int, Ints | None]
"""An example without ceremony: inputs, target, drawn negatives."""


class Pass(NamedTuple):
    """What `forward_and_back` computes; `Trace` explains the fields."""

    rows: Rows
    labels: Floats
    h: Floats
    scores: Floats
    P: Floats
    loss: float
    error: Floats
    grad_h: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Everything computed for one example, in the order in which it is computed.

    example : what was predicted from what
    rows    : (r,) the rows of U that took part: all words for full softmax, the target and its draws for
              negative sampling, the nodes on the target's path for hierarchical softmax
    labels  : (r,) what P should have been there: y
    h       : (dim,) the hidden vector, the mean of the input vectors; for skip-gram simply v_c
    scores  : (r,) u . h for those rows
    P       : (r,) for softmax the probability of each word; otherwise sigma(score), a separate yes-or-no for
              each row that does not sum to 1
    loss    : nats
    error   : (r,) P - labels, the gradient of the loss with respect to the scores
    grad_h  : (dim,) the gradient of the loss with respect to h
    """

    example: Example
    rows: Ints
    labels: Floats
    h: Floats
    scores: Floats
    P: Floats
    loss: float
    error: Floats
    grad_h: Floats

    @property
    def shift(self) -> float:
        """The largest score, which full softmax subtracts from all of them before exp."""
        return float(np.maximum.reduce(self.scores))

    @property
    def weights(self) -> Floats:
        """(r,) exp(scores - shift), the numerators of full softmax."""
        weights = np.exp(self.scores - self.shift)
        frozen(weights)
        return weights

    @property
    def Z(self) -> float:
        """The sum of the weights, the denominator of full softmax: P = weights / Z."""
        return float(np.add.reduce(self.weights))

    @property
    def log_sum(self) -> float:
        """log sum_w exp(score_w) = shift + log Z, so that the loss of full softmax is log_sum - score of the target."""
        return self.shift + float(np.log(self.Z))

    @property
    def grad_U(self) -> Floats:
        """(r, dim) the gradient for each row that took part; a row listed twice has its part in each place."""
        grad = self.error[:, None] * self.h
        frozen(grad)
        return grad

    @property
    def grad_V(self) -> Floats:
        """(len(inputs), dim) the gradient for each input; an input listed twice has its part in each place."""
        grad = np.repeat(self.grad_h[None, :] / len(self.example.inputs), len(self.example.inputs), axis=0)
        frozen(grad)
        return grad


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The record of one update.

    index         : number of the update in its run, from 0
    epoch         : number of the pass over the text, from 0
    learning_rate : the rate of this update
    traces        : one `Trace` for each example, all taken at `before`
    before, after : the parameters
    loss          : nats; the sum of the traces' losses, or their mean when the gradients were averaged
    """

    index: int
    epoch: int
    learning_rate: float
    traces: tuple[Trace, ...]
    before: Parameters
    after: Parameters
    loss: float


def forward_and_back(
    V: Floats, U: Floats, inputs: tuple[int, ...], target: int, objective: Objective, draws: Ints | None
) -> Pass:
    """Predict one target and differentiate: the calculation that everything else here is made of."""
    h = V[inputs[0]] if len(inputs) == 1 else V[list(inputs)].mean(axis=0)  # (dim,)
    rows, labels = objective.rows_and_labels(target, draws, len(U))
    vectors = U if rows is ALL_ROWS else U[rows]  # (r, dim)
    scores = vectors @ h  # (r,)
    P, loss = objective.predict(scores, labels)
    error = P - labels  # (r,)
    # Pass(...), without its constructor: this is the hot path of training
    return tuple.__new__(Pass, (rows, labels, h, scores, P, loss, error, error @ vectors))


def descend(
    V: Floats,
    U: Floats,
    examples: Sequence[Raw],
    objective: Objective,
    learning_rate: float,
    reduction: Reduction = "sum",
    keep: bool = False,
) -> tuple[Floats, Floats, float, list[Pass]]:
    """Do one update: all gradients at the old parameters, summed or averaged, one descent.

    Returns V, U, the loss and what was computed for each example. The matrices change in place, or, with `keep`,
    stay as they are and new ones are returned. Repeated rows are counted as often as they occur. Where U is V it
    stays so: both parts of the gradient are subtracted from the one matrix.
    """
    if len(examples) == 1:
        ((inputs, target, draws),) = examples
        done = forward_and_back(V, U, inputs, target, objective, draws)
        # U first: h may be a view of the row of V that moves next
        moved = _moved(U, done, learning_rate, keep)
        if U is V:
            V = moved
        elif keep:
            V = V.copy()
        U = moved
        if len(inputs) == 1:
            row = V[inputs[0]]
            row -= learning_rate * done.grad_h
        else:
            np.subtract.at(V, list(inputs), learning_rate * (done.grad_h / len(inputs)))
        return V, U, done.loss, [done]

    passes = [forward_and_back(V, U, inputs, target, objective, draws) for inputs, target, draws in examples]
    passes = [p._replace(h=p.h.copy()) for p in passes]  # no view into V while V moves
    rate = learning_rate / len(passes) if reduction == "mean" else learning_rate
    if keep:
        V, U = copies(V, U)
    for (inputs, _, _), done in zip(examples, passes, strict=True):
        _moved(U, done, rate, keep=False)
        np.subtract.at(V, list(inputs), rate * (done.grad_h / len(inputs)))
    total = sum([p.loss for p in passes])
    return V, U, total / len(passes) if reduction == "mean" else total, passes


def _moved(matrix: Floats, done: Pass, rate: float, keep: bool) -> Floats:
    change = done.error[:, None] * done.h  # (r, dim)
    change *= rate
    if isinstance(done.rows, slice):  # ALL_ROWS
        return np.subtract(matrix, change, out=change if keep else matrix)
    if keep:
        matrix = matrix.copy()
    np.subtract.at(matrix, done.rows, change)  # unlike matrix[rows] -= change, counts repeated rows
    return matrix


def trace(parameters: Parameters, example: Example, objective: Objective, draws: ArrayLike | None = None) -> Trace:
    """Compute one example at the given parameters and return everything on the way. Nothing moves.

    draws : (k,) word ids for negative sampling, used exactly as given; None for the other objectives
    Raises ValueError when negative sampling is asked for without draws, or an example has no input.
    """
    inputs, target, ids = _raw(example, draws)
    return _trace(example, forward_and_back(parameters.V, parameters.U, inputs, target, objective, ids), parameters)


def prediction(parameters: Parameters, inputs: tuple[int, ...], objective: Objective) -> Floats:
    """Return what the model says of every word for these inputs, (n_words,).

    P(word | inputs) for both softmaxes; sigma(u . h), which is no distribution, for negative sampling.
    Raises ValueError where there is no input.
    """
    if not inputs:
        raise ValueError("A prediction needs at least one input word.")
    said = objective.over_vocabulary(parameters.U, parameters.V[list(inputs)].mean(axis=0))
    frozen(said)
    return said


def step(
    parameters: Parameters,
    examples: Sequence[Example],
    objective: Objective,
    learning_rate: float,
    draws: Sequence[ArrayLike] | ArrayLike | None = None,
    *,
    reduction: Reduction = "sum",
    index: int = 0,
    epoch: int = 0,
) -> tuple[Parameters, Step]:
    """Do one update and return the new parameters with the record of how they came about.

    examples  : the group this update learns from; all are traced at `parameters`
    draws     : one (k,) array for each example, for negative sampling
    reduction : "sum" adds the gradients of the group, "mean" averages them
    index, epoch : labels for the record

    The parameters passed in are left as they are. Raises ValueError for an empty group.
    """
    if isinstance(examples, Example):
        examples = (examples,)
    if not examples:
        raise ValueError("An update needs at least one example.")
    if draws is None:
        raw = [_raw(e, None) for e in examples]
    else:
        raw = [_raw(e, d) for e, d in zip(examples, _draws_for_each(draws, len(examples)), strict=True)]
    V, U, loss, passes = descend(parameters.V, parameters.U, raw, objective, learning_rate, reduction, keep=True)
    after = Parameters.adopt(V, U)
    traces = tuple([_trace(e, p, parameters) for e, p in zip(examples, passes)])
    return after, Step(index, epoch, learning_rate, traces, parameters, after, loss)


def _raw(example: Example, draws: ArrayLike | None) -> Raw:
    if not example.inputs:
        raise ValueError("An example needs at least one input word.")
    return example.inputs, example.target, None if draws is None else np.asarray(draws, dtype=np.int64)


def _draws_for_each(draws: Sequence[ArrayLike] | ArrayLike | None, n_examples: int) -> Sequence[ArrayLike | None]:
    each: list[Any] = list(draws)  # type: ignore[arg-type]
    alone = not each or (each[0] is not None and np.ndim(each[0]) == 0)
    if n_examples == 1 and alone:  # one example: its draws by themselves will do
        return [np.array(each, dtype=np.int64)]
    if alone:
        raise ValueError(f"There must be one array of draws for each of the {n_examples} examples, not one for all.")
    if len(each) != n_examples:
        raise ValueError(f"There must be one array of draws for each of the {n_examples} examples, not {len(each)}.")
    return each


def _trace(example: Example, done: Pass, parameters: Parameters) -> Trace:
    rows = all_rows(len(parameters.U)) if isinstance(done.rows, slice) else done.rows
    h = parameters.V[example.inputs[0]] if len(example.inputs) == 1 else done.h
    _, labels, _, scores, P, loss, error, grad_h = done
    for array in (labels, h, scores, P, error, grad_h, rows):
        # frozen(array), in the way that takes half the time: this is the hot path of a recorded update
        array.setflags(False)  # type: ignore[call-arg]
    return Trace(example, rows, labels, h, scores, P, loss, error, grad_h)


_ROW_NUMBERS: dict[int, Ints] = {}


def all_rows(n_rows: int) -> Ints:
    """Return 0, 1, ..., n_rows - 1, read-only; the same array each time."""
    if n_rows not in _ROW_NUMBERS:
        if len(_ROW_NUMBERS) >= 64:
            _ROW_NUMBERS.clear()
        _ROW_NUMBERS[n_rows] = np.arange(n_rows)
        frozen(_ROW_NUMBERS[n_rows])
    return _ROW_NUMBERS[n_rows]
