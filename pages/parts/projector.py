"""Projector size: everything 1.35 times as large, pictures too, on every page of this visit."""

from pathlib import Path

import streamlit as st

from pages.parts import state

_SIZE = st.components.v2.component("w2v_size", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))
_KEY = "projector"


def switch() -> None:
    """The switch itself."""
    st.toggle("Projector size", key=_KEY, persist_state="session", help="Everything 1.35 times as large.")


def apply() -> None:
    """Make this page as large as the switch says. Nothing is sent to those who never touched it."""
    large = state.value(_KEY)
    if large is not None:
        _SIZE(key="size", data={"large": bool(large)})
