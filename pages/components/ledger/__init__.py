"""The ledger of one update: the whole calculation as cards from left to right, over one row for each output vector.

Python sends what the model recorded, once for each update at rest; the browser draws it, step by step if wanted.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from pages.components import messages
from pages.components.ledger.record import CARDS, update_record
from pages.components.register import Component
from w2v import Run, Step

_HERE = Path(__file__).parent
VIEW = Component("w2v_update", _HERE / "mount.js", _HERE / "ledger.css")


def update_view(
    run: Run, step: Step, number: int, *, level: str, levels: Collection[str], key: str, last: int = CARDS
) -> str:
    """Show the ledger of one example of an update and return the level that is chosen in it.

    number : which of the step's examples, from 0
    level  : the level to begin with;  levels : all that there are;  last : the last card that is shown
    """
    record = update_record(run, step, number, level, last)
    return chosen_level(VIEW.show(record, key=key, reports="chosen"), level, levels)


def chosen_level(value: Any, level: str, levels: Collection[str]) -> str:
    """Return the level that the browser reported; what is none of the levels changes nothing."""
    return messages.level(value, levels) or level
