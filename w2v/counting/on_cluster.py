"""The same counting on several machines, by Dask: each task counts a block (`blocks.py`), counts are added as trees.

Dask gives the work of a machine that is lost to others. What comes out is what one machine counts, since a sum does not
depend on who adds. The sums of round after round of blocks are added up one by one, so that a count which is stopped
can keep the last of these sums, and go on behind the blocks that are in it.
"""

import operator
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from w2v.corpus import Vocabulary
from w2v.counting.blocks import Blocks, Part
from w2v.counting.counted_text import CountSettings, Reached
from w2v.counting.counting import AnotherError, Progress, check_words
from w2v.counting.pair_counter import CountedPiece, PairCounter
from w2v.counting.runs import matrix_of, zeros
from w2v.counting.sources import Source
from w2v.counting.tally import Tally
from w2v.counting.word_tally import WordCounter, WordTally, counts_of

SECONDS = 20  # until a scheduler must have answered
PACKAGE = "w2v"
_NOT_THERE = "Each machine of the cluster, its scheduler's too, needs this package: pip install '.[cluster]' there."
WAITS = 0.2  # seconds, between two looks whether a machine is there
_ADDED_AT_ONCE = 8
ROUND = 64  # blocks


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


def counting_on_cluster(
    sources: Sequence[Source], plan: ClusterPlan, left_out: list[str], begun: Tally | None = None
) -> Counting:
    """Count files on a cluster, and yield how far it is.

    When True is sent, stop and return what was counted of the first blocks until then; None where nothing was.

    left_out : gets a sentence for each file that is left out
    begun    : what was counted before, to go on from

    Its machines must reach the files by the same names, and have this package; the first one is waited for. Raises
    ValueError in one sentence.
    """
    if begun and begun.settings != plan.settings:
        raise AnotherError("other settings")
    distributed = _dask()
    try:
        client = distributed.Client(plan.address, timeout=SECONDS)
    except (OSError, ValueError) as problem:
        raise ValueError(f"There is no Dask scheduler at {plan.address}: {str(problem).rstrip('.')}.") from None
    with client:
        try:
            if not (yield from _machines_come(client)):
                return begun
            if plan.skip_unreadable:
                problems = client.gather(client.map(_problem, sources, encoding=plan.encoding, pure=False))
                left_out += filter(None, problems)
                sources = [source for source, problem in zip(sources, problems, strict=True) if not problem]
            return (yield from _Count(client, Blocks(sources, plan.encoding), plan).both(begun))
        except distributed.KilledWorker:
            raise ValueError(
                "Counting was given up: each machine that tried one part of the texts was lost, perhaps for want of "
                "memory."
            ) from None
        except distributed.CancelledError:
            raise ValueError(f"The Dask scheduler at {plan.address} was lost, and nothing is saved.") from None
        except ModuleNotFoundError as problem:
            if problem.name != PACKAGE:
                raise
            raise ValueError(_NOT_THERE) from None  # one that came later


def _machines_come(client: Any) -> Generator[Progress, bool | None, bool]:
    """Wait for the first machine; return False when that is stopped.

    Raises ValueError where this package is missing: Dask would end in a traceback that does not say so.
    """
    first = client.submit(find_spec, PACKAGE, pure=False)  # a cluster that grows with its work begins to
    while True:
        with suppress(TimeoutError):
            _dask().wait([first], timeout=WAITS)
            break
        if (yield Progress(1, 1, 0.0, 0, 0.0, 0)):
            return False
    everywhere = client.run(find_spec, PACKAGE, on_error="ignore").values()
    if not all([client.run_on_scheduler(find_spec, PACKAGE), *everywhere]):
        raise ValueError(_NOT_THERE)
    return True


def _dask() -> Any:
    if find_spec("distributed") is None:
        raise ValueError('What counts on several machines is not installed: pip install "dask[distributed]".')
    import distributed

    return distributed


