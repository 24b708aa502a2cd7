"""Start: a model learns by itself, beside what it heads for; and three doors further in."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts.guides.tour import TOUR
from pages.parts.shared import story, strip, watch
from pages.session import guiding, training
from w2v import Run
from w2v.moments import Unit

OPTIONS: Mapping[Unit, Mapping[str, Any]] = {
    "update": {"parts": ("map", "bars", "why", "transport"), "autoplay": True},
    "pass": {"parts": ("map", "loss", "why", "transport")},
}

with st.container(key="start_title", horizontal=True, vertical_alignment="center"):
    st.markdown("### Watch a computer learn what words mean", width="stretch")
    st.button("Two-minute tour", icon=":material/tour:", type="tertiary", on_click=guiding.begin, args=(TOUR,))
st.markdown(
    "It reads a text and guesses which words stand near each other. Every wrong guess moves the words a little, "
    "until words that are used alike lie close together."
)
if training.is_to_be_watched():
    st.text("Your text is trained as a whole when you press Watch it learn.")
else:
    moments = training.moments_to_show()
    if isinstance(moments, Run):
        strip.stopped_note(moments)
    options = OPTIONS[moments.unit]

    @st.fragment
    def content() -> None:
        t, _ = watch.show(moments, "start", around=345, **options)
        story.learned_line(moments, t)

    content()
doors = st.columns(3)
with doors[0], st.container(border=True, height="stretch"):
    st.page_link("pages/screens/training.py", label="**Watch it learn**", icon=":material/play_circle:")
    st.caption("The text, the map and the guesses, at your own pace, forward and back.")
with doors[1], st.container(border=True, height="stretch"):
    st.page_link("pages/screens/text.py", label="**Use my own text**", icon=":material/article:")
    st.caption("Paste a story, a song or a page of a book, and see what can be learned from it.")
with doors[2], st.container(border=True, height="stretch"):
    st.page_link("pages/screens/teach.py", label="**Teach with this**", icon=":material/co_present:")
    st.caption("Nine questions for a class, each with a prepared picture that answers it.")
