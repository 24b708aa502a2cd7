"""Counting texts of any size: first their words, then the pairs of those that are kept, piece by piece.

Both are sums, so it does not matter which process counts which piece, and counting can stop after any of them and go on
from there: what was counted until then is a `Tally`, as the whole is. Texts are read twice, but cut into words once
where they fit into a quarter of the memory as numbers.
"""

import errno
import os
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from w2v.corpus import Vocabulary
from w2v.counting.counted_text import CountedText, CountSettings, Reached
from w2v.counting.numbered import KeptPieces, NumberedPiece, PieceReader
from w2v.counting.pair_counter import CountedPiece, PairCounter
from w2v.counting.pieces import Texts, sources_of
from w2v.counting.runs import Runs, matrix_of, zeros
from w2v.counting.tally import Tally
from w2v.counting.word_tally import WordTally, counts_of
from w2v.paths import StrPath
from w2v.reading.unpacking import Stream
from w2v.slices import finished
from w2v.team import in_order
from w2v.way_out import WayOut
from w2v.workers import threads

MEMORY = 2**30  # bytes
ON_CLUSTER = "cluster "  # begins the digest of what was counted there: see `blocks.py`
PIECES_FOR_TWO = 4  # before several processes count: starting them takes as long as one or two pieces
CHANGED = "The texts changed while they were counted: count them again."
START = Reached(1, 0, "", "", 0)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Progress(NamedTuple):
    """How far counting is.

    n_pass, n_passes : which time the texts are read
    share            : how much of them is read in this pass, 0 to 1; None where that cannot be known
    n_tokens         : how many words were counted in it
    seconds          : since it began
    n_new            : how many of the words were counted since then, those before it was stopped left out
    """

    n_pass: int
    n_passes: int
    share: float | None
    n_tokens: int
    seconds: float
    n_new: int

    @property
    def seconds_left(self) -> float | None:
        """How long this pass will take."""
        if not self.share or not self.n_new:
            return None
        done = self.share * self.n_new / self.n_tokens
        return self.seconds * (1 - self.share) / done


