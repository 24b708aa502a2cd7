"""The kinds of array this package uses, and the one way to make an array read-only."""

from typing import TypeAlias

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Sparse: TypeAlias = "scipy.sparse.csr_array"
"""A name only: `import scipy` takes a moment, each part of it as long as NumPy when it is first used."""


def frozen(array: NDArray[np.generic]) -> None:
    """Make an array of our own read-only, in place: what was shown must not change."""
    array.setflags(write=False)


def frozen_floats(values: ArrayLike) -> Floats:
    """Return `values` as a float64, C-ordered, read-only array.

    An array that already is all of that, and owns its memory, is returned as it is; anything else is copied,
    so that nobody else can write to the result.
    """
    if (
        isinstance(values, np.ndarray)
        and values.dtype == np.float64
        and values.flags.c_contiguous
        and values.flags.owndata
        and not values.flags.writeable
    ):
        return values
    array = np.array(values, dtype=np.float64, order="C")
    frozen(array)
    return array


def frozen_ints(values: ArrayLike) -> Ints:
    """Return a read-only int64 copy of `values`."""
    array = np.array(values, dtype=np.int64, order="C")
    frozen(array)
    return array
