"""Loss and gradient of negative sampling over all pairs of a text at once: the expectation over all draws.

With n = COUNT(c, o), m(c, o) how often o is expected as a negative for c, and x = u_o . v_c:

    J    = sum_{c,o} -n log sigma(x) - m log sigma(-x)          (Levy and Goldberg 2014, equations 3 to 5)
    dJ/dx = m sigma(x) - n sigma(-x)

No negative is ever drawn: every word of the vocabulary is every center's negative, as often as it would be drawn on
average. m is k n_c P_n(o) but for draws that meet the target; they are drawn again, as in
`NegativeSampling.draw`, so that m = weight_c k P_n(o) - COUNT(c, o) k P_n(o) r_o, r_o = (1 - P_n(o)^11) / (1 - P_n(o)):
one number for each center times one for each word, and something sparse.

What that costs: the square of the vocabulary, twice a pass, with a sigmoid for each of its cells and 40 passes to
follow the path of SGD, where gensim draws a few negatives for each word of the text. From some ten thousand different
words on it takes several times as long (`docs/large-texts.md`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy

from w2v.arrays import Floats, Sparse
from w2v.counts import Counts
from w2v.objectives import NegativeSampling
from w2v.objectives.negative import expected_draws
from w2v.whole.blocks import Reals, Room, scores, shared_out, with_ones
from w2v.whole.full_batch import Losses, QuadraticModel
from w2v.workers import Pool


class NegativeBatch:
    """All pairs of a text with their expected negatives, ready to be differentiated.

    counts    : the pairs to learn from, (n_words, n_words)
    objective : k and the noise
    heldout, dtype, pool : as for `SoftmaxBatch`
    """

    def __init__(
        self,
        counts: Counts,
        objective: NegativeSampling,
        heldout: Counts | None = None,
        dtype: Any = np.float64,
        pool: Pool = None,
    ) -> None:
        self.n_words, self.total = counts.matrix.shape[1], counts.total
        self.dtype, self._pool = np.dtype(dtype), pool
        noise = objective.noise
        again = expected_draws(noise)
        self._collisions = objective.k * noise * again  # (n_words,) k P_n(o) r_o: draws that met the target o
        self.noise = (objective.k * noise).astype(dtype)  # (n_words,)
        self._pairs = _Pairs(counts, again, dtype)
        self._heldout = _Pairs(heldout, again, dtype) if heldout else None
        self.n_targets = counts.target_totals.astype(np.float64)

    def model_of_V(self, V: Reals, U: Reals, n_centers: int | None = None) -> tuple[Losses | None, QuadraticModel]:
        """Return the losses, and J about V; with `n_centers`, of its first so many rows only, and no losses."""
        k, pairs = self.n_words if n_centers is None else n_centers, self._pairs
        V = V[:k]
        pushed = np.empty_like(V)  # (k, dim) sum_o weight_c k P_n(o) sigma(x) u_o
        expected, negatives_loss = np.empty(k, self.dtype), np.zeros(k)  # (k,) negatives, and their loss
        slopes = np.empty(k, self.dtype)  # (k,) d2J/dx2, added up over o
        errors, second_derivatives = np.empty((2, pairs.end(k)), self.dtype)  # of the counted pairs
        pairs_loss, heldout_pairs_loss = np.zeros(k), np.zeros(k)
        U_and_ones = with_ones(U)

        def work(blocks: Sequence[slice]) -> Reals:
            weights = np.zeros(self.n_words, self.dtype)
            room = Room(blocks, self.n_words, self.dtype)
            for block in blocks:
                tiles, span = list(scores(V[block], U, room)), pairs.span(block)
                errors[span], second_derivatives[span], pairs_loss[block] = self._counted(pairs, room, block)
                if self._heldout:
                    _, _, heldout_pairs_loss[block] = self._counted(self._heldout, room, block)
                sums = np.zeros((block.stop - block.start, U_and_ones.shape[1]), self.dtype)
                of_negatives, sigma_squared = np.zeros((2, len(sums)), self.dtype)
                for words, tile in tiles:
                    noise = self.noise[words]
                    one_minus_sigma = one_minus_sigmoid(tile)
                    of_negatives -= np.log(np.maximum(one_minus_sigma, np.finfo(self.dtype).tiny)) @ noise
                    sigma = np.subtract(1, one_minus_sigma, out=one_minus_sigma)
                    sigma_squared += (sigma * sigma) @ noise
                    sigma *= noise
                    sums += sigma @ U_and_ones[words]
                    weights[words] += pairs.weight[block] @ sigma
                pushed[block], expected[block] = sums[:, :-1], sums[:, -1]
                negatives_loss[block], slopes[block] = of_negatives, sums[:, -1] - sigma_squared
            return weights

        weights = sum(shared_out(self._pool, work, k, self.n_words))  # (n_words,) how often o is asked about
        weight = pairs.weight[:k] * expected
        grad = pushed * pairs.weight[:k, None] + pairs.with_values(errors, k) @ U
        mean = pushed / np.maximum(expected, np.finfo(self.dtype).tiny)[:, None]
        slopes = slopes * pairs.weight[:k] + pairs.with_values(second_derivatives, k).sum(axis=1)
        covariance = _within_covariance(U, weights, mean, weight)
        model = QuadraticModel(grad, np.maximum(weight, pairs.n[:k] / 4), covariance, mean, slopes)
        if n_centers is not None:
            return None, model
        loss = pairs.mean_loss(negatives_loss, pairs_loss)
        heldout_loss = self._heldout.mean_loss(negatives_loss, heldout_pairs_loss) if self._heldout else None
        return Losses(loss, heldout_loss), model

    def model_of_U(self, V: Reals, U: Reals, n_centers: int | None = None) -> QuadraticModel:
        """Return J about U; with `n_centers`, estimated from the pairs with the first so many words as centers."""
        k, pairs = self.n_words if n_centers is None else n_centers, self._pairs
        V = V[:k]
        errors, second_derivatives = np.empty((2, pairs.end(k)), self.dtype)
        weights = np.empty(k, self.dtype)

        V_and_ones = with_ones(V)

        def work(blocks: Sequence[slice]) -> tuple[Reals, Reals]:
            sums = np.zeros((self.n_words, V_and_ones.shape[1]), self.dtype)  # sum_c weight_c sigma(x) v_c, and without
            sigma_squared = np.zeros(self.n_words, self.dtype)
            room = Room(blocks, self.n_words, self.dtype)
            for block in blocks:
                tiles, span = list(scores(V[block], U, room)), pairs.span(block)
                errors[span], second_derivatives[span], _ = self._counted(pairs, room, block)
                asked = np.zeros(block.stop - block.start, self.dtype)
                for words, tile in tiles:
                    sigma = one_minus_sigmoid(tile)
                    np.subtract(1, sigma, out=sigma)
                    sigma_squared[words] += pairs.weight[block] @ (sigma * sigma)
                    sigma *= pairs.weight[block, None]
                    sums[words] += sigma.T @ V_and_ones[block]
                    asked += sigma @ self.noise[words]
                weights[block] = asked
            return sums, sigma_squared

        parts = list(shared_out(self._pool, work, k, self.n_words))
        sums, sigma_squared = (sum(part[i] for part in parts) for i in range(2))
        pushed, expected = sums[:, :-1], sums[:, -1]
        mean = pushed / np.maximum(expected, np.finfo(self.dtype).tiny)[:, None]
        slopes = (expected - sigma_squared) * self.noise + pairs.with_values(second_derivatives, k).sum(axis=0)
        expected = expected * self.noise
        grad = pushed * self.noise[:, None] + pairs.with_values(errors, k).T @ V
        all_pairs = pairs.n.sum() / pairs.n[:k].sum()
        weight = np.maximum(all_pairs * expected, self.n_targets / 4).astype(self.dtype)
        covariance = _within_covariance(V, weights, mean, expected)
        return QuadraticModel(all_pairs * grad, weight, covariance, mean, all_pairs * slopes)

    def _counted(self, pairs: "_Pairs", room: Room, block: slice) -> tuple[Reals, Reals, Floats]:
        """Return dJ/dx and d2J/dx2 of the counted pairs of a block of centers, (pairs,), and their loss, (block,).

        Negatives that met the target, which the other part of J counts as well, are taken off here.
        """
        span = pairs.span(block)
        row, word, n = pairs.row[span] - block.start, pairs.word[span], pairs.times[span]
        n_rows = block.stop - block.start
        x, collisions = room.at(n_rows, row, word), self._collisions[word].astype(self.dtype)
        one_minus_sigma = one_minus_sigmoid(x.copy())
        as_negative = -np.log(np.maximum(one_minus_sigma, np.finfo(self.dtype).tiny))
        of_each = n * ((1 - collisions) * as_negative - x)
        loss: Floats = np.bincount(row, of_each, minlength=n_rows).astype(np.float64)
        sigma, expected = 1 - one_minus_sigma, n * (1 - collisions)
        return expected * sigma - n, expected * sigma * one_minus_sigma, loss


class _Pairs:
    """Counted pairs as flat arrays, with the weight of each center's negatives."""

    def __init__(self, counts: Counts, again: Floats, dtype: Any) -> None:
        matrix = counts.matrix
        self.shape, self.start, self.word = matrix.shape, matrix.indptr, matrix.indices
        self.row = np.repeat(np.arange(self.shape[0]), np.diff(self.start))
        self.times = matrix.data.astype(dtype)
        self.n = counts.row_totals.astype(dtype)  # (n_words,)
        self.weight = (matrix @ again).astype(dtype)  # (n_words,) about n_c
        self._total = counts.total

    def span(self, block: slice) -> slice:
        """Return where the pairs of some centers lie."""
        return slice(int(self.start[block.start]), int(self.start[block.stop]))

    def end(self, k: int) -> int:
        """Return how many pairs the first k centers have."""
        return int(self.start[k])

    def with_values(self, values: Reals, k: int) -> Sparse:
        """Return a sparse matrix, (k, n_words), of one value for each pair of the first k centers."""
        return scipy.sparse.csr_array((values, self.word[: len(values)], self.start[: k + 1]), shape=(k, self.shape[1]))

    def mean_loss(self, negatives_loss: Floats, pairs_loss: Floats) -> float:
        """Return the mean loss from that of the negatives, for each center, and that of the pairs."""
        return self.mean_of(float(self.weight.astype(np.float64) @ negatives_loss + pairs_loss.sum()))

    def mean_of(self, loss: float) -> float:
        """Return the mean for one pair of the loss of all."""
        return loss / max(1, self._total)


def one_minus_sigmoid(x: Reals) -> Reals:
    """Return 1 - sigma(x) = 1 / (1 + exp(x)), in place.

    The hot path of a pass: on 128 rows of 2,000 words in float32 it takes 0.7 ms, and `scipy.special.expit` 1.4.
    """
    np.minimum(x, 80, out=x)  # exp of more is too large for float32
    np.exp(x, out=x)
    x += 1
    return np.reciprocal(x, out=x)


def _within_covariance(rows: Reals, weights: Reals, means: Reals, mean_weight: Reals) -> Floats:
    """Return the second moment of `rows` without that of their means, (dim, dim)."""
    total = max(float(weights.sum()), np.finfo(rows.dtype).tiny)
    all_rows = (rows * (weights / total)[:, None]).T @ rows
    between = (means * (mean_weight / total)[:, None]).T @ means
    covariance: Floats = (all_rows - between).astype(np.float64)
    return covariance
