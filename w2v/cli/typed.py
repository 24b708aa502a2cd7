"""Numbers as they are typed behind options."""

import argparse


def count(value: str) -> int:
    """Return a whole number of at least 1. Raises argparse's error in half a sentence."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:10]) <= 10**9:
        raise argparse.ArgumentTypeError("it must be a whole number of at least 1")
    return int(value[:10])
