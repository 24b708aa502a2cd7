"""Groups of words whose vectors point the same way: k-means on unit rows, without any chance in it.

Nothing is drawn at random, so that a group keeps its number and its color from one look at a moment to the next.
"""

import numpy as np
from numpy.typing import ArrayLike

from w2v.arrays import Floats, Ints, frozen_ints
from w2v.neighbours import unit_rows

MOST_ROUNDS = 100


def clusters(matrix: ArrayLike, k: int) -> Ints:
    """Sort the rows of `matrix` (n_words, dim) into at most `k` groups: (n_words,), group numbers from 0.

    Lloyd's k-means (1982, "Least squares quantization in PCM") on rows of length 1, where nearest by distance and
    nearest by cosine are the same. It starts from rows far apart: the one farthest from the mean, then always the
    one farthest from those chosen (Gonzalez 1985, "Clustering to minimize the maximum intercluster distance"); of
    equals the lowest id. Groups are numbered in order of their lowest word id, so group 0 holds word 0. Fewer than
    `k` groups come back when there are fewer different rows.
    Raises ValueError if k is below 1, or the matrix is not two-dimensional or holds a number that is not finite.
    """
    if k < 1:
        raise ValueError(f"Words cannot be sorted into {k} groups: at least one is needed.")
    rows = unit_rows(matrix)
    if len(rows) == 0:
        return frozen_ints([])
    centers = rows[_far_apart(rows, k)]  # (k, dim)
    groups = _closest(rows, centers)
    for _ in range(MOST_ROUNDS):
        filled = [rows[groups == g].mean(axis=0) for g in np.unique(groups)]  # an emptied group is gone
        before, groups = groups, _closest(rows, np.stack(filled))
        if np.array_equal(before, groups):
            break
    return frozen_ints(_in_order_of_first(groups))


def _far_apart(rows: Floats, k: int) -> list[int]:
    """Return the ids of at most `k` different rows, each farthest from those before it."""
    chosen = [int(np.square(rows - rows.mean(axis=0)).sum(axis=1).argmax())]
    far = np.square(rows - rows[chosen[0]]).sum(axis=1)  # (n_words,), squared distance to the closest chosen row
    while len(chosen) < k and far.max() > 1e-24:
        chosen.append(int(far.argmax()))
        far = np.minimum(far, np.square(rows - rows[chosen[-1]]).sum(axis=1))
    return chosen


def _closest(rows: Floats, centers: Floats) -> Ints:
    distances = np.stack([np.square(rows - center).sum(axis=1) for center in centers])  # (k, n_words)
    closest: Ints = distances.argmin(axis=0)
    return closest


def _in_order_of_first(groups: Ints) -> Ints:
    """Number the groups anew, in the order in which they first appear."""
    _, first, position = np.unique(groups, return_index=True, return_inverse=True)
    ranks: Ints = first.argsort().argsort()[position]
    return ranks
