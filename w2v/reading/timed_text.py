"""Text with times in it: subtitles (SRT, VTT, SBV), and chats, where a time and a name stand before each message."""

import re
from html import unescape

from w2v.reading.markup import is_html

# --- subtitles ------------------------------------------------------------------------------------------------------
# Libraries read one of the formats each, leave notes, entities or times inside a line, or refuse times without hours.

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*(?:-->|,)[ \t]*{_CLOCK}.*$", re.MULTILINE)
_IN_CUE = re.compile(r"</?[a-z0-9][^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)  # <i>, <v Anna>, <00:00:01.000>, {\an8}
_LINES_A_CUE = 12  # at most on average
_ENDS = tuple(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\"'\u201d\u2019\u00bb)]\u266a")


def is_subtitles(text: str) -> bool:
    """Say whether a text is subtitles: lines with two times in them."""
    n_cues = len(_CUE.findall(text))
    return n_cues > 0 and (text.lstrip("\ufeff \n\r").startswith("WEBVTT") or text.count("\n") < _LINES_A_CUE * n_cues)


def text_of_subtitles(source: str) -> str:
    """Return what is said, a line for each sentence where it ends with a cue."""
    said = ""
    for cue in _CUE.split("\n".join(source.splitlines()))[1:]:
        lines = cue.removeprefix("\n").split("\n\n")[0].splitlines()
        if len(lines) > 1 and lines[-1].strip().isdecimal() and "\n\n" not in cue.rstrip("\n"):
            lines.pop()  # the number of the next one, without a blank line before it
        for line in lines:
            line = " ".join(unescape(_IN_CUE.sub("", line)).split())
            said += line and f"{line}\n" if line.endswith(_ENDS) else f"{line} "
    return "\n".join([line.strip() for line in said.splitlines() if line.strip()])


# --- chats ----------------------------------------------------------------------------------------------------------

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
_HAS_TIME = re.compile(r"\d[:.]\d\d")
FEWEST = 3  # messages
SHARE = 0.2  # of the lines, which are more than the messages
NICKS = 0.6  # of the lines, where names alone stand before them
NEW_NAMES = 0.6  # of the messages, at most: those who chat do it more than once


def _name_and_said(rest: str) -> tuple[str, str] | None:
    """Return who says what, of what stands behind a time; None where nobody does."""
    found = _NICK.match(rest) or _NAMED.match(rest)
    return (found["name"].strip("@+~&% \u200e"), found["said"]) if found else None


def _messages(text: str) -> tuple[list[tuple[str, str]], list[tuple[str, bool]], list[str], int]:
    """Return what was read of the lines of a chat.

    Named messages as name and words; those without a name as words, and whether a bracket or a day makes the time sure;
    names that stand alone with a time; and how many lines there are.
    """
    named, nameless, headers, n_lines = [], [], [], 0
    for line in text.splitlines():
        if not line.strip():
            continue
        n_lines += 1
        if not _HAS_TIME.search(line):
            continue
        if stamped := _STAMPED.fullmatch(line):
            who = _name_and_said(stamped["rest"])
            if who:
                named.append(who)
            else:
                nameless.append((stamped["rest"], bool(stamped["open"] or stamped["day"])))
        elif header := _HEADER.fullmatch(line.strip()):
            headers.append(header["name"])
    return named, nameless, headers, n_lines


def _recur(names: list[str]) -> bool:
    """Say whether these are the names of people who chat: enough messages, and each of them has some."""
    return len(names) >= FEWEST and 2 <= len(set(names)) <= max(2, NEW_NAMES * len(names))


def is_chat(text: str) -> bool:
    """Say whether a text is a chat: names that come back, with times before or behind them, or in < > on their own."""
    named, nameless, headers, n_lines = _messages(text)
    least = SHARE * n_lines
    names = [name for name, _ in named]
    sure = [rest for rest, is_sure in nameless if is_sure]
    if (len(names) >= least and _recur(names)) or (len(headers) >= least and _recur(headers)):
        return True
    if len(sure) >= FEWEST and len(sure) + len(named) >= least:
        return True
    nicks = [found["name"] for line in text.splitlines() if (found := _NICK.match(line))]
    return len(nicks) >= NICKS * n_lines and _recur(nicks) and not is_html(text)


def text_of_chat(source: str) -> str:
    """Return the messages, without times and names, and without lines on who came, went, or sent a picture."""
    named, nameless, headers, _ = _messages(source)
    rests = [rest for rest, _ in nameless]
    drops_nameless = len(named) >= len(nameless) or _recur(rests)
    kept = []
    for line in source.splitlines():
        stamped = _STAMPED.fullmatch(line)
        if stamped is None and headers and _HEADER.fullmatch(line.strip()):
            continue
        rest = stamped["rest"] if stamped else line.strip()
        who = _name_and_said(rest) if stamped else (_NICK.match(rest) and _name_and_said(rest))
        if stamped and not who and drops_nameless:
            continue
        kept.append((who[1] if who else rest).strip())
    return "\n".join([said.replace("\u200e", "") for said in kept if said and not _NO_MESSAGE.fullmatch(said)])
