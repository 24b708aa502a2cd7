"""Sparse products by two threads: the same bits as by one."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from tests.test_blocks import made_counts
from w2v.whole.halves import in_background, product, transposed_product, two_halves
from w2v.whole.spectral_start import spectral_start, unigram_solution


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n_columns", [1, 7, 110])
def test_products_by_two_threads_are_those_of_one(n_columns: int, dtype: Any) -> None:
    matrix = made_counts(300, 9_000).matrix.astype(dtype)
    dense = np.random.default_rng(0).normal(size=(300, n_columns)).astype(dtype)
    with ThreadPoolExecutor(2) as pool:
        for given in (None, pool):
            assert product(matrix, dense, given).tobytes() == (matrix @ dense).tobytes()
            assert transposed_product(matrix, dense, given).tobytes() == (matrix.T @ dense).tobytes()


def test_halves_have_as_many_entries_each_and_are_the_matrix() -> None:
    matrix = made_counts(300, 9_000).matrix
    for k in (1, 17, 300):
        above, below = two_halves(matrix, k)
        assert above.shape[0] + below.shape[0] == k
        assert np.array_equal(np.concatenate([above.toarray(), below.toarray()]), matrix[:k].toarray())
    assert abs(above.nnz - below.nnz) < 300


def test_work_is_done_with_threads_or_without() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert [in_background(given, lambda: 3)() for given in (pool, None)] == [3, 3]


def test_the_vectors_to_begin_with_are_the_same_by_one_thread_or_two() -> None:
    counts = made_counts(500, 9_000)
    prior_means = unigram_solution(counts, 20, np.float32)
    with ThreadPoolExecutor(2) as pool:
        (V, U), (other_V, other_U) = (
            spectral_start(counts, prior_means, np.random.default_rng(0), regularised=True, pool=given)
            for given in (None, pool)
        )
    assert V.tobytes() == other_V.tobytes()
    assert U.tobytes() == other_U.tobytes()
