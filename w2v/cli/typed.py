"""Numbers as they are typed behind options."""

import argparse
import math
import re


def count(value: str) -> int:
    """Return a whole number of at least 1. Raises argparse's error in half a sentence."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:10]) <= 10**9:
        raise argparse.ArgumentTypeError("it must be a whole number of at least 1")
    return int(value[:10])


def share(value: str) -> float:
    """Return a number from 0 to 0.5. Raises argparse's error in half a sentence."""
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 0.5:
        raise argparse.ArgumentTypeError("it must be a number from 0 to 0.5")
    return number


def size(value: str) -> int:
    """Return bytes, of a number with K, M, G or T behind it or none. Raises argparse's error in half a sentence."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)([KMGT]?)B?", value.upper(), re.ASCII)
    n_bytes = int(float(found[1]) * 1024 ** " KMGT".index(found[2] or " ")) if found else 0
    if not n_bytes:
        raise argparse.ArgumentTypeError("it must be a size such as 500M or 4G")
    return n_bytes
