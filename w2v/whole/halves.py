"""A sparse matrix in two halves, and its products by two threads: to the same bits as by one."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
import scipy

from w2v.arrays import Sparse
from w2v.whole.blocks import Reals
from w2v.workers import Pool

Result = TypeVar("Result")


def in_background(pool: Pool, work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin some work, if there is a pool, and return the way to its result."""
    return pool.submit(work).result if pool else work


def two_halves(matrix: Sparse, k: int) -> tuple[Sparse, Sparse]:
    """Return the first k rows in two parts with as many entries each."""
    start = matrix.indptr
    middle = min(k, int(np.searchsorted(start, start[k] // 2)))

    def rows(first: int, end: int) -> Sparse:
        inside = slice(start[first], start[end])
        entries = (matrix.data[inside], matrix.indices[inside], start[first : end + 1] - start[first])
        return scipy.sparse.csr_array(entries, shape=(end - first, matrix.shape[1]))

    return rows(0, middle), rows(middle, k)


def product(matrix: Sparse, dense: Reals, pool: Pool) -> Reals:
    """Return matrix @ dense: each thread has half of the rows."""
    parts = [in_background(pool, partial(_times, half, dense)) for half in two_halves(matrix, matrix.shape[0])]
    return np.concatenate([part() for part in parts])


def transposed_product(matrix: Sparse, dense: Reals, pool: Pool) -> Reals:
    """Return matrix.T @ dense: each thread has half of the columns of `dense`, so that sums keep their order."""
    halves = map(np.ascontiguousarray, np.array_split(dense, 2, axis=1))
    parts = [in_background(pool, partial(_times, matrix.T, half)) for half in halves]
    return np.concatenate([part() for part in parts], axis=1)


def _times(matrix: Sparse, dense: Reals) -> Reals:
    found: Reals = matrix @ dense
    return found
