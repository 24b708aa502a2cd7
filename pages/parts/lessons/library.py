"""All lessons: the shipped ones in their order, and those that a visitor opened from a file."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pages.parts.lessons.lesson import Lesson, read_lesson
from pages.session import memory, own_text
from w2v import Config

SHIPPED = ("company", "guessing", "update", "floor", "maps", "cheap")  # files, in the order in which they are taught
OWN = "own-"  # before the name of a lesson that is taken with the learner's own text
OPENED = "file"  # begins the names of lessons that came from files
MADE = "made_lesson"  # the name of the lesson that is made in this tab
MOST_OPENED = 6  # besides that one


@cache
def shipped() -> Mapping[str, Lesson]:
    """Return the shipped lessons by name, in their order."""
    folder = Path(__file__).parent / "shipped"
    return {name: read_lesson((folder / f"{name}.toml").read_bytes()) for name in SHIPPED}


def opened() -> Mapping[str, Lesson]:
    """Return the lessons that this visitor opened, by name."""
    found: Mapping[str, Lesson] = memory.recall("opened_lessons") or {}
    return found


def open_lesson(lesson: Lesson) -> str:
    """Keep a lesson that came from a file in this tab, and return its name; one that is there keeps its own."""
    there = opened()
    name = _name_in(there, lesson)
    if name is None:
        name = _free_name(there)
        _keep({**there, name: lesson})
    return name


def _name_in(there: Mapping[str, Lesson], lesson: Lesson) -> str | None:
    return next((name for name, other in there.items() if other == lesson), None)


def _free_name(there: Iterable[str]) -> str:
    numbers = [int(name.removeprefix(OPENED)) for name in there if name.startswith(OPENED)]
    return f"{OPENED}{max(numbers, default=0) + 1}"


def _keep(lessons: Mapping[str, Lesson]) -> None:
    """Keep these, of those from files the last: the one that is made here never makes way."""
    files = [name for name in lessons if name != MADE]
    gone = files[: max(0, len(files) - MOST_OPENED)]
    memory.remember(opened_lessons={name: lesson for name, lesson in lessons.items() if name not in gone})


def replace_opened(name: str, lesson: Lesson | None) -> None:
    """Put a lesson in the place of one that was opened, or made here; None takes it away."""
    others = {other: one for other, one in opened().items() if other != name}
    _keep(others if lesson is None else {**others, name: lesson})


def is_name(name: str) -> bool:
    """Say whether a lesson that was opened or made can be called so."""
    return name == MADE or re.fullmatch(rf"{OPENED}[0-9]{{1,9}}", name) is not None


def bring_back(lessons: Mapping[str, Lesson]) -> Mapping[str, str]:
    """Keep lessons from before beside those that are there, which stay what they are called.

    lessons : by the names that they had.  Returns what each is called now, by that name
    """
    there, names = opened(), {}
    older: dict[str, Lesson] = {}
    for name, lesson in lessons.items():
        names[name] = _name_in(there, lesson) or (
            name if name not in there else _free_name({**there, **lessons, **older})
        )
        if names[name] not in there:
            older[names[name]] = lesson
    _keep({**older, **there})
    return names


def found(name: str) -> tuple[Lesson, Config | None] | None:
    """Return the lesson of this name, and what is trained of the learner's own text if it is taken with that."""
    lesson = {**shipped(), **opened()}.get(name.removeprefix(OWN))
    if lesson is None:
        return None
    return lesson, own_text.own_config() if name.startswith(OWN) else None


def after(name: str) -> str | None:
    """Return the name of the lesson that follows a shipped one; None after the last."""
    names, own = list(shipped()), OWN if name.startswith(OWN) else ""
    bare = name.removeprefix(OWN)
    place = names.index(bare) + 1 if bare in names else len(names)
    return f"{own}{names[place]}" if place < len(names) else None
