"""What a page says of vectors that the app was given at its start, until they are there."""

import streamlit as st

from pages.drawing.words import shown, visible
from pages.session.given import given

EVERY = 1.0  # seconds between two looks


def wait() -> None:
    """Say that they are being read, or why they were not opened; show the page anew when they are there.

    Call it on every run, outside a fragment.
    """
    with st.container():  # there in any case: what follows keeps its number
        found = given()
        if found is not None and found.is_being_read:
            _wait()
        elif found is not None and found.problem:
            st.text(visible(found.problem))


@st.fragment(run_every=EVERY)
def _wait() -> None:
    found = given()
    if found is None or not found.is_being_read:
        st.rerun()  # the whole page: it was drawn without them
    st.text(f"{shown(found.name)} is being read, and opens here when it is there. {found.memory}")
