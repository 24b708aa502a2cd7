"""The player's JavaScript and CSS as texts: for the component in the app, and for the page that stands alone."""

from pathlib import Path

from pages.components.register import joined_modules

_HERE = Path(__file__).parent


def script() -> str:
    """The player's modules as one."""
    return joined_modules(_HERE / "entry.js")


def standalone_script() -> str:
    """The same for a page of its own instead of the app."""
    return joined_modules(_HERE / "standalone.js")


def standalone_page() -> str:
    """The page around it, with places for $policy, $style, $record and $script."""
    return (_HERE / "standalone.html").read_text(encoding="utf-8")


def style() -> str:
    """The player's style sheet."""
    return "".join([(_HERE / name).read_text(encoding="utf-8") for name in ("player.css", "why.css")])


def standalone_style() -> str:
    """The same for a page of its own."""
    return style() + (_HERE / "standalone.css").read_text(encoding="utf-8")
