"""What is written for machines and has no prose that could be taken out: programs, and files that are no text."""

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


def said_of_inside(text: str) -> str:
    """Say in one sentence that a text is the inside of a file that is none; "" if it is not."""
    begin = text[:200].lstrip("\ufeff \t\r\n")
    what = next((what for begins, what in _INSIDE if begins.match(begin)), "")
    if not what:
        return ""
    return f"This is what {what} looks like from inside, not its words: open it in its own program and copy them there."


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
