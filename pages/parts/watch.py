"""What the pages share that look at moments: the line on top, the wait until something is trained, the player."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts import frame, state, views
from pages.parts.numbers import number
from pages.parts.player import player
from pages.parts.player.record import live_record
from w2v import Moments, Run
from w2v.moments import Headway, Unit
from w2v.whole.passes import Passes

EVERY = 0.8  # seconds between two looks at the training: between them the browser must find time to draw


def ready(title: str, said: Mapping[Unit, tuple[str, str]]) -> Moments | None:
    """Show the top of a page; return what is trained, or None while it is trained before one's eyes.

    said : for each unit what one sees here, and what to try
    """
    strip()
    sees, tries = said[state.trainer().unit]
    if state.is_to_be_watched():
        views.heading(title, sees, "It is trained now.")
        _watch_training()
        return None
    views.heading(title, sees, tries)
    moments = state.present()
    if isinstance(moments, Run):
        views.stopped_note(moments)
    return moments


def strip() -> None:
    """One line on top: the text, its size, the model; and the settings."""
    config, corpus = state.config(), state.corpus()
    size = f"{len(corpus.vocabulary):,} words in {corpus.n_tokens:,} tokens"
    model = views.model_in_words(config)
    if state.trainer().unit == "update":
        size += f", {state.plan().n_examples // config.epochs:,} examples"
    else:
        model += ", whole text at once"
    views.line_on_top([views.text_name(config), size, model])


def watch(moments: Moments, page: str, parts: tuple[str, ...], **options: Any) -> None:
    """Show the player of a page, or, for a model too large to send to the browser, a plain box for the moment.

    options : `autoplay` to play at once; `around`, how many pixels of the window the rest of the page needs
    """
    record = state.record(moments, page, {"views": list(parts), "title": views.text_name(moments.config), **options})
    if record is not None:
        with frame.room(f"{moments.unit}_{page}"):
            where = player(record, key=f"player_{page}")
        state.rest(moments, where)
        return
    st.text(
        "This model has too many numbers to animate in the browser: choose fewer dimensions or a larger minimum count. "
        "Every update can still be looked at."
    )
    t = st.number_input("Update", 0, moments.n_moments - 1, state.moment(moments), key=f"update_{page}")
    state.go_to(int(t))


# --- a training that is under way ---------------------------------------------------------------------------------


@st.fragment(run_every=EVERY)
def _watch_training() -> None:
    """Show how far it is, train a little, and come again: so that clicks are answered in between.

    In this order: what is not sent again at once, the browser draws in grey while the server works.
    """
    seen = state.seen_of_training()
    line = st.container(horizontal=True, vertical_alignment="center", wrap=False)
    if seen is not None:
        line.text(seen[0], width="stretch")
        _live(line, seen[1])
    else:
        waiting = line.empty()
        waiting.text("All pairs of the text are read: the first numbers come in a moment.", width="stretch")
    if state.train_a_little(_see):
        st.rerun()  # the whole page: it was drawn without what is trained
    if seen is None and (first := state.seen_of_training()) is not None:
        waiting.text(first[0], width="stretch")  # in its place, as if this run had begun with it
        _live(line, first[1])


def _live(line: "st.delta_generator.DeltaGenerator", picture: bytes) -> None:
    """The button beside the line that says how far training is, and its picture below, always at its last moment."""
    line.button("Stop and keep what is trained", on_click=state.ask_to_stop, key="stop_passes")
    player(picture, key="player_live")


def _see(headway: Headway) -> tuple[str, bytes]:
    assert headway.so_far is not None  # only such a training is watched
    moments = headway.so_far()
    assert isinstance(moments, Passes)
    run = moments.run
    aside = f", on sentences kept aside {number(run.heldout_losses[-1])}" if run.heldout_counts.total else ""
    said = f"Pass {run.n_passes}: loss {number(run.losses[-1])} nats{aside}."
    if run.best < run.n_passes:
        said += f" Best so far: pass {run.best}."
    return said, live_record(moments, ("map", "loss"), around=300)
