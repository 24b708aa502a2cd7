"""Which share of a pass over all pairs is products of matrices: beside the same products done alone, in one run.

Alone means: two threads as in a pass, the four products of every score (V with U, the exponentials with U; V with U
again, the exponentials with V) into memory that is there already, nothing in between, with whichever block of rows is
quickest. Counted is the time on the processors, of both threads: what other programs take is not. Of the larger
vocabulary only some centers are gone through, as a warm-up pass does.
"""

import gc
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from threadpoolctl import ThreadpoolController

from bench._report import Figure, print_table, show
from w2v import Counts
from w2v.counts import sparse_counts
from w2v.whole.blocks import WORKERS, Reals
from w2v.whole.full_batch import SoftmaxBatch

DIM = 100
SIZES = ((20_000, 20_000), (50_000, 8_000))  # words, and how many of them are gone through as centers
ROWS = (128, 256, 512, 1024)
PAIRS_PER_WORD = 60
REPEATS = 3
TARGET = 0.6


def main() -> list[Figure]:
    """Measure everything; return all figures."""
    figures = [share(n_words, n_centers) for n_words, n_centers in SIZES]
    show(figures)
    return figures


def share(n_words: int, n_centers: int) -> Figure:
    """Time of the products alone, over that of a pass."""
    rng = np.random.default_rng(0)
    counts = made_counts(n_words, rng)
    V, U = (0.2 * rng.standard_normal((2, n_words, DIM))).astype(np.float32)
    whole = n_centers == n_words
    with ThreadPoolExecutor(WORKERS) as pool, ThreadpoolController().limit(limits=1, user_api="blas"):
        batch = SoftmaxBatch(counts, None, np.float32, pool)

        def a_pass() -> None:
            batch.model_of_V(V, U, None if whole else n_centers)
            batch.model_of_U(V, U, None if whole else n_centers)

        work: dict[str, Callable[[], object]] = {"a pass": a_pass}
        for rows in ROWS:
            work[f"its products, {rows} rows at once"] = partial(products, pool, V[:n_centers], U, rows)
        seconds = {name: [] for name in work}  # type: dict[str, list[float]]
        for _ in range(REPEATS):
            for name, do in work.items():
                gc.collect()
                begun = time.process_time()
                do()
                seconds[name].append(time.process_time() - begun)
    name = f"{n_words:,} words, {n_centers:,} as centers, dim {DIM}"
    operations = 8e-9 * n_words * n_centers * DIM
    print_table(
        (name, "processor seconds", "GFLOP/s a core"),
        [(what, f"{min(took):.2f}", f"{operations / min(took):.0f}") for what, took in seconds.items()],
    )
    passes = seconds.pop("a pass")
    alone = [min(took) for took in zip(*seconds.values())]
    ratio = statistics.median(a / b for a, b in zip(alone, passes))
    return Figure(f"{name}: products alone / a pass", ratio, "", TARGET, more=True)


def products(pool: ThreadPoolExecutor, V: Reals, U: Reals, rows: int) -> None:
    """The four products of a pass, and nothing else."""
    U_T = np.ascontiguousarray(U.T)

    def work(starts: range) -> None:
        scores, means = np.empty((rows, len(U)), V.dtype), np.empty((rows, DIM), V.dtype)
        pushed = np.empty_like(U)
        for start in starts:
            block = V[start : start + rows]
            made = np.matmul(block, U_T, out=scores[: len(block)])
            np.matmul(made, U, out=means[: len(block)])
            np.matmul(block, U_T, out=made)
            np.matmul(made.T, block, out=pushed)

    list(pool.map(work, [range(i * rows, len(V), WORKERS * rows) for i in range(WORKERS)]))


def made_counts(n_words: int, rng: np.random.Generator) -> Counts:
    """Pairs of words whose shares are as in Zipf's law."""
    share = 1.0 / np.arange(1, n_words + 1)
    centers, words = rng.choice(n_words, (2, PAIRS_PER_WORD * n_words), p=share / share.sum())
    return Counts(sparse_counts(centers, words, n_words, n_words))


if __name__ == "__main__":
    main()
