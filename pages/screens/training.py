"""Training: the player. Words move on the map, P(o|c) grows towards its counts, the loss falls to its floor."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.parts.shared import watch
from pages.parts.training import beside_map, passes
from w2v import Run
from w2v.moments import Unit


def by_updates(run: Run) -> None:
    chosen = beside_map.map_control(run)
    watch.show(run, "training", ("text", "map", "bars", "loss", "traces", "ripple", "vectors", "transport"))
    beside_map.picture(run, chosen)
    beside_map.numbers(run)


CONTENT: Mapping[Unit, Callable[[Any], None]] = {"update": by_updates, "pass": passes.show}
SAID: Mapping[Unit, tuple[str, str]] = {
    "update": (
        "Words move until each can predict its neighbors.",
        "Press Play, drag the slider back, step with the arrows.",
    ),
    "pass": (
        "Each pass learns from all pairs of the text at once, exactly.",
        "Press Play, drag the slider back.",
    ),
}
moments = watch.ready("Training", SAID)


@st.fragment
def content() -> None:
    if moments is not None:
        CONTENT[moments.unit](moments)


content()
