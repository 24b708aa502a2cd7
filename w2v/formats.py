"""Word vectors from any file we can read, and a run into any file we can write: the format follows the name's ending.

    .txt .vec   word2vec text          .bin   word2vec binary          .npz   the whole run, to be gone on with
    .tsv        a folder of that name with the tables of TensorBoard's embedding projector

What a file *is* when it is read is decided by its bytes alone, never by its name.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from w2v.corpus import known_binary
from w2v.projector_files import METADATA, VECTORS, projector_files, read_projector
from w2v.run import Run
from w2v.saved_runs import read_saved_run, saved_run
from w2v.whole_text import WholeTextRun
from w2v.word2vec_files import read_word2vec, word2vec_binary, word2vec_text
from w2v.word_vectors import WordVectors

MAX_FILE_BYTES = 2 * 2**30
NAMES: Mapping[str, str] = {
    ".txt": "word2vec text",
    ".vec": "word2vec text",
    ".bin": "word2vec binary",
    ".npz": "a run that can be gone on with",
    ".tsv": "tables for the embedding projector",
}
"""What each ending stands for."""


def vectors_of(run: Run | WholeTextRun, at: int | None = None) -> WordVectors:
    """Return the words of a run with their input vectors V at a moment or after a pass.

    `at` is by default the end of the run, or the best pass over a whole text.
    """
    if at is None:
        at = run.n_steps if isinstance(run, Run) else run.best
    return WordVectors(run.corpus.vocabulary.words, run.parameters(at).V)


def read_vectors(data: bytes) -> WordVectors:
    """Read word2vec text or binary, GloVe text, or a run that was saved here.

    Raises ValueError in one sentence that says what is wrong and where.
    """
    if data.startswith(b"PK"):
        return read_saved_run(data).word_vectors()
    if kind := known_binary(data):
        raise ValueError(f"This file is {kind}, not word vectors; unpack an archive first.")
    return read_word2vec(data)


def load_vectors(path: Path) -> WordVectors:
    """Read word vectors from a file or from a folder of projector tables. Raises ValueError as `read_vectors`."""
    if path.is_dir():
        names = [name for name in (VECTORS, METADATA) if (path / name).is_file()]
        return read_projector({name: load(path / name) for name in names})
    return read_vectors(load(path))


def load(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return the bytes of a file. Raises ValueError in one sentence when it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            return read_all(file, limit)
    except OSError as problem:
        raise ValueError(f"This file cannot be read: {problem.strerror or problem}.") from None


def read_all(file: BinaryIO, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read to the end of a file, a pipe or a device, but never more than `limit` bytes; beyond it, raise ValueError."""
    chunks, size = [], 0
    while chunk := file.read(2**20):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise ValueError(f"This file is larger than {limit // 2**20:,} MB, which is the limit.")
    return b"".join(chunks)


def check_target(path: Path, force: bool = False) -> None:
    """Raise ValueError in one sentence unless a run can be saved there: known ending, a folder, nothing overwritten."""
    if path.suffix.lower() not in NAMES:
        raise ValueError(f"{path} should end in {', '.join(NAMES)}: the ending chooses the format.")
    if not path.parent.is_dir():
        raise ValueError(f"There is no folder {path.parent}.")
    if path.suffix.lower() == ".tsv":
        if path.exists() and not path.is_dir():
            raise ValueError(f"{path} is a file, and a folder is to be made there.")
        taken = path.is_dir() and any(path.iterdir())
    else:
        if path.is_dir():
            raise ValueError(f"{path} is a folder.")
        taken = path.exists()
    if taken and not force:
        raise ValueError(f"{path} is there already: choose another name, or add --force to write over it.")


def save(run: Run | WholeTextRun, path: Path, force: bool = False) -> None:
    """Write a run to a file, or to a folder for .tsv; a file is there whole or not at all.

    Raises ValueError in one sentence, also when a word cannot be held by the format.
    """
    check_target(path, force)
    ending = path.suffix.lower()
    try:
        if ending == ".tsv":
            files = projector_files(vectors_of(run), run.corpus.vocabulary.counts.tolist())
            path.mkdir(exist_ok=True)
            for name, data in files.items():
                _write(path / name, data)
        elif ending == ".npz":
            _write(path, saved_run(run))
        else:
            _write(path, (word2vec_binary if ending == ".bin" else word2vec_text)(vectors_of(run)))
    except OSError as problem:
        raise ValueError(f"{path} cannot be written: {problem.strerror or problem}.") from None


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
