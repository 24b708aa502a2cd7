"""Numbers of things: whether something is one, and how it is said, in one place, so that nothing says "1 words"."""

import math

import numpy as np


def is_whole(value: object, least: int) -> bool:
    """Whether a value is a whole number of at least `least`: 3 and 3.0 are, "3", nan, infinity and True are not."""
    if not isinstance(value, int | float | np.integer) or isinstance(value, bool):
        return False
    return math.isfinite(value) and value == int(value) and int(value) >= least


def counted(n: int, one: str, many: str | None = None) -> str:
    """Write a number of things: 1 pass, 1,200 passes. The plural is `many`, or has an s."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
