"""Text and windows: choose a text, see what to expect of it, watch the window slide over it."""

import streamlit as st

from pages.parts import choose_text, counting, state, views
from pages.parts.windows_view import windows_view

plan = state.plan()
views.heading(
    "Text and windows",
    "A window slides over the text: a center word and the words near it.",
    "Paste a text of your own.",
)
choose_text.chooser()
plan = state.plan()


@st.fragment
def windows() -> None:
    choose_text.hear(plan, windows_view(plan, key="windows", word=state.word()))


windows()
choose_text.matrix(plan)
counting.section(plan)
