"""An .npz archive from anybody, read with care: plain arrays of numbers, every promise checked before one is made.

Nothing in it is pickled or run. The archive must be uncompressed, as `numpy.savez` makes it, so that nothing in it can
be larger than the file; names, types and shapes are compared with what is expected and with the bytes that are there.
"""

import io
import math
import tokenize
import zipfile
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from w2v.files.counts_files import holds_counts
from w2v.files.zip_problems import OPENING_A_ZIP

Array = NDArray[Any]

_TYPES = {np.dtype(kind).str: np.dtype(kind) for kind in ("<f8", "<f4", "|u1")}
_LONGEST_HEADER, _MAX_DIMENSIONS, _MAX_LENGTH = 256, 4, 10**12  # bytes; both far above what a run has
_NO_HEADER = (  # what numpy and the parser of Python that it asks can say of bytes that are none
    ValueError,
    TypeError,
    SyntaxError,
    LookupError,
    AttributeError,
    MemoryError,
    RecursionError,
    OverflowError,
    Warning,
    tokenize.TokenError,
)


def read_npz(data: bytes, names: Collection[str]) -> dict[str, Array]:
    """Return the arrays with these names, which must be all there are: of float64, float32 or uint8, in C order.

    They are views of the bytes. Raises ValueError in one sentence for anything else.
    """
    damaged = "This archive is damaged, or it is no .npz file."
    if holds_counts(data[:512]):
        raise ValueError("These are counts, from which vectors are still to be learned: w2v train counts.npz does so.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except OPENING_A_ZIP:
        raise ValueError(damaged) from None
    if sorted(member.filename for member in members) != sorted(f"{name}.npy" for name in names):
        raise ValueError("This archive is not a run that was saved here: it has other members.")
    if any(member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1 for member in members):
        raise ValueError("This archive is compressed or locked; runs are saved without that.")
    if sum(member.file_size for member in members) > len(data):
        raise ValueError("This archive promises more than it holds.")
    try:
        contents = {member.filename: archive.read(member) for member in members}
    except OPENING_A_ZIP:
        raise ValueError(damaged) from None
    return {name.removesuffix(".npy"): _array(content, name) for name, content in contents.items()}


def _array(data: bytes, name: str) -> Array:
    """One array in NumPy's format 1.0 as `numpy.save` writes it; the header must fit the bytes behind it."""
    file = io.BytesIO(data)
    try:
        version = npy.read_magic(file)
        shape, in_columns, dtype = npy.read_array_header_1_0(file, max_header_size=_LONGEST_HEADER)
    except _NO_HEADER:
        raise ValueError(f"{name} in this archive is no plain array of numbers.") from None
    lengths_can_be = len(shape) <= _MAX_DIMENSIONS and all(type(n) is int and 0 <= n < _MAX_LENGTH for n in shape)
    if version != (1, 0) or in_columns or dtype.kind not in "fiub" or not lengths_can_be:
        raise ValueError(f"{name} in this archive is no plain array of numbers.")
    if dtype.str not in _TYPES:
        raise ValueError(f"{name} in this archive holds no numbers that are expected there.")
    if math.prod(shape) * dtype.itemsize != len(data) - file.tell():
        raise ValueError(f"{name} in this archive is not as long as it says.")
    array: Array = np.frombuffer(data, _TYPES[dtype.str], offset=file.tell()).reshape(shape)
    return array
