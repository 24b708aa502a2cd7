"""Straight pictures of word vectors: principal axes (PCA, on one basis for a whole run, so that nothing jumps), axes
chosen by pairs of words (she to he), and turning one picture to lie like another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from w2v.arrays import Floats, frozen_floats
from w2v.pictures.cloud import Cloud, ProjectionError, centered, checked, exponent_of, scaled_by, unscaled

BLOCK_ROWS = 2_000  # of a matrix that is decomposed at once


@dataclass(frozen=True, eq=False)
class Basis:
    """A flat window into the space of the vectors: a point in it and axes at right angles.

    mean       : (dim,) the point of the space that is drawn at 0
    components : (n, dim) unit axes, one a row; a missing axis is a row of zeros
    explained  : (n,) share of the variance along each axis, from 0 to 1; 0 for a missing axis
    """

    mean: Floats
    components: Floats
    explained: Floats

    def __call__(self, vectors: ArrayLike) -> Floats:
        """Project vectors (n_words, dim) to coordinates along the axes (n_words, n).

        A coordinate can be longer than any entry of its vector; one beyond 1.8e308 is drawn there.
        """
        return frozen_floats(unscaled(*self.scaled(vectors)))

    def scaled(self, vectors: ArrayLike) -> tuple[Floats, int]:
        """Return the same coordinates (n_words, n) in units of 2**exponent, in which they are small, and exponent."""
        rows = np.asarray(vectors, dtype=np.float64)
        exponent = max(exponent_of(rows), exponent_of(self.mean))
        return (scaled_by(rows, exponent) - scaled_by(self.mean, exponent)) @ self.components.T, exponent


def pca_basis(matrix: ArrayLike, n: int = 2) -> Basis:
    """Find the `n` directions along which the rows of `matrix` (n_words, dim) vary most.

    Principal axes are the right singular vectors of the centered matrix, and their shares of the variance the
    squared singular values over the sum of all (Jolliffe 2002, "Principal Component Analysis", section 3.5).
    Always defined: with one row, one dimension, equal rows or fewer independent directions than `n`, the
    missing axes are rows of zeros with share 0. Signs are fixed: the entry of largest magnitude in each axis
    is positive (of equal ones the first).
    Raises ProjectionError (a ValueError) for an empty matrix or numbers that are not finite.
    """
    cloud = centered(matrix, "vectors")
    axes, squares = _principal_axes(cloud.rows, n)
    return _basis(cloud, axes, squares)


def run_basis(matrices: Iterable[ArrayLike], n: int = 2) -> Basis:
    """Find one basis for several moments of a run, each (n_words, dim): the PCA of all their rows stacked.

    On one basis a word moves in the picture only because its vector moved.
    Raises ProjectionError as `pca_basis` does, and when there is no moment or their dimensions differ.
    """
    moments = [checked(matrix, "vectors") for matrix in matrices]
    if len({moment.shape[1] for moment in moments}) != 1:
        raise ProjectionError("One basis needs at least one moment, and vectors of one length at all of them.")
    return pca_basis(np.concatenate(moments), n)


def word_axes(matrix: ArrayLike, pairs: Sequence[tuple[int, int]], n: int | None = None) -> Basis:
    """Make axes from pairs of words: the first runs from the first word of the first pair to its second.

    matrix : (n_words, dim);  pairs : word ids, such as [(she, he), (child, adult)]

    Each axis is the difference of its two vectors, made perpendicular to the axes before it (Gram-Schmidt)
    and of length 1, so the second word of a pair always lies further along its axis. A pair that adds no
    direction (equal vectors, or parallel to earlier pairs) gives a row of zeros. Axes beyond the pairs, up to
    `n`, are the principal axes of what is left. The shares of variance are those of `matrix` along each axis.
    Raises ProjectionError for a word id outside the matrix, and as `pca_basis` does.
    """
    cloud = centered(matrix, "vectors")
    n_words, dim = cloud.rows.shape
    if not all(0 <= word < n_words for pair in pairs for word in pair):
        raise ProjectionError(f"An axis names a word that is not there; words are numbered 0 to {n_words - 1}.")
    axes = np.zeros((len(pairs), dim))
    for i, (start, end) in enumerate(pairs):
        axes[i] = _unit_remainder(cloud.rows[end] - cloud.rows[start], axes[:i])
    left = cloud.rows - cloud.rows @ axes.T @ axes  # (n_words, dim), what the pairs do not show
    more, _ = _principal_axes(left, max(0, (n or 0) - len(pairs)))
    axes = np.concatenate([axes, *(_unit_remainder(axis, axes)[None, :] for axis in more)])
    return _basis(cloud, axes, np.square(cloud.rows @ axes.T).sum(axis=0))


def left_out(matrix: ArrayLike, basis: Basis) -> Floats:
    """Return how long the part of each row of `matrix` (n_words, dim) is that no axis of the basis shows, (n_words,).

    With what is shown it makes up the whole distance to the basis' mean: distance^2 = shown^2 + left out^2.
    """
    rows = checked(matrix, "vectors")
    exponent = max(exponent_of(rows), exponent_of(basis.mean))
    around = scaled_by(rows, exponent) - scaled_by(basis.mean, exponent)
    rest = around - around @ basis.components.T @ basis.components
    return frozen_floats(unscaled(np.sqrt(np.square(rest).sum(axis=1)), exponent))


def _principal_axes(centered: Floats, n: int) -> tuple[Floats, Floats]:
    """Return unit axes (n, dim) and the sum of squares along each (n,), of a matrix centered by `centered`.

    A singular value no larger than rounding noise beside the largest one, or beside the entries before they
    were centered (at most 1 in these units), counts as zero.
    """
    n_rows, dim = centered.shape
    # The small factor R of QR has the same singular values and right singular vectors as a tall matrix. Block by
    # block, for QR lets no other thread work, and a book's vectors at all moments would take it half a second.
    small, block = centered[: max(BLOCK_ROWS, dim)], max(BLOCK_ROWS, dim)
    if n_rows > dim:
        small = _triangle(small)
    for start in range(block, n_rows, block):
        small = _triangle(np.concatenate([small, centered[start : start + block]]))
    _, s, right = np.linalg.svd(small, full_matrices=False)  # right: (min(n_rows, dim), dim)
    noise = max(n_rows, dim) * np.finfo(np.float64).eps * max(float(s[0]), 1.0)
    kept = min(n, int((s > noise).sum()))
    axes, squares = np.zeros((n, dim)), np.zeros(n)
    largest = np.abs(right[:kept]).argmax(axis=1)  # (kept,), the first of equals
    axes[:kept] = right[:kept] * np.sign(right[np.arange(kept), largest])[:, None]
    squares[:kept] = np.square(s[:kept])
    return axes, squares


def _triangle(rows: Floats) -> Floats:
    """Return the factor R of the QR decomposition."""
    return np.asarray(np.linalg.qr(rows, mode="r"), dtype=np.float64)


def _unit_remainder(vector: Floats, axes: Floats) -> Floats:
    """Return the part of `vector` (dim,) perpendicular to `axes` (k, dim), of length 1; zeros if none is."""
    residual = vector
    for _ in range(2):  # once more takes away what rounding left in
        residual = residual - axes.T @ (axes @ residual)
    length = float(np.linalg.norm(residual))
    return residual / length if length > 1e-12 * float(np.linalg.norm(vector)) else np.zeros_like(vector)


def _basis(cloud: Cloud, axes: Floats, squares: Floats) -> Basis:
    total = float(np.square(cloud.rows).sum())
    shares = np.minimum(squares / total, 1.0) if total > 0 else np.zeros(len(axes))
    return Basis(frozen_floats(cloud.mean), frozen_floats(axes), frozen_floats(shares))


# --- alignment ---


def align(points: ArrayLike, reference: ArrayLike, *, scale: bool = False) -> Floats:
    """Turn, mirror and move `points` (n, k) so that they lie as close as possible to `reference` (n, k).

    Orthogonal Procrustes (Schoenemann 1966): with both centered, Q = W Z from the singular value
    decomposition points^T reference = W S Z minimises |points Q - reference|. With `scale` the points are
    also stretched by the best factor, trace(S) / |points|^2; without it all distances between points are
    kept. Returns new points (n, k); a coordinate beyond 1.8e308 is drawn there.
    Raises ProjectionError when the shapes differ or a number is not finite.
    """
    a, b = centered(points, "points"), centered(reference, "points")
    if a.rows.shape != b.rows.shape:
        raise ProjectionError("A picture can only be aligned with another one of the same words.")
    w, s, z = np.linalg.svd(a.rows.T @ b.rows)
    turned, exponent = a.rows @ (w @ z), a.exponent  # (n, k), in units of 2**exponent
    if scale and a.rows.any():
        turned, exponent = turned * (s.sum() / np.square(a.rows).sum()), b.exponent
    unit = max(exponent, b.exponent)
    return frozen_floats(unscaled(scaled_by(turned, unit - exponent) + scaled_by(b.mean, unit), unit))


def turned(basis: Basis, vectors: ArrayLike, reference: ArrayLike) -> Basis:
    """Turn and mirror the axes of `basis` in their plane, so that dots lie as close as possible to `reference`.

    vectors : (n_words, dim), whose principal axes `basis` are;  reference : (n_words, n) an earlier picture of them

    The plane and all distances in it stay the same: only the dots of the two pictures lie alike (Procrustes, as in
    `align`). The shares of variance are those along the new axes. Raises ProjectionError as `align` does.
    """
    a, b = centered(basis.scaled(vectors)[0], "points"), centered(reference, "points")
    if a.rows.shape != b.rows.shape:
        raise ProjectionError("A picture can only be aligned with another one of the same words.")
    w, _, z = np.linalg.svd(a.rows.T @ b.rows)
    turn = w @ z  # (n, n): dots @ turn are the turned dots
    # along principal axes the dots are uncorrelated, so variances along the new axes are sums of squares
    explained = basis.explained @ np.square(turn)
    return Basis(basis.mean, frozen_floats(turn.T @ basis.components), frozen_floats(explained))
