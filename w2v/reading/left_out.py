"""What a text holds that is no word: emoji, links, addresses and marks are left out.

Everyday punctuation is not counted: that it is no word surprises nobody. Nor are marks of scripts: see `characters.py`.
"""

import unicodedata

import numpy as np

from w2v.counted import counted
from w2v.reading.characters import LOOKED_AT, OTHER, USUAL, Kinds, Reading, clean
from w2v.reading.net_writing import ADDRESS, EMOJI, LINK, TAG

_EVERYDAY = frozenset(
    ',;:"()\u2013\u2014\u2018\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u3001\u060c\u061b\uff0c'
)


def left_out(text: str, reading: Reading = USUAL) -> str:
    """Say in one line what of a text is no word when it is read like this; "" when there is nothing to say."""
    if reading.is_cut:
        return ""
    where = f" of the first {LOOKED_AT:,} characters" if len(text) > LOOKED_AT else ""
    text, n_addresses = ADDRESS.subn(" ", text[:LOOKED_AT])
    text, n_links = LINK.subn(" ", text)
    text, n_emoji = (text, 0) if text.isascii() else EMOJI.subn(" ", text)
    if reading.emoji:
        text, n_emoji = TAG.sub("", text), 0
    n_marks = _n_marks(clean(text, USUAL))
    parts = [
        f"{n_emoji:,} emoji" if n_emoji else "",
        counted(n_marks, "mark") if n_marks else "",
        counted(n_links, "link") if n_links else "",
        counted(n_addresses, "e-mail address", "e-mail addresses") if n_addresses else "",
    ]
    *most, last = [part for part in parts if part] or [""]
    return f"Left out{where}, as no words: {', '.join(most)}{' and ' if most else ''}{last}." if last else ""


def _n_marks(text: str) -> int:
    """Return how many characters are neither of a word nor everyday punctuation nor blank."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    counts = np.bincount(codes) if len(codes) else np.zeros(0, np.int64)
    kinds = Kinds(USUAL)
    return int(sum(counts[code] for code in np.flatnonzero(counts) if _is_mark(int(code), kinds)))


def _is_mark(code: int, kinds: Kinds) -> bool:
    character = chr(code)
    return kinds[code] == OTHER and character not in _EVERYDAY and unicodedata.category(character)[0] in "SP"
