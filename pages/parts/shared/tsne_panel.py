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
HALVES = {f"{n / 2:g}" for n in range(2, 2 * int(MOST_PERPLEXITY) + 1)}  # what the slider can hold, as written
IN_ADDRESS = "tsne"
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


def in_address(key: str) -> str:
    """Return how an address names t-SNE with the perplexity that the slider of this key holds."""
    chosen = memory.widget_value(key) or PERPLEXITY
    return IN_ADDRESS if chosen == PERPLEXITY else f"{IN_ADDRESS}-{chosen:g}"


def follow_address(key: str, said: str | None) -> bool:
    """Say whether an address names t-SNE, and put the perplexity that it asks for into the slider of this key."""
    name, _, wanted = (said or "").partition("-")
    if name != IN_ADDRESS:
        return False
    if wanted in HALVES:
        memory.set_widget_value(key, float(wanted))
    return True


def choose_perplexity(key: str, n_words: int, *, ask: bool = True) -> float:
    """Return the perplexity that a picture of so many words uses; with `ask` there is a slider to choose it."""
    chosen = memory.widget_value(key) or PERPLEXITY
    if ask:
        most = max(2.0, usable_perplexity(n_words, MOST_PERPLEXITY))
        if memory.widget_value(key) != min(chosen, most):
            memory.set_widget_value(key, min(chosen, most))
        chosen = st.slider(
            "Perplexity of t-SNE",
            1.0,
            most,
            step=0.5,
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
