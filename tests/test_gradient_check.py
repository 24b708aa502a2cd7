"""The gradient check: it passes for every right gradient, and it fails for every mistake that changes something."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.cases import ARCHITECTURES, OBJECTIVES, Problem, example_loss, problems, writable_arrays
from w2v import Config, Example, NegativeSampling, Parameters, Run, Softmax, Trace, trace
from w2v.explain.gradient_check import FEWEST, MISTAKES, MOST, GradientCheck, gradient_check

TEXT = "the king wears a crown . the queen wears a crown . the king and the queen eat bread"


def traced(problem: Problem) -> Trace:
    return trace(problem.parameters, problem.examples[0], problem.objective, problem.draws_of(0))


def check(problem: Problem, **options: object) -> GradientCheck:
    return gradient_check(problem.parameters, traced(problem), problem.objective, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=80)
@given(data=st.data())
def test_every_right_gradient_passes(architecture: str, objective: str, data: st.DataObject) -> None:
    problem = data.draw(problems(architecture, objective, most_examples=1))
    done = check(problem)
    assert done.passed, (done.difference[done.worst], done.allowed)
    assert done.mistake is None
    assert done.allowed < 1e-5 * (1 + done.largest), "a check that allows anything is none"


@settings(max_examples=60)
@given(problem=problems(most_examples=1))
def test_the_differences_are_those_of_the_textbook_loss(problem: Problem) -> None:
    """The same slopes, from the loss written with Python numbers and loops."""
    (example,) = problem.examples
    done = check(problem)
    V, U = problem.parameters.V.tolist(), problem.parameters.U.tolist()
    for matrix, row, column, slope in zip(done.matrix, done.row, done.column, done.numeric, strict=True):
        numbers = (V, U)[matrix][row]
        x = numbers[column]
        losses = []
        for moved in (x + 1e-5, x - 1e-5):
            numbers[column] = moved
            losses.append(example_loss(V, U, example, problem.objective, problem.draws_of(0)))
        numbers[column] = x
        assert slope == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=2e-8, rel=1e-6)


def possible(done: Trace) -> tuple[str, ...]:
    """The mistakes that change something for this example, of two vectors per word."""
    inputs, rows = done.example.inputs, done.rows
    can = {
        "push": bool((done.labels == 0).any()),
        "share": len(inputs) > 1,
        "repeat": len(set(inputs)) < len(inputs) or len(np.unique(rows)) < len(rows),
        "place": False,
    }
    return tuple(name for name in MISTAKES if can.get(name, True))


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=40)
@given(data=st.data())
def test_every_mistake_is_found(architecture: str, objective: str, mistake: str, data: st.DataObject) -> None:
    problem = data.draw(problems(architecture, objective, most_examples=1))
    right, wrong = check(problem), check(problem, mistake=mistake)
    assert np.array_equal(right.numeric, wrong.numeric), "the slopes know nothing of the mistake"
    if mistake not in possible(traced(problem)):
        assert np.array_equal(right.analytic, wrong.analytic)
        return
    off = np.abs(right.analytic - wrong.analytic).max()  # what the mistake changes, by itself
    assume(off > 1e-4 * (1 + right.largest))
    assert not wrong.passed
    assert wrong.n_wrong > 0
    assert wrong.difference[wrong.worst] == wrong.difference.max()


def test_each_mistake_changes_what_its_name_says() -> None:
    rng = np.random.default_rng(4)
    parameters = Parameters(rng.normal(size=(5, 3)), rng.normal(size=(5, 3)))
    done = trace(parameters, Example((1, 1, 3), 2), NegativeSampling(3, np.full(5, 0.2)), [4, 4, 2])
    assert possible(done) == tuple(name for name in MISTAKES if name != "place")
    objective = NegativeSampling(3, np.full(5, 0.2))
    right = gradient_check(parameters, done, objective)

    def parts(mistake: str) -> tuple[np.ndarray, np.ndarray]:
        wrong = gradient_check(parameters, done, objective, mistake=mistake)
        return wrong.analytic[wrong.matrix == 0].reshape(2, 3), wrong.analytic[wrong.matrix == 1].reshape(2, 3)

    V, U = right.analytic[right.matrix == 0].reshape(2, 3), right.analytic[right.matrix == 1].reshape(2, 3)
    assert right.row[::3].tolist() == [1, 3, 2, 4]  # words of V, then rows of U
    assert right.column[:3].tolist() == [0, 1, 2]
    np.testing.assert_allclose(parts("share")[0], 3 * V)
    np.testing.assert_array_equal(parts("share")[1], U)
    np.testing.assert_allclose(parts("sign")[0], -V)
    np.testing.assert_allclose(parts("sign")[1], -U)
    np.testing.assert_allclose(parts("repeat")[0], [V[0] / 2, V[1]])
    np.testing.assert_allclose(parts("repeat")[1][1], U[1] / 2)
    np.testing.assert_allclose(parts("push")[1], [done.error[0] * done.h, np.zeros(3)])
    np.testing.assert_allclose(parts("expected")[0], [-2 * parameters.U[2] / 3, -parameters.U[2] / 3])
    np.testing.assert_array_equal(parts("expected")[1], U)


def test_a_large_gradient_is_sampled_the_same_way_every_time() -> None:
    rng = np.random.default_rng(0)
    parameters = Parameters(rng.normal(size=(60, 20)), rng.normal(size=(60, 20)))
    objective = NegativeSampling(30, np.full(60, 1 / 60))
    done = trace(parameters, Example((3, 5), 7), objective, np.arange(10, 40))
    everything = gradient_check(parameters, done, objective, most=10_000)
    assert (everything.n_entries, len(everything.numeric)) == (660, 660)
    some, again, other = (gradient_check(parameters, done, objective, seed=seed) for seed in (0, 0, 1))
    assert (some.n_entries, len(some.numeric)) == (660, MOST)
    assert (some.matrix == 0).sum() == round(MOST * 40 / 660)
    assert np.array_equal(some.row, again.row)
    assert not np.array_equal(some.row, other.row)
    slopes = {
        (m, r, c): s for m, r, c, s in zip(everything.matrix, everything.row, everything.column, everything.numeric)
    }
    assert all(slopes[m, r, c] == s for m, r, c, s in zip(some.matrix, some.row, some.column, some.numeric))
    assert some.passed
    tiny = gradient_check(parameters, done, objective, most=2)
    assert sorted(tiny.matrix.tolist()) == [0, 1], "one of each matrix"


def test_a_very_large_model_is_checked_in_little_time() -> None:
    rng = np.random.default_rng(0)
    parameters = Parameters(rng.normal(size=(5000, 100)), rng.normal(size=(5000, 100)) / 10)
    run = Run(Config(TEXT, epochs=1))
    done = trace(parameters, Example((3,), 7), run.plan.objective)
    checked = gradient_check(parameters, done, run.plan.objective)
    assert len(checked.numeric) == FEWEST
    assert checked.n_entries == 5001 * 100
    assert checked.passed


@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0, 900.0])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_it_holds_for_tiny_and_for_huge_vectors(objective: str, scale: float) -> None:
    """Up to the size at which a run is stopped as diverged."""
    run = Run(Config(TEXT, objective=objective, epochs=1, init_scale=0.5))  # type: ignore[arg-type]
    step = run.step(3)
    at = Parameters(step.before.V * 2 * scale, step.before.U * 2 * scale)
    draws = step.traces[0].rows[1:] if objective == "negative" else None
    done = trace(at, step.traces[0].example, run.plan.objective, draws)
    right = gradient_check(at, done, run.plan.objective)
    assert right.passed, (right.difference.max(), right.allowed)
    if right.largest > 1e-3:
        assert not gradient_check(at, done, run.plan.objective, mistake="sign").passed


def test_nothing_that_was_given_or_is_returned_can_change() -> None:
    run = Run(Config(TEXT, epochs=1))
    step = run.step(0)
    V, U = step.before.V.copy(), step.before.U.copy()
    done = gradient_check(step.before, step.traces[0], run.plan.objective)
    assert np.array_equal(V, step.before.V)
    assert np.array_equal(U, step.before.U)
    assert writable_arrays(done) == []
    with pytest.raises(ValueError, match="There is no mistake 'none'"):
        gradient_check(step.before, step.traces[0], run.plan.objective, mistake="none")
    assert replace(done, mistake="x").mistake == "x"


@settings(max_examples=80)
@given(problem=problems(objective="softmax", most_examples=1), other=problems(objective="negative", most_examples=1))
def test_of_one_vector_per_word_the_one_matrix_is_checked(problem: Problem, other: Problem) -> None:
    """Each number once, moved in both of its places: the slope of the textbook loss, and what an update subtracts."""
    for each in (problem, other):
        one = replace(each, parameters=Parameters(each.parameters.V, each.parameters.V))
        done = check(one)
        assert done.passed, (done.difference[done.worst], done.allowed)
        assert not done.matrix.any()
        assert len(done.analytic) == done.n_entries == len(set(zip(done.row, done.column)))
        subtracted = one.parameters.V - one.step(1.0)[0].V
        np.testing.assert_allclose(done.analytic, subtracted[done.row, done.column], rtol=1e-9, atol=1e-12)
        numbers = one.parameters.V.tolist()
        for row, column, slope in zip(done.row, done.column, done.numeric, strict=True):
            x = numbers[row][column]
            losses = []
            for moved in (x + 1e-5, x - 1e-5):
                numbers[row][column] = moved
                losses.append(example_loss(numbers, numbers, one.examples[0], one.objective, one.draws_of(0)))
            numbers[row][column] = x
            assert slope == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=2e-8, rel=1e-6)


@pytest.mark.parametrize("mistake", MISTAKES)
@settings(max_examples=40)
@given(problem=problems("cbow", "negative", most_examples=1))
def test_of_one_vector_per_word_mistakes_are_found_too(mistake: str, problem: Problem) -> None:
    one = replace(problem, parameters=Parameters(problem.parameters.V, problem.parameters.V))
    right, wrong = check(one), check(one, mistake=mistake)
    assert np.array_equal(right.numeric, wrong.numeric)
    assume(np.abs(right.analytic - wrong.analytic).max() > 1e-4 * (1 + right.largest))
    assert not wrong.passed


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_one_vector_needs_what_it_gets_as_output_too(architecture: str, objective: str) -> None:
    """A row that is only an output would stand still, and an input would move by half of its reasons."""
    run = Run(Config(TEXT, architecture=architecture, objective=objective, one_vector=True, epochs=1))  # type: ignore[arg-type]
    step = run.step(5)
    (done,) = step.traces
    wrong = gradient_check(step.before, done, run.plan.objective, mistake="place")
    as_input = np.zeros_like(step.before.V)
    np.add.at(as_input, list(done.example.inputs), done.grad_V)
    np.testing.assert_allclose(wrong.analytic, as_input[wrong.row, wrong.column], atol=1e-12)
    outputs = np.setdiff1d(done.rows, done.example.inputs)
    assert not wrong.analytic[np.isin(wrong.row, outputs)].any()
    assert not wrong.passed
    assert wrong.n_wrong > len(wrong.numeric) / 2


def test_of_one_large_matrix_a_sample_is_checked() -> None:
    matrix = np.random.default_rng(1).normal(size=(60, 20))
    parameters = Parameters(matrix, matrix)
    done = gradient_check(parameters, trace(parameters, Example((3,), 7), Softmax()), Softmax())
    assert done.passed
    assert (len(done.analytic), done.n_entries) == (MOST, 1200)
    assert not done.matrix.any()
