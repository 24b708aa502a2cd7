"""What a page covers while a question is open: whatever gives its answer away."""

import streamlit as st

from pages.session import guiding

COMES_LATER = "This comes after your answer."


def is_covered(*names: str) -> bool:
    """Say whether something is covered that gives the answer away; any of it where no name is given."""
    return any(name in names or not names for name in guiding.covered())


def covered(*names: str) -> bool:
    """The same, and say in its place when it comes."""
    if is_covered(*names):
        st.text(COMES_LATER)
        return True
    return False
