"""Full softmax: all words of the vocabulary compete."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
import scipy

from w2v.arrays import Floats, Ints, Sparse
from w2v.objectives.objective import ALL_ROWS, Objective, Rows, Settings


@dataclass(frozen=True)
class Softmax(Objective):
    """Full softmax: one probability for every word of the vocabulary, and they sum to 1.

    P(o|c) = exp(u_o . v_c) / sum_w exp(u_w . v_c), loss = -log P(o|c).
    Mikolov et al. 2013 (arXiv:1310.4546), equation 2; Rong 2014 (arXiv:1411.2738), equations 4 and 7.
    """

    name: ClassVar[str] = "softmax"
    title: ClassVar[str] = "full softmax"
    idea: ClassVar[str] = "all words compete"
    rows_sum_to_one: ClassVar[bool] = True
    all_rows: ClassVar[bool] = True
    most_words: ClassVar[int] = 5_000
    has_passes: ClassVar[bool] = True

    @classmethod
    def of_text(cls, counts: Ints, settings: Settings) -> Self:
        """The same for every text."""
        return cls()

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """Every row takes part; the target's label is 1, all others 0."""
        labels = np.zeros(n_rows)
        labels[target] = 1.0
        return ALL_ROWS, labels

    def predict(self, scores: Floats, labels: Floats) -> tuple[Floats, float]:
        """Return the softmax of the scores and log sum exp(scores) - score of the target."""
        shifted = scores - np.maximum.reduce(scores)  # the largest becomes 0: exp cannot overflow
        P = np.exp(shifted)
        Z = np.add.reduce(P)
        P /= Z
        return P, math.log(Z) - float(labels.dot(shifted))

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return P(w|c) for every word, (n_words,)."""
        return self.predict(U @ h, np.zeros(len(U)))[0]

    def losses(self, pairs: Sparse, H: Floats, U: Floats) -> Iterator[float]:
        """Yield sum COUNT(c) log Z_c - sum COUNT(c, o) u_o . h_c."""
        true = pairs.toarray()  # (rows, n_words)
        scores = H @ U.T
        largest = scores.max(axis=1, keepdims=True)
        log_Z = largest[:, 0] + np.log(np.exp(scores - largest).sum(axis=1))
        yield float(true.sum(axis=1) @ log_Z - (true * scores).sum())

    def expected_row(self, scores: Floats, seen: Ints) -> tuple[Floats, Floats, float]:
        """P(w|c), COUNT(c) P(w|c), and COUNT(c) log Z_c - sum COUNT(c, o) s_o."""
        total, log_Z = int(seen.sum()), float(scipy.special.logsumexp(scores))
        P = np.exp(scores - log_Z)
        return P, total * P, total * log_Z - float(seen @ scores)

    def expected_word(self, scores: Floats, word: int, seen: Ints, totals: Ints) -> tuple[Floats, Floats]:
        """P(w|c) of one word, and COUNT(c) P(w|c)."""
        shifted = scores - scores.max(axis=1, keepdims=True)
        own = np.exp(shifted[:, word])
        P = own / np.exp(shifted, out=shifted).sum(axis=1)
        return P, totals * P
