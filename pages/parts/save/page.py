"""A run as one HTML file: the player, its style and the record, all inside; it opens by double click, offline."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from string import Template

from pages.components.packing import pack
from pages.components.player.record import OF_NUMBERS, moments_record, too_large
from pages.components.player.standalone import standalone_page, standalone_script, standalone_style
from w2v import Moments
from w2v.moments import Unit

VIEWS: Mapping[Unit, Sequence[str]] = {
    "update": ("text", "map", "bars", "loss", "traces", "ripple", "vectors", "transport"),
    "pass": ("map", "bars", "loss", "transport"),
}
SEES: Mapping[Unit, str] = {
    "update": "A model reads a text one update at a time: each dot is a word that learning moves, each bar a "
    "probability that grows towards its outline, which is what the text says.",
    "pass": "A model learns from a whole text, from all of its pairs of words at every pass: each dot is a word that "
    "learning moves, each bar a probability that grows towards its outline, which is what the text says.",
}


def standalone_html(run: Moments, title: str, t: int, word: int | None, level: str = "algebra") -> bytes:
    """Return the player with a whole run as one self-contained HTML file, UTF-8.

    title : shown on top and as the title of the window, as plain text
    t     : moment it opens at, 0 .. n_moments - 1; at 0 it plays by itself (not where motion is unwelcome)
    word  : id of the word that is selected first, or None
    level : how much it shows, as on all pages

    The page can reach nothing: its Content-Security-Policy forbids every request and every script but its own,
    which is named by its hash. All that comes from a text (words, title) lies in the record, in base64, and
    reaches the page as text only. Raises ValueError in one sentence when the model is too large for a browser.
    """
    if too_large(run):
        raise ValueError(
            "This model has too many numbers for one page: choose fewer dimensions or a larger minimum count."
        )
    header, arrays = moments_record(run)
    where = {
        "id": run.name,
        "views": [view for view in VIEWS[run.unit] if level != "words" or view not in OF_NUMBERS],
        "level": level,
        "title": title,
        "t": min(max(t, 0), run.n_moments - 1),
        "word": word,
        "pinned": word is not None,
        "command": 0,
        "autoplay": t <= 0,
    }
    script = _inside("script", standalone_script())
    sheet = _inside("style", standalone_style())
    page = Template(standalone_page()).substitute(
        policy=_policy(script, sheet),
        sees=SEES[run.unit],
        unit=run.unit,
        style=sheet,
        record=base64.b64encode(pack({**header, **where}, arrays)).decode("ascii"),
        script=script,
    )
    return page.encode()


def _policy(script: str, sheet: str) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(sheet)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _inside(element: str, text: str) -> str:
    """Return a text that an element of this name can hold: our own code, which must not seem to end it."""
    if f"</{element}" in text.lower() or "<!--" in text:
        raise RuntimeError(f"The player's code would end its own {element} element.")
    return text
