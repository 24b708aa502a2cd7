"""t-SNE as scikit-learn computes it, guarded: what it gets is checked, and it works where it can be ended."""

import io
import logging
import math
import threading
import time
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from w2v.arrays import Floats, frozen_floats
from w2v.pictures.axes import align, pca_basis
from w2v.pictures.cloud import ProjectionError, centered
from w2v.pictures.tsne_here import MOST_WORDS, embed_here
from w2v.pictures.tsne_process import NO_SKLEARN
from w2v.workers import Done, KeptScript

_FEWEST = 4  # words; a picture of three is a triangle whatever they mean
_EXACT_UP_TO = 150  # words; up to here the exact gradient takes 0.5 s, and has no tree that could crash
_LONGEST = 3600  # seconds
CHILDREN = threading.BoundedSemaphore(2)  # a class of thirty does not start thirty processes at once
KEPT: list[KeptScript] = []  # children that wait for the next picture
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
    `seconds`: scikit-learn's own start kills the process on equal rows, which no `except` can catch. A child that is
    done waits for the next picture, a second and a half sooner than a new one.
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
    cloud = centered(matrix, "vectors")
    n_words = len(cloud.rows)
    if n_words < _FEWEST:
        raise ProjectionError(
            f"t-SNE needs at least {_FEWEST} words; there {'is' if n_words == 1 else 'are'} {n_words} here."
        )
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
    cloud = centered(init, "points")
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
    """Ask tsne_process.py; None where no child process can be started. Raises TimeoutError when the time is up."""
    message = io.BytesIO()
    for array in arrays:
        np.save(message, array, allow_pickle=False)
    if not CHILDREN.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise TimeoutError
    try:
        child = _a_child()
        done = child.ask(message.getvalue(), deadline - time.monotonic())
        if done and done.code == 0:
            KEPT.append(child)
        return done
    finally:
        CHILDREN.release()


def _a_child() -> KeptScript:
    """Return a child that waits, or one that begins when it is asked."""
    try:
        return KEPT.pop()
    except IndexError:
        # Safe path: the modules of w2v/ must not be found under their bare names.
        return KeptScript([str(SCRIPT)], _ONE_THREAD | {"PYTHONSAFEPATH": "1"})


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
