"""Numbers as they are typed behind options."""

import argparse
import math
import re
from collections.abc import Callable


def count(value: str) -> int:
    """Return a whole number of at least 1. Raises argparse's error in half a sentence."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:10]) <= 10**9:
        raise argparse.ArgumentTypeError("it must be a whole number of at least 1")
    return int(value[:10])


def number(
    low: float, high: float = math.inf, *, is_whole: bool = False, is_above: bool = False
) -> Callable[[str], float]:
    """Return what reads a finite number within limits, above the lower one with `is_above`.

    It raises argparse's error in half a sentence.
    """

    def read(value: str) -> float:
        try:
            found = int(value) if is_whole else float(value)
        except ValueError:
            found = math.nan
        if not low <= found <= high or math.isinf(found) or (is_above and found == low):
            raise argparse.ArgumentTypeError(f"it must be {'a whole number' if is_whole else 'a number'} {limits}")
        return found

    limits = f"above {low:g} and at most {high:,}" if is_above else f"from {low:,.10g} to {high:,.10g}"
    limits = f"of at least {low:g}" if math.isinf(high) else limits
    return read


def size(value: str) -> int:
    """Return bytes, of a number with K, M, G or T behind it or none. Raises argparse's error in half a sentence."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)([KMGT]?)B?", value.upper(), re.ASCII)
    n_bytes = int(float(found[1]) * 1024 ** " KMGT".index(found[2] or " ")) if found else 0
    if not n_bytes:
        raise argparse.ArgumentTypeError("it must be a size such as 500M or 4G")
    return n_bytes
