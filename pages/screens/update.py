"""One update: the whole calculation of the chosen update, every number of it."""

import streamlit as st

from pages.parts import calculation, state, update_pictures, views, whole_page


def steps() -> None:
    plan = state.plan()
    views.strip(plan)
    views.heading(
        "One update",
        "The whole calculation, card by card.",
        "Press Slow motion, click any cell, or step with the arrow keys.",
    )
    run = state.run()
    views.stopped_note(run)

    @st.fragment
    def one_update() -> None:
        views.watch(run, "update", ("text", "transport"))
        if run.n_steps == 0:
            st.text("This run has no update: its very first one would have made a vector too large.")
            return
        t = state.moment(run)
        if t == run.n_steps:
            st.text("This is the end of the run: no update follows. Shown is the last one.")
            t -= 1
        step, trace = calculation.ledger(run, t)
        update_pictures.show(run, step, trace)
        calculation.details(run, step, trace)

    one_update()


if state.config().trainer == "passes":
    whole_page.one_update()
else:
    steps()
