"""What is looked at now: the Config, the moment of it, the selected word. The address always says the same.

Everything on every page follows from these.
"""

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import streamlit as st
import threadpoolctl

from pages.session import door, garbage, link, memory
from pages.session.levels import FIRST
from pages.session.prepared import corpus_of, judgement_of, prepared_of
from w2v import Config, Corpus, Moments, Plan
from w2v.explain.health import Judgement
from w2v.whole.trainers import Trainer, trainer_of

SWITCH_SECONDS = 0.001  # a click needs Python some thirty times, and waits so long each time while a book is cut
END = -1  # the best moment, which is the last one of updates, wherever that is
BEGINS_AGAIN = ""  # the page whose player plays by itself, from the start when the end was looked at
OPENS_AT_END = ("map",)  # pages that show what was learned, until a moment is chosen


# --- coming ---------------------------------------------------------------------------------------------------


def begin() -> None:
    """Read the link on a visitor's first run. Call it first."""
    _set_up_process()
    garbage.collect_all(only_after=garbage.SECONDS)
    if memory.recall("config") is None:
        _come(st.query_params.to_dict())


def arrive(page: str) -> None:
    """Note which page is shown, and let the address say what is looked at there. Call it on every run.

    The player of another page starts from the present moment when it comes back.
    """
    if memory.recall("page") != page:
        if page == BEGINS_AGAIN and is_at_end():
            memory.remember(t=None)
        memory.remember(page=page, mounted=None)
        memory.let_go_of_uploads()
    follow_up()


def is_awaiting_text() -> bool:
    """Say whether the address is about a text that it does not hold: the tab of the browser is asked for it."""
    return memory.recall("awaiting") is not None


def take_kept_text(packed: str) -> None:
    """Follow the address with the text that the tab kept for it; "" when it has none."""
    query = memory.recall("awaiting")
    memory.remember(awaiting=None)
    _follow(link.read(link.with_text(query, packed) if packed else query))
    memory.remember(packed=None)  # it came from the tab, not from the address
    follow_up()


def _come(query: Mapping[str, str]) -> None:
    if link.is_without_its_text(query):
        memory.remember(awaiting=query)
        _follow(link.Link(link.first_config()))
    else:
        _follow(link.read(query))


def follow_up() -> None:
    """After another text was chosen: forget what was made of the one before, and say it in the address."""
    memory.let_go_of_other_texts({config().text, memory.recall("draft")})
    write_address()


@st.cache_resource(max_entries=1)
def _set_up_process() -> None:
    """Once per process: the door, one BLAS thread, and no garbage collection of what the imports left behind.

    What Streamlit imports only when it draws its first table is imported here, so that it is left behind too.
    """
    for late in ("pandas", "pyarrow"):
        importlib.import_module(late)
    door.guard()
    threadpoolctl.threadpool_limits(1)
    sys.setswitchinterval(SWITCH_SECONDS)
    garbage.spare_the_old()


def _follow(wanted: link.Link) -> None:
    memory.remember(command=0, training=None, stop=False, offer=None, aside=None, by_steps=link.first_config())
    try:
        prepared_of(wanted.config)
    except ValueError as error:
        wanted = link.refused(wanted.t, wanted.word, error, wanted.problem, wanted.level)
    found = wanted.config
    look_at(found, wanted.t, word=wanted.word)
    draft = found.text.encode("utf-8", "replace").decode()  # half a character cannot be sent
    packed = None if wanted.packed is None else (found.text, wanted.packed)
    memory.remember(problem=wanted.problem, draft=draft, packed=packed, level=wanted.level)
    memory.remember(guide=wanted.guide, opens_guide=wanted.opens, present=wanted.present)


# --- the address ----------------------------------------------------------------------------------------------


def write_address() -> None:
    """Let the address say what is looked at, unless it says more than is known yet."""
    if is_awaiting_text():
        return
    query = link.query_of(
        config(), _moment_to_say(), _word_to_say(), _text_in_address(), level(), memory.recall("guide"), is_presented()
    )
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def _text_in_address() -> str | None:
    """Return the present text as the address holds it, where a reload finds it: one of one's own that is short."""
    packed = memory.recall("packed")  # it came by a link, perhaps a longer one
    if packed and packed[0] == config().text:
        return str(packed[1])
    return None if config().preset else memory.keep("in_address", 2, config().text, link.packed_if_short)


