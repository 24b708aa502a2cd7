"""From bytes to words: read a text, cut it into sentences and words, count them.

What is a word. A run of letters, marks and digits (Unicode categories L, M, N), beginning with a letter
or digit, in any script; apostrophes and hyphens stay when they stand between two of these (don't,
mother-in-law). Chinese and Japanese characters (Han, Hiragana, Katakana) are one word each, together with
the marks that follow them. Everything else divides words: blanks, punctuation, symbols, emoji, control
characters. So 3.14 is the two words 3 and 14, and emoji are no words.

What is done to the text first. Invisible format characters (soft hyphens, joiners, byte-order marks,
direction marks, variation selectors) are taken out, so a word is the same with and without them; one of
them, the zero-width space, says "here a word may end" and counts as a blank. Curly apostrophes become ',
the hyphens U+2010 and U+2011 become -. Then Unicode normal form C and, with `lowercase`, case folding (which
also makes ß ss, and final sigma sigma) and normal form C again.

What is a sentence. It ends at the sentence-final punctuation of common scripts and at every line end. A dot
directly followed by a letter or digit ends none (3.14, U.S., example.org), unless that is a Chinese or
Japanese character, where no blank is to be expected. Abbreviations before a blank (Mr. Smith) do end a
sentence: knowing them all needs a dictionary for each language.

Messages and notes never quote words of the text: they may be anything, and are shown on a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Literal

import numpy as np

from w2v.arrays import Floats, Ints, frozen_floats, frozen_ints

MAX_BYTES = 5 * 1024 * 1024  # of a file
MAX_TOKENS = 500_000
MAX_LETTERS = 64  # code points in one word
MAX_CONTROL_SHARE = 0.02  # of the characters; a real text may contain a few stray control characters

COMMON_ENCODINGS = (
    "cp1252", "iso-8859-1", "iso-8859-2", "cp1250", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1255",
    "cp1256", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "utf-16-le", "utf-16-be", "mac-roman",
)  # fmt: skip
"""Encodings worth offering when a file is not UTF-8; `read_text` knows all of Python's text encodings."""


# ---------------------------------------------------------------------------------------------------------
# bytes -> text

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins like that of UTF-16
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

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
    (b"7z\xbc\xaf\x27\x1c", "an archive (7-Zip)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\x00", "a database"),
)

_NOT_FOR_FILES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7"})
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # without tab, line ends and NEL
_CHOOSE = 'choose its encoding, for example "cp1252" (Western), "shift_jis" (Japanese) or "utf-16-le"'


class EncodingError(ValueError):
    """These bytes are no text in the encoding that was tried; in another one they may be."""


