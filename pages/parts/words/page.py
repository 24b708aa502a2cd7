"""What is on Words: one part at a time, of the selected word at the present moment, or of vectors that were opened."""

import streamlit as st

from pages.parts.shared import parts, watch
from pages.parts.shared.parts import Part
from pages.parts.words import company, subject
from pages.parts.words.subject import Subject
from pages.parts.words.word_box import missing, word_box
from pages.session import now
from pages.session.opening import close_vectors, opened_vectors
from w2v import Moments

PARTS: tuple[Part[Subject], ...] = (
    Part("company", "Company", "What stands near a word, and what could stand in its place.", company.show),
)


def show(moments: Moments) -> None:
    """The whole page below its heading. To be run as a fragment: again whenever the player comes to rest."""
    vectors = opened_vectors()
    if vectors is None:
        watch.follow_player(moments, watch.reported("words"))  # before anything is drawn
        about = subject.of_moment(moments, now.moment(moments), now.word_id(moments))
    else:
        about = subject.of_opened(vectors)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        part = parts.choice(PARTS, "words_part")
        word_box(about)
    missing(about)
    if vectors is None:
        watch.show(moments, "words", ("transport",))
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text("These are the vectors that you opened on Map: they have no past, and no text behind them.")
            st.button("Close these vectors", icon=":material/close:", on_click=close_vectors)
    parts.heading(part)
    part.show(about)
