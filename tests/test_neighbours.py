"""Cosines, nearest words and analogies, against loops written out."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from w2v import neighbours
from w2v.neighbours import (
    Directions,
    analogy,
    cosine_similarity,
    cosine_table,
    nearest,
    nearest_of_all,
    unit_rows,
)

SIZES = st.sampled_from([0.0, 0.0, 1.0, -1.0, 0.5, 1e150, -1e150, 1e-150, 1e-300, 3.0])
TAME = st.tuples(st.integers(2, 40), st.integers(1, 5), st.sampled_from([np.float32, np.float64])).flatmap(
    lambda kind: arrays(kind[2], kind[:2], elements=st.sampled_from([0.0, 1.0, -1.0, 0.5]) | st.floats(-2, 2, width=16))
)
MATRICES = st.tuples(st.integers(1, 7), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=SIZES | st.floats(-2, 2))
)


def exact_cosine(a: np.ndarray, b: np.ndarray) -> float:
    """The definition, in numbers scaled by hand; math.hypot and math.fsum do not overflow or round."""
    if not a.any() or not b.any():
        return 0.0
    a, b = a / np.abs(a).max(), b / np.abs(b).max()
    return math.fsum(a * b) / (math.hypot(*a) * math.hypot(*b))


def brute_nearest(matrix: np.ndarray, word: int) -> list[tuple[int, float]]:
    others = [(i, exact_cosine(matrix[word], row)) for i, row in enumerate(matrix) if i != word]
    return sorted(others, key=lambda pair: (-pair[1], pair[0]))


@given(MATRICES)
def test_cosines_equal_the_definition(matrix):
    for word in range(len(matrix)):
        expected = [exact_cosine(matrix[word], row) for row in matrix]
        np.testing.assert_allclose(cosine_similarity(matrix, word), expected, rtol=0, atol=1e-14)


def test_a_row_of_zeros_has_cosine_zero_even_with_itself():
    matrix = np.array([[0.0, 0.0], [1.0, 2.0], [0.0, 0.0]])
    assert cosine_similarity(matrix, 0).tolist() == [0.0, 0.0, 0.0]
    assert cosine_similarity(matrix, 1)[[0, 2]].tolist() == [0.0, 0.0]


def test_nearest_is_the_sorted_list_of_a_loop():
    matrix = np.random.default_rng(3).normal(size=(50, 8))
    for word in (0, 17, 49):
        expected = brute_nearest(matrix, word)
        found = nearest(matrix, word, 10)
        assert [i for i, _ in found] == [i for i, _ in expected[:10]]
        np.testing.assert_allclose([c for _, c in found], [c for _, c in expected[:10]], atol=1e-14)
        assert len(nearest(matrix, word, 1000)) == 49
        assert nearest(matrix, word, 0) == []
    assert all(type(i) is int and type(c) is float for i, c in nearest(matrix, 0, 3))


@given(st.integers(1, 40), st.integers(1, 30), st.integers(0, 1000))
def test_equal_rows_tie_exactly_and_come_in_order_of_id(n_words, dim, seed):
    matrix = np.tile(np.random.default_rng(seed).normal(size=dim), (n_words, 1))
    word = seed % n_words
    found = nearest(matrix, word, n_words)
    assert [i for i, _ in found] == [i for i in range(n_words) if i != word]
    assert len({c for _, c in found}) <= 1


def test_analogy_reads_king_minus_man_plus_woman():
    man, king, woman, queen, apple = range(5)
    matrix = np.array([[1.0, 0, 0], [1, 0, 1], [0, 1, 0], [0, 1, 1], [-1, -1, 0.2]])
    assert analogy(matrix, king, man, woman, 1)[0][0] == queen
    assert analogy(matrix, queen, woman, man, 1)[0][0] == king
    assert {man, king, woman}.isdisjoint(i for i, _ in analogy(matrix, king, man, woman, 5))
    assert len(analogy(matrix, king, man, woman, 5)) == 2
    assert len(analogy(matrix, king, man, woman, 5, exclude_inputs=False)) == 5
    assert apple == analogy(matrix, king, man, woman, 5)[-1][0]


def test_analogy_is_3cosadd_on_unit_vectors():
    # Rows of very different length: without dividing by it the longest input would decide alone.
    rng = np.random.default_rng(5)
    matrix = rng.normal(size=(30, 6)) * rng.choice([1e-3, 1.0, 1e3], size=(30, 1))
    for a, b, c in [(0, 1, 2), (7, 7, 9), (28, 3, 14)]:
        unit = [row / math.hypot(*row) for row in matrix]
        aim = unit[a] - unit[b] + unit[c]
        every = [(i, exact_cosine(aim, row)) for i, row in enumerate(matrix)]
        expected = sorted(every, key=lambda pair: (-pair[1], pair[0]))
        found = analogy(matrix, a, b, c, 30, exclude_inputs=False)
        assert [i for i, _ in found] == [i for i, _ in expected]
        np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-13)


def test_an_analogy_that_leads_nowhere_has_cosine_zero():
    matrix = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0], [3.0, 4.0]])
    assert analogy(matrix, 1, 0, 2, 2) == [(3, 0.0)]  # 0 - v + v = 0


@pytest.mark.parametrize("cells", [1, 40, 2_000_000])
def test_nearest_of_all_agrees_with_a_loop_in_blocks_of_any_size(monkeypatch, cells):
    monkeypatch.setattr(neighbours, "BLOCK_CELLS", cells)
    matrix = np.random.default_rng(2).normal(size=(30, 5))
    matrix[[11, 17, 23]] = matrix[4] * [[3.0], [0.7], [1e5]]  # ties but for rounding: the lowest id wins
    ids, cosines = nearest_of_all(matrix)
    for word in range(30):
        best = max(c for _, c in brute_nearest(matrix, word))
        tied = [i for i, c in brute_nearest(matrix, word) if c >= best - 1e-12]
        assert ids[word] == min(tied)
        assert cosines[word] == pytest.approx(best, abs=1e-14)
    assert not {11, 17, 23} & set(np.delete(ids, 4))


def test_of_one_word_none_is_the_nearest():
    assert [array.tolist() for array in nearest_of_all([[0.6, 1.0]])] == [[-1], [0.0]]


@given(TAME | MATRICES, st.data())
def test_the_nearest_of_many_are_those_of_all_compared_exactly_to_the_last_bit(matrix, data):
    unit = unit_rows(matrix)
    word, n = data.draw(st.integers(0, len(matrix) - 1)), data.draw(st.integers(0, len(matrix)))
    cosines = np.clip(np.einsum("ij,j->i", unit, unit[word]), -1, 1)
    order = [i for i in np.argsort(-cosines, kind="stable").tolist() if i != word]
    assert nearest(matrix, word, n) == [(i, float(cosines[i])) for i in order[:n]]
    assert cosine_similarity(matrix, word).tobytes() == cosines.tobytes()


def test_vectors_in_single_precision_are_compared_as_they_are_with_little_more_memory():
    rng = np.random.default_rng(5)
    matrix = rng.standard_normal((30_000, 40)).astype(np.float32)
    matrix[7], matrix[29_000] = matrix[3], 2 * matrix[3]  # ties, found in order of id
    directions = Directions(matrix)
    assert directions.matrix is matrix, "not copied"
    tracemalloc.start()
    found = nearest(directions, 3, 8)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < matrix.nbytes / 4
    assert [i for i, _ in found[:2]] == [7, 29_000]
    assert found == nearest(matrix.astype(np.float64), 3, 8)


@given(MATRICES)
def test_unit_rows_have_length_one_or_are_zero(matrix):
    lengths = np.linalg.norm(unit_rows(matrix), axis=1)
    np.testing.assert_allclose(lengths, matrix.any(axis=1).astype(float), atol=1e-14)


@pytest.mark.parametrize(
    "call",
    [
        lambda m: nearest(m, 3, 1),
        lambda m: nearest(m, -1, 1),
        lambda m: cosine_similarity(m, 99),
        lambda m: analogy(m, 0, 1, 7, 1),
    ],
)
def test_a_word_that_is_not_there_is_refused(call):
    with pytest.raises(ValueError, match=r"^There is no word number -?\d+; .* from 0 to 2\.$"):
        call(np.eye(3))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused(bad):
    matrix = np.eye(3)
    matrix[1, 1] = bad
    for call in (lambda: nearest(matrix, 0, 1), lambda: nearest_of_all(matrix)):
        with pytest.raises(ValueError, match="not finite"):
            call()
    with pytest.raises(ValueError, match="table"):
        cosine_similarity(np.ones(3), 0)


def test_results_cannot_be_written_to():
    matrix = np.eye(3)
    for array in (cosine_similarity(matrix, 0), *nearest_of_all(matrix)):
        assert not array.flags.writeable


@given(MATRICES, st.data())
def test_a_table_of_cosines_has_the_cosine_of_each_pair(matrix, data):
    ids = data.draw(st.lists(st.integers(0, len(matrix) - 1), max_size=6))
    table = cosine_table(matrix, ids)
    assert table.shape == (len(ids), len(ids))
    for row, a in zip(table, ids, strict=True):
        for cosine, b in zip(row, ids, strict=True):
            assert cosine == pytest.approx(exact_cosine(matrix[a], matrix[b]), abs=1e-9)
    assert (table == table.T).all()


def test_a_table_refuses_a_word_that_is_not_there():
    with pytest.raises(ValueError, match="There is no word number 3"):
        cosine_table(np.eye(3), [0, 3])
