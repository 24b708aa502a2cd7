"""The first sentences of a text with the counts of what stands near what in them: few enough to be counted by hand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from w2v.arrays import Ints, frozen
from w2v.corpus import Corpus

SENTENCES = 4
LOOKED_AT = 200  # sentences at the beginning; those of one word have no pairs
LONGEST = 10  # words of a sentence; the rest is left out
MOST_CENTERS = 5
ENOUGH = 3  # pairs that two words have in common, for their likeness to be no chance
MOST_COLUMNS = 15


@dataclass(frozen=True, slots=True, eq=False)
class FirstSentences:
    """The beginning of a text, and COUNT(c, o) in it.

    sentences : word ids of each;  cut : whether words were left out at the end of each
    radius    : of the windows
    centers   : ids of a few words, (n,), the ones to look at first;  columns : ids of words near these, (k,)
    shared    : ids of the words that stand near both of the first two, in the order of the text
    most      : ids of the words that stand near the first one most often, likewise
    counts    : (n, k) how often each of `columns` stands near each of `centers`
    others    : (n,) the same of all words that are in no column
    """

    sentences: tuple[tuple[int, ...], ...]
    cut: tuple[bool, ...]
    radius: int
    centers: tuple[int, ...]
    columns: tuple[int, ...]
    shared: tuple[int, ...]
    most: tuple[int, ...]
    counts: Ints
    others: Ints

    @property
    def totals(self) -> Ints:
        """(n,) COUNT(c): how many pairs each of `centers` has."""
        totals: Ints = self.counts.sum(axis=1) + self.others
        return totals


def first_sentences(corpus: Corpus, radius: int, word: int | None = None) -> FirstSentences:
    """Return the first sentences of two words or more, and the counts in them.

    word : the id of a word to look at first, where it stands there with others near it

    Two more words are looked at first than others: the one whose neighbors are most like the first one's.
    Raises ValueError in one sentence for training pairs, which have no windows, and for a text of single words.
    """
    if corpus.is_output is not None:
        raise ValueError("Training pairs have no windows to count in: choose a text of sentences.")
    lengths = corpus.sentence_lengths[:LOOKED_AT]
    words = corpus.token_ids[corpus.token_ids >= 0][: int(lengths.sum())]
    some = [sentence for sentence in np.split(words, np.cumsum(lengths)[:-1]) if len(sentence) > 1][:SENTENCES]
    if not some:
        raise ValueError("The first sentences of this text have one word each, so nothing stands near anything.")
    sentences = tuple([tuple(sentence[:LONGEST].tolist()) for sentence in some])
    near: dict[int, Counter[int]] = {}
    for sentence in sentences:
        for at, center in enumerate(sentence):
            around = sentence[max(0, at - radius) : at] + sentence[at + 1 : at + 1 + radius]
            near.setdefault(center, Counter()).update(around)
    centers = _centers(near, word)
    one, other = near[centers[0]], near[centers[1]] if len(centers) > 1 else Counter[int]()
    shared = tuple([w for w in near if w in one and w in other])
    most = tuple([w for w in near if one[w] == max(one.values())])
    columns = _columns(near, centers, most, shared)
    counts = np.array([[near[center][w] for w in columns] for center in centers], dtype=np.int64)
    others = np.array([near[center].total() for center in centers]) - counts.sum(axis=1)
    for array in (counts, others):
        frozen(array)
    cut = tuple([len(sentence) > LONGEST for sentence in some])
    return FirstSentences(sentences, cut, radius, centers, columns, shared, most, counts, others)


def _centers(near: dict[int, Counter[int]], word: int | None) -> tuple[int, ...]:
    """Return the words to look at: one, the one most like it, then the most frequent."""
    often = sorted(near, key=lambda w: -near[w].total())  # stable: of two that are alike the one that comes first
    first = word if word in near else _telling(near, often)
    others = [w for w in often if w != first]
    others.sort(key=lambda w: -_likeness(near[first], near[w]))
    most_like = others[:1]
    rest = [w for w in often if w not in (first, *most_like)]
    return (first, *most_like, *rest)[:MOST_CENTERS]


def _columns(
    near: dict[int, Counter[int]], centers: Sequence[int], most: Sequence[int], shared: Sequence[int]
) -> tuple[int, ...]:
    """Return words near the centers, in the order of the text: those that are asked about, then the most frequent."""
    beside = sum([near[center] for center in centers], Counter[int]())
    chosen = {*sorted(beside, key=lambda w: (w not in most, w not in shared, -beside[w]))[:MOST_COLUMNS]}
    return tuple([w for w in near if w in chosen])


def _telling(near: dict[int, Counter[int]], often: Sequence[int]) -> int:
    """Return the word that has another one with most of the same neighbors."""

    def best(w: int) -> float:
        return max([_likeness(near[w], near[other]) for other in often if other != w], default=0.0)

    return max(often, key=best)


def _likeness(a: Counter[int], b: Counter[int]) -> float:
    """The cosine of two rows of counts, less where they have little in common to tell it by."""
    dot = sum([n * b[w] for w, n in a.items()])
    cosine = float(dot / np.sqrt(sum([n * n for n in a.values()]) * sum([n * n for n in b.values()])))
    return cosine * min(1.0, (a & b).total() / ENOUGH)
