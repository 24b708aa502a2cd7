"""Text that was copied with codes where letters were: K\\u00f6nig, K\\xc3\\xb6nig, K=C3=B6nig, K%C3%B6nig.

Programs write them in their files, in mails and in addresses. Each would part a word, and its digits would be one.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from w2v.reading.characters import LOOKED_AT, whole_characters
from w2v.reading.code import is_program

FEWEST, APART = 3, 500  # codes of letters within words; characters between them, at most on average
SHARE = 0.9  # of such marks begin a code
ONE_CODE = 3  # characters
SHORTEST, LONGEST = 56, 77  # characters of a line that goes on in the next
OF_PROGRAM = 20_000  # characters, by which a program is told

_BYTES = re.compile(r"[=%\\]x?")
_OF_PYTHON = re.compile(r"^[ \t]*b(['\"])(.*)\1[ \t\r]*$", re.MULTILINE)  # how it prints bytes
_SIMPLE = {"n": "\n", "r": "", "t": "\t"}


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write codes: its mark, what may follow that, how a row of codes is found, and what it stands for."""

    mark: str
    ways: str
    row: re.Pattern[str]
    meant: Callable[[re.Match[str]], str]

    def is_in(self, text: str) -> bool:
        n_marks = text.count(self.mark)
        if n_marks < FEWEST or len(re.findall(re.escape(self.mark) + self.ways, text)) < SHARE * n_marks:
            return False
        fewest = max(FEWEST, -(-len(text) // APART))
        rows = (row for row in self.row.finditer(text) if self._is_of_word(text, row))
        return sum(1 for _ in islice(rows, fewest)) == fewest

    def _is_of_word(self, text: str, row: re.Match[str]) -> bool:
        """Say whether a row of codes is what is no ASCII, and stands in a word; that in TYPE=CELL does not.

        The end of a line that goes on in the next counts as one, for mails of ASCII have no others.
        """
        if self.mark == "=" and row[0][1:].isspace():
            return SHORTEST <= row.start() - text.rfind("\n", max(0, row.start() - LONGEST), row.start()) <= LONGEST
        meant = self.meant(row)
        if meant.isascii():
            return False
        before, after = text[max(0, row.start() - 1) : row.start()], text[row.end() : row.end() + 1]
        is_sure = self.mark == "\\" or len(row[0]) > ONE_CODE
        if is_sure and sum(map(str.isalpha, meant)) > 1:
            return True
        return (before.isalpha() or after.isalpha()) and (is_sure or not (after.isupper() or after.isdigit()))


def _of_bytes(codes: str, base: int = 16) -> str:
    """Return what bytes stand for: UTF-8, or else the letters of Western Europe."""
    data = bytes([int(code, base) for code in _BYTES.split(codes)[1:]])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _of_backslash(row: re.Match[str]) -> str:
    if row[1]:
        return whole_characters(str(json.loads(f'"{row[1]}"')))
    if row[2] or row[3]:
        return _of_bytes(row[2] or row[3], 16 if row[2] else 8)
    return _SIMPLE.get(row[4], row[4])


_FORMS = (
    _Form(
        "\\",
        r"(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-3][0-7]{2}|[nrt\"'/\\])",
        re.compile(r"((?:\\u[0-9a-fA-F]{4})++)|((?:\\x[0-9a-fA-F]{2})++)|((?:\\[0-3][0-7]{2})++)|\\([nrt\"'/\\])"),
        _of_backslash,
    ),
    _Form(  # "quoted-printable" of mails; at the end of a line: it goes on in the next
        "=",
        r"(?:[0-9A-F]{2}|[ \t]*\r?(?:\n|\Z))",
        re.compile(r"(?:=[0-9A-F]{2})(?:(?:=[ \t]*\r?\n)?=[0-9A-F]{2})*+|=[ \t]*\r?(?:\n|\Z)"),
        lambda row: _of_bytes(re.sub(r"=[ \t]*\r?(?:\n|\Z)", "", row[0])),
    ),
    _Form("%", "[0-9A-Fa-f]{2}", re.compile(r"(?:%[0-9A-Fa-f]{2})++"), lambda row: _of_bytes(row[0])),
)


def has_codes(text: str) -> bool:
    """Say whether codes stand in words of a text, where letters were; in a program they are its own."""
    return any(mark in text for mark in "\\=%") and any(
        form.is_in(text) and not is_program(_decoded(form, text[:OF_PROGRAM])) for form in _FORMS
    )


def text_of_codes(source: str) -> str:
    """Return the text with letters for their codes."""
    form = next((form for form in _FORMS if form.is_in(source[:LOOKED_AT])), None)
    return _decoded(form, _OF_PYTHON.sub(r"\2", source)).strip() if form else source


def _decoded(form: _Form, text: str) -> str:
    return form.row.sub(form.meant, text)
