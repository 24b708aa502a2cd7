"""Negative sampling: the true word against a few drawn from the noise; and what its draws come to on average."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
import scipy
from numpy.typing import ArrayLike

from w2v.arrays import Floats, Ints, Sparse, frozen, frozen_floats
from w2v.counts import Counts
from w2v.objectives.logistic import Logistic, sigmoid, softplus
from w2v.objectives.objective import Rows, Settings

REDRAWS = 10
"""How often a negative word is drawn again when it equals the target, before it is dropped."""


@dataclass(frozen=True, eq=False)
class NegativeSampling(Logistic):
    """Negative sampling: is this the true word (1), or one of k drawn from the noise (0)?

    loss = -log sigma(u_o . v_c) - sum_i log sigma(-u_i . v_c) over the k draws i.
    Mikolov et al. 2013 (arXiv:1310.4546), equation 4.

    k     : how many noise words are drawn for each example, at least 1
    noise : (n_words,) probabilities they are drawn with

    Draws are used exactly as given: a word drawn twice counts twice, and a draw that equals the target counts
    too. `draw` draws again when it meets the target, up to `REDRAWS` times; word2vec.c and gensim drop such a draw.
    Losses of counted pairs are expectations over `draw`.
    Raises ValueError when `noise` is not a distribution or k < 1.
    """

    name: ClassVar[str] = "negative"
    title: ClassVar[str] = "negative sampling"
    idea: ClassVar[str] = "the true word against a few drawn ones"
    symbol: ClassVar[str] = "\u03c3(u \u00b7 v)"
    sums_to_one: ClassVar[bool] = False
    no_probability: ClassVar[str] = (
        "Negative sampling gives no P(o|c): each of its sigmas says by itself whether a word is true or noise, they do "
        "not sum to 1, and so their product is no probability."
    )
    has_draws: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = ("negatives", "noise_power")
    has_passes: ClassVar[bool] = True
    on_schedule: ClassVar[bool] = True

    k: int
    noise: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "noise", frozen_floats(self.noise))
        if self.k < 1:
            raise ValueError(f"Negative sampling needs at least 1 negative word, not {self.k}.")
        if self.noise.ndim != 1 or not (self.noise >= 0).all() or abs(self.noise.sum() - 1) > 1e-9:
            raise ValueError("The noise must be one probability for each word, and they must sum to 1.")

    @classmethod
    def of_text(cls, counts: Ints, settings: Settings) -> Self:
        """Take k and the power of the noise from the settings."""
        return cls(settings.negatives, unigram_noise(counts, settings.noise_power))

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """The target, labelled 1, then the draws, labelled 0. Raises ValueError without draws."""
        if draws is None:
            raise ValueError("Negative sampling needs the drawn word ids: pass draws.")
        rows = np.empty(1 + len(draws), np.int64)
        rows[0] = target
        rows[1:] = draws
        labels = np.zeros(len(rows))
        labels[0] = 1.0
        return rows, labels

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return sigma(u_w . h) for every word: how sure the model is that w is true and not noise.

        These are not P(w|c): they do not sum to 1.
        """
        return sigmoid(U @ h)

    def distribution(self, U: Floats, h: Floats) -> Floats:
        """Return noise_w exp(u_w . h) over its sum: the P(w|c) from which each sigma follows, if each is right.

        sigma / (1 - sigma) = exp(u_w . v_c) heads for COUNT(c, w) / (k COUNT(c) noise_w) (Levy and Goldberg 2014,
        section 3.1), so that k noise_w exp(u_w . v_c) heads for COUNT(c, w) / COUNT(c), but sums to 1 only then.
        """
        logs = U @ h + np.log(self.noise, out=np.full(len(self.noise), -np.inf), where=self.noise > 0)
        weights = np.exp(logs - logs.max())
        P: Floats = weights / weights.sum()
        return P

    @property
    def n_draws(self) -> int:
        """k."""
        return self.k

    def draw(self, targets: Ints, rng: np.random.Generator) -> Ints:
        """Draw k negatives for each target, (n, k); -1 where the target came up again and again."""
        column = targets[:, None]
        cumulative = np.cumsum(self.noise)
        cumulative[-1] = 1.0

        def draw(size: int | tuple[int, int]) -> Ints:
            return np.searchsorted(cumulative, rng.random(size), side="right")

        drawn = draw((len(targets), self.k))
        for _ in range(REDRAWS):
            again = drawn == column
            if not again.any():
                break
            drawn[again] = draw(int(again.sum()))
        drawn[drawn == column] = -1
        frozen(drawn)
        return drawn

    def draws_of(self, rows: Ints) -> Ints:
        """All but the first, the true word."""
        return rows[1:]

    def arrays(self) -> Mapping[str, Floats | Ints]:
        """The noise."""
        return {"noise": self.noise}

    def target(self, counts: Counts, row: int) -> Floats:
        """Return the share of true words among all times a word was asked about: what its sigma(u . v) heads for.

        Levy and Goldberg 2014, section 3.1.
        """
        true = counts.row(row).astype(np.float64)
        asked = true + expected_negatives(true[None, :], self)[0]
        share: Floats = np.divide(true, asked, out=np.zeros_like(asked), where=asked > 0)
        frozen(share)
        return share

    def floor(self, counts: Counts) -> float:
        """Return the mean loss when every sigma is its `target`."""
        return negative_floor(counts, self)

    def uniform_loss(self, counts: Counts) -> float:
        """Return the mean loss when every answer is one half."""
        return float(np.log(2) * (counts.total + self._false_answers(counts).sum()) / counts.total)

    def unigram_loss(self, counts: Counts, heldout: Counts | None = None) -> float:
        """Return the mean loss of the score log(share of the targets / (k share of the noise)) for every pair.

        A word that is no target in `counts` counts as half of one. With `heldout` the guess is judged by these pairs.
        """
        judged = counts if heldout is None else heldout
        if judged.total == 0:
            return float("nan")
        share = np.maximum(counts.target_totals, 0.5) / counts.target_totals.sum()
        guess = np.log(share / np.maximum(self.k * self.noise, np.finfo(np.float64).tiny))
        yes, no = judged.target_totals @ np.logaddexp(0, -guess), self._false_answers(judged) @ np.logaddexp(0, guess)
        return float(yes + no) / judged.total

    def _false_answers(self, counts: Counts) -> Floats:
        """Return how often each word is expected as a negative for all of these pairs, (n_words,)."""
        noise, per_noise = self.k * self.noise, expected_draws(self.noise)
        negatives: Floats = noise * ((counts.matrix @ per_noise).sum() - counts.target_totals * per_noise)
        return negatives

    def losses(self, pairs: Sparse, H: Floats, U: Floats) -> Iterator[float]:
        """Yield the sum of -COUNT log sigma(s) for the true words, and -m log sigma(-s) for the expected negatives."""
        scores, true = H @ U.T, pairs.tocoo()  # (rows, n_words), most of which are no pair
        yield float(true.data @ np.logaddexp(0, -scores[true.row, true.col]))
        per_noise, no = expected_draws(self.noise), softplus(scores)
        again = (true.data * self.noise[true.col] * per_noise[true.col]) @ no[true.row, true.col]
        yield self.k * float((pairs @ per_noise) @ (no @ self.noise) - again)  # see `expected_negatives`

    def expected_row(self, scores: Floats, seen: Ints) -> tuple[Floats, Floats, float]:
        """Sigma of each score, sigma times how often the word is asked about, and the loss; no draw is drawn again."""
        noise = self.k * int(seen.sum()) * self.noise
        P = scipy.special.expit(scores)
        return P, P * (seen + noise), float(seen @ np.logaddexp(0, -scores) + noise @ np.logaddexp(0, scores))

    def expected_word(self, scores: Floats, word: int, seen: Ints, totals: Ints) -> tuple[Floats, Floats]:
        """Sigma of the score of one word, and that times how often it is asked about."""
        P: Floats = scipy.special.expit(scores[:, word])
        return P, P * (seen + self.k * self.noise[word] * totals)


def unigram_noise(counts: ArrayLike, power: float = 0.75) -> Floats:
    """Return noise probabilities proportional to count ** power (Mikolov et al. 2013, arXiv:1310.4546, 2.2).

    Raises ValueError for counts of which no distribution can be made: none, negative ones, nothing but zeros.
    """
    with np.errstate(all="ignore"):
        weights = np.asarray(counts, dtype=np.float64) ** power
    if not 0 < weights.sum() < np.inf:
        raise ValueError("Noise is made of counts that are not negative, at least one of them above 0.")
    return frozen_floats(weights / weights.sum())


def expected_negatives(true: Floats, objective: NegativeSampling, redraws: int = REDRAWS) -> Floats:
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
