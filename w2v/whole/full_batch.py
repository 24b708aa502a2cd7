"""Loss and gradient of full softmax over all pairs of a text at once, from their counts.

Full softmax sees a text only through COUNT(c, o), n_c = sum_o COUNT(c, o):

    J          = sum_c n_c log Z_c - sum_{c,o} COUNT(c, o) u_o . v_c         Z_c = sum_w exp(u_w . v_c)
    dJ/dv_c    = n_c sum_w P(w|c) u_w - sum_o COUNT(c, o) u_o
    dJ/du_w    = sum_c n_c P(w|c) v_c - sum_c COUNT(c, w) v_c

These are the sums of the gradients in `learning.py` over all pairs (Rong 2014, arXiv:1411.2738, equations 8 to
14). Their cost does not depend on the length of the text. P is made for one block of centers at a time, so that
memory stays linear in the number of words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import matmul
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from w2v.arrays import Floats
from w2v.counts import Counts
from w2v.workers import Pool

Reals = NDArray[Any]
"""float32 or float64: whichever the parameters have."""

BLOCK_CELLS, BLOCK_ROWS = 250_000, 128
"""Scores held at once by one worker: 1 MB in float32, which stays in its processor's cache; but rows enough, for the
other matrix is read once for every block, which with 12 rows at 20,000 words takes most of the time."""

WORKERS, PARTS = 2, 4
"""Threads, and parts that the work is always shared out in: sums come out the same with one processor or two."""


@dataclass(frozen=True, slots=True, eq=False)
class QuadraticModel:
    """J as a function of the rows of V alone, or of U alone, up to the second order: what a Newton step needs.

    The second derivative of J by a row is close to weight * (covariance + outer(mean, mean)), with one
    `covariance` for all rows and without the last term where `mean` is None.

    grad       : (n_rows, dim) dJ/d(row)
    weight     : (n_rows,) pairs that the row takes part in
    covariance : (dim, dim)
    mean       : (n_rows, dim) or None
    slopes     : (n_rows,) or None: the sum of sigma'(x) over the pairs that the row takes part in
    """

    grad: Reals
    weight: Reals
    covariance: Floats
    mean: Reals | None = None
    slopes: Reals | None = None


class Losses(NamedTuple):
    """Mean losses in nats: over the pairs learned from, and over those held out (None without any)."""

    loss: float
    heldout: float | None


class Batch(Protocol):
    """All pairs of a text under one objective, as `alternating_newton.py` asks for them."""

    n_words: int
    total: int

    def model_of_V(self, V: Reals, U: Reals, n_centers: int | None = None) -> tuple[Losses | None, QuadraticModel]:
        """Return the losses, and J about V; with `n_centers`, of its first so many rows only, and no losses."""
        ...

    def model_of_U(self, V: Reals, U: Reals, n_centers: int | None = None) -> QuadraticModel:
        """Return J about U; with `n_centers`, estimated from the pairs with the first so many words as centers."""
        ...


class SoftmaxBatch:
    """All pairs of a text, ready to be differentiated.

    counts  : the pairs to learn from, (n_words, n_words)
    heldout : pairs whose loss is wanted as well, without learning from them; None for none
    dtype   : of the parameters that will be passed in, and of all arrays. Losses are added up in float64.
    pool    : two threads, or None to do everything in this one
    """

    def __init__(
        self,
        counts: Counts,
        heldout: Counts | None = None,
        dtype: Any = np.float64,
        pool: Pool = None,
    ) -> None:
        self.n_words = counts.matrix.shape[1]
        self.dtype = np.dtype(dtype)
        self.n_centers = counts.row_totals.astype(dtype)  # (n_words,) n_c
        self.n_targets = counts.target_totals.astype(dtype)  # (n_words,)
        self.total = counts.total
        self._counts, self._heldout, self._pool = counts, heldout, pool
        self._pairs = counts.matrix.astype(dtype)
        self._heldout_pairs = heldout.matrix.astype(dtype) if heldout else None

    def model_of_V(self, V: Reals, U: Reals, n_centers: int | None = None) -> tuple[Losses | None, QuadraticModel]:
        """Return the losses, and J about V; with `n_centers`, of its first so many rows only, and no losses."""
        k = self.n_words if n_centers is None else n_centers
        V, n = V[:k], self.n_centers[:k, None]
        log_Z = np.zeros(k)
        mean = np.empty_like(V)  # (k, dim) sum_w P(w|c) u_w
        U_T = np.ascontiguousarray(U.T)

        def work(blocks: Sequence[slice]) -> Reals:
            expected = np.zeros(self.n_words, self.dtype)  # sum_c n_c P(w|c)
            for block in blocks:
                weights, Z, largest = exponentials(V[block], U_T)  # (block, n_words)
                log_Z[block] = largest + np.log(Z.astype(np.float64))
                mean[block] = (weights @ U) / Z[:, None]
                expected += (self.n_centers[block] / Z) @ weights
            return expected

        pull = [self._in_background(partial(matmul, part, U)) for part in self._two_halves(k)]
        expected = sum(shared_out(self._pool, work, k, self.n_words))
        pulled = np.concatenate([half() for half in pull])  # (k, dim) sum_o COUNT(c, o) u_o
        share, q = expected / expected.sum(), n / n.sum()
        covariance = (U * share[:, None]).T @ U - (mean * q).T @ mean
        model = QuadraticModel(n * mean - pulled, n[:, 0], covariance.astype(np.float64))
        if n_centers is not None:
            return None, model
        loss = _mean_loss(self._counts, log_Z, pulled, V)
        if self._heldout is None:
            return Losses(loss, None), model
        return Losses(loss, _mean_loss(self._heldout, log_Z, self._heldout_pairs @ U, V)), model

    def model_of_U(self, V: Reals, U: Reals, n_centers: int | None = None) -> QuadraticModel:
        """Return J about U; with `n_centers`, estimated from the pairs with the first so many words as centers.

        Words are in order of their counts: few of them are the center of most pairs.
        """
        k = self.n_words if n_centers is None else n_centers
        V, n = V[:k], self.n_centers[:k]
        U_T = np.ascontiguousarray(U.T)

        def work(blocks: Sequence[slice]) -> tuple[Reals, Reals]:
            pushed = np.zeros_like(U)  # (n_words, dim) sum_c n_c P(w|c) v_c
            expected = np.zeros(self.n_words, self.dtype)  # sum_c n_c P(w|c)
            for block in blocks:
                weights, Z, _ = exponentials(V[block], U_T)
                scale = n[block] / Z
                pushed += weights.T @ (V[block] * scale[:, None])
                expected += scale @ weights
            return pushed, expected

        above, below = self._two_halves(k)
        at = above.shape[0]
        pull = [self._in_background(partial(matmul, part.T, rows)) for part, rows in ((above, V[:at]), (below, V[at:]))]
        parts = shared_out(self._pool, work, k, self.n_words)
        pushed, expected = sum(p for p, _ in parts), sum(e for _, e in parts)
        grad = pushed - sum(half() for half in pull)  # less sum_c COUNT(c, w) v_c
        mean = pushed / np.maximum(expected, np.finfo(self.dtype).tiny)[:, None]
        share, q = expected / expected.sum(), n / n.sum()
        covariance = (V * q[:, None]).T @ V - (mean * share[:, None]).T @ mean
        all_pairs = self.n_centers.sum() / n.sum()
        weight = np.maximum(all_pairs * expected, self.n_targets)
        return QuadraticModel(all_pairs * grad, weight, covariance.astype(np.float64), mean)

    def _two_halves(self, k: int) -> tuple[csr_array, csr_array]:
        """Return COUNT(c, o) of the first k centers in two parts with as many entries each, one for each worker."""
        pairs = self._pairs
        start = pairs.indptr
        middle = min(k, int(np.searchsorted(start, start[k] // 2)))

        def rows(first: int, end: int) -> csr_array:
            inside = slice(start[first], start[end])
            entries = (pairs.data[inside], pairs.indices[inside], start[first : end + 1] - start[first])
            return csr_array(entries, shape=(end - first, self.n_words))

        return rows(0, middle), rows(middle, k)

    def _in_background(self, work: Callable[[], Reals]) -> Callable[[], Reals]:
        """Begin some work, if there is a pool, and return the way to its result."""
        return self._pool.submit(work).result if self._pool else work


def shared_out(pool: Pool, work: Callable[[Sequence[slice]], Any], n_rows: int, n_words: int) -> Sequence[Any]:
    """Do `work` for every block of rows, in `PARTS` parts; return what each part returned."""
    size = max(1, min(max(BLOCK_CELLS // n_words, BLOCK_ROWS), -(-n_rows // PARTS)))
    blocks = [slice(start, min(n_rows, start + size)) for start in range(0, n_rows, size)]
    parts = [blocks[i::PARTS] for i in range(PARTS)]
    return list(pool.map(work, parts) if pool else map(work, parts))


def exponentials(V: Reals, U_T: Reals) -> tuple[Reals, Reals, Reals]:
    """Return exp(u_w . v_c - largest_c), (rows, n_words), the sum of each row and the largest score, (rows,)."""
    scores = V @ U_T
    largest = scores.max(axis=1)
    scores -= largest[:, None]
    np.exp(scores, out=scores)
    return scores, scores.sum(axis=1), largest


def _mean_loss(counts: Counts, log_Z: Floats, pulled: Reals, V: Reals) -> float:
    """Return (sum_c n_c log Z_c - sum_c v_c . sum_o COUNT(c, o) u_o) / pairs, added up in float64."""
    scores = np.einsum("ij,ij->", pulled, V, dtype=np.float64)
    return float((counts.row_totals @ log_Z - scores) / max(1, counts.total))
