"""Numbers of things, in words: one place, so that nothing says "1 words"."""


def counted(n: int, one: str, many: str | None = None) -> str:
    """Write a number of things: 1 pass, 1,200 passes. The plural is `many`, or has an s."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
