"""The pairs of a piece of text, counted: those to learn from, and those of what is kept aside.

COUNT(c, o) of a running text is COUNT(o, c), so of the two words of a pair the more frequent one, which has the smaller
id, is the row here and the other one the column: one half of the matrix.

What is kept aside is decided by the words of a sentence and a seed, never by its place: parts of a text that are
counted one by one keep aside what the whole does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from w2v.arrays import Ints
from w2v.counting.counted_text import CountSettings
from w2v.counting.runs import merged
from w2v.counting.stretches import LONG_SENTENCE, marked, units
from w2v.counting.word_reader import Known, read_words

BLOCK = 2**17  # words whose pairs are sorted at once
_FACTOR = 0x9E3779B97F4A7C15  # odd, with bits that look random: the golden ratio
_ALL = 2**64


@dataclass(frozen=True, eq=False)
class CountedPiece:
    """What comes of a piece of text.

    learned, heldout : (n_words, n_words) halves: the pairs to learn from, and those of what is kept aside
    n_of             : (n_words,) how often each word occurs
    n_tokens         : how many words it has, those left out included
    """

    learned: csr_array
    heldout: csr_array
    n_of: Ints
    n_tokens: int

    def __add__(self, other: "CountedPiece") -> "CountedPiece":
        return CountedPiece(
            self.learned + other.learned,
            self.heldout + other.heldout,
            self.n_of + other.n_of,
            self.n_tokens + other.n_tokens,
        )


class PairCounter:
    """Counts the pairs of texts over one vocabulary.

    words : the words that are kept; their ids are their places
    """

    def __init__(self, words: Sequence[str], settings: CountSettings) -> None:
        self._settings, self._n_words = settings, len(words)
        self._ids = Known(words)
        key = settings.seed.to_bytes(8, "little", signed=True)
        digests = b"".join([blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
                            for word in words]) if settings.holdout else b""  # fmt: skip
        self._hash_of_word = np.frombuffer(digests, np.uint64)
        self._factors = np.cumprod(np.full(LONG_SENTENCE, _FACTOR, np.uint64))  # of each place in a unit

    def __call__(self, texts: Iterable[str]) -> "CountedPiece":
        """Count texts, at whose ends all sentences end."""
        parts = [self._words_of(text) for text in texts]
        nothing = np.empty(0, np.int64)
        words, n_in_sentence = (np.concatenate([nothing, *(part[i] for part in parts)]) for i in (0, 1))
        n, of_sentence = units(n_in_sentence)
        heldout = self._kept_aside(words, n)
        is_heldout, sentence_of, used = marked(n, of_sentence, heldout, self._settings.window)
        return CountedPiece(
            self._pairs(words, sentence_of, used & ~is_heldout),
            self._pairs(words, sentence_of, used & is_heldout),
            np.bincount(words, minlength=self._n_words),
            sum(n_tokens for _, _, n_tokens in parts),
        )

    def _words_of(self, text: str) -> tuple[Ints, Ints, int]:
        """Return the ids of the words that are kept, how many each sentence has that has any, and how many all are."""
        parts = [(np.empty(0, np.int64), np.empty(0, np.int64)), *read_words(text, self._settings.reading, self._ids)]
        words, sentence_of = (np.concatenate(side) for side in zip(*parts, strict=True))
        kept = words >= 0
        begins = np.flatnonzero(np.diff(sentence_of[kept], prepend=-1))
        return words[kept], np.diff(begins, append=int(kept.sum())), len(words)

    def _kept_aside(self, words: Ints, lengths: Ints) -> NDArray[np.bool_]:
        """Say of each unit of so many words whether it is kept aside."""
        if not self._settings.holdout or not len(words):
            return np.zeros(len(lengths), bool)
        starts = np.cumsum(lengths) - lengths
        place = np.arange(len(words)) - np.repeat(starts, lengths)
        hashes = np.add.reduceat(self._hash_of_word[words] * self._factors[place], starts)
        hashes ^= hashes >> np.uint64(32)
        hashes *= np.uint64(_FACTOR)
        hashes ^= hashes >> np.uint64(29)
        return (lengths >= 2) & (hashes < np.uint64(round(self._settings.holdout * _ALL)))

    def _pairs(self, words: Ints, sentence_of: Ints, part: NDArray[np.bool_]) -> csr_array:
        words, sentence_of = words[part], sentence_of[part]
        return merged(self._blocks(words, sentence_of), self._n_words)

    def _blocks(self, words: Ints, sentence_of: Ints) -> Iterator[csr_array]:
        n_words, n = self._n_words, len(words)
        size = max(BLOCK, n_words // 4)
        for start in range(0, n, size):
            keys = [np.empty(0, np.int64)]
            for distance in range(1, self._settings.window + 1):
                end = min(start + size, n - distance)
                if end <= start:
                    break
                here, there = slice(start, end), slice(start + distance, end + distance)
                near = sentence_of[here] == sentence_of[there]
                one, other = words[here], words[there]
                keys.append((np.minimum(one, other) * n_words + np.maximum(one, other))[near])
            yield _counted(np.concatenate(keys), n_words)


def _counted(keys: Ints, n_words: int) -> csr_array:
    """Count equal keys, row * n_words + column."""
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))  # where each distinct pair begins
    rows, columns = np.divmod(keys[first], n_words)
    start = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n_words))])
    times = np.diff(first, append=len(keys))
    return csr_array((times, columns.astype(np.int32), start.astype(np.int32)), shape=(n_words, n_words))
