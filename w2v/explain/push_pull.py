"""One update as motion: every output vector moves along h, towards it or away, and the inputs towards a mixture.

    u_w moves by  -rate * error_w * h         pull (along h) where P is too low, push (against it) where P is too high
    v_i moves by  -rate * (error @ U) / n     towards the rows that should have been said more

Rong 2014 (arXiv:1411.2738), section 1.1, reads equation 11 this way. The errors of a full softmax sum to 0, and so do
the steps of all u_w: their centroid stays where it is. Negative sampling and a tree have no such balance, and with one
vector per word the input's own step is among them.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from w2v.arrays import Floats, Ints, frozen, frozen_floats, frozen_ints
from w2v.learning import Step, Trace
from w2v.pictures.axes import Basis


@dataclass(frozen=True, slots=True, eq=False)
class PushPull:
    """What one example of an update moved, and a plane to look at it.

    plane    : two axes through the origin; with more than two dimensions the first is h's own direction
    words    : (k,) the input words, each once;  steps_V : (k, dim) how far their vectors move
    rows     : (r,) the rows of U that take part, each once;  steps_U : (r, dim)
    errors   : (r,) P - label, summed where a row is listed more than once: positive is pushed away from h
    centroid : (dim,) the mean of all rows of U before the whole update
    drift    : (dim,) how far the whole update moved it
    """

    plane: Basis
    words: Ints
    steps_V: Floats
    rows: Ints
    steps_U: Floats
    errors: Floats
    centroid: Floats
    drift: Floats


def push_pull(step: Step, trace: Trace, reduction: Literal["sum", "mean"] = "sum") -> PushPull:
    """Return the motion that one example of an update causes.

    trace     : one of the step's traces; with several of them the steps are this example's part of the update
    reduction : whether the update averages ("mean") over its examples
    """
    rate = step.learning_rate / (len(step.traces) if reduction == "mean" else 1)
    words, rows = np.unique(trace.example.inputs), np.unique(trace.rows)
    errors = np.zeros(len(rows))
    np.add.at(errors, np.searchsorted(rows, trace.rows), trace.error)
    steps_V = np.zeros((len(words), len(trace.h)))
    np.subtract.at(steps_V, np.searchsorted(words, trace.example.inputs), rate * trace.grad_V)
    before, after = step.before.U.mean(axis=0), step.after.U.mean(axis=0)
    return PushPull(
        plane_with(trace.h, step.before.U),
        frozen_ints(words),
        frozen_floats(steps_V),
        frozen_ints(rows),
        frozen_floats(-rate * errors[:, None] * trace.h),
        frozen_floats(errors),
        frozen_floats(before),
        frozen_floats(after - before),
    )


def plane_with(direction: Floats, matrix: Floats) -> Basis:
    """Find the plane through the origin that contains `direction` (dim,) and most of the variance of the rows.

    matrix : (n_rows, dim)

    With the first axis given, the variance along a second one at right angles is largest for the first principal
    axis of what is left of the rows without their part along the first (the argument of Jolliffe 2002, section 1.1,
    with one more constraint). Its entry of largest magnitude is positive. Two dimensions are shown as they are, one
    as a line. A direction of length 0 leaves the plane to the rows alone;
    an axis that nothing varies along is a row of zeros. `explained` are the shares of the rows'
    variance about their mean along each axis.
    """
    dim = matrix.shape[1]
    around = matrix - matrix.mean(axis=0)  # (n_rows, dim)
    if dim <= 2:
        axes = np.eye(2, dim)
    else:
        scatter = around.T @ around  # (dim, dim)
        length = float(np.linalg.norm(direction))
        first = direction / length if length > 0 else _widest(scatter, np.zeros(dim))
        axes = np.stack([first, _widest(scatter, first)])
    kept, total = np.square(around @ axes.T).sum(axis=0), float(np.square(around).sum())
    explained = kept / total if total > 0 else np.zeros(2)
    for array in (axes, explained):
        frozen(array)
    return Basis(frozen_floats(np.zeros(dim)), axes, explained)


def _widest(scatter: Floats, without: Floats) -> Floats:
    """Return the unit vector at right angles to `without` along which the scatter is largest; zeros if it is none."""
    remove = np.eye(len(scatter)) - np.outer(without, without)
    values, vectors = np.linalg.eigh(remove @ scatter @ remove)  # values rise
    if values[-1] <= 1e-14 * np.trace(scatter):
        return np.zeros_like(without)
    axis: Floats = vectors[:, -1] - without * (without @ vectors[:, -1])
    axis /= np.linalg.norm(axis)
    axis *= np.sign(axis[np.abs(axis).argmax()])
    return axis
