"""The player's JavaScript and CSS as two texts: for the component in the app, and for the page that stands alone."""

from pathlib import Path

from pages.parts.modules import joined_modules

OBJECTIVES = tuple(  # each objective before the table of all; other components use them, too
    f"objectives/{name}" for name in ("objective", "logistic", "softmax", "negative", "hierarchical", "objectives")
)

_HERE = Path(__file__).parent
_MODULES = (  # each after those that it imports
    "dom",
    "format",
    "theme",
    *OBJECTIVES,
    "record",
    "replay",
    "ripple",
    "samples",
    "stop",
    "effect",
    "labels",
    "map",
    "search",
    "bars",
    "timeline",
    "loss",
    "traces",
    "ripple_view",
    "status",
    "vectors",
    "text",
    "side",
    "stop_control",
    "transport",
    "player",
)
_ENTRY = "export default function ("


def script() -> str:
    """The player's modules as one."""
    return joined_modules([f"player/{name}.js" for name in _MODULES])


def standalone_script() -> str:
    """The same, then the lines that mount the player in a page of its own instead of in the app."""
    joined = script()
    if joined.count(_ENTRY) != 1:
        raise RuntimeError(f"The player must have one entry, {_ENTRY!r}.")
    mounting = joined_modules(["player/standalone.js"])
    return f"{joined.replace(_ENTRY, 'function mountPlayer(')}\n{mounting}"


def style() -> str:
    """The player's style sheet."""
    return (_HERE / "player.css").read_text(encoding="utf-8")
