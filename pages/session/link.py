"""The address of a page: what it says of text, settings, moment and word. Nothing here knows who is looking."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from w2v import PRESETS, Config

OWN_TEXT = "own"
OPENING = "days_months"  # its words end as pairs at a glance, with every seed
OURS = {"preset", "text", "t", "word", "whole", *(f.name for f in fields(Config))}  # all that an address can say
LONGEST = 8_000  # characters: longer addresses do not pass every mail program and server
LOST = "A link or a reload does not carry a pasted text: please paste it again. Here is a preset text meanwhile."


@dataclass(frozen=True)
class Link:
    """What an address says.

    config : what to train, a preset text where the address says nothing or what cannot be
    t      : the moment, None when it says none;  word : the selected word, likewise
    packed : the text as the address holds it, None when it names one
    problem : a sentence about what it says that cannot be
    """

    config: Config
    t: int | None = None
    word: str | None = None
    packed: str | None = None
    problem: str | None = None


def first_text() -> Config:
    """Return what is trained where an address says something, but not of which text."""
    return Config(next(iter(PRESETS.values())).text)


def opening() -> Config:
    """Return what is trained on a first visit, whose address says nothing at all."""
    return Config(PRESETS[OPENING].text)


def read(query: Mapping[str, str]) -> Link:
    """Read the query of an address."""
    if OURS.isdisjoint(query):
        return Link(opening())
    settings = {name: value for name, value in query.items() if name != "preset" or value != OWN_TEXT}
    wanted, word = query.get("t", ""), query.get("word")
    t = int(wanted[:12]) if wanted.isascii() and wanted.isdigit() else None
    problem = LOST if query.get("preset") == OWN_TEXT else None
    try:
        return Link(Config.from_query(settings), t, word, query.get("text"), problem)
    except ValueError as error:
        return refused(t, word, error, problem)


def refused(t: int | None, word: str | None, error: ValueError, problem: str | None = None) -> Link:
    """Return what an address means that cannot be followed, which the error says why."""
    said = problem or f"This link cannot be followed: {error} Here is a preset text instead."
    return Link(first_text(), t, word, None, said)


def query_of(config: Config, t: int | None, word: str | None, packed: str | None = None) -> dict[str, str]:
    """Return the query that leads here. A text of one's own is in it only as `packed`, if that is its.

    t : the moment, None when there is nothing to say about it
    """
    text = {"text": packed} if packed is not None else {"preset": config.preset or OWN_TEXT}
    return {**text, **config.settings_query(), **_place(t, word)}


def address_of(page: str, config: Config, t: int | None, word: str | None) -> str | None:
    """Return the address that shows all this to somebody else, the text included; None if it gets too long."""
    address = f"{page}?{urlencode({**config.to_query(), **_place(t, word)})}"
    return address if len(address) <= LONGEST else None


def _place(t: int | None, word: str | None) -> dict[str, str]:
    return ({} if t is None else {"t": str(t)}) | ({"word": word} if word else {})
