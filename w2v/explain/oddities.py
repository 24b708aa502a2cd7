"""What word vectors are when being near means little: one word, equal vectors, one dimension, zeros, huge numbers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HUGE = 1e6  # training mostly gives numbers below 10
_MOST_COMPARED = 20_000  # rows, of which it is seen whether some are equal


class Oddity(NamedTuple):
    """A sentence, and whether it leaves nothing else to be said of what is near what."""

    sentence: str
    is_all: bool = False


def oddity(vectors: NDArray[np.floating]) -> Oddity | None:
    """Return what is odd about vectors (n_words, dim), all finite; None where nothing is."""
    n_words, dim = vectors.shape
    if n_words == 1:
        return Oddity("There is only one word, so there is nothing to compare it with.", True)
    zero = int(n_words - vectors.any(axis=1).sum())
    if zero == n_words:
        return Oddity("All vectors are zeros: they point nowhere, so no word is nearer than another.", True)
    if (vectors[-1] == vectors[0]).all() and (vectors == vectors[0]).all():
        return Oddity("All vectors are equal: all words stand on one spot, and none is nearer than another.", True)
    if dim == 1:
        return Oddity("Each vector is one number: all words on the same side of 0 point the same way.")
    if n_words == 2:
        return Oddity("There are only two words: each is the nearest to the other, whatever their vectors.")
    largest = max(float(vectors.max()), -float(vectors.min()))
    if largest > HUGE:
        return Oddity(
            f"The largest number is {largest:.2g}, far more than training gives: such numbers decide what is near."
        )
    if zero:
        one = "1 word has a vector of zeros, which points nowhere: it is like no other."
        return Oddity(one if zero == 1 else f"{zero:,} words have vectors of zeros, which point nowhere.")
    if n_words <= _MOST_COMPARED and (equal := _n_equal(vectors)):
        return Oddity(f"{equal:,} words share their vector with another word, and stand on one spot with it.")
    return None


def _n_equal(vectors: NDArray[np.floating]) -> int:
    """How many rows are there more than once."""
    _, n = np.unique(vectors, axis=0, return_counts=True)
    return int(n[n > 1].sum())
