"""Widgets that the address speaks of too: what a link says is put into them, and what they hold is said by it."""

from collections.abc import Callable

from pages.session import memory, now


def follow(name: str, put: Callable[[str | None], None]) -> None:
    """Have what the address says put into widgets that are about to be shown, when it says anything new of them.

    name : one of `link.ASKED_MORE`;  put : is told what it says, None for nothing, as after Back of the browser
    """
    asked, before = now.asked_more(name), (memory.recall("told_address") or {}).get(name)
    if memory.came_back() or (asked is not None and asked != before):
        put(asked)


def tell(name: str, said: str | None) -> None:
    """Let the address say what these widgets hold, None for what they begin with. Call it when they are shown."""
    memory.remember(told_address={**(memory.recall("told_address") or {}), name: said})
    if said != now.asked_more(name):
        now.ask_more(**{name: said})
