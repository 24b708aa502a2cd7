"""Every gradient against finite differences of the textbook loss, over the whole grid of models."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import ARCHITECTURES, OBJECTIVES, Problem, problems, textbook_loss
from w2v import Example, NegativeSampling, Parameters, trace

TOLERANCE = 1e-6  # relative to the largest entry of the gradient
NOISE = 1e-9  # what central differences of a loss of a few nats cannot tell from 0


def gradient(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """What one descent at rate 1 subtracts from V and U."""
    after, _ = problem.step(1.0)
    return problem.parameters.V - after.V, problem.parameters.U - after.U


def finite_differences(problem: Problem, width: float = 1e-5) -> tuple[np.ndarray, np.ndarray]:
    """(L(x + h) - L(x - h)) / 2h for every single number in V and U."""
    V, U = problem.parameters.V.copy(), problem.parameters.U.copy()
    slopes = []
    for matrix in (V, U):
        slope = np.zeros_like(matrix)
        for place in np.ndindex(matrix.shape):
            middle = matrix[place]
            matrix[place] = middle + width
            above = textbook_loss(V.tolist(), U.tolist(), problem)
            matrix[place] = middle - width
            below = textbook_loss(V.tolist(), U.tolist(), problem)
            matrix[place] = middle
            slope[place] = (above - below) / (2 * width)
        slopes.append(slope)
    return slopes[0], slopes[1]


def assert_same_gradient(came: np.ndarray, expected: np.ndarray, name: str) -> None:
    off = float(np.abs(came - expected).max())
    allowed = TOLERANCE * float(np.abs(expected).max()) + NOISE
    assert off <= allowed, f"{name} is off by {off:.2e}; finite differences give\n{expected}\nbut came\n{came}"


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=150)
@given(data=st.data())
def test_gradient_is_the_slope_of_the_textbook_loss(architecture: str, objective: str, data: st.DataObject) -> None:
    problem = data.draw(problems(architecture, objective))
    expected = finite_differences(problem)
    for name, came, slope in zip(("grad V", "grad U"), gradient(problem), expected):
        assert_same_gradient(came, slope, name)


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=100)
@given(data=st.data())
def test_gradients_written_in_a_trace_add_up_to_the_slope(objective: str, data: st.DataObject) -> None:
    """`grad_U` and `grad_V` of one trace, added place by place, are the whole gradient of that example."""
    problem = data.draw(problems(objective=objective, most_examples=1))
    (example,) = problem.examples
    done = trace(problem.parameters, example, problem.objective, problem.draws_of(0))
    V, U = np.zeros_like(problem.parameters.V), np.zeros_like(problem.parameters.U)
    for word, grad in zip(example.inputs, done.grad_V):
        V[word] += grad
    for row, grad in zip(done.rows, done.grad_U):
        U[row] += grad
    for name, came, slope in zip(("grad V", "grad U"), (V, U), finite_differences(problem)):
        assert_same_gradient(came, slope, name)


@given(problems())
def test_loss_is_the_textbook_loss(problem: Problem) -> None:
    _, record = problem.step(0.1)
    expected = textbook_loss(problem.parameters.V.tolist(), problem.parameters.U.tolist(), problem)
    assert record.loss == pytest.approx(expected, rel=1e-13, abs=1e-14), f"expected {expected}, came {record.loss}"


@given(problems())
def test_slope_along_the_gradient_is_its_squared_length(problem: Problem) -> None:
    """(L(x + h g) - L(x - h g)) / 2h = |g|^2."""
    grad_V, grad_U = gradient(problem)
    squared = float((grad_V**2).sum() + (grad_U**2).sum())
    width = 1e-5 / max(1.0, squared**0.5)
    V, U = problem.parameters.V, problem.parameters.U
    above = textbook_loss((V + width * grad_V).tolist(), (U + width * grad_U).tolist(), problem)
    below = textbook_loss((V - width * grad_V).tolist(), (U - width * grad_U).tolist(), problem)
    slope = (above - below) / (2 * width)
    allowed = 1e-6 * squared + 1e-9 * max(1.0, squared**0.5)
    assert abs(slope - squared) <= allowed, f"expected |g|^2 = {squared}, came a slope of {slope}"


@given(problems())
def test_a_small_step_lowers_the_loss(problem: Problem) -> None:
    """Also with U and V moving together, and by as much as the gradient says."""
    grad_V, grad_U = gradient(problem)
    squared = float((grad_V**2).sum() + (grad_U**2).sum())
    rate = 1e-4 / max(1.0, squared)
    after, record = problem.step(rate)
    gained = record.loss - textbook_loss(after.V.tolist(), after.U.tolist(), problem)
    expected = rate * squared
    assert gained == pytest.approx(expected, rel=0.05, abs=1e-12), f"expected a gain of {expected}, came {gained}"


def test_finite_differences_would_notice_a_lost_repeat() -> None:
    """A check of the check: the gradient without the second of two equal negatives does not pass."""
    rng = np.random.default_rng(0)
    parameters = Parameters(rng.normal(size=(3, 2)), rng.normal(size=(3, 2)))
    noise = np.full(3, 1 / 3)
    example = (Example((0,), 1),)
    twice = Problem(parameters, example, NegativeSampling(2, noise), [[2, 2]], "sum")
    once = Problem(parameters, example, NegativeSampling(2, noise), [[2]], "sum")
    with pytest.raises(AssertionError, match="grad U is off"):
        assert_same_gradient(gradient(once)[1], finite_differences(twice)[1], "grad U")
