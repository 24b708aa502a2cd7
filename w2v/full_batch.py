"""Loss and gradient of full softmax over all pairs of a text at once, from their counts.

Full softmax sees a text only through COUNT(c, o), n_c = sum_o COUNT(c, o):

    J          = sum_c n_c log Z_c - sum_{c,o} COUNT(c, o) u_o . v_c         Z_c = sum_w exp(u_w . v_c)
    dJ/dv_c    = n_c sum_w P(w|c) u_w - sum_o COUNT(c, o) u_o
    dJ/du_w    = sum_c n_c P(w|c) v_c - sum_c COUNT(c, w) v_c

These are the sums of the gradients in `learning.py` over all pairs (Rong 2014, arXiv:1411.2738, equations 8 to
14). Their cost does not depend on the length of the text. P is made for one block of centers at a time, so that
memory stays linear in the number of words.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v.counts import Counts

BLOCK_CELLS = 2_000_000
"""Entries of P held at once."""

Reals = NDArray[np.floating[Any]]
"""float32 or float64: whichever the parameters have."""


class FullBatch:
    """All pairs of a text, ready to be differentiated.

    counts     : the pairs to learn from, (n_words, n_words)
    other      : pairs whose loss is wanted as well, without learning from them; None for none
    dtype      : of the parameters that will be passed in, and of everything computed for each word. Losses are
                 summed in float64 in any case.
    """

    def __init__(self, counts: Counts, other: Counts | None = None, dtype: Any = np.float64) -> None:
        self.n_words = counts.matrix.shape[1]
        self.total, self.other_total = counts.total, other.total if other else 0
        self.n = counts.row_totals.astype(dtype)  # (n_words,)
        self._n_exact = counts.row_totals.astype(np.float64)
        self._matrix = counts.matrix.astype(dtype)
        self._transposed = self._matrix.T.tocsr()
        self._other = other.matrix.astype(dtype) if other else None
        self._n_other = other.row_totals.astype(np.float64) if other else np.zeros(self.n_words)

    def losses_and_grad_V(self, V: Reals, U: Reals) -> tuple[float, float, Reals]:
        """Return the mean loss of the pairs and of the other pairs, nats, and dJ/dV, (n_words, dim)."""
        log_Z = np.zeros(self.n_words)
        pulled = self._matrix @ U  # (n_words, dim) sum_o COUNT(c, o) u_o
        grad = np.empty_like(V)
        for block in self._blocks():
            P, log_Z[block] = softmax_rows(V[block] @ U.T)
            grad[block] = self.n[block, None] * (P @ U) - pulled[block]
        scores = dot(pulled, V)
        loss = (float(self._n_exact @ log_Z) - scores) / max(1, self.total)
        if self._other is None:
            return loss, float("nan"), grad
        other = float(self._n_other @ log_Z) - dot(self._other @ U, V)
        return loss, other / max(1, self.other_total), grad

    def grad_U(self, V: Reals, U: Reals) -> tuple[Reals, Reals]:
        """Return dJ/dU, (n_words, dim), and how often each word is expected as a target, (n_words,)."""
        grad = -(self._transposed @ V)
        expected = np.zeros(self.n_words, V.dtype)
        for block in self._blocks():
            P, _ = softmax_rows(V[block] @ U.T)
            P *= self.n[block, None]
            grad += P.T @ V[block]
            expected += P.sum(axis=0)
        return grad, expected

    def _blocks(self) -> Iterator[slice]:
        size = max(1, BLOCK_CELLS // self.n_words)
        for start in range(0, self.n_words, size):
            yield slice(start, min(self.n_words, start + size))


def softmax_rows(scores: Reals) -> tuple[Reals, NDArray[np.float64]]:
    """Turn each row of scores into probabilities, in place; return them with log Z of each row in float64."""
    largest = scores.max(axis=1, keepdims=True)
    scores -= largest
    np.exp(scores, out=scores)
    Z = scores.sum(axis=1, keepdims=True)
    scores /= Z
    log_Z = largest[:, 0].astype(np.float64) + np.log(Z[:, 0].astype(np.float64))
    return scores, log_Z


def dot(a: Reals, b: Reals) -> float:
    """Return the sum of all products, added up in float64."""
    return float(np.einsum("ij,ij->i", a, b).sum(dtype=np.float64))
