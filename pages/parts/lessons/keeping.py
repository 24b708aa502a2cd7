"""What the tab of the browser keeps of lessons over a reload: those that were opened or made, and how far one has come.

What comes back from there may have been written by anybody. It is read like a link: within limits, each lesson like a
file, and of answers nothing but texts and numbers. What is not as it should be is left out; the rest comes back.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pages.parts.guides.parts import RINGED
from pages.parts.lessons import eight, library, progress, you_are_the_model
from pages.parts.lessons.lesson import MOST_BYTES, Lesson, read_lesson, written
from pages.parts.lessons.progress import Given, Progress
from pages.session import link, memory

LONGEST = 2_000  # characters of each text of an answer
MOST_STEPS = link.MOST_STEPS
MOST_NAMES = 100  # of lessons
LATEST = 1_000_000_000  # a moment


def to_keep() -> str | None:
    """Return what to keep, packed; None where no lesson was begun, opened or made."""
    opened, taken = library.opened(), progress.in_all()
    if not opened and not taken:
        return None
    before = memory.recall("kept_of_lessons")
    if before is None or before[:2] != (opened, taken):
        before = (opened, taken, _packed(opened, taken))
        memory.remember(kept_of_lessons=before)
    return str(before[2])


def take_back(kept: str | None) -> None:
    """Bring back what the tab kept, once in a visit, beside what came since. Call it before guides are asked for."""
    if kept is None or memory.recall("lessons_are_back"):
        return
    memory.remember(lessons_are_back=True)
    try:
        said = json.loads(link.unpacked(kept))
    except (ValueError, RecursionError):  # this is not what was kept
        return
    names = library.bring_back(dict(_lessons(_table(said, "lessons"))))
    progress.bring_back({names.get(name, name): one for name, one in _progress(_table(said, "progress"))})


def _packed(opened: Mapping[str, Lesson], taken: Mapping[str, Progress]) -> str:
    said = {
        "lessons": {name: written(lesson).decode() for name, lesson in opened.items()},
        "progress": {name: _told(one) for name, one in taken.items()},
    }
    return link.packed_quickly(json.dumps(said))


def _told(one: Progress) -> dict[str, Any]:
    given = {
        str(number): {name: getattr(answer, name) for name in Given.__slots__} for number, answer in one.given.items()
    }
    return {"reached": one.reached, "is_done": one.is_done, "given": given}


# --- reading it, from whoever wrote it ---------------------------------------------------------------------------


def _lessons(said: Mapping[str, Any]) -> Iterator[tuple[str, Lesson]]:
    for name, text in list(said.items())[: library.MOST_OPENED + 1]:
        if library.is_name(name) and isinstance(text, str) and len(text) <= MOST_BYTES:
            try:
                yield name, read_lesson(text.encode("utf-8", "replace"))
            except ValueError:
                continue


def _progress(said: Mapping[str, Any]) -> Iterator[tuple[str, Progress]]:
    known = {*library.shipped(), *eight.TITLES, you_are_the_model.NAME}
    for name in islice(said, MOST_NAMES):
        bare = name.removeprefix(library.OWN)
        if bare in known or library.is_name(bare):
            one = _table(said, name)
            given = dict(_answers(_table(one, "given")))
            yield name, Progress(_whole(one.get("reached"), -1, MOST_STEPS), given, one.get("is_done") is True)


def _answers(said: Mapping[str, Any]) -> Iterator[tuple[int, Given]]:
    for number in range(MOST_STEPS):
        one = _table(said, str(number))
        texts = {name: one.get(name) for name in ("question", "answer", "right_answer", "feedback", "numbers", "about")}
        fine = all(isinstance(text, str) and len(text) <= LONGEST for text in texts.values())
        if fine and texts["about"] in ("", *RINGED):
            told = {name: str(text).encode("utf-8", "replace").decode() for name, text in texts.items()}
            yield number, Given(is_right=one.get("is_right") is True, then=_whole(one.get("then"), 0, LATEST), **told)


def _table(said: Any, name: str) -> Mapping[str, Any]:
    found = said.get(name) if isinstance(said, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _whole(said: Any, least: int, most: int) -> int:
    """Return a whole number within limits, the least for anything else."""
    return said if isinstance(said, int) and not isinstance(said, bool) and least <= said <= most else least
