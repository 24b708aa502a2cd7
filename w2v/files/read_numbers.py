"""Numbers in the bytes of a text, as all programs read them."""

from collections.abc import Iterable


def numbers_in(parts: Iterable[bytes]) -> list[float] | None:
    """Return the numbers that these parts of a line are, or None when one of them is none."""
    listed = list(parts)
    if b"_" in b"".join(listed):  # Python reads 1_000, nobody else does
        return None
    try:
        return list(map(float, listed))
    except ValueError:
        return None


def is_number(part: bytes) -> bool:
    """Whether this is a number."""
    return numbers_in((part,)) is not None
