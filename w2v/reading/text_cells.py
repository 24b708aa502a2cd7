"""A text of any length in cells: pieces that are read, decoded and counted one by one.

Where a cell ends depends on the file alone: at the first line end from each multiple of `CELL` bytes on, in UTF-8. If
the line goes on for `REACH` bytes more, it ends at the first blank instead; without one, after these bytes. A cell's
end ends a sentence, which a line end does anyway: only a line that hardly ends, such as an encyclopedia in one line, is
cut by that, once in 8 MB.
"""

import codecs
from collections.abc import Iterator
from itertools import chain

from w2v.reading.characters import LOOKED_AT
from w2v.reading.decoding import (
    CHOOSE,
    OTHER,
    EncodingError,
    byte_order_mark,
    invalid,
    known_codec,
    refuse_binary,
    refuse_control_characters,
    unmarked,
    utf16_without_mark,
)
from w2v.reading.unpacking import Ahead, Stream, Unpacked
from w2v.way_out import Setting

CELL, REACH = 2**23, 2**20  # bytes
_CHUNK = 2**18
_LONGEST = 4  # bytes of a character
_LOOKED_AT = 2**16  # bytes by which an encoding is told
Way = tuple[str, *tuple[Setting, ...]]


def cells(stream: Ahead, encoding: str | None = None) -> Iterator[str]:
    """Yield the text of a file, packed or not, a cell at a time; at least one.

    encoding : of the text; None for UTF-8, or what a byte-order mark says

    Raises ValueError, or EncodingError, in one sentence, as `read_text` does, and OSError.
    """
    unpacked = Ahead(Unpacked(stream))
    begin = unpacked.peek(_LOOKED_AT)
    refuse_binary(begin)
    mark, codec = byte_order_mark(begin)
    if encoding is not None:
        mark, codec = b"", known_codec(encoding)
    elif not mark and (codec16 := utf16_without_mark(begin)):
        raise unmarked(begin, codec16)
    way = OTHER if encoding is not None else CHOOSE
    claim = f"begins like {codec.upper()} but is not valid" if mark else f"is not valid {codec}"
    chunks = iter(lambda: unpacked.read(_CHUNK), b"")
    if codec != "utf-8":
        chunks = _transcoded(chunks, codec, len(unpacked.read(len(mark))), claim, way)
    yield from _decoded(_cut(chunks), way)


def is_plain(stream: Stream) -> bool:
    """Whether a file is neither packed nor in another encoding than UTF-8, as far as its beginning says."""
    ahead = Ahead(stream)
    begin = ahead.peek(_LOOKED_AT)
    return not Unpacked(ahead).is_packed and byte_order_mark(begin)[1] == "utf-8" and not utf16_without_mark(begin)


def cells_from(stream: Stream, first: int) -> Iterator[str]:
    """Yield the cells of a plain file in UTF-8 from number `first` on; none when there are so many or fewer.

    stream : the file from byte `first * CELL` on
    """
    found = _cut(iter(lambda: stream.read(_CHUNK), b""), CELL * first)
    before = len(next(found, b"")) if first else 0  # what ends in the cell before
    yield from _decoded(found, CHOOSE, CELL * first + before)


def _cut(chunks: Iterator[bytes], begin: int = 0) -> Iterator[bytes]:
    """Cut bytes, of which the first is number `begin` of its file, after that one and after each multiple of `CELL`."""
    buffer, edge = bytearray(), begin or CELL
    for chunk in chunks:
        buffer += chunk
        while begin + len(buffer) >= edge + REACH + _LONGEST:
            end = _end(buffer, edge - begin)
            yield bytes(buffer[:end])
            del buffer[:end]
            begin, edge = begin + end, edge + CELL
    while begin + len(buffer) > edge:
        end = _end(buffer, edge - begin)
        yield bytes(buffer[:end])
        del buffer[:end]
        begin, edge = begin + end, edge + CELL
    if buffer or edge == CELL:
        yield bytes(buffer)


def _end(buffer: bytearray, edge: int) -> int:
    """Return where the first cell that reaches beyond a place ends."""
    for mark in (b"\n", b" "):
        if (found := buffer.find(mark, edge, edge + REACH)) >= 0:
            return found + 1
    end = min(edge + REACH, len(buffer))
    while end < min(edge + REACH + _LONGEST, len(buffer)) and buffer[end] & 0xC0 == 0x80:  # inside a character
        end += 1
    return end


def _decoded(found: Iterator[bytes], way: Way, before: int = 0) -> Iterator[str]:
    """Decode cells of UTF-8 that follow each other; `before` bytes stand before the first."""
    n_characters = 0
    for cell in found:
        try:
            text = cell.decode()
        except UnicodeDecodeError as error:
            raise invalid("is not valid UTF-8", cell[error.start], before + error.start, way) from None
        if not before:
            refuse_control_characters(text[:LOOKED_AT])
        if "\0" in text:
            refuse_control_characters(text, n_characters)
        yield text
        before += len(cell)
        n_characters += len(text)


def _transcoded(chunks: Iterator[bytes], codec: str, before: int, claim: str, way: Way) -> Iterator[bytes]:
    """Turn bytes into UTF-8, a chunk at a time; `before` bytes stand before the first."""
    decoder = codecs.getincrementaldecoder(codec)()
    for chunk in chain(chunks, [b""]):
        waiting = len(decoder.getstate()[0])
        try:
            yield decoder.decode(chunk, final=not chunk).encode()
        except UnicodeDecodeError as error:
            raise invalid(claim, error.object[error.start], before - waiting + error.start, way) from None
        except UnicodeError:  # UTF-16 or UTF-32 of either order, without the mark that says which
            raise EncodingError(f"This file {claim}", *way) from None
        before += len(chunk)
