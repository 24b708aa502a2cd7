"""Pictures of word vectors: from dim numbers a word down to two, and figures that say what was lost.

Three ways down: principal axes (PCA, on one basis for a whole run, so that nothing jumps), axes chosen by
pairs of words (she to he), and t-SNE. And two figures for each picture: the share of the variance it keeps,
and how often the closest dot is the true nearest word.
"""

import io
import logging
import math
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2v.arrays import Floats, Ints, frozen, frozen_floats, frozen_ints
from w2v.neighbours import TIE, nearest_of_all, row_blocks, unit_rows
from w2v.pictures.tsne_here import MOST_WORDS, embed_here
from w2v.pictures.tsne_process import NO_SKLEARN
from w2v.workers import Done, run_script

BLOCK_ROWS = 2_000  # of a matrix that is decomposed at once


class ProjectionError(ValueError):
    """A picture that cannot be drawn; its text is one sentence for the reader of the page."""


# ---------------------------------------------------------------------------------------------- straight axes


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
        return frozen_floats(_unscaled(*self.scaled(vectors)))

    def scaled(self, vectors: ArrayLike) -> tuple[Floats, int]:
        """Return the same coordinates (n_words, n) in units of 2**exponent, in which they are small, and exponent."""
        rows = np.asarray(vectors, dtype=np.float64)
        exponent = max(_exponent(rows), _exponent(self.mean))
        return (_scaled(rows, exponent) - _scaled(self.mean, exponent)) @ self.components.T, exponent


def pca_basis(matrix: ArrayLike, n: int = 2) -> Basis:
    """Find the `n` directions along which the rows of `matrix` (n_words, dim) vary most.

    Principal axes are the right singular vectors of the centered matrix, and their shares of the variance the
    squared singular values over the sum of all (Jolliffe 2002, "Principal Component Analysis", section 3.5).
    Always defined: with one row, one dimension, equal rows or fewer independent directions than `n`, the
    missing axes are rows of zeros with share 0. Signs are fixed: the entry of largest magnitude in each axis
    is positive (of equal ones the first).
    Raises ProjectionError (a ValueError) for an empty matrix or numbers that are not finite.
    """
    cloud = _centered(matrix, "vectors")
    axes, squares = _principal_axes(cloud.rows, n)
    return _basis(cloud, axes, squares)


def run_basis(matrices: Iterable[ArrayLike], n: int = 2) -> Basis:
    """Find one basis for several moments of a run, each (n_words, dim): the PCA of all their rows stacked.

    On one basis a word moves in the picture only because its vector moved.
    Raises ProjectionError as `pca_basis` does, and when there is no moment or their dimensions differ.
    """
    moments = [_checked(matrix, "vectors") for matrix in matrices]
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
    cloud = _centered(matrix, "vectors")
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


