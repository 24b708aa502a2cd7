"""A guess of P(. | c) in bars: dragged by mouse, finger or keys, and then judged beside the bars of the model.

Python sends a small record in plain text; the browser keeps all bars together at 100 % while they are dragged, and
reports their shares when one comes to rest. All else is computed from these in Python.

    {"id", "command", "title", "names", "shares", "least", "pool", "compact", "rules", "judged", "figures", "readout"}

See GuessRecord in globals.d.ts for what each is.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.components import messages
from pages.components.register import Component

_HERE = Path(__file__).parent
VIEW = Component("w2v_guess", _HERE / "view.js", _HERE / "view.css")


def guess_view(record: Mapping[str, Any], *, key: str) -> None:
    """Show the bars of a record."""
    VIEW.show(dict(record), key=key, reports="shares")


def shares_in(report: Any, name: str, n_bars: int, command: int = 0) -> tuple[float, ...] | None:
    """Return the shares of the bars where they were left; None where nobody has moved one since this command.

    report : what Streamlit holds under the key;  name, command : `id` and `command` of the record
    """
    said = report.get("shares") if isinstance(report, Mapping) else None
    return messages.shares(said, name, n_bars, command)
