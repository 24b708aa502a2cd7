"""The player: one component in the browser that animates a run, steps through it and goes back in time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.components.register import Component

_HERE = Path(__file__).parent

PLAYER = Component("w2v_player", _HERE / "entry.js", _HERE / "player.css")
_LAYOUT = Component("w2v_layout", _HERE / "layout_message.js")


def player(record: bytes, *, key: str) -> Any:
    """Show the player and return what it reports, for `messages.place` to read; None before it has rested once.

    record : from `record.pack`
    """
    return PLAYER.show(record, key=key, reports="moment")


def send(run: str, layout: Mapping[str, Any] | None, *, key: str) -> None:
    """Send the players of a run another picture of its words, or None to go back to their own.

    layout : {"label": str, "words": ids, "points": [[x, y], ...]}
    """
    _LAYOUT.show({"run": run, "layout": layout}, key=key)
