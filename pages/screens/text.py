"""Text and windows: choose a text, see what to expect of it, watch the window slide over it."""

import streamlit as st

from pages.parts import choose_text, counting, frame, state, views
from pages.parts.windows_view import windows_view

views.heading_with_way_back(
    "text",
    "Text and windows",
    "A window slides over the text: a center and the words near it.",
    "Paste your own.",
)
choose_text.chooser()
plan = state.plan_to_see()


@st.fragment
def windows() -> None:
    with frame.room("windows"):
        picked = windows_view(plan, key="windows", word=state.word())
    choose_text.hear(plan, picked)


windows()
if plan.config == state.config():
    choose_text.matrix(plan)
    counting.section(plan)
else:
    st.caption("The windows of the beginning of the text.")
