"""The formats of word2vec, text and binary, and GloVe's text: read from bytes and written to bytes.

Text. A first line "words dim", then one line for each word: the word and its numbers, divided by single blanks.
GloVe leaves out the first line. Binary. The same first line, then for each word the word, a blank, and its numbers
as float32, lowest byte first; word2vec.c writes a line end after each, gensim writes none, and both are read.

Both hold float32, as in word2vec.c and gensim, whatever was saved: nine digits in the text are enough to get the
same float32 back. A word that is there twice keeps its first vector, as in gensim, and a note says so; a word with a
blank in it is refused, as gensim does. Stricter than gensim: words must not be empty, nothing may follow the
promised number of words, and every number must be finite.

Nothing is allocated because a first line says so: it must fit the bytes that are there.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import frozen
from w2v.word_vectors import WordVectors

MAX_DIM = 10_000
MAX_WORD_BYTES = 10_000  # of one word
_FLOAT32 = np.dtype("<f4")
_HEADER = re.compile(rb"\s*(\d{1,18})[ \t]+(\d{1,18})\s*")
_MARK = b"\xef\xbb\xbf"
_ENDS_A_WORD = re.compile("[ \t\n\r\v\f\0]")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_LOOK = 4096  # bytes by which text and binary are told apart


def word2vec_text(vectors: WordVectors) -> bytes:
    """Return the vectors as word2vec text. Raises ValueError for a word with a blank or a line end in it."""
    rows = _as_float32(vectors)
    pattern = " %.9g" * vectors.dim + "\n"
    lines = [word + pattern % tuple(row.tolist()) for word, row in zip(vectors.words, rows, strict=True)]
    return (f"{len(vectors)} {vectors.dim}\n" + "".join(lines)).encode("utf-8")


def word2vec_binary(vectors: WordVectors) -> bytes:
    """Return the vectors as word2vec binary, without line ends between, as gensim writes it. Raises as the text."""
    rows = _as_float32(vectors)
    records = [word.encode("utf-8") + b" " + row.tobytes() for word, row in zip(vectors.words, rows, strict=True)]
    return f"{len(vectors)} {vectors.dim}\n".encode() + b"".join(records)


def read_word2vec(data: bytes) -> WordVectors:
    """Read word2vec text, word2vec binary or GloVe text, whichever it is.

    Raises ValueError in one sentence that says what is wrong and in which line (or, in binary, at which word).
    """
    first_line = data[: data.find(b"\n", 0, 100) + 1]
    if _header(first_line) is None:
        return read_word2vec_text(data)
    start = len(first_line)
    if not _is_text_row(data, start) and not _looks_like_text(data[start : start + _LOOK]):
        return read_word2vec_binary(data)
    try:
        return read_word2vec_text(data)
    except ValueError as problem:
        try:  # a few numbers in binary may look like letters
            return read_word2vec_binary(data)
        except ValueError:
            raise problem from None


def read_word2vec_text(data: bytes) -> WordVectors:
    """Read word2vec text, or GloVe text, which has no first line with the sizes. Raises as `read_word2vec`."""
    lines = _lines(data)
    first = next(lines, None)
    if first is None:
        raise ValueError("This file is empty: there are no word vectors in it.")
    sizes = _header(first.text)
    if sizes is None:
        lines = _lines(data)
    n_words, dim = sizes or (data.count(b"\n") + 1, _dim_of(first))
    max_rows = (len(data) + 1) // (
        2 * dim + 2
    )  # rows that fit: a letter, for each number a blank and a digit, a line end
    if sizes is not None:
        _check_sizes(n_words, dim, max_rows)
    gathered = _Gathered(min(n_words, max_rows), dim)
    for line in lines:
        word, numbers = _row(line, dim)
        if gathered.n_read == n_words:
            raise ValueError(
                f"The first line promises {_words(n_words)}, and the file has more: line {line.number:,} is one too "
                "many."
            )
        gathered.add(word, numbers, f"line {line.number:,}")
    if sizes is not None and gathered.n_read < n_words:
        raise ValueError(f"The first line promises {_words(n_words)}, and the file has {gathered.n_read:,}.")
    return gathered.word_vectors()


def read_word2vec_binary(data: bytes) -> WordVectors:
    """Read word2vec binary as written by word2vec.c or by gensim. Raises as `read_word2vec`."""
    at = data.find(b"\n", 0, 100) + 1
    sizes = _header(data[:at])
    if sizes is None:
        raise ValueError("The first line must hold two numbers: how many words, and how long their vectors are.")
    n_words, dim = sizes
    size = dim * _FLOAT32.itemsize
    _check_sizes(n_words, dim, (len(data) - at) // (size + 2))
    gathered = _Gathered(n_words, dim)
    for number in range(1, n_words + 1):
        blank = data.find(b" ", at, at + MAX_WORD_BYTES + 2)
        if blank < 0 or len(data) - blank - 1 < size:
            raise ValueError(
                f"Word {number:,} of the promised {n_words:,} is cut off or has no blank behind it: this is no "
                "word2vec file, or it is damaged."
            )
        skipped = len(data[at:blank]) - len(word := data[at:blank].lstrip(b"\n"))
        text = _decoded(word, f"word {number:,}", at + skipped)
        gathered.add(text, np.frombuffer(data, _FLOAT32, dim, blank + 1), f"word {number:,}")
        at = blank + 1 + size
    if rest := len(data[at:].strip(b"\n")):
        raise ValueError(f"The first line promises {_words(n_words)}, and {rest:,} bytes follow the last of them.")
    return gathered.word_vectors()


# --- the parts -------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    number: int  # from 1
    start: int  # position in the file
    text: bytes  # without blanks and line end on the right


class _Gathered:
    """Words and vectors as they are read, the first of each word."""

    def __init__(self, n_words: int, dim: int) -> None:
        self.rows: NDArray[np.float32] = np.empty((n_words, dim), np.float32)
        self.words: dict[str, None] = {}
        self.n_read = 0
        self.repeated: list[str] = []

    def add(self, word: str, numbers: list[float] | NDArray[np.float32], where: str) -> None:
        row = self.rows[len(self.words)]
        with np.errstate(over="ignore"):
            row[:] = numbers
        if not np.isfinite(row).all():
            raise ValueError(f"{where[0].upper()}{where[1:]} has a number that is not finite or too large for float32.")
        self.n_read += 1
        if word in self.words:
            self.repeated.append(where)
        else:
            self.words[word] = None

    def word_vectors(self) -> WordVectors:
        if not self.words:
            raise ValueError("There are no word vectors in this file.")
        rows = self.rows if len(self.words) == len(self.rows) else self.rows[: len(self.words)].copy()
        frozen(rows)
        return WordVectors(tuple(self.words), rows, self._notes())

    def _notes(self) -> tuple[str, ...]:
        n = len(self.repeated)
        if n == 0:
            return ()
        times = f"1 word is there again ({self.repeated[0]})" if n == 1 else f"{n:,} words are there again"
        return (f"{times}{'' if n == 1 else f' (the first in {self.repeated[0]})'}: its first vector is kept.",)


def _as_float32(vectors: WordVectors) -> NDArray[np.float32]:
    bad = next((i for i, word in enumerate(vectors.words, 1) if _ENDS_A_WORD.search(word)), None)
    if bad is not None:
        raise ValueError(f"Word {bad:,} has a blank or a line end in it, and the formats of word2vec cannot hold that.")
    with np.errstate(over="ignore"):
        rows = vectors.vectors.astype(_FLOAT32)
    if not np.isfinite(rows).all():
        raise ValueError("Some numbers are too large for float32, which the formats of word2vec hold.")
    return rows


def _header(line: bytes) -> tuple[int, int] | None:
    """The two sizes of a first line, or None if it is none."""
    found = _HEADER.fullmatch(line.removeprefix(_MARK))
    return None if found is None else (int(found[1]), int(found[2]))


def _check_sizes(n_words: int, dim: int, max_rows: int) -> None:
    """Refuse sizes that cannot be true."""
    if n_words == 0 or dim == 0:
        raise ValueError("The first line promises no word vectors.")
    if dim > MAX_DIM:
        raise ValueError(f"The first line promises vectors of {dim:,} numbers, and {MAX_DIM:,} is the limit.")
    if n_words > max_rows:
        raise ValueError(
            f"The first line promises {_words(n_words)} with {dim:,} numbers each, and the file is too short for that."
        )


def _words(n: int) -> str:
    return f"{n:,} word{'s' * (n != 1)}"


def _dim_of(first: _Line) -> int:
    """How many numbers a file without a first line of sizes has for each word."""
    dim = first.text.count(b" ")
    if not 1 <= dim <= MAX_DIM:
        raise ValueError(
            "Line 1 is neither two sizes nor a word with its numbers, divided by single blanks: this is no file of "
            "word vectors."
        )
    return dim


def _lines(data: bytes) -> Iterator[_Line]:
    """Each line of a text; blank lines at its end are none."""
    at, number, end = len(_MARK) if data.startswith(_MARK) else 0, 1, len(data)
    while end > at and data[end - 1] in b" \t\r\n":
        end -= 1
    while at < end:
        stop = data.find(b"\n", at)
        stop = len(data) if stop < 0 else stop
        yield _Line(number, at, data[at:stop].rstrip())
        at, number = stop + 1, number + 1


def _expected(dim: int) -> str:
    return f"should have a word and {dim:,} number{'s' * (dim != 1)}, divided by single blanks"


def _row(line: _Line, dim: int) -> tuple[str, list[float]]:
    word, *numbers = line.text.split(b" ")
    if not word:
        what = "begins with a blank, so its word is empty" if line.text else "is empty"
        raise ValueError(f"Line {line.number:,} {what}.")
    if len(numbers) != dim:
        raise ValueError(f"Line {line.number:,} {_expected(dim)}, and has {len(numbers):,} after the first.")
    text = _decoded(word, f"line {line.number:,}", line.start)
    try:
        if b"_" in line.text[len(word) :]:  # Python reads 1_000, nobody else does
            raise ValueError
        return text, list(map(float, numbers))
    except ValueError:
        bad = next(i for i, part in enumerate(numbers, 2) if not _is_number(part))
        raise ValueError(f"Line {line.number:,} {_expected(dim)}, and part {bad:,} of it is no number.") from None


def _is_number(part: bytes) -> bool:
    try:
        float(part)
    except ValueError:
        return False
    return b"_" not in part


def _is_text_row(data: bytes, start: int) -> bool:
    """Whether the line that starts here is a row of text: a word and numbers."""
    stop = data.find(b"\n", start, start + MAX_WORD_BYTES + 50 * MAX_DIM)
    _, *numbers = data[start : stop if stop >= 0 else None].rstrip().split(b" ")
    sizes = _header(data[:start])
    return sizes is not None and len(numbers) == sizes[1] and all(map(_is_number, numbers))


def _looks_like_text(some: bytes) -> bool:
    if _NO_TEXT.search(some):
        return False
    try:
        some.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(some) - 3 and error.reason == "unexpected end of data"
    return True


def _decoded(word: bytes, where: str, start: int) -> str:
    if not word:
        raise ValueError(f"{where[0].upper()}{where[1:]} has no letters.")
    if len(word) > MAX_WORD_BYTES:
        raise ValueError(f"{where[0].upper()}{where[1:]} has a word of {len(word):,} bytes: these are no word vectors.")
    try:
        return word.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"In {where} the word is not valid UTF-8: the first bad byte is 0x{word[error.start]:02X} at position "
            f"{start + error.start:,} of the file (counted from 0)."
        ) from None
