"""From bytes to words: read a text, cut it into sentences and words, count them.

What a word and a sentence is, `tokens.py` says.

Messages never quote words of the text: they may be anything, and are shown on a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, TypeVar

import numpy as np

from w2v.arrays import Floats, Ints, frozen, frozen_floats, frozen_ints
from w2v.reading.tokens import MAX_LETTERS as MAX_LETTERS
from w2v.reading.tokens import MAX_TOKENS as MAX_TOKENS
from w2v.reading.tokens import UNSPACED_NOTE, Tokens, cut_into_tokens
from w2v.slices import finished

Made = TypeVar("Made")

MAX_BYTES = 5 * 1024 * 1024  # of a file
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
      sentence_lengths: (n_sentences,) int64, how many words each of `sentences` has.
      vocabulary: the words and their counts.

    The whole running text:
      tokens: all words in order, normalised, nothing left out; n_tokens: how many.
      token_ids: (n_tokens,) int64, id of each token, -1 where left out.
      sentence_starts: (n,) int64, index of the first token of each sentence, also of those left out whole.

    cut: the text as words, before any were left out (`tokens.py`).
    n_dropped: number of distinct words left out; dropped: the most frequent few of them.
    notes: what the reader should know about how the text was read, one sentence each.
    All arrays are read-only. Of a book, a list of its words or sentences takes many times the memory of its ids, so
    sentences, encoded, positions and tokens are made when they are first asked for.
    """

    vocabulary: Vocabulary
    token_ids: Ints
    sentence_starts: Ints
    sentence_lengths: Ints
    n_dropped: int
    dropped: tuple[str, ...]
    notes: tuple[str, ...]
    cut: Tokens = field(repr=False)

    @classmethod
    def from_text(cls, text: str, *, lowercase: bool = True, min_count: int = 1) -> Corpus:
        """Cut `text` into sentences and words; keep the words that occur at least `min_count` times.

        Raises ValueError, in one sentence that can be shown as it is, when fewer than two distinct words are
        left, or when `min_count` is not a whole number of at least 1.
        """
        _check_min_count(min_count)
        return cls.from_tokens(finished(cut_into_tokens(text, lowercase=lowercase)), min_count=min_count)

    @classmethod
    def from_tokens(cls, tokens: Tokens, *, min_count: int = 1) -> Corpus:
        """The same from a text that is cut already (`tokens.py`): a text is cut once for all minimum counts."""
        _check_min_count(min_count)
        counts = tokens.counts[tokens.by_frequency]  # falling
        names = [tokens.words[i] for i in tokens.by_frequency.tolist()]
        _refuse_too_few_words(counts, min_count, tokens.notes)
        n_kept = int(np.count_nonzero(counts >= min_count))  # the first ones
        id_of = np.full(len(names), -1, np.int64)  # of each of `tokens.words`
        id_of[tokens.by_frequency[:n_kept]] = np.arange(n_kept)
        token_ids = id_of[tokens.ids]
        kept_before = np.concatenate([[0], np.cumsum(token_ids >= 0)])
        edges = np.append(tokens.sentence_starts, len(token_ids))
        lengths = np.diff(kept_before[edges])
        lengths = lengths[lengths > 0]
        frozen(token_ids)
        frozen(lengths)
        return cls(
            vocabulary=Vocabulary(tuple(names[:n_kept]), frozen_ints(counts[:n_kept])),
            token_ids=token_ids,
            sentence_starts=frozen_ints(tokens.sentence_starts),
            sentence_lengths=lengths,
            n_dropped=len(names) - n_kept,
            dropped=tuple(names[n_kept : n_kept + 10]),
            notes=tokens.notes,
            cut=tokens,
        )

    @property
    def n_tokens(self) -> int:
        """How many words the running text has, nothing left out."""
        return len(self.token_ids)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(map(self.cut.words.__getitem__, self.cut.ids.tolist()))

    @cached_property
    def encoded(self) -> tuple[Ints, ...]:
        """The ids of each sentence."""
        return self._by_sentence(self.token_ids[self.token_ids >= 0])

    @cached_property
    def positions(self) -> tuple[Ints, ...]:
        """Where the words of each sentence stand."""
        return self._by_sentence(np.flatnonzero(self.token_ids >= 0))

    @cached_property
    def sentences(self) -> tuple[tuple[str, ...], ...]:
        """The words of each sentence."""
        words = self.vocabulary.words
        return tuple(tuple([words[i] for i in sentence.tolist()]) for sentence in self.encoded)

    def _by_sentence(self, values: Ints) -> tuple[Ints, ...]:
        """Cut one value for each word that is not left out into sentences."""
        frozen(values)
        edges = [0, *np.cumsum(self.sentence_lengths).tolist()]
        return tuple(values[first:end] for first, end in pairwise(edges))


def _check_min_count(min_count: int) -> None:
    if min_count != int(min_count) or min_count < 1:
        raise ValueError("The minimum count must be a whole number of at least 1.")


def _refuse_too_few_words(counts: Ints, min_count: int, notes: tuple[str, ...]) -> None:
    """Raise ValueError unless at least two of all distinct words, whose falling counts these are, are kept."""
    if len(counts) == 0:
        raise ValueError("There is nothing to train on: the text has no words (letters or digits), so add some.")
    if len(counts) == 1:
        for note in notes:
            if UNSPACED_NOTE in note:
                raise ValueError(f"There is only one distinct word to train on: {note}")
        raise ValueError("There is only one distinct word to train on, and at least two are needed: add more text.")
    enough = int(counts[1])  # the largest minimum count that keeps two words
    if min_count > enough:
        n_kept = int(np.count_nonzero(counts >= min_count))
        raise ValueError(
            f"{'Only one word occurs' if n_kept else 'No word occurs'} {min_count} times or more, so "
            f"there is nothing to train on: set the minimum count to {enough} or less."
        )
