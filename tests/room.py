"""Where tests run in several processes: who measures time does so alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

try:
    import fcntl

    KEPT_APART = True
except ImportError:  # Windows
    KEPT_APART = False

Measuring = Callable[[], AbstractContextManager[None]]


def room_in(folder: Path) -> "Room | None":
    """Return the room of all processes that use this folder; None where there are no locks."""
    return Room(folder) if KEPT_APART else None


class Room:
    """A room that all tests share but for who measures time.

    Everybody enters by the gate. Who wants to be alone keeps it shut until the others have left.

    folder : of all processes of this run; what stands there is the same room
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._gate, self._room = (folder / "gate").open("w"), (folder / "room").open("w")

    def enter(self) -> None:
        """Come in, unless somebody is or wants to be alone there."""
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        fcntl.flock(self._room, fcntl.LOCK_SH)
        fcntl.flock(self._gate, fcntl.LOCK_UN)

    def leave(self) -> None:
        """Let somebody be alone there."""
        fcntl.flock(self._room, fcntl.LOCK_UN)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one in the room, as soon as the others have finished what they are at."""
        self.leave()  # two who want this would wait for each other
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        fcntl.flock(self._room, fcntl.LOCK_EX)
        yield
        fcntl.flock(self._room, fcntl.LOCK_SH)
        fcntl.flock(self._gate, fcntl.LOCK_UN)

    @contextmanager
    def one_after_another(self, name: str) -> Iterator[None]:
        """Do something of this name while no other test does: what one makes, the next finds."""
        with (self._folder / f"{name}.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield
