"""Nine things that many learners believe: each a card with its question for the class, and the way to its answer."""

import streamlit as st

from pages.parts.guides.questions import NINE, QUESTIONS, Question
from pages.parts.shared import frame, strip
from pages.session import allowed, guiding

A_ROW = 3


def show(_: None) -> None:
    """The nine cards, and how they are shown in a lecture hall."""
    for row in range(0, len(QUESTIONS), A_ROW):
        for place, column in enumerate(st.columns(A_ROW)):
            with column:
                _card(row + place, QUESTIONS[row + place])
    with st.container(border=True, gap="small"):
        st.markdown(
            "**In the lecture hall.** F11 fills the screen. P leaves the picture, the question and Play alone on it, "
            "and P or Escape brings the rest back; a link with `present=true` opens like that, and one with "
            "`guide=teach-4` at the fourth question. Space plays and pauses, the arrow keys go one update, with Shift "
            "ten, Home and End to the ends."
        )
        frame.size_switch()


def _card(number: int, shown: Question) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        strip.part(f"{number + 1}. \u201c{shown.belief}\u201d")
        st.markdown(shown.says)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):  # on one line at 1024 too
            button(number)
            with st.popover("What to point at", type="tertiary"):
                st.markdown(shown.look)


def button(number: int, place: str = "show") -> None:
    """The button that asks one of the questions, on the page that answers it."""
    st.button(
        f"Show it ({number + 1})",
        key=f"{place}_{number}",
        on_click=guiding.begin,
        args=(NINE, number),
        disabled=allowed.is_locked(),
    )
