"""The tables that TensorBoard's embedding projector opens: vectors, their words, and the config that names both.

    vectors.tsv               one row for each word: its numbers, divided by tabs, no header
    metadata.tsv              one word in each row, in the same order; a single column has no header
    projector_config.pbtxt    tells TensorBoard (`tensorboard --logdir FOLDER`) which file is which

The page at projector.tensorflow.org takes the first two. With counts, metadata.tsv has two columns and, as the
projector demands then, a header. Numbers have all their digits: float64 and float32 come back bit for bit.
"""

import io
import zipfile
from collections.abc import Sequence

import numpy as np

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