def text_for_tab() -> str:
    """Return the present text, packed, if the tab of the browser has to keep it over a reload, else ""."""
    if config().preset or _text_in_address() is not None:
        return ""
    return memory.keep("for_tab", 1, config().text, link.packed_quickly)


def address() -> str | None:
    """Return the address that shows all this to somebody else, a pasted text included; None if it gets too long."""
    return link.address_of(st.context.url or "", config(), _moment_to_say(), _word_to_say(), level())


def _moment_to_say() -> int | None:
    """Return the moment as an address says it: none that follows from saying nothing."""
    t: int | None = memory.recall("t")
    if t == END and trainer().unit == "update":
        return plan().n_steps
    return None if t == _first_moment() else t


def _word_to_say() -> str | None:
    """Return the selected word as an address says it: none that this text does not have."""
    return word() if word() in corpus().vocabulary.ids else None


def _first_moment() -> int:
    """Return the moment that the present page shows before one was chosen."""
    return END if trainer().unit == "pass" or memory.recall("page") in OPENS_AT_END else 0


# --- what is trained ------------------------------------------------------------------------------------------


def config() -> Config:
    """Return what is to be trained."""
    found: Config = memory.recall("config")
    return found


def trainer() -> Trainer:
    """Return what trains the present Config."""
    return trainer_of(config())


def corpus() -> Corpus:
    """Return the words of the present text."""
    return corpus_of(config())


def plan() -> Plan:
    """Return the schedule of the present Config, which is trained update by update."""
    found = prepared_of(config())
    assert isinstance(found, Plan)
    return found


def judgement() -> Judgement:
    """Return what can be found in the present text."""
    return judgement_of(config())


def look_at(config: Config, t: int | None, **more: Any) -> None:
    """Make this what is to be trained, and this the moment that is looked at (END for the last, None for none yet)."""
    memory.remember(config=config, t=t, **{"before": None, **more})
    if config.trainer == Config.trainer:
        memory.remember(by_steps=config)  # another text begins with these settings


def send_player() -> None:
    """Have the player on the page go to the present moment and word, wherever it is by itself."""
    memory.remember(command=memory.recall("command") + 1)


def play_from_start() -> None:
    """Have the player of the next page play from the start by itself."""
    memory.remember(t=None, play=True)
    send_player()


def is_to_play() -> bool:
    """Say whether the next player is to play from the start; asked once."""
    wanted = bool(memory.recall("play"))
    memory.remember(play=False)
    return wanted


# --- the moment and the word ----------------------------------------------------------------------------------


def moment(moments: Moments) -> int:
    """Return the moment that is looked at, 0 to n_moments - 1."""
    t: int | None = memory.recall("t")
    t = _first_moment() if t is None else t
    return moments.best if t == END else min(t, moments.n_moments - 1)


def is_at_end() -> bool:
    """Say whether the end is looked at, wherever it is, or the last moment of what is trained."""
    t, there = memory.recall("t"), memory.kept("trained").get(config())
    return t == END or (t is not None and there is not None and 0 < there.n_moments - 1 <= t)


def word() -> str | None:
    """Return the selected word."""
    found: str | None = memory.recall("word")
    return found


def word_id(of: Plan | Moments) -> int:
    """Return the id of the selected word, or of one worth looking at when this vocabulary does not have it."""
    return of.corpus.vocabulary.ids.get(word() or "", of.telling_word)


def select(chosen: str) -> None:
    """Take over a word that was chosen outside the player."""
    if chosen != word():
        memory.remember(word=chosen)
        write_address()


def go_to(t: int) -> None:
    """Go to a moment from outside the player."""
    if t != memory.recall("t"):
        memory.remember(t=t)
        send_player()
        write_address()


def level() -> str:
    """Return how much of what is computed all pages show: a name in `levels.LEVELS`."""
    found: str = memory.recall("level", FIRST)
    return found


def in_numbers() -> bool:
    """Say whether losses and vectors are shown as numbers, for those who asked."""
    return level() != FIRST


def set_level(chosen: str) -> None:
    """Show so much on all pages from now on."""
    if chosen != level():
        memory.remember(level=chosen)
        write_address()


def is_presented() -> bool:
    """Say whether the picture stands alone, for a lecture hall."""
    return bool(memory.recall("present"))


def present(wanted: bool) -> None:
    """Have the picture stand alone, or no longer."""
    memory.remember(present=wanted)
    write_address()
