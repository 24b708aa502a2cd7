"""Songs with chords: they stand on lines above the words, or in brackets within them, as ChordPro has them.

"Am", "A" and "C" would be words, and "ne[G]ver" three of them. Of songs without chords the names of parts would be.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from w2v.reading.page_text import as_text
from w2v.reading.pieces import pieces

FEWEST = 3  # lines of chords, or chords in brackets
SHARE = 0.12  # of the lines
APART = 1_500  # characters from one name of a part to the next, on average at most
LOOKED_AT = 10_000  # characters, from the beginning
ABOVE_WORDS = 2  # lines of chords with words below them

_ROOT = r"[A-H](?:#|b|\u266f|\u266d)?"
_KIND = r"(?:maj|Maj|min|mi|m|M|dim|aug|\u00b0|\u00f8|\u0394|\+)?"
_CHORD = rf"{_ROOT}{_KIND}\d{{0,2}}(?:(?:sus|add|maj|no|[b#+/-])\d{{1,2}}|\([^()\s]{{1,6}}\)|sus|dim)*(?:/{_ROOT})?\*?"
_IS_CHORD = re.compile(_CHORD)
_BESIDE = re.compile(
    r"[|:/%.-]+|\(?(?:[x\u00d7]\d|\d[x\u00d7])\)?|N\.?C\.?|[()]"
)  # bars, strokes, repetitions, no chord
_SURE = re.compile(rf"{_ROOT}(?:(?:maj|m|sus|add|dim)?\d|m$|m/|sus|maj|dim|/)|[A-H][#\u266f]")
_NAME = re.compile(
    r"(?:\[[^][\n]{1,30}\]|(?:intro|verse|chorus|bridge|solo|outro|strophe|refrain)\b[^:\n]{0,12}:)", re.IGNORECASE
)
_PART = re.compile(  # of the words of a song, as pages with these have it, alone on its line
    r"(?P<name>intro|verse|(?:pre|post)[- ]?chorus|chorus|bridge|hook|refrain|interlude|instrumental|drop|solo"
    r"|outro|strophe|vers|couplet|pont|estribillo|verso|coro|pre-?coro|puente|refr[a\u00e3]o|ponte|strofa|ritornello"
    r"|\u043a\u0443\u043f\u043b\u0435\u0442|\u043f\u0440\u0438\u043f\u0435\u0432)\b(?P<rest>[^][\n]{0,60})",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"[ \t]*[\[(]?(?:[x\u00d7] ?\d{1,2}|\d{1,2} ?[x\u00d7]|repeat)[\])]?[ \t]*\Z", re.IGNORECASE)
_OF_PAGE = re.compile(r"\A\ufeff?\d+ Contributors?[^\n]{0,200}Lyrics|\d*Embed\s*\Z|You might also like[ \t]*")
_TABLATURE = re.compile(r"(?:[A-Ga-g][#b]?)?\s*[|:][-\dhpbrx/\\~|() ]*--[-\dhpbrx/\\~|() ]*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_INSIDE = re.compile(rf"\[({_CHORD})\]")
_DIRECTIVE = re.compile(r"\{[a-z_]{1,30}\d?(?:[: ][^{}\n]*)?\}", re.IGNORECASE)


def is_song(text: str) -> bool:
    """Say whether a text is a song with chords, or some: lines of them above words, or many in brackets."""
    text = text[:LOOKED_AT]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    fewest = max(FEWEST, SHARE * len(lines))
    if "[" in text:
        inside = [line for line in lines if _INSIDE.search(line)]
        chords = [chord for line in inside for chord in _INSIDE.findall(line)]
        sure = sum(_SURE.match(chord) is not None for chord in chords) + len(_DIRECTIVE.findall(text))
        if len(inside) >= fewest and sure >= FEWEST - 1:
            return True
    chord_lines = [_chords(line) for line in lines]
    if sum(map(bool, chord_lines)) < fewest:
        return False
    above = sum(bool(chords) and not below for chords, below in pairwise(chord_lines))
    both = zip(lines, chord_lines, strict=True)
    return above >= ABOVE_WORDS and any(len(chords) > 1 and _are_sure(line, chords) for line, chords in both)


def _chords(line: str) -> Sequence[str]:
    """Return the chords on a line that has nothing but chords; else none."""
    if line[0] not in "ABCDEFGH|(N[/:IVCBSOR":
        return ()
    words = line.split()
    chords = [word for word in map(_bare, words) if _IS_CHORD.fullmatch(word)]
    return chords if len(chords) + sum(_BESIDE.fullmatch(word) is not None for word in words) >= len(words) else ()


def _bare(word: str) -> str:
    return word.strip("|():,")


def _are_sure(line: str, chords: Sequence[str]) -> bool:
    """Say whether chords on a line are no letters or words: one has a number or the like, or they stand far apart."""
    return any(_SURE.match(chord) for chord in chords) or "  " in line


def pieces_of_song(source: str) -> Iterator[str]:
    """Yield songs in pieces: each ends at a blank line."""
    return pieces(source, _BLANK_LINE)


def text_of_song(source: str) -> str:
    """Return the words of the song, line by line, without names of its parts."""
    kept = list[str]()
    for line in source.splitlines():
        bare = line.strip()
        name = _NAME.match(bare)
        rest = bare[name.end() :].strip() if name else bare
        if bare and (not rest or _DIRECTIVE.fullmatch(bare) or _TABLATURE.fullmatch(bare) or _chords(rest)):
            continue
        kept.append(" ".join(_INSIDE.sub("", line).split()))
    return as_text(kept)


def has_parts(text: str) -> bool:
    """Say whether names of parts of a song stand on lines of their own: [Verse 1], [Chorus], Bridge:."""
    parts = [part for line in _OF_PAGE.sub("\n", text[:LOOKED_AT]).splitlines() if (part := _part(line))]
    return len(parts) >= FEWEST and len(set(parts)) >= 2 and len(parts) * APART >= len(text[:LOOKED_AT])


def _part(line: str) -> str:
    """Return which part of a song a line names, in brackets or before a colon; "" if it names none."""
    bare = _REPEATED.sub("", line.strip(), count=1)
    is_marked = (bare[:1] + bare[-1:] in ("[]", "()")) or bare.endswith(":")
    found = _PART.fullmatch(bare.strip("[]():")) if is_marked else None
    return found["name"].casefold() if found else ""


def text_without_parts(source: str) -> str:
    """Return the words of a song without names of its parts, and without (x2) behind a line."""
    lines = _OF_PAGE.sub("\n", source).splitlines()
    return as_text(["" if _part(line) else _REPEATED.sub("", line) for line in lines])
