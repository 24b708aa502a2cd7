"""From a text to its words and sentences, a slice at a time.

What is a word. A run of letters, marks and digits (Unicode categories L, M, N), beginning with a letter
or digit, in any script; apostrophes, hyphens and low lines stay when one stands between two of these (don't,
mother-in-law, new_york), and so does what else joins letters (see `characters.py`). Chinese and Japanese
characters (Han, Hiragana, Katakana) are one word each, together with the marks that follow them; so are emoji, and
# and @ belong to the word that they begin, if asked for. Everything else divides words: blanks, punctuation, symbols,
control characters. So 3.14 is the two words 3 and 14.

What is done to the text first: see `characters.py`.

What is a sentence. It ends at the sentence-final punctuation of common scripts and at every line end. A dot
directly followed by a letter or digit ends none (3.14, U.S., example.org), unless that is a Chinese or
Japanese character, where no blank is to be expected. Abbreviations before a blank (Mr. Smith) do end a
sentence: knowing them all needs a dictionary for each language.

A text that is `pretokenized` is cut at blanks and lines alone. Training pairs: see `pair_syntax.py`.

Slices. A book takes a second, in which a server could do nothing else, so it is cut in slices, and between two of
them others may work. A slice ends where nothing that is done here looks across: after a blank or a line end, or, in a
script without blanks, before a Chinese character that follows another one or Chinese punctuation.

Notes never quote words of the text: they may be anything, and are shown on a page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Ints, frozen
from w2v.reading.characters import (
    CJK,
    DOT,
    JOINER,
    JOINERS,
    LINE,
    MARK,
    STOP,
    UNSPACED,
    USUAL,
    WORD,
    Kinds,
    Reading,
    clean,
)
from w2v.reading.net_writing import EMOJI, TAG
from w2v.reading.pair_syntax import PAIR_END, PairReader

MAX_TOKENS = 500_000
MAX_LETTERS = 64  # code points in one word
FEW = 0.05  # of a text: so much in another script is no matter
SLICE = 25_000  # characters that are cut without a break: 10 to 20 ms

Cutting = Generator[float, None, "Tokens"]
"""Yields what share of the text is cut, 0 to 1."""

PRETOKENIZED_NOTE = "The text is read as already cut into words: blanks part words, lines part sentences."
UNSPACED_NOTE = "written without blanks between words"
_UNSPACED_RUN = 25  # letters and marks: more than a word of these scripts has, fewer than a phrase
_UNSPACED_RUNS = {name: re.compile(f"[{letters}]{{{_UNSPACED_RUN},}}") for name, letters in UNSPACED.items()}


# Where a slice may end: see the top.
_BLANK = re.compile("[ \\t\\n\\v\\f\\r]")
BREAK = re.compile("[ \\t\\n\\v\\f\\r]|[\u3001\u3002\uff01\uff0c\uff1f\u4e00-\u9fff](?=[\u4e00-\u9fff])")


def break_of(reading: Reading) -> re.Pattern[str]:
    """Return what a slice may end at when a text is read so."""
    return _BLANK if reading.pretokenized else BREAK


def slices(text: str, length: int, at: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where each slice of a text begins and ends: at least `length` characters, and as few more as can be."""
    begin = 0
    while begin < len(text):
        found = at.search(text, begin + length - 1)
        end = found.end() if found else len(text)
        yield begin, end
        begin = end


