"""The goal of a run: its losses against plain sums over all examples, and as bounds that nothing passes."""

import itertools
import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from tests.cases import ARCHITECTURES, OBJECTIVES, corpus_of, example_loss, oracle, text_of, texts
from w2v import (
    Config,
    Counts,
    Example,
    Goal,
    HierarchicalSoftmax,
    NegativeSampling,
    Objective,
    Parameters,
    Plan,
    Run,
    Softmax,
    count_pairs,
    prediction,
    step,
    trace,
    unigram_noise,
)
from w2v.objectives.negative import REDRAWS, expected_negatives, negative_floor

GRID = [(a, o) for a in ARCHITECTURES for o in OBJECTIVES]


def plan_of(text: str, architecture: str, objective: str, **settings: object) -> Plan:
    wanted = {"window": 2, "epochs": 1, "dim": 2, "negatives": 1} | settings
    return Plan(Config(text, architecture=architecture, objective=objective, **wanted))  # type: ignore[arg-type]


def examples_of(plan: Plan) -> list[Example]:
    return [Example(i, t) for _, group in plan.updates(0, plan.n_steps) for i, t, _ in group]


def some_parameters(plan: Plan, seed: int, size: float) -> Parameters:
    rng = np.random.default_rng(seed)
    rows = plan.objective.n_rows(plan.n_words)
    return Parameters(size * rng.normal(size=(plan.n_words, 2)), size * rng.normal(size=(rows, 2)))


def ways_to_draw(noise: np.ndarray, target: int) -> Iterator[tuple[float, list[int]]]:
    """Every outcome of drawing one negative, with its probability: draw, and while it is the target, draw again."""
    left = 1.0
    for _ in range(1 + REDRAWS):
        for word, p in enumerate(noise):
            if word != target:
                yield left * p, [word]
        left *= noise[target]
    yield left, []  # dropped


def expected_loss(parameters: Parameters, example: Example, objective: Objective) -> float:
    """The loss of one example, for negative sampling averaged over all ways to draw k negatives."""
    V, U = parameters.V.tolist(), parameters.U.tolist()
    if not isinstance(objective, NegativeSampling):
        return example_loss(V, U, example, objective, None)
    outcomes = list(ways_to_draw(objective.noise, example.target))
    return math.fsum(
        math.prod(p for p, _ in way) * example_loss(V, U, example, objective, [w for _, drawn in way for w in drawn])
        for way in itertools.product(outcomes, repeat=objective.k)
    )


SIZES = st.floats(0.0, 3.0)
SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize(("architecture", "objective"), GRID)
@settings(max_examples=20)
@given(text=texts(4, 2, 5), seed=SEEDS, size=SIZES)
def test_mean_loss_is_the_mean_over_all_examples(
    architecture: str, objective: str, text: str, seed: int, size: float
) -> None:
    plan = plan_of(text, architecture, objective)
    parameters = some_parameters(plan, seed, size)
    losses = [expected_loss(parameters, example, plan.objective) for example in examples_of(plan)]
    expected, came = math.fsum(losses) / len(losses), plan.goal.mean_loss(parameters)
    assert came == pytest.approx(expected, rel=1e-11), f"expected {expected}, came {came}"


def test_mean_loss_with_two_negatives() -> None:
    plan = plan_of(text_of([[0, 1, 0], [2, 0]]), "skip-gram", "negative", negatives=2)
    parameters = some_parameters(plan, 0, 1.0)
    losses = [expected_loss(parameters, example, plan.objective) for example in examples_of(plan)]
    assert plan.goal.mean_loss(parameters) == pytest.approx(math.fsum(losses) / len(losses), rel=1e-11)


@pytest.mark.parametrize(("architecture", "objective"), GRID)
def test_mean_loss_is_finite_and_right_at_huge_scores(architecture: str, objective: str) -> None:
    """Vectors of length 1,000, the largest that a run may have: scores of a million."""
    plan = plan_of(text_of([[0, 1, 2, 0, 3]]), architecture, objective)
    parameters = some_parameters(plan, 1, 1000.0)
    losses = [expected_loss(parameters, example, plan.objective) for example in examples_of(plan)]
    came = plan.goal.mean_loss(parameters)
    assert came == pytest.approx(math.fsum(losses) / len(losses), rel=1e-11)


@pytest.mark.parametrize(("architecture", "objective"), GRID)
@given(text=texts(), seed=SEEDS, size=SIZES)
def test_no_parameters_go_below_the_floor(architecture: str, objective: str, text: str, seed: int, size: float) -> None:
    plan = plan_of(text, architecture, objective, negatives=3)
    loss, floor = plan.goal.mean_loss(some_parameters(plan, seed, size)), plan.goal.floor
    assert loss >= floor - 1e-12, f"the floor is {floor}, but these parameters reach {loss}"


