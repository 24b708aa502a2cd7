"""The player for a page that stands alone, instead of the app: its JavaScript, its CSS, and the page around it."""

from pathlib import Path

from pages.components.joining import joined_modules
from pages.components.player import PLAYER

_HERE = Path(__file__).parent


def standalone_script() -> str:
    """The same modules as in the app, but for the entry."""
    return joined_modules(_HERE / "standalone.js")


def standalone_page() -> str:
    """The page, with places for $policy, $style, $sees, $unit, $record and $script."""
    return (_HERE / "standalone.html").read_text(encoding="utf-8")


def standalone_style() -> str:
    """The style sheet of the app, and what a page of its own needs besides."""
    return PLAYER.style + (_HERE / "standalone.css").read_text(encoding="utf-8")
