"""The t-SNE picture as every page has it: how many neighbors it keeps together, of which moment it is, its points."""

from collections.abc import Hashable
from typing import Any

import streamlit as st

from pages.parts.shared import watch
from pages.session import memory, now
from w2v import Moments, tsne
from w2v.arrays import Floats
from w2v.pictures.tsne import usable_perplexity

PERPLEXITY = 5.0
MOST_PERPLEXITY = 50.0
KEPT_PICTURES = 6
WAIT = "t-SNE is computed: this takes a few seconds."


def draw_button(panel: str, label: str, explained: str | None = None) -> None:
    """The button that draws the present moment."""
    st.button(label, help=explained, on_click=watch.ask_for, args=(panel,))


def take_away(panel: str) -> None:
    """Another picture is wanted: the next time t-SNE draws the moment that is present then."""
    watch.take_away(panel)


def moment(panel: str, moments: Moments) -> int:
    """Return the moment that was asked for; the present one when none was."""
    t = watch.asked_for(panel, moments)
    if t is None:
        watch.ask_for(panel)
        t = now.moment(moments)
    return t


def choose_perplexity(key: str, n_words: int, *, ask: bool = True) -> float:
    """Return the perplexity that a picture of so many words uses; with `ask` there is a slider to choose it."""
    chosen = memory.widget_value(key) or PERPLEXITY
    if ask:
        most = max(2.0, usable_perplexity(n_words, MOST_PERPLEXITY))
        if chosen > most:
            memory.set_widget_value(key, most)
        chosen = st.slider(
            "Perplexity of t-SNE",
            1.0,
            most,
            min(PERPLEXITY, most),
            0.5,
            key=key,
            persist_state="session",
            help="About how many neighbors t-SNE tries to keep together for each word.",
        )
    return usable_perplexity(n_words, chosen)


def points(panel: str, words: Hashable, t: int, rows: Floats, perplexity: float, seed: int) -> Floats:
    """Return where the words stand (n_words, 2), going on from the panel's last picture if it has the same words.

    words : names what is drawn: the run and the kind of vectors, or a file;  rows : (n_words, dim) its vectors
    Raises ProjectionError in one sentence.
    """

    def make(_: Any) -> Floats:
        key, before = memory.latest(panel)
        return tsne(rows, perplexity=perplexity, seed=seed, init=before if key and key[0] == words else None)

    return memory.keep(panel, KEPT_PICTURES, (words, t, perplexity), make)
