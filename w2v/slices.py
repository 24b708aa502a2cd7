"""Work that comes in slices: a generator says how far it is, and its return value is what it made."""

from collections.abc import Generator
from typing import Any, TypeVar

Made = TypeVar("Made")


def finished(work: Generator[Any, Any, Made]) -> Made:
    """Do work that comes in slices without a break, and return what it returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            made: Made = end.value
            return made