def words_and_ends(kinds: str) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Return where words begin and where they end, both (n_words,), and where sentences end, (n_characters,).

    kinds : of the characters of a text, a letter each
    """
    kind = np.frombuffer(kinds.encode("ascii"), np.uint8)
    w, m, j = (kind == ord(letter) for letter in (WORD, MARK, CJK))
    here = np.arange(len(kind))
    base = kind[np.maximum.accumulate(np.where(m, 0, here))]  # of a mark: the kind of what it stands on
    follows_w, before_w = np.zeros((2, len(kind)), bool)
    follows_w[1:], before_w[:-1] = base[:-1] == ord(WORD), w[1:]
    joins = (kind == ord(JOINER)) & follows_w & before_w
    goes_on = follows_w.copy()
    goes_on[1:] |= joins[:-1]
    starts = j | (w & ~goes_on)
    inside = w | j | joins | (m & ((base == ord(WORD)) | (base == ord(CJK))))
    ends = np.append(inside[:-1] & (starts[1:] | ~inside[1:]), inside[-1:])
    is_end = (kind == ord(STOP)) | (kind == ord(LINE)) | ((kind == ord(DOT)) & ~before_w)
    return np.flatnonzero(starts), np.flatnonzero(ends) + 1, is_end


def with_emoji(text: str, kinds: str, reading: Reading) -> str:
    """Return the kinds of characters, with emoji as words and # and @ in the words they begin, if they are read so."""
    if not reading.emoji or reading.pretokenized:
        return kinds
    letters = bytearray(kinds, "ascii")
    for found in EMOJI.finditer(text):
        letters[found.start() : found.end()] = (CJK + MARK * (len(found[0]) - 1)).encode("ascii")
    for found in TAG.finditer(text):
        if letters[found.end()] == ord(WORD):
            letters[found.start()] = ord(WORD)
    return letters.decode("ascii")


class Slice(NamedTuple):
    """A slice of text as words.

    words       : in text order, at most as many as were asked for
    sentence_of : (n_words,) how many sentences have ended before each, in this slice
    n_ends      : how many end in all of it
    end         : where its last word ends
    n_cut       : how many words were cut because they are too long
    n_more      : how many words it has besides
    """

    words: list[str]
    sentence_of: Ints
    n_ends: int
    end: int
    n_cut: int
    n_more: int


def cut_slice(text: str, kinds: str, reading: Reading, most: int) -> Slice:
    """Cut a slice of clean text into words, `most` of them at most.

    kinds : of its characters, a letter each
    """
    before, after, is_end = words_and_ends(kinds)
    n_ends: Ints = np.cumsum(is_end)
    n_more = len(before) - most
    before, after = before[:most], after[:most]
    too_long = after - before > MAX_LETTERS
    words = list(map(text.__getitem__, map(slice, before.tolist(), after.tolist())))
    for i in np.flatnonzero(too_long):
        words[i] = words[i][:MAX_LETTERS].rstrip("" if reading.pretokenized else JOINERS)
    end, all_ends = (int(values[-1]) if len(values) else 0 for values in (after, n_ends))
    return Slice(words, n_ends[before], all_ends, end, int(too_long.sum()), n_more)


# --- cutting ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Tokens:
    """A text as words and sentences, nothing left out.

    words           : the distinct words, as they first occur
    ids             : (n_tokens,) int32, index in `words` of each token
    sentence_starts : (n,) int32, index of the first token of each sentence; no sentence is empty
    notes           : what the reader should know about how the text was read, one sentence each
    output_starts   : of training pairs, which are its sentences, (n,) int32, index of the first output of each; None
                      of running text
    problem         : a sentence about why it cannot be used; "" where it can
    """

    words: tuple[str, ...]
    ids: NDArray[np.int32]
    sentence_starts: NDArray[np.int32]
    notes: tuple[str, ...]
    output_starts: NDArray[np.int32] | None = None
    problem: str = ""

    @cached_property
    def counts(self) -> Ints:
        """(n_words,) how often each of `words` occurs."""
        counts = np.bincount(self.ids, minlength=len(self.words))
        frozen(counts)
        return counts

    @cached_property
    def by_frequency(self) -> Ints:
        """(n_words,) indices in `words`, by -count, then word (by code point)."""
        by_name = np.array(sorted(range(len(self.words)), key=self.words.__getitem__), dtype=np.int64)
        order = by_name[np.argsort(-self.counts[by_name], kind="stable")]
        frozen(order)
        return order


def cut_into_tokens(text: str, reading: Reading = USUAL, *, slice_length: int = SLICE) -> Cutting:
    """Cut a text into words and sentences, within the limits, and yield after every slice; return the tokens.

    slice_length : characters; what comes out is the same for any
    """
    if reading.pairs:
        return (yield from _cut_into_pairs(text, reading, slice_length))
    cutter = _Cutter(reading)
    for begin, end in slices(text, slice_length, break_of(reading)):
        cutter.read(clean(text[begin:end], reading))
        yield end / len(text)
    return cutter.tokens()


