"""a - b + c: what is found with its inputs left in and taken out, what is found without the sum, and where all lies.

The vectors are compared by direction, so a, b and c stand for unit vectors here (3CosAdd; see `w2v.neighbours`). The
three inputs are nearly always among the nearest to their own sum, so they are usually taken out; what is found then is
often the word nearest to a or c alone, to which the sum added nothing (Linzen 2016, "Issues in evaluating semantic
spaces using word analogies").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from w2v.arrays import Floats, frozen_floats
from w2v.neighbours import Directions, analogy_cosines, nearest

Ranking = tuple[tuple[int, float], ...]
"""(word id, cosine), best first."""

_FLAT = 1e-9  # directions of unit vectors that are shorter than this are rounding


@dataclass(frozen=True, slots=True, eq=False)
class Analogy:
    """The answers to a - b + c: all words by their cosine with it.

    inputs  : the ids of a, b and c
    cosines : (n_words,) of each word with the sum
    near_a  : the word nearest to a alone, b and c taken out too; None when there is none
    near_c  : the same for c
    """

    inputs: tuple[int, int, int]
    cosines: Floats
    near_a: int | None
    near_c: int | None

    def best(self, n: int, *, left_in: bool = False) -> Ranking:
        """Return the best `n` answers, ties in order of id; a, b and c are not among them unless they are left in."""
        out = () if left_in else self.inputs
        order = [word for word in np.argsort(-self.cosines, kind="stable")[: n + len(out)].tolist() if word not in out]
        return tuple([(word, float(self.cosines[word])) for word in order[:n]])

    def found(self, *, left_in: bool = False) -> int | None:
        """Return the best answer; None when there is no other word."""
        return next((word for word, _ in self.best(1, left_in=left_in)), None)

    def place(self, word: int) -> int | None:
        """Return where a word stands among the answers, 1 for the best; None for an input, which is taken out."""
        if word in self.inputs:
            return None
        ahead = self.cosines > self.cosines[word]
        ahead[:word] |= self.cosines[:word] == self.cosines[word]
        ahead[list(self.inputs)] = False
        return int(ahead.sum()) + 1

    @property
    def without_the_sum(self) -> tuple[int, ...]:
        """Those of a and c to which what is found is the nearest word anyway."""
        (a, _, c), found = self.inputs, self.found()
        near = {a: self.near_a, c: self.near_c}
        return tuple(word for word, other in near.items() if other is not None and other == found)


def solve(matrix: ArrayLike | Directions, a: int, b: int, c: int) -> Analogy:
    """Answer a - b + c among the rows of a matrix (n_words, dim).

    Raises ValueError for a word id outside the matrix.
    """
    inputs, directions = (a, b, c), matrix if isinstance(matrix, Directions) else Directions(matrix)
    near = [_nearest_but(directions, word, inputs) for word in (a, c)]
    return Analogy(inputs, analogy_cosines(directions, a, b, c), *near)


def _nearest_but(matrix: Directions, word: int, inputs: tuple[int, int, int]) -> int | None:
    near = nearest(matrix, word, len(inputs))  # itself is left out; one more than the other inputs
    return next((other for other, _ in near if other not in inputs), None)


@dataclass(frozen=True, slots=True, eq=False)
class Parallelogram:
    """a, b, c, their sum and other words in the plane that a, b and c span, exactly.

    corners : (4, 2) a, b, c and a - b + c; b is the origin, a lies on the first axis. Their distances are the true ones
    others  : (n, 2) the words that were asked for, where they stand straight above or below the plane
    off     : (n,) how far each of them stands off it
    """

    corners: Floats
    others: Floats
    off: Floats


def parallelogram(matrix: ArrayLike | Directions, a: int, b: int, c: int, others: tuple[int, ...]) -> Parallelogram:
    """Return the plane through three unit vectors, which holds a - b + c too.

    Where a, b and c lie on one line, or are one word, an axis that they leave free points to the first of the others.
    """
    directions = matrix if isinstance(matrix, Directions) else Directions(matrix)
    v_a, v_b, v_c, *rest_of = directions.unit((a, b, c, *others))
    rest = np.reshape(rest_of, (len(others), len(v_b))) - v_b  # (n, dim)
    axes = _axes(v_a - v_b, v_c - v_b, *rest[:1])
    corners = np.stack([v_a - v_b, np.zeros_like(v_b), v_c - v_b, v_a + v_c - 2 * v_b])
    points = rest @ axes.T
    off = np.linalg.norm(rest - points @ axes, axis=1)
    return Parallelogram(frozen_floats(corners @ axes.T), frozen_floats(points), frozen_floats(off))


def _axes(*directions: Floats) -> Floats:
    """Return two axes at right angles, (2, dim), from the first directions that are not on one line; else zeros."""
    axes: list[Floats] = []
    for direction in directions:
        left = direction.copy()
        for axis in (*axes, *axes):  # twice: what rounding leaves of a direction that is almost on the line
            left -= axis * (axis @ left)
        if len(axes) < 2 and (length := float(np.linalg.norm(left))) > _FLAT:
            axes.append(left / length)
    return np.stack([*axes, *[np.zeros_like(directions[0])] * (2 - len(axes))])
