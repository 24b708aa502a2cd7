"""ZIP archives with vectors in them: a run or tables that were saved here, or one file of another program.

Nothing is written to the disk, no name in an archive is taken for a path, and what is unpacked is bounded.
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from typing import IO, Any, BinaryIO, cast

from w2v.files.byte_source import MAX_FILE_BYTES, ByteSource
from w2v.files.counts_run_reader import read_run
from w2v.files.other_formats import OtherFormatError, arrays_of_others
from w2v.files.projector_reader import CONFIG_ENDING, read_projector
from w2v.files.word2vec_reader import read_source
from w2v.files.zip_problems import OPENING_A_ZIP, READING_A_ZIP, names_in
from w2v.word_vectors import WordVectors

MAX_TABLES = 256 * 2**20  # bytes of tables, unpacked
_MOST_TABLES = 10
_TABLE = (".tsv", ".tab", CONFIG_ENDING)
_RUN, _TEXT = "about.npy", "text.npy"  # the first is in each that was saved here, both where its text is there too
_BY_THE_WAY = re.compile(r"__MACOSX|(?:^|/)(?:\.DS_Store|desktop\.ini|Thumbs\.db)$")  # what systems put into archives
_DAMAGED = "This archive is damaged or locked, or it is none."
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})  # others may take any memory


def holds_run(data: bytes) -> bool:
    """Whether these bytes are an archive of a run that was saved here with its text, as far as its names say."""
    return data.startswith(b"PK") and names_in(data) >= {_RUN, _TEXT}


def read_archive(stream: BinaryIO, source: Callable[[BinaryIO], ByteSource], **how: Any) -> WordVectors:
    """Read word vectors from a file that begins like a ZIP.

    source : makes of a stream, and of a file in the archive, the bytes to read
    how    : as in `w2v.files.word2vec_reader.read_source`

    Raises ValueError in one sentence.
    """
    try:
        archive = zipfile.ZipFile(stream)
        files = [
            member for member in archive.infolist() if not member.is_dir() and not _BY_THE_WAY.search(member.filename)
        ]
    except OPENING_A_ZIP:
        raise ValueError(_DAMAGED) from None
    names = [file.filename for file in files]
    if _RUN in names:
        stream.seek(0)
        run = read_run(source(stream).take(MAX_FILE_BYTES)).word_vectors()
        return WordVectors(run.words[: how["limit"]], run.vectors[: how["limit"]])
    if names and all(name.endswith(".npy") for name in names):
        raise OtherFormatError(arrays_of_others([name.removesuffix(".npy") for name in names]))
    try:
        if len(files) == 1:
            with _opened(archive, files[0]) as file:
                return read_source(source(cast(BinaryIO, file)), **how)
        if 2 <= len(files) <= _MOST_TABLES and all(name.endswith(_TABLE) for name in names):
            return read_projector(_unpacked(archive, files), **how)
    except READING_A_ZIP:
        raise ValueError(_DAMAGED) from None
    raise ValueError(f"This archive has {len(files):,} files in it: unpack it and open the one with the vectors.")


def _opened(archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> IO[bytes]:
    if file.compress_type not in _PACKED:
        raise ValueError("This archive is packed in a way that is not read here: unpack it and open what was in it.")
    try:
        return archive.open(file)
    except OPENING_A_ZIP:
        raise ValueError(_DAMAGED) from None


def _unpacked(archive: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Tables by name, however large the archive says that they are."""
    tables, left = {}, MAX_TABLES
    for file in files:
        with _opened(archive, file) as packed:
            tables[file.filename] = packed.read(left + 1)
        left -= len(tables[file.filename])
        if left < 0:
            raise ValueError(f"The tables in this archive have more than {MAX_TABLES // 2**20} MB, which is the limit.")
    return tables
