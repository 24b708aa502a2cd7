"""What the tab of the browser keeps over a reload: a text of one's own that is too long for the address, one that was
refused and stands in the box, the name of its file; and how far one has come in lessons.

It stays in the browser's own storage for this tab, until the tab is closed or something else takes its place, and goes
nowhere else. What comes back from there is read like a link.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.components import messages
from pages.components.register import Component
from pages.session import coming, memory, now, reload

_TAB = Component("w2v_tab", Path(__file__).with_suffix(".js"))


def kept_lessons() -> str | None:
    """Return what the tab kept of lessons before it was loaded again, in the run that brings it; None in all others."""
    answer = _answer()
    return None if answer is None else answer.lessons


def _answer() -> messages.Kept | None:
    """Return what the tab says, in the run that brings it; None in all others."""
    said = memory.widget_value("tab")
    return messages.kept(said.get("kept")) if isinstance(said, Mapping) else None


def keep(lessons: str | None) -> bool:
    """Let the tab keep what the address cannot, or take it back; say whether the present text is still awaited.

    Call it on every run before the page is drawn.

    lessons : how far one has come in them, packed; None where one has not begun
    """
    awaiting = now.is_awaiting_text()
    names, texts = (None, {}) if awaiting else _by_name(reload.to_keep())
    data = {
        "wanted": awaiting,
        "keep": names,
        "texts": texts,
        "taken": reload.is_taken_back(),
        "visit": _visit(),
        "lessons": _to_send("sent_lessons", lessons),
    }
    answer = messages.kept(_TAB.show(data, key="tab", reports="kept", unseen=True))
    if answer is not None:
        if awaiting and answer.text is not None:
            coming.take_kept_text(answer.text)
        reload.take_back(answer.draft, answer.file)
    return now.is_awaiting_text()


def _visit() -> str:
    """Return a name of this visit: in another one, after a reload or with a server that was started anew, the tab says
    again what it kept of lessons.
    """
    if memory.recall("visit") is None:
        memory.remember(visit=secrets.token_hex(8))
    return str(memory.recall("visit"))


def _by_name(wanted: Mapping[str, str | None]) -> tuple[Mapping[str, str | None], Mapping[str, str]]:
    """Return what to keep, with a name in place of each text, and the texts that the browser was not sent yet.

    So a book is sent once, when it comes into the box, and not again with the press that has it trained. A tab that was
    not reached, for the run was broken off, says that it does not know the name.
    """
    answer = _answer()
    before: frozenset[str] = frozenset() if answer and answer.unknown else memory.recall("sent") or frozenset()
    names = {place: text and str(hash(text)) for place, text in wanted.items() if place != "file"}
    texts = {name: text for place, name in names.items() if name and (text := wanted[place])}
    memory.remember(sent=frozenset(texts))
    return {**wanted, **names}, {name: text for name, text in texts.items() if name not in before}


def _to_send(name: str, what: Any) -> Any:
    """Return this as long as it goes with every run, then None: the browser has it by now."""
    key = hash(what)
    if key != memory.last_sent(name):
        memory.begin_to_send(name, key)
    return what if memory.is_to_send(name, key) else None
