"""Work for several processes: who is free first gets the next task, and results come in the order of the tasks."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from w2v.workers import REFUSED, Helper, with_answers

Task = TypeVar("Task")
Result = TypeVar("Result")
Mark = TypeVar("Mark")

_log = logging.getLogger(__name__)


def in_order(
    n: int,
    make: Callable[..., Callable[[Task], Result]],
    arguments: tuple[Any, ...],
    tasks: Iterable[tuple[Task, Mark]],
    least: int = 2,
) -> Iterator[tuple[Mark, Result]]:
    """Do tasks in n processes, and yield what comes of each with its mark, in the order of the tasks.

    make, arguments : `make(*arguments)` is made once in each process, and called with its tasks
    tasks           : each with a mark, which stays here; a few of them are taken ahead
    least           : of tasks, for which it pays to start processes; fewer are done in the calling one

    What cannot be done there, since none can be started or one was ended by somebody, is done in the calling one.
    """
    tasks = iter(tasks)
    first = list(islice(tasks, least if n > 1 else 0))
    team = _Team(n if n > 1 and len(first) >= least else 0, make, arguments)
    marks: deque[Mark] = deque()
    try:
        for task, mark in chain(first, tasks):
            marks.append(mark)
            team.hand(task)
            while marks and (done := team.next_done(wait=len(marks) > 2 * n)):
                yield marks.popleft(), done[0]
        while marks and (done := team.next_done(wait=True)):
            yield marks.popleft(), done[0]
    finally:
        team.end()


class _Team(Generic[Task, Result]):
    """Helpers, each with a task at most, and the calling process, which does what no other one does."""

    def __init__(self, n: int, make: Callable[..., Callable[[Task], Result]], arguments: tuple[Any, ...]) -> None:
        self._make, self._arguments = make, arguments
        self._idle: list[Helper] = []
        self._busy: dict[Helper, tuple[int, Task]] = {}  # the number of the task that each does, and the task
        self._done: dict[int, Result] = {}
        self._n_handed = self._n_taken = 0
        try:
            for _ in range(n):
                self._idle.append(Helper(make, arguments))
        except REFUSED as error:
            _log.info("not so many processes can be started: %s", error)

    @cached_property
    def _work(self) -> Callable[[Task], Result]:
        return self._make(*self._arguments)

    def hand(self, task: Task) -> None:
        """Give a task to whoever is free first."""
        number, self._n_handed = self._n_handed, self._n_handed + 1
        while self._idle or self._busy:
            if not self._idle:
                self._collect()
                continue
            helper = self._idle.pop()
            self._busy[helper] = number, task
            try:
                helper.hand(task)
                return
            except OSError as error:
                self._lose(helper, error)
                return
        self._done[number] = self._work(task)

    def next_done(self, wait: bool) -> tuple[Result] | None:
        """Return what came of the next task in order; None where that is not known yet and is not to be waited for."""
        while wait and self._n_taken not in self._done:
            self._collect()
        if self._n_taken not in self._done:
            return None
        self._n_taken += 1
        return (self._done.pop(self._n_taken - 1),)

    def end(self) -> None:
        """End all helpers."""
        for helper in [*self._idle, *self._busy]:
            helper.end()

    def _collect(self) -> None:
        """Wait for an answer, and take all that have come."""
        for helper in with_answers(self._busy):
            try:
                is_well, answer = helper.answer()
            except (OSError, EOFError) as error:
                self._lose(helper, error)
                continue
            if not is_well:
                raise answer
            number, _ = self._busy.pop(helper)
            self._done[number] = answer
            self._idle.append(helper)

    def _lose(self, helper: Helper, error: Exception) -> None:
        """Do here what a helper was to do that was lost."""
        _log.info("a process was lost, its work is done in the calling one: %s", error)
        number, task = self._busy.pop(helper)
        helper.end()
        self._done[number] = self._work(task)
