"""The picture of a part of Words, in its place."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components import word_pictures
from pages.parts.shared import frame


def place() -> "st.delta_generator.DeltaGenerator":
    """Return where the picture of a part stands; it is all that a presentation shows of the part."""
    return frame.placeholder("words")


def show(record: Mapping[str, Any]) -> None:
    """Show a picture where room is kept for one."""
    with place():
        word_pictures.show(record)


def instead(sentence: str) -> None:
    """Say in the same place why there is no picture."""
    with place():
        st.text(sentence)
