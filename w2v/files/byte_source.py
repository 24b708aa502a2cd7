"""Bytes of a file, a pipe or a packed file, a little at a time: a row is read without those behind it in memory."""

import codecs
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from w2v.reading.decoding import OTHER, EncodingError
from w2v.way_out import WayOut

MAX_FILE_BYTES = 2 * 2**30  # read of one file, when all of it is asked for; of a packed one, unpacked
_CHUNK = 2**18
_GZIP = b"\x1f\x8b"


class ByteSource:
    """Bytes in order, with a look ahead.

    position : of the next byte, counted from 0, in the unpacked file
    stopped  : whether it ended at `most`
    cut      : whether it ended before the file did, or before it should have by its packing; known at the end
    most     : bytes that may be read; None for as many as there are
    stop     : whether to end there as if the file did, instead of ValueError in one sentence
    """

    def __init__(self, stream: BinaryIO, most: int | None = MAX_FILE_BYTES, stop: bool = False) -> None:
        self.position = 0
        self.cut = self.stopped = False
        self._most, self._stop = most, stop
        self._data, self._at = bytearray(), 0
        self._chunks = iter(lambda: stream.read(_CHUNK), b"")
        if self.peek(len(_GZIP)) == _GZIP:
            self._chunks = self._unpacked(self._take_all_read(), self._chunks)

    def peek(self, n: int) -> bytes:
        """Return the next `n` bytes, or all there are if these are fewer, and leave them there."""
        while len(self._data) - self._at < n and self._read():
            pass
        return bytes(self._data[self._at : self._at + n])

    def until(self, mark: bytes, most: int) -> bytes | None:
        """Return what comes before a one-byte mark and step over both; None, and stay, if it is not in `most` bytes."""
        seen = 0
        while (found := self._data.find(mark, self._at + seen)) < 0:
            seen = len(self._data) - self._at
            if seen > most or not self._read():
                return None
        return None if found - self._at > most else self.take(found + 1 - self._at)[:-1]

    def take(self, n: int) -> bytes:
        """Return the next `n` bytes, or all there are if these are fewer, and step over them."""
        taken = self.peek(n)
        self._at += len(taken)
        self.position += len(taken)
        return taken

    def transcode(self, codec: str, errors: str) -> None:
        """From here on give what follows in UTF-8. Raises EncodingError in one sentence where it is not valid."""
        self._chunks = _transcoded(self._take_all_read(), self._chunks, codec, errors)

    def replace(self, old: bytes, new: bytes) -> None:
        """From here on give another byte in the place of one."""
        self._chunks = (chunk.replace(old, new) for chunk in chain([self._take_all_read()], self._chunks))

    def _read(self) -> bool:
        """Read some more; False at the end."""
        chunk = next(filter(None, self._chunks), b"")
        if self._at > _CHUNK:
            del self._data[: self._at]
            self._at = 0
        self._data += chunk
        over = 0 if self._most is None else self.position + len(self._data) - self._at - self._most
        if over <= 0:
            return bool(chunk)
        if not self._stop:
            raise WayOut(
                f"This file is larger than {_megabytes(self._most)}, which is the limit for reading all of it",
                "read its first words only",
                ("limit", 200_000),
            )
        del self._data[-over:]
        self.cut = self.stopped = True
        self._chunks = iter(())
        return len(chunk) > over

    def _take_all_read(self) -> bytes:
        read = bytes(self._data[self._at :])
        self._data, self._at = bytearray(), 0
        return read

    def _unpacked(self, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
        """What is in a .gz, in small pieces however much it swells; of one that is cut off, what is there."""
        unpacker, packed = zlib.decompressobj(31), first
        try:
            while packed:
                if piece := unpacker.decompress(packed, _CHUNK):
                    yield piece
                packed = unpacker.unconsumed_tail
                if unpacker.eof:
                    packed = unpacker.unused_data.lstrip(b"\0") or next(rest, b"")
                    unpacker = zlib.decompressobj(31)
                    if not packed:
                        return
                packed = packed or next(rest, b"")
        except zlib.error:
            pass
        self.cut = True


def _megabytes(n: int | None) -> str:
    return f"{(n or 0) // 2**20:,} MB"


def _transcoded(first: bytes, rest: Iterator[bytes], codec: str, errors: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)(errors)
    try:
        yield decoder.decode(first).encode("utf-8", "replace")
        for chunk in rest:
            yield decoder.decode(chunk).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")
    except UnicodeDecodeError as error:
        bad = error.object[error.start]
        raise EncodingError(f"This file is not valid {codec.upper()} (a bad byte is 0x{bad:02X})", *OTHER) from None
    except UnicodeError:  # UTF-16 or UTF-32 of either order, without the mark that says which
        problem = f"This file is not valid {codec.upper()}, which begins with a byte-order mark"
        raise EncodingError(problem, *OTHER) from None
