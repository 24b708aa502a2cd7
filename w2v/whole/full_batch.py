"""Loss and gradient of full softmax over all pairs of a text at once, from their counts.

Full softmax sees a text only through COUNT(c, o), n_c = sum_o COUNT(c, o):

    J          = sum_c n_c log Z_c - sum_{c,o} COUNT(c, o) u_o . v_c         Z_c = sum_w exp(u_w . v_c)
    dJ/dv_c    = n_c sum_w P(w|c) u_w - sum_o COUNT(c, o) u_o
    dJ/du_w    = sum_c n_c P(w|c) v_c - sum_c COUNT(c, w) v_c

These are the sums of the gradients in `learning.py` over all pairs (Rong 2014, arXiv:1411.2738, equations 8 to
14). Their cost does not depend on the length of the text. P is made for one block of centers at a time, so that
memory stays linear in the number of words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from operator import matmul
from typing import Any, NamedTuple, Protocol

import numpy as np

from w2v.arrays import Floats
from w2v.counts import Counts
from w2v.whole.blocks import Reals, Room, Scores, shared_out, with_ones
from w2v.whole.halves import in_background, product, two_halves
from w2v.workers import Pool


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
        scores, U_and_ones = Scores(U), with_ones(U)

        def work(blocks: Sequence[slice]) -> Reals:
            expected = np.zeros(self.n_words, self.dtype)  # sum_c n_c P(w|c)
            room = Room(blocks, self.n_words, self.dtype)
            for block in blocks:
                tiles, shift = scores.exponentials(V[block], room)
                sums, weights = np.zeros((len(shift), U_and_ones.shape[1]), self.dtype), []
                for words, tile in tiles:
                    sums += tile @ U_and_ones[words]
                    weights.append((words, tile))
                Z = sums[:, -1]
                log_Z[block] = shift + np.log(Z.astype(np.float64))
                mean[block] = sums[:, :-1] / Z[:, None]
                scale = self.n_centers[block] / Z
                for words, tile in weights:
                    expected[words] += scale @ tile
            return expected

        pull = [in_background(self._pool, partial(matmul, part, U)) for part in two_halves(self._pairs, k)]
        aside = in_background(self._pool, partial(self._heldout_scores, V, U, n_centers))
        expected = sum(shared_out(self._pool, work, k, self.n_words))
        pulled = np.concatenate([half() for half in pull])  # (k, dim) sum_o COUNT(c, o) u_o
        share, q = expected / expected.sum(), n / n.sum()
        covariance = (U * share[:, None]).T @ U - (mean * q).T @ mean
        model = QuadraticModel(n * mean - pulled, n[:, 0], covariance.astype(np.float64))
        if n_centers is not None:
            return None, model
        loss = _mean_loss(self._counts, log_Z, _summed(pulled, V))
        return Losses(loss, _mean_loss(self._heldout, log_Z, aside()) if self._heldout else None), model

    def model_of_rare_V(self, guess: Reals, U: Reals, n_centers: int) -> QuadraticModel:
        """Return J about all rows of V but the first so many, where each of them is `guess`, (dim,).

        So P(w|c) is the same for all of them, and made once.
        """
        scores = U @ guess
        P = np.exp(scores - scores.max())
        P /= P.sum()
        mean, n = P @ U, self.n_centers[n_centers:, None]
        covariance = (U * P[:, None]).T @ U - np.outer(mean, mean)
        pulled = product(self._pairs[n_centers:], U, self._pool)
        return QuadraticModel(n * mean - pulled, n[:, 0], covariance.astype(np.float64))

    def model_of_U(self, V: Reals, U: Reals, n_centers: int | None = None) -> QuadraticModel:
        """Return J about U; with `n_centers`, estimated from the pairs with the first so many words as centers.

        Words are in order of their counts: few of them are the center of most pairs.
        """
        k = self.n_words if n_centers is None else n_centers
        V, n = V[:k], self.n_centers[:k]
        scores = Scores(U)

        def work(blocks: Sequence[slice]) -> Reals:
            sums = np.zeros((self.n_words, V.shape[1] + 1), self.dtype)  # sum_c n_c P(w|c) v_c, and without v_c
            ones = np.ones(self.n_words, self.dtype)
            room = Room(blocks, self.n_words, self.dtype)
            for block in blocks:
                tiles, shift = scores.exponentials(V[block], room)
                Z, weights = np.zeros_like(shift), []
                for words, tile in tiles:
                    Z += tile @ ones[words]
                    weights.append((words, tile))
                scaled = with_ones(V[block]) * (n[block] / Z)[:, None]
                for words, tile in weights:
                    sums[words] += tile.T @ scaled
            return sums

        above, below = two_halves(self._pairs, k)
        at = above.shape[0]
        pull = [
            in_background(self._pool, partial(matmul, part.T, rows))
            for part, rows in ((above, V[:at]), (below, V[at:]))
        ]
        sums = sum(shared_out(self._pool, work, k, self.n_words))
        pushed, expected = sums[:, :-1], sums[:, -1]
        grad = pushed - sum(half() for half in pull)  # less sum_c COUNT(c, w) v_c
        mean = pushed / np.maximum(expected, np.finfo(self.dtype).tiny)[:, None]
        share, q = expected / expected.sum(), n / n.sum()
        covariance = (V * q[:, None]).T @ V - (mean * share[:, None]).T @ mean
        all_pairs = self.n_centers.sum() / n.sum()
        weight = np.maximum(all_pairs * expected, self.n_targets)
        return QuadraticModel(all_pairs * grad, weight, covariance.astype(np.float64), mean)

    def _heldout_scores(self, V: Reals, U: Reals, n_centers: int | None) -> float:
        """Return the sum of u_o . v_c over the pairs held out, where their loss is asked for."""
        if self._heldout_pairs is None or n_centers is not None:
            return 0.0
        return _summed(self._heldout_pairs @ U, V)


def _summed(pulled: Reals, V: Reals) -> float:
    """Return the sum of v_c . sum_o COUNT(c, o) u_o, added up in float64."""
    return float(np.einsum("ij,ij->", pulled, V, dtype=np.float64))


def _mean_loss(counts: Counts, log_Z: Floats, scores: float) -> float:
    """Return (sum_c n_c log Z_c - summed scores) / pairs."""
    return float((counts.row_totals @ log_Z - scores) / max(1, counts.total))