def read_text(data: bytes, encoding: str | None = None) -> str:
    """The text in `data`, the contents of a file, decoded strictly: nothing is ever replaced or guessed.

    Without `encoding`: UTF-8, or UTF-8/16/32 as a byte-order mark says. With `encoding`, a name that Python
    knows such as "cp1252" or "shift_jis": that one. A byte-order mark is not part of the text.

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
    if kind := known_binary(data):
        raise ValueError(f"This file is {kind}, not a plain text: save the text itself as a .txt file.")
    text = _decode(data) if encoding is None else _decode_as(data, encoding)
    _refuse_control_characters(text)
    return text


def known_binary(data: bytes) -> str | None:
    """What these bytes are if they begin like a common binary format, such as "a picture (PNG)"; else None."""
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def _decode(data: bytes) -> str:
    """Decode by byte-order mark, else as UTF-8."""
    mark, codec = next(((m, c) for m, c in _BYTE_ORDER_MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        where, value = error.start + len(mark), data[error.start + len(mark)]
        claim = f"begins like {codec.upper()} but is not valid" if mark else "is not valid UTF-8"
        raise EncodingError(
            f"This file {claim}: the first bad byte is 0x{value:02X} at position {where} (counted from 0), "
            f"so {_CHOOSE}."
        ) from None
    if not mark and (codec16 := _utf16_without_mark(data)):
        raise EncodingError(
            f"This file looks like UTF-16 without a byte-order mark (byte 0x00 at position {data.index(0)}): "
            f'choose the encoding "{codec16}".'
        )
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """Which UTF-16 this is, judged by zeros in (nearly) every second byte, or None."""
    even, odd = data[0::2], data[1::2]
    if odd and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if odd and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _decode_as(data: bytes, encoding: str) -> str:
    """Decode with the encoding the user chose."""
    unknown = EncodingError(f"This encoding is not known: {_CHOOSE}.")
    name = str(encoding).strip().lower()
    if name.replace("-", "_") in _NOT_FOR_FILES:
        raise unknown
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"This file is not valid {error.encoding}: the first bad byte is 0x{data[error.start]:02X} at "
            f"position {error.start} (counted from 0), so choose another encoding."
        ) from None
    except (LookupError, ValueError):  # unknown; not a text encoding; a NUL in the name
        raise unknown from None


def _refuse_control_characters(text: str) -> None:
    """Raise EncodingError if the decoded text is no text: a NUL anywhere, or many control characters."""
    if (where := text.find("\0")) >= 0:
        raise EncodingError(
            f"This file contains NUL (character {where}), so it is binary or in another encoding: "
            f"use a plain text, or {_CHOOSE}."
        )
    n_control = len(_CONTROL.findall(text))
    if n_control > MAX_CONTROL_SHARE * len(text):
        raise EncodingError(
            f"This file has {n_control:,} control characters among {len(text):,}, so it is binary or in "
            f"another encoding: use a plain text, or {_CHOOSE}."
        )


# ---------------------------------------------------------------------------------------------------------
# text -> tokens

# Kinds of character, one ASCII letter each. A text is translated into the string of its kinds, which has the
# same length, and words are found there by a regular expression that knows nothing of Unicode.
_WORD, _MARK, _CJK, _APOSTROPHE, _HYPHEN, _DOT, _STOP, _LINE, _OTHER = "wmj'-.sn "

# A word starts with w, so runs of marks or connectors cannot be matched in two ways: no backtracking.
_TOKEN_OR_END = re.compile(r"(w[wm]*(?:['-]w[wm]*)*|jm*)|[sn]|\.(?!w)")

_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_DOTS = frozenset(".\uff0e\ufe52")  # full stop, fullwidth, small
_STOPS = frozenset(
    "!?\u2026\u203c\u203d\u2047\u2048\u2049\u2e2e"  # general, and the reversed question mark
    "\u3002\uff01\uff1f\uff61\ufe12\ufe15\ufe16\ufe56\ufe57"  # Chinese, Japanese: all widths, vertical
    "\u0964\u0965\u1c7e\u1c7f\ua8ce\ua8cf\uabeb"  # danda and double danda; Ol Chiki, Saurashtra, Meetei Mayek
    "\u061d\u061e\u061f\u06d4\u0700\u0701\u0702"  # Arabic, Urdu, Syriac
    "\u0589\u055c\u055e"  # Armenian full stop, exclamation and question mark
    "\u1362\u1367\u1368"  # Ethiopic
    "\u104a\u104b\u17d4\u17d5\u0e5a\u0e5b"  # Burmese, Khmer, Thai
    "\u0f0d\u0f0e\u0f0f\u0f10\u0f11"  # Tibetan
    "\u1803\u1809\u166e\u07f9\u1b5e\u1b5f\ua9c8\ua9c9"  # Mongolian, Canadian, N'Ko, Balinese, Javanese
)
_CJK_RANGES = (
    (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x303C),  # iteration marks, old numerals
    (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF),  # kana
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9D),  # Han, halfwidth katakana
    (0x1AFF0, 0x1B16F), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),  # more kana, more Han
)  # fmt: skip
_HALFWIDTH_VOICE_MARKS = (0xFF9E, 0xFF9F)  # letters for Unicode, marks for the reader
_INVISIBLE_MARKS = frozenset(  # grapheme joiner, Mongolian and general variation selectors
    {0x034F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)

_LONG_MARKS = re.compile(r"[^\w\x00-\x7f]{32,}")  # all marks are among these
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")  # the emoji "1 on a key" is no word
_ARMENIAN_TONE = re.compile(r"(?<=[^\W\d_])[\u055b\u055c\u055e](?=[^\W\d_])")  # written inside a word

_UNSPACED = {
    "Thai": "\u0e01-\u0e4e",
    "Lao": "\u0e81-\u0ece",
    "Khmer": "\u1780-\u17d3",
    "Burmese": "\u1000-\u1049\uaa60-\uaa7f\ua9e0-\ua9ff",
}
_UNSPACED_NOTE = "written without blanks between words"
_UNSPACED_RUN = 25  # letters and marks: more than a word of these scripts has, fewer than a phrase


class _Cleaner(dict[int, str | None]):
    """Table for str.translate, filled as characters are met: drops invisible ones, unites look-alikes."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept: str | None = character
        if code == 0x200B:  # zero-width space
            kept = " "
        elif unicodedata.category(character) == "Cf" or code in _INVISIBLE_MARKS:
            kept = None
        elif character == "\u2019":
            kept = "'"
        elif character in "\u2010\u2011":
            kept = "-"
        self[code] = kept
        return kept


