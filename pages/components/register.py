"""What every component has in common: its modules joined, its style sheet, and how Streamlit is asked to show it."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components.joining import joined_modules, lean


class Component:
    """A component of Streamlit's, registered once, when it is made.

    script : its JavaScript, joined from the modules that its entry imports
    style  : its style sheets, one after the other
    """

    def __init__(self, name: str, entry: Path, *sheets: Path) -> None:
        self.script = joined_modules(entry)
        self.style = lean("".join([sheet.read_text(encoding="utf-8") for sheet in sheets]))
        self._mount = st.components.v2.component(name, js=self.script, css=self.style or None)

    def show(self, data: Any, *, key: str, reports: str | None = None, unseen: bool = False) -> Any:
        """Send it its data, and return what it reports: None until it has.

        reports : the name under which it does, for `setStateValue` in JavaScript; None for one that reports nothing
        unseen  : whether it shows nothing; then it takes no room, not even while its script is on its way, when
                  Streamlit draws a grey bar in its place
        """
        callbacks: dict[str, Any] = {} if reports is None else {f"on_{reports}_change": lambda: None}
        place = st.container(key=f"unseen_{key}", height=1, border=False) if unseen else nullcontext()
        with place:
            result = self._mount(key=key, data=data, **callbacks)
        return None if reports is None else getattr(result, reports)
