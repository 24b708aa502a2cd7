"""Another Config than the present one, as an address says it: all settings, and its text or how to know it again."""

import zlib
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from pages.session.link import LONGEST
from w2v import Config

BETWEEN = "~"  # what is said of it, in the address
RUN = "run"  # how an address begins that holds all of a Config
SAME = "same"  # its text is one that is known; then follows by which mark


class UnknownText(ValueError):
    """The address says a text only by its mark, and it is not known here."""


def said_of(config: Config) -> str:
    """Return what names a Config among others whose texts are known: short, and the same in every process."""
    text = ("preset", config.preset) if config.preset else (SAME, _mark(config.text))
    return _joined([*text, *_settings(config)])


def address_of(config: Config, present: Config, room: int) -> str:
    """Return the same for an address: with its text, if that is not the present one and fits into so many characters.

    Where it does not, only who knows the text can follow the address: see `is_followed_elsewhere`.
    """
    if config.preset or config.text == present.text or len(config.text) > 8 * LONGEST:
        return said_of(config)
    said = _joined(["text", config.to_query()["text"], *_settings(config)])
    return said if len(quote(said)) <= room else said_of(config)


def is_followed_elsewhere(said: str, present: Config) -> bool:
    """Say whether an address that holds this leads others to the same Config, if it holds the present text."""
    parts = said.split(BETWEEN)
    return parts[:2] != [RUN, SAME] or parts[2:3] == [_mark(present.text)]


def config_of(said: str, texts: Iterable[str]) -> Config:
    """Read what `said_of` or `address_of` returned. Raises ValueError in one sentence, UnknownText among them.

    texts : those that are known
    """
    run, *parts = said.split(BETWEEN)
    if run != RUN or not parts or len(parts) % 2:
        raise ValueError("This link is damaged.")
    query = dict(zip(parts[::2], parts[1::2], strict=True))
    mark = query.pop(SAME, None)
    if mark is None:
        return Config.from_query(query)
    text = next((text for text in texts if _mark(text) == mark), None)
    if text is None:
        raise UnknownText("Its text is not in this link.")
    return replace(Config.from_query(query), text=text)


def _mark(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _settings(config: Config) -> list[str]:
    return [part for pair in config.settings_query().items() for part in pair]


def _joined(parts: Iterable[str]) -> str:
    return BETWEEN.join([RUN, *parts])
