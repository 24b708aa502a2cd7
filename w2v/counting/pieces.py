"""Texts in pieces of about a cell, in order: what one process counts at a time."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from w2v.counting.sources import Source, find_sources
from w2v.paths import StrPath
from w2v.reading import text_cells
from w2v.reading.text_cells import cells
from w2v.reading.unpacking import Ahead, Stream


class Piece(NamedTuple):
    """Cells that are counted together: one of a long text, many short texts.

    texts : at whose ends all sentences end
    share : how much of everything is read with them, 0 to 1; None where that cannot be known
    """

    texts: list[str]
    share: float | None


class Spooled(NamedTuple):
    """A stream that is written down while it is read, since it can be read but once.

    name   : what it is called in sentences
    stream : bytes
    path   : where they are written, unpacked and in UTF-8
    """

    name: str
    stream: Stream
    path: Path


class Pipe:
    """A pipe that has a name, as a stream: opened when it is first read, and closed at its end."""

    def __init__(self, path: StrPath) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end. Raises OSError."""
        if self._file is None:
            self._file = open(self._path, "rb")  # noqa: SIM115  closed where it ends
        some = b"" if self._file.closed else self._file.read(size)
        if size and not some:
            self._file.close()
        return some


class Texts:
    """Texts that can be read as often as is needed.

    sources         : files and streams
    encoding        : of all of them; None for UTF-8, or what a byte-order mark says
    skip_unreadable : whether files that cannot be read are left out, and named in `left_out`, a sentence each
    """

    def __init__(
        self, sources: Sequence[Source | Spooled], encoding: str | None = None, skip_unreadable: bool = False
    ) -> None:
        self._sources: list[tuple[Source | Spooled, str | None]] = [(source, encoding) for source in sources]
        self._to_check = skip_unreadable
        self.left_out: list[str] = []
        self._position = 0  # in the file that is being read

    def pieces(self, once_more: bool = False) -> Iterator[Piece]:
        """Read all of them. Raises ValueError in one sentence that begins with the name of what cannot be read.

        once_more : whether they will be read again
        """
        if self._to_check:
            self._sources = [source for source in self._sources if self._is_readable(*source)]
            self._to_check = False
        sizes = [_size(source) for source, _ in self._sources]
        total, before = sum(filter(None, sizes)), 0
        texts: list[str] = []
        n = 0  # characters in them
        for i, size in enumerate(sizes):
            for text in self._cells(i, once_more):
                if texts and n + len(text) > text_cells.CELL:
                    yield Piece(
                        texts, min(1.0, (before + self._position) / total) if total and None not in sizes else None
                    )
                    texts, n = [], 0
                texts.append(text)
                n += len(text)
            before += size or 0
        if texts:
            yield Piece(texts, 1.0)

    def _cells(self, i: int, once_more: bool) -> Iterator[str]:
        source, encoding = self._sources[i]
        if isinstance(source, Source):
            yield from self._cells_of(source, encoding)
            return
        plain = Source(source.name, str(source.path))
        with plain.problems():
            for text in cells(Ahead(source.stream), encoding):
                if once_more:
                    with source.path.open("ab") as file:
                        file.write(text.encode())
                yield text
        self._sources[i] = plain, None

    def _cells_of(self, source: Source, encoding: str | None) -> Iterator[str]:
        with source.opened() as file:
            ahead = Ahead(file)
            for text in cells(ahead, encoding):
                self._position = ahead.position
                yield text
        self._position = 0

    def _is_readable(self, source: Source | Spooled, encoding: str | None) -> bool:
        try:
            for _ in self._cells_of(source, encoding) if isinstance(source, Source) else ():
                pass
        except ValueError as problem:
            self.left_out.append(str(problem))
            return False
        return True


def sources_of(
    names: Iterable[StrPath | Stream], folder: StrPath, leave_out: Iterable[StrPath] = ()
) -> Iterator[Source | Spooled]:
    """Yield the files that are meant, each once, and streams and pipes, of which what is read is kept in a folder."""
    seen = set[str]()
    for i, name in enumerate(names):
        if name == "-":
            yield Spooled("standard input", sys.stdin.buffer, Path(folder) / f"stream-{i}")
        elif isinstance(name, str | os.PathLike):
            for source in find_sources([name], leave_out):
                place = source.path if source.is_far else os.path.realpath(source.path)
                if place not in seen:  # as one that is named, and lies in a folder that is
                    seen.add(place)
                    spool = Path(folder) / f"stream-{len(seen)}-of-{i}"
                    yield Spooled(source.name, Pipe(source.path), spool) if source.is_pipe else source
        else:
            yield Spooled("the stream", name, Path(folder) / f"stream-{i}")


def _size(source: Source | Spooled) -> int | None:
    """Return how many bytes a file has, None where that is not known; what is wrong with it is said when it is read."""
    try:
        return source.size() if isinstance(source, Source) else None
    except ValueError:
        return None
