"""You are the model: a guess of P(. | c) in a few bars, and how well it fits beside the model's and other guesses.

Whatever the guess q over the vocabulary, it is judged on the pairs of the center word c by their mean loss, in nats:

    J(q) = - sum_o COUNT(c, o) / COUNT(c) ln q(o)

No guess is better than the counts themselves, whose J is the entropy of their row (Gibbs' inequality): the floor of
this word. All words alike give ln V. A q(o) of 0 for a word that comes would be wrong without limit, so a bar is never
that low, as no softmax is: see `Bars.least`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from w2v.arrays import Floats, Ints, frozen_floats
from w2v.counts import Counts
from w2v.moments import LONG_ENOUGH

MOST_WORDS = 8  # with a bar of their own
DECOYS = 2  # of these, words that never stand near the center
LEAST = 0.001  # the share that a bar has at least
TELLING_AMONG = 300  # words, the most frequent
MOST_TO_GUESS = 30
NEAR_BEST = 1e-9  # nats: what is no further from the best is as good as that


@dataclass(frozen=True, slots=True)
class Bars:
    """Which words a guess has bars for; all others share one more, the last, in which they are alike.

    words : their ids, each once;  n_words : size of the vocabulary
    """

    words: tuple[int, ...]
    n_words: int

    @property
    def n_others(self) -> int:
        """How many words share the last bar; without any there is none."""
        return self.n_words - len(self.words)

    def names(self, name: Callable[[int], str]) -> list[str]:
        """Return what the bars are called.

        name : what a word is called, by its id
        """
        return [*map(name, self.words), *([f"{self.n_others:,} others"] if self.n_others else [])]

    @property
    def even(self) -> Floats:
        """The bars that make all words of the vocabulary alike, (n_bars,)."""
        others = [self.n_others / self.n_words] if self.n_others else []
        return frozen_floats([*([1 / self.n_words] * len(self.words)), *others])

    @property
    def least(self) -> float:
        """The share that a bar has at least: LEAST, but always less than `even` gives a word."""
        return min(LEAST, 0.1 / self.n_words)

    def guess(self, shares: Sequence[float]) -> Floats:
        """Return the distribution over the vocabulary that the bars say, (n_words,).

        shares : (n_bars,) not negative, of which they say the proportions. What is lower than `least` is raised to it.
        Raises ValueError for anything else.
        """
        said = np.array(shares, dtype=np.float64)
        if said.shape != self.even.shape or not np.isfinite(said).all() or (said < 0).any() or not said.any():
            raise ValueError(f"A guess has {len(self.even)} shares, which are numbers, not negative, and not all 0.")
        said /= said.max()  # first, for the sum of large ones is infinite
        said = np.maximum(said / said.sum(), self.least)
        said /= said.sum()
        q = np.full(self.n_words, said[-1] / self.n_others if self.n_others else 0.0)
        q[list(self.words)] = said[: len(self.words)]
        return frozen_floats(q)

    def of(self, distribution: Floats) -> Floats:
        """Return how high the bars are for a distribution over the vocabulary, (n_bars,)."""
        own = distribution[list(self.words)]
        others = [max(0.0, float(distribution.sum() - own.sum()))] if self.n_others else []
        return frozen_floats([*own, *others])


def bars_of(counts: Counts, center: int, words: Sequence[str], most: int = MOST_WORDS) -> Bars:
    """Return the bars for a center word: its most frequent neighbors, and frequent words that never stand near it.

    most : with a bar of their own, at least 1; all words have one if there is at most one more of them

    They are in the order of the alphabet, which says nothing about the answer.
    """
    chosen = list(range(len(words)))
    if len(words) > most + 1:
        seen = counts.row(center)
        near = [int(o) for o in np.argsort(-seen, kind="stable") if seen[o]]
        far = [int(o) for o in np.argsort(-counts.target_totals, kind="stable") if not seen[o] and o != center]
        n_far = min(len(far), max(most - len(near), min(DECOYS, most - 1)))
        chosen = [*near[: most - n_far], *far[:n_far]]
    return Bars(tuple(sorted(chosen, key=lambda o: words[o])), len(words))


def words_to_guess(counts: Counts, words: Sequence[str]) -> list[int]:
    """Return center words worth guessing for, by how much their neighbors tell: some of the most frequent, not short.

    Where all are short, those that have neighbors at all.
    """
    telling = counts.telling(TELLING_AMONG)
    order = [int(c) for c in np.argsort(-telling, kind="stable") if counts.row_totals[c]]
    return [c for c in order if len(words[c]) >= LONG_ENOUGH][:MOST_TO_GUESS] or order[:MOST_TO_GUESS]


def mean_loss(seen: Ints, q: Floats) -> float:
    """Return J(q) in nats for COUNT(c, .), (n_words,): infinite where q is 0 for a word that comes."""
    came = seen > 0
    with np.errstate(divide="ignore"):
        return float(-(seen[came] @ np.log(q[came])) / seen.sum())


@dataclass(frozen=True, eq=False)
class Judged:
    """A guess of the neighbors of one center word, beside others.

    seen      : (n_words,) COUNT(c, o), of which at least one is not 0
    q         : (n_words,) the guess;  P : (n_words,) that of a model, None where it has none
    frequency : (n_words,) how often each word stands near any word, as shares of all
    """

    seen: Ints
    q: Floats
    P: Floats | None
    frequency: Floats

    @cached_property
    def ratio(self) -> Floats:
        """(n_words,) COUNT(c, o) / COUNT(c): the best guess."""
        return frozen_floats(self.seen / self.seen.sum())

    @cached_property
    def mine(self) -> float:
        """J of the guess."""
        return mean_loss(self.seen, self.q)

    @cached_property
    def model(self) -> float | None:
        """J of the model."""
        return None if self.P is None else mean_loss(self.seen, self.P)

    @cached_property
    def by_frequency(self) -> float:
        """J of always guessing by how often words stand near any word."""
        return mean_loss(self.seen, self.frequency)

    @property
    def is_right(self) -> bool:
        """Whether the guess is better than always guessing by frequency."""
        return self.mine < self.by_frequency

    @cached_property
    def best(self) -> float:
        """The lowest J that there is: the floor of this word."""
        return mean_loss(self.seen, self.ratio)

    @cached_property
    def flat(self) -> float:
        """J of all words alike: ln V."""
        return float(np.log(len(self.seen)))

    def learned(self, loss: float) -> float:
        """Return how far a loss has come from all words alike, 0, to the best, 1; less than 0 where it is worse."""
        if loss - self.best <= NEAR_BEST:
            return 1.0
        return (self.flat - loss) / max(self.flat - self.best, NEAR_BEST)

    @cached_property
    def dearest(self) -> int | None:
        """The id of the word that cost most beyond the best guess; None where the guess is as good as that.

        Its part of J(q) - J(best) is ratio ln(ratio / q).
        """
        if self.mine - self.best <= NEAR_BEST:
            return None
        came = np.flatnonzero(self.seen)
        with np.errstate(divide="ignore"):
            costs = self.ratio[came] * (np.log(self.ratio[came]) - np.log(self.q[came]))
        return int(came[np.argmax(costs)])


def judge(counts: Counts, center: int, q: Floats, P: Floats | None) -> Judged | None:
    """Judge a guess q of the neighbors of a center word beside P of a model; None for a word without any pair."""
    seen = counts.row(center)
    return Judged(seen, q, P, frozen_floats(counts.target_totals / counts.total)) if seen.any() else None
