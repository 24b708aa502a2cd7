"""How far a visitor has come in each lesson, and what they answered: kept in this tab, and to be saved as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pages.session import memory
from w2v.files.csv_tables import table_csv

COLUMNS = ("lesson", "step", "question", "answer", "right answer", "right", "numbers")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was committed.

    question, answer, right_answer : in words;  is_right : whether it was;  feedback : what was said to it
    then : the moment that shows it;  about : the part of the page that does
    """

    question: str
    answer: str
    right_answer: str
    is_right: bool
    feedback: str
    numbers: str
    then: int
    about: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a lesson is taken.

    reached : the number of the last step that was seen, from 0; -1 for none;  given : the answers by their steps
    is_done : whether it was taken to its end
    """

    reached: int = -1
    given: Mapping[int, Given] = field(default_factory=dict)
    is_done: bool = False

    @property
    def n_right(self) -> int:
        """How many answers were right."""
        return sum(one.is_right for one in self.given.values())


def progress_in(name: str) -> Progress:
    """Return how far a visitor has come in the lesson of this name."""
    return in_all().get(name, Progress())


def note_reached(name: str, number: int, is_done: bool) -> None:
    """Note that a step was seen, the last one when it is done."""
    so_far = progress_in(name)
    _keep(name, replace(so_far, reached=max(so_far.reached, number), is_done=so_far.is_done or is_done))


def note_answer(name: str, number: int, given: Given) -> None:
    """Note an answer. It is locked: the first one counts."""
    so_far = progress_in(name)
    _keep(name, replace(so_far, given={number: given, **so_far.given}))


def begin_again(name: str) -> None:
    """Forget what was answered in a lesson."""
    _keep(name, Progress())


def in_all() -> Mapping[str, Progress]:
    """Return how far a visitor has come in each lesson, by its name."""
    found: Mapping[str, Progress] = memory.recall("lessons") or {}
    return found


def bring_back(of_all: Mapping[str, Progress]) -> None:
    """Add to what was answered what had been answered before: the answers that are there already count.

    of_all : the progress in each lesson, by its name
    """
    for name, before in of_all.items():
        so_far = progress_in(name)
        given = {**before.given, **so_far.given}
        _keep(name, Progress(max(before.reached, so_far.reached), given, before.is_done or so_far.is_done))


def as_csv(of_all: Mapping[str, Progress], titles: Mapping[str, str]) -> bytes:
    """Return all answers as a table.

    of_all : the progress in each lesson, by its name;  titles : of the lessons, likewise
    """
    return table_csv(COLUMNS, _rows(of_all, titles))


def _rows(of_all: Mapping[str, Progress], titles: Mapping[str, str]) -> Iterator[tuple[str | int, ...]]:
    for name, progress in of_all.items():
        for number, one in sorted(progress.given.items()):
            right = "yes" if one.is_right else "no"
            answers = (one.question, one.answer, one.right_answer, right, one.numbers)
            yield (titles.get(name, name), number + 1, *answers)


def _keep(name: str, progress: Progress) -> None:
    memory.remember(lessons={**in_all(), name: progress})
