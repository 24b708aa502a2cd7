"""Teach: prepared states of the app, each against one thing that learners often believe."""

import streamlit as st

from pages.parts.guides.questions import NINE, QUESTIONS, Question
from pages.parts.shared import frame, strip
from pages.parts.teach import handouts
from pages.session import guiding

strip.heading_with_way_back(
    "teach",
    "Teach with this",
    "Nine things that many learners believe, and the picture that answers each.",
    "Press Show it: the question stays on top until the class has committed.",
)
strip.trouble()


def card(number: int, shown: Question) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        strip.part(f"{number + 1}. \u201c{shown.belief}\u201d")
        st.markdown(shown.says)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):  # on one line at 1024 too
            st.button(
                f"Show it ({number + 1})",
                key=f"show_{number}",
                on_click=guiding.begin,
                args=(NINE, number),
            )
            with st.popover("What to point at", type="tertiary"):
                st.markdown(shown.look)


for row in range(0, len(QUESTIONS), 3):
    for place, column in enumerate(st.columns(3)):
        with column:
            card(row + place, QUESTIONS[row + place])

with st.container(border=True, gap="small"):
    st.markdown(
        "**In the lecture hall.** F11 fills the screen. P leaves the picture, the question and Play alone on it, and P "
        "or Escape brings the rest back; a link with `present=true` opens like that, and one with `guide=teach-4` at "
        "the fourth question. Space plays and pauses, the arrow keys go one update, with Shift ten, Home and End to "
        "the ends."
    )
    frame.size_switch()
    st.markdown(
        "**For the students.** *Share*, on top of Training, Map and One update, makes a link that opens what you see. "
        "*Save* on Training makes one file that plays the run without internet."
    )

handouts.show_present()
