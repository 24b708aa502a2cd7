"""The pairs of words along which the axes of a picture run, as every page chooses them: what is chosen stays chosen."""

from collections.abc import Sequence

import streamlit as st

from pages.drawing.words import SHOWN_WORDS, shown
from pages.session import memory
from w2v import PRESETS

Pairs = tuple[tuple[int, int], tuple[int, int]]
PLACES = ("x axis, from", "to the right end", "y axis, from", "to the upper end")
LONG_ENOUGH = 4  # letters of a word to begin with


def choose(words: Sequence[str], preset: str | None, ask: bool = True) -> Pairs:
    """Return the ids of the words from which and to which x and y run; with `ask` there is a button to choose them.

    words : of the vocabulary, the most frequent first;  preset : the key of the text, None for one's own
    """
    words = words[:SHOWN_WORDS]
    ids = list(first_pairs(words, preset))
    if ask:
        with st.popover("Word pairs", width="content"):
            left, right = st.columns(2)
            for i, place in enumerate(PLACES):
                key = f"map_pair_{i}"
                if memory.widget_value(key) not in words:
                    memory.set_widget_value(key, words[ids[i]])
                with (left, right)[i % 2]:
                    chosen = st.selectbox(place, words, format_func=shown, key=key, persist_state="session")
                ids[i] = words.index(chosen)
            if ids[0] == ids[1] or ids[2] == ids[3]:
                st.text("An axis needs two different words.")
    return (ids[0], ids[1]), (ids[2], ids[3])


def put(said: str | None) -> None:
    """Choose the four words that an address names, from and to which x and y run."""
    words = (said or "").split()
    if len(words) == len(PLACES):
        for i, word in enumerate(words):
            memory.set_widget_value(f"map_pair_{i}", word)


def in_address() -> str | None:
    """Return how an address names them; None where they are no words that one can name."""
    words = [memory.widget_value(f"map_pair_{i}") for i in range(len(PLACES))]
    return " ".join(words) if all(isinstance(word, str) for word in words) else None


def first_pairs(words: Sequence[str], preset: str | None) -> tuple[int, int, int, int]:
    """Return the axes to begin with: within a pair of partners of the preset and between two; else frequent words."""
    partners = PRESETS[preset].partners if preset else ()
    if len(partners) > 2:
        (a, b), c = partners[0], partners[2][0]
        if {a, b, c} <= set(words):
            return words.index(b), words.index(a), words.index(c), words.index(a)
    longer = sorted(range(len(words)), key=lambda i: len(words[i]) < LONG_ENOUGH)
    first = (longer * 4)[:4]
    return first[1], first[0], first[3], first[2]
