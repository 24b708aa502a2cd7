"""What a text holds that is no word: emoji and marks are left out, and links are read as the words in them.

Everyday punctuation is not counted: that it is no word surprises nobody. Nor are marks of scripts: see `characters.py`.
"""

import re
import unicodedata

import numpy as np

from w2v.reading.characters import OTHER, USUAL, Kinds

_EVERYDAY = frozenset(
    ',;:"()\u2013\u2014\u2018\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u3001\u060c\u061b\uff0c'
)
_PICTURES = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_FLAGS = "\U0001f1e6-\U0001f1ff"
_WITH = "\ufe0f\U0001f3fb-\U0001f3ff"  # what changes the look of the emoji before it
_EMOJI = re.compile(f"[{_FLAGS}]{{2}}|[0-9#*]\ufe0f?\u20e3|[{_PICTURES}][{_WITH}]*(?:\u200d[{_PICTURES}][{_WITH}]*)*")
LOOKED_AT = 200_000  # characters, from the beginning
_LINK = re.compile(r"\b(?:https?://|www\.)\w[^\s<>\"]*", re.IGNORECASE)


def left_out(text: str) -> str:
    """Say in one line what of a text is no word, or read in a way that may surprise; "" when there is nothing."""
    where = f" of the first {LOOKED_AT:,} characters" if len(text) > LOOKED_AT else ""
    text, n_links = _LINK.subn(" ", text[:LOOKED_AT])
    text, n_emoji = (text, 0) if text.isascii() else _EMOJI.subn(" ", text)
    n_marks = _n_marks(text)
    marks = "1 mark" if n_marks == 1 else f"{n_marks:,} marks" if n_marks else ""
    dropped = [part for part in (f"{n_emoji:,} emoji" if n_emoji else "", marks) if part]
    said = [f"Left out{where}, as no words: {' and '.join(dropped)}."] if dropped else []
    if n_links:
        said.append("1 link is read as words." if n_links == 1 else f"{n_links:,} links are read as words.")
    return " ".join(said)


def _n_marks(text: str) -> int:
    """Return how many characters are neither of a word nor everyday punctuation nor blank."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    counts = np.bincount(codes) if len(codes) else np.zeros(0, np.int64)
    kinds = Kinds(USUAL)
    return int(sum(counts[code] for code in np.flatnonzero(counts) if _is_mark(int(code), kinds)))


def _is_mark(code: int, kinds: Kinds) -> bool:
    character = chr(code)
    return kinds[code] == OTHER and character not in _EVERYDAY and unicodedata.category(character)[0] in "SP"
