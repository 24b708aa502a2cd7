"""Chats: a time and a name stand before each message, or on a line of their own above it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from w2v.reading.page_text import is_html
from w2v.reading.verses import has_books

_DAY = (
    r"(?:\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?|\d{1,2}\.? [^\W\d_]{3,9}\.?,?(?: \d{4})?"
    r"|[^\W\d_]{3,9}\.? \d{1,2},?(?: \d{4})?|[^\W\d_]{4,9}(?= (?:at|um|à) ))(?:,? (?:at |um |à |klo )?|,|T)"
)
_HOUR, _MINUTE = r"(?:[01]?\d|2[0-3])", r"[0-5]\d"
_HALF_DAY = r"(?:[ \u00a0\u202f]?(?:[ap]\.?[ \u00a0]?m\.?|[\u0635\u0645]\b))?"
_AFTER = rf"(?:[:.]{_MINUTE})?(?:[.,]\d{{3}})?{_HALF_DAY}(?: ?(?:Z|UTC|[+-]\d\d:?\d\d)\b)?"
# without a day it may be minutes and seconds of a recording
_STAMP = rf"(?:(?P<day>{_DAY})(?:[^\W\d_]{{2}} ?)?{_HOUR}[:.]{_MINUTE}|\d{{1,2}}:{_MINUTE}){_AFTER}"
_STAMPED = re.compile(
    rf"[\u200e\u200f ]*(?P<open>[\[(])? ?{_STAMP} ?[\])]?[:,]?(?: [-\u2013\u2014|])? +(?P<rest>.*)", re.IGNORECASE
)
_HEADER = re.compile(rf"(?P<name>[^\n:]{{1,40}}?),?(?: [-\u2013\u2014\u2022])? +[\[(]?{_STAMP}[\])]?", re.IGNORECASE)
_ALONE = re.compile(  # on its line; a word before a day in numbers is a name, before others a day of the week
    r"(?P<indented>[ \t]+)?[\[(]?(?P<short>\d{1,2}[./-]\d{1,2}\.?,? |[^\W\d_]{3,10}(?:, | (?!\d{1,4}[./-]\d)))?"
    rf"{_STAMP}[\])]?[ \t]*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_NICK = re.compile(r"< ?(?P<name>[^<>\s][^<>]{0,30})>[ \t](?P<said>.+)")
_NAMED = re.compile(r"(?P<name>[^:<>*]{1,40}): ?(?P<said>.*)")
_NO_MESSAGE = re.compile(
    r"\u200e.*|<[^<>]*>|\(?(?:image|video|audio|sticker|GIF|document|file) omitted\)?"
    r"|\{[^\W\d_]+\}|\[ ?[^\W\d_]+ ?\]"  # {Attachments}, [ Photo ]
    r"|[^\s()]+\.\w{2,4} \([^()]*\)"  # a name of a file, and that it is attached, in any language
    r"|(?:Replying|Reacted) to \".*|-{5,}[^-]*-{5,}|\d{4}[/.]\d{1,2}[/.]\d{1,2} ?\(\w{1,3}\)"
    r"|(?:You deleted this message|This message was deleted|Missed (?:voice|video) call"
    r"|Diese Nachricht wurde gel\u00f6scht|Du hast diese Nachricht gel\u00f6scht"
    r"|Eliminaste este mensaje|Se elimin\u00f3 este mensaje|Mensagem apagada"
    r"|Vous avez supprim\u00e9 ce message|Ce message a \u00e9t\u00e9 supprim\u00e9"
    r"|Questo messaggio \u00e8 stato eliminato|Hai eliminato questo messaggio)\.?"
)
_BEHIND = re.compile(  # that a message was edited
    r"(?<! ) *+\u200e *+<[^<>]*>\Z| <(?:[^<> ]+ ){2,}[^<> ]+>\Z|(?<! ) ?\((?:edited|bearbeitet|editado)\)\Z"
)
_AS_USUAL = (  # how other programs write a message, and how it is read
    (  # Zoom
        re.compile(
            r"(\S{0,25}[ \t]?\d:\d\d(?::\d\d)?)[ \t]+From[ \t]+(\S.{0,60}?)[ \t]+to[ \t]+[^:]{1,80}:(?:\Z|[ \t])"
        ),
        r"\1 \2: ",
    ),
    (
        re.compile(r"\[([^][]{1,40})\] \[(?:\uc624[\uc804\ud6c4] )?(\d{1,2}:\d\d)(?: [AP]M)?\] "),
        r"[\2] \1: ",
    ),  # KakaoTalk
    (  # a recording that was written down
        re.compile(r"([^\W\d_][^][(){}:\n]{0,39}?) ?[\[(](\d{1,2}(?::\d\d){1,2})[\])]:(?=[ \t])"),
        r"[\2] \1:",
    ),
    (re.compile(r"(\d{1,2}:\d\d)\t([^\t]{1,40})\t(?=[^\t]*\Z)"), r"\1 \2: "),  # LINE
)
_DASH_ALONE = re.compile(r"\n[ \t]*[-\u2013\u2014][ \t]*\n")  # between a name and its time
_HAS_TIME = re.compile(r"\d[:.]\d\d")
FEWEST = 3  # messages
LONGEST = 40  # characters of a name
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
    text = "\n".join(text.replace("\u200f", "").splitlines())
    lines = [line for line in _DASH_ALONE.sub(" \u2014 ", text).split("\n") if line.strip()]
    return [_line(line.strip()) for line in _with_names(lines)]


def _with_names(lines: list[str]) -> Iterator[str]:
    """Yield lines, those with names above lines with times alone as one, and none with a time alone.

    A time that is neither indented nor with a day, am and pm, or seconds may stand below a message too.
    """
    alone = [_ALONE.fullmatch(line) if _HAS_TIME.search(line) else None for line in lines]
    below_name = [
        time is not None and (bool(time[1] or time[2] or time["day"]) or time[0][-1] in "mM" or time[0].count(":") == 2)
        for time in alone
    ]
    above = Counter(line for line, is_so in zip(lines, below_name[1:], strict=False) if is_so and _may_be_name(line))
    for i, line in enumerate(lines):
        if alone[i] is None:
            names_next = i + 1 < len(lines) and below_name[i + 1] and above[line] > 1
            yield f"{line} \u2014 {_CLOCK.findall(lines[i + 1])[-1]}" if names_next else line


def _may_be_name(line: str) -> bool:
    return len(line) <= LONGEST and not line.endswith((".", ",", ":", ";", "!", "?"))


def _line(line: str) -> _Line:
    if not _HAS_TIME.search(line):
        return _Line(line)
    for program, usual in _AS_USUAL:
        line = program.sub(usual, line, count=1) if program.match(line) else line
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
    if timed and len(timed) >= SHARE * len(lines) and not has_books(text):  # "1 Kings 3:16" is no day with a time
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
    kept = [_BEHIND.sub("", said) for said in kept if said and not _NO_MESSAGE.fullmatch(said)]
    return "\n".join([said.replace("\u200e", "") for said in kept if said])
