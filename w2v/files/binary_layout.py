"""What is wrong with the rows of a binary file of vectors, where they are no rows of word2vec: a format has no marks.

A row is a word, a blank and numbers; whether the next word begins where it should is all that can be seen. Where it
does not, other sizes are tried: a file is refused by name only where one of them fits.
"""

import codecs
from collections.abc import Iterable

import numpy as np

from w2v.counted import counted
from w2v.files.row_gatherer import MAX_DIM
from w2v.files.word2vec_shape import FLOAT32, Sizes

LINE_ENDS = b"\r\n"
_ROWS = 6  # that are looked at
_SURE = 4  # rows, from which it is no accident that they fit
_MAX_LETTERS = 200  # bytes of a word here
_KINDS = {8: "float64", 2: "float16", 1: "int8"}
_NUMBERS = 8  # from which their size says something
_POSSIBLE, _USUAL = (1e-20, 1e20), (1e-10, 1e5)  # sizes of numbers in vectors
_NUL, _CONTROL = "\0", "".join(map(chr, range(32))) + "\x7f"  # in no word at all, and in hardly any
_REPLACED = b"\xef\xbf\xbd"  # U+FFFD


def problem_of(rows: bytes, sizes: Sizes, codec: str, is_all: bool) -> str | None:
    """Return what to say of rows below a first line that are not as it promises; None where they are, or nobody knows.

    rows : the first bytes below the first line, all there are if `is_all`
    """
    promised = sizes.dim * FLOAT32.itemsize
    if _fits(rows, sizes, promised, codec, is_all, control=_NUL):
        if _fits(rows, sizes, promised, codec, is_all, lines=True, control=_NUL):
            return _byte_order(rows, sizes)
        dims = range(1, sizes.dim)  # with too many numbers words lose their first letters, and a line end is passed
        return _other_size(rows, sizes, codec, is_all, dims, lines=True) or _byte_order(rows, sizes)
    return _changed_on_the_way(rows, sizes, codec, is_all) or _other_size(
        rows, sizes, codec, is_all, range(1, min(MAX_DIM, len(rows) // FLOAT32.itemsize) + 1)
    )


def _other_size(
    rows: bytes, sizes: Sizes, codec: str, is_all: bool, dims: Iterable[int], lines: bool = False
) -> str | None:
    """What to say of the smallest size of rows that fits: with a larger one words may lose their first letters."""
    kinds = {} if lines else {sizes.dim * size: size for size in _KINDS}
    for size in sorted({*kinds, *[dim * FLOAT32.itemsize for dim in dims]}):
        if not _fits(rows, sizes, size, codec, is_all, lines):
            continue
        if n := kinds.get(size):
            return (
                f"The numbers in this file seem to be {_KINDS[n]}, of {counted(n, 'byte')} each, where the binary "
                "format of word2vec has float32, of 4: save them as float32 or as text."
            )
        return (
            f"The first line promises {counted(sizes.dim, 'number')} for each word, and the rows seem to have "
            f"{size // FLOAT32.itemsize:,}: correct it."
        )
    return None


def _fits(
    rows: bytes, sizes: Sizes, size: int, codec: str, is_all: bool, lines: bool = False, control: str = _CONTROL
) -> bool:
    """Whether words stand where they should if the numbers of each take `size` bytes.

    lines   : with a line end before all but the first
    control : characters that are in no word
    """
    at, n = 0, 0
    while n < min(sizes.n_words, _ROWS):
        blank = rows.find(b" ", at, at + _MAX_LETTERS)
        end = blank + 1 + size
        if blank < 0 or end > len(rows):
            return n >= _SURE
        if not _is_word(rows[at:blank].lstrip(LINE_ENDS), codec, control) or (
            lines and n and rows[at] not in LINE_ENDS
        ):
            return False
        at, n = end, n + 1
    return n >= _SURE or (is_all and n > (control != _NUL) and not rows[at:].strip(LINE_ENDS))


def _is_word(letters: bytes, codec: str, control: str) -> bool:
    try:
        return bool(letters) and set(control).isdisjoint(letters.decode(codec))
    except UnicodeDecodeError:
        return False


def _byte_order(rows: bytes, sizes: Sizes) -> str | None:
    """What to say where the numbers make sense with their bytes the other way round only."""
    numbers: list[bytes] = []
    at = 0
    while len(numbers) < min(sizes.n_words, _ROWS):
        start = rows.find(b" ", at) + 1
        at = start + sizes.dim * FLOAT32.itemsize
        if not start or at > len(rows):
            break
        numbers.append(rows[start:at])
    there = b"".join(numbers)
    n = len(there) // FLOAT32.itemsize
    strange = n - _between(there, FLOAT32, *_POSSIBLE)
    swapped = FLOAT32.newbyteorder()
    if len(set(np.frombuffer(there, "V4").tolist())) < _NUMBERS or 4 * strange < n:
        return None
    if _between(there, swapped, *_USUAL) < n:
        return None
    return (
        "The numbers in this file seem to have their highest byte first, where the binary format of word2vec has the "
        "lowest first: save them as '<f4', as NumPy calls it, or as text."
    )


def _between(numbers: bytes, kind: np.dtype[np.float32], least: float, most: float) -> int:
    """How many of the numbers are 0, or of a size between these."""
    with np.errstate(invalid="ignore"):
        size = np.abs(np.frombuffer(numbers, kind).astype(np.float64))
        return int(((size == 0) | ((size > least) & (size < most))).sum())


def _changed_on_the_way(rows: bytes, sizes: Sizes, codec: str, is_all: bool) -> str | None:
    n_lines = rows.count(b"\n")
    if n_lines >= _SURE and rows.count(b"\r\n") == n_lines:
        return (
            "Each line end in this file has become two bytes, as happens where a binary file is sent as text: get it "
            "again, as it was."
        )
    as_it_was = _without_utf8(rows)
    if rows.count(_REPLACED) >= _NUMBERS or _fits(as_it_was, sizes, sizes.dim * FLOAT32.itemsize, codec, is_all):
        return "This binary file was saved as text on its way, and its numbers are lost: get it again, as it was."
    return None


def _without_utf8(rows: bytes) -> bytes:
    """What rows were, if each byte was taken for a letter and written in UTF-8; else nothing."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(rows)  # the last letter may be cut
        return b"" if text.isascii() else text.encode("latin-1")
    except UnicodeError:
        return b""
