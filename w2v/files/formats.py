"""Word vectors from any file we can read, and a run into any file we can write: the format follows the name's ending.

    .txt .vec   word2vec text          .bin   word2vec binary          .npz   the whole run, to be gone on with
    .tsv        a folder of that name with the tables of TensorBoard's embedding projector

What a file *is* when it is read is decided by its bytes alone, never by its name.
"""

import io
import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from w2v.files.archives import read_archive
from w2v.files.atomic_write import real_place, try_place, write_file, write_folder, write_parts
from w2v.files.byte_source import MAX_FILE_BYTES, ByteSource
from w2v.files.counts_run_files import write_counts_run
from w2v.files.other_formats import OtherFormatError
from w2v.files.projector_files import TABLES, projector_files
from w2v.files.projector_reader import CONFIG_ENDING, read_projector
from w2v.files.row_gatherer import Errors
from w2v.files.saved_runs import saved_run
from w2v.files.word2vec_files import word2vec_binary, word2vec_text
from w2v.files.word2vec_reader import read_source
from w2v.files.word2vec_shape import FLOAT32, LOOK, sizes_of
from w2v.paths import StrPath
from w2v.run import Run
from w2v.whole.counts_run import CountsRun
from w2v.whole.whole_text import WholeTextRun
from w2v.word_vectors import WordVectors

AnyRun = Run | WholeTextRun | CountsRun
"""Whatever can be saved."""

_ZIP, _GZIP = b"PK", b"\x1f\x8b"
_TABLES = (".tsv", CONFIG_ENDING)
NAMES: Mapping[str, str] = {
    ".txt": "word2vec text",
    ".vec": "word2vec text",
    ".bin": "word2vec binary",
    ".npz": "a run that can be gone on with",
    ".tsv": "tables for the embedding projector",
}
"""What each ending stands for."""


def vectors_of(run: AnyRun, at: int | None = None) -> WordVectors:
    """Return the words of a run with their input vectors V at a moment or after a pass.

    `at` is by default the end of the run, or the best pass over a whole text.
    """
    if at is None:
        at = run.best
    return WordVectors(run.vocabulary.words, run.parameters(at).V)


def read_vectors(
    data: bytes, *, limit: int | None = None, encoding: str | None = None, errors: Errors | None = None
) -> WordVectors:
    """Read word2vec text or binary or GloVe text, also as .gz or ZIP, a ZIP of projector tables, or a saved run.

    limit    : how many words to read, the first ones; None for all
    encoding : of the words; None for UTF-8, or what a byte-order mark says
    errors   : what becomes of letters that are not valid in it, as in `read_word2vec`

    Raises ValueError in one sentence that says what is wrong and where, and for a format that is known and not opened
    how to convert it. What was left out is said in the notes.
    """
    return read_stream(io.BytesIO(data), limit=limit, encoding=encoding, errors=errors)


def load_vectors(
    path: StrPath, *, limit: int | None = None, encoding: str | None = None, errors: Errors | None = None
) -> WordVectors:
    """Read word vectors from a file, or from a folder of projector tables, as `read_vectors` does.

    With `limit` the file can be of any size: no more of it is read than is needed.
    """
    name = _name(path)
    try:
        if os.path.isdir(name):
            tables = {file.name: load(file) for file in sorted(Path(name).iterdir()) if file.suffix in _TABLES}
            return read_projector(tables, limit=limit, encoding=encoding, errors=errors)
        with open(name, "rb") as file:
            return read_stream(file, limit=limit, encoding=encoding, errors=errors)
    except OtherFormatError as problem:
        raise problem.of(name) from None
    except OSError as problem:
        raise ValueError(_unreadable(problem)) from None


def read_stream(
    stream: BinaryIO,
    *,
    limit: int | None = None,
    encoding: str | None = None,
    errors: Errors | None = None,
    first_bytes: int | None = None,
) -> WordVectors:
    """Read word vectors from a file or a pipe, as `read_vectors` does, row by row.

    first_bytes : read no more than these, unpacked; a row that is cut there is left out, and a note says so
    """
    most = first_bytes or (MAX_FILE_BYTES if limit is None else None)
    sources = []

    def source(file: BinaryIO) -> ByteSource:
        sources.append(ByteSource(file, most, stop=first_bytes is not None))
        return sources[-1]

    how: dict[str, Any] = {"limit": limit, "encoding": encoding, "errors": errors}
    try:
        begun = source(stream)
        if begun.peek(len(_ZIP)) != _ZIP:
            vectors = read_source(begun, **how)
        else:
            archive = stream if stream.seekable() else io.BytesIO(begun.take(MAX_FILE_BYTES))
            vectors = read_archive(archive, source, **how)
    except OSError as problem:
        raise ValueError(_unreadable(problem)) from None
    if not sources[-1].stopped:
        return vectors
    note = f"The first {round((first_bytes or 0) / 1e6)} MB were read; files of vectors mostly list words by frequency."
    return replace(vectors, notes=(note, *vectors.notes))


