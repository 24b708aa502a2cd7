"""What Python's zipfile raises for an archive that is damaged, locked, or none: each sort of damage another error."""

import io
import lzma
import struct
import zipfile
import zlib

READING_A_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    RuntimeError,
    OSError,
)
"""While what is in an archive is read."""
OPENING_A_ZIP = (*READING_A_ZIP, ValueError, OverflowError)
"""While an archive, or a file in it, is opened."""


def names_in(data: bytes) -> frozenset[str]:
    """Return the names of what is in an archive, none where it is damaged or is none."""
    try:
        return frozenset(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except OPENING_A_ZIP:
        return frozenset()
