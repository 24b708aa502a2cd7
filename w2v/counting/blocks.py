"""What the machines of a cluster count: files in blocks, and what is known of them where none is read.

A block is some cells of a long file, or some short files; what is packed, or in another encoding than UTF-8, is one
block however long it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice

from w2v.counting.counted_text import Reached
from w2v.counting.counting import ON_CLUSTER, AnotherError
from w2v.counting.sources import Source
from w2v.reading import text_cells
from w2v.reading.text_cells import cells, cells_from, is_plain
from w2v.reading.unpacking import Ahead

BLOCK = 4  # cells


@dataclass(frozen=True, slots=True)
class Part:
    """Cells of a file, from number `first` up to `end`, all of them where that is None."""

    source: Source
    first: int
    end: int | None

    def texts(self, encoding: str | None) -> Iterator[str]:
        """Yield their texts. Raises ValueError in one sentence."""
        with self.source.opened(self.first * text_cells.CELL) as file:
            found = cells_from(file, self.first) if self.first else cells(Ahead(file), encoding)
            yield from islice(found, None if self.end is None else self.end - self.first)


def blocks_of(sources: Sequence[Source], encoding: str | None) -> list[list[Part]]:
    """Divide files among tasks. Raises ValueError in one sentence where one cannot be read."""
    blocks: list[list[Part]] = []
    short, n_bytes = list[Part](), 0
    for source in sources:
        size = source.size()
        if size < BLOCK * text_cells.CELL:
            short.append(Part(source, 0, None))
            n_bytes += size
            if n_bytes >= BLOCK * text_cells.CELL:
                blocks.append(short)
                short, n_bytes = [], 0
        elif encoding is None and _is_plain(source):
            firsts = range(0, -(-size // text_cells.CELL), BLOCK)
            blocks += [[Part(source, first, first + BLOCK)] for first in firsts]
        else:
            blocks.append([Part(source, 0, None)])
    return [*blocks, short] if short else blocks


def _is_plain(source: Source) -> bool:
    with source.opened() as file:
        return is_plain(file)


class Blocks:
    """The blocks of some files, as these are now: by their names, sizes and times. Raises ValueError in one sentence.

    all      : all of them
    encoding : of the files; None for UTF-8, or what a byte-order mark says
    """

    def __init__(self, sources: Sequence[Source], encoding: str | None) -> None:
        self.all, self.encoding = blocks_of(sources, encoding), encoding
        self._versions = {source: source.version() for source in sources}

    def reached(self, n_pass: int, n: int, n_read: int) -> Reached:
        """Return the place behind the first n blocks, which have so many words, in a pass."""
        return Reached(n_pass, n, self._digest(n), self._digest(len(self.all)), n_read)

    def check(self, before: Reached) -> None:
        """Raise ValueError in one sentence unless that is a place in these blocks."""
        if not before.digest.startswith(ON_CLUSTER):
            raise AnotherError("one machine alone")
        if before != self.reached(before.n_pass, before.n_tasks, before.n_read):
            raise AnotherError("other texts, or these have changed")

    def _digest(self, n: int) -> str:
        digest = blake2b(digest_size=16)
        for part in chain.from_iterable(self.all[:n]):
            said = repr((part.source.path, self._versions[part.source], part.first, part.end))
            digest.update(said.encode("utf-8", "surrogatepass"))
        return ON_CLUSTER + digest.hexdigest()
