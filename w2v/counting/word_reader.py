"""A text of any length as numbers: ids of words, and of the sentence that each stands in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from w2v.arrays import Ints
from w2v.reading.characters import Kinds, Reading, clean
from w2v.reading.plain_words import END, plain_words
from w2v.reading.tokens import MAX_LETTERS, Slice, break_of, cut_slice, slices, with_emoji

LEFT_OUT, _ENDS = -1, -2
SLICE, SHORT_SLICE = 2**16, 2**13  # characters; what comes out is the same for any


class Known(dict[str, int]):
    """Ids of the words of a vocabulary; `LEFT_OUT` for any other."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__({word: i for i, word in enumerate(words)})
        self[END] = _ENDS

    def __missing__(self, word: str) -> int:
        return LEFT_OUT


def count_words(text: str, reading: Reading, n_of: Counter[str]) -> None:
    """Add how often each word of a text occurs."""
    for words in _cut(text, reading):
        n_of.update(words if isinstance(words, list) else words.words)
    n_of.pop(END, None)


def read_words(text: str, reading: Reading, ids: Known) -> Iterator[tuple[Ints, Ints]]:
    """Yield the id of each word, and the number of its sentence, a slice of text at a time; both (n_words,).

    Sentences are numbered from the beginning of the text on.
    """
    n_sentences = 0
    for words in _cut(text, reading):
        if isinstance(words, list):
            found = np.fromiter(map(ids.__getitem__, words), np.int64, len(words))
            is_end = found == _ENDS
            is_word = ~is_end
            word_ids, sentence_of, n_ends = found[is_word], np.cumsum(is_end)[is_word], int(is_end.sum())
        else:
            word_ids = np.fromiter(map(ids.__getitem__, words.words), np.int64, len(words.words))
            sentence_of, n_ends = words.sentence_of, words.n_ends
        yield word_ids, sentence_of + n_sentences
        n_sentences += n_ends


def _cut(text: str, reading: Reading) -> Iterator[list[str] | Slice]:
    """Cut a text as `tokens.py` does, without its limit of words, and yield a slice at a time: quickly where it can be.

    A list has `END` among the words where sentences end.
    """
    kinds = Kinds(reading)
    for part in map(partial(clean, reading=reading), _slices(text, reading)):
        words = plain_words(part, reading, MAX_LETTERS)
        yield (
            words
            if words is not None
            else cut_slice(part, with_emoji(part, part.translate(kinds), reading), reading, len(part))
        )


def _slices(text: str, reading: Reading) -> Iterator[str]:
    """Yield slices of a text: short ones where something is no ASCII, for what stands beside it is cut quickly."""
    at = break_of(reading)
    for begin, end in slices(text, SLICE, at):
        part = text[begin:end]
        if part.isascii():
            yield part
        else:
            yield from (part[a:b] for a, b in slices(part, SHORT_SLICE, at))
