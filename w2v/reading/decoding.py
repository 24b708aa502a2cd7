"""From bytes to text: decoded strictly, nothing is ever replaced or guessed; what is no text is refused and named.

Messages never quote words of the text: they may be anything, and are shown on a page.
"""

import codecs
import re

from w2v.way_out import Setting, WayOut

MAX_BYTES = 5 * 1024 * 1024  # of a file
MAX_CONTROL_SHARE = 0.02  # of the characters; a real text may contain a few stray control characters
_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins like that of UTF-16
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_RTF = b"{\\rtf"
AN_ARCHIVE = "an archive"
_SIGNATURES = (
    (b"\x7fELF", "a program (ELF)"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"PK\x03\x04", "an archive (ZIP, also used by DOCX, ODT and EPUB)"),
    (b"PK\x05\x06", "an archive (ZIP)"),
    (b"\x1f\x8b", "an archive (GZIP)"),
    (b"\xfd7zXZ\x00", "an archive (XZ)"),
    *((b"BZh%d1AY&SY" % size, "an archive (BZIP2)") for size in range(1, 10)),  # BZh may begin a text
    (b"\x28\xb5\x2f\xfd", "an archive (Zstandard)"),
    (b"\x04\x22\x4d\x18", "an archive (LZ4)"),
    (b"]\0\0", "an archive (LZMA)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7-Zip)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"%PDF-", "a PDF document"),
    (_RTF, "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\x00", "a database"),
)

_NOT_FOR_FILES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7"})
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # without tab, line ends and NEL
_EXAMPLES: tuple[Setting, ...] = (
    ("encoding", "cp1252 (Western)"),
    ("encoding", "shift_jis (Japanese)"),
    ("encoding", "utf-16-le"),
)
CHOOSE: tuple[str, *tuple[Setting, ...]] = (
    'choose its encoding, for example "cp1252" (Western), "shift_jis" (Japanese) or "utf-16-le"',
    *_EXAMPLES,
)
"""The way out of bytes in an unknown encoding."""
OTHER: tuple[str, *tuple[Setting, ...]] = ("choose another encoding", *_EXAMPLES)
"""The way out where the encoding was chosen, or seems to be known."""
_TEXT_OR_CHOOSE: tuple[str, *tuple[Setting, ...]] = (f"use a plain text, or {CHOOSE[0]}", *_EXAMPLES)


class EncodingError(WayOut):
    """These bytes are no text in the encoding that was tried; in another one they may be."""


def read_text(data: bytes, encoding: str | None = None, *, rtf: bool = False) -> str:
    """The text in `data`, the contents of a file, decoded strictly: nothing is ever replaced or guessed.

    Without `encoding`: UTF-8, or UTF-8/16/32 as a byte-order mark says. With `encoding`, a name that Python
    knows such as "cp1252" or "shift_jis": that one. A byte-order mark is not part of the text.

    rtf : whether the source of an RTF document is welcome too, which is text with marks in it

    Raises ValueError, in one sentence that can be shown as it is: more than `MAX_BYTES` bytes; a known binary
    format. Raises EncodingError, a ValueError, likewise: bytes that are not valid in the encoding (with the
    value of the first bad one and its position, counted from 0); NUL or many other control characters; an
    unknown encoding.
    """
    data = bytes(data)
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"This file has {len(data) / 2**20:.1f} MB and the limit is {MAX_BYTES // 2**20} MB: "
            "use a shorter part of the text."
        )
    refuse_binary(data, rtf)
    text = _decode(data) if encoding is None else _decode_as(data, encoding)
    refuse_control_characters(text)
    return text


def refuse_binary(data: bytes, rtf: bool = False) -> None:
    """Raise ValueError if bytes begin like a known binary format; `rtf` as in `read_text`."""
    if (kind := known_binary(data)) and not (rtf and data.startswith(_RTF)):
        raise ValueError(f"This file is {kind}, not a plain text: save the text itself as a .txt file.")


def known_binary(data: bytes) -> str | None:
    """What these bytes are if they begin like a common binary format, such as "a picture (PNG)"; else None."""
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def _decode(data: bytes) -> str:
    """Decode by byte-order mark, else as UTF-8."""
    mark, codec = byte_order_mark(data)
    if not mark and (codec16 := utf16_without_mark(data)):
        raise unmarked(data, codec16)
    try:
        return data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        where = error.start + len(mark)
        claim = f"begins like {codec.upper()} but is not valid" if mark else "is not valid UTF-8"
        raise invalid(claim, data[where], where, CHOOSE) from None


def invalid(claim: str, byte: int, where: int, way: tuple[str, *tuple[Setting, ...]]) -> EncodingError:
    """Return what is to be said of a byte that cannot be where it is; the claim is that the file is, or is not."""
    problem = f"This file {claim} (the first bad byte is 0x{byte:02X} at position {where}, counted from 0)"
    return EncodingError(problem, *way)


def byte_order_mark(data: bytes) -> tuple[bytes, str]:
    """Return the mark with which these bytes begin and the encoding it stands for; no bytes and UTF-8 for none."""
    return next(((mark, codec) for mark, codec in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8"))


def utf16_without_mark(data: bytes) -> str | None:
    """Return which UTF-16 this is, judged by zeros in (nearly) every second byte, or None."""
    even, odd = data[0::2], data[1::2]
    if odd and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if odd and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def unmarked(data: bytes, codec: str) -> EncodingError:
    """Return what is to be said of bytes that seem to be UTF-16 and do not say so."""
    problem = f"This file looks like UTF-16 without a byte-order mark (byte 0x00 at position {data.index(0)})"
    return EncodingError(problem, f'choose the encoding "{codec}"', ("encoding", codec))


def known_codec(encoding: str) -> str:
    """Return the name under which Python knows an encoding of texts. Raises EncodingError for one that it does not."""
    name = str(encoding).strip().lower()
    try:
        if name.replace("-", "_") in _NOT_FOR_FILES:
            raise LookupError
        b" ".decode(name, "replace")
        return codecs.lookup(name).name
    except (LookupError, ValueError):  # unknown; not a text encoding; a NUL in the name
        raise EncodingError("This encoding is not known", *CHOOSE) from None


def _decode_as(data: bytes, encoding: str) -> str:
    """Decode with the encoding the user chose."""
    codec = known_codec(encoding)
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise invalid(f"is not valid {codec}", data[error.start], error.start, OTHER) from None


def refuse_control_characters(text: str, before: int = 0) -> None:
    """Raise EncodingError if the decoded text is no text: a NUL anywhere, or many control characters.

    before : how many characters of the file come before it
    """
    if (where := text.find("\0")) >= 0:
        raise EncodingError(
            f"This file contains NUL (character {before + where}), so it is binary or in another encoding",
            *_TEXT_OR_CHOOSE,
        )
    n_control = len(_CONTROL.findall(text))
    if n_control > MAX_CONTROL_SHARE * len(text):
        raise EncodingError(
            f"This file has {n_control:,} control characters among {len(text):,}, so it is binary or in another "
            "encoding",
            *_TEXT_OR_CHOOSE,
        )
