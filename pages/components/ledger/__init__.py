"""The ledger of one update: the whole calculation as cards from left to right, over one row for each output vector.

Python sends what the model recorded, once for each update at rest; the browser draws it, step by step if wanted.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.components import messages
from pages.components.ledger.record import update_record
from pages.components.register import joined_modules
from w2v import Run, Step

LEVELS = ("words", "numbers", "algebra")

_HERE = Path(__file__).parent


def script() -> str:
    """Return the view's modules as one."""
    return joined_modules(_HERE / "entry.js")


def style() -> str:
    """Return the view's style sheet."""
    return (_HERE / "ledger.css").read_text(encoding="utf-8")


_VIEW = st.components.v2.component("w2v_update", js=script(), css=style())


def update_view(run: Run, step: Step, number: int, *, level: str, key: str) -> str:
    """Show the ledger of one example of an update and return the level that is chosen in it.

    number : which of the step's examples, from 0
    level  : the level to begin with: "words", "numbers" or "algebra"
    """
    result = _VIEW(key=key, data=update_record(run, step, number, level), on_chosen_change=lambda: None)
    return chosen_level(result.chosen, level)


def chosen_level(value: Any, level: str) -> str:
    """Return the level that the browser reported; what is none of the levels changes nothing."""
    return messages.level(value, LEVELS) or level