def expected_bytes(path: StrPath, limit: int | None = None) -> int | None:
    """Return about how much memory the vectors of a file take, without reading it: by its first line, else by its size.

    limit : how many words will be read; None for all

    None of a packed file, a folder, or one that cannot be read.
    """
    try:
        with open(_name(path), "rb") as file:
            head, size = file.read(LOOK), os.fstat(file.fileno()).st_size
        sizes = sizes_of(head.partition(b"\n")[0])
    except (OSError, ValueError):
        return None
    if sizes is not None:
        return min(sizes.n_words, limit or sizes.n_words) * sizes.dim * FLOAT32.itemsize
    return None if head.startswith((_ZIP, _GZIP)) else size


def load(path: StrPath, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return the bytes of a file. Raises ValueError in one sentence when it cannot be read or is too large."""
    name = _name(path)
    try:
        with open(name, "rb") as file:
            return read_all(file, limit)
    except OSError as problem:
        raise ValueError(_unreadable(problem)) from None


def read_all(file: BinaryIO, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read to the end of a file, a pipe or a device. Raises ValueError as `load`."""
    chunks, size = [], 0
    try:
        while chunk := file.read(2**20):
            chunks.append(chunk)
            size += len(chunk)
            if size > limit:
                raise ValueError(f"This file is larger than {limit // 2**20:,} MB, which is the limit.")
    except OSError as problem:
        raise ValueError(_unreadable(problem)) from None
    return b"".join(chunks)


def _unreadable(problem: OSError) -> str:
    return f"This file cannot be read: {problem.strerror or problem}."


def _name(path: StrPath) -> str:
    """A path as text. Raises ValueError where no file can be called so, which Python would say in its own words."""
    name = os.fspath(path)
    try:
        possible = b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise ValueError(f"No file can have the name {name!a}.")
    return name


def check_target(path: StrPath, force: bool = False) -> None:
    """Raise ValueError in one sentence unless a run can be saved there: known ending, a folder, nothing overwritten.

    A byte is written there and removed again, so that a place that takes nothing is known before it is needed.
    """
    path = Path(_name(path))
    _check(path, force)
    try:
        try_place(path, folder=_is_folder(path))
    except OSError as problem:
        raise ValueError(_cannot(path, problem)) from None


def files_of(path: StrPath) -> list[Path]:
    """Return the files that a run saved there consists of."""
    path = Path(path)
    return [path / name for name in TABLES] if _is_folder(path) else [path]


def save(run: AnyRun, path: StrPath, force: bool = False) -> None:
    """Write a run to a file, or to a folder for .tsv: it is there whole or not at all.

    With `force` a file, or the tables in a folder of nothing else, are written over. A link is written through.
    Raises ValueError in one sentence, also when a word cannot be held by the format.
    """
    path = Path(_name(path))
    _check(path, force)
    try:
        if _is_folder(path):
            write_folder(path, projector_files(vectors_of(run), run.vocabulary.counts.tolist()), force)
        elif isinstance(run, CountsRun) and path.suffix.lower() == ".npz":
            write_parts(path, partial(write_counts_run, run), force)  # it may be large
        else:
            write_file(path, _packed(run, path.suffix.lower()), force)
    except OSError as problem:
        raise ValueError(_cannot(path, problem)) from None


def _packed(run: AnyRun, ending: str) -> bytes:
    if ending == ".npz" and not isinstance(run, CountsRun):
        return saved_run(run)
    return (word2vec_binary if ending == ".bin" else word2vec_text)(vectors_of(run))


def _is_folder(path: Path) -> bool:
    return path.suffix.lower() == ".tsv"


def _cannot(path: Path, problem: OSError) -> str:
    if isinstance(problem, FileExistsError):
        return _taken(path)
    return f"{path} cannot be written: {problem.strerror or problem}."


def _taken(path: Path) -> str:
    return f"{path} is there already: choose another name, or add --force to write over it."


def _check(path: Path, force: bool) -> None:
    if path.suffix.lower() not in NAMES:
        raise ValueError(f"{path} should end in {', '.join(NAMES)}: the ending chooses the format.")
    try:
        place = real_place(path)
        if not place.parent.is_dir():
            raise ValueError(f"There is no folder {place.parent if path.is_symlink() else path.parent}.")
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None:
            taken = _check_folder(path, mode) if _is_folder(path) else _check_file(path, mode)
            if taken and not force:
                raise ValueError(_taken(path))
    except OSError as problem:
        raise ValueError(_cannot(path, problem)) from None


def _check_file(path: Path, mode: int) -> bool:
    """Whether something would be written over. Raises ValueError where nobody is to write."""
    if stat.S_ISDIR(mode):
        raise ValueError(f"{path} is a folder.")
    if not stat.S_ISREG(mode):
        raise ValueError(f"{path} is no plain file: choose another name.")
    if not os.access(path, os.W_OK):
        raise ValueError(f"{path} is write-protected: choose another name.")
    return True


def _check_folder(path: Path, mode: int) -> bool:
    if not stat.S_ISDIR(mode):
        raise ValueError(f"{path} is a file, and a folder is to be made there.")
    inside = list(path.iterdir())
    if any(file.name not in TABLES or file.is_symlink() or not file.is_file() for file in inside):
        raise ValueError(f"{path} is a folder with other things in it than such tables: choose another name.")
    return bool(inside)
