"""All scores u_w . v_c of a vocabulary, a block of centers at a time, so that products of matrices take the time.

A pass makes every score twice, takes its exponential, and multiplies it with a matrix once more. The products are at
best as quick as the processor multiplies; what is done to each score besides should stay far below. So a block of
scores is made in tiles that stay in a processor's own cache until they have been worked on, in memory that every block
uses again, and exp comes without looking for the largest score first where none can be too large (`Scores`).
`bench/products.py` measures what is left over.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v.workers import Pool

Reals = NDArray[Any]
"""float32 or float64: whichever the parameters have."""

Tile = tuple[slice, Reals]
"""Which words, and what there is of them for a block of centers: (n_centers, n_words of the tile)."""

TILE_WORDS, BLOCK_ROWS = 1024, 256
"""A tile of a full block has 1 MB in float32, which stays in its processor's cache; yet the block has rows enough, for
the other matrix is read once for every block, which with 12 rows at 20,000 words takes most of the time."""

BLOCK_CELLS = 2**25
"""Scores in a block at most: 128 MB in float32 for each worker. Above 130,000 words blocks have fewer rows."""

WORKERS, PARTS = 2, 4
"""Threads, and parts that the work is always shared out in: sums come out the same with one processor or two."""

SAFE_EXPONENT = 70.0
"""exp of it, and the sum of as many as there are words, fits into float32; so does exp of its negative."""


def shared_out(pool: Pool, work: Callable[[Sequence[slice]], Any], n_rows: int, n_words: int) -> Iterator[Any]:
    """Do `work` for every block of rows, in `PARTS` parts; yield what each part returned."""
    size = block_rows(n_rows, n_words)
    blocks = [slice(start, min(n_rows, start + size)) for start in range(0, n_rows, size)]
    parts = [blocks[i::PARTS] for i in range(PARTS)]
    return iter(pool.map(work, parts) if pool else map(work, parts))


def block_rows(n_rows: int, n_words: int) -> int:
    """Return how many rows a block has."""
    return max(1, min(BLOCK_ROWS, BLOCK_CELLS // n_words, -(-n_rows // PARTS)))


class Room:
    """Memory for the tiles of one block after the other."""

    def __init__(self, blocks: Sequence[slice], n_words: int, dtype: Any) -> None:
        self._n_words = n_words
        self._cells = np.empty(n_words * max((block.stop - block.start for block in blocks), default=0), dtype)

    def tile(self, n_rows: int, words: slice) -> Reals:
        """Return the place of a tile, (n_rows, n_words of the tile), with anything in it."""
        return self._cells[n_rows * words.start : n_rows * words.stop].reshape(n_rows, words.stop - words.start)

    def at(self, n_rows: int, row: NDArray[Any], word: NDArray[Any]) -> Reals:
        """Return what the tiles of a block of `n_rows` centers hold for some centers and words."""
        start = word // TILE_WORDS * TILE_WORDS
        width = np.minimum(self._n_words - start, TILE_WORDS)
        found: Reals = self._cells[start.astype(np.int64) * n_rows + row.astype(np.int64) * width + (word - start)]
        return found


def tiles_of(n_words: int) -> list[slice]:
    """Return all words, so many at a time as a tile has."""
    return [slice(start, min(n_words, start + TILE_WORDS)) for start in range(0, n_words, TILE_WORDS)]


def scores(V: Reals, U: Reals, room: Room) -> Iterator[Tile]:
    """Yield u_w . v_c for a block of centers, tile by tile. All tiles stay until the room is used again."""
    for words in tiles_of(len(U)):
        tile = room.tile(len(V), words)
        np.matmul(V, U[words].T, out=tile)
        yield words, tile


class Scores:
    """The scores of all words, less one constant for each center, which changes no P(w|c).

    The constant is the score of the mean of U: what is left is small. By Cauchy and Schwarz none is larger than
    |v_c| max_w |u_w - mean|; where exp cannot overflow for that, the largest one need not be looked for.

    U : (n_words, dim)
    """

    def __init__(self, U: Reals) -> None:
        self._mean = U.mean(axis=0)
        self._centred = U - self._mean
        self._reach = _longest(self._centred)

    def exponentials(self, V: Reals, room: Room) -> tuple[Iterator[Tile], Reals]:
        """Return exp(u_w . v_c - s_c) for a block of centers, tile by tile, and s_c, (n_centers,).

        All tiles stay until the room is used again.
        """
        shift = V @ self._mean
        tiles = scores(V, self._centred, room)
        if not _longest(V) * self._reach <= SAFE_EXPONENT:
            kept = list(tiles)
            largest = np.max([tile.max(axis=1) for _, tile in kept], axis=0)
            shift += largest
            tiles = ((words, np.subtract(tile, largest[:, None], out=tile)) for words, tile in kept)
        return ((words, np.exp(tile, out=tile)) for words, tile in tiles), shift


def with_ones(rows: Reals) -> Reals:
    """Return the rows with a column of ones behind them, so that a product with them has the sums as well."""
    return np.concatenate([rows, np.ones((len(rows), 1), rows.dtype)], axis=1)


def _longest(rows: Reals) -> float:
    return float(np.sqrt(np.einsum("ij,ij->i", rows, rows).max(initial=0)))
