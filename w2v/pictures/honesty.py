"""How far to trust a picture: what share of the variance it keeps, and how often the closest dot is right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v.arrays import Floats, Ints, frozen, frozen_ints
from w2v.neighbours import TIE, nearest_of_all, row_blocks, unit_rows
from w2v.pictures.cloud import ProjectionError, centered


@dataclass(frozen=True, eq=False)
class Honesty:
    """What a picture of the vectors keeps and what it loses.

    variance_kept   : from 0 to 1; share of the vectors' variance that the best affine map from the dots
                      recovers. For PCA this is the sum of the explained shares. For t-SNE it is the same
                      definition: how well the picture can be read as straight axes. 0 when the vectors do not
                      vary.
    nearest_agree   : from 0 to 1; share of the words whose closest dot is their true nearest; 0 for one word
    true_nearest    : (n_words,) id of the word of highest cosine, the lowest id within 1e-12; -1 for one word
    picture_nearest : (n_words,) id of the closest dot, the lowest id of equals; -1 for one word
    agrees          : (n_words,) True where the closest dot is among the true nearest words, within 1e-12
    """

    variance_kept: float
    nearest_agree: float
    true_nearest: Ints
    picture_nearest: Ints
    agrees: NDArray[np.bool_]


def honesty(matrix: ArrayLike, points: ArrayLike) -> Honesty:
    """Compare vectors (n_words, dim) with their dots (n_words, k) in a picture.

    Nearest means cosine similarity among the vectors and plain distance among the dots. Works in blocks of
    rows: memory is linear in n_words, time quadratic.
    Raises ProjectionError when the numbers of words differ or a number is not finite.
    """
    vectors, dots = centered(matrix, "vectors"), centered(points, "points")
    if len(vectors.rows) != len(dots.rows):
        raise ProjectionError("The vectors and the dots are not of the same words.")
    true_ids, best = nearest_of_all(matrix)
    picture_ids = _closest_dots(dots.rows)
    unit = unit_rows(matrix)
    seen = np.einsum("ij,ij->i", unit, unit[picture_ids])  # (n_words,), true cosine with the closest dot
    agrees = (seen >= best - TIE) & (picture_ids >= 0)
    frozen(agrees)
    return Honesty(
        variance_kept=_variance_kept(vectors.rows, dots.rows),
        nearest_agree=float(agrees.mean()),
        true_nearest=true_ids,
        picture_nearest=frozen_ints(picture_ids),
        agrees=agrees,
    )


def _variance_kept(vectors: Floats, dots: Floats) -> float:
    """R squared of the least-squares fit of centered vectors (n, dim) by centered dots (n, k)."""
    total = float(np.square(vectors).sum())
    if total == 0:
        return 0.0
    columns, s, _ = np.linalg.svd(dots, full_matrices=False)  # columns (n, k) span the dots
    columns = columns[:, s > max(dots.shape) * np.finfo(np.float64).eps * s[0]]
    return min(1.0, float(np.square(columns.T @ vectors).sum()) / total)


def _closest_dots(dots: Floats) -> Ints:
    """Return for every dot (n, k) the id of the closest other dot (n,), the lowest of equals, -1 if none."""
    ids = np.full(len(dots), -1)
    for rows in row_blocks(len(dots)) if len(dots) > 1 else ():
        squares = sum(np.square(axis[rows, None] - axis) for axis in dots.T)  # (rows, n)
        squares[np.arange(len(rows)), rows] = np.inf
        ids[rows] = squares.argmin(axis=1)
    return ids
