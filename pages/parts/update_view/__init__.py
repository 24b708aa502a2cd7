"""The ledger of one update: the whole calculation as cards from left to right, over one row for each output vector.

Python sends what the model recorded, once for each update at rest; the browser draws it, step by step if wanted.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts import messages
from pages.parts.modules import joined_modules
from pages.parts.player.script import OBJECTIVES
from pages.parts.update_view.record import update_record
from w2v import Run, Step

LEVELS = ("words", "numbers", "algebra")

_HERE = Path(__file__).parent
_FILES = (  # each after those that it imports
    "player/theme.js",
    "player/format.js",
    "player/dom.js",
    *(f"player/{name}.js" for name in OBJECTIVES),
    "update_view/update.js",
    "update_view/strips.js",
    "update_view/cards.js",
    "update_view/cells.js",
    "update_view/equations.js",
    "update_view/stack.js",
    "update_view/lookup.js",
    "update_view/rows.js",
    "update_view/steps.js",
    "update_view/ledger.js",
)


def script() -> str:
    """Return the view's modules as one."""
    return joined_modules(_FILES)


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
