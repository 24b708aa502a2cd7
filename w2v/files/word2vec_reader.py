"""Words and vectors from the bytes of a word2vec or GloVe file, row by row, as many as are wanted."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from w2v.counted import counted
from w2v.files.binary_layout import LINE_ENDS, problem_of
from w2v.files.byte_source import ByteSource
from w2v.files.other_formats import OtherFormatError, other_format
from w2v.files.read_numbers import is_number, numbers_in
from w2v.files.row_gatherer import MAX_WORD_BYTES, Errors, RowGatherer
from w2v.files.word2vec_shape import (
    FLOAT32,
    HEADER,
    LOOK,
    MAX_LINE,
    Sizes,
    counts_first,
    dim_of,
    dim_promised,
    is_text,
    sizes_of,
)
from w2v.files.word_marks import Marks, marks_of
from w2v.reading.decoding import AN_ARCHIVE, byte_order_mark, known_binary, known_codec, unmarked, utf16_without_mark
from w2v.word_vectors import WordVectors

_COUNTS = "The first number of each row is whole and falls from row to row: if it is a count, take it out."
_FEWEST, _DECIMALS = 8, 3  # numbers with so many decimals, from which it is no accident that all have equally many
_DAMAGED = "This file is damaged: nothing in it can be unpacked."


class _Wanted(NamedTuple):
    limit: int | None
    codec: str
    errors: Errors | None


def read_source(
    source: ByteSource,
    *,
    limit: int | None = None,
    encoding: str | None = None,
    errors: Errors | None = None,
) -> WordVectors:
    """Read word vectors as `w2v.files.word2vec_files.read_word2vec` does."""
    if kind := known_binary(source.peek(LOOK)):
        way = ": unpack it and open what was in it" if kind.startswith(AN_ARCHIVE) else ""
        raise ValueError(f"This file is {kind}, not word vectors{way}.")
    if sentence := other_format(source.peek(LOOK)):
        raise OtherFormatError(sentence)
    codec = _made_utf8(source, encoding, errors)
    if b"\r" in (head := source.peek(MAX_LINE)) and b"\n" not in head:
        source.replace(b"\r", b"\n")  # the line ends of old Macs
        head = source.peek(MAX_LINE)
    if not head.strip():
        raise ValueError("This file is empty: there are no word vectors in it." if not source.cut else _DAMAGED)
    is_all = len(head) < MAX_LINE
    first = len(head) - len(head.lstrip())  # a blank before the first word may be a word itself
    blank = source.take(head.rfind(b"\n", 0, first) + 1)
    number, head = 1 + blank.count(b"\n"), head[len(blank) :]
    first_line = head[: head.find(b"\n", 0, 100 + 3) + 1]
    sizes = sizes_of(first_line)
    wanted = _Wanted(limit, codec, errors)
    if sizes is None:
        return _read_text(source, number, None, dim_of(head, is_all), wanted)
    source.take(len(first_line))
    rows = head[len(first_line) :]
    if not rows.strip():
        raise ValueError(f"The first line promises {counted(sizes.n_words, 'word')}, and there is nothing below it.")
    if is_text(rows, sizes, is_all):
        return _read_text(source, number + 1, sizes, dim_promised(rows, sizes, is_all), wanted)
    if problem := problem_of(rows, sizes, codec, is_all):
        raise ValueError(problem)
    return _read_binary(source, sizes, wanted)


# --- what it is -----------------------------------------------------------------------------------------------


def _made_utf8(source: ByteSource, encoding: str | None, errors: Errors | None) -> str:
    """Step over a byte-order mark, turn UTF-16 and UTF-32 into UTF-8, and return the encoding of words."""
    head = source.peek(LOOK)
    mark, marked = byte_order_mark(head)
    codec = known_codec(marked if encoding is None else encoding)
    if encoding is None and not mark and HEADER.match(head) is None and (codec16 := utf16_without_mark(head)):
        raise unmarked(head, codec16)
    if mark and codec.startswith(marked[:6]):  # utf-16 and utf-16-le, with the mark of utf-16-le
        source.take(len(mark))
        codec = marked
    if codec.startswith(("utf-16", "utf-32")):
        source.transcode(codec, errors or "strict")
        return "utf-8"
    return codec


# --- text -----------------------------------------------------------------------------------------------------


def _read_text(source: ByteSource, number: int, sizes: Sizes | None, dim: int, wanted: _Wanted) -> WordVectors:
    gathered = RowGatherer(dim, *wanted)
    head, cut, before = source.peek(MAX_LINE), 0, b""
    marks, has_counts = marks_of(head, dim), counts_first(head, dim)
    for line in _lines(source, number):
        promised_more = sizes is not None and gathered.n_read + 1 < sizes.n_words
        if line.is_last and (source.cut or (promised_more and _ends_early(line.text)) or _is_short(line.text, before)):
            cut = 1
            break
        _take_row(gathered, line, dim, marks)
        before = line.text
        if gathered.is_full:
            break
    notes = [marks.note] if marks.note else []
    if has_counts:
        notes.append(_COUNTS)
    return gathered.word_vectors(*notes, *([] if source.stopped else _promise(gathered, sizes, cut)))


def _ends_early(row: bytes) -> bool:
    """Whether the last number of a row has fewer decimals than another one, so that it may have had more digits."""
    *others, last = (len(part.partition(b".")[2]) for part in row.split()[1:] or (b"",))
    return last < max(others, default=0)


def _is_short(row: bytes, before: bytes) -> bool:
    """Whether all numbers of a row and of the one before have as many decimals as the others, but for the last."""
    *others, last = (len(part.partition(b".")[2]) for part in (*before.split()[1:], *row.split()[1:]) or (b"",))
    return len(others) >= _FEWEST and len(set(others)) == 1 and last < others[0] and others[0] >= _DECIMALS


class _Line(NamedTuple):
    number: int  # from 1
    at: int  # position in the file
    text: bytes  # without blanks and line end on the right
    is_last: bool  # without a line end behind it


def _lines(source: ByteSource, number: int) -> Iterator[_Line]:
    """Each line of a text that is not blank, `number` being that of the first."""
    while source.peek(1):
        at = source.position
        text = source.until(b"\n", MAX_LINE)
        is_last = text is None
        if text is None:
            text = source.take(MAX_LINE)
            if source.peek(1):
                raise ValueError(f"Line {number:,} is longer than {MAX_LINE:,} bytes: these are no word vectors.")
        if text.strip():
            yield _Line(number, at, text.rstrip(), is_last)
        number += 1


def _take_row(gathered: RowGatherer, line: _Line, dim: int, marks: Marks) -> None:
    """Give the word and the numbers of a line, counted from the right, to the gatherer, or say what is wrong.

    marks : around all words, and no part of them
    """
    where = f"line {line.number:,}"
    word, *parts = line.text.split(b" ")
    if len(parts) != dim or not word:  # a word with blanks, or tabs between
        word, *parts = line.text.rsplit(None, dim)
        if len(parts) == dim:
            word = word.strip(b" ")
    if len(parts) < dim:
        gathered.leave_out(_too_few(where, line.text, dim))
        return
    numbers = numbers_in(parts)
    if numbers is None:
        bad = next((i for i, part in enumerate(parts, 1) if not is_number(part)), 0)
        gathered.leave_out(f"{where} has something else where number {bad:,} of {dim:,} should be")
        return
    alone = marks.taken_off(word)
    gathered.add(alone, numbers, where, line.at + word.find(alone))


def _too_few(where: str, text: bytes, dim: int) -> str:
    n = len(text.split())
    if n == dim and is_number(text.split()[0]):
        return f"{where} has no word"
    return f"{where} has {counted(n - 1, 'number')} and not {dim:,}"


# --- binary ---------------------------------------------------------------------------------------------------


def _read_binary(source: ByteSource, sizes: Sizes, wanted: _Wanted) -> WordVectors:
    gathered = RowGatherer(sizes.dim, *wanted)
    size, cut = sizes.dim * FLOAT32.itemsize, 0
    while gathered.n_read < sizes.n_words and not gathered.is_full:
        number = gathered.n_read + 1
        at = source.position
        read = source.until(b" ", MAX_WORD_BYTES + 2)
        numbers = b"" if read is None else source.take(size)
        if read is None or len(numbers) < size:
            rest = source.peek(MAX_WORD_BYTES + 3)
            if len(rest) > MAX_WORD_BYTES + 2 or (number == 1 and not numbers):
                raise ValueError(
                    f"Word {number:,} of the promised {sizes.n_words:,} is cut off or has no blank behind it: this is "
                    "no word2vec file, or it is damaged."
                )
            cut = int(bool(read) or bool(rest.strip(LINE_ENDS)))
            break
        word = read.lstrip(LINE_ENDS)
        gathered.add(word, np.frombuffer(numbers, FLOAT32), f"word {number:,}", at + len(read) - len(word))
    notes = [] if source.stopped else _promise(gathered, sizes, cut)
    if gathered.n_read == sizes.n_words and source.peek(LOOK).strip(LINE_ENDS):
        notes.append(
            f"The first line promises {counted(sizes.n_words, 'word')}: what follows the last of them was not read."
        )
    return gathered.word_vectors(*notes)


# --- both -----------------------------------------------------------------------------------------------------


def _promise(gathered: RowGatherer, sizes: Sizes | None, cut: int) -> list[str]:
    """What is to be said when a first line was wrong or the last row was cut."""
    notes = []
    there = gathered.n_read + cut
    if sizes is not None and there != sizes.n_words and not (gathered.is_full and there < sizes.n_words):
        notes.append(
            f"The first line promises {counted(sizes.n_words, 'word')}, and the file has {there:,}: what is there was "
            "read."
        )
    if cut:
        notes.append("The last row is left out, because the file ends in the middle of it or may do so.")
    return notes
