"""Training in the time that somebody gives: what is done where exact passes take too long for it.

Full softmax is then trained by quick passes (`alternating_newton.py`): the most frequent words, the centers of most
pairs, move U several times for each time that all rows of V are moved. What goes down, and what is said after each
pass, is the same loss over all pairs as always. On 0.45 million words of an encyclopedia with 34,000 different ones,
dim 100, in the time in which three exact passes come to a held-out loss of 7.590 and a WordSim of .43, two quick ones
come to 7.593 and .46. With fewer words, the centers of 70 % of the pairs, they come to 7.63 and .39 only.

The other way, in which each block of centers meets a sample of the words in place of all, each weighted by how many it
stands for (importance sampling, Bengio and Senecal 2003), came out worse. With 18,000 different words, where guessing
by frequency has 7.35, it came to 7.31 and a WordSim of .37 with eight times the damping before it diverged, and
diverged sooner with the usual one; quick passes come to 7.18 and .43 in about the same time.

Negative sampling goes the same path of 20 epochs in fewer, longer steps.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from threadpoolctl import ThreadpoolController

from w2v.config import Config
from w2v.corpus import Vocabulary
from w2v.counts import Counts
from w2v.objectives import OBJECTIVES
from w2v.whole.blocks import BLOCK_ROWS, PARTS, WORKERS, Room, Scores, shared_out, with_ones
from w2v.whole.optimiser import WARM_UP_FROM, WARM_UP_SHARE, frequent_words
from w2v.whole.training import MAX_PASSES
from w2v.workers import threads

ENOUGH_PASSES = 6  # of full softmax: held-out losses are near their lowest by then
FEWEST_PASSES = 8  # in which negative sampling goes its path
QUICK_ROUNDS = 3
MOST_MINUTES = 525_600  # a year


@dataclass(frozen=True, slots=True)
class Budget:
    """What is done in the time that there is.

    seconds      : that training may take; the pass that would end later is not begun, but for the first one
    max_passes   : passes at most; None for as many as there is time for
    quick_rounds : of quick passes; 0 for exact ones
    sentence     : what was chosen and why
    """

    seconds: float
    max_passes: int | None
    quick_rounds: int
    sentence: str


UNLIMITED = Budget(float("inf"), None, 0, "")


class Counted(Protocol):
    """What is to be trained on: a text that was counted, or what became of one at hand."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words."""

    @property
    def counts(self) -> Counts:
        """The pairs to learn from."""


def budget_of(counted: Counted, config: Config, minutes: float) -> Budget:
    """Choose what to do in so many minutes, from how quick this machine is now.

    Raises ValueError in one sentence for a number of minutes that makes no sense.
    """
    if not 0 < minutes <= MOST_MINUTES:
        raise ValueError(f"The minutes must be a number above 0 and at most {MOST_MINUTES:,}, which are a year.")
    n_words, seconds = len(counted.vocabulary), 60 * minutes
    one, k = seconds_of_pass(n_words, config.dim), frequent_words(counted.counts)
    pace, time_there = f"One pass over all pairs takes about {said_seconds(one)} here", f"for {said_seconds(seconds)}"
    if OBJECTIVES[config.objective].on_schedule:
        return _on_schedule(seconds, one, pace)
    if seconds >= ENOUGH_PASSES * one:
        return Budget(seconds, None, 0, f"{pace}: in {said_seconds(seconds)} all passes are exact.")
    first, quick = (one * passes_of_first(n_words, k, rounds) for rounds in (0, QUICK_ROUNDS))
    if seconds >= quick or first >= quick:
        words = (
            f"{pace}, too long {time_there}: quick passes, in which the {k:,} most frequent words, the centers of "
            f"{WARM_UP_SHARE:.0%} of the pairs, are gone over {QUICK_ROUNDS + 1} times. The loss is that of full "
            "softmax over all pairs."
        )
        return Budget(seconds, None, QUICK_ROUNDS, words + _warning(quick, seconds))
    if seconds < first:
        return Budget(seconds, None, 0, f"{pace}.{_warning(first, seconds)}")
    n = 1 + int((seconds - first) / one)
    passes = "pass" if n == 1 else "passes"
    words = f"{pace}: in {said_seconds(seconds)} there is time for {n} exact {passes}, not for quick ones."
    return Budget(seconds, None, 0, words)


def passes_of_first(n_words: int, k: int, quick_rounds: int) -> float:
    """Return how long the first pass of full softmax takes, in usual ones: as `AlternatingNewton.advance` begins.

    n_words, k : how many words there are, and how many of them are frequent

    A usual pass is two halves, each with all words as centers: one moves U, one finds the losses and how to move V.
    """
    share = k / n_words
    if quick_rounds or n_words >= WARM_UP_FROM:
        return (1 + (3 + 2 * quick_rounds) * share) / 2
    return 3 / 2


def _on_schedule(seconds: float, one: float, pace: str) -> Budget:
    """Choose for negative sampling, whose passes all cost the same."""
    n_passes = int(np.clip(seconds / one, FEWEST_PASSES, MAX_PASSES))
    if n_passes == MAX_PASSES:
        return Budget(seconds, None, 0, f"{pace}: there is time for {said_seconds(seconds)} for all {MAX_PASSES}.")
    words = f"{pace}: the path of negative sampling is gone in {n_passes} passes, not {MAX_PASSES}."
    first = 3 / 2 * one
    if first <= seconds < FEWEST_PASSES * one:
        words += f" There is time for about {max(1, int(seconds / one - 1 / 2))} of them."
    return Budget(seconds, n_passes, 0, words + _warning(first, seconds))


def _warning(first: float, seconds: float) -> str:
    """Return what to say where the first pass alone takes too long."""
    if first <= seconds:
        return ""
    return (
        f" The first pass alone takes about {said_seconds(first)}, longer than the {said_seconds(seconds)} that there "
        "are: it is gone to its end all the same, for before that there is nothing to save."
    )


def seconds_of_pass(n_words: int, dim: int) -> float:
    """Return about how long an exact pass of full softmax takes here and now, from a few blocks of centers."""
    rng = np.random.default_rng(0)
    n_rows = min(n_words, PARTS * BLOCK_ROWS)
    V, U = (0.1 * rng.standard_normal((n, dim), np.float32) for n in (n_rows, n_words))
    scores, U_and_ones = Scores(U), with_ones(U)

    def work(blocks: Sequence[slice]) -> float:
        room, took = Room(blocks, n_words, U.dtype), 0.0
        for _ in range(2):  # the first time the system has to find the memory
            begun = time.perf_counter()
            for block in blocks:
                for words, tile in scores.exponentials(V[block], room)[0]:
                    tile @ U_and_ones[words]
            took = time.perf_counter() - begun
        return took

    with threads(WORKERS) as pool, ThreadpoolController().limit(limits=1, user_api="blas"):
        took: float = sum(shared_out(pool, work, n_rows, n_words)) / (WORKERS if pool else 1)
    return 2 * took * n_words / n_rows


def said_seconds(seconds: float) -> str:
    """Return a time as it is said."""
    if seconds < 100:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes"
