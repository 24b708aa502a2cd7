"""A piece of text as numbers: cut into words once, it is counted twice, for its words and for their pairs.

Cutting takes most of the time of counting, and cannot be shared out to threads. Numbers take a fraction of the memory
of a text, so all pieces are kept between the two counts where they fit; where they do not, the second one cuts again.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Ints
from w2v.counting.word_reader import Known, read_words
from w2v.reading.characters import Reading

WORD_BYTES = 100  # of memory that a word takes besides its letters' place in the text, about


@dataclass(frozen=True, slots=True, eq=False)
class NumberedPiece:
    """Words of a piece, and where each of them stands.

    words         : the distinct ones, as they first occur
    ids           : (n_tokens,) int32, index in `words` of each word
    n_in_sentence : (n_sentences,) int32, how many words each sentence has; none has 0
    """

    words: list[str]
    ids: NDArray[np.int32]
    n_in_sentence: NDArray[np.int32]

    @property
    def n_of(self) -> Counter[str]:
        """How often each word occurs."""
        times = np.bincount(self.ids, minlength=len(self.words)).tolist()
        return Counter(dict(zip(self.words, times, strict=True)))

    @property
    def n_bytes(self) -> int:
        """How much memory it takes, about."""
        return self.ids.nbytes + self.n_in_sentence.nbytes + WORD_BYTES * len(self.words)

    def over(self, ids: Known) -> tuple[Ints, Ints]:
        """Return the ids that the words have in a vocabulary, and how many of them each sentence has that has any.

        Words that are not in it are left out.
        """
        to = np.fromiter(map(ids.__getitem__, self.words), np.int64, len(self.words))
        words = to[self.ids]
        kept = words >= 0
        sentence_of = np.repeat(np.arange(len(self.n_in_sentence)), self.n_in_sentence)
        n: Ints = np.bincount(sentence_of[kept])
        return words[kept], n[n > 0]


class PieceReader:
    """Turns pieces into numbers, read in one way."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __call__(self, texts: Iterable[str]) -> NumberedPiece:
        """Cut texts, at whose ends all sentences end, into words."""
        numbers = _Numbers()
        ids, lengths = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
        for text in texts:
            sentences = [np.empty(0, np.int64)]
            for words, sentence_of in read_words(text, self._reading, numbers):
                ids.append(words.astype(np.int32))
                sentences.append(sentence_of)
            sentence_of = np.concatenate(sentences)
            begins = np.flatnonzero(np.diff(sentence_of, prepend=-1))
            lengths.append(np.diff(begins, append=len(sentence_of)).astype(np.int32))
        return NumberedPiece(numbers.words(), np.concatenate(ids), np.concatenate(lengths))


class _Numbers(Known):
    """Gives each word that it is asked for a number, in the order in which they first come."""

    def __init__(self) -> None:
        super().__init__([])
        self._n_before = len(self)  # marks, which are no words

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self) - self._n_before
        return number

    def words(self) -> list[str]:
        return list(self)[self._n_before :]


@dataclass(slots=True)
class KeptPieces:
    """All pieces of the texts, as long as they fit.

    most_bytes : that they may take
    pieces     : in order; None where they do not fit, or one is not known
    n_bytes    : that they take
    """

    most_bytes: int
    pieces: list[NumberedPiece] | None = field(default_factory=list)
    n_bytes: int = 0

    def add(self, piece: NumberedPiece) -> None:
        """Keep one more, or none at all any more."""
        if self.pieces is None:
            return
        self.n_bytes += piece.n_bytes
        if self.n_bytes > self.most_bytes:
            self.give_up()
        else:
            self.pieces.append(piece)

    def give_up(self) -> None:
        """Keep none."""
        self.pieces, self.n_bytes = None, 0
