"""The option --out: where a run is saved is looked at before anything is trained, and what fails is one sentence."""

import sys
from collections.abc import Iterable
from pathlib import Path

from w2v.cli.console import plain
from w2v.cli.interrupts import Interrupted, Stopping, say_when_stopped
from w2v.files.atomic_write import is_same_file
from w2v.files.formats import AnyRun, check_target, files_of, save
from w2v.paths import StrPath


def check_out(out: StrPath, force: bool, texts: Iterable[str] = (), saved: str | None = None) -> None:
    """Raise ValueError unless a run can be saved there, and not in the place of what it is made from.

    texts : the names of the texts that are to be trained on, "-" for standard input
    saved : or that of the saved run that is to be gone on with; the longer run alone may take its place
    """
    out = Path(out)
    if any(_is_one_of(files_of(out), text) for text in texts):
        raise ValueError(f"--out: {out} is the text itself: choose another name.")
    if saved is not None and out.suffix.lower() != ".npz" and _is_one_of(files_of(out), saved):
        raise ValueError(f"--out: {out} is the saved run itself, which vectors cannot replace: choose another name.")
    try:
        with Stopping() as stopping:  # what is tried there is also removed
            check_target(out, force)
    except ValueError as problem:
        raise ValueError(f"--out: {problem}") from None
    if stopping.asked:
        raise Interrupted(stopping.asked)


def save_out(run: AnyRun, out: StrPath, force: bool) -> None:
    """Save a run. Raises ValueError when that fails; then nothing is left there."""
    try:
        save(run, out, force)
    except ValueError as problem:
        raise ValueError(f"Nothing was saved: {problem}") from None
    say_when_stopped(f"Stopped: {plain(str(Path(out)))} is saved.")


def _is_one_of(files: list[Path], name: str) -> bool:
    source: str | int = name
    if name == "-":
        try:
            source = sys.stdin.fileno()
        except (OSError, ValueError):
            return False
    return any(is_same_file(source, file) for file in files)
