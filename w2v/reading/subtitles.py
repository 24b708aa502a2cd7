"""Subtitles (SRT, VTT, SBV): numbers and times stand between what is said.

Libraries read one of the formats each, leave notes, entities or times inside a line, or refuse times without hours.
"""

import re
from html import unescape

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*(?:-->|,)[ \t]*{_CLOCK}.*$", re.MULTILINE)
_IN_CUE = re.compile(r"</?[a-z0-9][^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)  # <i>, <v Anna>, <00:00:01.000>, {\an8}
_TIME_INSIDE = re.compile(r"<\d+:\d\d")
_LINES_A_CUE = 12  # at most on average
_ENDS = tuple(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\"'\u201d\u2019\u00bb)]\u266a")


def is_subtitles(text: str) -> bool:
    """Say whether a text is subtitles: lines with two times in them."""
    n_cues = len(_CUE.findall(text))
    return n_cues > 0 and (text.lstrip("\ufeff \n\r").startswith("WEBVTT") or text.count("\n") < _LINES_A_CUE * n_cues)


def text_of_subtitles(source: str) -> str:
    """Return what is said, a line for each sentence where it ends with a cue."""
    source = "\n".join(source.splitlines())
    rolls = _TIME_INSIDE.search(source) is not None  # then each cue repeats what the one before it said
    said, before = "", ""
    for cue in _CUE.split(source)[1:]:
        lines = cue.lstrip("\n").split("\n\n")[0].splitlines()
        if len(lines) > 1 and lines[-1].strip().isdecimal() and "\n\n" not in cue.rstrip("\n"):
            lines.pop()  # the number of the next one, without a blank line before it
        for line in lines:
            line = " ".join(unescape(_IN_CUE.sub("", line)).split())
            if rolls and line == before:
                continue
            before = line or before
            said += line and f"{line}\n" if line.endswith(_ENDS) else f"{line} "
    return "\n".join([" ".join(line.split()) for line in said.splitlines() if line.strip()])
