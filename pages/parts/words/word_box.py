"""The box that chooses the word Words is about."""

import streamlit as st

from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.words.subject import Subject, find
from pages.session import memory, now

KEY = "words_word"


def word_box(subject: Subject) -> None:
    """A list of the most frequent words, into which any other can be typed; below it, why one is not found."""
    listed = list(subject.words[:SHOWN_WORDS])
    selected = subject.words[subject.word]
    memory.set_widget_value(KEY, selected)
    st.selectbox(
        "Word",
        listed if selected in listed else [selected, *listed],
        format_func=shown,
        accept_new_options=True,
        key=KEY,
        label_visibility="collapsed",
        on_change=_take,
        width=240,
    )


def missing(subject: Subject) -> None:
    """Say which word was asked for and is not there; an empty place otherwise."""
    place, typed = st.container(), memory.recall("word_missing")
    if typed:
        place.text(f"{shown(typed)} is not among the {len(subject.words):,} words.")


def _take() -> None:
    typed = memory.widget_value(KEY) or ""
    found = find(typed)
    memory.remember(word_missing=None if found else typed)
    if found is not None:
        now.select(found)
        now.send_player()
