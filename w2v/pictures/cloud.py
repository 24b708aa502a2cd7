"""What every picture begins with: a table of numbers, checked and centered."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from w2v.arrays import Floats


class ProjectionError(ValueError):
    """A picture that cannot be drawn; its text is one sentence for the reader of the page."""


@dataclass(frozen=True, eq=False)
class Cloud:
    """Rows about their mean, in units of 2**exponent, so that squares of 1e150 or 1e-150 stay in range."""

    rows: Floats  # (n, k), centered; the entries were at most 1 before that
    mean: Floats  # (k,), in the units of the input
    exponent: int


def centered(matrix: ArrayLike, what: str) -> Cloud:
    """Subtract the mean. Rows that are equal, but for rounding, become exactly zero."""
    rows = checked(matrix, what)
    exponent = exponent_of(rows)
    scaled = scaled_by(rows, exponent)
    from_first = scaled - scaled[0]  # so that equal rows leave no rounding behind
    step = from_first.mean(axis=0)
    centered = from_first - step
    if np.abs(centered).max() <= np.finfo(np.float64).eps:
        centered = np.zeros_like(centered)
    return Cloud(centered, unscaled(scaled[0] + step, exponent), exponent)


def exponent_of(rows: Floats) -> int:
    """Return the exponent for which the largest entry of `rows` / 2**exponent lies between 1/2 and 1."""
    return int(np.frexp(np.abs(rows).max(initial=0.0))[1])


def scaled_by(rows: Floats, exponent: int) -> Floats:
    """Return `rows` / 2**exponent. Exact but for what is 1e308 times smaller than the largest entry."""
    with np.errstate(under="ignore"):
        divided: Floats = np.ldexp(rows, -exponent)
    return divided


def unscaled(rows: Floats, exponent: int) -> Floats:
    """Return `rows` * 2**exponent; what float64 cannot hold becomes its largest number."""
    with np.errstate(over="ignore", under="ignore"):
        times = np.ldexp(rows, exponent)
    largest = np.finfo(np.float64).max
    held: Floats = np.clip(times, -largest, largest)
    return held


def checked(matrix: ArrayLike, what: str) -> Floats:
    """Return a table as float64. Raises ProjectionError in one sentence for none, or one with a number not finite."""
    rows = np.asarray(matrix, dtype=np.float64)
    if rows.ndim != 2 or rows.size == 0:
        raise ProjectionError(f"The {what} must be a table with at least one row and one column.")
    if not np.isfinite(rows).all():
        raise ProjectionError(f"Some {what} hold numbers that are not finite, so no picture can be drawn of them.")
    return rows
