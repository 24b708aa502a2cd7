"""One row of a full-batch step: everything the pairs of one center word say about its input vector, at once.

A step on the whole text sums the gradients of all pairs (c, o). For one center c only its counts matter:

    full softmax        J_c = n_c log Z_c - sum_o COUNT(c, o) s_o              error_w = n_c P(w|c) - COUNT(c, w)
    negative sampling   J_c = sum_o COUNT(c, o) softplus(-s_o) + k n_c sum_w noise_w softplus(s_w)
                        error_w = sigma(s_w) (COUNT(c, w) + k n_c noise_w) - COUNT(c, w)
    both                dJ/dv_c = sum_w error_w u_w

with s_w = u_w . v_c and n_c = sum_o COUNT(c, o): the sums of Rong 2014 (arXiv:1411.2738), equations 8 to 14, over all
pairs of c; for negative sampling the expectation over its draws (Levy and Goldberg 2014, equation 4).
"""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, Ints, frozen_floats
from w2v.counts import Counts
from w2v.objectives import Objective
from w2v.parameters import Parameters


@dataclass(frozen=True, eq=False)
class CenterRow:
    """What a full-batch step computes for one center word.

    center   : its id
    counts   : (n_words,) COUNT(c, o)
    total    : n_c, their sum
    scores   : (n_words,) u_w . v_c
    P        : (n_words,) the softmax, or for negative sampling sigma of each score, which is no P(o|c)
    expected : (n_words,) what the model says in place of the counts: n_c P(w|c), or sigma times the labels' number
    error    : (n_words,) expected - counts
    grad_v   : (dim,) dJ_c / dv_c
    loss     : J_c / n_c in nats; nan for a word without pairs
    floor    : the lowest mean loss any softmax could have on this row: the entropy of its counts; nan without pairs
    """

    center: int
    counts: Ints
    total: int
    scores: Floats
    P: Floats
    expected: Floats
    error: Floats
    grad_v: Floats
    loss: float
    floor: float


def log_sums(parameters: Parameters, n_centers: int) -> Floats:
    """Return the log of the sum of exp(u_w . v_c) over all words w, for the first centers, (n_centers,).

    P(w|c) of full softmax is exp(u_w . v_c) divided by that sum, whoever has only some of the words. In single
    precision, right to 1e-5.
    """
    scores = parameters.V[:n_centers].astype(np.float32) @ parameters.U.T.astype(np.float32)  # (n_centers, n_words)
    largest = scores.max(axis=1, keepdims=True)
    return frozen_floats(largest[:, 0] + np.log(np.exp(scores - largest).sum(axis=1)))


def center_row(parameters: Parameters, counts: Counts, center: int, objective: Objective) -> CenterRow:
    """Return what a full-batch step computes for one center word, in float64.

    Raises TypeError for an objective that is not trained by passes.
    """
    seen = counts.row(center)
    total = int(seen.sum())
    scores = parameters.U @ parameters.V[center]
    P, expected, loss = objective.expected_row(scores, seen)
    error = expected - seen
    shares = seen[seen > 0] / max(1, total)
    return CenterRow(
        center=center,
        counts=seen,
        total=total,
        scores=frozen_floats(scores),
        P=frozen_floats(P),
        expected=frozen_floats(expected),
        error=frozen_floats(error),
        grad_v=frozen_floats(error @ parameters.U),
        loss=loss / total if total else float("nan"),
        floor=float(-(shares @ np.log(shares))) if total else float("nan"),
    )
