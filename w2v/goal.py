"""What training heads for: the counts of the examples it really sees, and the losses they imply."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from w2v.arrays import Floats, frozen
from w2v.counts import Counts
from w2v.objectives import HierarchicalSoftmax, NegativeSampling, Objective, Softmax
from w2v.parameters import Parameters

REDRAWS = 10
"""How often a negative word is drawn again when it equals the target, before it is dropped."""


@dataclass(frozen=True, eq=False)
class Goal:
    """The examples of a run, counted, and the best and the laziest loss for them.

    counts    : row i counts the targets predicted from `inputs[i]`
    inputs    : the input words of each row: (c,) for skip-gram, the sorted context words for CBOW
    objective : what the losses are measured with

    All losses are means per example in nats. For negative sampling they are expectations over the draws, and a
    draw that meets the target is drawn again up to `REDRAWS` times, as `Plan` does.
    """

    counts: Counts
    inputs: tuple[tuple[int, ...], ...]
    objective: Objective

    @cached_property
    def _row_numbers(self) -> dict[tuple[int, ...], int]:
        return {words: row for row, words in enumerate(self.inputs)}

    def row_of(self, inputs: tuple[int, ...]) -> int:
        """Return the row of these input words; their order does not matter. Raises KeyError for unseen ones."""
        return self._row_numbers[tuple(sorted(inputs))]

    def target(self, row: int) -> Floats:
        """Return what the model should say of every word for these inputs, (n_words,).

        For both softmaxes the count ratio. For negative sampling the share of true words among all times
        the word was asked about, which its sigma(u . v) heads for (Levy and Goldberg 2014, section 3.1).
        """
        if not isinstance(self.objective, NegativeSampling):
            return self.counts.ratio(row)
        true = self.counts.row(row).astype(np.float64)
        false = self._negatives(true[None, :])[0]
        asked = true + false
        share: Floats = np.divide(true, asked, out=np.zeros_like(asked), where=asked > 0)
        frozen(share)
        return share

    @cached_property
    def floor(self) -> float:
        """No model of any size has a lower mean loss on these examples."""
        if not isinstance(self.objective, NegativeSampling):
            return self.counts.floor
        return negative_floor(self.counts, self.objective)

    @cached_property
    def unigram(self) -> float | None:
        """The loss of a guess that knows how often words occur but ignores the input; None for negative sampling."""
        return None if isinstance(self.objective, NegativeSampling) else self.counts.unigram_loss

    @cached_property
    def uniform(self) -> float:
        """The loss of knowing nothing: all words alike, or, for negative sampling, every answer one half."""
        if not isinstance(self.objective, NegativeSampling):
            return self.counts.uniform_loss
        questions = self.counts.total + sum(float(block.sum()) for _, block in self._negative_blocks())
        return float(np.log(2) * questions / self.counts.total)

    def share_of_the_way(self, loss: float) -> float:
        """Return how far `loss` has come from guessing (0) to the floor (1)."""
        return (self.uniform - loss) / (self.uniform - self.floor) if self.uniform > self.floor else 1.0

    def hidden(self, parameters: Parameters, rows: slice) -> Floats:
        """Return h for a block of rows, (rows, dim): the mean of each row's input vectors."""
        return np.array([parameters.V[list(words)].mean(axis=0) for words in self.inputs[rows]])

    def mean_loss(self, parameters: Parameters) -> float:
        """Return the mean loss over all examples at these parameters: the curve that heads for the floor."""
        total = 0.0
        for rows in self._blocks():
            true = self.counts.matrix[rows].toarray()  # (block, n_words)
            H = self.hidden(parameters, rows)
            if isinstance(self.objective, Softmax):
                scores = H @ parameters.U.T
                largest = scores.max(axis=1, keepdims=True)
                log_Z = largest[:, 0] + np.log(np.exp(scores - largest).sum(axis=1))
                total += float(true.sum(axis=1) @ log_Z - (true * scores).sum())
            elif isinstance(self.objective, NegativeSampling):
                scores = H @ parameters.U.T
                total += float((true * np.logaddexp(0, -scores)).sum())
                total += float((self._negatives(true) * np.logaddexp(0, scores)).sum())
            elif isinstance(self.objective, HierarchicalSoftmax):
                scores = H @ parameters.U.T  # (block, n_nodes)
                for sign, turns in zip((-1.0, 1.0), self.objective.turns, strict=True):
                    asked = (self.counts.matrix[rows] @ turns).tocoo()  # how often each node was asked, here
                    total += float(asked.data @ np.logaddexp(0, sign * scores[asked.row, asked.col]))
            else:
                raise TypeError(f"There is no mean loss for {type(self.objective).__name__}.")
        return total / self.counts.total

    def _blocks(self) -> list[slice]:
        n_rows, n_words = self.counts.matrix.shape
        size = max(1, 2_000_000 // n_words)  # bounded memory: never all rows x words at once
        return [slice(start, min(n_rows, start + size)) for start in range(0, n_rows, size)]

    def _negative_blocks(self) -> list[tuple[slice, Floats]]:
        return [(rows, self._negatives(self.counts.matrix[rows].toarray())) for rows in self._blocks()]

    def _negatives(self, true: Floats) -> Floats:
        assert isinstance(self.objective, NegativeSampling)
        return expected_negatives(true, self.objective, REDRAWS)


def expected_negatives(true: Floats, objective: NegativeSampling, redraws: int) -> Floats:
    """Return how often each word is expected as a negative, (rows, n_words), for counts of true pairs of that shape.

    With no redraws that is k COUNT(c) P_n(w). With redraws, a pair with target o has k (1 - p^(redraws + 1))
    negatives left, p = P_n(o), spread over the other words in proportion to the noise.
    """
    noise, k = objective.noise, objective.k
    if redraws == 0:
        plain: Floats = k * true.sum(axis=1, keepdims=True) * noise
        return plain
    per_noise = expected_draws(noise, redraws)
    weight = true @ per_noise  # (rows,) summed over the targets o
    negatives: Floats = k * noise * (weight[:, None] - true * per_noise)
    return negatives


def negative_floor(counts: Counts, objective: NegativeSampling, redraws: int = REDRAWS) -> float:
    """Return the lowest possible mean loss of negative sampling for these counts, in nats per pair.

    Each cell asks one yes-or-no question n + m times, n times true and m times false; the best answer n / (n + m)
    costs -n log(n / (n + m)) - m log(m / (n + m)) (Levy and Goldberg 2014, section 3.1).
    """
    matrix, noise, k = counts.matrix, objective.noise, objective.k
    n = matrix.data.astype(np.float64)  # of the pairs that occur: all others cost nothing
    row, word = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)), matrix.indices
    if redraws == 0:
        m = k * counts.row_totals[row] * noise[word]
    else:
        per_noise = expected_draws(noise, redraws)
        m = k * noise[word] * ((matrix @ per_noise)[row] - n * per_noise[word])
    m = np.maximum(m, 0.0)  # a word that is certain to be drawn leaves rounding here
    asked = m > 0
    total = float((n * np.log1p(m / n)).sum()) + float((m[asked] * np.log1p(n[asked] / m[asked])).sum())
    return total / max(1, counts.total)


def expected_draws(noise: Floats, redraws: int = REDRAWS) -> Floats:
    """Return 1 + p + ... + p^redraws for every p of the noise: draws needed when p of them must be drawn again."""
    others = 1.0 - noise
    return np.divide(1 - noise ** (redraws + 1), others, out=np.zeros_like(noise), where=others > 0)
