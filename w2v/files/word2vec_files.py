"""The formats of word2vec, text and binary, and GloVe's text: read from bytes and written to bytes.

Text. A first line "words dim", then one line for each word: the word and its numbers, divided by single blanks.
GloVe leaves out the first line. Binary. The same first line, then for each word the word, a blank, and its numbers
as float32, lowest byte first; word2vec.c writes a line end after each, gensim writes none, and both are read.

Both hold float32, as in word2vec.c and gensim, whatever was saved: nine digits in the text are enough to get the
same float32 back. A word that is there twice keeps its first vector, as in gensim; a row that cannot be used is left
out: without a word, with too few numbers, with one that is not finite. A first line that promises another number of
words than there are is passed over; marks around all words, as R writes them, are left out. Notes say all of it.

A word with a blank in it is never written, and read where its numbers, counted from the right, are all there.
"""

import io
import re

import numpy as np
from numpy.typing import NDArray

from w2v.files.byte_source import ByteSource
from w2v.files.row_gatherer import MAX_DIM, Errors
from w2v.files.word2vec_reader import read_source
from w2v.word_vectors import WordVectors

__all__ = ["MAX_DIM", "read_word2vec", "word2vec_binary", "word2vec_text"]

_FLOAT32 = np.dtype("<f4")
_ENDS_A_WORD = re.compile("[ \t\n\r\v\f\0]")


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


def read_word2vec(
    data: bytes, *, limit: int | None = None, encoding: str | None = None, errors: Errors | None = None
) -> WordVectors:
    """Read word2vec text, word2vec binary or GloVe text, whichever it is.

    limit    : how many words to read, the first ones; None for all
    encoding : of the words; None for UTF-8, or what a byte-order mark says
    errors   : what becomes of letters that are not valid in it: "strict" refuses them, "replace" puts U+FFFD, "ignore"
               leaves them out; None is "strict", but for letters of which only the beginning is there, at the end of a
               word that word2vec.c cut: these are replaced

    Raises ValueError in one sentence that says what is wrong and in which line (or, in binary, at which word).
    """
    return read_source(ByteSource(io.BytesIO(data)), limit=limit, encoding=encoding, errors=errors)


def _as_float32(vectors: WordVectors) -> NDArray[np.float32]:
    bad = next((i for i, word in enumerate(vectors.words, 1) if _ENDS_A_WORD.search(word)), None)
    if bad is not None:
        raise ValueError(f"Word {bad:,} has a blank or a line end in it, and the formats of word2vec cannot hold that.")
    with np.errstate(over="ignore"):
        rows = vectors.vectors.astype(_FLOAT32)
    if not np.isfinite(rows).all():
        raise ValueError("Some numbers are too large for float32, which the formats of word2vec hold.")
    return rows
