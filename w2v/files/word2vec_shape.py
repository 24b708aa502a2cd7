"""What a file of vectors is, by its first bytes: text or binary, and how many numbers a row has.

Where a file is short both ways are tried on all of it, since the numbers of a small binary file may look like letters.
"""

import re
from collections import Counter
from typing import NamedTuple

import numpy as np

from w2v.counted import counted
from w2v.files.other_formats import OtherFormatError, table_with_commas, table_with_counted_lines
from w2v.files.read_numbers import is_number, numbers_in
from w2v.files.row_gatherer import MAX_DIM, MAX_WORD_BYTES

FLOAT32 = np.dtype("<f4")
HEADER = re.compile(rb"\s*(\d+)[ \t]+(\d+)\s*")
MAX_LINE = MAX_WORD_BYTES + 50 * MAX_DIM
LOOK = 4096  # bytes by which text and binary are told apart
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_FIRST_LINES = 50  # by which it is seen how many numbers a row has
_FEWEST_COUNTS = 5  # rows, from which it is no accident that their first numbers fall
_FEWER_DIGITS = 18  # of a size


class Sizes(NamedTuple):
    """What a first line promises."""

    n_words: int
    dim: int


def sizes_of(line: bytes) -> Sizes | None:
    """The two sizes of a first line, or None if it is none. Raises ValueError for sizes that cannot be."""
    found = HEADER.fullmatch(line)
    if found is None:
        return None
    sizes = Sizes(*(int(digits[: _FEWER_DIGITS + 1]) for digits in found.groups()))
    if 0 in sizes:
        raise ValueError("The first line promises no word vectors.")
    if sizes.dim > MAX_DIM:
        raise ValueError(f"The first line promises vectors of {sizes.dim:,} numbers, and {MAX_DIM:,} is the limit.")
    return sizes


def is_text(rows: bytes, sizes: Sizes, is_all: bool) -> bool:
    """Whether rows below a first line are text."""
    lines = [line for line in rows.splitlines() if line.strip()]
    if is_all and len(lines) == sizes.n_words and all(_is_row(line, sizes.dim) for line in lines):
        return True
    if is_all and _is_whole_binary(rows, sizes) and table_with_commas(rows) is None:
        return False
    return any(_is_row(line, sizes.dim) for line in rows[:MAX_LINE].split(b"\n", 5)[:5]) or _looks_like_text(
        rows[:LOOK]
    )


def _is_row(line: bytes, dim: int) -> bool:
    parts = line.rsplit(None, dim)
    return len(parts) == dim + 1 and numbers_in(parts[1:]) is not None


def _is_whole_binary(rows: bytes, sizes: Sizes) -> bool:
    """Whether there are as many words with numbers as were promised, and nothing besides."""
    at, size = 0, sizes.dim * FLOAT32.itemsize
    for _ in range(sizes.n_words):
        blank = rows.find(b" ", at, at + MAX_WORD_BYTES + 2)
        if blank < 0 or len(rows) < blank + 1 + size:
            return False
        at = blank + 1 + size
    return not rows[at:].strip(b"\r\n")


def _looks_like_text(some: bytes) -> bool:
    if _NO_TEXT.search(some):
        return False
    try:
        some.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(some) - 3 and error.reason == "unexpected end of data"
    return True


def _numbers_of_a_row(head: bytes, is_all: bool) -> tuple[int, int, int]:
    """How many numbers most of the first lines have behind a word, how many lines have so many, and of how many."""
    lines = head.strip().split(b"\n", _FIRST_LINES)[:_FIRST_LINES]
    if len(lines) > 1 and not (is_all and head.rstrip(b" \t\r").endswith(b"\n")) and len(lines) < _FIRST_LINES:
        lines.pop()  # it may be cut
    found: Counter[int] = Counter()
    for line in lines:
        parts = line.split()
        behind = next((i for i, part in enumerate(reversed(parts)) if not is_number(part)), len(parts))
        found[min(behind, len(parts) - 1)] += 1
    dim, n = max(found.items(), key=lambda pair: (pair[1], pair[0]))
    return dim, n, len(lines)


def dim_of(head: bytes, is_all: bool) -> int:
    """How many numbers a file without a first line of sizes has for each word."""
    if sentence := table_with_commas(head) or table_with_counted_lines(head):
        raise OtherFormatError(sentence)
    dim, n, n_lines = _numbers_of_a_row(head, is_all)
    if not 1 <= dim <= MAX_DIM or 2 * n < n_lines:
        raise ValueError(
            "Line 1 is neither two sizes nor a word with its numbers, divided by blanks: this is no file of word "
            "vectors."
        )
    if _has_no_words(head):
        raise ValueError(
            "This file has numbers and no words: open it together with the file of its words, which has one in each "
            "line, as TensorBoard's projector has in metadata.tsv."
        )
    if dim == 1 and _are_pairs(head):
        raise ValueError(
            "Each line of this file is two words and a number: these are pairs with scores, with which vectors are "
            "compared, and no vectors."
        )
    return dim


def _are_pairs(head: bytes) -> bool:
    """Whether all of the first lines, a heading perhaps aside, are two words and a number."""
    rows = [line.split() for line in head.strip().split(b"\n", _FIRST_LINES)[:_FIRST_LINES]][1:]
    return len(rows) > 1 and all(
        len(row) == 3 and [is_number(part) for part in row] == [False, False, True] for row in rows[:-1] or rows
    )


def counts_first(head: bytes, dim: int) -> bool:
    """Whether the first number of each of the first rows is whole and falls, as counts do, and all others are not."""
    rows = [line.split()[-dim:] for line in head.split(b"\n", _FIRST_LINES)[:_FIRST_LINES] if len(line.split()) > dim]
    firsts = [int(row[0]) for row in rows if row[0].isdigit() and len(row[0]) <= _FEWER_DIGITS]
    return (
        dim > 1
        and len(firsts) == len(rows) >= _FEWEST_COUNTS
        and firsts[0] > firsts[-1]
        and firsts == sorted(firsts, reverse=True)
        and all(b"." in part for row in rows for part in row[1:])
    )


def _has_no_words(head: bytes) -> bool:
    """Whether the first lines are numbers, and most of those in the place of a word have decimals."""
    rows = [line.split() for line in head.strip().split(b"\n", _FIRST_LINES)[:_FIRST_LINES]]
    firsts = [row[0] for row in rows if row]
    if numbers_in(firsts) is None:
        return False
    return 2 * sum(b"." in first or b"e" in first.lower() for first in firsts) > len(firsts)


def dim_promised(rows: bytes, sizes: Sizes, is_all: bool) -> int:
    """How many numbers the first line promises. Raises ValueError where most lines agree on another number."""
    dim, n, n_lines = _numbers_of_a_row(rows, is_all) if rows.strip() else (sizes.dim, 0, 0)
    if dim not in (0, sizes.dim) and n > 1 and 2 * n > n_lines:
        raise ValueError(
            f"The first line promises {counted(sizes.n_words, 'word')} with {sizes.dim:,} numbers each, and most lines "
            f"have {dim:,}: correct it, or take it out."
        )
    if sentence := table_with_counted_lines(rows) or (table_with_commas(rows) if dim == 0 else None):
        raise OtherFormatError(sentence)
    return sizes.dim
