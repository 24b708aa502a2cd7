"""The box that chooses the word a page is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import streamlit as st

from pages.drawing.words import SHOWN_WORDS, shown
from pages.session import memory, now
from w2v import WordVectors
from w2v.counted import counted
from w2v.reading.characters import clean

ALIKE = 8  # words named that begin like one that is not there

Find = Callable[[str], str | None]


@dataclass(frozen=True)
class _Asked:
    """A word that is not there: how it was typed in which box, and what was looked at then.

    about : among which words;  selected : the word that was selected;  part : of the page
    """

    key: str
    typed: str
    about: tuple[object, ...]
    selected: str | None
    part: str | None


def about(words: Sequence[str]) -> tuple[object, ...]:
    """Return what tells these words from others, small enough for a widget to keep."""
    return len(words), *words[:3], words[-1]


def find_in_text(typed: str) -> str | None:
    """Return a word as it stands in the present text, or None for one that does not.

    For callbacks: it asks the session, since Streamlit keeps what a widget calls as long as the session.
    """
    ids = now.corpus().vocabulary.ids
    return next((word for word in (typed, clean(typed, now.config().reading).strip()) if word in ids), None)


def word_of_opened(vectors: WordVectors) -> int | None:
    """Return the selected word among vectors without a text, or where it is none of theirs one to begin with.

    That is the first of four letters or more; None when no word can be shown as it is.
    """
    selected = vectors.find(now.word() or "")
    if selected is not None:
        return selected
    plain = [i for i, word in enumerate(vectors.words[:SHOWN_WORDS]) if shown(word) == word]
    return next((i for i in plain if len(vectors.words[i]) >= 4), plain[0] if plain else None)


def word_box(words: Sequence[str], selected: str, key: str, find: Find = find_in_text) -> None:
    """A list of the most frequent words, into which any other can be typed: see `missing`.

    find : returns the word that was typed as it stands there, or None
    """
    listed = list(words[:SHOWN_WORDS])
    memory.set_widget_value(key, selected)
    st.selectbox(
        "Word",
        listed if selected in listed else [selected, *listed],
        format_func=shown,
        accept_new_options=True,
        key=key,
        label_visibility="collapsed",
        on_change=_take,
        args=(key, find, about(words)),
        width=240,
    )


def missing(words: Sequence[str], key: str) -> None:
    """Say which word was asked for in this box and is not there; an empty place otherwise.

    No longer where other words or another part are looked at, or another word was selected.
    """
    place, asked = st.container(), memory.recall("word_missing")
    if asked is not None and asked == _asked(key, asked.typed, about(words)):
        place.text(is_missing(asked.typed, words))


def is_missing(typed: str, words: Sequence[str]) -> str:
    """Say that this is none of the words, and which begin like it, the most frequent first."""
    said = f"{shown(typed)} is not among the {counted(len(words), 'word')}."
    begins = typed.casefold()
    like_it = [shown(word) for word in islice((word for word in words if word.casefold().startswith(begins)), ALIKE)]
    return f"{said} Words that begin like that: {', '.join(like_it)}." if begins and like_it else said


def _take(key: str, find: Find, of: tuple[object, ...]) -> None:
    typed = memory.widget_value(key) or ""
    found = find(typed)
    memory.remember(word_missing=_asked(key, typed, of) if typed and found is None else None)
    if found is not None:
        now.select(found)
        now.send_player()


def _asked(key: str, typed: str, of: tuple[object, ...]) -> _Asked:
    return _Asked(key, typed, of, now.word(), memory.recall("part"))
