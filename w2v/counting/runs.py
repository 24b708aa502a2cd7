"""Counts that grow: sorted runs that are merged, in memory up to a budget and on the disk beyond it.

A run is a sparse matrix with sorted rows. Two of about the same size are merged into one, so that each number is added
up a few times however many runs come. When all of them outgrow the budget they become one run on the disk, and at the
end all runs there are merged a few rows at a time.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from w2v.arrays import Ints, Sparse
from w2v.paths import StrPath

ENTRIES = 2**21  # merged at once from the disk
_BYTES = 2**24  # of an array read at once


class Runs:
    """The sum of all matrices that were added.

    n_words : rows and columns of each
    budget  : bytes that they may take in memory, those of a merge included
    folder  : for what is more
    name    : of the files there
    """

    def __init__(self, n_words: int, budget: int, folder: Path, name: str) -> None:
        self._n_words, self._budget, self._folder, self._name = n_words, budget, folder, name
        self._in_memory: list[Sparse] = []
        self._on_disk: list[DiskRun] = []
        self._n_spilled = 0

    def add(self, run: Sparse) -> None:
        """Add a matrix."""
        _push(self._in_memory, run)
        if 2 * sum(map(_n_bytes, self._in_memory)) > self._budget:
            self._spill()

    def settled(self) -> "Sparse | DiskRun":
        """Return the sum as one run: on the disk where it outgrew the budget."""
        if not self._on_disk:
            self._in_memory = [merged(self._in_memory, self._n_words)]
            return self._in_memory[0]
        self._spill()
        if len(self._on_disk) > 1:
            self._keep(_merged_rows(self._on_disk, self._n_words))
            for run in self._on_disk[:-1]:
                run.remove()
            del self._on_disk[:-1]
        return self._on_disk[0]

    def _spill(self) -> None:
        if self._in_memory:
            run = merged(self._in_memory, self._n_words)
            self._in_memory.clear()
            self._keep(iter([run]))

    def _keep(self, blocks: Iterator[Sparse]) -> None:
        self._n_spilled += 1
        self._on_disk.append(DiskRun.write(self._folder / f"{self._name}-{self._n_spilled}", blocks))


class DiskRun:
    """A run on the disk: its columns and its counts, in two files; where each row begins is in memory.

    indptr : (n_rows + 1,)
    """

    def __init__(self, path: Path, indptr: Ints) -> None:
        self._path, self.indptr = path, indptr
        self.nnz = int(indptr[-1])

    @classmethod
    def write(cls, path: StrPath, blocks: Iterable[Sparse]) -> "DiskRun":
        """Write the rows of a matrix, which come in blocks. Raises OSError where the disk takes no more."""
        place, starts, n = Path(path), [np.zeros(1, np.int64)], 0
        with _file(place, "indices").open("wb") as indices, _file(place, "data").open("wb") as data:
            for block in blocks:
                indices.write(np.ascontiguousarray(block.indices, np.int32).data)
                data.write(np.ascontiguousarray(block.data, np.int64).data)
                starts.append(block.indptr[1:] + np.int64(n))
                n += block.nnz
        return cls(place, np.concatenate(starts))

    def rows(self, first: int, end: int) -> Sparse:
        """Return rows of the matrix."""
        start, stop = self.indptr[first], self.indptr[end]
        arrays = (self._read("data", np.int64, start, stop), self._read("indices", np.int32, start, stop))
        return scipy.sparse.csr_array(
            (*arrays, self.indptr[first : end + 1] - start), shape=(end - first, len(self.indptr) - 1)
        )

    def parts(self, name: str, dtype: Any) -> Iterator[NDArray[Any]]:
        """Yield `indices` or `data`, a part at a time."""
        step = _BYTES // np.dtype(dtype).itemsize
        for start in range(0, self.nnz, step):
            yield self._read(name, dtype, start, min(self.nnz, start + step))

    def remove(self) -> None:
        """Remove its files."""
        for name in ("indices", "data"):
            _file(self._path, name).unlink()

    def _read(self, name: str, dtype: Any, start: int, stop: int) -> NDArray[Any]:
        offset = int(start) * np.dtype(dtype).itemsize
        return np.fromfile(_file(self._path, name), dtype, int(stop - start), offset=offset)


def matrix_of(run: "Sparse | DiskRun") -> Sparse:
    """Return a run in memory."""
    return run.rows(0, len(run.indptr) - 1) if isinstance(run, DiskRun) else run


def total_of(run: "Sparse | DiskRun") -> int:
    """Return the sum of all counts."""
    parts = run.parts("data", np.int64) if isinstance(run, DiskRun) else [run.data]
    return sum(int(part.sum()) for part in parts)


def merged(runs: Iterable[Sparse], n_words: int) -> Sparse:
    """Return the sum of matrices, zeros where there are none."""
    waiting: list[Sparse] = []
    for run in runs:
        _push(waiting, run)
    while len(waiting) > 1:
        waiting[-2:] = [waiting[-2] + waiting[-1]]
    return waiting[0] if waiting else zeros(n_words)


def zeros(n_words: int) -> Sparse:
    """Return a run of nothing."""
    return scipy.sparse.csr_array((n_words, n_words), dtype=np.int64)


def _push(runs: list[Sparse], run: Sparse) -> None:
    """Add a run to others, and merge those that are about as large."""
    runs.append(run)
    while len(runs) > 1 and runs[-2].nnz <= 2 * runs[-1].nnz:
        runs[-2:] = [runs[-2] + runs[-1]]


def _merged_rows(runs: list[DiskRun], n_words: int) -> Iterator[Sparse]:
    """Yield the sum of runs on the disk, a few rows at a time."""
    ends = np.sum([run.indptr for run in runs], axis=0)
    first = 0
    while first < n_words:
        end = max(first + 1, int(np.searchsorted(ends, ends[first] + ENTRIES, side="right")) - 1)
        yield merged([run.rows(first, end) for run in runs], n_words)
        first = end


def _n_bytes(run: Sparse) -> int:
    return int(run.data.nbytes + run.indices.nbytes + run.indptr.nbytes)


def _file(path: Path, name: str) -> Path:
    return path.with_name(f"{path.name}.{name}")
