"""The address of a page: what it says of text, settings, moment and word. Nothing here knows who is looking."""

import base64
import re
import zlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urlencode

from pages.session.levels import FIRST, LEVELS
from w2v import PRESETS, Config

OWN_TEXT = "own"
OPENING = "days_months"  # its words end as pairs at a glance, with every seed
OURS = {"preset", "text", "t", "word", "whole", *(f.name for f in fields(Config))}  # what an address says of a text
ASKED_MORE: Mapping[str, Sequence[str]] = {  # what addresses ask of single pages, who alone know what it means
    "training": ("map",),
    "map": ("picture", "axes"),
    "compare": ("vary", "first", "second"),
    "words": ("minus", "plus", "expected", "draw", "temperature", "begins", "axes", "among"),
    "variants": ("one", "other"),
}
HIDEABLE = ("settings", "share", "pages")  # controls that a link can keep from whoever opens it
MOST_STEPS = 99  # of a guide
LONGEST = 8_000  # characters: longer addresses do not pass every mail program and server
LONGEST_OF_MORE = 200  # characters of each
LONGEST_OF: Mapping[str, int] = {"first": LONGEST, "second": LONGEST, "among": 600}  # but of texts, and of 12 words
ROOM_FOR_REST = 1_000  # of these, for all but the text
COMFORTABLE = 2_000  # characters: of longer addresses, some programs cut off the end
LOST = (
    "The text of this link is not in this tab of the browser: please paste it again. Here is a preset text meanwhile."
)


@dataclass(frozen=True)
class Limits:
    """What a link keeps from whoever opens it: a convenience, for whoever changes the address has all of it again.

    hide : names in HIDEABLE, in that order;  lock : whether text, settings and moment stay as they are
    """

    hide: tuple[str, ...] = ()
    lock: bool = False

    def to_query(self) -> dict[str, str]:
        """Return how an address says it."""
        return ({"hide": ",".join(self.hide)} if self.hide else {}) | ({"lock": "true"} if self.lock else {})

    def and_more(self, other: "Limits") -> "Limits":
        """Return these and others together."""
        return Limits(_in_order({*self.hide, *other.hide}), self.lock or other.lock)

    def without_text(self) -> "Limits":
        """Return what is left of them where the text is missing, so that another has to be chosen."""
        return Limits(tuple(name for name in self.hide if name != "settings"))


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
    limits : what it keeps from whoever opens it
    lesson : a whole lesson, packed, which it opens; None when it holds none
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
    limits: Limits = Limits()
    lesson: str | None = None


def first_config() -> Config:
    """Return what is trained where an address says something, but not of which text."""
    return Config(next(iter(PRESETS.values())).text)


def opening() -> Config:
    """Return what is trained on a first visit, whose address says nothing at all."""
    return Config(PRESETS[OPENING].text)


def read(query: Mapping[str, str]) -> Link:
    """Read the query of an address."""
    place = place_in(query)
    if OURS.isdisjoint(query):
        return replace(place, opens=place.guide is not None)
    settings = {name: value for name, value in query.items() if name != "preset" or value != OWN_TEXT}
    if query.get("preset") == OWN_TEXT:
        place = replace(place, problem=LOST, limits=place.limits.without_text())
    try:
        return replace(place, config=Config.from_query(settings), packed=query.get("text"))
    except ValueError as error:
        return refused(place, error)


def place_in(query: Mapping[str, str]) -> Link:
    """Read what an address says of all but the text and its settings."""
    names, wanted = [name for of_page in ASKED_MORE.values() for name in of_page], query.get("t", "")
    limits = Limits(_in_order(set(query.get("hide", "").split(","))), query.get("lock") == "true")
    return Link(
        opening(),
        t=int(wanted[:12]) if wanted.isascii() and wanted.isdigit() else None,
        word=query.get("word"),
        level=query["level"] if query.get("level") in LEVELS else FIRST,
        guide=None if limits.lock else _guide(query.get("guide", "")),  # a guide has many moments
        present=query.get("present") == "true",
        part=_part(query.get("part", "")),
        more={n: query[n] for n in names if 0 < len(query.get(n, "")) <= LONGEST_OF.get(n, LONGEST_OF_MORE)},
        limits=limits,
        lesson=None if limits.lock else query.get("lesson"),  # as a guide
    )


def refused(wanted: Link, error: ValueError) -> Link:
    """Return what an address means that cannot be followed, which the error says why."""
    said = wanted.problem or f"This link cannot be followed: {error} Here is a preset text instead."
    limits = wanted.limits.without_text()
    return replace(wanted, config=first_config(), packed=None, problem=said, guide=None, limits=limits)


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


def unpacked(packed: str) -> str:
    """Return a text from an address. Raises ValueError in one sentence for what is none, and what is a bomb."""
    return Config.from_query({"text": packed}).text


def packed_quickly(text: str) -> str:
    """Return a text as an address holds it, of any length, and a third longer than it could be."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 1)).decode("ascii")


def query_of(what: Link) -> dict[str, str]:
    """Return the query that leads here. A text of one's own is in it only as `packed`, if that is its."""
    text = {"text": what.packed} if what.packed is not None else {"preset": what.config.preset or OWN_TEXT}
    place = {
        "t": None if what.t is None else str(what.t),
        "word": what.word,
        "level": what.level if what.level != FIRST else None,
        "part": what.part,
    }
    around = {
        "guide": None if what.guide is None else f"{what.guide[0]}-{what.guide[1] + 1}",
        "present": "true" if what.present else None,
    }
    said = {name: said for name, said in {**place, **what.more, **around}.items() if said}
    return {**text, **what.config.settings_query(), **said, **what.limits.to_query()}


def address_of(page: str, what: Link, embed: bool = False) -> str | None:
    """Return the address that shows all this to somebody else, the text included; None if it gets too long.

    embed : whether it is for a frame in another page, as Streamlit asks for it
    """
    if what.config.preset is None and what.packed is None:
        return None
    address = f"{page}?{urlencode(query_of(what) | ({'embed': 'true'} if embed else {}))}"
    return address if len(address) <= LONGEST else None


def _in_order(names: Set[str]) -> tuple[str, ...]:
    return tuple(name for name in HIDEABLE if name in names)


def _guide(said: str) -> tuple[str, int] | None:
    """Read the name of a guide and the number of its step, which people count from 1."""
    name, _, number = said.rpartition("-")
    return (name, int(number) - 1) if name and number in map(str, range(1, MOST_STEPS + 1)) else None


def _part(said: str) -> str | None:
    """Read the name of a part of a page: a short one of small letters."""
    return said if re.fullmatch("[a-z-]{1,30}", said) else None
