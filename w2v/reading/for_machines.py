"""What is written for machines and has no prose that could be taken out: programs, vectors, files that are no text."""

import re

from w2v.reading.changes import has_changes, text_of_diff
from w2v.reading.characters import LOOKED_AT
from w2v.reading.code import is_program
from w2v.reading.kinds_of_text import kind_of

_INSIDE = (  # what stands at the beginning of a file that was opened as if it were a text, and what the file is
    (re.compile(r"%PDF-\d"), "a PDF document"),
    (
        re.compile(
            r"PK(?:[\x03\x05]|(?=.{0,60}?(?:\[Content_Types\]|_rels/|META-INF/|mimetypeapp|[\ufffd\x00-\x08])))",
            re.DOTALL,
        ),
        "a packed file, such as DOCX, ODT, EPUB or ZIP,",
    ),
    (re.compile(r"[\ufffd\x89]PNG\s|GIF8[79]a|\ufffd{3,4}.{0,6}JFIF", re.DOTALL), "a picture"),
)

FEWEST_ROWS, ROWS, FEWEST_NUMBERS = 3, 20, 4  # of vectors: rows by which they are told, and how long they are

_DECIMAL = re.compile(r"-?\d*\.\d+(?:[eE][-+]?\d+)?|-?\d+(?:\.\d*)?[eE][-+]?\d+")


def said_of_inside(text: str) -> str:
    """Say in one sentence that a text is the inside of a file that is none, or word vectors; "" if it is not."""
    begin = text[:200].lstrip("\ufeff \t\r\n")
    if what := next((what for begins, what in _INSIDE if begins.match(begin)), ""):
        return (
            f"This is what {what} looks like from inside, not its words: open it in its own program and copy them "
            "there."
        )
    if _are_vectors(text):
        return (
            "These seem to be word vectors, numbers behind each word, not a text to learn from: open them on Map, or "
            "by w2v neighbors."
        )
    return ""


def _are_vectors(text: str) -> bool:
    """Say whether each of the first lines is a word and equally many numbers, below one that counts them or not."""
    lines = text[:LOOKED_AT].lstrip("\ufeff \t\r\n").split("\n", ROWS + 1)[: ROWS + 1]
    rows = [line.split() for line in lines if line.strip()]
    if rows and len(rows[0]) == 2 and all(map(str.isdigit, rows[0])):
        del rows[0]
    if len(text) > LOOKED_AT or len(rows) > ROWS:
        del rows[-1:]  # it may be cut
    n = len(rows[0]) if rows else 0
    if len(rows) < FEWEST_ROWS or n <= FEWEST_NUMBERS or any(len(row) != n for row in rows):
        return False
    numbers = [number for row in rows for number in row[1:]]
    return all(map(_DECIMAL.fullmatch, numbers)) and any(number[0] == "-" for number in numbers)


def said_of_program(text: str) -> str:
    """Say in one sentence that a text is a program, and what is learned of it; "" if it is none."""
    begin = text[:LOOKED_AT]
    begin = text_of_diff(begin) if has_changes(begin) else begin
    if not is_program(begin) or kind_of(text) is not None:
        return ""
    return (
        "This text seems to be program code, or settings: its names and keywords, and its remarks, are learned as "
        "words. The marks between them are left out."
    )
