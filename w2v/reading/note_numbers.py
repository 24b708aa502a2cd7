"""Pages as one copies them from Wikipedia, a paper or a book: numbers of notes stand behind words, as in "red.[1]".

Each would be a word, which stands beside all others; a raised one would even change the word that it stands at.
"""

import re
from collections import Counter
from itertools import pairwise
from string import ascii_lowercase

from w2v.reading.code import is_code

FEWEST, APART = 3, 3_000  # numbers; characters between them, at most on average
IN_ORDER = 0.8  # share of the numbers that follow the one before, where each comes first
AT_MARKS = 0.3  # share of the numbers that stand beside a punctuation mark, as most notes do
LONGEST = 60  # characters in brackets

_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"  # raised
_IN_BRACKETS = re.compile(r"\[(?<=[^\s\[({=<>]\[)(\d{1,4})\]")
_RAISED = re.compile(  # behind a word of three letters: two have units, which may be squared
    rf"[{_DIGITS}](?<=[^\W\d_]{{3}}.|..[.,;:!?)\"\u201d\u00bb\u2019].)(?<![{_DIGITS}].)[{_DIGITS}]{{0,2}}(?!\w)"
)
_BESIDE_MARK = re.compile(r"[.,;:!?)\"'\u201d\u00bb\u2019\u3001\u3002\uff0c\u060c]")
_CODE = re.compile(r"\w\[0\]|(?<![\w'\u2019])[^\W\d_]\[\d|\][ \t]*[-+*/]?=|[{};][ \t\r]*$", re.MULTILINE)
_NOTE = re.compile(  # behind a word, without a blank: numbers, "note 1", "citation needed", "who?"
    rf"(?<=[^\s\[({{=<>])\[(?:\d{{1,4}}(?:[,\u2013-] ?\d{{1,4}})*"
    rf"|[^][\n]{{1,{LONGEST}}}?[ ?\u00a0][^][\n]{{0,{LONGEST}}}|\?)\]"
    r"|(?<=[.,;:!?)\]\"\u201d\u00bb\u2019])\[[^\W\d_]{1,2}\]"
)
_LETTER = re.compile(r"(?<=[^\W\d_])\[([a-z])\](?!\w)")
_AT_END = re.compile(
    rf"^((?:[^][\n]{{0,100}}[^][\s])?)(\[[^][\d\n]{{3,{LONGEST}}}\])(?=[ \t\r]*$)", re.MULTILINE
)  # "History[edit]"
_REFERENCE = re.compile(
    r"^[ \t]*(?:\d{1,4}\.[ \t]*)?(?:[^\W\d_]+ [^\W\d_]+[ \t]*)?[\^\u2191](?:[ \t].*)?$", re.MULTILINE
)


def has_note_numbers(text: str) -> bool:
    """Say whether numbers of notes stand behind words: in brackets or raised, one after the other, and no code."""
    marks = list(_IN_BRACKETS.finditer(text)) if "[" in text else []
    if not text.isascii() and any(digit in text for digit in _DIGITS):
        marks = sorted([*marks, *_RAISED.finditer(text)], key=re.Match.start)
    n = len(marks)
    if n < FEWEST or n * APART < len(text):
        return False
    around = [(text[mark.start() - 1], text[mark.end() : mark.end() + 1]) for mark in marks]
    beside = sum(any(map(_BESIDE_MARK.match, characters)) for characters in around)
    numbers = [_number(mark[0].strip("[]")) for mark in marks]
    first = list(dict.fromkeys(numbers))
    follow = sum(after == before + 1 for before, after in pairwise(first))
    if beside < AT_MARKS * n or len(first) < FEWEST or follow < IN_ORDER * (len(first) - 1):
        return False
    return 2 * len(_CODE.findall(text)) < n and not is_code(text)


def _number(digits: str) -> int:
    return int("".join(str(_DIGITS.find(digit)) if digit in _DIGITS else digit for digit in digits))


def text_without_note_numbers(source: str) -> str:
    """Return the text without the numbers of notes, what invites to edit a section, and the list of what is cited."""
    text = _REFERENCE.sub("", source)
    ends = Counter(found[2] for found in _AT_END.finditer(text))
    text = _AT_END.sub(lambda found: found[1] if ends[found[2]] >= 2 else found[0], text)
    letters = set(_LETTER.findall(text))
    if letters == set(ascii_lowercase[: len(letters)]):  # notes are a, b, c; "king[s]" is none
        text = _LETTER.sub("", text)
    return _RAISED.sub("", _NOTE.sub("", text)).strip()
