"""PCA against SVD and scikit-learn, alignment against SciPy, honesty against loops, the guard of t-SNE."""

import math
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from w2v import neighbours
from w2v.neighbours import unit_rows
from w2v.pictures import tsne as tsne_module
from w2v.pictures.axes import align, left_out, pca_basis, run_basis, turned, word_axes
from w2v.pictures.cloud import ProjectionError
from w2v.pictures.honesty import honesty
from w2v.pictures.tsne import tsne, usable_perplexity

ROOT = Path(__file__).parents[1]
SIZES = st.sampled_from([0.0, 1.0, -1.0, 0.1, 1e150, -1e150, 1e-150, 1e-300, 1e-17])
MATRICES = st.tuples(st.integers(1, 7), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=SIZES | st.floats(-2, 2))
)


def cloud(n_words: int, dim: int, seed: int = 0) -> np.ndarray:
    """Random rows that vary differently along each axis, away from zero."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_words, dim)) @ rng.normal(size=(dim, dim)) + 3.0


# --- PCA ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(30, 8), (5, 20), (400, 3), (2, 2), (8, 8)])
def test_pca_equals_the_singular_value_decomposition(shape):
    matrix = cloud(*shape)
    centered = matrix - matrix.mean(axis=0)
    u, s, right = np.linalg.svd(centered, full_matrices=False)
    basis = pca_basis(matrix, 1 if shape == (2, 2) else 2)
    for i, axis in enumerate(basis.components):
        assert abs(axis @ right[i]) == pytest.approx(1, abs=1e-12)
        assert axis[np.abs(axis).argmax()] > 0
        np.testing.assert_allclose(basis(matrix)[:, i], u[:, i] * s[i] * np.sign(axis @ right[i]), atol=1e-11 * s[0])
    np.testing.assert_allclose(basis.mean, matrix.mean(axis=0), rtol=1e-13)
    n = len(basis.explained)
    np.testing.assert_allclose(basis.explained, (s**2 / (s**2).sum())[:n], rtol=1e-12)


def test_pca_equals_scikit_learn():
    from sklearn.decomposition import PCA

    matrix = cloud(60, 7, seed=4)
    theirs = PCA(3).fit(matrix)
    ours = pca_basis(matrix, 3)
    np.testing.assert_allclose(ours.explained, theirs.explained_variance_ratio_, rtol=1e-12)
    signs = np.sign((ours.components * theirs.components_).sum(axis=1))
    np.testing.assert_allclose(ours.components, theirs.components_ * signs[:, None], atol=1e-12)
    np.testing.assert_allclose(ours(matrix[:9]), theirs.transform(matrix[:9]) * signs, atol=1e-12)


@given(MATRICES, st.integers(1, 4))
def test_pca_is_defined_for_every_finite_matrix(matrix, n):
    basis = pca_basis(matrix, n)
    assert basis.components.shape == (n, matrix.shape[1])
    assert basis(matrix).shape == (len(matrix), n)
    assert np.isfinite(basis(matrix)).all()
    assert (basis.explained >= 0).all()
    assert basis.explained.sum() <= 1 + 1e-12
    assert (np.diff(basis.explained) <= 1e-12).all()
    there = basis.components.any(axis=1)
    np.testing.assert_allclose(basis.components @ basis.components.T, np.diag(there * 1.0), atol=1e-12)
    assert (basis.explained[~there] == 0).all()
    assert basis.components[0].any() or not basis.explained.any()
    for axis in basis.components[there]:
        assert axis[np.abs(axis).argmax()] > 0  # argmax: the first of equals
    largest = np.abs(matrix).max()
    if min(matrix.shape) <= n and np.ptp(matrix / (largest or 1), axis=0).max() > 1e-6:
        assert basis.explained.sum() == pytest.approx(1, abs=1e-12)  # all directions there are


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (3, 1), (6, 4)])
@pytest.mark.parametrize("value", [0.0, 0.1, -1 / 3, 1e150, 1e-300, 5e-324])
def test_pca_of_equal_rows_has_no_axes(shape, value):
    matrix = np.full(shape, value)
    basis = pca_basis(matrix)
    assert basis.components.shape == (2, shape[1])
    assert not basis.components.any()
    assert basis.explained.tolist() == [0.0, 0.0]
    assert basis.mean.tolist() == matrix[0].tolist()
    assert not basis(matrix).any()


def test_pca_of_points_on_a_line_has_one_axis():
    line = np.outer(np.arange(5.0), [2, -6, 3]) + np.array([0.1, 0.2, 0.3])
    basis = pca_basis(line)
    np.testing.assert_allclose(basis.components, [[-2 / 7, 6 / 7, -3 / 7], [0, 0, 0]], atol=1e-12)
    assert basis.explained == pytest.approx([1.0, 0.0])
    np.testing.assert_allclose(basis(line)[:, 0], 7.0 * np.arange(2, -3, -1), atol=1e-12)
    far = pca_basis(1e-4 * line + 1e3)  # the rounding of numbers near 1e3 is no second axis
    assert far.components.any(axis=1).tolist() == [True, False]
    one = pca_basis(np.array([[1.0], [4.0]]))
    assert one.components.tolist() == [[1.0], [0.0]]
    assert one(np.array([[1.0], [4.0]])).tolist() == [[-1.5, 0.0], [1.5, 0.0]]


@pytest.mark.parametrize("factor", [1e150, 1e-150, 2.0**-1000])
def test_pca_does_not_depend_on_the_unit(factor):
    matrix = cloud(9, 4)
    plain, other = pca_basis(matrix), pca_basis(matrix * factor)
    np.testing.assert_allclose(other.components, plain.components, atol=1e-12)
    np.testing.assert_allclose(other.explained, plain.explained, rtol=1e-12)
    assert np.isfinite(other(matrix * factor)).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused_in_one_sentence(bad):
    matrix = cloud(5, 3)
    matrix[2, 1] = bad
    calls = [
        lambda: pca_basis(matrix),
        lambda: run_basis([matrix]),
        lambda: word_axes(matrix, [(0, 1)]),
        lambda: align(matrix, matrix),
        lambda: honesty(matrix, matrix),
        lambda: tsne(matrix, perplexity=1, seed=1),
        lambda: tsne(np.eye(5), perplexity=1, seed=1, init=matrix[:, :2]),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"^Some (vectors|points) hold numbers that are not finite, .*\.$"):
            call()


@pytest.mark.parametrize("empty", [np.zeros((0, 3)), np.zeros((3, 0)), np.zeros(3)])
def test_what_is_no_table_is_refused(empty):
    with pytest.raises(ProjectionError, match="at least one row"):
        pca_basis(empty)


def test_one_basis_for_a_run_is_the_pca_of_all_moments():
    moments = [cloud(12, 4, seed) for seed in range(3)]
    basis = run_basis(iter(moments))
    stacked = np.concatenate(moments)
    s = np.linalg.svd(stacked - stacked.mean(axis=0), compute_uv=False)
    np.testing.assert_allclose(basis.explained, (s**2 / (s**2).sum())[:2], rtol=1e-12)
    np.testing.assert_allclose(np.square(basis(stacked)).sum(axis=0), s[:2] ** 2, rtol=1e-12)
    for wrong in ([], [np.eye(2), np.eye(3)]):
        with pytest.raises(ProjectionError, match="at least one moment"):
            run_basis(wrong)


# --- axes from words ---------------------------------------------------------------------------------------


def test_word_axes_run_from_the_first_word_to_the_second():
    matrix = cloud(10, 5)
    basis = word_axes(matrix, [(2, 7), (0, 4)])
    first = (matrix[7] - matrix[2]) / np.linalg.norm(matrix[7] - matrix[2])
    np.testing.assert_allclose(basis.components[0], first, atol=1e-13)
    np.testing.assert_allclose(basis.components @ basis.components.T, np.eye(2), atol=1e-14)
    second = matrix[4] - matrix[0]
    assert np.linalg.matrix_rank(np.vstack([basis.components, second])) == 2
    points = basis(matrix)
    assert points[7, 0] > points[2, 0]
    assert points[4, 1] > points[0, 1]
    shares = points.var(axis=0) / matrix.var(axis=0).sum()
    np.testing.assert_allclose(basis.explained, shares, rtol=1e-12)


def test_word_axes_beyond_the_pairs_are_the_best_of_what_is_left():
    matrix = cloud(30, 6)
    basis = word_axes(matrix, [(3, 5)], n=3)
    axis = basis.components[0]
    left = matrix - np.outer(matrix @ axis, axis)
    np.testing.assert_allclose(np.abs(basis.components[1:]), np.abs(pca_basis(left).components), atol=1e-9)
    np.testing.assert_allclose(basis.components @ basis.components.T, np.eye(3), atol=1e-13)


@given(MATRICES)
def test_what_axes_leave_out_and_what_they_show_make_up_the_whole_distance(matrix):
    basis = word_axes(matrix, [(0, len(matrix) - 1)], n=2)
    rest, shown = left_out(matrix, basis), basis(matrix)
    for row, dots, left in zip(matrix, shown, rest, strict=True):
        whole = math.hypot(*(row - basis.mean))
        assert math.hypot(left, *dots) == pytest.approx(whole, rel=1e-6, abs=1e-6 * np.abs(matrix).max())
    assert left_out(basis.mean[None, :], basis) == pytest.approx(0, abs=1e-9 * np.abs(matrix).max())


def test_what_axes_leave_out_is_what_stands_at_right_angles_to_them():
    matrix = np.array([[1.0, 0, 0], [3, 0, 0], [2, 5, 0], [2, -5, 4], [2, 0, -4]])
    basis = word_axes(matrix, [(0, 1), (3, 2)])
    across = np.cross(*basis.components)
    wanted = np.abs((matrix - matrix.mean(axis=0)) @ across)
    np.testing.assert_allclose(left_out(matrix, basis), wanted, atol=1e-12)
    assert wanted.max() > 1


def test_word_axes_are_perpendicular_even_for_nearly_parallel_pairs():
    rng = np.random.default_rng(4)
    first = rng.normal(size=20)
    matrix = np.vstack([np.zeros(20), first, 2 * first + 1e-9 * rng.normal(size=20)])
    axes = word_axes(matrix, [(0, 1), (0, 2)]).components
    assert abs(axes[0] @ axes[1]) < 1e-14
    np.testing.assert_allclose(np.linalg.norm(axes, axis=1), 1, atol=1e-14)


def test_pairs_that_add_no_direction_give_a_missing_axis():
    matrix = np.array([[1.0, 0, 0], [3, 0, 0], [0, 0, 0], [0, 2, 0]])
    basis = word_axes(matrix, [(2, 1), (1, 1), (0, 1), (2, 3)], n=6)
    np.testing.assert_array_equal(basis.components, [[1, 0, 0], [0, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]])
    assert basis.explained.sum() == pytest.approx(1)
    for pair in ((0, 4), (-1, 0)):
        with pytest.raises(ProjectionError, match="numbered 0 to 3"):
            word_axes(matrix, [pair])


@given(MATRICES, st.data())
def test_word_axes_are_defined_for_every_finite_matrix(matrix, data):
    ids = st.integers(0, len(matrix) - 1)
    pairs = data.draw(st.lists(st.tuples(ids, ids), max_size=3))
    basis = word_axes(matrix, pairs, n=2)
    assert basis.components.shape == (max(2, len(pairs)), matrix.shape[1])
    product = basis.components @ basis.components.T
    np.testing.assert_allclose(product, np.diag(basis.components.any(axis=1) * 1.0), atol=1e-10)
    assert basis.explained.sum() <= 1 + 1e-9


# --- alignment ---------------------------------------------------------------------------------------------


@given(st.integers(0, 500), st.integers(3, 20), st.integers(1, 3))
def test_alignment_finds_a_turned_mirrored_and_moved_picture(seed, n, k):
    rng = np.random.default_rng(seed)
    reference = rng.normal(size=(n, k)) * 5
    turn, _ = np.linalg.qr(rng.normal(size=(k, k)))  # with or without a reflection
    moved = reference @ turn + 100 * rng.normal(size=k)
    np.testing.assert_allclose(align(moved, reference), reference, atol=1e-10)
    np.testing.assert_allclose(align(1e5 * moved, reference, scale=True), reference, atol=1e-9)


@pytest.mark.parametrize("factor", [1.0, 1e150, 1e-150])
def test_alignment_equals_scipy(factor):
    from scipy.spatial import procrustes

    rng = np.random.default_rng(8)
    points, reference = rng.normal(size=(15, 2)), rng.normal(size=(15, 2)) * [3, 1] + 7
    _, standard_points, disparity = procrustes(reference, points)
    aligned = align(points * factor, reference, scale=True)
    size = np.linalg.norm(reference - reference.mean(axis=0))
    np.testing.assert_allclose((aligned - reference.mean(axis=0)) / size, standard_points, atol=1e-12)
    assert np.square((aligned - reference) / size).sum() == pytest.approx(disparity, rel=1e-10)


def test_alignment_without_scale_keeps_distances_and_is_the_best_turn():
    rng = np.random.default_rng(9)
    points, reference = rng.normal(size=(12, 2)), rng.normal(size=(12, 2))
    aligned = align(points, reference)
    distances = [np.linalg.norm(p[:, None] - p, axis=2) for p in (points, aligned)]
    np.testing.assert_allclose(*distances, atol=1e-13)
    best = np.square(aligned - reference).sum()
    centered = points - points.mean(axis=0)
    for angle in np.linspace(0, 2 * np.pi, 721):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        for mirror in (1, -1):
            turned = centered * [1, mirror] @ turn + reference.mean(axis=0)
            assert np.square(turned - reference).sum() >= best - 1e-12


def test_alignment_of_degenerate_pictures_is_defined():
    reference = np.array([[1.0, 1], [3, 1], [2, 4]])
    for scale in (False, True):
        np.testing.assert_allclose(align(np.full((3, 2), 7.0), reference, scale=scale), np.full((3, 2), 2.0))
        assert np.isfinite(align(reference, np.zeros((3, 2)), scale=scale)).all()
        assert align([[5.0, 5.0]], [[1.0, 2.0]], scale=scale).tolist() == [[1.0, 2.0]]
    with pytest.raises(ProjectionError, match="same words"):
        align(np.eye(3), np.eye(2))


# --- honesty -----------------------------------------------------------------------------------------------


def brute_honesty(matrix: np.ndarray, points: np.ndarray) -> tuple[float, list[int]]:
    """Share of agreeing words and the picture's nearest, by loops over all pairs."""
    unit, n = unit_rows(matrix), len(matrix)
    agree, ids = 0, []
    for i in range(n):
        others = [j for j in range(n) if j != i]
        closest = min(others, key=lambda j: (float(np.square(points[i] - points[j]).sum()), j))
        cosines = {j: float(unit[i] @ unit[j]) for j in others}
        agree += cosines[closest] >= max(cosines.values()) - 1e-12
        ids.append(closest)
    return agree / n, ids


