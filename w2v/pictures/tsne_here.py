"""scikit-learn's t-SNE in this process, where no child process can be started.

It can be neither ended nor survived if it crashes: so the words are few, and what it gets must have passed the checks
of `w2v.pictures.tsne`.
"""

import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from threadpoolctl import ThreadpoolController

from w2v.arrays import Floats
from w2v.pictures.tsne_process import embed

MOST_WORDS = 500
_ONE_AT_A_TIME = threading.Lock()
_ONE_THREAD = "OMP_NUM_THREADS"


def embed_here(settings: Floats, matrix: Floats, start: Floats, seconds: float) -> Floats:
    """Return what the child process would: points (n, 2), to the same bits, for it works with one thread as well.

    Raises TimeoutError when its turn does not come within `seconds`, ImportError without scikit-learn, ValueError for
    more than `MOST_WORDS` rows, and whatever scikit-learn raises.
    """
    if len(matrix) > MOST_WORDS:
        raise ValueError(f"{len(matrix)} rows are too many to be drawn here.")
    if seconds <= 0 or not _ONE_AT_A_TIME.acquire(timeout=seconds):
        raise TimeoutError
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings(), _one_thread():
            warnings.simplefilter("ignore")
            points: Floats = embed(settings, matrix, start)
    finally:
        _ONE_AT_A_TIME.release()
    return points


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let every library do with one thread, and scikit-learn not start a process that counts the cores."""
    import sklearn.manifold  # noqa: F401  its own libraries are to be held back too

    before = os.environ.get(_ONE_THREAD)
    os.environ[_ONE_THREAD] = "1"
    try:
        with ThreadpoolController().limit(limits=1):
            yield
    finally:
        if before is None:
            os.environ.pop(_ONE_THREAD, None)
        else:
            os.environ[_ONE_THREAD] = before
