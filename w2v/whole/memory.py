"""How much memory a training from counts takes, known before it begins: linear in the words and in the pairs.

The estimate is that of full softmax, with what was measured (`tests/test_counts_run.py`) rounded up; negative sampling
takes a little less.
"""

import os

from w2v.counting.counted_text import CountedText
from w2v.way_out import WayOut
from w2v.whole.blocks import WORKERS, block_rows

MATRICES = 23  # (n_words, dim + 1) in float32: vectors, passes that are kept, gradients, steps, sums of each part
PER_PAIR = 30  # bytes for each pair of words that was counted, besides the counts themselves
GIGABYTE = 1e9


def needed_bytes(counted: CountedText, dim: int) -> int:
    """Return about how much memory training takes, besides the counts, for vectors of length `dim`."""
    n_words = len(counted.vocabulary)
    matrices = MATRICES * 4 * n_words * (dim + 1)
    blocks = WORKERS * 4 * n_words * block_rows(n_words, n_words)
    return matrices + blocks + PER_PAIR * int(counted.counts.matrix.nnz + counted.heldout.matrix.nnz)


def machine_bytes() -> int | None:
    """Return how much memory this machine has; None where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def check_memory(counted: CountedText, dim: int) -> None:
    """Raise ValueError in one sentence, with a way out, where this machine has less memory than training takes."""
    needed, there = needed_bytes(counted, dim), machine_bytes()
    if there is None or needed <= there:
        return
    n_words = len(counted.vocabulary)
    fits = dim - -(-(needed - there) // (MATRICES * 4 * n_words))  # each dimension less takes so much less
    problem = (
        f"Training {n_words:,} words with vectors of length {dim} takes about {said_bytes(needed)} of memory, and "
        f"this machine has {said_bytes(there)}"
    )
    if fits >= 1:
        raise WayOut(problem, f"choose a length of {fits} or less, or count fewer words", ("dim", fits))
    raise WayOut(problem, "count fewer words, with a higher minimum count")


def said_bytes(n_bytes: int) -> str:
    """Return a number of bytes as it is said."""
    in_all = n_bytes / GIGABYTE
    return f"{in_all:.1f} GB" if in_all >= 0.1 else f"{max(1, round(1000 * in_all))} MB"
