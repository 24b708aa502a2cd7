"""What every component has in common: its code, its style sheet, and how Streamlit is asked to show it.

The code of all of them is sent once for a tab of the browser, by `send_code`, which the frame of a page calls.
"""

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components.joining import joined_library, joined_mount, lean

_PAGES = Path(__file__).parents[1]
LIBRARY = Path(__file__).parent / "kit" / "library.js"


class Component:
    """A component of Streamlit's, registered once, when it is made.

    entry : the JavaScript that exports what Streamlit mounts; the library has it
    style : its style sheets, one after the other
    """

    def __init__(self, name: str, entry: Path, *sheets: Path) -> None:
        self.entry = entry
        self.style = lean("".join([sheet.read_text(encoding="utf-8") for sheet in sheets]))
        self._mount = st.components.v2.component(name, js=joined_mount(_name(entry), LIBRARY), css=self.style or None)

    def show(self, data: Any, *, key: str, reports: str | None = None, unseen: bool = False) -> Any:
        """Send it its data, and return what it reports: None until it has.

        reports : the name under which it does, for `setStateValue` in JavaScript; None for one that reports nothing
        unseen  : whether it shows nothing; then it takes no room, not even while its script is on its way, when
                  Streamlit draws a grey bar in its place
        """
        callbacks: dict[str, Any] = {} if reports is None else {f"on_{reports}_change": lambda: None}
        with _unseen(key) if unseen else nullcontext():
            result = self._mount(key=key, data=data, **callbacks)
        return None if reports is None else getattr(result, reports)


def send_code() -> None:
    """Send the code of all components. Call it on every run of the script: what the browser has, it is not sent again.

    It is the same for every page and every text, so that of the second run on Streamlit sends its name alone.
    """
    with _unseen("code"):
        _code()(key="code")


@cache
def _code() -> Any:
    return st.components.v2.component("w2v_code", js=code())


def code() -> str:
    """Return the code of all components: of every module that exports something by default."""
    entries = [file for file in sorted(_PAGES.rglob("*.js")) if "\nexport default " in file.read_text(encoding="utf-8")]
    return joined_library({_name(file): file for file in entries}, LIBRARY)


def _name(entry: Path) -> str:
    """What the library calls the code of a component."""
    return entry.resolve().relative_to(_PAGES.resolve()).as_posix()


def _unseen(key: str) -> AbstractContextManager[Any]:
    return st.container(key=f"unseen_{key}", height=1, border=False)