@pytest.mark.parametrize("cells", [1, 70, 2_000_000])
def test_honesty_equals_loops_over_all_pairs(monkeypatch, cells):
    monkeypatch.setattr(neighbours, "BLOCK_CELLS", cells)
    matrix = np.random.default_rng(6).normal(size=(40, 5))
    matrix[9], matrix[20] = 0.0, 3 * matrix[2]
    points = pca_basis(matrix)(matrix)
    found = honesty(matrix, points)
    share, closest = brute_honesty(matrix, points)
    assert 0 < share < 1
    assert found.nearest_agree == share
    assert found.agrees.mean() == share
    assert found.picture_nearest.tolist() == closest
    assert found.true_nearest.tolist() == neighbours.nearest_of_all(matrix)[0].tolist()


@pytest.mark.parametrize("n", [1, 2, 3])
def test_variance_kept_by_pca_is_the_explained_share(n):
    matrix = cloud(25, 6)
    basis = pca_basis(matrix, n)
    kept = honesty(matrix, basis(matrix)).variance_kept
    assert kept == pytest.approx(basis.explained.sum(), rel=1e-12)
    # Neither turning nor stretching nor moving the picture changes what can be read from it.
    other = basis(matrix) @ cloud(n, n, seed=3) * 1e9 + 5e8
    assert honesty(matrix, other).variance_kept == pytest.approx(kept, rel=1e-6)


