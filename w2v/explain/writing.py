"""Writing like a text: one word after the other is drawn, by counts of n-grams or by what is expected near a word.

    n-grams     P(next | n - 1 words before) = COUNT(before, next) / COUNT(before)
    near        P(o | c), of the model or from counts of windows, with the last word as the center c

What is expected near a word knows no order: a model of P(o | c) is no language model, and what it writes shows that.
A temperature T makes P sharper or flatter: P^(1/T), divided by its sum (Ackley, Hinton and Sejnowski 1985).

Each word takes one random number from 0 to 1, the same one whatever it is drawn from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from w2v.arrays import Floats, Ints, frozen_floats
from w2v.explain.running_text import RunningText


@dataclass(frozen=True, slots=True, eq=False)
class Next:
    """What may come next.

    P       : probability of each word, (n_words,), or (n_words + 1,) where the sentence may end too
    history : the words that it goes by, the last of what was written; may be none
    counts  : how often each came next in the text, as long as P; None where nothing was counted
    blank   : whether nothing is known of what it should go by, so that it goes by less
    """

    P: Floats
    history: tuple[int, ...]
    counts: Ints | None = None
    blank: bool = False


class Source(Protocol):
    """What words are drawn from."""

    def after(self, written: Sequence[int]) -> Next:
        """Return what may come after what is written so far, at least one word."""
        ...


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Counts of n words in a row, ends of sentences among them. Raises ValueError for n < 1."""

    text: RunningText
    n: int

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"An n-gram has at least 1 word, not {self.n}.")

    def after(self, written: Sequence[int]) -> Next:
        """Count what follows the last n - 1 words; of a history that never stands in the text, the last part."""
        history = tuple(written[max(0, len(written) - self.n + 1) :])
        if self.text.end in history:  # what stands before the beginning of a sentence is another sentence
            history = history[len(history) - 1 - history[::-1].index(self.text.end) :]
        wanted, counts = len(history), self.text.following(history)
        while not counts.any():
            history = history[1:]
            counts = self.text.following(history)
        return Next(frozen_floats(counts / counts.sum()), history, counts, blank=len(history) < wanted)


@dataclass(frozen=True, slots=True)
class Near:
    """What is expected near the last word, as its center.

    row       : gives P of each word near this one, (n_words,), which sum to 1; zeros where nothing is known
    otherwise : (n_words,) P of each word then, by how often it is near anything
    counts    : gives how often each word stands near this one; None where `row` was not counted
    """

    row: Callable[[int], Floats]
    otherwise: Floats
    counts: Callable[[int], Ints] | None = None

    def after(self, written: Sequence[int]) -> Next:
        """Ask for the row of the last word."""
        center = written[-1]
        P = self.row(center)
        if not P.any():
            return Next(self.otherwise, (), blank=True)
        return Next(P, (center,), None if self.counts is None else self.counts(center))


@dataclass(frozen=True, slots=True)
class Written:
    """One word that was drawn.

    word        : its id, n_words for the end of a sentence
    probability : with which it was drawn, the temperature taken into account
    said        : its probability before that
    history     : the words that this goes by
    together    : COUNT(history, word), and before : COUNT(history); None where nothing was counted
    blank       : whether nothing is known of what it should go by, so that it goes by less
    """

    word: int
    probability: float
    said: float
    history: tuple[int, ...]
    together: int | None
    before: int | None
    blank: bool


def write(source: Source, begin: Sequence[int], n: int, *, temperature: float = 1.0, seed: int = 1) -> list[Written]:
    """Draw n words, one after the other, after those that it begins with. Raises ValueError where there are none."""
    if not begin:
        raise ValueError("There must be a word to begin with.")
    so_far, written = list(begin), []
    for u in np.random.default_rng(seed).random(n):
        known = source.after(so_far)
        P = heated(known.P, temperature)
        word = int(pick(P, u))
        together, before = (None, None) if known.counts is None else (int(known.counts[word]), int(known.counts.sum()))
        written.append(
            Written(word, float(P[word]), float(known.P[word]), known.history, together, before, known.blank)
        )
        so_far.append(word)
    return written


def heated(P: Floats, temperature: float) -> Floats:
    """Return P^(1 / T), divided by its sum; for T = 0 what that heads for: only the largest, all alike if several.

    Raises ValueError for a temperature below 0 or one that is not finite.
    """
    if not (np.isfinite(temperature) and temperature >= 0):
        raise ValueError(f"A temperature must be a number from 0 up, not {temperature}.")
    if temperature == 1:
        return P
    if temperature == 0:
        weights = (P.max() == P).astype(np.float64)
    else:
        logs = np.log(P, out=np.full(len(P), -np.inf), where=P > 0)
        weights = np.exp((logs - logs.max()) / temperature)
    return frozen_floats(weights / weights.sum())


def pick(P: Floats, u: Floats | float) -> Ints:
    """Return which one a random number from 0 to 1 falls on, or many: the first whose P and those before exceed it."""
    up_to = np.cumsum(P)
    chosen = np.searchsorted(up_to, np.asarray(u) * up_to[-1], side="right")
    within: Ints = np.minimum(chosen, np.flatnonzero(P)[-1])  # rounding must not lead behind the last
    return within