def _principal_axes(centered: Floats, n: int) -> tuple[Floats, Floats]:
    """Return unit axes (n, dim) and the sum of squares along each (n,), of a matrix centered by `_centered`.

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
    rest = vector
    for _ in range(2):  # once more takes away what rounding left in
        rest = rest - axes.T @ (axes @ rest)
    length = float(np.linalg.norm(rest))
    return rest / length if length > 1e-12 * float(np.linalg.norm(vector)) else np.zeros_like(vector)


def _basis(cloud: "_Cloud", axes: Floats, squares: Floats) -> Basis:
    total = float(np.square(cloud.rows).sum())
    shares = np.minimum(squares / total, 1.0) if total > 0 else np.zeros(len(axes))
    return Basis(frozen_floats(cloud.mean), frozen_floats(axes), frozen_floats(shares))


# -------------------------------------------------------------------------------------------------- alignment


def align(points: ArrayLike, reference: ArrayLike, *, scale: bool = False) -> Floats:
    """Turn, mirror and move `points` (n, k) so that they lie as close as possible to `reference` (n, k).

    Orthogonal Procrustes (Schoenemann 1966): with both centered, Q = W Z from the singular value
    decomposition points^T reference = W S Z minimises |points Q - reference|. With `scale` the points are
    also stretched by the best factor, trace(S) / |points|^2; without it all distances between points are
    kept. Returns new points (n, k); a coordinate beyond 1.8e308 is drawn there.
    Raises ProjectionError when the shapes differ or a number is not finite.
    """
    a, b = _centered(points, "points"), _centered(reference, "points")
    if a.rows.shape != b.rows.shape:
        raise ProjectionError("A picture can only be aligned with another one of the same words.")
    w, s, z = np.linalg.svd(a.rows.T @ b.rows)
    turned, exponent = a.rows @ (w @ z), a.exponent  # (n, k), in units of 2**exponent
    if scale and a.rows.any():
        turned, exponent = turned * (s.sum() / np.square(a.rows).sum()), b.exponent
    unit = max(exponent, b.exponent)
    return frozen_floats(_unscaled(_scaled(turned, unit - exponent) + _scaled(b.mean, unit), unit))


def turned(basis: Basis, vectors: ArrayLike, reference: ArrayLike) -> Basis:
    """Turn and mirror the axes of `basis` in their plane, so that dots lie as close as possible to `reference`.

    vectors : (n_words, dim), whose principal axes `basis` are;  reference : (n_words, n) an earlier picture of them

    The plane and all distances in it stay the same: only the dots of the two pictures lie alike (Procrustes, as in
    `align`). The shares of variance are those along the new axes. Raises ProjectionError as `align` does.
    """
    a, b = _centered(basis.scaled(vectors)[0], "points"), _centered(reference, "points")
    if a.rows.shape != b.rows.shape:
        raise ProjectionError("A picture can only be aligned with another one of the same words.")
    w, _, z = np.linalg.svd(a.rows.T @ b.rows)
    turn = w @ z  # (n, n): dots @ turn are the turned dots
    # along principal axes the dots are uncorrelated, so variances along the new axes are sums of squares
    explained = basis.explained @ np.square(turn)
    return Basis(basis.mean, frozen_floats(turn.T @ basis.components), frozen_floats(explained))


# ------------------------------------------------------------------------------------------------------ t-SNE

_FEWEST = 4  # words; a picture of three is a triangle whatever they mean
_EXACT_UP_TO = 150  # words; up to here the exact gradient takes 0.5 s, and has no tree that could crash
_LONGEST = 3600  # seconds
CHILDREN = threading.BoundedSemaphore(2)  # a class of thirty does not start thirty processes at once
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
SCRIPT = Path(__file__).with_name("tsne_process.py")
_NO_POINTS = frozen_floats(np.zeros((0, 0)))
_Problem = tuple[Floats, Floats, Floats]
_log = logging.getLogger(__name__)


def usable_perplexity(n_words: int, wished: float) -> float:
    """Return the perplexity that t-SNE uses when `wished` is asked for: from 1 to (n_words - 1) / 3.

    t-SNE looks at three times as many neighbors as the perplexity, so it needs that many other words (the
    rule of openTSNE and of van der Maaten's own programs).
    """
    return float(max(1.0, min(wished, (n_words - 1) / 3)))


def tsne(
    matrix: ArrayLike, *, perplexity: float, seed: int, init: ArrayLike | None = None, seconds: float = 20
) -> Floats:
    """Draw `matrix` (n_words, dim) so that close vectors become close dots: (n_words, 2).

    t-SNE (van der Maaten and Hinton 2008) as scikit-learn computes it, in a child process that is ended after
    `seconds`: scikit-learn's own start kills the process on equal rows, which no `except` can catch.
    Where no child process can be started, up to `tsne_here.MOST_WORDS` words are drawn in this one, where nothing
    ends it early. The same arguments give the same picture on one machine, in a child or here.

    perplexity : about how many neighbors count; the nearest value of `usable_perplexity` is used
    seed       : draws the noise (0.3 of the size) that is added to the start, so other seeds give other
                 pictures, and the tiny jitter (1e-6 of the vectors' size) that parts equal rows
    init       : None starts from the two principal axes with a spread of 1e-4 (Kobak and Berens 2019) and
                 turns the result towards them. An earlier picture (n_words, 2) is continued: its scale is
                 kept, clusters are not pulled together first (no early exaggeration, 500 steps instead of
                 1,000), no noise is added, and the result is turned, mirrored and moved onto it, so that
                 frames do not spin. A start smaller than 1e-4 is enlarged to that; one larger than 100, where
                 t-SNE no longer pulls, is shrunk to 1 (either way the result is centered on 0); a start of
                 equal points counts as None.

    Left out of scikit-learn's defaults: below 50 words the learning rate is the number of words, because with
    50 four words end up a thousand units apart. Vectors that are all equal give zeros: one dot.
    Raises ProjectionError (a ValueError), one sentence, for fewer than four words, numbers that are not
    finite, a start of another shape, no scikit-learn, a crash of the child, too many words without one, or when the
    time is up.
    """
    deadline = time.monotonic() + min(seconds, _LONGEST)
    cloud = _centered(matrix, "vectors")
    n_words = len(cloud.rows)
    if n_words < _FEWEST:
        raise ProjectionError(f"t-SNE needs at least {_FEWEST} words; there are {n_words} here.")
    if not (math.isfinite(perplexity) and perplexity > 0):
        raise ProjectionError("The perplexity must be a number above zero.")
    if math.isnan(seconds):
        raise ProjectionError("The time limit must be a number of seconds.")
    warm, place = _warm_start(init, n_words)
    if not cloud.rows.any():
        return frozen_floats(np.zeros((n_words, 2)))
    rng = np.random.default_rng(int(seed) % 2**64)
    vectors = _parted(cloud.rows / _size(cloud.rows), rng)
    pca = pca_basis(vectors)(vectors)  # (n_words, 2)
    fresh = 1e-4 * (pca / pca[:, 0].std() + 0.3 * rng.standard_normal(pca.shape))
    settings = np.array(
        [
            usable_perplexity(n_words, perplexity),
            12.0 if warm is None else 1.0,  # early exaggeration
            max(n_words / 48, min(50, n_words)),  # learning rate
            1000 if warm is None else 500,  # steps
            n_words <= _EXACT_UP_TO,
            min(seconds, _LONGEST),
        ]
    )
    points = _embedded((settings, vectors, fresh if warm is None else warm), deadline)
    return align(points, pca if warm is None else warm + place)


def _warm_start(init: ArrayLike | None, n_words: int) -> tuple[Floats | None, Floats]:
    """Return `init` (n_words, 2) centered and of a size from which t-SNE can go on, and its center (2,).

    The start is None if there is nothing to go on from; the center is 0 if the size had to be changed.
    """
    if init is None:
        return None, np.zeros(2)
    if np.shape(init) != (n_words, 2):
        raise ProjectionError(f"The start of t-SNE needs two numbers for each of the {n_words} words.")
    cloud = _centered(init, "points")
    if not cloud.rows.any():
        return None, np.zeros(2)
    with np.errstate(over="ignore", under="ignore"):
        size = float(np.ldexp(_size(cloud.rows), cloud.exponent))
    if 1e-4 <= size <= 100:
        return np.ldexp(cloud.rows, cloud.exponent), cloud.mean
    return cloud.rows * ((1.0 if size > 100 else 1e-4) / _size(cloud.rows)), np.zeros(2)


def _size(rows: Floats) -> float:
    """Return the root of the mean square of centered entries."""
    return float(np.sqrt(np.square(rows).mean()))


def _parted(vectors: Floats, rng: np.random.Generator) -> Floats:
    """Return `vectors` (n_words, dim), size 1, with every repetition of a row moved by about 1e-6."""
    _, first = np.unique(vectors, axis=0, return_index=True)
    repeated = np.setdiff1d(np.arange(len(vectors)), first)
    parted = vectors.copy()
    parted[repeated] += 1e-6 * rng.standard_normal((len(repeated), vectors.shape[1]))
    return parted


def _embedded(arrays: _Problem, deadline: float) -> Floats:
    """Run t-SNE on settings (6,), vectors (n, dim), start (n, 2) and return points (n, 2): in a child, or else here."""
    try:
        done = _in_child(arrays, deadline)
        points = _in_this_process(arrays, deadline) if done is None else _received(done)
    except TimeoutError:
        sentence = "t-SNE did not finish in the time it is given here; try again with fewer words."
        raise ProjectionError(sentence) from None
    except ImportError:
        raise ProjectionError("t-SNE needs scikit-learn, which is not installed here.") from None
    if points.shape != (len(arrays[1]), 2) or not np.isfinite(points).all():
        raise ProjectionError("t-SNE failed on these vectors; the principal axes (PCA) can still be drawn.")
    return points


def _in_child(arrays: _Problem, deadline: float) -> Done | None:
    """Run tsne_process.py; None where no child process can be started. Raises TimeoutError when the time is up."""
    message = io.BytesIO()
    for array in arrays:
        np.save(message, array, allow_pickle=False)
    if not CHILDREN.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise TimeoutError
    try:
        # Safe path: the modules of w2v/ must not be found under their bare names.
        environment = _ONE_THREAD | {"PYTHONSAFEPATH": "1"}
        return run_script([str(SCRIPT)], message.getvalue(), max(0.0, deadline - time.monotonic()), environment)
    finally:
        CHILDREN.release()


def _received(done: Done) -> Floats:
    """Return the points that the child sent, none after a crash. Raises ImportError if it found no scikit-learn."""
    if done.code == NO_SKLEARN:
        raise ImportError
    if done.code != 0:
        _log.warning("t-SNE ended with code %d: %s", done.code, done.errors[-2000:].decode(errors="replace"))
        return _NO_POINTS
    try:
        points: Floats = np.load(io.BytesIO(done.output), allow_pickle=False)
    except (ValueError, EOFError):
        return _NO_POINTS
    return points


def _in_this_process(arrays: _Problem, deadline: float) -> Floats:
    """Return the points, none when scikit-learn gives up on them; raises as `embed_here` does."""
    n_words = len(arrays[1])
    if n_words > MOST_WORDS:
        raise ProjectionError(
            f"t-SNE of {n_words:,} words needs a process of its own, which this system does not start: "
            f"draw {MOST_WORDS:,} words at most, or the principal axes (PCA)."
        )
    try:
        return embed_here(*arrays, deadline - time.monotonic())
    except (TimeoutError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001  whatever it is: in a child it would be the exit code 1
        _log.warning("t-SNE failed: %r", error)
        return _NO_POINTS


# ---------------------------------------------------------------------------------------------------- honesty


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
    vectors, dots = _centered(matrix, "vectors"), _centered(points, "points")
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


# ---------------------------------------------------------------------------------------- checking, centering


@dataclass(frozen=True, eq=False)
class _Cloud:
    """Rows about their mean, in units of 2**exponent, so that squares of 1e150 or 1e-150 stay in range."""

    rows: Floats  # (n, k), centered; the entries were at most 1 before that
    mean: Floats  # (k,), in the units of the input
    exponent: int


def _centered(matrix: ArrayLike, what: str) -> _Cloud:
    """Subtract the mean. Rows that are equal, but for rounding, become exactly zero."""
    rows = _checked(matrix, what)
    exponent = _exponent(rows)
    scaled = _scaled(rows, exponent)
    from_first = scaled - scaled[0]  # so that equal rows leave no rounding behind
    step = from_first.mean(axis=0)
    centered = from_first - step
    if np.abs(centered).max() <= np.finfo(np.float64).eps:
        centered = np.zeros_like(centered)
    return _Cloud(centered, _unscaled(scaled[0] + step, exponent), exponent)


def _exponent(rows: Floats) -> int:
    """Return the exponent for which the largest entry of `rows` / 2**exponent lies between 1/2 and 1."""
    return int(np.frexp(np.abs(rows).max(initial=0.0))[1])


def _scaled(rows: Floats, exponent: int) -> Floats:
    """Return `rows` / 2**exponent. Exact but for what is 1e308 times smaller than the largest entry."""
    with np.errstate(under="ignore"):
        divided: Floats = np.ldexp(rows, -exponent)
    return divided


def _unscaled(rows: Floats, exponent: int) -> Floats:
    """Return `rows` * 2**exponent; what float64 cannot hold becomes its largest number."""
    with np.errstate(over="ignore", under="ignore"):
        times = np.ldexp(rows, exponent)
    largest = np.finfo(np.float64).max
    held: Floats = np.clip(times, -largest, largest)
    return held


def _checked(matrix: ArrayLike, what: str) -> Floats:
    rows = np.asarray(matrix, dtype=np.float64)
    if rows.ndim != 2 or rows.size == 0:
        raise ProjectionError(f"The {what} must be a table with at least one row and one column.")
    if not np.isfinite(rows).all():
        raise ProjectionError(f"Some {what} hold numbers that are not finite, so no picture can be drawn of them.")
    return rows
