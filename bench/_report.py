"""What every measurement shares: a figure with its target, a table of figures, and repeats taken in turns."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import threadpoolctl


@dataclass(frozen=True)
class Figure:
    """One measured number. Smaller is better unless it says `more`; without a target it is there to be read."""

    name: str
    value: float | None  # None: could not be measured on this system
    unit: str
    target: float | None = None
    more: bool = False

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "not measured"
        if self.target is None:
            return ""
        met = self.value >= self.target if self.more else self.value <= self.target
        return "met" if met else "MISSED"

    def cells(self) -> tuple[str, str, str, str]:
        value = "-" if self.value is None else f"{brief(self.value)} {self.unit}".strip()
        target = (
            "" if self.target is None else f"{'>=' if self.more else '<='} {brief(self.target)} {self.unit}".strip()
        )
        return self.name, value, target, self.verdict


def brief(value: float) -> str:
    """Three significant digits, without an exponent."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:#.3g}".rstrip("0").rstrip(".")


def show(figures: Sequence[Figure]) -> None:
    """Print figures, targets and verdicts."""
    print_table(("figure", "measured", "target", "verdict"), [figure.cells() for figure in figures])


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows of words under a head; the first column stands left, the others right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, ["-" * width for width in widths], *rows]:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]
        print("  ".join(cells).rstrip(), flush=True)
    print()


def in_turns(work: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, list[float]]:
    """Do each piece of work in turn, `repeats` times round; return the seconds of each time.

    Counted is this thread's own time on the processor: what other programs take is not. What slows the machine
    down for a while slows all pieces down, and the ratio within one round stays. The first round is thrown away.
    """
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(repeats + 1):
        for name, do in work.items():
            gc.collect()
            begun = time.thread_time()
            do()
            seconds[name].append(time.thread_time() - begun)
    return {name: times[1:] for name, times in seconds.items()}


def ratio(seconds: Mapping[str, Sequence[float]], name: str, to: str) -> float:
    """Return the median over the rounds of how much longer `name` took than `to`."""
    return statistics.median(a / b for a, b in zip(seconds[name], seconds[to]))


def one_thread() -> None:
    """Let NumPy use one thread, as the app does."""
    threadpoolctl.threadpool_limits(1)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]
