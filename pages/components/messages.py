"""What the views in the browser report, read into plain values. What is not what it should be was not said.

A report comes over the websocket, where anybody can send any JSON: other types, NaN, a negative moment, the words of
another text. So each report is read here, whole, into a typed value, or into None, after which nothing changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

MOST_COMMANDS = 1_000_000_000  # in one visit
LARGEST = 2**53  # of the whole numbers that JavaScript has


@dataclass(frozen=True)
class Place:
    """Where a player came to rest.

    run : name of its run;  t : the moment, 0 to n_steps;  word : id of the selected word, or None
    command : the last command that it had followed, None if it does not say so
    """

    run: str
    t: int
    word: int | None
    command: int | None = None


@dataclass(frozen=True)
class Kept:
    """What the tab of the browser kept: see `reload.to_keep`. None is what it was not asked for, or has not.

    text, draft : texts, packed;  file : a name;  lessons : how far one has come in them, packed
    unknown : whether it was told to keep a text by a name that it does not know
    """

    text: str | None
    draft: str | None
    file: str | None
    lessons: str | None = None
    unknown: bool = False


@dataclass(frozen=True)
class Presentation:
    """That a key asked for presentation, or for its end.

    wanted : which of both;  press : when, so that the same can be asked for again
    """

    wanted: bool
    press: int


@dataclass(frozen=True)
class Refused:
    """That a text was not let into the box, for it is too long.

    n_characters : of the text;  press : when, so that the same can be refused again
    """

    n_characters: int
    press: int


def presentation(report: Any) -> Presentation | None:
    """Read {"turned": {"present", "press"}}, the report of the frame around every page."""
    said = _field(report, "turned")
    wanted, press = _field(said, "present"), _field(said, "press")
    if not isinstance(wanted, bool) or isinstance(press, bool) or not isinstance(press, int):
        return None
    return Presentation(wanted, press)


def refused(report: Any) -> Refused | None:
    """Read {"n_characters", "press"}, the report of the box for a text."""
    n_characters, press = (_index(_field(report, name), LARGEST) for name in ("n_characters", "press"))
    return None if n_characters is None or press is None else Refused(n_characters, press)


def put_in(report: Any) -> str | None:
    """Read {"put_in"}, a long text that was pasted into the box for a text."""
    text = _field(report, "put_in")
    return text if isinstance(text, str) and text else None


def place(report: Any, run: str, n_steps: int, n_words: int) -> Place | None:
    """Read {"run", "t", "word", "command"}, the report of a player. None unless it is about this run and within it."""
    if _field(report, "run") != run:
        return None
    t, word = _index(_field(report, "t"), n_steps + 1), _field(report, "word", absent="")
    chosen = _index(word, n_words)
    if t is None or (chosen is None and word is not None):
        return None
    return Place(run, t, chosen, _index(_field(report, "command"), MOST_COMMANDS))


def kept(report: Any) -> Kept | None:
    """Read {"text", "draft", "file", "lessons", "unknown"}, what the tab of the browser kept."""
    said = [_field(report, name) for name in ("text", "draft", "file", "lessons")]
    if not isinstance(report, Mapping) or not all(one is None or isinstance(one, str) for one in said):
        return None
    text, draft, file, lessons = said
    return Kept(text, draft, file, lessons, unknown=_field(report, "unknown") is True)


def picked(report: Any, text: str, n_words: int) -> Mapping[str, int | None] | None:
    """Read {"id", "word"}, the report of the windows: {"word": id of a word of this text, or None for no word}."""
    if _field(report, "id") != text:
        return None
    word = _field(report, "word", absent="")
    chosen = _index(word, n_words)
    return None if chosen is None and word is not None else {"word": chosen}


def shares(report: Any, name: str, n_bars: int, command: int) -> tuple[float, ...] | None:
    """Read {"id", "command", "shares"}, the report of bars: a number from 0 to 1 for each of them, not all 0."""
    said = _field(report, "shares")
    if _field(report, "id") != name or _field(report, "command") != command or not isinstance(said, list):
        return None
    numbers = [one for one in said if isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 1]
    return tuple(map(float, numbers)) if len(numbers) == len(said) == n_bars and any(numbers) else None


def level(report: Any, levels: Collection[str]) -> str | None:
    """Read {"level"}, the report of the ledger."""
    chosen = _field(report, "level")
    return chosen if isinstance(chosen, str) and chosen in levels else None


def _field(report: Any, name: str, absent: Any = None) -> Any:
    return report.get(name, absent) if isinstance(report, Mapping) else absent


def _index(value: Any, size: int) -> int | None:
    """Return a whole number from 0 to size - 1, which JSON may also write as 3.0; None for all else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < size:
        return None
    return int(value) if value == int(value) else None
