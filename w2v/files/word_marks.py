"""Marks around all words of a text of vectors: R quotes them, and some programs write a colon behind each."""

from typing import NamedTuple

_FEWEST = 3  # rows, from which it is no accident
_ROWS = 50  # by which it is seen


class Marks(NamedTuple):
    """What stands before and behind each word, and what is said of it."""

    before: bytes
    behind: bytes
    note: str

    def around(self, word: bytes) -> bool:
        """Whether a word has them and more."""
        both = len(self.before) + len(self.behind)
        return len(word) > both and word.startswith(self.before) and word.endswith(self.behind)

    def taken_off(self, word: bytes) -> bytes:
        """Return a word without them."""
        return word[len(self.before) : len(word) - len(self.behind)] if self.around(word) else word


NONE = Marks(b"", b"", "")
_KNOWN = (
    Marks(b'"', b'"', "All words stand in quotation marks, which are left out."),
    Marks(b"'", b"'", "All words stand in quotation marks, which are left out."),
    Marks(b"", b":", "A colon stands behind all words, and is left out."),
    Marks(b"", b",", "A comma stands behind all words, and is left out."),
)


def marks_of(head: bytes, dim: int) -> Marks:
    """Return the marks around all words of the first lines, behind which so many numbers stand."""
    rows = [line.rsplit(None, dim) for line in head.split(b"\n", _ROWS)[:_ROWS]]
    words = [row[0].strip() for row in rows if len(row) == dim + 1]
    if len(words) < _FEWEST:
        return NONE
    return next((marks for marks in _KNOWN if all(map(marks.around, words))), NONE)
