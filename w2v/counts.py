"""What the text itself says: how often words stand near each other, and how well any model could guess from that."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from w2v.arrays import Floats, Ints, Sparse, frozen
from w2v.corpus import Corpus
from w2v.training_pairs import facing, n_training_pairs

BLOCK_CELLS = 2_000_000


@dataclass(frozen=True, eq=False)
class Counts:
    """COUNT(c, o): how often o was to be predicted from c.

    matrix : (n_rows, n_words) sparse int64. For skip-gram, row c is the center word c. For CBOW, each row is one
             distinct set of context words (see `goal.py`).

    Losses are means over all counted pairs, in nats.
    """

    matrix: Sparse

    @cached_property
    def total(self) -> int:
        """How many pairs were counted."""
        return int(self.matrix.sum())

    @cached_property
    def row_totals(self) -> Ints:
        """(n_rows,) COUNT(c), the number of pairs with input c."""
        totals = np.asarray(self.matrix.sum(axis=1), dtype=np.int64).ravel()
        frozen(totals)
        return totals

    @cached_property
    def target_totals(self) -> Ints:
        """(n_words,) how often each word was to be predicted."""
        totals = np.asarray(self.matrix.sum(axis=0), dtype=np.int64).ravel()
        frozen(totals)
        return totals

    def row_blocks(self) -> list[slice]:
        """Return the rows in blocks that may be dense: memory stays bounded, never all rows x words at once."""
        n_rows, n_words = self.matrix.shape
        size = max(1, BLOCK_CELLS // n_words)
        return [slice(start, min(n_rows, start + size)) for start in range(0, n_rows, size)]

    def row(self, c: int) -> Ints:
        """Return COUNT(c, .) as a dense array, (n_words,)."""
        start, end = self.matrix.indptr[c], self.matrix.indptr[c + 1]
        row = np.zeros(self.matrix.shape[1], np.int64)
        row[self.matrix.indices[start:end]] = self.matrix.data[start:end]
        frozen(row)
        return row

    def ratio(self, c: int) -> Floats:
        """Return COUNT(c, o) / COUNT(c) for every o, (n_words,): what P(.|c) heads for. Zeros where COUNT(c) = 0."""
        ratio = self.row(c) / max(1, int(self.row_totals[c]))
        frozen(ratio)
        return ratio

    def telling(self, most: int) -> Floats:
        """Return for each of the first `most` rows how much its targets tell: how they differ from those of any row.

        n_c KL(COUNT(c, .) / n_c || P(o)) in nats, with the share taken off that chance alone would give: number of
        different targets less one, over 2.
        """
        rows = self.matrix[:most].tocsr()
        n, different = self.row_totals[:most], np.diff(rows.indptr)
        of_row = np.repeat(np.arange(rows.shape[0]), different)
        share = self.target_totals / max(1, self.total)
        surprise = rows.data * np.log(rows.data / n[of_row] / share[rows.indices])
        telling: Floats = np.bincount(of_row, surprise, rows.shape[0]) - (different - 1) / 2
        return telling

    @cached_property
    def floor(self) -> float:
        """The conditional entropy H(o|c) of the counts: no model that sees only c can have a lower mean loss.

        Shannon 1948; with as many dimensions as words, full softmax reaches it.
        """
        n = self.matrix.data.astype(np.float64)
        per_row = np.repeat(self.row_totals, np.diff(self.matrix.indptr)).astype(np.float64)
        return float((n * np.log(per_row / n)).sum() / max(1, self.total))

    @cached_property
    def unigram_loss(self) -> float:
        """The loss of always guessing by how often each word is a target, whatever the input: H(o)."""
        n = self.target_totals[self.target_totals > 0].astype(np.float64)
        return float((n * np.log(self.total / n)).sum() / max(1, self.total))

    @cached_property
    def uniform_loss(self) -> float:
        """The loss of giving every word of the vocabulary the same probability: ln(n_words)."""
        return float(np.log(self.matrix.shape[1]))


def sparse_counts(rows: Ints, words: Ints, n_rows: int, n_words: int) -> Sparse:
    """Count how often each (row, word) occurs in two arrays of the same length."""
    ones = np.ones(len(rows), np.int64)
    matrix = scipy.sparse.coo_array((ones, (rows, words)), shape=(n_rows, n_words)).tocsr()
    matrix.sum_duplicates()
    return frozen_matrix(matrix)


def frozen_matrix(matrix: Sparse) -> Sparse:
    """Make a sparse matrix of our own read-only, in place."""
    for array in (matrix.data, matrix.indices, matrix.indptr):
        frozen(array)
    return matrix


def count_pairs(corpus: Corpus, radius: int) -> Counts:
    """Count every pair of a center and a context word at most `radius` places away in the same sentence.

    Returns Counts with one row and one column for each word of the vocabulary. Of training pairs, every input is
    counted with every output of its pair, whatever the radius.
    Raises ValueError when `radius` is smaller than 1.
    """
    if radius < 1:
        raise ValueError(f"A window needs a radius of at least 1 word, not {radius}.")
    words, sentence_of = flat_text(corpus)
    if corpus.is_output is not None:
        return Counts(facing_pairs(words, sentence_of, corpus.is_output, len(corpus.vocabulary)))
    return Counts(near_pairs(words, sentence_of, np.full(len(words), radius), len(corpus.vocabulary)))


def facing_pairs(words: Ints, sentence_of: Ints, is_output: NDArray[np.bool_], n_words: int) -> Sparse:
    """Count the pairs of an input and an output, (n_words, n_words); see `facing`."""
    at, start, other_at = facing(sentence_of, is_output, from_outputs=False)
    return sparse_counts(np.repeat(words[at], np.diff(start)), words[other_at], n_words, n_words)


def n_pairs(corpus: Corpus, radius: int) -> int:
    """Return `count_pairs(corpus, radius).total` without counting: of a running text, the lengths of
    its sentences are enough.
    """
    if corpus.is_output is not None:
        return n_training_pairs(corpus)
    lengths = corpus.sentence_lengths
    reach = np.minimum(radius, lengths - 1)
    return int((reach * (2 * lengths - reach - 1)).sum())


def near_pairs(words: Ints, sentence_of: Ints, radii: Ints, n_words: int) -> Sparse:
    """Count the pairs of `window_table` without listing the windows, (n_words, n_words).

    words       : (n,) word ids in text order
    sentence_of : (n,) number of each word's sentence
    radii       : (n,) radius of the window around each word

    A pair is one number, center * n_words + context; sorted, equal ones stand together.
    """
    key: Any = np.int32 if n_words**2 <= np.iinfo(np.int32).max else np.int64
    ids = words.astype(key)
    forward, backward = [np.empty(0, key)], [np.empty(0, key)]  # pairs whose context stands after the center, before it
    mirrored = bool((radii == radii[:1]).all())  # then each pair that is counted forward is counted backward too
    for distance in range(1, min(int(radii.max(initial=0)), len(words) - 1) + 1):
        near = sentence_of[:-distance] == sentence_of[distance:]
        left, right = ids[:-distance], ids[distance:]
        if mirrored:
            forward.append((left * key(n_words) + right)[near])
        else:
            forward.append((left * key(n_words) + right)[near & (radii[:-distance] >= distance)])
            backward.append((right * key(n_words) + left)[near & (radii[distance:] >= distance)])
    if mirrored:
        half = count_keys(np.concatenate(forward), n_words)
        return frozen_matrix(half + half.T.tocsr())
    return frozen_matrix(count_keys(np.concatenate(forward + backward), n_words))


def count_keys(keys: NDArray[Any], n_words: int) -> Sparse:
    """Count equal keys, each row * n_words + column of a pair, (n_words, n_words). They are sorted in place."""
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))  # where each distinct pair begins
    distinct = keys[first]
    rows = distinct // n_words
    times, columns = np.diff(first, append=len(keys)), distinct - rows * keys.dtype.type(n_words)
    start = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n_words))])
    index = np.int32 if len(keys) <= np.iinfo(np.int32).max else np.int64  # of the entries: half the memory
    return scipy.sparse.csr_array((times, columns.astype(index), start.astype(index)), shape=(n_words, n_words))


def flat_text(corpus: Corpus) -> tuple[Ints, Ints]:
    """Return all word ids of the text in a row, and for each the number of its sentence; both (n_words_in_text,)."""
    words = corpus.token_ids[corpus.token_ids >= 0]
    sentence_of = np.repeat(np.arange(len(corpus.sentence_lengths)), corpus.sentence_lengths)
    return words, sentence_of


def ngram_probability(corpus: Corpus, history: Sequence[str | int], word: str | int) -> tuple[int, int]:
    """Count how often `word` follows `history`, and how often anything does: P(word | history) as a fraction.

    history : words in order (as strings or ids), none for the unigram
    Returns (COUNT(history, word), COUNT(history, any next word)). Neither reaches over the end of a sentence, so
    that the fractions of all words sum to 1 wherever the denominator is not 0. Words that the text does not have
    count 0. Jurafsky and Martin, Speech and Language Processing, chapter 3 (n-gram counts).
    """
    ids = corpus.vocabulary.ids
    wanted = [ids.get(w, -1) if isinstance(w, str) else int(w) for w in (*history, word)]
    target, previous = wanted[-1], wanted[:-1]
    numerator = denominator = 0
    for sentence in corpus.encoded:
        end = len(sentence) - len(previous)  # number of places where history and one more word fit
        if end <= 0:
            continue
        here = np.ones(end, bool)
        for offset, w in enumerate(previous):
            here &= sentence[offset : offset + end] == w
        denominator += int(here.sum())
        numerator += int((here & (sentence[len(previous) :] == target)).sum())
    return numerator, denominator
