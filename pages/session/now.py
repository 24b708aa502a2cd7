"""What is looked at now: the Config, the moment of it, the selected word. The address always says the same.

Everything on every page follows from these, and all of it is asked for here: hence its length.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.session import allowed, link, memory
from pages.session.levels import FIRST
from pages.session.prepared import corpus_of, judgement_of, prepared_of
from w2v import Config, Corpus, Moments, Plan
from w2v.explain.health import Judgement
from w2v.whole.trainers import Trainer, trainer_of

END = -1  # the best moment, which is the last one of updates, wherever that is
BEGINS_AGAIN = ""  # the page whose player plays by itself, from the start when the end was looked at
OPENS_AT_END = ("map", "words", "variants", "lessons")  # pages that show what was learned, until a moment is chosen
NO_LIMITS = link.Limits()


# --- coming ---------------------------------------------------------------------------------------------------


def arrive(page: str) -> None:
    """Note which page is shown, and let the address say what is looked at there. Call it on every run.

    The player of another page starts from the present moment when it comes back.
    """
    if (before := memory.recall("page")) != page:
        if page == BEGINS_AGAIN and is_at_end() and not allowed.is_locked():
            memory.remember(t=None)
        if before is not None and not memory.came_back():  # else the address says which part
            memory.remember(part=memory.recall("parts", {}).get(page))
        memory.remember(page=page, page_before=before, mounted=None)
        memory.let_go_of_uploads()
        memory.send_in_full()
    if allowed.is_locked() and memory.recall("t") is None:
        memory.remember(t=_first_moment(page))  # the same on all pages
    follow_up()


def page() -> str:
    """Return the present page, as it stands in addresses."""
    found: str = memory.recall("page", "")
    return found


def is_awaiting_text() -> bool:
    """Say whether the address is about a text that it does not hold: the tab of the browser is asked for it."""
    return memory.recall("awaiting") is not None


def follow_up() -> None:
    """After another text was chosen: forget what was made of the one before, and say it in the address."""
    memory.let_go_of_other_texts({config().text, memory.recall("draft")})
    write_address()


# --- the address ----------------------------------------------------------------------------------------------


def asked_for() -> dict[str, str]:
    """Return what the address says that the browser asks for."""
    return st.query_params.to_dict()


def write_address() -> None:
    """Let the address say what is looked at, unless it says more than is known yet, or the page is about to turn."""
    if is_awaiting_text() or memory.recall("first") or memory.recall("turn_to"):
        return
    query = _query()
    if asked_for() != query or memory.came_back():  # what was on its way may stand over it
        st.query_params.from_dict(query)


def first_address() -> str | None:
    """Return what the address is to say after a visitor's first run, None in all others.

    The browser writes this one itself: of what Streamlit writes before anything is on the page it makes an entry in the
    browser's history, from which Back would lead nowhere.
    """
    first = memory.recall("first")
    memory.remember(first=False)
    return urlencode(_query()) if first and not is_awaiting_text() else None


def _query() -> dict[str, str]:
    return link.query_of(said(page()))


def said(page: str, more: link.Limits = NO_LIMITS) -> link.Link:
    """Return what the address of a page says of all that is looked at.

    page : as it stands in addresses;  more : what it is to keep from others, besides what is kept from the visitor
    """
    is_here, limits = page == memory.recall("page"), allowed.limits().and_more(more)
    return link.Link(
        config(),
        _moment_to_say(page, always=limits.lock),
        _word_to_say(),
        _text_in_address(),
        level=level(),
        guide=memory.recall("guide"),
        present=is_presented(),
        part=memory.recall("part") if is_here else None,
        more=_more() if is_here else {},
        limits=limits,
    )


def turn_to(page: str) -> None:
    """Go to another page, by the name of its script; what follows is not done.

    The address stays as it is until that page is there: Streamlit would empty it, which makes an entry in the history.
    """
    st.switch_page(f"pages/screens/{page}.py", query_params=asked_for())


def _text_in_address() -> str | None:
    """Return the present text as the address holds it, where a reload finds it: one of one's own that is short."""
    packed = memory.recall("packed")  # it came by a link, perhaps a longer one
    if packed and packed[0] == config().text:
        return str(packed[1])
    return None if config().preset else memory.keep("in_address", 2, config().text, link.packed_if_short)


def is_text_in_address() -> bool:
    """Say whether the address holds the present text, so that a reload finds it there."""
    return _text_in_address() is not None


def room_in_address(but_for: str) -> int:
    """Return how many characters an address can hold besides this one, one of the things asked more not counted."""
    others = {name: said for name, said in _query().items() if name != but_for}
    return link.LONGEST - len(f"{st.context.url or ''}?{urlencode(others)}")


def _moment_to_say(page: str, always: bool) -> int | None:
    """Return the moment as the address of a page says it.

    always : also one that follows from saying nothing, but for the end of passes, which only they know
    """
    first, t = _first_moment(page), memory.recall("t")
    t = first if t is None and always else t
    if t == END and trainer().unit == "update":
        return plan().n_steps
    return None if t == END or (t == first and not always) else t


def _word_to_say() -> str | None:
    """Return the selected word as an address says it: none that this text does not have."""
    return word() if word() in corpus().vocabulary.ids else None


def _first_moment(page: str) -> int:
    """Return the moment that a page shows before one was chosen."""
    return END if trainer().unit == "pass" or page in OPENS_AT_END else 0


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
    """Have the player of the next page play from the start by itself, unless the moment is locked."""
    if allowed.is_locked():
        return
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
    t = _first_moment(page()) if t is None else t
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
    """Go to a moment from outside the player, unless it is locked."""
    if t != memory.recall("t") and not allowed.is_locked():
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


def part(among: Sequence[str]) -> str:
    """Return the name of the part of the present page that is shown: of these, the first unless another was chosen."""
    chosen: str | None = memory.recall("part")
    if chosen is not None and chosen not in among[1:]:
        choose_part(chosen := None)
    return chosen or among[0]


def choose_part(chosen: str | None) -> None:
    """Show this part of the present page from now on, and when one comes back to the page; None for the first."""
    memory.remember(part=chosen, parts={**memory.recall("parts", {}), memory.recall("page"): chosen})
    write_address()


def choose_part_of(page: str, chosen: str | None) -> None:
    """Have this part of a page shown, there already or when it is turned to; None for the first."""
    memory.remember(parts={**memory.recall("parts", {}), page: chosen})
    if memory.recall("page") == page:
        memory.remember(part=chosen)


def asked_more(name: str) -> str | None:
    """Return what the present page is asked under one of the names in `link.ASKED_MORE`, or None."""
    found: str | None = memory.recall("more", {}).get(name)
    return found


def ask_more(**asked: str | None) -> None:
    """Ask this of the present page from now on, under names in `link.ASKED_MORE`; None for nothing."""
    more = {**memory.recall("more", {}), **asked}
    memory.remember(more={name: said for name, said in more.items() if said})
    write_address()


def _more() -> Mapping[str, str]:
    asked, names = memory.recall("more", {}), link.ASKED_MORE.get(page(), ())
    return {name: asked[name] for name in names if name in asked}


def is_presented() -> bool:
    """Say whether the picture stands alone, for a lecture hall."""
    return bool(memory.recall("present"))


def present(wanted: bool) -> None:
    """Have the picture stand alone, or no longer."""
    memory.remember(present=wanted)
    write_address()
