"""Which words have vectors that point the same way: cosine similarity, nearest words, analogies.

Everything here works on any (n_words, dim) matrix: V, U, or an average of the two. Every row is first divided
by its length, so a cosine is a plain dot product of unit rows. A row of zeros points nowhere: its cosine with
every word, itself included, is defined as 0. Whoever asks more than once about one matrix makes its `Directions` once
and hands these over in its place.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v.arrays import Floats, Ints, frozen_floats, frozen_ints

TIE = 1e-12  # cosines closer than this count as equal where a tie matters
SHORTEST, LONGEST = 1e-12, 1e12  # rows between which single precision is right to what is expected of it
BLOCK_CELLS = 2_000_000  # similarities held at once (16 MB), so that memory grows linearly with the words


class Directions:
    """Where the rows of a matrix point, for who asks again and again, also of very many: see `nearest`.

    matrix  : (n_words, dim) float32 or float64, not copied where it is one of these, and not to be changed any more
    lengths : (n_words,) of its rows

    Which rows are near a direction is found by one matrix-vector product in the precision of the matrix. Those that
    rounding could put among the nearest are then compared exactly, so that the answers are those of `unit_rows`, to
    the last bit; memory for a few numbers a row is all that this takes besides.
    Raises ValueError if the matrix is not two-dimensional or holds a number that is not finite.
    """

    def __init__(self, matrix: ArrayLike) -> None:
        kind = np.float32 if getattr(matrix, "dtype", None) == np.float32 else np.float64
        self.matrix: NDArray[np.floating[Any]] = np.ascontiguousarray(matrix, dtype=kind)
        _checked_shape(self.matrix, np.shape(matrix))
        self.lengths = np.empty(len(self.matrix))
        for rows in row_slices(*self.matrix.shape):
            some = np.asarray(self.matrix[rows], dtype=np.float64)
            _checked_numbers(some)
            with np.errstate(over="ignore", under="ignore"):
                self.lengths[rows] = np.sqrt(np.einsum("ij,ij->i", some, some))
        there = self.lengths[self.lengths > 0]
        self._is_tame = len(there) > 0 and float(there.min()) > SHORTEST and float(there.max()) < LONGEST
        self._slack = 4 * (self.matrix.shape[1] + 8) * float(np.finfo(kind).eps)

    def __len__(self) -> int:
        return len(self.matrix)

    def unit(self, ids: Sequence[int] | Ints) -> Floats:
        """Return the rows of these words, each divided by its length, (len(ids), dim).

        Raises ValueError for a word id outside the matrix.
        """
        return unit_rows(self.matrix[[_checked_id(int(word), len(self)) for word in ids]])

    def cosines(self, direction: Floats) -> Floats:
        """Return the cosine of each row with a unit vector, (n_words,), exactly."""
        parts = [_cosines(unit_rows(self.matrix[rows]), direction) for rows in row_slices(*self.matrix.shape)]
        return frozen_floats(np.concatenate(parts))

    def nearest_to(self, direction: Floats, n: int, leave_out: tuple[int, ...] = ()) -> list[tuple[int, float]]:
        """Return the `n` words nearest to a unit vector: (id, cosine), nearest first, ties in order of id."""
        ids = self._candidates(direction, n + len(leave_out))
        if ids is None:
            return _top(self.cosines(direction), n, leave_out)
        found = _cosines(unit_rows(self.matrix[ids]), direction)
        order = np.argsort(-found, kind="stable")
        kept = order[~np.isin(ids[order], leave_out)][: max(0, n)]
        return [(int(ids[i]), float(found[i])) for i in kept]

    def _candidates(self, direction: Floats, wanted: int) -> Ints | None:
        """Return ids in order, among which the `wanted` nearest are; None for all."""
        if not 0 < wanted < len(self) or not self._is_tame:
            return None
        about = self.matrix @ direction.astype(self.matrix.dtype)
        about /= np.where(self.lengths > 0, self.lengths, 1.0).astype(self.matrix.dtype)
        last = np.partition(about, len(about) - wanted)[len(about) - wanted]
        return np.flatnonzero(about >= last - self._slack)


def unit_rows(matrix: ArrayLike) -> Floats:
    """Divide each row of `matrix` (n_words, dim) by its length; rows of zeros stay zero.

    Rows are first divided by their largest entry, so neither 1e300 nor 1e-300 is lost when squared.
    Raises ValueError if the matrix is not two-dimensional or holds a number that is not finite.
    """
    rows = _checked(matrix)
    largest = np.abs(rows).max(axis=1, initial=0.0, keepdims=True)  # (n_words, 1)
    scaled = rows / np.where(largest > 0, largest, 1.0)  # (n_words, dim), largest entry of a row 1
    lengths = np.sqrt(np.einsum("ij,ij->i", scaled, scaled))[:, None]  # (n_words, 1), 0 or at least 1
    return frozen_floats(scaled / np.where(lengths > 0, lengths, 1.0))


def cosine_similarity(matrix: ArrayLike, word_id: int) -> Floats:
    """Return the cosine of the angle between one word and every word: (n_words,), from -1 to 1.

    cos(a, b) = a.b / (|a| |b|), and 0 where a or b is a row of zeros. Equal rows get bit-identical cosines.
    Raises ValueError for a word id outside the matrix.
    """
    directions = _directions(matrix)
    return directions.cosines(directions.unit([word_id])[0])


def nearest(matrix: ArrayLike | Directions, word_id: int, n: int) -> list[tuple[int, float]]:
    """Return the `n` words most similar to `word_id`, itself left out: (id, cosine), most similar first.

    Ties are in order of id. Fewer than `n` come back when there are fewer other words.
    Raises ValueError for a word id outside the matrix.
    """
    directions = _directions(matrix)
    return directions.nearest_to(directions.unit([word_id])[0], n, leave_out=(word_id,))


def nearest_of_unit_rows(unit: Floats, word_id: int, n: int) -> list[tuple[int, float]]:
    """Return the same as `nearest` of rows that have length 1 already: for many words of one matrix."""
    return _top(_cosines(unit, unit[_checked_id(word_id, len(unit))]), n, leave_out=(word_id,))


def analogy(
    matrix: ArrayLike | Directions, a: int, b: int, c: int, n: int, exclude_inputs: bool = True
) -> list[tuple[int, float]]:
    """Answer a - b + c, as in king - man + woman: (id, cosine with it), best first.

    3CosAdd: the words whose unit vectors are most similar to a - b + c, where a, b and c are unit vectors too
    (Mikolov, Yih and Zweig 2013, "Linguistic Regularities in Continuous Space Word Representations", section
    4; named 3CosAdd by Levy and Goldberg 2014, "Linguistic Regularities in Sparse and Explicit Word
    Representations"). word2vec's word-analogy.c takes the same three in the order b, a, c: man, king, woman. The
    three inputs are left out, as there, unless `exclude_inputs` is False: then a or c itself often wins. Ties are
    in order of id; a sum of zero has cosine 0 with every word.
    Raises ValueError for a word id outside the matrix.
    """
    directions = _directions(matrix)
    return directions.nearest_to(_sum(directions, a, b, c), n, leave_out=(a, b, c) if exclude_inputs else ())


def analogy_cosines(matrix: ArrayLike | Directions, a: int, b: int, c: int) -> Floats:
    """Return the cosine of every word with a - b + c, (n_words,). Raises ValueError as `analogy`."""
    directions = _directions(matrix)
    return directions.cosines(_sum(directions, a, b, c))


def _sum(directions: Directions, a: int, b: int, c: int) -> Floats:
    """Return where a - b + c points, (dim,)."""
    v_a, v_b, v_c = directions.unit((a, b, c))
    direction: Floats = unit_rows((v_a - v_b + v_c)[None, :])[0]
    return direction


def nearest_of_all(matrix: ArrayLike) -> tuple[Ints, Floats]:
    """Return for every word the id of its nearest other word and their cosine: (n_words,) and (n_words,).

    Of words within 1e-12 of the best the lowest id is taken. A word that is alone gets id -1 and cosine 0.
    Works in blocks of rows: memory is linear in n_words.
    """
    unit = unit_rows(matrix)
    ids, cosines = np.full(len(unit), -1), np.zeros(len(unit))
    for rows in row_blocks(len(unit)) if len(unit) > 1 else ():
        similarity = np.clip(unit[rows] @ unit.T, -1.0, 1.0)  # (rows, n_words)
        similarity[np.arange(len(rows)), rows] = -np.inf
        cosines[rows] = similarity.max(axis=1)
        ids[rows] = (similarity >= cosines[rows, None] - TIE).argmax(axis=1)  # the first within the tie
    return frozen_ints(ids), frozen_floats(cosines)


def cosine_table(matrix: ArrayLike | Directions, ids: Sequence[int]) -> Floats:
    """Return the cosine of each of these words with each other: (len(ids), len(ids)), 1 of a word with itself.

    Raises ValueError for a word id outside the matrix.
    """
    rows = _directions(matrix).unit(ids)
    return frozen_floats(np.array([_cosines(rows, row) for row in rows]).reshape(len(ids), len(ids)))


def row_blocks(n_rows: int) -> Iterator[Ints]:
    """Cut the row numbers 0 .. n_rows - 1 into blocks whose size times n_rows fits a fixed memory."""
    size = max(1, BLOCK_CELLS // max(1, n_rows))
    for start in range(0, n_rows, size):
        yield np.arange(start, min(start + size, n_rows))


def row_slices(n_rows: int, n_columns: int) -> Iterator[slice]:
    """Cut the rows of a matrix into stretches whose numbers fit a fixed memory."""
    size = max(1, BLOCK_CELLS // max(1, n_columns))
    for start in range(0, n_rows, size):
        yield slice(start, min(start + size, n_rows))


def _directions(matrix: ArrayLike | Directions) -> Directions:
    return matrix if isinstance(matrix, Directions) else Directions(matrix)


def _cosines(unit: Floats, direction: Floats) -> Floats:
    # einsum sums every row in the same order, so equal rows tie exactly; a matrix product need not.
    cosines: Floats = np.clip(np.einsum("ij,j->i", unit, direction), -1.0, 1.0)
    return cosines


def _top(cosines: Floats, n: int, leave_out: tuple[int, ...]) -> list[tuple[int, float]]:
    order = np.argsort(-cosines, kind="stable")  # stable: ties stay in order of id
    kept = order[~np.isin(order, leave_out)][: max(0, n)]
    return [(int(word), float(cosines[word])) for word in kept]


def _checked(matrix: ArrayLike) -> Floats:
    rows = _checked_shape(np.ascontiguousarray(matrix, dtype=np.float64), np.shape(matrix))
    _checked_numbers(rows)
    return rows


def _checked_shape(rows: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    if len(shape) != 2:
        raise ValueError(f"Word vectors must be a table of rows and columns, not of shape {shape}.")
    return rows


def _checked_numbers(rows: NDArray[Any]) -> None:
    if not np.isfinite(rows).all():
        raise ValueError("Some word vectors hold numbers that are not finite, so they cannot be compared.")


def _checked_id(word_id: int, n_words: int) -> int:
    if not 0 <= word_id < n_words:
        raise ValueError(f"There is no word number {word_id}; the words are numbered from 0 to {n_words - 1}.")
    return word_id
