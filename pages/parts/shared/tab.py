"""What the tab of the browser keeps over a reload: a text of one's own that is too long for the address.

It stays in the browser's own storage for this tab, until the tab is closed or another text takes its place, and goes
nowhere else. What comes back from there is read like the text of a link.
"""

import time
from pathlib import Path

from pages.components.register import Component
from pages.session import memory, now

SEND_SECONDS = 3.0  # how long a text is sent with every run: a run that is broken off may not have reached the browser
_TAB = Component("w2v_tab", Path(__file__).with_suffix(".js"))


def keep_text() -> bool:
    """Let the tab keep the present text, or give back the one that the address is about; say whether that is awaited.

    Call it on every run before the page is drawn.
    """
    awaiting = now.is_awaiting_text()
    data = {"wanted": awaiting, "keep": None if awaiting else _to_send()}
    answer = _TAB.show(data, key="tab", reports="text", unseen=True)
    if awaiting and isinstance(answer, str):
        now.take_kept_text(answer)
    return now.is_awaiting_text()


def _to_send() -> str | None:
    """Return the text to keep, "" for none, or None when the browser has it by now."""
    packed = now.text_for_tab()
    if not packed:
        memory.remember(sent=None)
        return ""
    key, since = memory.recall("sent") or (None, 0.0)
    if key != hash(packed):
        since = time.monotonic()
        memory.remember(sent=(hash(packed), since))
    return packed if time.monotonic() - since <= SEND_SECONDS else None
