"""Teach: prepared states of the app, each against one thing that learners often believe."""

import streamlit as st

from pages.parts.shared import frame, strip
from pages.parts.teach.demonstrations import DEMONSTRATIONS, Demonstration
from pages.session import choosing

strip.heading_with_way_back(
    "teach",
    "Teach with this",
    "Nine things that many learners believe, and the picture that answers each.",
    "Ask the question first, let the class commit, then press Show it.",
)
strip.trouble()


def card(number: int, shown: Demonstration) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown(f"**\u201c{shown.belief}\u201d**")
        st.markdown(shown.ask)
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Show it", key=f"show_{number}", icon=":material/play_arrow:"):
                choosing.show_prepared(shown.config(), shown.t, shown.word)
                st.switch_page(f"pages/screens/{shown.page}.py")
            with st.popover("What to point at"):
                st.markdown(shown.look)


for row in range(0, len(DEMONSTRATIONS), 3):
    for place, column in enumerate(st.columns(3)):
        with column:
            card(row + place, DEMONSTRATIONS[row + place])

with st.container(border=True, gap="small"):
    st.markdown(
        "**In the lecture hall.** F11 fills the screen. Space plays and pauses, the arrow keys go one update, with "
        "Shift ten, Home and End to the ends."
    )
    frame.size_switch()
    st.markdown(
        "**For the students.** *Share*, on top of Training, Map and One update, makes a link that opens what you see. "
        "*Save* on Training makes one file that plays the run without internet."
    )
