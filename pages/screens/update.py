"""One update: the whole calculation of the chosen update, every number of it."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.components import update_pictures
from pages.parts.shared import watch
from pages.parts.update import center_row, ledger
from pages.session import now
from w2v import Run
from w2v.moments import Unit


def by_updates(run: Run) -> None:
    watch.show(run, "update", ("text", "transport"))
    if run.n_steps == 0:
        st.text("This run has no update: its very first one would have made a vector too large.")
        return
    t = now.moment(run)
    if t == run.n_steps:
        st.text("This is the end of the run: no update follows. Shown is the last one.")
        t -= 1
    step, trace = ledger.ledger(run, t)
    update_pictures.show(run, step, trace)
    ledger.details(run, step, trace)


CONTENT: Mapping[Unit, Callable[[Any], None]] = {"update": by_updates, "pass": center_row.show}
SAID: Mapping[Unit, tuple[str, str]] = {
    "update": (
        "The whole calculation, card by card.",
        "Press Slow motion, click any cell, or step with the arrow keys.",
    ),
    "pass": (
        "A pass adds up the gradients of all pairs. For one center word only its counts matter.",
        "Choose a word.",
    ),
}
moments = watch.ready("One update", SAID)


@st.fragment
def content() -> None:
    if moments is not None:
        CONTENT[moments.unit](moments)


content()
