"""What the tab of the browser keeps over a reload: a text of one's own that is too long for the address, one that was
refused and stands in the box, the name of its file.

It stays in the browser's own storage for this tab, until the tab is closed or another text takes its place, and goes
nowhere else. What comes back from there is read like the text of a link.
"""

from collections.abc import Mapping
from pathlib import Path

from pages.components import messages
from pages.components.register import Component
from pages.session import coming, memory, now, reload

_TAB = Component("w2v_tab", Path(__file__).with_suffix(".js"))


def keep_text() -> bool:
    """Let the tab keep what the address cannot, or take it back; say whether the present text is still awaited.

    Call it on every run before the page is drawn.
    """
    awaiting = now.is_awaiting_text()
    data = {"wanted": awaiting, "keep": None if awaiting else _to_send(), "taken": reload.is_taken_back()}
    answer = messages.kept(_TAB.show(data, key="tab", reports="kept", unseen=True))
    if answer is not None:
        if awaiting and answer.text is not None:
            coming.take_kept_text(answer.text)
        reload.take_back(answer.draft, answer.file)
    return now.is_awaiting_text()


def _to_send() -> Mapping[str, str | None] | None:
    """Return what to keep, or None when the browser has it by now."""
    wanted = reload.to_keep()
    if not any(wanted.values()):
        memory.remember(sent=None)
        return wanted
    key = hash(tuple(wanted.values()))
    if key != memory.last_sent("sent"):
        memory.begin_to_send("sent", key)
    return wanted if memory.is_to_send("sent", key) else None
