"""Numbers for the browser as one block of bytes, without a copy in text.

Layout: a 32-bit little-endian length, that many bytes of JSON, zero padding to a multiple of 8, then the arrays, each
aligned to 8 bytes and found by `header["arrays"]`. `kit/packing.js` reads it.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILTERED = np.uint32(0xFFFFFFFF)
"""A token that is not in the vocabulary."""

Arrays = dict[str, NDArray[Any]]


def pack(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return header and arrays as one block of bytes."""
    blocks = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    # the offsets stand in the header and depend on its length: leave room for them, fill up with blanks
    unfilled = {name: [b.dtype.str[1:], 0, list(b.shape)] for name, b in blocks.items()}
    room = len(_json(header, unfilled)) + 12 * len(blocks)
    offset = _aligned(4 + room)
    table: dict[str, list[Any]] = {}
    for name, block in blocks.items():
        table[name] = [block.dtype.str[1:], offset, list(block.shape)]
        offset = _aligned(offset + block.nbytes)
    packed = bytearray(offset)
    struct.pack_into("<I", packed, 0, room)
    packed[4 : 4 + room] = _json(header, table).ljust(room)
    for name, block in blocks.items():
        begin = table[name][1]
        packed[begin : begin + block.nbytes] = block.tobytes()
    return bytes(packed)


def _json(header: Mapping[str, Any], table: Mapping[str, Any]) -> bytes:
    return json.dumps({**header, "arrays": table}, separators=(",", ":")).encode()


def _aligned(offset: int) -> int:
    return -(-offset // 8) * 8
