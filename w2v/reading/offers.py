"""Other ways to read a text that may suit it better: what speaks for each, and what it does. None is taken unasked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from w2v.reading.characters import LOOKED_AT, UNSPACED, USUAL, WORD, Kinds, Reading
from w2v.reading.code import is_program
from w2v.reading.for_machines import said_of_inside
from w2v.reading.kinds_of_text import kind_of
from w2v.reading.line_wrap import is_wrapped
from w2v.reading.mojibake import mojibake
from w2v.reading.net_writing import EMOJI, TAG, without_links
from w2v.reading.pair_syntax import looks_like_pairs
from w2v.reading.segmentation import OF_TEXT, can_cut, without_blanks

JOIN_LINES, PRETOKENIZED, TURKISH, EMOJI_TOO = "join lines", "pretokenized", "turkish", "emoji"
STRIP, MEND, CUT, PAIRS = "strip", "mend", "cut into words", "pairs"
FEWEST = 2  # underscores, or blanks between letters of scripts that are written without
RARE = 2_000  # characters of a text for each sign: fewer signs are no reason to read all of it in another way
PUNCTUATED = 0.03  # of the words of running text at least have punctuation at their end


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done: its name, what speaks for it in one sentence, and what happens then, after "to"."""

    name: str
    sentence: str
    then: str


def offers(text: str, reading: Reading) -> tuple[Offer, ...]:
    """Return what may suit a text that is read like this."""
    return tuple(_offers(text, text[:LOOKED_AT], reading))


def _offers(text: str, beginning: str, reading: Reading) -> Iterator[Offer]:
    if wrong := mojibake(beginning):
        yield Offer(MEND, wrong, "put these letters right")
    if looks_like_pairs(text):
        if not reading.pairs:
            yield Offer(
                PAIRS,
                "This text is training pairs, in|out, as the program wevi has them, and no running text.",
                "learn from these pairs and no others: what stands before | predicts what stands behind it",
            )
        return
    if kind := kind_of(text):
        yield Offer(STRIP, kind.sentence(text), "keep only its prose")
        return  # what may suit that is seen when it is alone
    if is_program(beginning) or said_of_inside(beginning):
        return  # its lines are its own, and its @ and # mark no names
    if not reading.pretokenized:
        if signs := _signs_of_cutting(beginning):
            yield Offer(
                PRETOKENIZED,
                f"{signs}, so it seems to be cut into words already.",
                "let blanks part words and lines part sentences",
            )
        elif is_wrapped(text):
            yield Offer(
                JOIN_LINES,
                "A line end counts as the end of a sentence, but the lines of this text seem broken to fit a page.",
                "put each paragraph on one line",
            )
        if (scripts := without_blanks(beginning)) and can_cut():
            yield Offer(
                CUT,
                f"This text, in {' and '.join(scripts)}, can be cut into words by a dictionary.",
                "have it cut into words",
            )
    if reading.lowercase and not reading.turkish and _is_often(len(_TURKISH.findall(beginning)), beginning):
        yield Offer(
            TURKISH,
            "This text has \u0130 or \u0131, as Turkish has, where I is the capital of \u0131, and \u0130 that of i.",
            "fold case as Turkish does",
        )

    if not (reading.pretokenized or reading.emoji) and _has_net_writing(beginning):
        yield Offer(
            EMOJI_TOO,
            "Emoji are left out, and #tags and @names are read without their first mark.",
            "count emoji, #tags and @names as words",
        )


def _has_net_writing(text: str) -> bool:
    n_emoji, kinds = 0 if text.isascii() else len(EMOJI.findall(text)), Kinds(USUAL)
    text = without_links(text)
    n_tags = sum(kinds[ord(text[tag.end()])] == WORD for tag in TAG.finditer(text))  # Chinese ones gain nothing
    return _is_often(n_emoji + n_tags, text)


def _is_often(n: int, text: str) -> bool:
    """Say whether so many signs speak for a whole text, and not for a few of its words."""
    return n * RARE >= max(RARE, len(text))


_TURKISH = re.compile("[\u0130\u0131]|I\u0307")
_UNDERSCORE = re.compile(r"[^\W_]_[^\W_]")
_PUNCTUATED = re.compile(r"\w[,.;:!?]+(?!\S)")


def _signs_of_cutting(text: str) -> str:
    """Say in what a text seems to be cut into words already, the beginning of a sentence; "" if in nothing."""
    for script in _SCRIPTS:
        if script.is_cut(text):
            return f"{script.name} stands in groups between blanks in this text"
    n = len(_UNDERSCORE.findall(text))
    if n < FEWEST or not _is_often(n, text) or len(_PUNCTUATED.findall(text)) >= PUNCTUATED * len(text.split()):
        return ""
    return "Underscores join words in this text"


@dataclass(frozen=True, slots=True)
class _Script:
    """A script that is written without blanks: its name and letters, and how many a word has on average at most."""

    name: str
    letters: str
    longest: float

    def is_cut(self, text: str) -> bool:
        """Say whether letters of it stand between blanks in groups about as long as words."""
        groups = re.findall(f"[{self.letters}]+", text)
        n_letters = sum(map(len, groups))
        if not len(groups) < n_letters <= self.longest * len(groups) or n_letters < OF_TEXT * len(text):
            return False
        n_blanks = len(re.findall(f"(?<=[{self.letters}])[ \\t\u3000]+(?=[{self.letters}])", text))
        return n_blanks >= max(FEWEST, (len(groups) - text.count("\n")) / 2)  # punctuation parts groups too


_SCRIPTS = (
    _Script(
        "Chinese or Japanese",
        "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff",
        4,
    ),
    *(_Script(name, letters, 12 if name == "Burmese" else 10) for name, letters in UNSPACED.items()),
)
