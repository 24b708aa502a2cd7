"""What was changed between two versions of a text, as programs show it (diff): the new version is what is read.

A line that was changed stands there twice, and numbers, names of files and the words around each place once more.
"""

import re
from collections.abc import Iterator

from w2v.reading.code import is_program

SHARE = 0.6  # of the lines, those of both versions and what says where they are

_PLACE = re.compile(r"@@ -\d+(?:,\d+)? \+\d+(?:,(\d+))? @@")
_OLD, _NEW = re.compile(r"--- \S"), re.compile(r"\+\+\+ \S")


def is_diff(text: str) -> bool:
    """Say whether a text shows changes: two names of files, and then where they are; but not those of a program."""
    return has_changes(text) and not is_program(text_of_diff(text))


def has_changes(text: str) -> bool:
    """Say whether a text, or a program, is little but places of change below two names of files."""
    if "@@ -" not in text:
        return False
    lines = text.splitlines()
    starts = zip(lines, lines[1:], lines[2:], strict=False)
    if not any(_OLD.match(old) and _NEW.match(new) and _PLACE.match(place) for old, new, place in starts):
        return False
    n_kept = sum(1 for line in _new_lines(text) if line)
    n_others = sum(line.startswith(("-", "+++ ", "@@ ", "\\", "diff ", "index ")) for line in lines)
    return n_kept + n_others >= SHARE * sum(map(bool, map(str.strip, lines)))


def text_of_diff(source: str) -> str:
    """Return the lines of the new version, with a blank one between two places."""
    return "\n".join(_new_lines(source)).strip()


def _new_lines(source: str) -> Iterator[str]:
    left = 0  # lines of the new version that are to come
    for line in source.splitlines():
        if place := _PLACE.match(line):
            left = int(place[1] or 1)
            yield ""
        elif left > 0 and not line.startswith(("-", "\\")):
            yield line[1:]
            left -= 1
