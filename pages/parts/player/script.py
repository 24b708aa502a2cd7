"""The player's JavaScript and CSS as two texts: for the component in the app, and for the page that stands alone."""

from pathlib import Path

_HERE = Path(__file__).parent
_MODULES = (
    "dom",
    "format",
    "theme",
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
    """Join the modules into one: each is a plain ES module whose imports and exports fall away."""
    parts = []
    for name in _MODULES:
        lines = (_HERE / f"{name}.js").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("import ")]
        if name != _MODULES[-1]:
            kept = [line.removeprefix("export ") for line in kept]
        parts.append("\n".join(kept))
    return "\n".join(parts)


def standalone_script() -> str:
    """The same, then the lines that mount the player in a page of its own instead of in the app."""
    joined = script()
    if joined.count(_ENTRY) != 1:
        raise RuntimeError(f"The player must have one entry, {_ENTRY!r}.")
    mounting = (_HERE / "standalone.js").read_text(encoding="utf-8")
    return f"{joined.replace(_ENTRY, 'function mountPlayer(')}\n{mounting}"


def style() -> str:
    """The player's style sheet."""
    return (_HERE / "player.css").read_text(encoding="utf-8")