@pytest.mark.parametrize(("architecture", "objective"), GRID)
@settings(max_examples=20)
@given(text=texts())
def test_the_target_reaches_the_floor(architecture: str, objective: str, text: str) -> None:
    """The loss of saying exactly `Goal.target` is `Goal.floor`, summed example by example."""
    plan = plan_of(text, architecture, objective, negatives=3)
    goal, rows = plan.goal, plan.goal_rows(0)
    losses = []
    for example, row in zip(examples_of(plan), rows):
        said = goal.target(row)
        assert goal.inputs[row] == tuple(sorted(example.inputs))
        losses.append(-math.log(said[example.target]))
        if isinstance(plan.objective, NegativeSampling):
            ways = ways_to_draw(plan.objective.noise, example.target)
            losses[-1] -= 3 * math.fsum(p * math.log1p(-said[word]) for p, drawn in ways for word in drawn if p)
    assert goal.floor == pytest.approx(math.fsum(losses) / len(losses), rel=1e-11, abs=1e-14)


@pytest.mark.parametrize(("architecture", "objective"), GRID)
@given(text=texts())
def test_uniform_is_the_loss_of_knowing_nothing(architecture: str, objective: str, text: str) -> None:
    """With U at zero every answer of a sigmoid is 1/2 and every word of the softmax as likely as any other."""
    plan = plan_of(text, architecture, objective)
    nothing = some_parameters(plan, 0, 0.0)
    if objective == "hierarchical":  # U = 0 there means: by the depth in the tree
        assert plan.goal.uniform == math.log(plan.n_words)
    else:
        assert plan.goal.mean_loss(nothing) == pytest.approx(plan.goal.uniform, rel=1e-13)


@given(texts())
def test_unigram_is_the_loss_of_saying_how_often_words_are_targets(text: str) -> None:
    goal = plan_of(text, "skip-gram", "softmax").goal
    shares = goal.counts.target_totals / goal.counts.total
    n = len(shares)
    with np.errstate(divide="ignore"):
        always = Parameters(np.ones((n, 1)), np.maximum(np.log(shares), -1e3)[:, None])
    assert goal.unigram == pytest.approx(goal.mean_loss(always), rel=1e-12)
    assert plan_of(text, "skip-gram", "negative").goal.unigram is None


def test_share_of_the_way() -> None:
    goal = plan_of(text_of([[0, 1, 2, 0]]), "skip-gram", "softmax").goal
    middle = (goal.uniform + goal.floor) / 2
    came = [goal.share_of_the_way(loss) for loss in (goal.uniform, middle, goal.floor)]
    assert came == pytest.approx([0, 0.5, 1])


# --- the known text ------------------------------------------------------------------------------------------


def known_counts() -> tuple[dict, Counts]:  # type: ignore[type-arg]
    known = oracle("closed_forms")
    return known, count_pairs(corpus_of(known["sentences"]), known["window"])


def test_floor_of_negative_sampling_of_the_known_text() -> None:
    """Where a draw of the target stays a negative (no redraws), as Levy and Goldberg 2014 have it."""
    known, counts = known_counts()
    objective = NegativeSampling(known["negative_k"], unigram_noise(known["counts"]))
    came = negative_floor(counts, objective, redraws=0)
    assert came == pytest.approx(known["negative_floor"], rel=1e-13), f"expected {known['negative_floor']}, came {came}"


def test_best_scores_of_negative_sampling_of_the_known_text() -> None:
    """The best answer n / (n + m) has the score log(n / m), the shifted mutual information of the paper."""
    known, counts = known_counts()
    objective = NegativeSampling(known["negative_k"], unigram_noise(known["counts"]))
    n = counts.matrix.toarray()
    m = expected_negatives(n.astype(float), objective, redraws=0)
    for place, expected in np.ndenumerate(np.array(known["negative_optimal_scores"], dtype=object)):
        if expected is None:
            assert n[place] == 0
        else:
            assert math.log(n[place] / m[place]) == pytest.approx(expected, abs=1e-13)