def test_variance_kept_is_r_squared_of_least_squares():
    matrix, points = cloud(25, 6), np.random.default_rng(2).normal(size=(25, 2))
    with_one = np.column_stack([points, np.ones(25)])
    fit = with_one @ np.linalg.lstsq(with_one, matrix, rcond=None)[0]
    expected = 1 - np.square(matrix - fit).sum() / np.square(matrix - matrix.mean(axis=0)).sum()
    assert honesty(matrix, points).variance_kept == pytest.approx(expected, rel=1e-12)


def test_dots_on_a_line_keep_what_the_line_keeps():
    matrix = cloud(25, 6)
    line = matrix[:, :1] * [1.0, 2.0]
    expected = honesty(matrix, line[:, :1]).variance_kept
    assert honesty(matrix, line).variance_kept == pytest.approx(expected, rel=1e-12)
    assert honesty(matrix, np.ones((25, 2))).variance_kept == 0
    assert honesty(np.ones((25, 6)), line).variance_kept == 0


def test_ties_count_as_agreeing():
    matrix = np.array([[1.0, 0], [2, 0], [5, 0], [0, 1]])  # 0, 1 and 2 have cosine 1 with each other
    found = honesty(matrix, matrix)
    assert found.picture_nearest.tolist() == [1, 0, 1, 0]
    assert found.true_nearest.tolist() == [1, 0, 0, 0]
    assert found.agrees.tolist() == [True, True, True, True]  # word 3 is at right angles to all: all tie


