"""The tables that TensorBoard's embedding projector opens: vectors, their words, and the config that names both.

    vectors.tsv               one row for each word: its numbers, divided by tabs, no header
    metadata.tsv              one word in each row, in the same order; a single column has no header
    projector_config.pbtxt    tells TensorBoard (`tensorboard --logdir FOLDER`) which file is which

The page at projector.tensorflow.org takes the first two. With counts, metadata.tsv has two columns and, as the
projector demands then, a header. Numbers have all their digits: float64 and float32 come back bit for bit.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence

import numpy as np

from w2v.arrays import frozen
from w2v.files.word2vec_files import MAX_DIM
from w2v.word_vectors import WordVectors

VECTORS, METADATA, CONFIG = "vectors.tsv", "metadata.tsv", "projector_config.pbtxt"
TABLES = (VECTORS, METADATA, CONFIG)
_HEADER = "word\tcount"
_CONFIG = f"""\
embeddings {{
  tensor_name: "word2vec"
  tensor_path: "{VECTORS}"
  metadata_path: "{METADATA}"
}}
"""


def projector_files(vectors: WordVectors, counts: Sequence[int] | None = None) -> dict[str, bytes]:
    """Return the three files by name. `counts`, one for each word, make a second column of metadata.tsv.

    Raises ValueError for a word with a tab or a line end in it or with a blank at an end, which these tables
    cannot hold.
    """
    for number, word in enumerate(vectors.words, 1):
        if word != word.strip() or any(c in word for c in "\t\n\r\ufeff"):
            raise ValueError(
                f"Word {number:,} has a tab or a line end in it or a blank at one end, and the tables of the embedding "
                "projector cannot hold that."
            )
    digits = "%.9g" if vectors.vectors.dtype == np.float32 else "%.17g"
    pattern = "\t".join([digits] * vectors.dim) + "\n"
    rows = "".join([pattern % tuple(row.tolist()) for row in vectors.vectors])
    names: Sequence[str] = vectors.words
    if counts is not None:
        names = [_HEADER, *(f"{word}\t{count}" for word, count in zip(vectors.words, counts, strict=True))]
    metadata = "".join([f"{name}\n" for name in names])
    return {VECTORS: rows.encode(), METADATA: metadata.encode("utf-8"), CONFIG: _CONFIG.encode()}


def projector_zip(vectors: WordVectors, counts: Sequence[int] | None = None) -> bytes:
    """Return the three files in one archive, to be unpacked into a folder. Raises as `projector_files`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in projector_files(vectors, counts).items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # without the time: same bytes again
    return packed.getvalue()


def read_projector(files: Mapping[str, bytes]) -> WordVectors:
    """Read the vectors (float64) and words of `projector_files`: vectors.tsv and metadata.tsv, others are passed over.

    Raises ValueError in one sentence that says what is wrong and in which line of which file.
    """
    for name in (VECTORS, METADATA):
        if name not in files:
            raise ValueError(f"There is no {name} here.")
    words = _words(files[METADATA])
    lines = _lines(files[VECTORS])
    dim = lines[0].count(b"\t") + 1 if lines else 0
    if len(lines) == len(words) - 1 and len(words) > 1:  # a header, which only several columns have
        words = words[1:]
    if len(lines) != len(words):
        raise ValueError(f"There are {len(lines):,} rows in {VECTORS} and {len(words):,} in {METADATA}.")
    if not lines or dim > MAX_DIM:
        raise ValueError(f"{VECTORS} is empty." if not lines else f"{VECTORS} has more than {MAX_DIM:,} columns.")
    for number, line in enumerate(lines, 1):  # before anything is made for numbers that are not there
        if (found := line.count(b"\t") + 1) != dim:
            raise ValueError(f"Line {number:,} of {VECTORS} has {found:,} columns, and line 1 has {dim:,}.")
    table = np.empty((len(lines), dim))
    for number, line in enumerate(lines, 1):
        table[number - 1] = _row(line, number)
    frozen(table)
    return WordVectors(tuple(words), table)


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return [line.removesuffix(b"\r") for line in (lines[:-1] if lines[-1] == b"" else lines)]


def _words(data: bytes) -> list[str]:
    try:
        rows = [line.decode("utf-8") for line in _lines(data)]
    except UnicodeDecodeError:
        position = _first_bad_byte(data)
        raise ValueError(
            f"{METADATA} is not valid UTF-8: the first bad byte is 0x{data[position]:02X} at position {position:,} "
            "(counted from 0)."
        ) from None
    return [row.split("\t", 1)[0] for row in rows]


def _first_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _row(line: bytes, number: int) -> list[float]:
    try:
        if b"_" in line:  # Python reads 1_000, nobody else does
            raise ValueError
        row = list(map(float, line.split(b"\t")))
    except ValueError:
        raise ValueError(f"Line {number:,} of {VECTORS} has something else than numbers divided by tabs.") from None
    if not np.isfinite(row).all():
        raise ValueError(f"Line {number:,} of {VECTORS} has a number that is not finite.")
    return row
