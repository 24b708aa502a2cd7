"""The pictures of Words: what stands near a word, places and lengths over the time of a training, a table, axes.

Python sends a small record of plain numbers for the moment at rest, and words as data; the browser draws it in place,
so that nothing flashes when the clock goes on. A click on a word selects it, one on a moment goes there.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.components import messages
from pages.components.messages import Place
from pages.components.register import Component

_HERE = Path(__file__).parent
KEY = "words_picture"
VIEW = Component("w2v_word_pictures", _HERE / "view.js", _HERE / "view.css")


def show(record: Mapping[str, Any]) -> None:
    """Show one picture.

    record : `kind`, one of those in view.js, and what that needs; `name` of the vectors and `t`, their moment, which it
             reports with what is clicked; `said`, the picture in one sentence
    """
    VIEW.show(dict(record), key=KEY, reports="picked")


def picked(report: Any, name: str, n_moments: int, n_words: int) -> Place | None:
    """Return where a click leads, its `command` counting the clicks; None if none was made in a picture of these.

    report : what Streamlit holds under `KEY`
    """
    said = report.get("picked") if isinstance(report, Mapping) else None
    return messages.place(said, name, n_moments - 1, n_words)
