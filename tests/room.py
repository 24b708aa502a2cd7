"""Where tests run in several processes: who measures time does so alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

try:
    from fcntl import LOCK_EX, LOCK_SH, LOCK_UN, flock
except ImportError:  # Windows, where they are not kept apart
    LOCK_EX = LOCK_SH = LOCK_UN = 0

    def flock(*_: object) -> None: ...  # type: ignore[misc]


Measuring = Callable[[], AbstractContextManager[None]]


class Room:
    """A room that all tests share but for who measures time.

    Everybody enters by the gate. Who wants to be alone keeps it shut until the others have left.

    folder : of all processes of this run; what stands there is the same room
    """

    def __init__(self, folder: Path) -> None:
        self._gate, self._room = (folder / "gate").open("w"), (folder / "room").open("w")

    def enter(self) -> None:
        """Come in, unless somebody is or wants to be alone there."""
        flock(self._gate, LOCK_EX)
        flock(self._room, LOCK_SH)
        flock(self._gate, LOCK_UN)

    def leave(self) -> None:
        """Let somebody be alone there."""
        flock(self._room, LOCK_UN)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one in the room, as soon as the others have finished what they are at."""
        self.leave()  # two who want this would wait for each other
        flock(self._gate, LOCK_EX)
        flock(self._room, LOCK_EX)
        yield
        flock(self._room, LOCK_SH)
        flock(self._gate, LOCK_UN)
