"""Coming by a link, by a reload, or by Back and Forward of the browser: what the address says is looked at.

Nothing is lost by that: a text of the visitor's own is found again where the address does not hold it.
"""

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import streamlit as st
import threadpoolctl

from pages.session import choosing, door, garbage, given, link, memory, now, own_text
from pages.session.prepared import prepared_of

SWITCH_SECONDS = 0.001  # a click needs Python some thirty times, and waits so long each time while a book is cut


def begin() -> None:
    """Read the address on a visitor's first run, and where Back or Forward led to it. Call it first."""
    _set_up_process()
    garbage.collect_at_times()
    if memory.recall("config") is None:
        memory.remember(command=0, training=None, stop=False, aside=None, first=True, by_steps=link.first_config())
        _follow(now.asked_for())
    elif memory.came_back():
        _go_back(now.asked_for())


def take_kept_text(packed: str) -> None:
    """Follow the address with the text that the tab kept for it; "" when it has none."""
    _follow(memory.recall("awaiting"), packed)
    now.follow_up()


@st.cache_resource(max_entries=1, show_spinner=False)
def _set_up_process() -> None:
    """Once per process: the door, one BLAS thread, and no garbage collection of what the imports left behind.

    What comes only with the first table and the first text is imported here, so that it is left behind too, and that
    nobody waits for it who has pressed a button.
    """
    for late in ("pandas", "pyarrow", "scipy.sparse", "scipy.special"):
        importlib.import_module(late)
    door.guard()
    threadpoolctl.threadpool_limits(1)
    sys.setswitchinterval(SWITCH_SECONDS)
    garbage.spare_the_old()
    given.begin(sys.argv[1:])


def _go_back(query: Mapping[str, str]) -> None:
    """Look at an entry of the browser's history again. A text of the visitor's own that makes way for it is kept."""
    before = now.config()
    own = _own_text() if link.is_without_its_text(query) else None
    own_text.put_aside()
    _follow(query, None if own is None else link.packed_quickly(own))
    memory.remember(turn_to=None)  # the browser says which page
    if now.config() != before:
        memory.remember(reading=None)
    if memory.recall("guide") is None:
        memory.remember(level_before=None)
    now.send_player()


def _own_text() -> str | None:
    """Return the text of the visitor's own that is in use, or was before a preset took its place; None if none was."""
    aside: Mapping[str, Any] = memory.recall("aside") or {}
    known = [one for one in (now.config(), aside.get("config")) if one is not None and one.preset is None]
    return known[0].text if known else None


def _follow(query: Mapping[str, str], kept: str | None = None) -> None:
    """Look at what an address says.

    kept : the text that it is about but does not hold, packed, "" if it is lost; None to ask the tab for it
    """
    memory.remember(awaiting=None)
    if not link.is_without_its_text(query):
        look_at(link.read(query))
    elif kept is None:
        memory.remember(awaiting=query)
        look_at(link.Link(link.first_config(), limits=link.read(query).limits))
    else:
        look_at(link.read(link.with_text(query, kept) if kept else query))
        memory.remember(packed=None)  # it was not in the address


def look_at(wanted: link.Link) -> None:
    """Look at what a link says, or say why that cannot be."""
    try:
        prepared_of(wanted.config)
    except ValueError as error:
        wanted = link.refused(wanted, error)
    found = wanted.config
    if found == memory.recall("config"):
        problem = wanted.problem or choosing.problem()  # a text that waits in the box goes on waiting
        memory.remember(t=wanted.t, word=wanted.word, problem=problem)
    else:
        now.look_at(found, wanted.t, word=wanted.word)
        packed = None if wanted.packed is None else (found.text, wanted.packed)
        memory.remember(problem=wanted.problem, offer=None, draft=found.text, packed=packed)
    memory.remember(level=wanted.level, guide=wanted.guide, opens_guide=wanted.opens, revealed=False)
    memory.remember(present=wanted.present, part=wanted.part, more=wanted.more, limits=wanted.limits)
    memory.remember(handed=wanted.lesson)
