"""Passages that were written like a text, side by side: each word with its probability and its places in the text.

Python sends a small record in plain text; the browser shows what is said of the word that is pointed at or focused.

    {"columns": [{"title", "by", "said", "first", "words": [{"word", "share", "says", "copied", "ends", "begins"}]}]}
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.components.register import Component

_HERE = Path(__file__).parent
VIEW = Component("w2v_passages", _HERE / "view.js", _HERE / "view.css")


def passages_view(record: Mapping[str, Any], *, key: str) -> None:
    """Show the passages of a record."""
    VIEW.show(record, key=key)
