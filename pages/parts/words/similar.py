"""Similar?: a table of cosines of words that one chooses."""

import numpy as np
import streamlit as st

from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.words import picture
from pages.parts.words.subject import Subject
from pages.session import in_address, memory
from w2v.arrays import Floats
from w2v.neighbours import cosine_table, nearest

MOST = 12
FIRST = 8  # words to begin with
KEY = "words_table"


def show(subject: Subject) -> None:
    """The choice of words, and the table of each with each other."""
    chosen = _choice(subject)
    if len(chosen) < 2:
        picture.instead("Choose two words or more.")
        return
    cosines = cosine_table(subject.directions, chosen)
    words = [subject.named(word) for word in chosen]
    said = in_short(subject, chosen, cosines)
    picture.show(subject.record("table", said, words=words, cosines=cosines.round(6).tolist()))


def _choice(subject: Subject) -> list[int]:
    """Let the visitor choose words; to begin with, the selected one and those most like it."""
    ids = {word: i for i, word in enumerate(subject.words[:SHOWN_WORDS])}
    key = (KEY, subject.name)
    in_address.follow("among", lambda said: _put(subject, said))
    if memory.recall("table_of") != key or memory.widget_value(KEY) is None:
        near = [i for i, _ in nearest(subject.directions, subject.word, FIRST - 1)]
        first = [subject.words[i] for i in (subject.word, *near)]
        memory.remember(table_of=key, table_words=first, table_is_chosen=False)
    wanted: list[str] = memory.recall("table_words") or []
    ids |= {word: i for i, word in _others(subject, [word for word in wanted if word not in ids])}
    memory.set_widget_value(KEY, [word for word in wanted if word in ids])
    st.multiselect(
        "Words to compare",
        list(ids),
        format_func=shown,
        key=KEY,
        max_selections=MOST,
        on_change=lambda: memory.remember(table_words=memory.widget_value(KEY), table_is_chosen=True),
    )
    in_address.tell("among", " ".join(wanted) if memory.recall("table_is_chosen") else None)
    return [ids[word] for word in memory.widget_value(KEY) or []]


def _put(subject: Subject, said: str | None) -> None:
    """Choose the words that an address names; those to begin with where fewer than two of them are there."""
    words = [word for word in (said or "").split()[:MOST] if word in subject.ids]
    chosen = len(words) > 1
    memory.remember(table_of=(KEY, subject.name) if chosen else None, table_words=words, table_is_chosen=chosen)
    memory.set_widget_value(KEY, words)


def _others(subject: Subject, words: list[str]) -> list[tuple[int, str]]:
    """Return words that are not among the most frequent ones, with their ids."""
    return sorted((subject.ids[word], word) for word in words if word in subject.ids)


def in_short(subject: Subject, chosen: list[int], cosines: Floats) -> str:
    """Say which two of them are most alike, and which least."""
    pairs = list(zip(*np.triu_indices(len(chosen), 1), strict=True))
    values = [float(cosines[i, j]) for i, j in pairs]

    def two(place: int) -> str:
        i, j = pairs[place]
        return f"{subject.quoted(chosen[i])} and {subject.quoted(chosen[j])}"

    most, least = int(np.argmax(values)), int(np.argmin(values))
    said = f"Of these, {two(most)} are most alike (cosine {_signed(values[most])})"
    return f"{said}." if most == least else f"{said}, {two(least)} least ({_signed(values[least])})."


def _signed(cosine: float) -> str:
    return f"{cosine:z.2f}".replace("-", "\N{MINUS SIGN}")