class AnotherError(ValueError):
    """What was counted before was another count than this one."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This was begun with {what}: remove it to count anew.")


CountingProgress = Generator[Progress, bool | None, Tally]


@dataclass(frozen=True)
class Plan:
    """How texts are to be counted, whatever comes out being the same for any memory, folder and number of processes.

    settings   : what is counted
    vocabulary : the words to keep; None for those that occur often enough
    processes  : how many count; threads of this one, where the texts are kept as numbers
    memory     : bytes that the counts may take, more than which go to the disk
    folder     : where on the disk
    """

    settings: CountSettings
    vocabulary: Sequence[str] | None
    processes: int
    memory: int
    folder: Path


def count_texts(
    sources: StrPath | Stream | Iterable[StrPath | Stream],
    settings: CountSettings | None = None,
    *,
    vocabulary: Sequence[str] | None = None,
    encoding: str | None = None,
    processes: int = 1,
    memory: int = MEMORY,
    skip_unreadable: bool = False,
) -> CountedText:
    """Count the words of texts, and the pairs of a center and a context word at most a window away.

    sources         : files, folders, patterns such as "books/*.txt.gz", addresses that fsspec knows, open files, "-"
    settings        : how they are counted; those of `CountSettings()` if none are given
    vocabulary      : the words to keep, instead of those that occur often enough; a text is then read once
    encoding        : of the texts; None for UTF-8, or what a byte-order mark says
    processes       : how many count; what comes out is the same
    memory          : bytes that counts may take while they grow; more go to a temporary folder
    skip_unreadable : whether files that cannot be read are left out

    The result is equal to that of `count_pairs` on the same text, and to the sum (`plus`) of its parts.
    Raises ValueError in one sentence.
    """
    is_one = isinstance(sources, str | os.PathLike) or hasattr(sources, "read")
    several = [*cast(Iterable[StrPath | Stream], [sources] if is_one else sources)]
    if not several:
        raise ValueError("No text is named, so there is nothing to count.")
    with tempfile.TemporaryDirectory(prefix="w2v-") as folder:
        texts = Texts([*sources_of(several, Path(folder))], encoding, skip_unreadable)
        plan = Plan(settings or CountSettings(), vocabulary, processes, memory, Path(folder))
        return finished(counting(texts, plan)).counted()


def counting(texts: Texts, plan: Plan, begun: Tally | None = None) -> CountingProgress:
    """Count texts, and yield how far it is; when True is sent, stop and return what was counted until then.

    begun : what was counted before, to go on from

    Raises ValueError in one sentence.
    """
    if begun and begun.settings != plan.settings:
        raise AnotherError("other settings")
    if _reached(begun).digest.startswith(ON_CLUSTER):
        raise AnotherError("a cluster")
    kept = KeptPieces(plan.memory // 4)
    if begun or plan.vocabulary is not None:
        kept.give_up()
    try:
        if plan.vocabulary is None and (_reached(begun).n_pass == 1):
            begun = yield from _count_words(texts, plan, begun, kept)
            if _reached(begun).n_pass == 1:
                return begun
        return (yield from _count_pairs(texts, plan, begun, kept.pieces))
    except OSError as problem:
        if problem.errno not in _FULL:
            raise
        raise WayOut(
            f"The temporary folder {plan.folder} takes no more ({problem.strerror})",
            "choose another one, or allow more memory",
            ("temp", "FOLDER"),
            ("memory", "8G"),
        ) from None


def _count_words(texts: Texts, plan: Plan, begun: Tally | None, kept: KeptPieces) -> CountingProgress:
    tally = WordTally(plan.memory, plan.folder)
    if begun:
        tally.add(counts_of(begun.vocabulary))
    reading = _Pass(texts, plan, 1, _reached(begun))
    for piece in reading.results(PieceReader, (plan.settings.reading,)):
        tally.add(piece.n_of)
        kept.add(piece)
        yield from reading.shown(len(piece.ids))
    reached = reading.reached()
    if not reading.is_stopped:
        reached = START._replace(n_pass=2, whole=reached.digest)
    vocabulary = tally.all_words() if reading.is_stopped else tally.vocabulary(plan.settings)
    empty = zeros(len(vocabulary))
    return Tally(vocabulary, empty, empty, plan.settings, tally.n_tokens, reached)


def _count_pairs(texts: Texts, plan: Plan, begun: Tally | None, kept: list[NumberedPiece] | None) -> CountingProgress:
    given = None if plan.vocabulary is None else tuple(dict.fromkeys(plan.vocabulary))
    words = begun.vocabulary.words if begun else given or ()
    if given is not None:
        if words != given:
            raise AnotherError("another vocabulary")
        check_words(given)
    share, memory = plan.settings.holdout, plan.memory - sum(piece.n_bytes for piece in kept or ())
    learned, heldout = (
        Runs(len(words), round(memory * part), plan.folder, name)
        for part, name in ((1 - share, "learned"), (share, "heldout"))
    )
    n_of = np.zeros(len(words), np.int64)
    if begun:
        learned.add(matrix_of(begun.learned))
        heldout.add(matrix_of(begun.heldout))
        n_of += begun.vocabulary.counts if plan.vocabulary is not None else 0
    reading = _Pass(texts, plan, 2, _reached(begun))
    if kept is None:
        results = reading.results(PairCounter, (words, plan.settings))
    else:
        results = reading.results_of(kept, PairCounter(words, plan.settings))
    for found in results:
        learned.add(found.learned)
        heldout.add(found.heldout)
        n_of += found.n_of
        yield from reading.shown(found.n_tokens)
    reached = reading.reached()
    whole = _reached(begun).whole
    if not reading.is_stopped and whole and reached.digest != whole:
        raise ValueError(CHANGED)
    vocabulary = begun.vocabulary if begun and plan.vocabulary is None else Vocabulary(words, n_of)
    n_tokens = begun.n_tokens if begun and plan.vocabulary is None else reached.n_read
    tally = Tally(vocabulary, learned.settled(), heldout.settled(), plan.settings, n_tokens, reached)
    return tally if reading.is_stopped else tally.finished()


def check_words(given: Sequence[str]) -> None:
    """Raise ValueError in one sentence unless a text can be counted over this vocabulary."""
    if len(given) < 2 or not all(word and "\n" not in word for word in given):
        raise ValueError("A vocabulary to count with has two words or more, none of them empty or with a line end.")


def _reached(begun: Tally | None) -> Reached:
    return START if begun is None or begun.reached is None else begun.reached


class _Pass:
    """Reading the texts once, from where it was stopped before.

    before     : where that was
    is_stopped : whether it was stopped again
    """

    def __init__(self, texts: Texts, plan: Plan, n_pass: int, before: Reached) -> None:
        self._texts, self._plan, self._n_pass = texts, plan, n_pass
        self._n_passes = 1 if plan.vocabulary is not None else 2
        self._before = before if before.n_pass == n_pass else START
        self._n_tasks, self._digest = self._before.n_tasks, self._before.digest
        self._n_read = self._before.n_read
        self._share: float | None = None
        self._began = time.monotonic()
        self.is_stopped = False

    def results(self, make: Callable[..., Any], arguments: tuple[Any, ...]) -> Iterator[Any]:
        """Count each piece that was not counted before."""
        for mark, result in in_order(self._plan.processes, make, arguments, self._tasks(), PIECES_FOR_TWO):
            self._n_tasks, self._digest, self._share = mark
            yield result

    def results_of(self, kept: list[NumberedPiece], counter: PairCounter) -> Iterator[CountedPiece]:
        """Count pieces that were cut into words before, in threads; the texts are read to see whether they changed."""
        n = self._plan.processes
        with threads(n) if n > 1 else nullcontext() as pool:
            for _, mark in self._tasks():
                self._n_tasks, self._digest, self._share = mark
                if self._n_tasks > len(kept):
                    raise ValueError(CHANGED)
                yield counter.of(kept[self._n_tasks - 1], pool)

    def _tasks(self) -> Iterator[tuple[list[str], tuple[int, str, float | None]]]:
        digest = blake2b(digest_size=16)
        n, before = 0, self._before
        for n, piece in enumerate(self._texts.pieces(once_more=self._n_pass < 2), 1):
            for text in piece.texts:
                digest.update(text.encode())
                digest.update(b"\xff")  # which is in no text
            if n > before.n_tasks:
                yield piece.texts, (n, digest.hexdigest(), piece.share)
            elif n == before.n_tasks and digest.hexdigest() != before.digest:
                break
            if self.is_stopped:
                return
        if n <= before.n_tasks and (n < before.n_tasks or digest.hexdigest() != before.digest):
            raise AnotherError("other texts, or these have changed")

    def shown(self, n_tokens: int) -> Generator[Progress, bool | None, None]:
        """Say how far it is, after so many words more."""
        self._n_read += n_tokens
        seconds = time.monotonic() - self._began
        n_new = self._n_read - self._before.n_read
        if (yield Progress(self._n_pass, self._n_passes, self._share, self._n_read, seconds, n_new)):
            self.is_stopped = True

    def reached(self) -> Reached:
        """Where it is."""
        return Reached(self._n_pass, self._n_tasks, self._digest, self._before.whole, self._n_read)
