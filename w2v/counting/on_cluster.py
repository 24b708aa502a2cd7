"""The same counting on several machines, by Dask: each task counts a block, and counts are added as a tree.

A block is some cells of a long file, or some short files; what is packed, or in another encoding than UTF-8, is one
block however long it is. Dask gives the work of a machine that is lost to others. What comes out is what one machine
counts, since a sum does not depend on who adds.
"""

import importlib.util
import operator
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from w2v.corpus import Vocabulary
from w2v.counting.counted_text import CountSettings
from w2v.counting.counting import Progress, check_words
from w2v.counting.pair_counter import CountedPiece, PairCounter
from w2v.counting.sources import Source
from w2v.counting.tally import Tally
from w2v.counting.word_tally import WordCounter, WordTally
from w2v.reading import text_cells
from w2v.reading.text_cells import cells, cells_from, is_plain
from w2v.reading.unpacking import Ahead

BLOCK = 4  # cells
SECONDS = 20  # until a scheduler must have answered
_ADDED_AT_ONCE = 8


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


@dataclass(frozen=True, slots=True)
class ClusterPlan:
    """How files are to be counted on a cluster.

    address         : of its scheduler
    settings        : what is counted
    vocabulary      : the words to keep; None for those that occur often enough
    encoding        : of the files; None for UTF-8, or what a byte-order mark says
    skip_unreadable : whether files that cannot be read are left out
    """

    address: str
    settings: CountSettings
    vocabulary: Sequence[str] | None = None
    encoding: str | None = None
    skip_unreadable: bool = False


Counting = Generator[Progress, bool | None, Tally | None]


def counting_on_cluster(sources: Sequence[Source], plan: ClusterPlan, left_out: list[str]) -> Counting:
    """Count files on a cluster, and yield how far it is; when True is sent, stop and return None.

    left_out : gets a sentence for each file that is left out

    Its machines must reach the files by the same names, and have this package. Raises ValueError in one sentence.
    """
    distributed = _dask()
    try:
        client = distributed.Client(plan.address, timeout=SECONDS)
    except (OSError, ValueError) as problem:
        raise ValueError(f"There is no Dask scheduler at {plan.address}: {str(problem).rstrip('.')}.") from None
    with client:
        try:
            if plan.skip_unreadable:
                problems = client.gather(client.map(_problem, sources, encoding=plan.encoding, pure=False))
                left_out += filter(None, problems)
                sources = [source for source, problem in zip(sources, problems, strict=True) if not problem]
            return (yield from _counting(client, sources, plan))
        except distributed.KilledWorker:
            raise ValueError(
                "Counting was given up: each machine that tried one part of the texts was lost, perhaps for want of "
                "memory."
            ) from None
        except distributed.CancelledError:
            raise ValueError(f"The Dask scheduler at {plan.address} was lost, and nothing is saved.") from None


def _dask() -> Any:
    if importlib.util.find_spec("distributed") is None:
        raise ValueError('What counts on several machines is not installed: pip install "dask[distributed]".')
    import distributed

    return distributed


def _counting(client: Any, sources: Sequence[Source], plan: ClusterPlan) -> Counting:
    blocks, n_passes = blocks_of(sources, plan.encoding), 1 if plan.vocabulary is not None else 2
    if plan.vocabulary is not None:
        words = tuple(dict.fromkeys(plan.vocabulary))
        check_words(words)
    else:
        counter = client.submit(WordCounter, plan.settings.reading)
        n_of = yield from _sum_of(client, counter, blocks, plan.encoding, (1, 2))
        if n_of is None:
            return None
        tally = WordTally(sys.maxsize, Path())
        tally.add(n_of)
        words = tally.vocabulary(plan.settings).words
    counter = client.submit(PairCounter, words, plan.settings)  # made again where the machine that had it is lost
    found = yield from _sum_of(client, counter, blocks, plan.encoding, (2, n_passes))
    if found is None:
        return None
    vocabulary = Vocabulary(words, found.n_of)
    return Tally(vocabulary, found.learned, found.heldout, plan.settings, found.n_tokens).finished()


def _sum_of(
    client: Any, counter: Any, blocks: list[list[Part]], encoding: str | None, n_pass: tuple[int, int]
) -> Generator[Progress, bool | None, Any]:
    """Count each block, and add what comes of them; None when that was stopped."""
    began = time.monotonic()
    waiting = [client.submit(_count, counter, block, encoding, pure=False) for block in blocks]
    sizes = [client.submit(_n_tokens, future, pure=False) for future in waiting]
    while len(waiting) > 1:
        groups = (waiting[i : i + _ADDED_AT_ONCE] for i in range(0, len(waiting), _ADDED_AT_ONCE))
        waiting = [client.submit(_sum, group, pure=False) for group in groups]
    n_tokens = 0
    for n, (_, size) in enumerate(_dask().as_completed(sizes, with_results=True), 1):
        n_tokens += size
        if (yield Progress(*n_pass, n / len(blocks), n_tokens, time.monotonic() - began, n_tokens)):
            return None
    return waiting[0].result()


# --- done on the machines of the cluster ------------------------------------------------------------------------


def _problem(source: Source, encoding: str | None) -> str:
    """Return what is wrong with a file, in one sentence, or nothing."""
    try:
        for _ in Part(source, 0, None).texts(encoding):
            pass
    except ValueError as problem:
        return str(problem)
    return ""


Counted = TypeVar("Counted", "Counter[str]", CountedPiece)


def _count(counter: Callable[[list[str]], Counted], block: list[Part], encoding: str | None) -> Counted:
    texts = chain.from_iterable(part.texts(encoding) for part in block)
    return reduce(operator.add, (counter([text]) for text in texts), counter([]))


def _sum(counted: list[Counted]) -> Counted:
    return reduce(operator.add, counted)


def _n_tokens(counted: "Counter[str] | CountedPiece") -> int:
    return counted.total() if isinstance(counted, Counter) else counted.n_tokens
