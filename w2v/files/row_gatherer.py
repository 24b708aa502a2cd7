"""Words and vectors of a file as they are read, and what is to be said of those that were left out."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import frozen
from w2v.reading.decoding import CHOOSE, EncodingError
from w2v.word_vectors import Vectors, WordVectors

Errors = Literal["strict", "replace", "ignore"]
"""What becomes of letters that are not valid: refused, replaced by U+FFFD, left out."""
MAX_DIM = 10_000
MAX_WORD_BYTES = 10_000  # of one word
_ROWS_AT_FIRST = 256
_REPEATED, _LEFT_OUT, _MENDED = "repeated", "left out", "mended"
_NOTES = {
    _REPEATED: (
        "1 word is there again ({first}): its first vector is kept.",
        "{n:,} words are there again (the first in {first}): its first vector is kept.",
    ),
    _LEFT_OUT: (
        "1 row is left out: {first}.",
        "{n:,} rows are left out, of which this is the first: {first}.",
    ),
    _MENDED: (
        "1 word has letters that are not valid {codec}, which were {how} ({first}).",
        "{n:,} words have letters that are not valid {codec}, which were {how} (the first in {first}).",
    ),
}
_CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence")  # what Python says of half a letter


class RowGatherer:
    """The first row of each word; rows that cannot be used are counted, and notes say why.

    limit  : rows wanted
    n_read : rows read, those left out among them
    errors : None is "strict", except that the beginning of a letter at the end of a word is replaced: word2vec.c cuts
             long words without regard to letters
    """

    def __init__(
        self,
        dim: int,
        limit: int | None,
        encoding: str,
        errors: Errors | None,
        kind: type[np.floating[Any]] = np.float32,
    ) -> None:
        if limit is not None and limit < 1:
            raise ValueError("The limit must be a whole number of at least 1.")
        if errors not in (None, *get_args(Errors)):
            raise ValueError(f"errors must be one of {', '.join(get_args(Errors))}.")
        self.dim, self.n_read = dim, 0
        self._limit, self._encoding, self._errors = limit, encoding, errors
        self._rows: Vectors = np.empty((min(_ROWS_AT_FIRST, limit or _ROWS_AT_FIRST), dim), kind)
        self._words: dict[str, None] = {}
        self._n: Counter[str] = Counter()  # of what is to be said
        self._first: dict[str, str] = {}  # where it was the first time

    @property
    def is_full(self) -> bool:
        """Whether there are as many words as are wanted."""
        return self._limit is not None and len(self._words) >= self._limit

    def add(self, word: bytes, numbers: Sequence[float] | NDArray[np.float32], where: str, at: int) -> None:
        """Take a row: `where` it is, as "line 3", and where its word is in the file, in bytes."""
        text = self._decoded(word, where, at)
        if not text:
            self.leave_out(f"{where} has no word")
            return
        if len(self._words) == len(self._rows):
            n_rows = min(len(self._rows) * 3 // 2, self._limit or 2**62)
            self._rows.resize((n_rows, self.dim), refcheck=False)
        row = self._rows[len(self._words)]
        with np.errstate(over="ignore"):
            row[:] = numbers
        if not np.isfinite(row).all():
            self.leave_out(f"{where} has a number that is not finite or too large for {row.dtype}")
            return
        self.n_read += 1
        if text in self._words:
            self._tell(_REPEATED, where)
        else:
            self._words[text] = None

    def leave_out(self, why: str) -> None:
        """Count a row that cannot be used, with a clause on why, as "line 3 has no word"."""
        self.n_read += 1
        self._tell(_LEFT_OUT, why)

    def word_vectors(self, *notes: str) -> WordVectors:
        """Return what was gathered. Raises ValueError in one sentence when that is nothing."""
        if not self._words:
            first = self._first.get(_LEFT_OUT)
            raise ValueError(f"There are no word vectors in this file{f': {first}' if first else ''}.")
        self._rows.resize((len(self._words), self.dim), refcheck=False)
        frozen(self._rows)
        return WordVectors(tuple(self._words), self._rows, (*notes, *self._notes()))

    def _tell(self, kind: str, first: str) -> None:
        self._n[kind] += 1
        self._first.setdefault(kind, first)

    def _notes(self) -> list[str]:
        how = "left out" if self._errors == "ignore" else "replaced"
        notes = []
        for kind, n in self._n.items():
            one, many = _NOTES[kind]
            words = {"first": self._first[kind], "codec": self._encoding.upper(), "how": how}
            notes.append((one if n == 1 else many).format(n=n, **words))
        return notes

    def _decoded(self, word: bytes, where: str, at: int) -> str:
        if len(word) > MAX_WORD_BYTES:
            raise ValueError(
                f"{where[0].upper()}{where[1:]} has a word of {len(word):,} bytes: these are no word vectors."
            )
        try:
            text = word.decode(self._encoding)
            if self._errors == "replace" and "\ufffd" in text:  # replaced on the way from UTF-16
                self._tell(_MENDED, where)
            return text
        except UnicodeDecodeError as error:
            if self._errors in (None, "strict") and (self._errors or error.reason not in _CUT_OFF):
                bad = error.start
                problem = (
                    f"In {where} the word is not valid {self._encoding.upper()} (the first bad byte is "
                    f"0x{word[bad]:02X} at position {at + bad:,} of the file, counted from 0)"
                )
                way, *settings = CHOOSE
                raise EncodingError(
                    problem, f"{way}, or have such letters replaced", *settings, ("errors", "replace")
                ) from None
        self._tell(_MENDED, where)
        return word.decode(self._encoding, self._errors or "replace")
