"""What characters are to a text that is cut into words, and what is done to the text before.

What is done to the text first. Invisible format characters (soft hyphens, joiners, byte-order marks, direction marks,
variation selectors) are taken out, so a word is the same with and without them; one of them, the zero-width space, says
"here a word may end" and counts as a blank. The Arabic tatweel, which only makes a word longer, goes too, and so do
links and e-mail addresses. What stands for another character becomes it: all that is typed for an apostrophe (curly
ones, accents, primes, backticks, the modifier letter) becomes ', hyphens become -, middle dots \u00b7, between Hebrew
letters ' is a geresh and " gershayim, ligatures, full and half widths and letters in another font, which are meant for
formulas, or in circles become the usual letters. Then Unicode normal form C and, with `lowercase`, case folding (which
also makes final sigma sigma, but here leaves ß as it is) and normal form C again.

In a text that is `pretokenized`, what stands between blanks is a word, and a line is a sentence: only invisible
characters are taken out, and normal form and case are as above.

Each character is of one kind, which says whether it is part of a word and whether a sentence ends at it. What joins
letters in a word is what Unicode's word boundaries (UAX 29) let join them, and the hyphen; but a dot, a comma or a
colon joins nothing here.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from w2v.reading.net_writing import hold_joiners, let_joiners_go, without_links

LOOKED_AT = 200_000  # characters, from the beginning: by these it is judged what a text is

UNSPACED = {  # scripts that are written without blanks between words: their letters
    "Thai": "\u0e01-\u0e4e",
    "Lao": "\u0e81-\u0ece",
    "Khmer": "\u1780-\u17d3",
    "Burmese": "\u1000-\u1049\uaa60-\uaa7f\ua9e0-\ua9ff",
}

# Kinds of character, one ASCII letter each. A text is translated into the string of its kinds, which has the same
# length, and words are found there by comparing neighbors: a word is w[wm]*(-w[wm]*)* or jm*, a sentence ends at
# s, n, or a dot without w behind it.
WORD, MARK, CJK, JOINER, DOT, STOP, LINE, OTHER = "wmj-.sn "
JOINERS = "'-_\u00b7\u05f4"  # of letters: apostrophe, hyphen, low line, middle dot, gershayim


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is read.

    lowercase    : whether upper and lower case are one
    pretokenized : whether the text is cut into words already: blanks part words, lines part sentences
    emoji        : whether emoji are words, and # and @ belong to the words that they begin
    turkish      : whether I and \u0131, \u0130 and i are the same letters in upper and lower case
    pairs        : whether the text is training pairs, in|out, and not running text (`pair_syntax.py`)
    """

    lowercase: bool = True
    pretokenized: bool = False
    turkish: bool = False
    emoji: bool = False
    pairs: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether marks in the text say where its words begin and end, so that each is taken as it is."""
        return self.pretokenized or self.pairs


USUAL = Reading()
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
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),  # Han
    (0x1AFF0, 0x1B16F), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),  # more kana, more Han
)  # fmt: skip
_GERESH = "\u05f3"  # a letter for Unicode; here a mark, so that it stays with the letter it stands behind
_INVISIBLE_MARKS = frozenset(  # grapheme joiner, Mongolian and general variation selectors
    {0x034F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)

_STANDS_FOR = {  # what is typed -> what is meant
    "'": "\u2018\u2019\u201b\u02bc\u02b9\u0374\u2032\u00b4\u1ffd`\u1fef\u1fbd\u1fbf\u055a",
    "-": "\u2010\u2011\u05be\u058a\ufe63",  # the third is the Hebrew maqaf
    "\u00b7": "\u0387\u2027\u2219\u22c5",
    "n": "\u0149",  # an apostrophe and n
    "": "\u0640\u07fa",  # tatweel, lajanyalan
}
_LOOKS_LIKE = {typed: meant for meant, all_typed in _STANDS_FOR.items() for typed in all_typed}
_WIDTHS = ("<wide>", "<narrow>")
_FONT = "<font>"  # bold and the like, meant for formulas, and used for whole sentences where no font can be chosen
_CIRCLED = range(0x24B6, 0x24EA)  # letters
_SHAPES = ("<initial>", "<medial>", "<final>", "<isolated>")  # of Arabic letters
_LIGATURES = frozenset({0x0132, 0x0133, 0x013F, 0x0140, *range(0x01C4, 0x01CD), 0x01F1, 0x01F2, 0x01F3,
                        *range(0xFB00, 0xFB50)})  # fmt: skip

_LONG_MARKS = re.compile(r"[^\w\x00-\x7f]{32,}")  # all marks are among these
_KEYCAP_MARK = "\u20e3"
_KEYCAP = re.compile(f"[0-9#*]\ufe0f?{_KEYCAP_MARK}")  # the emoji "1 on a key" is no word
_ARMENIAN_TONES = "\u055b\u055c\u055e"
_ARMENIAN_TONE = re.compile(rf"(?<=[^\W\d_])[{_ARMENIAN_TONES}](?=[^\W\d_])")  # written inside a word
_TURKISH = str.maketrans("I\u0130", "\u0131i")
_OKINA = "\u02bb"
_OKINA_INSIDE = re.compile(rf"(?<=[^\W\d_]){_OKINA}(?=[^\W\d_])")
_HEBREW, _POINTED = "\u05d0-\u05ea", "\u0591-\u05c7\u05d0-\u05ea"  # letters; letters and their points
_ANY_HEBREW = re.compile(f"[{_HEBREW}]")
_GERSHAYIM_TYPED = re.compile(f"(?<=[{_POINTED}])(?:[\"\u201c-\u201f\u2033]|['{_GERESH}]{{2}})(?=[{_HEBREW}])")
_GERESH_TYPED = re.compile(f"[{_HEBREW}](?<![{_POINTED}].)[{_POINTED}]*+(?:'[{_POINTED}]*+)+")


class _Cleaner(dict[int, str | None]):
    """Table for str.translate, filled as characters are met: drops invisible ones, unites look-alikes if asked for."""

    def __init__(self, unites: bool) -> None:
        self._unites = unites

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept: str | None = character
        if code == 0x200B:  # zero-width space
            kept = " "
        elif unicodedata.category(character) == "Cf" or code in _INVISIBLE_MARKS:
            kept = None
        elif self._unites:
            kept = _without_form(character)
            kept = _LOOKS_LIKE.get(kept, kept)
        self[code] = kept
        return kept


def _without_form(character: str) -> str:
    """The letters that a ligature, a wide, narrow, styled or shaped letter stands for; any other character as it is."""
    form, *codes = unicodedata.decomposition(character).split() or [""]
    is_shape = form in _SHAPES and unicodedata.category(character) == "Lo" and "0020" not in codes
    is_styled = (form == _FONT and unicodedata.category(character)[0] in "LN") or ord(character) in _CIRCLED
    if form in _WIDTHS or is_styled or is_shape or (form == "<compat>" and ord(character) in _LIGATURES):
        return "".join([chr(int(code, 16)) for code in codes])
    return character


class Kinds(dict[int, str]):
    """Table for str.translate, filled as characters are met: character -> kind."""

    def __init__(self, reading: Reading) -> None:
        self._kind = _kind_between_blanks if reading.pretokenized else _kind

    def __missing__(self, code: int) -> str:
        self[code] = kind = self._kind(code)
        return kind


def _kind_between_blanks(code: int) -> str:
    character = chr(code)
    if character in _LINE_ENDS:
        return LINE
    return OTHER if character.isspace() or unicodedata.category(character) in ("Cc", "Cs") else WORD


def _kind(code: int) -> str:
    character = chr(code)
    if character in _LINE_ENDS:
        return LINE
    if character in _STOPS:
        return STOP
    if character in _DOTS:
        return DOT
    if character in JOINERS:
        return JOINER
    if any(first <= code <= last for first, last in _CJK_RANGES):
        return CJK
    major = unicodedata.category(character)[0]
    if major == "M" or character == _GERESH:
        return MARK
    return WORD if major in "LN" else OTHER


def clean(text: str, reading: Reading) -> str:
    """The text with invisible characters gone, in normal form C, case folded if asked for, look-alikes united."""
    unites = not reading.is_cut
    if text.isascii():  # little of what follows concerns it
        text = without_links(text.replace("`", "'")) if unites else text
        return fold_case(text, reading.turkish) if reading.lowercase else text
    if reading.emoji or reading.is_cut:
        text = hold_joiners(text)
    elif _KEYCAP_MARK in text:
        text = _KEYCAP.sub(" ", text)
    text = unicodedata.normalize("NFC", _LONG_MARKS.sub(_in_canonical_order, text.translate(_Cleaner(unites))))
    text = _in_context(without_links(text)) if unites else text
    return let_joiners_go(unicodedata.normalize("NFC", fold_case(text, reading.turkish) if reading.lowercase else text))


def _in_context(text: str) -> str:
    """Unite what stands for another character only between letters."""
    if any(tone in text for tone in _ARMENIAN_TONES):
        text = _ARMENIAN_TONE.sub("", text)
    if _OKINA in text:
        text = _OKINA_INSIDE.sub("'", text)
    if _ANY_HEBREW.search(text):
        text = _GERESH_TYPED.sub(_with_geresh, _GERSHAYIM_TYPED.sub("\u05f4", text))
    return text


def _with_geresh(typed: re.Match[str]) -> str:
    """A Hebrew word with geresh for each apostrophe in it and behind it, if this does not end a quotation."""
    is_quoted = typed.string[typed.start() - 1 : typed.start()] == "'"
    end = "'" if is_quoted and typed[0].endswith("'") else ""
    return typed[0].removesuffix(end).replace("'", _GERESH) + end


def fold_case(text: str, turkish: bool = False) -> str:
    """The text without capitals, as Unicode folds them, but for ß: "Maße" and "Masse" are two words."""
    if turkish:
        text = text.translate(_TURKISH)
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


def whole_characters(text: str) -> str:
    """Return a text in which two halves of a character are one; a half alone, which cannot be saved, is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
