"""What every component has in common: its code, its style sheet, and how Streamlit is asked to show it.

The code of those in this folder is sent once for a tab of the browser, by `send_code`, which the frame of a page
calls. The few lines of others, the frame's own among them, come with their data and wait for nothing.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components.joining import joined_modules, lean

_HERE = Path(__file__).resolve().parent
_EACH = joined_modules(_HERE / "library" / "each.js")


class Component:
    """A component of Streamlit's, registered once, when it is made.

    entry : the JavaScript that exports what Streamlit mounts; of one in this folder, library/all.js says what that is
    style : its style sheets, one after the other
    """

    def __init__(self, name: str, entry: Path, *sheets: Path) -> None:
        self.entry = entry.resolve()
        self.style = lean("".join([sheet.read_text(encoding="utf-8") for sheet in sheets]))
        script = _EACH if _HERE in self.entry.parents else joined_modules(entry)
        self._mount = st.components.v2.component(name, js=script, css=self.style or None)

    def show(
        self,
        data: Any,
        *,
        key: str,
        reports: str | None = None,
        brings: Mapping[str, Callable[[], None]] | None = None,
        unseen: bool = False,
    ) -> Any:
        """Send it its data, and return what it reports: None until it has.

        reports : the name under which it does, for `setStateValue` in JavaScript; None for one that reports nothing
        brings  : what is called before the page when it brings something, once, with `setTriggerValue` of this name
        unseen  : whether it shows nothing; then it takes no room, not even while its script is on its way, when
                  Streamlit draws a grey bar in its place
        """
        callbacks: dict[str, Any] = {} if reports is None else {f"on_{reports}_change": lambda: None}
        callbacks |= {f"on_{name}_change": taken for name, taken in (brings or {}).items()}
        with unseen_place(key) if unseen else nullcontext():
            result = self._mount(key=key, data=data, **callbacks)
        return None if reports is None else getattr(result, reports)


def send_code() -> None:
    """Send the code of the components. Call it on every run of the script, in an `unseen_place`.

    It is the same for every page and every text, so that from the second run on Streamlit sends its name alone.
    """
    _code()(key="code")


@cache
def _code() -> Any:
    return st.components.v2.component("w2v_code", js=joined_modules(_HERE / "library" / "all.js"))


def unseen_place(key: str) -> AbstractContextManager[Any]:
    """A place that takes no room, for what shows nothing."""
    return st.container(key=f"unseen_{key}", height=1, border=False)
