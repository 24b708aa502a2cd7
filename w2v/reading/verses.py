"""Numbers of verses within lines, as scripture has them: 1 In the ... 2 And the ..., 1:1 and 1:2, or [1] and [2].

They are told by counting: each is one more than the one before, and nearly all follow a mark or begin a line. Where
each line begins with a book, a chapter and a verse (Genesis 1:1), and where the signs of the Quran stand, that is sure.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

FEWEST, APART, NEAR = 8, 500, 25  # verses; characters from one to the next, on average at most, and usually at least
IN_ORDER, AT_MARKS = 0.8, 0.6  # shares of them: those that follow the one before; those behind a mark or a line end
FEWEST_SURE, OF_LINES = 3, 0.9  # signs of the Quran; share of the lines that begin with a book
LOOKED_AT = 50_000  # characters, from the beginning

_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_VALUES = str.maketrans(_RAISED, "0123456789")
_NUMBER = re.compile(
    r"(?<![^\s\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u300d])(?:(?:\d{1,3}:)?"
    rf"(\d{{1,3}}(?=[ \u00a0]|[A-Z\u201c])|[{_RAISED}]{{1,3}})|[\[(](?:\d{{1,3}}:)?(\d{{1,3}})[\])])[ \u00a0]?"
    r"(?=[(\"'\u201c\u2018\u00ab\u300c]{0,2}[^\W\d_])"
)
_OF_QURAN = re.compile(r"[ \u00a0]?(?:[\ufd3e\ufd3f]\s?\d{1,3}\s?[\ufd3e\ufd3f]|\u06dd\s?\d{1,3})[ \u00a0]?(\r?\n)?")
_OF_BOOK = re.compile(
    r"^[ \t]*\[?((?:[1-4I]{1,3}[. ] ?)?[^\W\d_]{2,20}\.?(?: of [^\W\d_]{2,20})?) (\d{1,3})[:.,](\d{1,3})\]?"
    r"[ \t:-]+(?=\D)",
    re.MULTILINE,
)
_BEHIND_MARK = re.compile(
    r"(?:[.,;:!?)\]\"'\u201d\u2019\u00bb\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u300d]\s*|\n\s*|\A\s*)\Z"
)


def has_verses(text: str) -> bool:
    """Say whether numbers within lines count verses."""
    text = text[:LOOKED_AT]
    if has_books(text) or len(_OF_QURAN.findall(text)) * APART >= max(len(text), FEWEST_SURE * APART):
        return True
    found = [(number, follows) for number, follows in _numbers(text)]
    n = len(found)
    if n < FEWEST or n * APART < len(text):
        return False
    starts = [number.start() for number, _ in found]
    if median([after - before for before, after in zip(starts, starts[1:], strict=False)]) < NEAR:
        return False
    n_behind = sum(_BEHIND_MARK.search(text, max(0, start - 3), start) is not None for start in starts)
    return sum(follows for _, follows in found) >= IN_ORDER * (n - 1) and n_behind >= AT_MARKS * n


def text_without_verses(source: str) -> str:
    """Return the text without the numbers of verses; all others stay."""
    if has_books(source[:LOOKED_AT]):
        return _OF_BOOK.sub("", source).strip()
    kept, done = [], 0
    source = _OF_QURAN.sub("\n", source)  # where a verse ends, which has no other mark there
    for number, _ in _numbers(source):
        kept.append(source[done : number.start()])
        done = number.end()
    return "".join([*kept, source[done:]]).strip()


def has_books(text: str) -> bool:
    """Say whether nearly all lines begin with a book, a chapter and a verse, which is often one more than before."""
    if ":" not in text and "." not in text:
        return False
    places = [(book, int(chapter), int(verse)) for book, chapter, verse in _OF_BOOK.findall(text)]
    n, n_lines = len(places), sum(map(bool, map(str.strip, text.split("\n"))))
    if n < FEWEST or n < OF_LINES * n_lines or len({book for book, _, _ in places}) > n / 2:
        return False
    follow = sum((*before[:2], before[2] + 1) == after or after[2] == 1 for before, after in pairwise(places))
    return follow >= IN_ORDER * (n - 1)


def _numbers(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield each number that may be that of a verse, and whether it follows the one before; 1 or 2 begin a chapter."""
    before = 0
    for number in _NUMBER.finditer(text):
        n = int((number[1] or number[2]).translate(_VALUES))
        if n == before + 1 or n in (1, 2) or (before and n == before + 2):
            yield number, n == before + 1
            before = n
