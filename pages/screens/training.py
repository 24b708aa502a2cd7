"""Training: the player. Words move on the map, P(o|c) grows towards its counts, the loss falls to its floor."""

import streamlit as st

from pages.parts import moment, state, views
from pages.parts.player import player

PAGE = "training"

plan = state.plan()
views.strip(plan)
views.heading(
    "Training",
    "Each update moves the words so that a center predicts its neighbors better.",
    "Press Play, drag the slider back, step with the arrow keys.",
)
run = state.run()
views.stopped_note(run)


@st.fragment
def watch() -> None:
    chosen = moment.map_control(run)
    record = state.record(run, PAGE, ("text", "map", "bars", "loss", "transport"), views.text_name(run.config))
    state.rest(run, player(record, key="player_training"))
    moment.picture(run, chosen)
    moment.numbers(run)


watch()
