"""Subtitles and transcripts (SRT, VTT, SBV, ASS, LRC, of Whisper, of YouTube): times stand between what is said.

Libraries read one of the formats each, leave notes, entities or times inside a line, or refuse times without hours.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape
from itertools import pairwise

_CLOCK, _PART, _TO = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}", r"[.,] ?\d{1,3}", r"[ \t]*-{1,2}>[ \t]*"
_CUE = re.compile(
    rf"^[ \t]*(?:\[{_CLOCK}(?:{_PART})?{_TO}{_CLOCK}(?:{_PART})?\](.*)"  # of Whisper
    rf"|{_CLOCK}{_PART}(?:{_TO}|[ \t]*,[ \t]*){_CLOCK}{_PART}\b.*|{_CLOCK}{_TO}{_CLOCK}[ \t\r]*)$",
    re.MULTILINE,
)
_ANY_TIME = re.compile(r":(?<=\d:)\d")  # which all formats have but one, found sooner than lines with them
_FRAMES = "}{"  # of MicroDVD, which has none
_ON_LINES = (  # formats with a line for each cue: times, and what is said
    re.compile(r"^Dialogue:[^,\n]*+,[ \t]*\d+:\d\d:\d\d\.\d+,(?:[^,\n]*+,){7}(.*)$", re.MULTILINE),  # ASS
    re.compile(r"^[ \t]*(?:\[\d{1,3}:\d\d\.\d{1,3}\][ \t]*)++(.*)$", re.MULTILINE),  # LRC
    re.compile(r"^\{\d+\}\{\d*\}(.*)$", re.MULTILINE),  # MicroDVD
    re.compile(  # SRT, of which the lines of each cue were joined
        rf"^[ \t]*(?:\d{{1,5}}[ \t]+)?{_CLOCK}{_PART}{_TO}{_CLOCK}{_PART}[ \t]+(?!\w+:)(\S.*)$", re.MULTILINE
    ),
)
_IN_WORDS = (  # the same time once more, for those who hear the page: "2 minutes, 1 second"
    r"(?:\s?(?:\d{1,2} (?:hours?|Stunden?|heures?|horas?|ore|ora),? ?)?(?:\d{1,2} (?:minut\w{1,2}|Minuten?|min),? ?)?"
    r"(?:1 (?:second|Sekunde|seconde|segundo|secondo)|\d{1,2} (?:seconds|Sekunden|secondes|segundos|secondi)))?"
)
_TIMES_ALONE = re.compile(  # YouTube
    rf"^[ \t]*((?:\d{{1,2}}:)?\d{{1,2}}:\d\d){_IN_WORDS}(?:[ \t]*$|(?=[^\W\d_])|[ \t]+(?=[^\s<*-]))", re.MULTILINE
)
_TIME_BEFORE = re.compile(r"^[ \t]*(?:\d{1,2}:)?\d{1,2}:\d\d[ \t]+\S", re.MULTILINE)
_ABOVE_TIME = re.compile(r"^([^\n]*\S)[ \t]*\n[ \t]*(?:\d{1,2}:)?\d{1,2}:\d\d[ \t]*$", re.MULTILINE)
_ON_ONE_LINE = re.compile(rf"(?:\A|\s)(\d{{1,5}} +{_CLOCK}{_PART}{_TO}{_CLOCK}{_PART})(?=\s)")  # SRT, all of it
_DRAWS = re.compile(r"\{[^{}]*\\p[1-9]")  # shapes, not words
_IN_CUE = re.compile(r"<rt>[^<>]*</rt>|</?[a-z0-9][^<>]*>|\{[^{}\n]*\}", re.IGNORECASE)  # <i>, <v Anna>, {\an8}
_BREAK = re.compile(r"\\[Nnh]|\[br\]|\|")
_TIME_INSIDE = re.compile(r"<\d+:\d\d")
_NOT_SAID = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_NAMED = re.compile(r"([^:<>\[\]{}()]{1,40}): +(?=\S)")
_LINES_A_CUE = 12  # at most on average
FEWEST = 3  # cues where their times are no sure sign, and names are looked for
SHARE = 0.5  # of the lines, of the cues
ALONE, BEFORE = 1 / 3, 0.8  # of the lines: times alone on them; times before what is said
ABOVE = 0.8  # of the cues that have a name on a line of its own
NAMED, NEW_NAMES = 0.6, 0.6  # share of the cues that name who speaks; and of those that name somebody new, at most
_ENDS = tuple(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\"'\u201d\u2019\u00bb)]\u266a")


def is_subtitles(text: str) -> bool:
    """Say whether a text is subtitles: lines with two times in them, or with one before what is said."""
    if _ANY_TIME.search(text) is None and _FRAMES not in text:
        return False
    text = _on_lines(text)
    n_cues = len(_CUE.findall(text))
    if n_cues > 0 and (text.lstrip("\ufeff \n\r").startswith("WEBVTT") or text.count("\n") < _LINES_A_CUE * n_cues):
        return True
    text = "\n".join(text.splitlines())
    return _format_on_lines(text) is not None or _has_times_alone(text)


def _on_lines(text: str) -> str:
    """Return subtitles of which all lines were joined with a line for each cue; any other text as it is."""
    if text.count("-->") < max(FEWEST, text.count("\n")):
        return text
    return _ON_ONE_LINE.sub(r"\n\1", text)


def _format_on_lines(text: str) -> re.Pattern[str] | None:
    """Return how the cues of a format with a line for each are found; None where a text has none."""
    n_lines = sum(map(bool, map(str.strip, text.split("\n"))))
    dialogue, *others = _ON_LINES
    if dialogue.search(text):
        return dialogue
    return next((form for form in others if len(form.findall(text)) >= max(FEWEST, SHARE * n_lines)), None)


def _has_times_alone(text: str) -> bool:
    """Say whether times stand alone on lines, or right before letters, none of them before one that it follows.

    The first is in the first minute: in a diary it is an hour of the day.
    """
    text = text.strip("\ufeff \n")
    times = [[int(part) for part in time.split(":")] for time in _TIMES_ALONE.findall(text)]
    n_lines = sum(map(bool, map(str.strip, text.split("\n"))))
    if len(times) < FEWEST or len(times) < (BEFORE if _TIME_BEFORE.search(text) else ALONE) * n_lines:
        return False
    seconds = [sum(part * 60**i for i, part in enumerate(reversed(time))) for time in times]
    if seconds[0] >= 60 or seconds != sorted(seconds) or len(set(seconds)) < FEWEST:
        return False
    above = Counter(_ABOVE_TIME.findall(text))
    return above.total() < SHARE * len(times) or len(above) > NEW_NAMES * above.total()  # else these are names


def text_of_subtitles(source: str) -> str:
    """Return what is said, a line for each sentence where it ends with a cue, and for each who speaks."""
    source = _on_lines("\n".join(source.splitlines()))
    cues = _with_names([[line for line in map(_plain, cue) if line] for cue in _cues(source)])
    follow = [before[-1] == after[0] for before, after in pairwise([cue for cue in cues if cue])]
    # where lines roll up, each cue repeats what the one before it said
    rolls = _TIME_INSIDE.search(source) is not None or (len(follow) >= FEWEST and sum(follow) > SHARE * len(follow))
    names = _names(cues)
    said, before, spoke = "", "", ""
    for line in [line for cue in cues for line in cue]:
        if rolls and line == before:
            continue
        before = line
        if (named := _NAMED.match(line)) and named[1] in names:
            said += "\n" if named[1] != spoke else ""
            line, spoke = line[named.end() :], named[1]
        said += f"{line}\n" if line.endswith(_ENDS) else f"{line} "
    return "\n".join([" ".join(line.split()) for line in said.splitlines() if line.strip()])


def _cues(source: str) -> list[list[str]]:
    """Return the lines of each cue, with their marks."""
    if form := _format_on_lines(source):
        return [_BREAK.sub("\n", said).split("\n") for said in form.findall(source) if not _DRAWS.search(said)]
    if not _CUE.search(source):
        return [part.split("\n") for part in _TIMES_ALONE.split(source)[2::2]]
    _, *parts = _CUE.split(source)
    said, after = parts[::2], parts[1::2]
    numbers = [cue.rstrip("\n").rpartition("\n")[2].strip().isdecimal() for cue in after[:-1]]
    are_numbered = sum(numbers) > SHARE * len(numbers)
    cues = []
    for i, cue in enumerate(after):
        paragraphs = re.split(r"\n[ \t]*\n", cue.strip("\n"))
        if i < len(numbers) and numbers[i]:  # of the next cue
            paragraphs[-1] = paragraphs[-1].rpartition("\n")[0]
        if not are_numbered:  # what follows are notes, and names of cues
            paragraphs = paragraphs[:1]
        lines = [line for part in paragraphs if not _NOT_SAID.match(part) for line in part.split("\n")]
        cues.append(_BREAK.sub("\n", "\n".join([said[i] or "", *lines])).split("\n"))
    return cues


def _plain(line: str) -> str:
    return " ".join(unescape(_IN_CUE.sub("", line)).split())


def _with_names(cues: list[list[str]]) -> list[list[str]]:
    """Return cues with names before what is said, where nearly all had them on a line above it."""
    above = Counter(cue[0] for cue in cues if len(cue) > 1 and ":" not in cue[0])
    n = sum(times for times in above.values() if times > 1)
    if n < max(FEWEST, ABOVE * len(cues)) or len(above) > max(2, NEW_NAMES / 2 * n):
        return cues
    return [[f"{cue[0]}: {cue[1]}", *cue[2:]] if len(cue) > 1 and above[cue[0]] > 1 else cue for cue in cues]


def _names(cues: Sequence[Sequence[str]]) -> set[str]:
    """Return the names that stand before what is said, where most cues begin with one."""
    found = Counter(named[1] for cue in cues if cue and (named := _NAMED.match(cue[0])))
    n = found.total()
    return set(found) if n >= FEWEST and n >= NAMED * len(cues) and len(found) <= max(2, NEW_NAMES * n) else set()
