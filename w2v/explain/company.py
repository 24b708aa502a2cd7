"""The company of words: which stand beside which in a text, and which neighbors two words share.

"Beside" means within the window. All of it is counted from the text; no model is asked.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from w2v.arrays import Floats, Ints, frozen_floats
from w2v.corpus import Corpus
from w2v.counts import Counts, count_pairs

LEAST_WEIGHT = 0.2  # of the most telling neighbor: what weighs less is not named


@dataclass(frozen=True, eq=False)
class Company:
    """COUNT(c, o) of a text, with one row for each word.

    occurs  : (n_words,) how often each word occurs
    learned : the pairs that a model learns from
    others  : the other pairs of the text, kept aside from learning; None when there are none
    """

    occurs: Ints
    learned: Counts
    others: Counts | None = None

    @classmethod
    def of_text(cls, corpus: Corpus, window: int) -> "Company":
        """Return the company of the words of a text, counted anew."""
        return cls(corpus.vocabulary.counts, count_pairs(corpus, window))

    def row(self, word: int) -> Ints:
        """Return how often each word stands beside this one, (n_words,)."""
        row = self.learned.row(word)
        return row if self.others is None else row + self.others.row(word)

    def together(self, a: int, b: int) -> int:
        """Return how often two words stand beside each other."""
        return int(self.row(a)[b])

    def shared(self, a: int, b: int, most: int) -> tuple[int, ...]:
        """Return the words that stand beside both a and b more often than by chance, the most telling first.

        A neighbor that stands beside everything tells nothing. So each is weighed by COUNT(c, o) log(lift), with
        lift = COUNT(c, o) COUNT(all) / (COUNT(c) COUNT(o)), the ratio to what chance would give (Church and Hanks
        1990), and of its two weights, beside a and beside b, the smaller counts. Ties are in order of id.
        """
        weights = np.minimum(self._weights(a), self._weights(b))
        weights[[a, b]] = 0.0
        order = np.argsort(-weights.round(12), kind="stable")[:most]
        return tuple(int(o) for o in order if weights[o] > LEAST_WEIGHT * weights[order[0]])

    def overlap(self, a: int, b: int) -> float:
        """Return which share of their company two words have in common, 0 to 1, each other left out.

        A neighbor that occurs too seldom to stand beside each of them in another place is not counted: two words of
        one phrase see the same words between them, which does not make them alike.
        """
        rows = [self.row(word).astype(np.float64) for word in (a, b)]
        for row in rows:
            row[[a, b]] = 0.0
        apart = self.occurs >= rows[0] + rows[1]
        shares = [row / max(1.0, float(row.sum())) for row in rows]
        return float(np.minimum(*shares)[apart].sum())

    def _weights(self, word: int) -> Floats:
        row = self.row(word)
        beside = np.flatnonzero(row)
        weights = np.zeros(len(row))
        if len(beside):
            by_chance = float(row.sum()) * self._share[beside]
            weights[beside] = row[beside] * np.log(row[beside] / by_chance)
        return weights

    @cached_property
    def _share(self) -> Floats:
        """(n_words,) the share of each word among all that stand beside something."""
        totals = self.learned.target_totals + (0 if self.others is None else self.others.target_totals)
        return frozen_floats(totals / max(1, int(totals.sum())))
