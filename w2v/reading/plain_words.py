"""The quick way to cut a clean text into words and sentences, where all of it is ASCII: as `tokens.py` finds them.

Bytes become those of words, blanks, and marks where sentences end; then Python's own `split` does the rest. Texts of
European languages are nearly ASCII once they are clean, so their usual quotation marks and dashes count as such.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Ints
from w2v.reading.characters import DOT, JOINER, LINE, OTHER, STOP, WORD, Kinds, Reading

END = "\x01"  # stands among the words where a sentence ends; no word has it
_END, _BLANK = ord(END), ord(" ")
_PUNCTUATION = {  # that is no ASCII -> what does the same here
    " ": "\u201c\u201d\u2014\u2013\u201e\u00ab\u00bb\u00a0\u2022",
    "!": "\u2026",
}
_BETWEEN_BLANKS = {" ": "\u00a0"}


class _Table:
    """What becomes of each byte, for a way to read."""

    def __init__(self, reading: Reading) -> None:
        kinds = bytes(range(128)).decode().translate(Kinds(reading))
        becomes = {OTHER: _BLANK, LINE: _END, STOP: _END}
        self.of_byte = bytes([becomes.get(kind, code) for code, kind in enumerate(kinds)] + [_BLANK] * 128)
        self.is_letter = np.array([kind == WORD for kind in kinds] + [False] * 128)
        self.joiners, self.dots = ([c for c, kind in enumerate(kinds) if kind == wanted] for wanted in (JOINER, DOT))
        same = _BETWEEN_BLANKS if reading.pretokenized else _PUNCTUATION
        self.same = [(typed, meant) for meant, all_typed in same.items() for typed in all_typed]


_TABLES = {cut: _Table(Reading(pretokenized=cut)) for cut in (False, True)}


def plain_words(text: str, reading: Reading, most_letters: int) -> list[str] | None:
    """Return the words of a clean text with `END` where sentences end; None where `tokens.py` must look.

    That is where something is no ASCII, where a word has more letters than `most_letters`, and where # and @ count.
    """
    if reading.emoji and not reading.pretokenized and ("#" in text or "@" in text):
        return None
    table = _TABLES[reading.pretokenized]
    if not text.isascii():
        for typed, meant in table.same:
            text = text.replace(typed, meant)
        if not text.isascii():
            return None
    given = text.encode("ascii")
    before, out = np.frombuffer(given, np.uint8), bytearray(given.translate(table.of_byte))
    letters = np.frombuffer(out, np.uint8)  # a view: what is changed here is changed in `out`
    is_letter = table.is_letter
    joiners = _places(before, table.joiners)
    inside = joiners[(joiners > 0) & (joiners < len(before) - 1)]
    letters[joiners] = _BLANK
    inside = inside[is_letter[before[inside - 1]] & is_letter[before[inside + 1]]]
    letters[inside] = before[inside]
    dots = _places(before, table.dots)
    goes_on = is_letter[before[np.minimum(dots + 1, len(before) - 1)]]  # 3.14
    letters[dots] = np.where(goes_on, _BLANK, _END)
    between = np.flatnonzero((letters == _BLANK) | (letters == _END))
    if np.diff(between, prepend=-1, append=len(letters)).max(initial=0) > most_letters + 1:
        return None
    return out.replace(END.encode(), f" {END} ".encode()).decode("ascii").split()


def _places(codes: NDArray[np.uint8], wanted: Iterable[int]) -> Ints:
    found = np.zeros(len(codes), bool)
    for code in wanted:
        found |= codes == code
    return np.flatnonzero(found)
