"""How far a training is, on standard error, and the loop that lets a signal stop it."""

import math
import sys
import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from w2v.cli.console import tell
from w2v.cli.interrupts import Stopping, say_when_stopped

Outcome = TypeVar("Outcome")


def drive(
    training: Generator[Any, bool | None, Outcome],
    say_progress: Callable[[Any], tuple[float, str]],
    stopping: Stopping,
    is_new: Callable[[Any], bool] = lambda _: True,
    begun: str = "",
) -> Outcome:
    """Train to the end, or until a signal once `is_new` says there is something to keep; show how far it is.

    begun : what to show until that is known for the first time
    """
    meter = _Meter()
    stop: bool | None = None
    try:
        if begun:
            meter.begin(begun)
        while True:
            try:
                progress = training.send(stop)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            if is_new(progress):
                say_when_stopped("Stopped at once: nothing is saved.")
                stopping.begin()
            meter.show(*say_progress(progress), last=bool(stopping.asked))
            stop = bool(stopping.asked) or None
    finally:
        meter.end()


class _Meter:
    """How far it is, on standard error: a bar that moves in a terminal, else a line now and then."""

    WIDTH = 24
    TIMES_A_SECOND = 10
    SECONDS_BETWEEN_LINES = 2.0

    def __init__(self) -> None:
        self.terminal = sys.stderr.isatty()
        self.shown, self.waiting, self.is_in_line = -math.inf, "", False

    def begin(self, words: str) -> None:
        """Show this at once, and what comes next as soon as it comes."""
        self.show(0.0, words)
        self.shown = -math.inf

    def show(self, share: float, words: str, last: bool = False) -> None:
        pause = 1 / self.TIMES_A_SECOND if self.terminal else self.SECONDS_BETWEEN_LINES
        filled = "#" * round(self.WIDTH * share)
        self.waiting = f"\r[{filled:.<{self.WIDTH}}] {100 * share:3.0f} %  {words}\x1b[K" if self.terminal else words
        now = time.monotonic()
        if last or now - self.shown >= pause:
            self.shown = now
            self._write()

    def end(self) -> None:
        self._write()
        if self.is_in_line:
            tell("\n")

    def _write(self) -> None:
        if self.waiting:
            tell(self.waiting if self.terminal else f"{self.waiting}\n")
            self.is_in_line = self.terminal
            self.waiting = ""