def _cut_into_pairs(text: str, reading: Reading, slice_length: int) -> Cutting:
    reader = PairReader(MAX_TOKENS, MAX_LETTERS)
    for begin, end in slices(text, slice_length, PAIR_END):
        reader.read(clean(text[begin:end], reading))
        yield end / len(text)
    ids, starts, output_starts = reader.arrays()
    for array in (ids, starts, output_starts):
        frozen(array)
    return Tokens(reader.words, ids, starts, tuple(reader.notes()), output_starts, reader.problem)


class _Cutter:
    """What was cut so far."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._id_of: defaultdict[str, int] = defaultdict(count().__next__)
        self._ids: list[NDArray[np.int32]] = []
        self._starts: list[NDArray[np.int32]] = []
        self._n_tokens = self._n_cut = self._n_lost = 0
        self._n_letters = self._n_used = 0  # of the text, and of it up to the last word that is used
        self._new_sentence, self._more = True, False
        self._n_cjk, self._n_unspaced = 0, Counter[str]()  # letters
        self._kinds = Kinds(reading)

    def read(self, text: str) -> None:
        """Read a slice of text that is cleaned."""
        kinds = text.translate(self._kinds)
        self._n_cjk += kinds.count(CJK)
        kinds = with_emoji(text, kinds, self._reading)
        self._n_lost += text.count("\ufffd")
        for name, run in _UNSPACED_RUNS.items() if not (text.isascii() or self._reading.pretokenized) else ():
            self._n_unspaced[name] += sum(map(len, run.findall(text)))
        if not self._more:
            self._cut(text, kinds)
        self._n_letters += len(text)

    def _cut(self, text: str, kinds: str) -> None:
        n_left = MAX_TOKENS - self._n_tokens
        cut = cut_slice(text, kinds, self._reading, n_left)
        self._more = cut.n_more > 0
        self._n_used += (cut.end if cut.words else 0) if self._more else len(text)
        if cut.words:
            new = np.diff(cut.sentence_of, prepend=0) > 0
            new[0] |= self._new_sentence
            self._starts.append((np.flatnonzero(new) + self._n_tokens).astype(np.int32))
            self._new_sentence = False
        behind = cut.sentence_of[-1] if cut.words else 0
        self._new_sentence = self._new_sentence or bool(cut.n_ends > behind)
        self._n_cut += cut.n_cut
        self._ids.append(np.fromiter(map(self._id_of.__getitem__, cut.words), np.int32, len(cut.words)))
        self._n_tokens += len(cut.words)

    def tokens(self) -> Tokens:
        """What all slices together were cut into."""
        ids, starts = (np.concatenate([np.empty(0, np.int32), *parts]) for parts in (self._ids, self._starts))
        frozen(ids)
        frozen(starts)
        return Tokens(tuple(self._id_of), ids, starts, tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        if self._reading.pretokenized:
            yield PRETOKENIZED_NOTE
        if self._more:
            share = min(99, round(100 * self._n_used / self._n_letters))
            yield f"The text has more than {MAX_TOKENS:,} words; the first {MAX_TOKENS:,} are used, {share} % of it."
        if n_cut := self._n_cut:
            yield (
                f"{n_cut:,} {'word was' if n_cut == 1 else 'words were'} longer than {MAX_LETTERS} letters, "
                f"marks counted, and {'was' if n_cut == 1 else 'were'} cut to {MAX_LETTERS}."
            )
        if self._n_cjk > FEW * self._n_tokens:
            yield (
                "Chinese and Japanese characters count as one word each, so what is learned is about characters, not "
                "about the words that they make up."
            )
        unspaced = [name for name in UNSPACED if self._n_unspaced[name] > FEW * self._n_letters]
        if unspaced:
            yield (
                f"{' and '.join(unspaced)} {'are' if len(unspaced) > 1 else 'is'} {UNSPACED_NOTE}, so a whole "
                "phrase counts as one word here; put blanks or zero-width spaces between words to train on them."
            )
        if n_lost := self._n_lost:
            yield (
                f"The text was decoded wrongly before it came here: {n_lost:,} "
                f"{'character is' if n_lost == 1 else 'characters are'} lost (U+FFFD)."
            )
