"""What characters are to a text that is cut into words, and what is done to the text before.

What is done to the text first. Invisible format characters (soft hyphens, joiners, byte-order marks,
direction marks, variation selectors) are taken out, so a word is the same with and without them; one of
them, the zero-width space, says "here a word may end" and counts as a blank. Curly apostrophes become ',
the hyphens U+2010 and U+2011 become -. Then Unicode normal form C and, with `lowercase`, case folding (which
also makes final sigma sigma, but here leaves ß as it is) and normal form C again.

Each character is of one kind, which says whether it is part of a word and whether a sentence ends at it.
"""

import re
import unicodedata
from itertools import accumulate

# Kinds of character, one ASCII letter each. A text is translated into the string of its kinds, which has the same
# length, and words are found there by comparing neighbors: a word is w[wm]*(['-]w[wm]*)* or jm*, a sentence ends at
# s, n, or a dot without w behind it.
WORD, MARK, CJK, APOSTROPHE, HYPHEN, DOT, STOP, LINE, OTHER = "wmj'-.sn "

_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_DOTS = frozenset(".\uff0e\ufe52")  # full stop, fullwidth, small
_STOPS = frozenset(
    "!?\u2026\u203c\u203d\u2047\u2048\u2049\u2e2e"  # general, and the reversed question mark
    "\u3002\uff01\uff1f\uff61\ufe12\ufe15\ufe16\ufe56\ufe57"  # Chinese, Japanese: all widths, vertical
    "\u0964\u0965\u1c7e\u1c7f\ua8ce\ua8cf\uabeb"  # danda and double danda; Ol Chiki, Saurashtra, Meetei Mayek
    "\u061d\u061e\u061f\u06d4\u0700\u0701\u0702"  # Arabic, Urdu, Syriac
    "\u0589\u055c\u055e"  # Armenian full stop, exclamation and question mark
    "\u1362\u1367\u1368"  # Ethiopic
    "\u104a\u104b\u17d4\u17d5\u0e5a\u0e5b"  # Burmese, Khmer, Thai
    "\u0f0d\u0f0e\u0f0f\u0f10\u0f11"  # Tibetan
    "\u1803\u1809\u166e\u07f9\u1b5e\u1b5f\ua9c8\ua9c9"  # Mongolian, Canadian, N'Ko, Balinese, Javanese
)
_CJK_RANGES = (
    (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x303C),  # iteration marks, old numerals
    (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF),  # kana
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9D),  # Han, halfwidth katakana
    (0x1AFF0, 0x1B16F), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),  # more kana, more Han
)  # fmt: skip
_HALFWIDTH_VOICE_MARKS = (0xFF9E, 0xFF9F)  # letters for Unicode, marks for the reader
_INVISIBLE_MARKS = frozenset(  # grapheme joiner, Mongolian and general variation selectors
    {0x034F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)

_LONG_MARKS = re.compile(r"[^\w\x00-\x7f]{32,}")  # all marks are among these
_KEYCAP_MARK = "\u20e3"
_KEYCAP = re.compile(f"[0-9#*]\ufe0f?{_KEYCAP_MARK}")  # the emoji "1 on a key" is no word
_ARMENIAN_TONES = "\u055b\u055c\u055e"
_ARMENIAN_TONE = re.compile(rf"(?<=[^\W\d_])[{_ARMENIAN_TONES}](?=[^\W\d_])")  # written inside a word


class _Cleaner(dict[int, str | None]):
    """Table for str.translate, filled as characters are met: drops invisible ones, unites look-alikes."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept: str | None = character
        if code == 0x200B:  # zero-width space
            kept = " "
        elif unicodedata.category(character) == "Cf" or code in _INVISIBLE_MARKS:
            kept = None
        elif character == "\u2019":
            kept = "'"
        elif character in "\u2010\u2011":
            kept = "-"
        self[code] = kept
        return kept


class Kinds(dict[int, str]):
    """Table for str.translate, filled as characters are met: character -> kind."""

    def __missing__(self, code: int) -> str:
        self[code] = kind = _kind(code)
        return kind


def _kind(code: int) -> str:
    character = chr(code)
    if character in _LINE_ENDS:
        return LINE
    if character in _STOPS:
        return STOP
    if character in _DOTS:
        return DOT
    if character == "'":
        return APOSTROPHE
    if character == "-":
        return HYPHEN
    if any(first <= code <= last for first, last in _CJK_RANGES):
        return CJK
    major = unicodedata.category(character)[0]
    if major == "M" or code in _HALFWIDTH_VOICE_MARKS:
        return MARK
    return WORD if major in "LN" else OTHER


def clean(text: str, lowercase: bool) -> str:
    """The text with invisible characters gone, in normal form C, case folded if asked for."""
    if text.isascii():  # nothing of what follows concerns it
        return fold_case(text) if lowercase else text
    if _KEYCAP_MARK in text:
        text = _KEYCAP.sub(" ", text)
    text = unicodedata.normalize("NFC", _LONG_MARKS.sub(_in_canonical_order, text.translate(_Cleaner())))
    if any(tone in text for tone in _ARMENIAN_TONES):
        text = _ARMENIAN_TONE.sub("", text)
    return unicodedata.normalize("NFC", fold_case(text) if lowercase else text)


def fold_case(text: str) -> str:
    """The text without capitals, as Unicode folds them, but for ß: "Maße" and "Masse" are two words."""
    return "ß".join([part.casefold() for part in text.replace("ẞ", "ß").split("ß")])


def _in_canonical_order(run: re.Match[str]) -> str:
    """Decompose a run of characters and sort its marks by combining class, stably, as every normal form does.

    Python's own `normalize` does it too, but by insertion: a letter with 80,000 marks takes it ten seconds,
    and time grows with the square. A run in order costs it next to nothing.
    """
    characters = [part for character in run[0] for part in unicodedata.normalize("NFD", character)]
    classes = [unicodedata.combining(character) for character in characters]
    group = accumulate(int(c == 0) for c in classes)  # marks do not cross a character of class 0
    order = sorted(zip(group, classes, characters, strict=True), key=lambda item: item[:2])
    return "".join(character for _, _, character in order)
