"""What a text has that the same text in random order has not.

The text is shuffled, again and again, word by word, and two figures are looked at: what a word tells about the next one
(their mutual information), and how often two words take each other's place, in the same surroundings, more than once.
Sentences that come again are looked at once: they say nothing new.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy

from w2v.arrays import Ints
from w2v.corpus import Corpus
from w2v.counts import flat_text

LOOKED_AT = 20_000  # words of text, from its beginning
COMPARED = 5_000  # of these, the ones whose places are compared
SHUFFLES = 20
SURELY = 4.0  # standard deviations above what shuffled texts have


def distinct_sentences(corpus: Corpus) -> tuple[Ints, Ints, int, int]:
    """Return the words of the beginning of a text without repeated sentences, and the sentence of each word.

    Besides, how many sentences were repetitions, and of how many.
    """
    words, sentence_of = flat_text(corpus)
    ends = np.cumsum(corpus.sentence_lengths)
    n_sentences = int(np.searchsorted(ends, LOOKED_AT)) + 1
    n_sentences = min(n_sentences, len(ends))
    edges = np.concatenate([[0], ends[:n_sentences]])
    data = words[: edges[-1]]
    first: dict[bytes, int] = {}
    for number in range(n_sentences):
        first.setdefault(data[edges[number] : edges[number + 1]].tobytes(), number)
    new = np.zeros(n_sentences, bool)
    new[list(first.values())] = True
    kept = new[sentence_of[: edges[-1]]]
    return (
        data[kept][:LOOKED_AT],
        sentence_of[: edges[-1]][kept][:LOOKED_AT],
        n_sentences - len(first),
        n_sentences,
    )


def above_chance(words: Ints, sentence_of: Ints, n_words: int) -> tuple[bool, bool]:
    """Return whether a word tells more about the next one, and whether more words replace each other, than by chance.

    words, sentence_of : (n,) of a running text
    """
    rng = np.random.default_rng(1)
    shuffled = [rng.permutation(words) for _ in range(SHUFFLES)]

    def surely(figure: Callable[[Ints, Ints, int], float], n: int, least: float) -> bool:
        by_chance = np.array([figure(order[:n], sentence_of[:n], n_words) for order in shuffled])
        found = figure(words[:n], sentence_of[:n], n_words)
        return found > float(by_chance.mean()) + SURELY * max(float(by_chance.std()), least)

    return surely(_told_of_next, LOOKED_AT, 1e-6), surely(_replacements, COMPARED, 1.0)


def _told_of_next(words: Ints, sentence_of: Ints, n_words: int) -> float:
    """Return the mutual information of a word and the next one of its sentence, in nats."""
    same = sentence_of[1:] == sentence_of[:-1]
    left, right = words[:-1][same], words[1:][same]
    return _entropy(left) + _entropy(right) - _entropy(left * n_words + right)


def _entropy(values: Ints) -> float:
    counts = np.unique(values, return_counts=True)[1]
    share = counts / max(1, counts.sum())
    return float(-(share * np.log(share)).sum())


def _replacements(words: Ints, sentence_of: Ints, n_words: int) -> float:
    """Return how often two words stand in the same two places: so many pairs of places, over all pairs of words.

    A place is what stands around a word: one word on each side, or two, where the sentence has them.
    """
    if len(words) < 2:
        return 0.0
    around = [_beside(words, sentence_of, n_words, by) for by in (-1, 1, -2, 2)]
    near = around[0] * (n_words + 1) + around[1]
    _, near = np.unique(near, return_inverse=True)
    far = (near * (n_words + 1) + around[2]) * (n_words + 1) + around[3]
    alone = (around[0] == n_words) & (around[1] == n_words)
    places = np.concatenate([near[~alone], far[~alone] + len(words)])  # no number of the one kind is one of the other
    _, places = np.unique(places, return_inverse=True)
    stands = np.concatenate([words[~alone]] * 2)
    fills: Any = scipy.sparse.csr_array((np.ones(len(stands)), (places, stands)), shape=(len(places) + 1, n_words))
    fills.data[:] = 1.0  # however often
    shared = (fills.T @ fills).tocoo()
    n = shared.data[shared.row < shared.col]
    return float((n * (n - 1) / 2).sum())


def _beside(words: Ints, sentence_of: Ints, n_words: int, by: int) -> Ints:
    """Return the word that stands `by` words further in the same sentence, `n_words` where none does, (n,)."""
    found = np.full(len(words), n_words)
    here, there = (slice(None, -by), slice(by, None)) if by > 0 else (slice(-by, None), slice(None, by))
    same = sentence_of[here] == sentence_of[there]
    found[here][same] = words[there][same]
    return found