class _Kinds(dict[int, str]):
    """Table for str.translate, filled as characters are met: character -> kind."""

    def __missing__(self, code: int) -> str:
        self[code] = kind = _kind(code)
        return kind


def _kind(code: int) -> str:
    character = chr(code)
    if character in _LINE_ENDS:
        return _LINE
    if character in _STOPS:
        return _STOP
    if character in _DOTS:
        return _DOT
    if character == "'":
        return _APOSTROPHE
    if character == "-":
        return _HYPHEN
    if any(first <= code <= last for first, last in _CJK_RANGES):
        return _CJK
    major = unicodedata.category(character)[0]
    if major == "M" or code in _HALFWIDTH_VOICE_MARKS:
        return _MARK
    return _WORD if major in "LN" else _OTHER


def _clean(text: str, lowercase: bool) -> str:
    """The text with invisible characters gone, in normal form C, case folded if asked for."""
    text = _LONG_MARKS.sub(_in_canonical_order, _KEYCAP.sub(" ", text).translate(_Cleaner()))
    text = _ARMENIAN_TONE.sub("", unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", text.casefold() if lowercase else text)


def _in_canonical_order(run: re.Match[str]) -> str:
    """Decompose a run of characters and sort its marks by combining class, stably, as every normal form does.

    Python's own `normalize` does it too, but by insertion: a letter with 80,000 marks takes it ten seconds,
    and time grows with the square. A run in order costs it next to nothing.
    """
    characters = [part for character in run[0] for part in unicodedata.normalize("NFD", character)]
    classes = [unicodedata.combining(character) for character in characters]
    group = accumulate(int(c == 0) for c in classes)  # marks do not cross a character of class 0
    order = sorted(zip(group, classes, characters, strict=True), key=lambda item: item[:2])
    return "".join(character for _, _, character in order)


@dataclass(frozen=True)
class _Tokens:
    words: tuple[str, ...]
    sentence_starts: list[int]  # index in words of the first word of each sentence; no sentence is empty
    notes: tuple[str, ...]


def _tokenize(text: str) -> _Tokens:
    """Cut a cleaned text into words and sentences, within the limits."""
    kinds = text.translate(_Kinds())
    words: list[str] = []
    starts: list[int] = []
    same: dict[str, str] = {}  # one string object for all occurrences of a word
    n_cut, more, new_sentence = 0, False, True
    for match in _TOKEN_OR_END.finditer(kinds):
        first, last = match.span(1)
        if first < 0:
            new_sentence = True
            continue
        if len(words) == MAX_TOKENS:
            more = True
            break
        if last - first > MAX_LETTERS:
            n_cut += 1
            word = text[first : first + MAX_LETTERS].rstrip("'-")
        else:
            word = text[first:last]
        if new_sentence:
            starts.append(len(words))
            new_sentence = False
        words.append(same.setdefault(word, word))
    return _Tokens(tuple(words), starts, tuple(_notes(text, kinds, n_cut, more)))


def _notes(text: str, kinds: str, n_cut: int, more: bool) -> Iterable[str]:
    if more:
        yield f"The text has more than {MAX_TOKENS:,} words; the first {MAX_TOKENS:,} are used."
    if n_cut:
        yield (
            f"{n_cut:,} {'word was' if n_cut == 1 else 'words were'} longer than {MAX_LETTERS} letters, "
            f"marks counted, and {'was' if n_cut == 1 else 'were'} cut to {MAX_LETTERS}."
        )
    if _CJK in kinds:
        yield "Chinese and Japanese characters count as one word each."
    run = f"{{{_UNSPACED_RUN},}}"
    unspaced = [name for name, letters in _UNSPACED.items() if re.search(f"[{letters}]{run}", text)]
    if unspaced:
        yield (
            f"{' and '.join(unspaced)} {'are' if len(unspaced) > 1 else 'is'} {_UNSPACED_NOTE}, so a whole "
            "phrase counts as one word here; put blanks or zero-width spaces between words to train on them."
        )
    if n_lost := text.count("\ufffd"):
        yield (
            f"The text was decoded wrongly before it came here: {n_lost:,} "
            f"{'character is' if n_lost == 1 else 'characters are'} lost (U+FFFD)."
        )


# ---------------------------------------------------------------------------------------------------------
# tokens -> corpus


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The distinct words of a corpus with their counts; a word's id is its index in `words`.

    words: distinct words, by -count, then word (by code point).
    counts: (n_words,) int64, occurrences of each word, read-only.
    ids: word -> id, read-only.
    """

    words: tuple[str, ...]
    counts: Ints
    ids: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(self.words))
        object.__setattr__(self, "counts", frozen_ints(self.counts))
        object.__setattr__(self, "ids", MappingProxyType({word: i for i, word in enumerate(self.words)}))

    @classmethod
    def count(cls, words: Iterable[str], *, min_count: int = 1) -> Vocabulary:
        """The vocabulary of `words`: those that occur at least `min_count` times, possibly none."""
        kept = [(word, n) for word, n in Counter(words).items() if n >= min_count]
        kept.sort(key=lambda item: (-item[1], item[0]))
        return cls(tuple(word for word, _ in kept), frozen_ints([n for _, n in kept]))

    def __len__(self) -> int:
        return len(self.words)

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[tuple[str, ...], Ints]]:
        return Vocabulary, (self.words, self.counts)  # a read-only mapping cannot be pickled

    def keep_probabilities(self, threshold: float, formula: Literal["paper", "word2vec.c"] = "paper") -> Floats:
        """Probability of keeping an occurrence of each word when frequent words are subsampled: (n_words,).

        With f = count / all counts and t = `threshold`:
        "paper": min(1, sqrt(t/f)), Mikolov et al. 2013b (Distributed Representations), equation 5;
        "word2vec.c": min(1, (sqrt(f/t) + 1) t/f), what that program computes: always a little more.
        t = 0 means no subsampling: all ones.

        Raises ValueError for a negative or infinite threshold or an unknown formula.
        """
        if not (np.isfinite(threshold) and threshold >= 0):
            raise ValueError("The subsampling threshold must be 0 (off) or a positive number such as 0.001.")
        if formula not in ("paper", "word2vec.c"):
            raise ValueError('The subsampling formula must be "paper" or "word2vec.c".')
        if threshold == 0 or len(self) == 0:
            return frozen_floats(np.ones(len(self)))
        f = self.counts / self.counts.sum()  # (n_words,)
        if formula == "paper":
            keep = np.sqrt(threshold / f)
        else:
            keep = (np.sqrt(f / threshold) + 1) * (threshold / f)
        return frozen_floats(np.minimum(1.0, keep))


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text as sentences of words, with and without the words left out by the minimum count.

    What the model is trained on, word ids after filtering; windows reach across left-out words and stop at
    sentence ends:
      sentences: one tuple of words for each sentence that still has any.
      encoded: the same as ids, one (length,) int64 array for each of `sentences`.
      positions: for each of `encoded`, (length,) int64, index in `tokens` of each word.
      vocabulary: the words and their counts.

    The whole running text:
      tokens: all words in order, normalised, nothing left out.
      token_ids: (n_tokens,) int64, id of each token, -1 where left out.
      sentence_starts: (n,) int64, index of the first token of each sentence, also of those left out whole.

    n_dropped: number of distinct words left out; dropped: the most frequent few of them.
    notes: what the reader should know about how the text was read, one sentence each.
    All arrays are read-only.
    """

    sentences: tuple[tuple[str, ...], ...]
    vocabulary: Vocabulary
    encoded: tuple[Ints, ...]
    positions: tuple[Ints, ...]
    tokens: tuple[str, ...]
    token_ids: Ints
    sentence_starts: Ints
    n_dropped: int = 0
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def from_text(cls, text: str, *, lowercase: bool = True, min_count: int = 1) -> Corpus:
        """Cut `text` into sentences and words; keep the words that occur at least `min_count` times.

        Raises ValueError, in one sentence that can be shown as it is, when fewer than two distinct words are
        left, or when `min_count` is not a whole number of at least 1.
        """
        if min_count != int(min_count) or min_count < 1:
            raise ValueError("The minimum count must be a whole number of at least 1.")
        tokens = _tokenize(_clean(text, lowercase))
        everything = Vocabulary.count(tokens.words)
        _refuse_too_few_words(everything, min_count, tokens.notes)

        n_kept = int(np.count_nonzero(everything.counts >= min_count))  # sorted by count: the first ones
        vocabulary = everything
        if n_kept < len(everything):
            vocabulary = Vocabulary(everything.words[:n_kept], everything.counts[:n_kept])
        ids = vocabulary.ids
        token_ids = frozen_ints([ids.get(word, -1) for word in tokens.words])
        starts = frozen_ints(tokens.sentence_starts)
        kept = frozen_ints(np.flatnonzero(token_ids >= 0))  # (n_kept_tokens,)
        encoded = _sentences(frozen_ints(token_ids[kept]), kept, starts)
        words = vocabulary.words
        return cls(
            sentences=tuple(tuple([words[i] for i in sentence.tolist()]) for sentence in encoded),
            vocabulary=vocabulary,
            encoded=encoded,
            positions=_sentences(kept, kept, starts),
            tokens=tokens.words,
            token_ids=token_ids,
            sentence_starts=starts,
            n_dropped=len(everything) - n_kept,
            dropped=everything.words[n_kept : n_kept + 10],
            notes=tokens.notes,
        )


def _refuse_too_few_words(everything: Vocabulary, min_count: int, notes: tuple[str, ...]) -> None:
    """Raise ValueError unless at least two distinct words occur `min_count` times."""
    if len(everything) == 0:
        raise ValueError("There is nothing to train on: the text has no words (letters or digits), so add some.")
    if len(everything) == 1:
        for note in notes:
            if _UNSPACED_NOTE in note:
                raise ValueError(f"There is only one distinct word to train on: {note}")
        raise ValueError("There is only one distinct word to train on, and at least two are needed: add more text.")
    enough = int(everything.counts[1])  # the largest minimum count that keeps two words
    if min_count > enough:
        n_kept = int(np.count_nonzero(everything.counts >= min_count))
        raise ValueError(
            f"{'Only one word occurs' if n_kept else 'No word occurs'} {min_count} times or more, so "
            f"there is nothing to train on: set the minimum count to {enough} or less."
        )


def _sentences(values: Ints, kept: Ints, starts: Ints) -> tuple[Ints, ...]:
    """Cut `values`, one for each kept token, into sentences; sentences without any are left out.

    kept: index in the text of each kept token; starts: index of the first token of each sentence.
    """
    edges = [*np.searchsorted(kept, starts).tolist(), len(kept)]
    return tuple(values[first:last] for first, last in pairwise(edges) if last > first)
