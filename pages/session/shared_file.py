"""A file in place of a link, where the text is too long for one: its first line says what a link says, the rest is the
text. It comes from strangers as links do, so it is read like one, within limits.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import replace

from pages.session import link
from pages.session.link import Link
from w2v import PRESETS, Config

ENDING = ".w2v"
MARK = b'{"w2v":'  # how it begins
VERSION = 1
LONGEST_HEAD = 10_000  # bytes of the first line
NOT_ONE = "This is no file that Share has made, or it is damaged; please ask for it again."


def is_one(name: str, data: bytes) -> bool:
    """Say whether this is meant to be such a file."""
    return name.lower().endswith(ENDING) or data.removeprefix(BOM_UTF8).startswith(MARK)


def write(page: str, what: Link) -> bytes:
    """Return a file that opens a page as a link would, with the whole text.

    page : as it stands in addresses
    """
    query = link.query_of(replace(what, packed=None))
    text = "" if what.config.preset else what.config.text
    head = {"w2v": VERSION, "page": page, "query": query}
    lines = f"{json.dumps(head, separators=(',', ':'))}\n{text}"
    return lines.encode("utf-8", "surrogatepass")


def read(data: bytes) -> tuple[str, Link]:
    """Return the page and what is looked at. Raises ValueError in one sentence."""
    first, _, rest = data.removeprefix(BOM_UTF8).partition(b"\n")  # an editor may have put a byte-order mark there
    page, query = _head(first)
    preset = query.get("preset", link.OWN_TEXT)
    own = preset == link.OWN_TEXT
    settings = {**query, "preset": next(iter(PRESETS)) if own else preset}
    config = Config.from_query(settings)
    if own:
        config = replace(config, text=_text(rest))
    return page, replace(link.place_in(query), config=config)


def _head(line: bytes) -> tuple[str, Mapping[str, str]]:
    """Read the first line: the page, and what a link would say after its question mark."""
    try:
        head = json.loads(line) if line.startswith(MARK) and len(line) <= LONGEST_HEAD else {}
        version, page, query = head["w2v"], head["page"], head["query"]
        is_page = re.fullmatch("[a-z]{0,20}", page)
        is_query = "text" not in query and all(isinstance(value, str) for value in query.values())
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise ValueError(NOT_ONE) from None
    if not is_page or not is_query:
        raise ValueError(NOT_ONE)
    if version != VERSION:
        raise ValueError("This file was made by another version of this app; please open it there, or ask for a link.")
    return page, query


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8", "surrogatepass")
    except ValueError:
        raise ValueError(NOT_ONE) from None
    if not text.strip():
        raise ValueError("There is no text in this file; please ask for it again.")
    return text
