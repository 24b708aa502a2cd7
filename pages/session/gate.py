"""Heavy work of many visitors takes turns: one at a time, in the order in which they came to the gate.

A semaphore of Python's own would not do: whoever gives it back and asks again at once has it before those who wait.

Work that somebody waits for with nothing on the screen goes before work that shows how far it is and takes its time
(`patient`): else one who has pasted a book would wait for a whole pass of all other books between any two slices. But
a patient one is passed over only a few times.
"""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from inspect import GEN_CLOSED, getgeneratorstate
from threading import Event, Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Made = TypeVar("Made")
Said = TypeVar("Said")

SLICE_SECONDS = 0.1  # how long one visitor works before another may
GLANCE_SECONDS = 0.2  # how long a browser takes to draw a page with a picture, where it has the processors
QUIET_SECONDS = 0.5  # work that takes less shows no progress bar
PASSED_OVER = 8  # times that patient work is, at most


class Gate:
    """A lock that is handed over to the one who has waited longest."""

    def __init__(self) -> None:
        self._mine = Lock()  # guards what follows, and is never held for long
        self._taken = False
        self._waiting: tuple[deque[Lock], deque[Lock]] = deque(), deque()  # those in a hurry, the patient ones
        self._passed_over = 0
        self._made = WeakKeyDictionary[Generator[Any, None, Any], Any]()  # by work in slices that is done

    @property
    def n_waiting(self) -> int:
        """How many wait for their turn."""
        return sum(map(len, self._waiting))

    @property
    def is_free(self) -> bool:
        """Whether nobody works or waits."""
        return not self._taken

    @contextmanager
    def turn(self, patient: bool = False) -> Iterator[None]:
        """Wait for one's turn, and have it."""
        mine = Lock()
        with self._mine:
            waits = self._taken
            self._taken = True
            if waits:
                mine.acquire()
                self._waiting[patient].append(mine)
        if waits:
            mine.acquire()  # until it is handed over
        try:
            yield
        finally:
            self._hand_over()

    def _hand_over(self) -> None:
        with self._mine:
            hurried, patient = self._waiting
            if patient and (not hurried or self._passed_over >= PASSED_OVER):
                self._passed_over = 0
                patient.popleft().release()
            elif hurried:
                self._passed_over += bool(patient)
                hurried.popleft().release()
            else:
                self._taken = False

    def go_on(
        self, work: Generator[Said, None, Made], seconds: float = SLICE_SECONDS
    ) -> tuple[Said | None, Made | None]:
        """Do one turn of work that comes in slices; return what it said last, and what it made if it is done.

        What it made it returns again where it is asked again: a click that waits ends a script before this is kept.
        Raises RuntimeError for work that failed before.
        """
        said = None
        with self.turn():
            if work in self._made:
                return None, self._made[work]
            if getgeneratorstate(work) == GEN_CLOSED:
                raise RuntimeError("This work failed before, and cannot be gone on with.")
            until = time.monotonic() + seconds
            try:
                said = next(work)
                while time.monotonic() < until:
                    said = next(work)
            except StopIteration as end:
                self._made[work] = end.value
                return said, end.value
        return said, None

    def finish(self, work: Generator[object, None, Made]) -> Made:
        """Do all of it, turn by turn."""
        made = None
        while made is None:
            _, made = self.go_on(work)
        return made

    def do(self, make: Callable[[], Made]) -> Made:
        """Do work that cannot be sliced, in one turn."""
        with self.turn():
            return make()


GATE = Gate()  # one heavy piece of work at a time: NumPy in many threads is slower than in one


def leave_processors() -> None:
    """Do nothing for a moment: a browser that runs on this computer draws what it was sent."""
    Event().wait(GLANCE_SECONDS)
