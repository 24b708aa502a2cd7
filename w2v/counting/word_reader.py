"""A text of any length as numbers: ids of words, and of the sentence that each stands in."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from w2v.arrays import Ints
from w2v.reading.characters import Kinds, Reading, clean
from w2v.reading.plain_words import END, plain_words
from w2v.reading.tokens import MAX_LETTERS, break_of, cut_slice, slices, with_emoji

LEFT_OUT, _ENDS = -1, -2
_SLICE = 2**16  # characters; what comes out is the same for any


class FirstSeen(dict[str, int]):
    """Ids in the order in which words are first asked for."""

    def __init__(self) -> None:
        self[END] = _ENDS

    def __missing__(self, word: str) -> int:
        self[word] = new = len(self) - 1
        return new

    def words(self) -> list[str]:
        """Return the words by their ids."""
        return list(self)[1:]


class Known(dict[str, int]):
    """Ids of the words of a vocabulary; `LEFT_OUT` for any other."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__({word: i for i, word in enumerate(words)})
        self[END] = _ENDS

    def __missing__(self, word: str) -> int:
        return LEFT_OUT


def read_words(text: str, reading: Reading, ids: Mapping[str, int]) -> Iterator[tuple[Ints, Ints]]:
    """Cut a text as `tokens.py` does, without its limit of words, and yield a slice at a time.

    ids : a `FirstSeen` or `Known`

    Yields the id of each word, and the number of its sentence, which goes on from one slice to the next; both
    (n_words,).
    """
    kinds = Kinds(reading)
    n_sentences = 0
    for begin, end in slices(text, _SLICE, break_of(reading)):
        part = clean(text[begin:end], reading)
        if (words := plain_words(part, reading, MAX_LETTERS)) is not None:
            found = np.fromiter(map(ids.__getitem__, words), np.int64, len(words))
            is_end = found == _ENDS
            is_word = ~is_end
            ended = np.cumsum(is_end)
            word_ids, sentence_of, n_ends = found[is_word], ended[is_word], int(is_end.sum())
        else:
            cut = cut_slice(part, with_emoji(part, part.translate(kinds), reading), reading, len(part))
            word_ids = np.fromiter(map(ids.__getitem__, cut.words), np.int64, len(cut.words))
            sentence_of, n_ends = cut.sentence_of, cut.n_ends
        yield word_ids, sentence_of + n_sentences
        n_sentences += n_ends
