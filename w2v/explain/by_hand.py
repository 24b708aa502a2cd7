"""One example of an update with rounded numbers, so that it can be done by hand with a pocket calculator.

Every number is computed from the rounded ones before it, as somebody does who writes each down; so the chain is right
by itself, whatever the digits that were left out. To be short, it has no more than a few words and a few numbers of
each vector. What is left out is given as one more summand: the other products of a score together, and all other rows
together. For full softmax these are one more word: its weight is the sum of theirs, its vector their mean by weight.

Decimal numbers, halves rounded up, as at school.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import floor, log10

import numpy as np

from w2v.arrays import Floats
from w2v.learning import Step, Trace
from w2v.objectives import Objective

MOST_ROWS = 6  # of U, in all; more than these are one row of their own together
MOST_INPUTS = 6  # context words whose mean is taken
ALL_NUMBERS, SOME_NUMBERS = 3, 2  # of each vector: all of as many, or else so many
LARGEST_SCORE = 12.0

Numbers = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class HandRow:
    """A row of U that is asked, and what comes of it.

    row    : its number;  label : 1 for the right answer, else 0
    u      : the first numbers of its vector;  others : the other products of its score together, given
    score  : u . h;  weight : e to the score for full softmax, else e to minus the score
    P      : the answer;  error : P - label
    right  : what the right answer of this row got: P, or 1 - P; its part of the loss is -ln of that
    """

    row: int
    label: int
    u: Numbers
    others: Decimal
    score: Decimal
    weight: Decimal
    P: Decimal
    error: Decimal
    right: Decimal


@dataclass(frozen=True, slots=True)
class HandRest:
    """All rows that are not listed, together: given, but for P of full softmax.

    n      : how many
    weight : full softmax: the sum of their weights;  P : weight / Z;  u : their mean, by weight
    moved  : other objectives: the sum of their error times vector;  loss : their part of the loss
    """

    n: int
    weight: Decimal
    P: Decimal
    u: Numbers
    moved: Numbers
    loss: Decimal


@dataclass(frozen=True, slots=True)
class HandMove:
    """How a vector moves: new = old - rate * (share * gradient of h + error * h).

    kind  : "v" of an input, or "u" of a row;  row : its number
    share : what part of the gradient of h reaches it, 0 for a row of U;  error : of its row, 0 for an input
    exact : the same with all digits
    """

    kind: str
    row: int
    old: Numbers
    share: Decimal
    error: Decimal
    new: Numbers
    exact: Floats


@dataclass(frozen=True, slots=True)
class ByHand:
    """An example done by hand.

    rate     : learning rate, divided by the number of examples where these are averaged
    dim      : how many numbers a vector has;  shown : how many of these are worked with, the first ones
    inputs   : (number of the word, first numbers of its vector), each as often as it is listed
    h        : their mean;  rows : the true word's first;  rest : None where every row is listed
    Z        : the sum of all weights, of full softmax
    loss     : nats;  gradient : of the loss with respect to h
    moves    : how the true word's row and one input move
    exact_P, exact_loss : with all digits, of the first row, and of the example
    """

    rate: Decimal
    dim: int
    shown: int
    inputs: tuple[tuple[int, Numbers], ...]
    h: Numbers
    rows: tuple[HandRow, ...]
    rest: HandRest | None
    Z: Decimal
    loss: Decimal
    gradient: Numbers
    moves: tuple[HandMove, ...]
    exact_P: float
    exact_loss: float


def too_much_by_hand(trace: Trace) -> str | None:
    """Return a sentence about why an example cannot be done by hand, or None where it can."""
    if len(trace.example.inputs) > MOST_INPUTS:
        return (
            f"Here {len(trace.example.inputs)} context words guess together, too many to do by hand: choose a smaller "
            "window, or skip-gram."
        )
    if float(np.abs(trace.scores).max()) > LARGEST_SCORE:
        return "The scores of this update are too large to do by hand: choose an earlier one, or a smaller rate."
    return None


def by_hand(step: Step, number: int, objective: Objective, reduction: str, one_vector: bool = False) -> ByHand:
    """Do an example of an update by hand.

    number : which of the step's examples;  reduction : whether its gradients are added ("sum") or averaged ("mean")
    Raises ValueError in one sentence for one that is too much.
    """
    trace, V = step.traces[number], step.before.V
    if problem := too_much_by_hand(trace):
        raise ValueError(problem)
    shown = trace.h.size if trace.h.size <= ALL_NUMBERS else SOME_NUMBERS
    listed, others = _listed(trace, objective.words_in_U, one_vector)
    U = step.before.U[trace.rows]
    digits = _digits(np.concatenate([V[list(trace.example.inputs)], U[listed]])[:, :shown])
    inputs = tuple([(word, _numbers(V[word, :shown], digits)) for word in trace.example.inputs])
    h = tuple([rounded(sum(column) / len(inputs), digits) for column in zip(*[v for _, v in inputs], strict=True)])
    sums = objective.rows_sum_to_one

    given = [_given(trace, U, at, shown, digits, h, sums) for at in listed]
    rest_weight = _significant(Decimal(float(np.exp(trace.scores[others]).sum()))) if sums and others else Decimal(0)
    Z = rounded(sum([weight for *_, weight in given], rest_weight), 2) if sums else Decimal(1)
    rows = tuple([_answered(trace, at, one, Z, sums) for at, one in zip(listed, given, strict=True)])
    rest = _rest(trace, U, others, shown, digits, rest_weight, Z, sums) if others else None
    gradient = _gradient(rows, rest, digits + 1)
    if sums:
        loss = rounded(-rows[0].P.ln(), 2)
    else:
        loss = sum([rounded(-row.right.ln(), 2) for row in rows], rest.loss if rest else Decimal(0))
    exact_rate = step.learning_rate / (len(step.traces) if reduction == "mean" else 1)
    rate = _significant(Decimal(exact_rate))
    moves = _moves(step, trace, rows, inputs, h, gradient, rate, exact_rate, one_vector)
    return ByHand(
        rate=rate,
        dim=trace.h.size,
        shown=shown,
        inputs=inputs,
        h=h,
        rows=rows,
        rest=rest,
        Z=Z,
        loss=loss,
        gradient=gradient,
        moves=moves,
        exact_P=float(trace.P[listed[0]]),
        exact_loss=trace.loss,
    )


# --- which rows -----------------------------------------------------------------------------------------------


def _listed(trace: Trace, words_in_U: bool, one_vector: bool) -> tuple[list[int], list[int]]:
    """Return the entries of the trace's rows that are listed, the true word's or the root first, and all others."""
    first = int(np.flatnonzero(trace.rows == trace.example.target)[0]) if words_in_U else 0
    order = [first, *[i for i in np.argsort(-np.abs(trace.error), kind="stable").tolist() if i != first]]
    if one_vector:  # the input's row has a part in how the input moves
        order.sort(key=lambda i: (i != first, trace.rows[i] != trace.example.inputs[0]))
    most = MOST_ROWS if len(order) <= MOST_ROWS else MOST_ROWS - 1
    return order[:most], order[most:]


# --- the numbers ----------------------------------------------------------------------------------------------

Given = tuple[Numbers, Decimal, Decimal, Decimal]


def _given(trace: Trace, U: Floats, at: int, shown: int, digits: int, h: Numbers, sums: bool) -> Given:
    """The vector of a row, the other products, the score and its weight."""
    u, others = _numbers(U[at, :shown], digits), rounded(Decimal(float(U[at, shown:] @ trace.h[shown:])), 2)
    score = rounded(_dot(u, h) + others, 2)
    return u, others, score, _significant((score if sums else -score).exp())


def _answered(trace: Trace, at: int, given: Given, Z: Decimal, sums: bool) -> HandRow:
    u, others, score, weight = given
    label = int(trace.labels[at])
    P = _significant(weight / Z if sums else 1 / (1 + weight))
    right = P if sums or label else _significant(weight / (1 + weight))
    return HandRow(int(trace.rows[at]), label, u, others, score, weight, P, rounded(P - label, 3), right)


def _rest(
    trace: Trace, U: Floats, others: list[int], shown: int, digits: int, weight: Decimal, Z: Decimal, sums: bool
) -> HandRest:
    zero, none = Decimal(0), tuple([Decimal(0)] * shown)
    vectors, scores = U[others, :shown], trace.scores[others]
    if sums:
        shares = np.exp(scores - scores.max())
        return HandRest(
            len(others), weight, _significant(weight / Z), _numbers(shares @ vectors / shares.sum(), digits), none, zero
        )
    loss = float(np.logaddexp(0.0, np.where(trace.labels[others] == 1.0, -scores, scores)).sum())
    moved = _numbers(trace.error[others] @ vectors, digits + 1)
    return HandRest(len(others), zero, zero, none, moved, rounded(Decimal(loss), 2))


def _gradient(rows: Sequence[HandRow], rest: HandRest | None, digits: int) -> Numbers:
    """Return the sum of error times vector."""
    sums = []
    for i in range(len(rows[0].u)):
        total = sum([row.error * row.u[i] for row in rows], Decimal(0))
        if rest is not None:
            total += rounded(rest.P, 3) * rest.u[i] + rest.moved[i]
        sums.append(rounded(total, digits))
    return tuple(sums)


def _moves(
    step: Step,
    trace: Trace,
    rows: Sequence[HandRow],
    inputs: Sequence[tuple[int, Numbers]],
    h: Numbers,
    gradient: Numbers,
    rate: Decimal,
    exact_rate: float,
    one_vector: bool,
) -> tuple[HandMove, ...]:
    """How the first row moves, and the first input; with one vector per word each may have both parts."""
    words = trace.example.inputs

    def moved(kind: str, row: int, old: Numbers) -> HandMove:
        in_V, in_U = kind == "v" or one_vector, kind == "u" or one_vector
        times = words.count(row) if in_V else 0
        error = sum([one.error for one in rows if one.row == row], Decimal(0)) if in_U else Decimal(0)
        share = Decimal(times) / len(words)
        new = [
            rounded(a - rate * (share * g + error * b), -int(a.as_tuple().exponent) + 1)
            for a, g, b in zip(old, gradient, h, strict=True)
        ]
        exact = (step.before.V if in_V else step.before.U)[row] - exact_rate * (
            times / len(words) * trace.grad_h + (trace.error[trace.rows == row].sum() * trace.h if in_U else 0.0)
        )
        return HandMove(kind, row, old, share, error, tuple(new), exact[: len(old)])

    of_row, of_input = moved("u", rows[0].row, rows[0].u), moved("v", inputs[0][0], inputs[0][1])
    return (of_input,) if one_vector and of_row.row == of_input.row else (of_row, of_input)


# --- rounding -------------------------------------------------------------------------------------------------


def rounded(x: Decimal, digits: int) -> Decimal:
    """Round to so many digits behind the point; no minus before a zero."""
    found = Decimal(x).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(found) if found == 0 else found


def _significant(x: Decimal, digits: int = 3) -> Decimal:
    """Round to so many digits, zeros in front not counted."""
    return rounded(x, digits - 1 - x.adjusted()) if x else Decimal(0)


def _numbers(values: Iterable[float], digits: int) -> Numbers:
    return tuple([rounded(Decimal(float(x)), digits) for x in values])


def _digits(values: Floats) -> int:
    """Return how many digits behind the point vectors need: two, more for tiny ones."""
    largest = float(np.abs(values).max(initial=0.0))
    return 2 if largest >= 0.1 or largest == 0 else min(9, 1 - floor(log10(largest)))


def _dot(a: Numbers, b: Numbers) -> Decimal:
    return sum([x * y for x, y in zip(a, b, strict=True)], Decimal(0))
