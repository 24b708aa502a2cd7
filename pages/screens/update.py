"""One update: the whole calculation of the chosen update, every number of it."""

import streamlit as st

from pages.components import update_pictures
from pages.parts.save.menu import update_button
from pages.parts.shared import watch
from pages.parts.shared.cover import covered
from pages.parts.shared.watch import Content
from pages.parts.update import center_row, ledger
from w2v import Run


def by_updates(run: Run) -> None:
    t, word = watch.show(run, "update", ("text", "transport"))
    if run.n_steps == 0:
        st.text("This run has no update: its very first one would have made a vector too large.")
        return
    step, trace = ledger.ledger(run, min(t, run.n_steps - 1))  # at the end, which none follows, the last one
    if covered():
        return
    with st.container(horizontal=True, horizontal_alignment="right"):
        update_button(run, t, word)
    update_pictures.show(run, step, trace)
    ledger.details(run, step, trace)


watch.page(
    "One update",
    {
        "update": Content(
            "The whole calculation, card by card.",
            "Press Slow motion, click any cell, or step with the arrow keys.",
            by_updates,
        ),
        "pass": Content(
            "A pass adds up the gradients of all pairs. For one center word only its counts matter.",
            "Choose a word.",
            center_row.show,
        ),
    },
)
