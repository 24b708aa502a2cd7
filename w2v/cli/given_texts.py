"""The texts that `train` is given, named as for `count`: small ones are read as a whole, others are to be counted.

What they are decides, not how they lie: a packed file is trained on as the same one unpacked, several as one text in
which each begins a new line.
"""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from w2v.cli.text_options import as_asked
from w2v.counting.pieces import Spooled, sources_of
from w2v.counting.sources import Source
from w2v.paths import StrPath
from w2v.reading.decoding import MAX_BYTES, read_text
from w2v.reading.tokens import MAX_TOKENS
from w2v.reading.unpacking import Ahead, Stream, Unpacked

Given = Source | Spooled
_CHUNK = 2**20


class Whole(NamedTuple):
    """A text that was read: what it is called in sentences, and its bytes, unpacked."""

    name: str
    data: bytes


def given_texts(names: Iterable[str], leave_out: Iterable[StrPath] = ()) -> list[Given]:
    """Return the texts that are meant, each once. Raises ValueError in one sentence where nothing is found.

    leave_out : files that are none of them unless they are named
    """
    found = sources_of(names, Path(), leave_out)
    return [given._replace(stream=Ahead(given.stream)) if isinstance(given, Spooled) else given for given in found]


def places_of(texts: Sequence[Given]) -> list[str]:
    """Return the path of each, "-" for standard input and pipes."""
    return [text.path if isinstance(text, Source) else "-" for text in texts]


def said_size(texts: Sequence[Given]) -> str:
    """Return what texts are called that have to be counted first."""
    most = f"of more than {MAX_BYTES // 2**20} MB"
    return f"a text {most}" if len(texts) == 1 else f"texts {most} or {MAX_TOKENS:,} words"


def read_whole(texts: Sequence[Given]) -> list[Whole] | None:
    """Read texts that have up to 5 MB in all; None where they have more. What a stream has is left in it.

    Several are also too much with more words than are read of one text. Raises ValueError in one sentence for what
    cannot be read.
    """
    found, left = list[Whole](), MAX_BYTES
    for text in texts:
        data = _of_stream(text, left) if isinstance(text, Spooled) else _of_file(text, left)
        if data is None:
            return None
        found.append(Whole(text.name, data))
        left -= len(data) + 1
    if len(found) > 1 and sum(len(whole.data.split()) for whole in found) > MAX_TOKENS:
        return None
    return found


def as_one(texts: Sequence[Whole], given: dict[str, Any]) -> str:
    """Return texts as one, each read as was asked for. Raises ValueError in one sentence that begins with its name."""
    return "\n".join([_read(text, given) for text in texts])


def _read(text: Whole, given: dict[str, Any]) -> str:
    with Source(text.name, text.name).problems():
        return as_asked(read_text(text.data, given.get("encoding"), rtf=True), given)


def _of_file(file: Source, most: int) -> bytes | None:
    """Return what is in a file, unpacked; None where that is more than so many bytes."""
    with file.opened() as opened:
        return _up_to(opened, most)


def _of_stream(text: Spooled, most: int) -> bytes | None:
    assert isinstance(text.stream, Ahead)
    with Source(text.name, str(text.path)).problems():
        begin = text.stream.peek(MAX_BYTES + 1)
        return _up_to(io.BytesIO(begin), most) if len(begin) <= MAX_BYTES else None


def _up_to(packed: Stream, most: int) -> bytes | None:
    stream, data = Unpacked(Ahead(packed)), bytearray()
    while len(data) <= most and (chunk := stream.read(_CHUNK)):
        data += chunk
    return bytes(data) if len(data) <= most else None
