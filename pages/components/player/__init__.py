"""The player: one component in the browser that animates a run, steps through it and goes back in time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components.player.script import script, style

_HERE = Path(__file__).parent

_PLAYER = st.components.v2.component("w2v_player", js=script(), css=style())


def player(record: bytes, *, key: str) -> Any:
    """Show the player and return what it reports, for `messages.place` to read; None before it has rested once.

    record : from `record.pack`
    """
    return _PLAYER(key=key, data=record, on_moment_change=lambda: None).moment


_LAYOUT = st.components.v2.component("w2v_layout", js=(_HERE / "layout_message.js").read_text(encoding="utf-8"))


def send(run: str, layout: Mapping[str, Any] | None, *, key: str) -> None:
    """Send the players of a run another picture of its words, or None to go back to their own.

    layout : {"label": str, "words": ids, "points": [[x, y], ...]}
    """
    _LAYOUT(key=key, data={"run": run, "layout": layout})


_CARD = st.components.v2.component("w2v_card", js=(_HERE / "card_message.js").read_text(encoding="utf-8"))


def send_card(card: Mapping[str, Any], *, key: str) -> None:
    """Send the players of a run the card of a word.

    card : {"run": name of the run, "t": the moment, "at": that in words, "word": id, "words": {id: word} of all in it,
           "alike": [[id, cosine], ...], "company": [[id, what the model says, what the text says], ...],
           "shared": ids of neighbors shared with the first of "alike", "never": whether the two never meet}
    """
    _CARD(key=key, data=dict(card))
