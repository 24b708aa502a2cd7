"""The player: one component in the browser that animates a run, steps through it and goes back in time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.components.register import Component

_HERE = Path(__file__).parent

_SHEETS = ("player.css", "why.css", "narrow.css", "framed.css")
PLAYER = Component("w2v_player", _HERE / "mount.js", *[_HERE / name for name in _SHEETS])
_LAYOUT = Component("w2v_layout", _HERE / "layout_message.js")
_CARD = Component("w2v_card", _HERE / "card_message.js")


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


def send_card(card: Mapping[str, Any], *, key: str) -> None:
    """Send the players of a run the card of a word.

    card : {"run": name of the run, "t": the moment, "at": that in words, "word": id, "words": {id: word} of all in it,
           "alike": [[id, cosine], ...], "company": [[id, what the model says, what the text says], ...],
           "shared": ids of neighbors shared with the first of "alike", "never": whether the two never meet}
    """
    _CARD.show(dict(card), key=key)
