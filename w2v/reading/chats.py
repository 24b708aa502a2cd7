"""Chats: a time and a name stand before each message, or on a line of their own above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from w2v.reading.page_text import is_html

_DAY = (
    r"(?:\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?|\d{1,2}\.? [^\W\d_]{3,9}\.?,?(?: \d{4})?"
    r"|[^\W\d_]{3,9}\.? \d{1,2},?(?: \d{4})?|[^\W\d_]{4,9}(?= (?:at|um|à) ))(?:,? (?:at |um |à |klo )?|,|T)"
)
_HOUR, _MINUTE = r"(?:[01]?\d|2[0-3])", r"[0-5]\d"
_AFTER = rf"(?:[:.]{_MINUTE})?(?:[.,]\d{{3}})?(?:[ \u00a0\u202f]?[ap]\.? ?m\.?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d)\b)?"
_STAMP = rf"(?:(?P<day>{_DAY})(?:[^\W\d_]{{2}} ?)?{_HOUR}[:.]{_MINUTE}|{_HOUR}:{_MINUTE}){_AFTER}"
_STAMPED = re.compile(
    rf"[\u200e\u200f ]*(?P<open>[\[(])? ?{_STAMP} ?[\])]?[:,]?(?: [-\u2013\u2014|])? +(?P<rest>.*)", re.IGNORECASE
)
_HEADER = re.compile(rf"(?P<name>[^\n:]{{1,40}}?),?(?: [-\u2013\u2014\u2022])? +[\[(]?{_STAMP}[\])]?", re.IGNORECASE)
_NICK = re.compile(r"< ?(?P<name>[^<>\s][^<>]{0,30})> (?P<said>.+)")
_NAMED = re.compile(r"(?P<name>[^:<>*]{1,40}): ?(?P<said>.*)")
_NO_MESSAGE = re.compile(r"\u200e.*|<[^<>]*>|\(?(?:image|video|audio|sticker|GIF|document|file) omitted\)?")
_DASH_ALONE = re.compile(r"\n[ \t]*[-\u2013\u2014][ \t]*\n")  # between a name and its time
_HAS_TIME = re.compile(r"\d[:.]\d\d")
FEWEST = 3  # messages
SHARE = 0.2  # of the lines, which are more than the messages
NICKS = 0.6  # of the lines, where names alone stand before them
NEW_NAMES = 0.6  # of the messages, at most: those who chat do it more than once


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a chat.

    said    : without the time and the name; "" where a name stands alone with a time
    name    : who says it, if one is named
    timed   : whether a time stands there
    dated   : whether a day does
    is_sure : whether a day or a bracket makes it sure that the time is one
    """

    said: str
    name: str | None = None
    timed: bool = False
    dated: bool = False
    is_sure: bool = False


def _lines(text: str) -> list[_Line]:
    """Read the lines of a chat that are not blank."""
    lines = _DASH_ALONE.sub(" \u2014 ", "\n".join(text.splitlines())).split("\n")
    return [_line(line.strip()) for line in lines if line.strip()]


def _line(line: str) -> _Line:
    if not _HAS_TIME.search(line):
        return _Line(line)
    if stamped := _STAMPED.fullmatch(line):
        dated = stamped["day"] is not None
        is_sure = dated or stamped["open"] is not None
        said = stamped["rest"]
        if found := _NICK.match(said) or _NAMED.match(said):
            return _Line(found["said"].strip(), found["name"].strip("@+~&% \u200e"), True, dated, is_sure)
        return _Line(said, None, True, dated, is_sure)
    if header := _HEADER.fullmatch(line):
        return _Line("", header["name"], True)
    return _Line(line)


def _recur(names: Sequence[str | None]) -> bool:
    """Say whether these are the names of people who chat: enough messages, and each of them has some."""
    return len(names) >= FEWEST and 2 <= len(set(names)) <= max(2, NEW_NAMES * len(names))


def is_chat(text: str) -> bool:
    """Say whether a text is a chat: names that come back, with times before or behind them, or in < > on their own."""
    if "<" not in text and not _HAS_TIME.search(text):
        return False
    lines = _lines(text)
    timed = [line for line in lines if line.timed]
    if timed and len(timed) >= SHARE * len(lines):
        speakers = [line.name for line in timed if line.name and line.said]
        headers = [line.name for line in timed if line.name and not line.said]
        n_dated = sum(line.dated for line in timed)
        n_sure = sum(line.is_sure for line in timed)
        if _recur(speakers) or _recur(headers) or n_sure >= FEWEST or (n_dated >= 2 and speakers):
            return True
    nicks = [found["name"] for line in lines if (found := _NICK.match(line.said)) and not line.timed]
    return len(nicks) >= NICKS * len(lines) and _recur(nicks) and not is_html(text)


def text_of_chat(source: str) -> str:
    """Return the messages, without times and names, and without lines on who came, went, or sent a picture."""
    lines = _lines(source)
    nameless = [line.said for line in lines if line.timed and not line.name]
    n_named = sum(line.timed and line.name is not None for line in lines)
    drops_nameless = n_named >= len(nameless) or _recur(nameless)  # these are names that stand alone, or news
    kept = []
    for line in lines:
        said = line.said
        if line.timed and not line.name and drops_nameless:
            continue
        if not line.timed and (found := _NICK.match(said)):
            said = found["said"]
        kept.append(said)
    return "\n".join([said.replace("\u200e", "") for said in kept if said and not _NO_MESSAGE.fullmatch(said)])
