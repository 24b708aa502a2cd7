"""When neighbors changed last, found by looking at every update: of the selected word, and of all words of the text."""

import time

import streamlit as st

from pages.drawing.words import SHOWN_WORDS
from pages.parts.words.subject import Subject
from pages.session import last_changes, now
from pages.session.gate import QUIET_SECONDS
from pages.session.last_changes import Search
from w2v import Moments
from w2v.counted import counted
from w2v.explain.last_change import LastChange, Looked
from w2v.explain.learned import listed
from w2v.explain.over_time import NEAREST
from w2v.whole.passes import Passes


def show(subject: Subject, moments: Moments, first: int) -> None:
    """A sentence about the selected word, and on a press the words of the text that change last.

    first : the word that is nearest to it at the end
    """
    search = last_changes.of_word(moments, subject.word)
    _look(search, moments)
    st.text(in_short(subject, moments, search, first))
    _further(search)
    if not st.toggle(
        "Which words of this text change their neighbors last?", key="words_change_last", persist_state="session"
    ):
        return
    among = min(SHOWN_WORDS, len(subject.words))
    search = last_changes.of_text(moments, among)
    _look(search, moments)
    found = () if search.looked is None else tuple([one for one in search.looked.found if one.t])
    st.text(of_text_in_short(moments, search, len(found), among))
    for i, one in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            args = one.t, subject.words[one.question.word]
            st.button(f"Go to {unit_at(moments, one.t)}", key=f"go_to_change_{i}", on_click=_go, args=args)
            st.text(f"{subject.quoted(one.question.word)}: {_came_and_went(subject, one)}.", width="content")
    _further(search)


def _look(search: Search, moments: Moments) -> None:
    """Go on with a search; how far it is, is shown once it takes long."""
    place, begun = st.empty(), time.monotonic()
    last = max(1, moments.n_moments - 1)

    def say(looked: Looked) -> None:
        if time.monotonic() - begun > QUIET_SECONDS:
            said = f"Looking back from the end: {unit_at(moments, looked.back_to)} is reached."
            place.progress(1 - looked.back_to / last, said)

    last_changes.go_on(search, say)
    place.empty()


def _further(search: Search) -> None:
    """A button that has the search go on, where it has not come to its end."""
    if not search.is_done:
        key = f"look_back_{search.name.split()[0]}"
        st.button("Look further back", key=key, on_click=last_changes.ask_for_more, args=(search.name,))


def _go(t: int, word: str) -> None:
    now.select(word)
    now.go_to(t)
    now.send_player()


def in_short(subject: Subject, moments: Moments, search: Search, first: int) -> str:
    """Say when the nearest words and their order last changed, and since when the nearest is what it is at the end."""
    if len(subject.words) == 2:
        return f"{subject.quoted(first)} is the only other word, so it is the nearest from the start."
    nearest, some, order = (search.answer(question) for question in last_changes.questions(subject.word))
    those = f"the {min(NEAREST, len(subject.words) - 1)} words nearest to {subject.quoted(subject.word)}"
    if some is None:
        said = f"From {unit_at(moments, _back_to(moments, search))} to the end {those} stay the same."
    elif not some.t:
        said = f"{_scope(moments)}, {those} are the same from the start."
    else:
        when = f"at {unit_at(moments, some.t)}"
        said = f"{_scope(moments)}, {those} last changed {when}: {_came_and_went(subject, some)}."
    if order is not None and order.t and (some is None or order.t > some.t):
        said += f" Their order last changed at {unit_at(moments, order.t)}."
    return f"{said} {subject.quoted(first)} is the nearest {_since(moments, search, nearest)}."


def of_text_in_short(moments: Moments, search: Search, n: int, among: int) -> str:
    """Say what the list is, n words among so many, and how far back was looked."""
    of = "of this text" if among == len(moments.corpus.vocabulary) else f"among the {among} most frequent words"
    n_near = min(NEAREST, len(moments.corpus.vocabulary) - 1)
    nearest = counted(n_near, "nearest word") if n_near > 1 else "nearest word"
    if search.is_done and not n:
        return f"{_scope(moments)}, no word {of} ever changed its {nearest}."
    if search.is_done:
        said = f"{_scope(moments)}, these {of} change their {nearest} last, the last one first."
    else:
        since = f"From {unit_at(moments, _back_to(moments, search))} to the end"
        if not n:
            return f"{since} no word {of} changed its {nearest}."
        said = f"{since} these {of} changed their {nearest}, the last one first."
    return f"{said} One {moments.unit} back from there the list is another."


def _scope(moments: Moments) -> str:
    if not isinstance(moments, Passes):
        return "Looking at every update"
    whole = len(moments.at) == moments.at[-1] + 1
    return "Looking at every pass" if whole else "Looking at every pass that is kept"


def _back_to(moments: Moments, search: Search) -> int:
    return moments.n_moments - 1 if search.looked is None else search.looked.back_to


def _since(moments: Moments, search: Search, found: LastChange | None) -> str:
    if found is None:
        return f"since {unit_at(moments, _back_to(moments, search))} or earlier"
    return f"since {unit_at(moments, found.t)}" if found.t else "from the start"


def _came_and_went(subject: Subject, change: LastChange) -> str:
    came, went = (listed(words, subject.quoted) for words in (change.came, change.went))
    return f"{came} came in, {went} went out"


def unit_at(moments: Moments, t: int) -> str:
    """Return the update or pass after which moment t is, by its number."""
    return f"{moments.unit} {moments.at[t] if isinstance(moments, Passes) else t:,}"
