"""Start: a model learns by itself, beside what it heads for; and three doors further in."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.drawing.words import beginning
from pages.parts.guides.tour import TOUR
from pages.parts.shared import open_file, story, strip, watch
from pages.session import allowed, choosing, guiding, now, training
from w2v import Run
from w2v.moments import Unit

OPTIONS: Mapping[Unit, Mapping[str, Any]] = {
    "update": {"parts": ("map", "bars", "why", "transport"), "autoplay": True},
    "pass": {"parts": ("map", "loss", "why", "transport")},
}
FIRST: Mapping[str, Callable[[], None]] = {"training": now.play_from_start, "text": choosing.make_room}

with st.container(key="start_title", horizontal=True, vertical_alignment="center"):
    strip.titled("Watch a computer learn what words mean")
    if not allowed.is_locked():
        st.button("Two-minute tour", icon=":material/tour:", type="tertiary", on_click=guiding.begin, args=(TOUR,))
with st.container(gap="xxsmall"):
    strip.trouble()
    st.markdown(
        "It reads a text and guesses which words stand near each other, before or after. Every wrong guess moves words "
        "a little, until words used alike lie close together."
    )
    st.text(f"Here it reads: {beginning(now.config().text)}")
if training.is_to_be_watched():
    st.text("Your text is trained as a whole when you press Watch it learn.")
else:
    moments = training.present_moments()
    if isinstance(moments, Run):
        strip.stopped_note(moments)
    options = OPTIONS[moments.unit]

    @st.fragment
    def content() -> None:
        t, _ = watch.show(moments, "start", around=400, **options)
        story.learned_line(moments, t)

    content()
DOORS = (
    (
        "training",
        "Watch it learn",
        "play_circle",
        "The text, the map and the guesses, at your own pace, forward and back.",
    ),
    (
        "text",
        "Use my own text",
        "article",
        "Paste a story, a song or a page of a book, and see what can be learned from it.",
    ),
    (
        "teach",
        "Teach with this",
        "co_present",
        "Nine questions for a class, each with a prepared picture that answers it.",
    ),
)
shown = [] if allowed.hides("pages") else [door for door in DOORS if door[0] != "text" or not allowed.hides("settings")]
for column, (page, name, icon, says) in zip(st.columns(3), shown):
    with column, st.container(key=f"card_{page}", border=True, height="stretch", gap=None):  # all of it is the button
        go = st.button(f"**{name}**", key=f"door_{page}", icon=f":material/{icon}:", type="tertiary")
        st.caption(says)
    if go:
        if before := FIRST.get(page):
            before()
        now.turn_to(page)
open_file.open_button()
