"""Where texts come from: files, folders, patterns, addresses that fsspec knows, and streams such as standard input."""

import glob
import importlib.util
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from w2v.paths import StrPath
from w2v.way_out import WayOut

_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file.

    name : what it is called in sentences
    path : where it is; an address with :// that fsspec knows, or a path here
    """

    name: str
    path: str

    @property
    def is_far(self) -> bool:
        """Whether fsspec opens it."""
        return "://" in self.path

    @property
    def is_pipe(self) -> bool:
        """Whether it can be read but once, in order, as what a shell makes of <(command)."""
        return not self.is_far and os.path.exists(self.path) and not os.path.isfile(self.path)

    def size(self) -> int:
        """Return how many bytes it has, 0 where that is not known. Raises ValueError in one sentence."""
        with self.problems():
            return int((file_system(self.path).size(self.path) if self.is_far else os.path.getsize(self.path)) or 0)

    def version(self) -> str:
        """Return what differs when it was changed, as far as is known without reading it. Raises as `size`."""
        with self.problems():
            if self.is_far:
                return str(file_system(self.path).ukey(self.path))
            found = os.stat(self.path)
            return f"{found.st_size} {found.st_mtime_ns}"

    @contextmanager
    def opened(self, at: int = 0) -> Iterator[Any]:
        """Open it, from byte `at` on. Raises ValueError in one sentence, also for what goes wrong while it is read."""
        with self.problems(), self._open() as file:
            if at:
                file.seek(at)
            yield file

    def _open(self) -> Any:
        return file_system(self.path).open(self.path, "rb") if self.is_far else Path(self.path).open("rb")

    @contextmanager
    def problems(self) -> Iterator[None]:
        """Let what is wrong with the file begin with its name."""
        try:
            yield
        except WayOut as problem:
            raise WayOut(f"{self.name}: {problem.problem}", problem.way, *problem.settings) from None
        except ValueError as problem:
            raise ValueError(f"{self.name}: {problem}") from None
        except OSError as problem:
            raise ValueError(f"{self.name}: This file cannot be read: {problem.strerror or problem}.") from None


def find_sources(names: Iterable[StrPath], leave_out: Iterable[StrPath] = ()) -> list[Source]:
    """Return the files that are meant: files as they are, all that lie in folders, and those that fit a pattern.

    What lies in a folder comes in the order of its names; of that what begins with a dot is left out, as it is by
    patterns.

    leave_out : files that are none of them unless they are named, such as the one that is to be written

    Raises ValueError in one sentence where nothing is found.
    """
    not_these = {os.path.realpath(path) for path in leave_out}
    found = []
    for path in names:
        name = os.fspath(path)
        files = _far(name) if "://" in name else _near(name)
        found += [Source(file, file) for file in files if file == name or os.path.realpath(file) not in not_these]
    return found


def _near(name: str) -> list[str]:
    if os.path.isdir(name):
        files = _in_folder(Path(name))
        if not files:
            raise ValueError(f"{name}: There is no file in this folder.")
        return files
    if os.path.lexists(name) or not _PATTERN & set(name):
        return [name]  # what is not there is said when it is opened
    files = [file for file in sorted(glob.glob(name, recursive=True)) if os.path.isfile(file)]
    if not files:
        raise ValueError(f"{name}: There is no file that fits this pattern.")
    return files


def _in_folder(folder: Path) -> list[str]:
    found: list[str] = []
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [os.path.join(path, name) for name in sorted(files) if not name.startswith(".")]
    return found


def _far(name: str) -> list[str]:
    with Source(name, name).problems():
        system = file_system(name)
        if _PATTERN & set(name.split("://", 1)[1]):
            files = sorted(system.glob(name))
        else:
            files = sorted(system.find(name)) if system.isdir(name) else [name]
        if not files:
            raise ValueError("There is no file at this address.")
        return [file if "://" in file else system.unstrip_protocol(file) for file in files]


def file_system(address: str) -> Any:
    """Return what opens files at such an address. Raises ValueError in one sentence where nothing here does."""
    if importlib.util.find_spec("fsspec") is None:
        raise ValueError("What opens files elsewhere is not installed: pip install fsspec.")
    import fsspec

    try:
        return fsspec.core.url_to_fs(address)[0]
    except ImportError as problem:
        raise ValueError(f"What opens this address is not installed: {str(problem).rstrip('.')}.") from None
