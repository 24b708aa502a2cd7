"""Map: where the words stand, by several pictures, and how far each picture can be trusted."""

import streamlit as st

from pages.parts import map_page, state, views, whole_page


def steps() -> None:
    plan = state.plan()
    views.strip(plan)
    views.heading("Map", "Words used alike come to lie together.", "Change the picture and see what stays.")
    run = state.run()
    views.stopped_note(run)

    @st.fragment
    def watch() -> None:
        map_page.show(run)

    watch()


if state.config().trainer == "passes":
    whole_page.the_map()
else:
    steps()
