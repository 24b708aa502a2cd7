"""Training: the player. Words move on the map, P(o|c) grows towards its counts, the loss falls to its floor."""

import streamlit as st

from pages.parts import moment, state, views, whole_page


def steps() -> None:
    plan = state.plan()
    views.strip(plan)
    views.heading(
        "Training",
        "Words move until each can predict its neighbors.",
        "Press Play, drag the slider back, step with the arrows.",
    )
    run = state.run()
    views.stopped_note(run)

    @st.fragment
    def watch() -> None:
        chosen = moment.map_control(run)
        views.watch(run, "training", ("text", "map", "bars", "loss", "traces", "ripple", "vectors", "transport"))
        moment.picture(run, chosen)
        moment.numbers(run)

    watch()


if state.config().trainer == "passes":
    whole_page.training()
else:
    steps()