@pytest.mark.parametrize(
    ("objective", "name"), [("softmax", "full_softmax_per_pair"), ("negative", "negative_sampling_k5_per_pair")]
)
def test_loss_of_the_known_text_with_empty_outputs(objective: str, name: str) -> None:
    known = oracle("closed_forms")
    plan = plan_of(text_of(known["sentences"]), "skip-gram", objective, negatives=5)
    nothing = Parameters(np.ones((17, 3)), np.zeros((17, 3)))
    draws = [np.zeros(5, int)] if objective == "negative" else None
    loss = trace(nothing, examples_of(plan)[0], plan.objective, draws and draws[0]).loss
    assert loss == pytest.approx(known["loss_at_zero_outputs"][name], rel=1e-15)


def test_empty_outputs_of_the_tree_cost_ln_2_for_each_turn() -> None:
    plan = plan_of(text_of(oracle("closed_forms")["sentences"]), "skip-gram", "hierarchical")
    assert isinstance(plan.objective, HierarchicalSoftmax)
    nothing = Parameters(np.ones((17, 3)), np.zeros((16, 3)))
    for word, code in enumerate(plan.objective.tree.codes):
        loss = trace(nothing, Example((0,), word), plan.objective).loss
        assert loss == pytest.approx(len(code) * math.log(2), rel=1e-15)


def lowest_loss(
    n: np.ndarray, dim: int, rng: np.random.Generator, enough: float
) -> tuple[float, Parameters, np.ndarray]:
    """Full softmax on all pairs by a general minimiser, nothing of ours: the loss, where it is, the slope there."""
    total, of_center, size = n.sum(), n.sum(axis=1, keepdims=True), len(n)

    def loss_and_slope(flat: np.ndarray) -> tuple[float, np.ndarray]:
        V, U = flat.reshape(2, size, dim)
        scores = V @ U.T
        log_P = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        error = (of_center * np.exp(log_P) - n) / total
        return -float((n * log_P).sum()) / total, np.concatenate([(error @ U).ravel(), (error.T @ V).ravel()])

    lowest = None
    for _ in range(20):  # one dimension is full of local minima
        start = rng.normal(size=2 * size * dim)
        found = minimize(loss_and_slope, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000})
        if lowest is None or found.fun < lowest.fun:
            lowest = found
        if lowest.fun < enough:
            break
    shape = (2, size, dim)
    return float(lowest.fun), Parameters(*lowest.x.reshape(shape)), lowest.jac.reshape(shape)


@pytest.mark.parametrize("dim", [1, 2, 5, 17])
def test_best_loss_by_dimension_of_the_known_text(dim: int) -> None:
    """At the lowest point that a general minimiser finds, our loss is its loss and our update its slope.

    The known figures are the best of another program's descents, so they bound the true minimum from above;
    the floor bounds it from below, and with as many dimensions as words it is reached.
    """
    known, counts = known_counts()
    n, known_best = counts.matrix.toarray(), known["best_by_dimension"][str(dim)]
    lowest, there, slope = lowest_loss(n, dim, np.random.default_rng(dim), known_best + 1e-4)
    goal = Goal(counts, tuple((c,) for c in range(17)), Softmax())
    assert goal.mean_loss(there) == pytest.approx(lowest, rel=1e-12)
    assert lowest < known_best + 1e-4, f"{dim} dimensions can come down to {known_best}, but we came to {lowest}"
    assert lowest >= goal.floor, f"the floor is {goal.floor}, but we came to {lowest}"

    examples = [Example((c,), o) for (c, o), times in np.ndenumerate(n) for _ in range(times)]
    after, record = step(there, examples, Softmax(), 1.0, reduction="mean")
    assert record.loss == pytest.approx(lowest, rel=1e-12)
    moved = np.stack([there.V - after.V, there.U - after.U])
    # to the digits that are left of the scores, which go into the thousands in one dimension
    np.testing.assert_allclose(moved, slope, rtol=0, atol=1e-9, err_msg="one update is the slope")


def test_with_as_many_dimensions_as_words_training_goes_to_the_floor() -> None:
    """Also one pair at a time, and P(o|c) goes to the count ratios."""
    text = text_of([[0, 1, 2, 3, 0, 4], [1, 3, 1, 2, 4, 0], [4, 2, 0]])
    run = Run(Config(text, dim=5, epochs=1000, learning_rate=0.5, window=1))
    goal, end = run.plan.goal, run.parameters(run.n_steps)
    above = goal.mean_loss(end) - goal.floor
    assert 0 <= above < 0.02, f"expected to end at most 0.02 nats above the floor of {goal.floor}, came {above}"
    for c in range(5):
        off = np.abs(prediction(end, (c,), Softmax()) - goal.target(c)).max()
        assert off < 0.05, f"P(.|{c}) should be near {goal.target(c)}, but is {off} away"