class _Count:
    """Counting blocks by a client of a cluster: first their words, then the pairs of those that are kept.

    What was counted is a `Tally` with the place it has reached: behind some of the blocks, the first ones.
    """

    def __init__(self, client: Any, blocks: Blocks, plan: ClusterPlan) -> None:
        self._client, self._blocks, self._plan = client, blocks, plan

    def both(self, begun: Tally | None) -> Counting:
        """Count from the beginning, or from where it was stopped before."""
        if begun and begun.reached:
            self._blocks.check(begun.reached)
        if self._plan.vocabulary is not None:
            words = tuple(dict.fromkeys(self._plan.vocabulary))
            check_words(words)
            if begun and begun.vocabulary.words != words:
                raise AnotherError("another vocabulary")
            begun = begun or self._without_pairs(Vocabulary(words, np.zeros(len(words), np.int64)), 0, 2, 0)
        elif begun is None or (begun.reached and begun.reached.n_pass == 1):
            begun = yield from self._words(begun)
        if begun is None or (begun.reached and begun.reached.n_pass == 1):
            return begun
        return (yield from self._pairs(begun))

    def _words(self, begun: Tally | None) -> Counting:
        before = begun.reached if begun and begun.reached else self._blocks.reached(1, 0, 0)
        counter = self._client.submit(WordCounter, self._plan.settings.reading)
        n_of, n = yield from self._sum(counter, before)
        if n_of is None and n < len(self._blocks.all):
            return begun
        tally = WordTally(sys.maxsize, Path())
        if begun:
            tally.add(counts_of(begun.vocabulary))
        tally.add(n_of or Counter())
        if n < len(self._blocks.all):
            return self._without_pairs(tally.all_words(), tally.n_tokens, 1, n)
        return self._without_pairs(tally.vocabulary(self._plan.settings), tally.n_tokens, 2, 0)

    def _pairs(self, begun: Tally) -> Counting:
        before, words, is_given = begun.reached, begun.vocabulary.words, self._plan.vocabulary is not None
        assert before is not None
        counter = self._client.submit(PairCounter, words, self._plan.settings)  # made again where its machine is lost
        found, n = yield from self._sum(counter, before)
        if found is None and n < len(self._blocks.all):
            return begun if begun.n_tokens else None
        found = PairCounter(words, self._plan.settings)([]) if found is None else found
        learned, heldout, n_read = found.learned, found.heldout, before.n_read + found.n_tokens
        if before.n_tasks:
            learned, heldout = learned + matrix_of(begun.learned), heldout + matrix_of(begun.heldout)
        vocabulary, n_tokens = begun.vocabulary, begun.n_tokens
        if is_given:
            vocabulary, n_tokens = Vocabulary(words, vocabulary.counts + found.n_of), n_read
        reached = self._blocks.reached(2, n, n_read)
        tally = Tally(vocabulary, learned, heldout, self._plan.settings, n_tokens, reached)
        if n < len(self._blocks.all):
            return tally
        if n_read != n_tokens:
            raise ValueError("The texts changed while they were counted: count them again.")
        return tally.finished()

    def _without_pairs(self, vocabulary: Vocabulary, n_tokens: int, n_pass: int, n: int) -> Tally:
        """Return words as they were counted, up to where no pair is."""
        nothing = zeros(len(vocabulary))
        reached = self._blocks.reached(n_pass, n, n_tokens if n_pass == 1 else 0)
        return Tally(vocabulary, nothing, nothing, self._plan.settings, n_tokens, reached)

    def _sum(self, counter: Any, before: Reached) -> Generator[Progress, bool | None, tuple[Any, int]]:
        """Count each block behind a place, and add what comes of them.

        Returns the sum, None where there is none, and the number of blocks up to where it goes: all, or those whose
        counts were added when that was stopped.
        """
        client, blocks, first, n_tokens = self._client, self._blocks.all, before.n_tasks, before.n_read
        n_passes, began = 1 if self._plan.vocabulary is not None else 2, time.monotonic()
        encoding = self._blocks.encoding
        counted = [client.submit(_count, counter, block, encoding, pure=False) for block in blocks[first:]]
        sizes = [client.submit(_n_tokens, future, pure=False, priority=1) for future in counted]
        totals = self._running_totals(counted, first)
        del counted
        for n, (_, size) in enumerate(_dask().as_completed(sizes, with_results=True), first + 1):
            n_tokens += size
            while len(totals) > 1 and totals[1][1].done():
                totals.popleft()  # which its machine need not keep any longer
            seconds, n_new = time.monotonic() - began, n_tokens - before.n_read
            if (yield Progress(before.n_pass, n_passes, n / len(blocks), n_tokens, seconds, n_new)):
                reached, total = totals[0]
                return (total.result(), reached) if total.done() else (None, first)
        return (totals[-1][1].result(), len(blocks)) if totals else (None, first)

    def _running_totals(self, counted: list[Any], first: int) -> deque[tuple[int, Any]]:
        """Return the sum of a round of blocks, of this and the next one, and so on, each with where it goes up to.

        They are wanted sooner than more blocks, or all machines would be full of what is to be added.
        """
        totals: deque[tuple[int, Any]] = deque()
        for start in range(0, len(counted), ROUND):
            waiting = counted[start : start + ROUND]
            while len(waiting) > 1:
                groups = (waiting[i : i + _ADDED_AT_ONCE] for i in range(0, len(waiting), _ADDED_AT_ONCE))
                waiting = [self._added(group) for group in groups]
            total = self._added([totals[-1][1], *waiting]) if totals else waiting[0]
            totals.append((first + min(start + ROUND, len(counted)), total))
        return totals

    def _added(self, counted: list[Any]) -> Any:
        return self._client.submit(_sum, counted, pure=False, priority=1)


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
