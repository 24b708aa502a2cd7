"""Work of some seconds, in turns with other visitors: with a bar, a Stop that keeps what is there, and a way on."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from pages.session import gate, memory
from pages.session.bar import Bar
from pages.session.gate import GATE

Made = TypeVar("Made")
Said = TypeVar("Said")

KEPT = 2  # pieces of work that were begun and are not done


@dataclass
class _Begun:
    """Work that was begun: what it said last, and whether it was stopped."""

    work: Generator[Any, None, Any]
    said: Any = None
    stopped: bool = False


def made_in_turns(
    name: str,
    size: int,
    key: Any,
    begin: Callable[[], Generator[Said, None, Made]],
    say: Callable[[Any], tuple[float, str]],
) -> tuple[Made | None, Said | None]:
    """Return what was made for `key`, working on it now if needed, and None; or, where it was stopped, what it said.

    name, size : of the list in which it is kept, see `memory.keep`
    begin      : begins the work, which comes in slices
    say        : says of what the work yields how far it is, from 0 to 1, and a sentence

    A click elsewhere interrupts the script, not the work: the next run goes on where this one was.
    """
    made, mine = memory.kept(name), (name, key)
    bar, row = Bar("Stop", f"stop_{name}", lambda: _change(mine, stopped=True)), st.empty()
    if key not in made:
        begun: _Begun = memory.keep("begun", KEPT, mine, lambda _: _Begun(begin()))
        while not begun.stopped and key not in made:  # another script of this session may make it meanwhile
            said, done = GATE.go_on(begun.work, gate.SLICE_SECONDS)
            begun.said = begun.said if said is None else said
            if done is not None:
                memory.kept("begun").pop(mine, None)
                memory.keep(name, size, key, partial(_take, done))
            elif key not in made:
                bar.show(*say(begun.said))
        bar.take_away()
        if begun.stopped:
            row.button("Go on", key=f"go_on_{name}", on_click=lambda: _change(mine, stopped=False))
            return None, begun.said
    made.move_to_end(key)
    return made[key], None


def _take(done: Made, _: object) -> Made:
    return done


def _change(mine: tuple[str, Any], stopped: bool) -> None:
    begun = memory.kept("begun").get(mine)
    if begun is not None:
        begun.stopped = stopped
