"""The pairs of a piece of text, counted: those to learn from, and those of what is kept aside.

COUNT(c, o) of a running text is COUNT(o, c), so of the two words of a pair the more frequent one, which has the smaller
id, is the row here and the other one the column: one half of the matrix.

What is kept aside is decided by the words of a sentence and a seed, never by its place: parts of a text that are
counted one by one keep aside what the whole does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Ints, Sparse
from w2v.counting.counted_text import CountSettings
from w2v.counting.numbered import NumberedPiece, PieceReader
from w2v.counting.runs import merged
from w2v.counting.stretches import LONG_SENTENCE, marked, units
from w2v.counting.word_reader import Known
from w2v.counts import count_keys
from w2v.workers import Pool

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

    learned: Sparse
    heldout: Sparse
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
        self._ids, self._reader = Known(words), PieceReader(settings.reading)
        key = settings.seed.to_bytes(8, "little", signed=True)
        digests = b"".join([blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
                            for word in words]) if settings.holdout else b""  # fmt: skip
        self._hash_of_word = np.frombuffer(digests, np.uint64)
        self._factors = np.cumprod(np.full(LONG_SENTENCE, _FACTOR, np.uint64))  # of each place in a unit

    def __call__(self, texts: Iterable[str]) -> "CountedPiece":
        """Count texts, at whose ends all sentences end."""
        return self.of(self._reader(texts))

    def of(self, piece: NumberedPiece, pool: Pool = None) -> "CountedPiece":
        """Count a piece that was cut into words before; with a pool, its threads sort pairs."""
        words, n_in_sentence = piece.over(self._ids)
        n, of_sentence = units(n_in_sentence)
        heldout = self._kept_aside(words, n)
        is_heldout, sentence_of, used = marked(n, of_sentence, heldout, self._settings.window)
        return CountedPiece(
            self._pairs(words, sentence_of, used & ~is_heldout, pool),
            self._pairs(words, sentence_of, used & is_heldout, pool),
            np.bincount(words, minlength=self._n_words),
            len(piece.ids),
        )

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

    def _pairs(self, words: Ints, sentence_of: Ints, part: NDArray[np.bool_], pool: Pool) -> Sparse:
        key: Any = np.int32 if self._n_words**2 <= np.iinfo(np.int32).max else np.int64
        count = partial(self._block, words[part].astype(key), sentence_of[part])
        starts = range(0, int(part.sum()), max(BLOCK, self._n_words // 4))
        return merged(pool.map(count, starts) if pool else map(count, starts), self._n_words)

    def _block(self, words: NDArray[Any], sentence_of: Ints, start: int) -> Sparse:
        """Count the pairs whose first word is one of `BLOCK` words from `start` on.

        A pair is one number, row * n_words + column; sorted, equal ones stand together.
        """
        n_words, n = self._n_words, len(words)
        size = max(BLOCK, n_words // 4)
        keys = [words[:0]]
        for distance in range(1, self._settings.window + 1):
            end = min(start + size, n - distance)
            if end <= start:
                break
            here, there = slice(start, end), slice(start + distance, end + distance)
            near = sentence_of[here] == sentence_of[there]
            one, other = words[here], words[there]
            keys.append((np.minimum(one, other) * words.dtype.type(n_words) + np.maximum(one, other))[near])
        return count_keys(np.concatenate(keys), n_words)
