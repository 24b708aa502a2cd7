"""Ctrl-C, SIGTERM and a terminal that is closed end a command in one sentence, never in a traceback.

While there is nothing to keep, they end it at once. While something is trained and saved (`Stopping`), the first one
is noted, so that the training can stop and save, and a later one ends it at once. The exit code is 128 and the number
of the signal, as shells have it: 130 after Ctrl-C, 143 after SIGTERM, 129 when the terminal was closed.

As little as possible is imported here: before this is at work, Ctrl-C is a traceback of Python's own.
"""

import os
import signal
import sys
import time

TYPE_CHECKING = False  # as in typing, which takes longer to come than all of this
if TYPE_CHECKING:
    from typing import Any

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
AGAIN = 0.5  # seconds within which signals are one: `timeout` sends each twice, to the process and to its group
_sentence = "Stopped."


class Interrupted(KeyboardInterrupt):
    """A signal that ends the command at once; `code` is the exit code."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = exit_code(number)


class Stopping:
    """From `begin` to `end` the first signal is only noted, in `asked`: its number, or 0. A later one interrupts."""

    def __init__(self) -> None:
        self.asked, self.when = 0, 0.0
        self._before: dict[int, Any] = {}

    def begin(self) -> "Stopping":
        """Listen, if not done already; outside the main thread, which alone gets signals, do nothing."""
        if not self._before:
            try:
                self._before = {number: signal.signal(number, self._note) for number in _heard()}
            except ValueError:
                self._before = {}
        return self

    def end(self) -> None:
        """Leave signals to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        self._before = {}

    def _note(self, number: int, _frame: object) -> None:
        if not self.asked:
            self.asked, self.when = number, time.monotonic()
            _say_that_it_takes_a_while()
        elif time.monotonic() - self.when > AGAIN:
            for other in self._before:
                signal.signal(other, signal.SIG_IGN)  # what is half written is being removed
            raise Interrupted(number)

    def __enter__(self) -> "Stopping":
        return self.begin()

    def __exit__(self, *_: object) -> None:
        self.end()


def exit_code(number: int) -> int:
    """Return the exit code after a signal."""
    return 128 + number


def is_command() -> bool:
    """Return whether this process was started as `python -m w2v` (or as a script named w2v), asked while it starts."""
    started = sys.argv[0] if sys.argv else ""
    if started == "-m":  # as long as Python looks for the module, whose arguments are all that argv has besides
        return sys.orig_argv[len(sys.orig_argv) - len(sys.argv)] in ("w2v", "-mw2v")
    return os.path.splitext(os.path.basename(started))[0] == "w2v"


def take_over() -> None:
    """From now on a signal ends this process at once, wherever it is, with the sentence of `say_when_stopped`.

    At once means without an exception: one that is raised while modules are imported or in a callback from C would be
    printed, changed or lost on its way.
    """
    for number in _heard():
        signal.signal(number, _end)


def let_end() -> None:
    """Everything is done and said: let the process end as it was going to."""
    for number in _heard():
        signal.signal(number, signal.SIG_IGN)


def say_when_stopped(sentence: str) -> None:
    """Choose the sentence on standard error with which a command ends that is stopped at once."""
    global _sentence
    _sentence = sentence


def sentence() -> str:
    """Return what was chosen last."""
    return _sentence


def _heard() -> tuple[int, ...]:
    """The signals to be handled: with `nohup`, which has a closed terminal ignored, that one is not among them.

    Ctrl-C is, though shells have it ignored by what a script starts with `&`: how else could that be asked to save?
    """
    kept = {getattr(signal, "SIGHUP", None)}
    return tuple(n for n in SIGNALS if n not in kept or signal.getsignal(n) is not signal.SIG_IGN)


def _say_that_it_takes_a_while() -> None:
    """A pass over many words takes minutes, and who presses twice loses what one press keeps."""
    try:  # noqa: SIM105  contextlib is not there yet
        os.write(2, b"\nStopping as soon as what there is can be kept; asked once more it ends at once.\n")
    except OSError:  # nobody reads it
        pass


def _end(number: int, _frame: object) -> None:
    try:
        os.write(2, f"{_sentence}\n".encode("utf-8", "backslashreplace"))
    finally:
        os._exit(exit_code(number))
