"""A text that is no running text but training pairs, as wevi's exercises have them: in^in|out^out,in|out,...

A comma or a line end parts pairs, | what is known from what is to be predicted, ^ the words of a side. What stands
between these marks is a word, whatever is in it; blanks around it are taken off, and blanks within it become _.

A pair that is none ends the reading, with a sentence that says where it stands; its words are never quoted.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

from w2v.reading.characters import LOOKED_AT

MOST_ON_A_SIDE = 40  # words, as many as the largest window has
FEWEST = 2  # pairs, by which such a text is known
SHARE = 0.9  # of the pieces of such a text that are pairs: one that is mistyped does not hide the others

PAIR_END = re.compile("[,\n]")
PAIRS_NOTE = "The text is read as training pairs: what stands before | is known, what stands behind it is predicted."
_LINE_ENDS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_ENDS = re.compile(f"(\r\n|[{_LINE_ENDS}])|,")
_EACH_END = re.compile(f"[,{_LINE_ENDS}]")
_SEVERAL_INPUTS = re.compile(r"\^[^|,\n^]*+\|")
_SIDE = r"\s*+[^\s|^,][^|^,\n]*+(?:\^\s*+[^\s|^,][^|^,\n]*+)*+"
_PAIR = re.compile(rf"{_SIDE}\|{_SIDE}")


def looks_like_pairs(text: str) -> bool:
    """Say whether a text is training pairs, judged by its beginning."""
    pieces = [piece for piece in _EACH_END.split(text[:LOOKED_AT]) if piece.strip()]
    if len(text) > LOOKED_AT:
        del pieces[-1:]
    n = sum(_PAIR.fullmatch(piece) is not None for piece in pieces)
    return n >= FEWEST and n >= SHARE * len(pieces)


def has_several_inputs(text: str) -> bool:
    """Say whether a pair of such a text has several inputs, from whose mean CBOW predicts."""
    return _SEVERAL_INPUTS.search(text) is not None


class PairReader:
    """The pairs that were read so far. Of each, its inputs stand before its outputs.

    most_words   : of the whole text; pairs beyond them are not read
    most_letters : of a word; longer ones are cut
    problem      : a sentence about the pair that is none; "" as long as all is well
    """

    def __init__(self, most_words: int, most_letters: int) -> None:
        self._most_words, self._most_letters = most_words, most_letters
        self._id_of: defaultdict[str, int] = defaultdict(count().__next__)
        self._ids: list[int] = []
        self._starts: list[int] = []
        self._output_starts: list[int] = []
        self._line, self._n_cut, self._n_joined, self._more = 1, 0, 0, False
        self.problem = ""

    def read(self, text: str) -> None:
        """Read a slice that ends where a pair does."""
        begin = 0
        for end in _ENDS.finditer(text):
            self._read_pair(text[begin : end.start()])
            self._line += end[1] is not None
            begin = end.end()
        self._read_pair(text[begin:])

    def _read_pair(self, written: str) -> None:
        if self.problem or self._more or not written.strip():
            return
        sides = [side.split("^") for side in written.split("|")]
        if wrong := _what_is_wrong(sides):
            number = len(self._starts) + 1
            self.problem = f"Pair {number:,}, in line {self._line:,}, {wrong}: write it as in|out, or in^in|out^out."
            return
        inputs, outputs = ([self._word(word) for word in side] for side in sides)
        if len(self._ids) + len(inputs) + len(outputs) > self._most_words:
            self._more = True
            return
        self._starts.append(len(self._ids))
        self._output_starts.append(len(self._ids) + len(inputs))
        self._ids += [self._id_of[word] for word in (*inputs, *outputs)]

    def _word(self, written: str) -> str:
        parts = written.split()
        word = "_".join(parts)
        self._n_joined += len(parts) > 1
        self._n_cut += len(word) > self._most_letters
        return word[: self._most_letters]

    @property
    def words(self) -> tuple[str, ...]:
        """The distinct words, as they first occur."""
        return tuple(self._id_of)

    def arrays(self) -> tuple[NDArray[np.int32], ...]:
        """The index in `words` of each word, where each pair begins, and where its outputs begin."""
        return tuple(np.array(found, np.int32) for found in (self._ids, self._starts, self._output_starts))

    def notes(self) -> Iterator[str]:
        """Yield what the reader should know about how the text was read."""
        yield PAIRS_NOTE
        if self._more:
            n = len(self._starts)
            yield f"The pairs have more than {self._most_words:,} words; the first {n:,} pairs are used."
        if n := self._n_cut:
            yield f"{n:,} {'word was' if n == 1 else 'words were'} cut to {self._most_letters} letters."
        if n := self._n_joined:
            yield f"{n:,} {'word' if n == 1 else 'words'} of several parts: the blanks between these became _."


def _what_is_wrong(sides: list[list[str]]) -> str:
    """Say what keeps this from being a pair, after its number; "" if nothing does."""
    if len(sides) != 2:
        return "has no | in it" if len(sides) == 1 else "has more than one | in it"
    for side, where in zip(sides, ("before", "behind"), strict=True):
        if not all(word.strip() for word in side):
            return f"has no word {where} its |" if len(side) == 1 else f"has an empty place {where} its |"
        if len(side) > MOST_ON_A_SIDE:
            return f"has {len(side):,} words {where} its |, and {MOST_ON_A_SIDE} is the most"
    return ""
