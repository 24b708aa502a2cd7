"""Push and pull: the steps are those of the update, the plane holds h and the most variance, the centroid rests."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import OBJECTIVES, Problem, problems, writable_arrays
from w2v import Config, Run
from w2v.explain.push_pull import plane_with, push_pull

TEXT = "the king wears a crown . the queen wears a crown . the king and the queen eat bread"


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=60)
@given(data=st.data())
def test_the_steps_of_all_examples_make_the_update(objective: str, data: st.DataObject) -> None:
    problem: Problem = data.draw(problems(objective=objective))
    after, step = problem.step(0.3)
    V, U = problem.parameters.V.copy(), problem.parameters.U.copy()
    for trace in step.traces:
        moved = push_pull(step, trace, problem.reduction)  # type: ignore[arg-type]
        V[moved.words] += moved.steps_V
        U[moved.rows] += moved.steps_U
        assert writable_arrays(moved) == []
        assert (moved.steps_U @ trace.h * moved.errors <= 0).all(), "positive errors push away from h"
    np.testing.assert_allclose(V, after.V, rtol=0, atol=1e-12)
    np.testing.assert_allclose(U, after.U, rtol=0, atol=1e-12)
    np.testing.assert_allclose(moved.drift, (after.U - problem.parameters.U).mean(axis=0), rtol=0, atol=1e-12)


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1), dim=st.integers(3, 7), n=st.integers(2, 12))
def test_no_plane_with_h_in_it_keeps_more(seed: int, dim: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    h, U = rng.normal(size=dim), rng.normal(size=(n, dim)) * rng.uniform(0, 2, dim)
    plane = plane_with(h, U)
    e, f = plane.components
    np.testing.assert_allclose(plane.components @ plane.components.T, np.eye(2), atol=1e-9)
    np.testing.assert_allclose(plane(h[None])[0], [np.linalg.norm(h), 0], atol=1e-9)
    around = U - U.mean(axis=0)
    kept = np.square(around @ f).sum()
    for other in rng.normal(size=(50, dim)):
        other -= e * (e @ other)
        other /= np.linalg.norm(other)
        assert np.square(around @ other).sum() <= kept + 1e-9
    share = np.square(around @ plane.components.T).sum() / np.square(around).sum()
    assert plane.explained.sum() == pytest.approx(share)


def test_two_dimensions_are_shown_as_they_are_and_one_as_a_line() -> None:
    rng = np.random.default_rng(0)
    U = rng.normal(size=(9, 2))
    plane = plane_with(rng.normal(size=2), U)
    assert np.array_equal(plane(U), U)
    assert plane.explained.sum() == pytest.approx(1)
    line = plane_with(np.ones(1), U[:, :1])
    assert np.array_equal(line(U[:, :1]), np.column_stack([U[:, 0], np.zeros(9)]))
    assert line.explained.tolist() == pytest.approx([1, 0])


def test_without_a_direction_the_rows_choose() -> None:
    U = np.random.default_rng(0).normal(size=(20, 4)) * [3, 1, 2, 0.1]
    plane = plane_with(np.zeros(4), U)
    shares = np.linalg.svd(U - U.mean(axis=0), compute_uv=False) ** 2
    np.testing.assert_allclose(plane.explained, shares[:2] / shares.sum())


def test_an_axis_along_which_nothing_varies_is_missing() -> None:
    h = np.array([0.0, 0.0, 1.0])
    for U in (np.ones((4, 3)), np.outer(np.arange(4), h), np.zeros((1, 3))):
        plane = plane_with(h, U)
        assert plane.components.tolist() == [[0, 0, 1], [0, 0, 0]]
        assert plane.explained.tolist() == pytest.approx([float(np.ptp(U) > 0 and U[0, 0] == 0), 0])
    nothing = plane_with(np.zeros(3), np.zeros((2, 3)))
    assert not nothing.components.any()


def test_only_full_softmax_leaves_the_centroid_of_U_where_it_is() -> None:
    drift = {}
    for objective in OBJECTIVES:
        run = Run(Config(TEXT, objective=objective, epochs=2))  # type: ignore[arg-type]
        moved = [push_pull(step, step.traces[0]) for step in map(run.step, range(run.n_steps))]
        drift[objective] = [float(np.linalg.norm(m.drift)) for m in moved]
    assert max(drift["softmax"]) < 1e-15
    assert min(drift["negative"]) > 1e-6
    assert min(drift["hierarchical"]) > 1e-6
