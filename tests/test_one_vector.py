"""One vector per word: U is V, and what moves a word as a context moves it as a center too."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import (
    ARCHITECTURES,
    BATCHINGS,
    REDUCTIONS,
    Problem,
    log_sum_exp,
    problems,
    same_bits,
    same_parameters,
    softplus,
    text_of,
    textbook_loss,
)
from w2v import Config, Corpus, Example, Parameters, Plan, Run, step, train_whole_text
from w2v import run as run_module
from w2v.files.saved_run_reader import read_saved_run
from w2v.files.saved_runs import saved_run
from w2v.learning import descend
from w2v.slices import finished
from w2v.way_out import WayOut
from w2v.whole.trainers import trainer_of

TEXT = text_of([[0, 1, 2, 3, 0, 4], [1, 1, 3, 2, 4, 0], [4, 2, 0]])
OF_WORDS = ("softmax", "negative")  # objectives whose rows of U are words


def config_of(**changed: object) -> Config:
    small = {"dim": 3, "epochs": 4, "window": 2, "negatives": 2, "batch_size": 7, "one_vector": True}
    return Config(TEXT, **{**small, **changed})  # type: ignore[arg-type]


@st.composite
def shared_problems(draw: st.DrawFn, most_examples: int = 4) -> Problem:
    """Any small update of a model with one vector per word; inputs are often predicted words or draws too."""
    problem = draw(problems(objective=draw(st.sampled_from(OF_WORDS)), most_examples=most_examples))
    return replace(problem, parameters=Parameters(problem.parameters.V, problem.parameters.V))


# --- one matrix ----------------------------------------------------------------------------------------------


def test_the_same_matrix_for_both_stays_one() -> None:
    matrix = np.ones((2, 3))
    one, two = Parameters(matrix, matrix), Parameters(matrix, matrix.copy())
    assert one.U is one.V
    assert two.U is not two.V


@given(shared_problems(), st.floats(0.01, 1))
def test_an_update_leaves_one_matrix_and_its_input_alone(problem: Problem, rate: float) -> None:
    before = problem.parameters.V.copy()
    after, _ = problem.step(rate)
    assert after.U is after.V
    assert same_bits(problem.parameters.V, before)


@pytest.mark.parametrize("objective", OF_WORDS)
def test_a_run_begins_with_the_same_vectors_of_centers_as_with_two(objective: str) -> None:
    one, two = (Plan(config_of(objective=objective, one_vector=which)).initial_parameters() for which in (True, False))
    assert one.U is one.V
    assert same_bits(one.V, two.V)


# --- the gradient --------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(shared_problems())
def test_the_gradient_is_the_slope_of_the_textbook_loss(problem: Problem) -> None:
    """Each number is moved as a center and as a context at once."""
    numbers, width = problem.parameters.V.tolist(), 1e-5
    slope = np.zeros_like(problem.parameters.V)
    for row, column in np.ndindex(slope.shape):
        middle = numbers[row][column]
        losses = []
        for moved in (middle + width, middle - width):
            numbers[row][column] = moved
            losses.append(textbook_loss(numbers, numbers, problem))
        numbers[row][column] = middle
        slope[row, column] = (losses[0] - losses[1]) / (2 * width)
    came = problem.parameters.V - problem.step(1.0)[0].V
    allowed = 1e-6 * float(np.abs(slope).max()) + 1e-9
    assert float(np.abs(came - slope).max()) <= allowed, f"expected\n{slope}\ncame\n{came}"


@given(shared_problems())
def test_it_is_the_sum_of_both_parts(problem: Problem) -> None:
    """The same numbers in two matrices, which move apart; added up they moved the one."""
    parted = Parameters(problem.parameters.V, problem.parameters.V.copy())
    start, two = problem.parameters.V, problem.step(0.5, parted)[0]
    expected = start + (two.V - start) + (two.U - start)
    np.testing.assert_allclose(problem.step(0.5)[0].V, expected, rtol=1e-12, atol=1e-13)


@given(shared_problems(), st.floats(0.01, 1))
def test_the_fast_way_goes_to_the_same_bits(problem: Problem, rate: float) -> None:
    after, record = problem.step(rate)
    shared = problem.parameters.V.copy()
    draws = [None if d is None else np.array(d, int) for d in problem.draws or [None] * len(problem.examples)]
    raw = [(e.inputs, e.target, d) for e, d in zip(problem.examples, draws)]
    V, U, loss, _ = descend(shared, shared, raw, problem.objective, rate, problem.reduction)  # type: ignore[arg-type]
    assert V is U is shared
    assert same_bits(V, after.V)
    assert loss == record.loss


# --- whole runs against a loop over Python numbers -----------------------------------------------------------

Vector = list[float]


def plain_run(config: Config) -> tuple[list[Vector], list[float]]:
    """The run once more, with one list of vectors and nothing of ours but the order of the examples and the draws."""
    plan = Plan(config)
    W = plan.initial_parameters().V.tolist()
    losses = []
    for rate, group in plan.updates(0, plan.n_steps):
        share = 1 / len(group) if config.reduction == "mean" else 1
        slopes = [[0.0] * config.dim for _ in W]
        loss = 0.0
        for inputs, target, draws in group:
            asked = range(len(W)) if draws is None else [target, *draws.tolist()]
            loss += add_slopes(W, inputs, target, asked, draws is None, slopes)
        losses.append(loss * share)
        W = [[x - rate * share * s for x, s in zip(row, slope)] for row, slope in zip(W, slopes)]
    return W, losses


def add_slopes(
    W: list[Vector], inputs: Sequence[int], target: int, asked: Sequence[int], compete: bool, slopes: list[Vector]
) -> float:
    """Add the slope of one example's loss to `slopes`, and return the loss. The first that is asked is the true one,
    unless all compete."""
    h = [math.fsum(W[i][d] for i in inputs) / len(inputs) for d in range(len(W[0]))]
    scores = [math.fsum(x * y for x, y in zip(W[word], h)) for word in asked]
    if compete:
        log_Z = log_sum_exp(scores)
        errors = [math.exp(score - log_Z) - (word == target) for word, score in zip(asked, scores)]
        loss = log_Z - scores[target]
    else:
        labels = [1, *[0] * (len(scores) - 1)]
        errors = [1 / (1 + math.exp(-score)) - label for score, label in zip(scores, labels)]
        loss = math.fsum(softplus(-score if label else score) for score, label in zip(scores, labels))
    for word, error in zip(asked, errors):
        for d, x in enumerate(h):
            slopes[word][d] += error * x
            for i in inputs:
                slopes[i][d] += error * W[word][d] / len(inputs)
    return loss


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OF_WORDS)
@pytest.mark.parametrize("batching", BATCHINGS)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_a_run_is_the_plain_loop(architecture: str, objective: str, batching: str, reduction: str) -> None:
    config = config_of(
        architecture=architecture, objective=objective, batching=batching, reduction=reduction, learning_rate=0.05
    )
    run, (expected, losses) = Run(config), plain_run(config)
    end = run.parameters(run.n_steps)
    assert end.U is end.V
    np.testing.assert_allclose(end.V, expected, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(run.losses, losses, rtol=1e-9)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OF_WORDS)
@pytest.mark.parametrize("batching", BATCHINGS)
def test_replay_is_the_walk_bit_for_bit(
    architecture: str, objective: str, batching: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "KEYFRAME_BYTES", 1000)
    for reduction, dynamic in itertools.product(REDUCTIONS, (False, True)):
        config = config_of(
            architecture=architecture,
            objective=objective,
            batching=batching,
            reduction=reduction,
            dynamic_window=dynamic,
        )
        run, plan = Run(config), Plan(config)
        parameters = plan.initial_parameters()
        for t, (rate, group) in enumerate(plan.updates(0, plan.n_steps)):
            at = run.parameters(t)
            assert at.U is at.V
            assert same_parameters(at, parameters)
            examples = [Example(inputs, target) for inputs, target, _ in group]
            draws = None if group[0][2] is None else [drawn for _, _, drawn in group]
            parameters, record = step(parameters, examples, plan.objective, rate, draws, reduction=reduction)  # type: ignore[arg-type]
            assert run.losses[t] == record.loss
            assert same_parameters(run.step(t).after, parameters)
        assert same_parameters(run.parameters(run.n_steps), parameters)


def test_a_diverging_run_keeps_one_matrix() -> None:
    run = Run(config_of(learning_rate=1000.0))
    assert run.stopped is not None
    assert run.stopped.reason == "diverged"
    end = run.parameters(run.n_steps)
    assert end.U is end.V
    assert float(np.abs(end.V).max()) <= 1000


# --- what cannot go together, and what is kept ---------------------------------------------------------------


def test_a_tree_has_no_rows_for_words() -> None:
    with pytest.raises(WayOut, match="choose full softmax or negative sampling, or two vectors") as caught:
        Plan(config_of(objective="hierarchical"))
    assert caught.value.settings == (("objective", "softmax"), ("objective", "negative"))


def test_a_whole_text_is_trained_with_two() -> None:
    config = config_of(trainer="passes")
    corpus = Corpus.read(config.text, config.reading)
    with pytest.raises(WayOut, match="go update by update") as caught:
        trainer_of(config).prepare(config, corpus)
    assert caught.value.settings == (("trainer", "steps"),)
    with pytest.raises(WayOut, match="go update by update"):
        train_whole_text(config)


def test_what_is_too_long_for_updates_is_not_sent_to_passes() -> None:
    long_run = {"epochs": 10_000, "window": 20}
    text = text_of([list(range(30))] * 4)
    for one, ways in ((True, {"epochs"}), (False, {"epochs", "trainer"})):
        with pytest.raises(WayOut) as caught:
            Plan(Config(text, **long_run, one_vector=one))  # type: ignore[arg-type]
        assert {name for name, _ in caught.value.settings} == ways


def test_a_saved_run_comes_back_with_one_matrix() -> None:
    run = Run(config_of())
    read = read_saved_run(saved_run(run))
    assert read.config == run.config
    again = finished(read.replay())
    end = again.parameters(again.n_steps)
    assert end.U is end.V
    assert same_parameters(end, run.parameters(run.n_steps))
