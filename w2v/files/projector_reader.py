"""The tables of TensorBoard's embedding projector, read whoever wrote them.

Which file is which is said by a config, else by the names of `projector_files.py`, else by their shape: one has nothing
but numbers. The words are the first column of the other that is not all numbers.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from w2v.counted import counted
from w2v.files.projector_files import METADATA, VECTORS
from w2v.files.read_numbers import is_number, numbers_in
from w2v.files.row_gatherer import MAX_DIM, Errors, RowGatherer
from w2v.reading.decoding import OTHER, EncodingError, byte_order_mark, known_codec, unmarked, utf16_without_mark
from w2v.word_vectors import WordVectors

CONFIG_ENDING = ".pbtxt"
_PATH = re.compile(r'\b(tensor_path|metadata_path)\s*:\s*["\']([^"\'\n]*)')
_MARK = b"\xef\xbb\xbf"
_SEEN = 2**18  # bytes by which it is seen what a table has
_ROWS_SEEN = 50  # by which the shape is judged
_LONGEST_NAME = 60
_NAMES = ("word", "words", "token", "label", "labels", "term", "name", "wort")  # of a column that holds the words


def read_projector(
    files: Mapping[str, bytes],
    *,
    limit: int | None = None,
    encoding: str | None = None,
    errors: Errors | None = None,
) -> WordVectors:
    """Read vectors (float64) and words from tables by name; files that are neither are passed over.

    limit, encoding, errors : as in `w2v.files.word2vec_files.read_word2vec`

    Of a label that is there again the first row is kept, and rows without a label or with something else than numbers
    are left out; notes say so. Raises ValueError in one sentence that says what is wrong and in which line of which
    file.
    """
    files = {name: _with_bytes_for_line_ends(data, name, encoding) for name, data in files.items()}
    vectors_name, words_name = _which(files)
    rows, labels = _rows(files[vectors_name]), _labels(files[words_name])
    codec = "utf-8" if byte_order_mark(files[words_name])[0] else known_codec(encoding or "utf-8")
    vectors_name, words_name = _short(vectors_name), _short(words_name)
    if not rows:
        raise ValueError(f"{vectors_name} is empty.")
    header = len(rows) > 1 and not any(map(is_number, rows[0].split())) and _is_row(rows[1])  # which it should not have
    rows = rows[header:]
    _refuse_counted(rows, vectors_name)
    while len(labels) > len(rows) and not labels[-1].text.strip():
        labels.pop()
    names: list[str] = []
    if len(labels) == len(rows) + 1:  # a header, which only several columns should have
        names = [name.decode(codec, "replace").strip().casefold() for name in labels.pop(0).text.split(b"\t")]
    if len(labels) != len(rows):
        raise ValueError(
            f"There are {len(rows):,} rows in {vectors_name} and {len(labels):,} in {words_name}: each row of numbers "
            "needs one line with its word."
        )
    dim = Counter([len(row.split()) for row in rows[:_ROWS_SEEN]]).most_common(1)[0][0]
    if dim > MAX_DIM:
        raise ValueError(f"{vectors_name} has more than {MAX_DIM:,} columns.")
    gathered = RowGatherer(dim, limit, codec, errors, np.float64)
    column = _column(labels, names)
    _refuse_commas(labels, words_name)
    for number, (row, label) in enumerate(zip(rows, labels, strict=True), 1 + header):
        if gathered.is_full:
            break
        parts = row.split()
        numbers = numbers_in(parts) if len(parts) == dim else []
        if not numbers or not np.isfinite(numbers).all():
            wrong = (
                f"{counted(len(parts), 'column')} and not {dim:,}"
                if numbers == []
                else "something else than finite numbers"
            )
            gathered.leave_out(f"line {number:,} of {vectors_name} has {wrong}")
        else:
            cells = label.text.split(b"\t")
            word = cells[column].strip() if column < len(cells) else b""
            gathered.add(word, numbers, f"line {label.number:,} of {words_name}", label.at)
    notes = []
    if len(names) == 1 and names[0] not in _NAMES:
        notes.append(
            f"{words_name} has one line more than {vectors_name} has rows: its first line is taken for a heading, and "
            "no word of it."
        )
    return gathered.word_vectors(*notes)


class _Label(NamedTuple):
    number: int  # of its line, from 1
    at: int  # position in the file
    text: bytes


def _which(files: Mapping[str, bytes]) -> tuple[str, str]:
    """The names of the vectors and of the words."""
    named = {_last_part(name): name for name in files}
    for config in [data for name, data in files.items() if name.endswith(CONFIG_ENDING)]:
        found = {
            key: named.get(_last_part(path)) for key, path in reversed(_PATH.findall(config.decode("utf-8", "replace")))
        }
        vectors, words = found.get("tensor_path"), found.get("metadata_path")
        if vectors and words:
            return vectors, words
    if VECTORS in named and METADATA in named:
        return named[VECTORS], named[METADATA]
    first_rows = {name: _first_rows(data) for name, data in files.items() if not name.endswith(CONFIG_ENDING)}
    numeric = [name for name, rows in first_rows.items() if rows and all(map(_is_row, rows[1:] or rows))]
    others = [name for name in first_rows if name not in numeric]
    if len(numeric) == 2 and not others:  # words that are numbers are in the one with fewer columns
        numeric.sort(key=lambda name: len(first_rows[name][-1].split()))
        if len(first_rows[numeric[0]][-1].split()) < len(first_rows[numeric[1]][-1].split()):
            others = [numeric.pop(0)]
    if len(numeric) == 1 and len(others) == 1:
        return numeric[0], others[0]
    missing = METADATA if VECTORS in named else VECTORS
    raise ValueError(
        f"There is no {missing} here, and of other files it cannot be told which has the numbers and which the words: "
        f"call these two {VECTORS} and {METADATA}."
    )


def _last_part(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _short(name: str) -> str:
    return _last_part(name)[-_LONGEST_NAME:]


def _with_bytes_for_line_ends(data: bytes, name: str, encoding: str | None) -> bytes:
    """A table in UTF-8 where it was in UTF-16 or UTF-32, with line ends that are not those of old Macs."""
    mark, codec = byte_order_mark(data)
    if not mark:
        codec = known_codec(encoding or "utf-8")
        if encoding is None and (codec16 := utf16_without_mark(data[:_SEEN])):
            raise unmarked(data, codec16)
    if codec.startswith(("utf-16", "utf-32")) and (
        mark or b"\0" in data
    ):  # as a line end has, not so the numbers beside
        try:
            data = _MARK + data[len(mark) :].decode(codec).encode("utf-8")
        except UnicodeError:
            claim = "begins like" if mark else "is no"
            raise EncodingError(
                f"{_short(name)} {claim} {codec.upper()}{' but is not valid' if mark else ''}", *OTHER
            ) from None
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _rows(data: bytes) -> list[bytes]:
    """Lines without tabs at their ends, and without blank ones at the end of all."""
    mark, _ = byte_order_mark(data)
    data = data[len(mark) :]
    return [line.rstrip() for line in data.rstrip().split(b"\n")] if data.strip() else []


def _first_rows(data: bytes) -> list[bytes]:
    rows = _rows(data[:_SEEN])
    return rows[: min(_ROWS_SEEN, max(1, len(rows) - (len(data) > _SEEN)))]  # the last of a piece may be cut


def _labels(data: bytes) -> list[_Label]:
    mark, _ = byte_order_mark(data)
    labels, at = [], len(mark)
    for number, line in enumerate(data[at:].split(b"\n"), 1):
        labels.append(_Label(number, at, line.removesuffix(b"\r")))
        at += len(line) + 1
    if not labels[-1].text:
        labels.pop()
    return labels


def _refuse_counted(rows: Sequence[bytes], name: str) -> None:
    """Raise ValueError where the first column is 0, 1, 2 and so on and the others are not whole numbers."""
    some = [row.split() for row in rows[:_ROWS_SEEN] if row]
    firsts = [cells[0] for cells in some]
    n = len(some)
    counted_up = [firsts == [b"%d" % i for i in range(start, start + n)] for start in (0, 1)]
    if n > 2 and any(counted_up) and all(b"." in b"".join(cells[1:]) for cells in some):
        raise ValueError(f"The first column of {name} counts its rows and is no part of the vectors: take it out.")


def _refuse_commas(labels: Sequence[_Label], name: str) -> None:
    """Raise ValueError where each line is a word and numbers with commas between, as many as in the others."""
    cells = [label.text.split(b",") for label in labels]
    if (
        len(labels) > 2
        and {len(some) for some in cells} == {max(2, len(cells[0]))}
        and all(is_number(some[-1]) for some in cells)
    ):
        raise ValueError(f"The columns of {name} seem to be divided by commas: divide them by tabs.")


def _column(labels: Sequence[_Label], names: Sequence[str]) -> int:
    """The column that is named as the words, or the first that has anything but numbers in it, or the first."""
    if named := [names.index(name) for name in _NAMES if name in names]:
        return named[0]
    others = {
        i for label in labels for i, cell in enumerate(label.text.split(b"\t")) if cell.strip() and not is_number(cell)
    }
    return min(others, default=0)


def _is_row(line: bytes) -> bool:
    return bool(line) and numbers_in(line.split()) is not None
