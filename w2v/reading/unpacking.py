"""Packed files as streams: what a file is packed with is seen from its bytes, and it is unpacked a little at a time."""

import bz2
import gzip
import importlib.util
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Protocol


class Stream(Protocol):
    """Bytes that are read once, in order."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


class Ahead:
    """A stream with a look ahead.

    position : how many bytes were read of it
    """

    def __init__(self, stream: Stream) -> None:
        self._stream, self._waiting, self.position = stream, b"", 0

    def peek(self, size: int) -> bytes:
        """Return the next bytes and leave them there; fewer than `size` only at the end."""
        while len(self._waiting) < size and (more := self._stream.read(size - len(self._waiting))):
            self._waiting += more
        return self._waiting[:size]

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes, none at the end."""
        if self._waiting:
            some, self._waiting = self._waiting[:size], self._waiting[size:]
        else:
            some = self._stream.read(size)
        self.position += len(some)
        return some


class _Zstandard:
    """What a .zst unpacks to; unlike the reader of its library it knows where one is cut off."""

    _STEP = 2**12  # packed bytes: what they unpack to is bounded

    def __init__(self, stream: Stream) -> None:
        if importlib.util.find_spec("zstandard") is None:
            raise ValueError("What unpacks .zst is not installed: pip install zstandard.")
        import zstandard

        self._unpacker, self._error = zstandard.ZstdDecompressor(), zstandard.ZstdError
        self._stream, self._frame = stream, self._unpacker.decompressobj()
        self._ready, self._begun = b"", False

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end. Raises EOFError where it is damaged or cut off."""
        while not self._ready:
            packed = self._frame.unused_data or self._stream.read(self._STEP)
            if self._frame.eof:
                self._frame, self._begun = self._unpacker.decompressobj(), False
            if not packed:
                if self._begun:
                    raise EOFError
                return b""
            self._begun = True
            try:
                self._ready = self._frame.decompress(packed)
            except self._error:
                raise EOFError from None
        some, self._ready = self._ready[:size], self._ready[size:]
        return some


_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # one that holds something, and the end of an empty file
_UNPACKERS: Mapping[bytes, Callable[[Any], Any]] = {  # by the first bytes; of bzip2 the first three may begin a text
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream, mode="rb"),
    **{b"BZh%d%b" % (size, block): bz2.BZ2File for size in range(1, 10) for block in _BZIP2_BLOCKS},
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": _Zstandard,
}


class Unpacked:
    """What is in a stream that may be packed by gzip, bzip2, xz or Zstandard; of one that is not, the stream itself."""

    def __init__(self, stream: Ahead) -> None:
        begin = stream.peek(max(map(len, _UNPACKERS)))
        unpack = next((unpack for first, unpack in _UNPACKERS.items() if begin.startswith(first)), None)
        self.is_packed = unpack is not None
        self._source: Stream = unpack(stream) if unpack else stream

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end. Raises ValueError in one sentence where it is damaged."""
        try:
            return self._source.read(size)
        except (EOFError, zlib.error, lzma.LZMAError, OSError) as problem:
            if isinstance(problem, OSError) and problem.errno is not None:  # not of what is packed, but of the disk
                raise
            raise ValueError("This file is damaged or cut off: it cannot be unpacked to its end.") from None
