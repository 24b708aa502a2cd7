"""Counts of pairs and n-grams, and the losses that follow from them, against counting by hand."""

import itertools
import math
from collections import Counter
from dataclasses import FrozenInstanceError
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import corpus_of, oracle, texts
from w2v import Corpus, Counts, count_pairs, cut_windows, ngram_probability
from w2v.counts import sparse_counts


def brute_pairs(corpus: Corpus, radius: int) -> Counter[tuple[int, int]]:
    return Counter((w.center, o) for w in cut_windows(corpus, radius) for o in w.context)


@given(texts(), st.integers(1, 10))
def test_pairs_are_those_of_the_windows(text: str, radius: int) -> None:
    corpus = Corpus.from_text(text)
    expected, counts = brute_pairs(corpus, radius), count_pairs(corpus, radius)
    n_words = len(corpus.vocabulary)
    assert counts.matrix.shape == (n_words, n_words)
    assert counts.matrix.dtype == np.int64
    came = {pair: n for pair, n in np.ndenumerate(counts.matrix.toarray()) if n}
    assert came == dict(expected), f"expected {expected}, came {came}"
    assert counts.total == expected.total()
    for c in range(n_words):
        row = [expected[c, o] for o in range(n_words)]
        assert counts.row(c).tolist() == row
        assert counts.row_totals[c] == sum(row)
        assert counts.ratio(c).tolist() == [n / max(1, sum(row)) for n in row]
        assert counts.target_totals[c] == sum(expected[other, c] for other in range(n_words))


@given(texts(), st.integers(1, 4))
def test_pairs_are_symmetric(text: str, radius: int) -> None:
    """If o stands near c, then c stands near o, as long as all windows are equally wide."""
    matrix = count_pairs(Corpus.from_text(text), radius).matrix.toarray()
    assert np.array_equal(matrix, matrix.T)


@given(texts(), st.integers(1, 4))
def test_floor_is_the_entropy_of_the_counts(text: str, radius: int) -> None:
    corpus = Corpus.from_text(text)
    pairs, counts = brute_pairs(corpus, radius), count_pairs(corpus, radius)
    of_center, of_target = Counter(), Counter()
    for (c, o), n in pairs.items():
        of_center[c] += n
        of_target[o] += n
    total = pairs.total()
    floor = -math.fsum(n * math.log(n / of_center[c]) for (c, _), n in pairs.items()) / total
    unigram = -math.fsum(n * math.log(n / total) for n in of_target.values()) / total
    assert counts.floor == pytest.approx(floor, rel=1e-13, abs=1e-15)
    assert counts.unigram_loss == pytest.approx(unigram, rel=1e-13, abs=1e-15)
    assert counts.uniform_loss == math.log(len(corpus.vocabulary))
    assert counts.floor <= counts.unigram_loss + 1e-15 <= counts.uniform_loss + 2e-15


def test_counts_of_the_known_text() -> None:
    known = oracle("closed_forms")
    corpus = corpus_of(known["sentences"])
    assert corpus.vocabulary.words == tuple(f"w{i:02d}" for i in range(17))
    assert corpus.vocabulary.counts.tolist() == known["counts"]
    counts = count_pairs(corpus, known["window"])
    assert counts.matrix.toarray().tolist() == known["pair_counts"]
    assert counts.total == known["pairs"]
    assert counts.floor == pytest.approx(known["softmax_floor"], rel=1e-14)
    assert counts.uniform_loss == pytest.approx(known["loss_at_zero_outputs"]["full_softmax_per_pair"], rel=1e-15)


def test_subsampling_keeps_as_often_as_the_formulas_say() -> None:
    for case in oracle("closed_forms")["subsampling"]:
        rest = case["total"] - case["count"]
        words = ["w00"] * case["count"] + ["w01"] * rest
        vocabulary = Corpus.from_text("w00 w01").vocabulary.count(words)
        at = vocabulary.ids["w00"]
        for formula, name in (("paper", "paper_keep"), ("word2vec.c", "code_keep")):
            came = vocabulary.keep_probabilities(case["threshold"], formula)[at]  # type: ignore[arg-type]
            assert came == pytest.approx(case[name], rel=1e-13), f"{formula} {case}: came {came}"


def test_a_window_needs_a_radius() -> None:
    with pytest.raises(ValueError, match="radius of at least 1"):
        count_pairs(corpus_of([[0, 1]]), 0)


def test_a_text_without_pairs_has_zeros() -> None:
    counts = count_pairs(corpus_of([[0], [1]]), 2)
    assert (counts.total, counts.floor, counts.unigram_loss) == (0, 0, 0)
    assert counts.ratio(0).tolist() == [0, 0]


def test_equal_pairs_are_added_up() -> None:
    counts = Counts(sparse_counts(np.array([1, 0, 1, 1]), np.array([2, 0, 2, 1]), 2, 3))
    assert counts.matrix.toarray().tolist() == [[1, 0, 0], [0, 1, 2]]


def test_counts_cannot_be_changed() -> None:
    counts = count_pairs(corpus_of([[0, 1, 0, 2]]), 2)
    arrays = [counts.row_totals, counts.target_totals, counts.row(0), counts.ratio(0)]
    matrix = counts.matrix
    for array in (*arrays, matrix.data, matrix.indices, matrix.indptr):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7
    with pytest.raises(FrozenInstanceError):
        counts.matrix = matrix  # type: ignore[misc]
    assert matrix.toarray().tolist() == [[2, 2, 1], [2, 0, 1], [1, 1, 0]]


# --- n-grams -------------------------------------------------------------------------------------------------


def brute_ngram(corpus: Corpus, history: tuple[str, ...], word: str) -> tuple[int, int]:
    n = len(history)
    grams = [s[i : i + n + 1] for s in corpus.sentences for i in range(len(s) - n)]
    after = [gram[-1] for gram in grams if gram[:-1] == history]
    return after.count(word), len(after)


@given(texts(most_words=4), st.data())
def test_ngrams_are_counted_within_sentences(text: str, data: st.DataObject) -> None:
    corpus = Corpus.from_text(text)
    word = st.sampled_from([*corpus.vocabulary.words, "unknown"])
    history, following = data.draw(st.lists(word, max_size=4).map(tuple)), data.draw(word)
    expected, came = brute_ngram(corpus, history, following), ngram_probability(corpus, history, following)
    assert came == expected, f"P({following} | {history}): expected {expected}, came {came}"


@given(texts(most_words=4), st.integers(0, 3))
def test_ngram_probabilities_sum_to_1(text: str, length: int) -> None:
    corpus = Corpus.from_text(text)
    for history in itertools.product(range(len(corpus.vocabulary)), repeat=length):
        fractions = [ngram_probability(corpus, history, word) for word in range(len(corpus.vocabulary))]
        below = {denominator for _, denominator in fractions}
        assert len(below) == 1
        if below != {0}:
            total = sum(Fraction(a, b) for a, b in fractions)
            assert total == 1, f"after {history} the probabilities sum to {total}"


def test_ngrams_take_words_and_ids_of_any_kind() -> None:
    corpus = corpus_of([[0, 1, 0, 1, 0, 2]])  # w00 has the id 0, and so on
    encoded = corpus.encoded[0]
    for history, word in ((["w00"], "w01"), ([0], 1), ([encoded[0]], encoded[1]), (("w00",), np.int32(1))):
        assert ngram_probability(corpus, history, word) == (2, 3)  # type: ignore[arg-type]
    assert ngram_probability(corpus, [], "w02") == (1, 6)
    assert ngram_probability(corpus, ["w00"] * 9, "w02") == (0, 0)
