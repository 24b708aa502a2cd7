"""Texts that were broken to the width of a page: there a line end ends no sentence, as it does everywhere else here."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from w2v.reading.characters import LINE, OTHER, USUAL, Kinds, clean
from w2v.reading.kinds_of_text import kind_of
from w2v.reading.tokens import words_and_ends

WIDTHS = range(50, 101)  # characters: what pages and mails are broken at
FEWEST = 10  # lines that follow each other
MOST_LINES = 5_000  # looked at
SHARE = 0.6
FEWEST_HALVES, HALVES = 3, 0.05  # lines that end with half a word, and their share
MOST_CHARACTERS = 100_000  # looked at for sentences that only a line end parts

_SOFT, _HYPHENS = "\u00ad", ("-", "\u2010")
_LONGEST = 100  # characters that are looked at for half a word
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u109f"  # parts of words that \\w does not know
_LETTERS = rf"[\w{_MARKS}]+"
_WORD = re.compile(rf"{_LETTERS}(?:['-]{_LETTERS})*")  # of a clean text
_LEFT = re.compile(rf"(?:{_LETTERS}['\u2019\u2010-])*{_LETTERS}$")
_RIGHT = re.compile(rf"{_LETTERS}(?:['\u2019\u2010-]{_LETTERS})*")
_FIRST_PART = re.compile("['-]")
_SHARE_A_HALF = frozenset({"and", "or", "und", "oder"})  # after "pre-" and the like the hyphen ends a word


def is_wrapped(text: str) -> bool:
    """Say whether most lines are as long as they can be: with the first word of the next they would be too long.

    Lines that part words at hyphens were broken to some width too, a narrow one perhaps.
    Text that is no prose never was: its lines mean something.
    """
    lines = [line.strip() for line in text.splitlines()[:MOST_LINES]]
    following = [(line, after) for line, after in zip(lines, lines[1:]) if line and after]
    if sum(_part_a_word(line, after) for line, after in following) >= max(FEWEST_HALVES, HALVES * len(following)):
        return kind_of(text) is None
    if len(following) < FEWEST:
        return False
    width = int(np.quantile([len(line) for line in lines if line], 0.9))
    full = sum(len(line) + 1 + len(after.split(maxsplit=1)[0]) >= width for line, after in following)
    return width in WIDTHS and full >= SHARE * len(following) and kind_of(text) is None


def _part_a_word(line: str, after: str) -> bool:
    """Say whether a line ends with half a word, as it seems, and the next one begins with the other half."""
    if not (line.endswith((_SOFT, *_HYPHENS)) and line[-2:-1].isalpha() and " " in line):
        return False
    same_case = after[0].islower() or (after[0].isupper() and line[-2].isupper())
    return same_case and after.split(maxsplit=1)[0] not in _SHARE_A_HALF


def unwrapped(text: str) -> str:
    """Return the text with each paragraph on one line; paragraphs are what blank lines part.

    Halves of a word that a line end parts become one: after a soft hyphen always. After another hyphen they do without
    it if the word occurs elsewhere in the text, else it stays.
    """
    text = "\n".join(text.splitlines())
    words = _Words(text)
    paragraphs = [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    joined = [
        " ".join("".join(_joined([line.strip() for line in paragraph.split("\n")], words)).split())
        for paragraph in paragraphs
    ]
    return "\n\n".join([paragraph for paragraph in joined if paragraph])


def on_one_line(text: str) -> str:
    """Return the whole text on one line, halves of words joined as in `unwrapped`."""
    return " ".join(unwrapped(text).split())


def _joined(lines: list[str], words: "_Words") -> Iterator[str]:
    """Yield the lines of a paragraph as they stand before one another."""
    for line, after in pairwise(lines):
        if line.endswith(_SOFT):
            yield line.rstrip(_SOFT)
        elif line.endswith(_HYPHENS):
            yield _with_half(line, after, words)
        else:
            yield f"{line} "
    yield lines[-1]


def _with_half(line: str, after: str, words: "_Words") -> str:
    """Return a line that ends with a hyphen as it stands before the next one."""
    left, right = _LEFT.search(line[-_LONGEST:-1]), _RIGHT.match(after)
    if left is None or right is None or right[0] in _SHARE_A_HALF:
        return f"{line} "
    return line[:-1] if words.are_one(left[0], right[0]) else line


class _Words:
    """The words that a text has where no line end parts them; cut when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(_WORD.findall(clean(self._text, USUAL)))

    def are_one(self, left: str, right: str) -> bool:
        """Say whether two halves are a word without the hyphen; what is joined to the right one may differ."""
        left, right = clean(left, USUAL), clean(right, USUAL)
        if f"{left}-{right}" in self._whole:
            return left + right in self._whole
        return left + right in self._whole or left + _FIRST_PART.split(right)[0] in self._whole


def line_ends_part(text: str) -> bool:
    """Say whether a line end alone ends some sentence: then the text on one line has fewer sentences, longer ones."""
    kinds = clean(text[:MOST_CHARACTERS], USUAL).translate(Kinds(USUAL))
    return _n_sentences(kinds) > _n_sentences(kinds.replace(LINE, OTHER))


def _n_sentences(kinds: str) -> int:
    """Return how many sentences a text of such kinds of characters has."""
    begins, _, is_end = words_and_ends(kinds)
    return len(np.unique(np.cumsum(is_end)[begins]))
