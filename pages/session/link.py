"""The address of a page: what it says of text, settings, moment and word. Nothing here knows who is looking."""

import base64
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urlencode

from pages.session.levels import FIRST, LEVELS
from w2v import PRESETS, Config

OWN_TEXT = "own"
OPENING = "days_months"  # its words end as pairs at a glance, with every seed
OURS = {"preset", "text", "t", "word", "whole", *(f.name for f in fields(Config))}  # what an address says of a text
ASKED_MORE: Mapping[str, Sequence[str]] = {  # what addresses ask of single pages, who alone know what it means
    "compare": ("vary", "first", "second"),
    "words": ("minus", "plus", "expected", "draw", "temperature", "begins"),
    "variants": ("one", "other"),
}
MOST_STEPS = 99  # of a guide
LONGEST = 8_000  # characters: longer addresses do not pass every mail program and server
LONGEST_OF_MORE = 200  # characters of each
LONGEST_OF: Mapping[str, int] = {"first": LONGEST, "second": LONGEST}  # but of these, which may hold a text
ROOM_FOR_REST = 1_000  # of these, for all but the text
LOST = (
    "The text of this link is not in this tab of the browser: please paste it again. Here is a preset text meanwhile."
)


@dataclass(frozen=True)
class Link:
    """What an address says.

    config : what to train, a preset text where the address says nothing or what cannot be
    t      : the moment, None when it says none;  word : the selected word, likewise
    packed : the text as the address holds it, None when it names one;  level : one of LEVELS
    problem : a sentence about what it says that cannot be
    guide  : the guide that is followed and the number of its step, from 0;  present : whether the picture stands alone
    opens  : whether it says nothing of what is looked at, so that the guide is to show its step
    part   : which part of the page is shown, None when it says none; the page knows which there are
    more   : what it asks of single pages, by the names in ASKED_MORE
    """

    config: Config
    t: int | None = None
    word: str | None = None
    packed: str | None = None
    problem: str | None = None
    level: str = FIRST
    guide: tuple[str, int] | None = None
    present: bool = False
    opens: bool = False
    part: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)


def first_config() -> Config:
    """Return what is trained where an address says something, but not of which text."""
    return Config(next(iter(PRESETS.values())).text)


def opening() -> Config:
    """Return what is trained on a first visit, whose address says nothing at all."""
    return Config(PRESETS[OPENING].text)


def read(query: Mapping[str, str]) -> Link:
    """Read the query of an address."""
    level = query["level"] if query.get("level") in LEVELS else FIRST
    guide, present, part = _guide(query.get("guide", "")), query.get("present") == "true", _part(query.get("part", ""))
    more = {
        name: query[name]
        for names in ASKED_MORE.values()
        for name in names
        if 0 < len(query.get(name, "")) <= LONGEST_OF.get(name, LONGEST_OF_MORE)
    }
    if OURS.isdisjoint(query):
        return Link(opening(), level=level, guide=guide, present=present, opens=guide is not None, part=part, more=more)
    settings = {name: value for name, value in query.items() if name != "preset" or value != OWN_TEXT}
    wanted, word = query.get("t", ""), query.get("word")
    t = int(wanted[:12]) if wanted.isascii() and wanted.isdigit() else None
    problem = LOST if query.get("preset") == OWN_TEXT else None
    try:
        found = Config.from_query(settings)
        return Link(found, t, word, query.get("text"), problem, level, guide, present, part=part, more=more)
    except ValueError as error:
        return replace(refused(t, word, error, problem, level), present=present, part=part, more=more)


def is_without_its_text(query: Mapping[str, str]) -> bool:
    """Say whether an address is about a text of one's own that it does not hold."""
    return query.get("preset") == OWN_TEXT and "text" not in query


def with_text(query: Mapping[str, str], packed: str) -> dict[str, str]:
    """Return an address that does not hold its text with this text."""
    return {**{name: value for name, value in query.items() if name != "preset"}, "text": packed}


def packed_if_short(text: str) -> str | None:
    """Return a text as an address holds it, or None if that gets too long."""
    if len(text) > 8 * LONGEST:  # hardly any text gets so much shorter
        return None
    packed = Config(text).to_query()["text"]
    return packed if len(packed) <= LONGEST - ROOM_FOR_REST else None


def packed_quickly(text: str) -> str:
    """Return a text as an address holds it, of any length, and a third longer than it could be."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 1)).decode("ascii")


def refused(t: int | None, word: str | None, error: ValueError, problem: str | None, level: str) -> Link:
    """Return what an address means that cannot be followed, which the error says why."""
    said = problem or f"This link cannot be followed: {error} Here is a preset text instead."
    return Link(first_config(), t, word, None, said, level)


def query_of(
    config: Config,
    t: int | None,
    word: str | None,
    packed: str | None,
    level: str,
    guide: tuple[str, int] | None = None,
    present: bool = False,
    part: str | None = None,
    more: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the query that leads here. A text of one's own is in it only as `packed`, if that is its.

    t : the moment, None when there is nothing to say about it;  guide, present, part, more : as in `Link`
    """
    text = {"text": packed} if packed is not None else {"preset": config.preset or OWN_TEXT}
    around = ({} if guide is None else {"guide": f"{guide[0]}-{guide[1] + 1}"}) | (
        {"present": "true"} if present else {}
    )
    return {**text, **config.settings_query(), **_place(t, word, level, part), **(more or {}), **around}


def address_of(
    page: str,
    config: Config,
    t: int | None,
    word: str | None,
    level: str,
    part: str | None = None,
    more: Mapping[str, str] | None = None,
) -> str | None:
    """Return the address that shows all this to somebody else, the text included; None if it gets too long."""
    address = f"{page}?{urlencode({**config.to_query(), **_place(t, word, level, part), **(more or {})})}"
    return address if len(address) <= LONGEST else None


def _guide(said: str) -> tuple[str, int] | None:
    """Read the name of a guide and the number of its step, which people count from 1."""
    name, _, number = said.rpartition("-")
    return (name, int(number) - 1) if name and number in map(str, range(1, MOST_STEPS + 1)) else None


def _part(said: str) -> str | None:
    """Read the name of a part of a page: a short one of small letters."""
    return said if re.fullmatch("[a-z-]{1,30}", said) else None


def _place(t: int | None, word: str | None, level: str, part: str | None) -> dict[str, str]:
    place = {"t": None if t is None else str(t), "word": word, "level": level if level != FIRST else None, "part": part}
    return {name: said for name, said in place.items() if said}
