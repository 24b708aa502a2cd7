"""Pictures and neighbors of very large and very small numbers are those of ordinary ones, without any warning."""

import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from w2v import align, honesty, pca_basis, tsne
from w2v.neighbours import (
    analogy,
    cosine_similarity,
    nearest,
    nearest_of_all,
    unit_rows,
)
from w2v.pictures.axes import run_basis, turned, word_axes
from w2v.pictures.clusters import clusters

LARGEST = float(np.finfo(np.float64).max)
Matrix = NDArray[np.float64]


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def cloud(seed: int, n_words: int = 12, dim: int = 6) -> Matrix:
    """Rows without order, of a spread that differs along the axes; entries below 1."""
    rows: Matrix = np.random.default_rng(seed).uniform(-1, 1, (n_words, dim)) / np.arange(1, dim + 1)
    return rows


@given(seed=st.integers(0, 10**6), power=st.integers(-900, 1020), dim=st.integers(1, 7), n_words=st.integers(1, 12))
def test_everything_of_a_matrix_is_that_of_its_multiple(seed: int, power: int, dim: int, n_words: int) -> None:
    """By a power of two, which rounds nothing: the same bits, at ordinary sizes and at the ends of float64."""
    rows = cloud(seed, n_words, dim)
    large = np.ldexp(rows, power)
    small, great = pca_basis(rows), pca_basis(large)
    np.testing.assert_array_equal(great.components, small.components)
    np.testing.assert_array_equal(great.explained, small.explained)
    np.testing.assert_array_equal(great.mean, np.ldexp(small.mean, power))
    np.testing.assert_array_equal(great(large), np.ldexp(small(rows), power))
    seen, seen_great = honesty(rows, small(rows)), honesty(large, great(large))
    assert seen_great.variance_kept == seen.variance_kept
    np.testing.assert_array_equal(seen_great.picture_nearest, seen.picture_nearest)
    np.testing.assert_array_equal(seen_great.true_nearest, seen.true_nearest)
    other = cloud(seed + 1, n_words, dim)
    for scale in (False, True):
        expected = np.ldexp(align(rows, other, scale=scale), power)
        np.testing.assert_array_equal(align(large, np.ldexp(other, power), scale=scale), expected)
    reference = cloud(seed + 2, n_words, 2)
    np.testing.assert_array_equal(
        turned(great, large, np.ldexp(reference, power)).components, turned(small, rows, reference).components
    )
    np.testing.assert_array_equal(unit_rows(large), unit_rows(rows))
    np.testing.assert_array_equal(clusters(large, 3), clusters(rows, 3))
    np.testing.assert_array_equal(nearest_of_all(large)[0], nearest_of_all(rows)[0])
    assert nearest(large, 0, 5) == nearest(rows, 0, 5)
    assert analogy(large, 0, n_words // 2, n_words - 1, 3) == analogy(rows, 0, n_words // 2, n_words - 1, 3)


@pytest.mark.parametrize("factor", [1e300, 1e308, 1e-300, 1e-290])
def test_a_factor_that_is_no_power_of_two_changes_only_the_rounding(factor: float) -> None:
    rows = cloud(3)
    large = rows * factor
    np.testing.assert_allclose(pca_basis(large)(large) / factor, pca_basis(rows)(rows), rtol=0, atol=1e-13)
    assert honesty(large, pca_basis(large)(large)).variance_kept == pytest.approx(
        honesty(rows, pca_basis(rows)(rows)).variance_kept, rel=1e-13
    )
    np.testing.assert_allclose(cosine_similarity(large, 2), cosine_similarity(rows, 2), rtol=0, atol=1e-14)
    np.testing.assert_array_equal(nearest_of_all(large)[0], nearest_of_all(rows)[0])
    mine, others = cloud(4, dim=2), cloud(5, dim=2)
    np.testing.assert_allclose(align(mine * factor, others * factor) / factor, align(mine, others), atol=1e-13)


entries = st.sampled_from(
    [LARGEST, -LARGEST, 1e308, -1e308, 1e300, 1.0, -1.0, 1e-154, 1e-300, -1e-308, 2.2e-308, 5e-324, -5e-324, 0.0]
) | st.floats(allow_nan=False, allow_infinity=False)


@given(st.data(), st.integers(1, 6), st.integers(1, 4))
def test_no_finite_number_is_too_much(data: st.DataObject, n_words: int, dim: int) -> None:
    """Any finite matrices: entries of every size side by side, equal rows, rows of zeros, one word, one dimension."""
    row = st.lists(entries, min_size=dim, max_size=dim)
    rows = np.array(data.draw(st.lists(row, min_size=n_words, max_size=n_words)))
    others = np.array(data.draw(st.lists(row, min_size=n_words, max_size=n_words)))
    basis = pca_basis(rows)
    points = basis(rows)
    lengths = np.linalg.norm(basis.components, axis=1)
    assert ((np.abs(lengths - 1) < 1e-9) | (lengths == 0)).all()
    for found in (
        basis.mean,
        points,
        basis(others),
        run_basis([rows, others])(rows),
        word_axes(rows, [(0, n_words - 1)], 2)(others),
        align(rows, others),
        align(rows, others, scale=True),
        turned(basis, rows, basis(others)).components,
        unit_rows(rows),
    ):
        assert np.isfinite(found).all()
    seen = honesty(rows, points)
    assert 0 <= seen.variance_kept <= 1
    assert 0 <= seen.nearest_agree <= 1
    assert len(clusters(rows, 3)) == n_words
    assert all(-1 <= cosine <= 1 for _, cosine in nearest(rows, 0, n_words))


def test_a_coordinate_that_float64_cannot_hold_is_its_largest_number() -> None:
    """Two words at the far ends of four axes: each is twice as far from the middle as any of its entries says."""
    rows = np.array([[1.5e308] * 4, [-1.5e308] * 4])
    basis = pca_basis(rows)
    np.testing.assert_allclose(basis.components, [[0.5] * 4, [0] * 4], atol=1e-15)
    assert basis(rows).tolist() == [[LARGEST, 0.0], [-LARGEST, 0.0]]
    coordinates, exponent = basis.scaled(rows)
    np.testing.assert_allclose(np.ldexp(coordinates[:, 0], exponent - 4), [1.5e308 / 8, -1.5e308 / 8])
    assert honesty(rows, basis(rows)).variance_kept == pytest.approx(1)


@pytest.mark.parametrize("factor", [1e308, 1e-308])
def test_t_sne_draws_them_too(factor: float) -> None:
    rows = cloud(8)
    start = pca_basis(rows)(rows) * factor
    points = tsne(rows * factor, perplexity=3, seed=1, init=start)
    assert np.isfinite(points).all()
    assert np.ptp(points) > 1e-3
