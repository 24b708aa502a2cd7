"""What a training came to, said at its end as far as anybody listens."""

import sys
from collections.abc import Iterable
from pathlib import Path

from w2v.cli import console
from w2v.cli.console import plain, say
from w2v.cli.interrupts import Stopping, exit_code
from w2v.files.formats import NAMES
from w2v.paths import StrPath


def tell_outcome(
    rows: Iterable[tuple[str, str]], lines: Iterable[str], out: StrPath, stopping: Stopping, stopped_early: bool
) -> int:
    """Print names and values, where it is saved, and lines below; return the exit code."""
    code, place = 0, Path(out)
    ending = place.suffix.lower()
    try:
        for name, value in [*rows, ("saved", f"{plain(str(place))} ({NAMES[ending]})")]:
            print(f"{name:<10}{value}")
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        console.drop(sys.stdout)
    except OSError as problem:
        console.drop(sys.stdout)
        say(f"{place} is saved, but what came of it cannot be printed: {problem.strerror or problem}.")
        code = 1
    if not stopping.asked:
        return code
    if ending != ".npz" and stopped_early:
        say("Stopped early and saved; saved as .npz, it could be gone on with.")
    return exit_code(stopping.asked)
