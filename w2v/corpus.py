"""A text as a corpus: its sentences and words, counted, with and without the rare ones.

What a word and a sentence is, `reading/tokens.py` says; how bytes become text, `reading/decoding.py`.

Messages never quote words of the text: they may be anything, and are shown on a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Floats, Ints, frozen, frozen_floats, frozen_ints
from w2v.counted import is_whole
from w2v.reading.characters import Reading
from w2v.reading.tokens import UNSPACED_NOTE, Tokens, cut_into_tokens
from w2v.slices import finished
from w2v.way_out import WayOut


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

    def min_count_for(self, most: int) -> int | None:
        """Return the least minimum count that leaves `most` words or fewer; None when fewer than two would be left."""
        enough = int(self.counts[most]) + 1 if len(self) > most else 1  # counts fall: all from `most` on must go
        return enough if len(self) > 1 and self.counts[1] >= enough else None

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

    Of training pairs (`reading/pair_syntax.py`), each is a sentence, its inputs before its outputs (`is_output`).

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
    def from_text(
        cls,
        text: str,
        *,
        lowercase: bool = True,
        min_count: int = 1,
        pretokenized: bool = False,
        turkish: bool = False,
        emoji: bool = False,
        pairs: bool = False,
    ) -> Corpus:
        """Cut `text` into sentences and words; keep the words that occur at least `min_count` times.

        How it is read, `Reading` says (`reading/characters.py`).
        Raises ValueError, in one sentence that can be shown as it is, when fewer than two distinct words are
        left, when `min_count` is not a whole number of at least 1, or when training pairs are wrongly written.
        """
        return cls.read(text, Reading(lowercase, pretokenized, turkish, emoji, pairs), min_count=min_count)

    @classmethod
    def read(cls, text: str, reading: Reading, *, min_count: int = 1) -> Corpus:
        """The same, from how the text is read in one value."""
        _check_min_count(min_count)
        return cls.from_tokens(finished(cut_into_tokens(text, reading)), min_count=min_count)

    @classmethod
    def from_tokens(cls, tokens: Tokens, *, min_count: int = 1) -> Corpus:
        """The same from a text that is cut already (`tokens.py`): a text is cut once for all minimum counts."""
        _check_min_count(min_count)
        if tokens.problem:
            raise ValueError(tokens.problem)
        counts = tokens.counts[tokens.by_frequency]  # falling
        names = [tokens.words[i] for i in tokens.by_frequency.tolist()]
        refuse_too_few_words(counts, min_count, tokens.notes)
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
    def is_output(self) -> NDArray[np.bool_] | None:
        """Of training pairs: for each word that is not left out, whether it is predicted; None of running text."""
        if self.cut.output_starts is None:
            return None
        at = np.flatnonzero(self.token_ids >= 0)
        is_output = at >= self.cut.output_starts[np.searchsorted(self.sentence_starts, at, side="right") - 1]
        frozen(is_output)
        return is_output

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
    if not is_whole(min_count, 1):
        raise ValueError("The minimum count must be a whole number of at least 1.")


def refuse_too_few_words(counts: Ints, min_count: int, notes: tuple[str, ...] = ()) -> None:
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
        raise WayOut(
            f"{'Only one word occurs' if n_kept else 'No word occurs'} {min_count} times or more, so there is nothing "
            "to train on",
            f"set the minimum count to {enough} or less",
            ("min_count", enough),
        )