@given(MATRICES)
def test_honesty_is_defined_for_every_finite_matrix(matrix):
    basis = pca_basis(matrix)
    found = honesty(matrix, basis(matrix))
    assert found.variance_kept == pytest.approx(basis.explained.sum(), abs=1e-9)
    assert 0 <= found.nearest_agree <= 1
    if len(matrix) == 1:
        assert (found.nearest_agree, found.true_nearest[0], found.picture_nearest[0]) == (0.0, -1, -1)
    else:
        assert (found.true_nearest != np.arange(len(matrix))).all()
        assert (found.picture_nearest != np.arange(len(matrix))).all()
        assert found.picture_nearest.min() >= 0


def test_honesty_needs_as_many_dots_as_words():
    with pytest.raises(ProjectionError, match="same words"):
        honesty(np.eye(3), np.eye(2))


# --- t-SNE: each picture starts a process and takes a second, so there are few -------------------------------


@pytest.fixture(scope="module")
def clusters() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Three clear groups of 12 words in 8 dimensions, their group numbers, and their picture."""
    rng = np.random.default_rng(0)
    group = np.arange(36) % 3
    matrix = 4 * np.eye(3, 8)[group] + 0.3 * rng.normal(size=(36, 8))
    return matrix, group, tsne(matrix, perplexity=8, seed=1)


def test_tsne_separates_clear_clusters(clusters):
    matrix, group, points = clusters
    assert points.shape == (36, 2)
    assert not points.flags.writeable
    distance = np.linalg.norm(points[:, None] - points, axis=2)
    same = group[:, None] == group
    assert distance[same].max() < distance[~same].min()
    assert honesty(matrix, points).nearest_agree > 0.3  # chance is 1/35


def test_tsne_repeats_itself_for_a_seed_and_differs_for_another(clusters):
    matrix, _, points = clusters
    assert np.array_equal(tsne(matrix, perplexity=8, seed=1), points)
    other = tsne(matrix, perplexity=8, seed=2)
    assert np.abs(other - points).max() > 0.1


def test_a_warm_start_keeps_dots_near_their_places_without_spinning(clusters):
    matrix, _, points = clusters
    turned = points @ np.array([[0.0, -1.0], [1.0, 0.0]]) + [30.0, -10.0]
    moved = matrix + 0.02 * np.random.default_rng(1).normal(size=matrix.shape)
    after = tsne(moved, perplexity=8, seed=5, init=turned)
    spread = np.linalg.norm(turned - turned.mean(axis=0), axis=1).mean()
    assert np.linalg.norm(after - turned, axis=1).mean() < 0.15 * spread
    np.testing.assert_allclose(after.mean(axis=0), turned.mean(axis=0), atol=1e-6)


@pytest.mark.parametrize(
    ("matrix", "perplexity"),
    [
        pytest.param(np.repeat([[1.0, 0], [0, 1]], 100, axis=0), 5.0, id="two places, Barnes-Hut"),
        pytest.param(np.vstack([np.ones((5, 3)), [[1e300, 0, 0]]]), 50.0, id="equal rows and a far one"),
        pytest.param(1e-300 * np.array([[0.0], [3], [1], [9]]), 1e-3, id="four, tiny, one dimension"),
    ],
)
def test_tsne_survives_hard_matrices(matrix, perplexity):
    points = tsne(matrix, perplexity=perplexity, seed=3)
    assert points.shape == (len(matrix), 2)
    assert np.isfinite(points).all()
    assert points.std() > 0


def test_tsne_survives_hard_starts():
    matrix = cloud(160, 4)
    start = np.zeros((160, 2))
    start[80:] = 1e300
    points = tsne(matrix, perplexity=5, seed=1, init=start)
    assert points.std() > 0.1
    assert np.abs(points).max() < 1e6


def test_vectors_that_are_all_equal_are_one_dot(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)  # no process is started
    nearly = np.ones((6, 3))
    nearly[:, 2] = 1e-200 * np.arange(6)  # far below the rounding of the other numbers
    for matrix in (*(np.full((6, 3), value) for value in (0.0, 0.1, 1e300)), nearly):
        assert tsne(matrix, perplexity=2, seed=1).tolist() == [[0.0, 0.0]] * 6


def test_tsne_refuses_what_it_cannot_draw_before_starting_a_process(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    for n, there in ((1, "there is 1"), (2, "there are 2"), (3, "there are 3")):
        with pytest.raises(ProjectionError, match=f"at least 4 words; {there} here"):
            tsne(np.eye(n), perplexity=1, seed=1)
    for perplexity in (0, -3, float("nan"), float("inf")):
        with pytest.raises(ProjectionError, match="perplexity"):
            tsne(np.eye(5), perplexity=perplexity, seed=1)
    for start in (np.zeros((4, 2)), np.zeros((5, 3)), np.zeros(5)):
        with pytest.raises(ProjectionError, match="two numbers for each of the 5 words"):
            tsne(np.eye(5), perplexity=1, seed=1, init=start)
    with pytest.raises(ProjectionError, match="time limit"):
        tsne(np.eye(5), perplexity=1, seed=1, seconds=float("nan"))


@pytest.mark.parametrize("seconds", [0.01, 0.0, -1.0])
def test_the_time_limit_holds(seconds):
    before = time.monotonic()
    with pytest.raises(ProjectionError, match="did not finish in the time"):
        tsne(cloud(300, 5), perplexity=5, seed=1, seconds=seconds)
    assert time.monotonic() - before < 2


def test_waiting_for_a_turn_counts_as_time(monkeypatch):
    monkeypatch.setattr(tsne_module, "CHILDREN", threading.BoundedSemaphore(1))
    with tsne_module.CHILDREN, pytest.raises(ProjectionError, match="did not finish in the time"):
        tsne(cloud(6, 3), perplexity=2, seed=1, seconds=0.05)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_crash_is_one_sentence(monkeypatch, tmp_path, caplog):
    matrix = cloud(6, 3)
    dies = tmp_path / "dies.py"
    dies.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)\n")
    lies = tmp_path / "lies.py"
    lies.write_text("print('not an array')\n")
    for script in (dies, lies):
        with monkeypatch.context() as patch:
            patch.setattr(tsne_module, "SCRIPT", script)
            patch.setattr(tsne_module, "KEPT", [])
            with pytest.raises(ProjectionError, match=r"^t-SNE failed on these vectors; .*\.$"):
                tsne(matrix, perplexity=8, seed=1)
    assert "ended with code -11" in caplog.text
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(tmp_path / "no-python"))
        patch.setattr(tsne_module, "KEPT", [])
        here = tsne(matrix, perplexity=8, seed=1)
    assert np.array_equal(here, tsne(matrix, perplexity=8, seed=1)), "no process can be started: drawn in this one"


def test_the_child_ignores_its_own_folder_and_what_libraries_print(monkeypatch, tmp_path):
    script = tsne_module.SCRIPT.read_text().replace("    model =", "    print('hello')\n    model =")
    assert "hello" in script
    (tmp_path / "tsne_process.py").write_text(script)
    (tmp_path / "joblib.py").write_text("raise RuntimeError('not the joblib that scikit-learn needs')\n")
    monkeypatch.setattr(tsne_module, "SCRIPT", tmp_path / "tsne_process.py")
    monkeypatch.setattr(tsne_module, "KEPT", [])
    assert tsne(cloud(6, 3), perplexity=2, seed=1).shape == (6, 2)


def test_without_scikit_learn_there_is_a_sentence(monkeypatch, tmp_path):
    (tmp_path / "sklearn").mkdir()
    (tmp_path / "sklearn" / "__init__.py").write_text("raise ImportError\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(tsne_module, "KEPT", [])
    with pytest.raises(ProjectionError, match="needs scikit-learn"):
        tsne(cloud(6, 3), perplexity=2, seed=1)


def test_tsne_works_from_another_folder_and_leaves_scikit_learn_outside(tmp_path):
    code = (
        "import sys, numpy as np; from w2v import tsne\n"
        "points = tsne(np.random.default_rng(0).normal(size=(10, 3)), perplexity=3, seed=1)\n"
        "assert points.shape == (10, 2)\n"
        "assert 'sklearn' not in sys.modules and 'scipy.linalg' not in sys.modules\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_usable_perplexity_leaves_three_neighbors_for_each():
    assert usable_perplexity(100, 30) == 30
    assert usable_perplexity(91, 30) == 30
    assert usable_perplexity(61, 30) == 20
    assert usable_perplexity(4, 30) == 1
    assert usable_perplexity(50, 0.01) == 1


# --- turning the axes of one moment towards those of another -----------------------------------------------


@pytest.mark.parametrize("dim", [2, 3, 8])
def test_turned_axes_give_the_dots_of_align_and_keep_the_picture(dim):
    matrix = cloud(25, dim)
    basis = pca_basis(matrix)
    angle = 2.1
    mirror = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), -np.cos(angle)]])
    reference = basis(matrix) @ mirror + 0.01 * cloud(25, 2, seed=3)
    other = turned(basis, matrix, reference)
    dots, wanted = other(matrix), align(basis(matrix), reference)
    np.testing.assert_allclose(dots, wanted - wanted.mean(axis=0) + dots.mean(axis=0), atol=1e-10)
    np.testing.assert_allclose(other.components @ other.components.T, np.eye(2), atol=1e-12)
    variances = np.square(dots - dots.mean(axis=0)).sum(axis=0) / np.square(matrix - matrix.mean(axis=0)).sum()
    np.testing.assert_allclose(other.explained, variances, rtol=1e-9)
    assert honesty(matrix, dots).variance_kept == pytest.approx(honesty(matrix, basis(matrix)).variance_kept)


def test_turning_towards_itself_changes_nothing_and_one_dimension_stays_on_its_line():
    matrix = cloud(9, 4)
    basis = pca_basis(matrix)
    np.testing.assert_allclose(turned(basis, matrix, basis(matrix)).components, basis.components, atol=1e-12)
    line = pca_basis(matrix[:, :1])
    flipped = turned(line, matrix[:, :1], -line(matrix[:, :1]))
    np.testing.assert_allclose(flipped(matrix[:, :1]), -line(matrix[:, :1]), atol=1e-12)
    with pytest.raises(ProjectionError, match="same words"):
        turned(basis, matrix, np.zeros((8, 2)))
