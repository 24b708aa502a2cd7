"""Times within a transcript that is read as it stands: [00:12:34], (1:02:03), #00:12:34-5#, [inaudible 00:12:34].

They are told by their order: a recording never goes back. Hours of a day and places in scripture do.
"""

import re
from itertools import pairwise

FEWEST, APART = 3, 3_000  # times; characters from one to the next, at most on average
IN_ORDER, LIKE_TIMES = 0.97, 0.9  # shares: of times that are no earlier than the one before; of such marks with times

_TIME = r"(\d{1,3}(?::[0-5]\d){1,2})(?:[.,]\d{1,3})?"
_CODE = re.compile(
    rf"#{_TIME}(?:-\d)?#"
    rf"|[\[(<{{](?:[^\W\d_]{{3,20}} )?{_TIME}(?: ?[-\u2013] ?\d{{1,3}}(?::\d\d){{1,2}})?(?: [^\W\d_]{{3,20}})?[\])>}}]"
)
_LIKE = re.compile(r"[\[(<{#](?:[^\W\d_]{3,20} )?\d{1,3}:\d")


def has_time_codes(text: str) -> bool:
    """Say whether times in brackets, or between #, stand in a text, each no earlier than the one before."""
    if ":" not in text:
        return False
    seconds = [_seconds(found[1] or found[2]) for found in _CODE.finditer(text)]
    n = len(seconds)
    if len(set(seconds)) < FEWEST or n * APART < len(text) or n < LIKE_TIMES * len(_LIKE.findall(text)):
        return False
    return sum(after >= before for before, after in pairwise(seconds)) >= IN_ORDER * (n - 1)


def _seconds(time: str) -> int:
    """Return how late a time is; without hours it has minutes first."""
    return sum(int(part) * 60**i for i, part in enumerate(reversed(time.split(":"))))


def text_without_time_codes(source: str) -> str:
    """Return the text without times."""
    text = re.sub(rf"[ \t]*(?:{_CODE.pattern})", "", source)
    return "\n".join([line.strip(" \t") for line in text.split("\n")]).strip()
