"""One update: what it records, what it changes, what it leaves alone, and the identities that must hold."""

from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cases import (
    OBJECTIVES,
    Problem,
    problems,
    same_bits,
    same_parameters,
    writable_arrays,
)
from w2v import (
    Example,
    HierarchicalSoftmax,
    HuffmanTree,
    NegativeSampling,
    Parameters,
    Softmax,
    prediction,
    random_parameters,
    step,
    trace,
)
from w2v.learning import descend

SEEDS = st.integers(0, 2**32 - 1)


def small(seed: int = 0, n_words: int = 4, dim: int = 3) -> Parameters:
    rng = np.random.default_rng(seed)
    return Parameters(rng.normal(size=(n_words, dim)), rng.normal(size=(n_words, dim)))


# --- the update is the textbook loop -------------------------------------------------------------------------


def textbook_step(problem: Problem, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """The update of the module's docstring as plain loops over single numbers."""
    V, U = problem.parameters.V, problem.parameters.U
    new_V, new_U = V.copy(), U.copy()
    scale = rate / len(problem.examples) if problem.reduction == "mean" else rate
    for number, example in enumerate(problem.examples):
        rows, labels = textbook_rows(problem, number)
        h = sum(V[i] for i in example.inputs) / len(example.inputs)
        scores = np.array([float(U[row] @ h) for row in rows])
        if isinstance(problem.objective, Softmax):
            P = np.exp(scores) / np.exp(scores).sum()
        else:
            P = 1 / (1 + np.exp(-scores))
        for p, label, row in zip(P, labels, rows):
            new_U[row] -= scale * (p - label) * h
            for i in example.inputs:
                new_V[i] -= scale * (p - label) * U[row] / len(example.inputs)
    return new_V, new_U


def textbook_rows(problem: Problem, number: int) -> tuple[list[int], list[int]]:
    target = problem.examples[number].target
    if isinstance(problem.objective, Softmax):
        words = list(range(len(problem.parameters.U)))
        return words, [int(word == target) for word in words]
    if isinstance(problem.objective, NegativeSampling):
        draws = problem.draws_of(number) or []
        return [target, *draws], [1] + [0] * len(draws)
    assert isinstance(problem.objective, HierarchicalSoftmax)
    tree = problem.objective.tree
    return list(tree.nodes[target]), [1 - code for code in tree.codes[target]]


@given(problems(), st.floats(0.01, 2))
def test_step_is_the_textbook_loop(problem: Problem, rate: float) -> None:
    after, _ = problem.step(rate)
    V, U = textbook_step(problem, rate)
    np.testing.assert_allclose(after.V, V, rtol=1e-12, atol=1e-13, err_msg="V")
    np.testing.assert_allclose(after.U, U, rtol=1e-12, atol=1e-13, err_msg="U")


@given(problems(), st.floats(0.01, 2))
def test_record_of_a_step(problem: Problem, rate: float) -> None:
    after, record = problem.step(rate)
    assert record.before is problem.parameters
    assert record.after is after
    assert (record.index, record.epoch, record.learning_rate) == (0, 0, rate)
    assert [t.example for t in record.traces] == list(problem.examples)
    losses = [t.loss for t in record.traces]
    expected = np.mean(losses) if problem.reduction == "mean" else np.sum(losses)
    assert record.loss == pytest.approx(expected, rel=1e-14), f"expected {expected}, came {record.loss}"


@given(problems())
def test_traces_of_a_step_are_taken_before_it(problem: Problem) -> None:
    """Each equals the trace of its example alone, bit for bit, and all its parts fit together."""
    _, record = problem.step(0.5)
    for number, (done, example) in enumerate(zip(record.traces, problem.examples)):
        alone = trace(problem.parameters, example, problem.objective, problem.draws_of(number))
        for name in ("rows", "labels", "h", "scores", "P", "error", "grad_h", "grad_U", "grad_V"):
            assert same_bits(getattr(done, name), getattr(alone, name)), f"{name} of example {number}"
        assert done.loss == alone.loss
        rows, labels = textbook_rows(problem, number)
        U, V = problem.parameters.U, problem.parameters.V
        assert done.rows.tolist() == rows
        assert done.labels.tolist() == labels
        np.testing.assert_allclose(done.h, V[list(example.inputs)].mean(axis=0), rtol=1e-14)
        np.testing.assert_allclose(done.scores, U[rows] @ done.h, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(done.error, done.P - labels, rtol=1e-14)
        np.testing.assert_allclose(done.grad_h, done.error @ U[rows], rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(done.grad_U, np.outer(done.error, done.h), rtol=1e-14)
        np.testing.assert_allclose(done.grad_V, [done.grad_h / len(example.inputs)] * len(example.inputs))


@given(problems(), st.floats(0.01, 2))
def test_the_fast_way_goes_to_the_same_bits(problem: Problem, rate: float) -> None:
    """`descend` in place, as a training run does it, against `step`, which keeps everything."""
    after, record = problem.step(rate)
    V, U = problem.parameters.V.copy(), problem.parameters.U.copy()
    draws = [None if d is None else np.array(d, int) for d in problem.draws or [None] * len(problem.examples)]
    raw = [(e.inputs, e.target, d) for e, d in zip(problem.examples, draws)]
    loss = descend(V, U, raw, problem.objective, rate, problem.reduction)[2]  # type: ignore[arg-type]
    assert same_bits(V, after.V)
    assert same_bits(U, after.U)
    assert loss == record.loss


@given(problems())
def test_a_step_leaves_its_input_alone(problem: Problem) -> None:
    V, U = problem.parameters.V.copy(), problem.parameters.U.copy()
    problem.step(0.7)
    assert same_parameters(problem.parameters, Parameters(V, U))


@given(problems())
def test_rate_0_changes_nothing_bit_for_bit(problem: Problem) -> None:
    assert same_parameters(problem.step(0.0)[0], problem.parameters)


@given(problems(), st.floats(1e-3, 10))
def test_the_drawn_arrow_is_the_gradient(problem: Problem, rate: float) -> None:
    """(after - before) / (-rate) = sum of the gradients written in the traces."""
    after, record = problem.step(rate)
    scale = 1 / len(record.traces) if problem.reduction == "mean" else 1.0
    V, U = np.zeros_like(after.V), np.zeros_like(after.U)
    for done in record.traces:
        for word, grad in zip(done.example.inputs, done.grad_V):
            V[word] += scale * grad
        for row, grad in zip(done.rows, done.grad_U):
            U[row] += scale * grad
    np.testing.assert_allclose((after.V - problem.parameters.V) / -rate, V, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose((after.U - problem.parameters.U) / -rate, U, rtol=1e-10, atol=1e-12)


# --- what repeats do -----------------------------------------------------------------------------------------


def test_a_context_word_that_stands_twice_moves_twice_as_far() -> None:
    parameters = small()
    after, record = step(parameters, [Example((0, 0, 1), 2)], Softmax(), 1.0)
    moved = parameters.V - after.V
    grad_h = record.traces[0].grad_h
    np.testing.assert_allclose(moved, [2 / 3 * grad_h, 1 / 3 * grad_h, 0 * grad_h, 0 * grad_h], atol=1e-15)


def test_a_negative_drawn_twice_counts_twice() -> None:
    parameters, objective = small(), NegativeSampling(2, np.full(4, 0.25))
    once = step(parameters, [Example((0,), 1)], objective, 1.0, [[3]])[0].U - parameters.U
    twice = step(parameters, [Example((0,), 1)], objective, 1.0, [[3, 3]])[0].U - parameters.U
    np.testing.assert_allclose(twice[3], 2 * once[3], rtol=1e-13)
    assert np.abs(once[3]).max() > 0


def test_a_target_among_its_own_negatives_is_pulled_and_pushed() -> None:
    parameters, objective = small(), NegativeSampling(1, np.full(4, 0.25))
    after, record = step(parameters, [Example((0,), 1)], objective, 1.0, [[1]])
    P, h = record.traces[0].P[0], parameters.V[0]
    np.testing.assert_allclose(after.U[1], parameters.U[1] - (2 * P - 1) * h, atol=1e-15)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_mean_is_sum_at_a_fraction_of_the_rate(objective: str) -> None:
    @given(problems(objective=objective))
    def check(problem: Problem) -> None:
        n = len(problem.examples)
        averaged, record = replace(problem, reduction="mean").step(1.0)
        summed, sum_record = replace(problem, reduction="sum").step(1.0 / n)
        assert same_parameters(averaged, summed)
        assert record.loss == pytest.approx(sum_record.loss / n, rel=1e-15)

    check()


def test_a_group_learns_all_at_once() -> None:
    """Two examples in one update are not two updates: the second is traced before the first has moved anything."""
    parameters, examples = small(), [Example((0,), 1), Example((0,), 2)]
    together, _ = step(parameters, examples, Softmax(), 1.0)
    between, _ = step(parameters, examples[:1], Softmax(), 1.0)
    one_by_one, _ = step(between, examples[1:], Softmax(), 1.0)
    apart = float(np.abs(together.V - one_by_one.V).max())
    assert apart > 1e-3, f"a group of two should differ from two updates, but is only {apart} away"


# --- identities ----------------------------------------------------------------------------------------------


@given(problems(objective="softmax"))
def test_rows_of_grad_U_of_the_softmax_add_up_to_nothing(problem: Problem) -> None:
    total = problem.step(0.1)[1].traces[0].grad_U.sum(axis=0)
    assert np.abs(total).max() < 1e-14, f"expected zeros, came {total}"


@given(problems(objective="softmax"), SEEDS)
def test_adding_a_vector_to_all_rows_of_U_changes_no_probability(problem: Problem, seed: int) -> None:
    old = problem.parameters
    moved = Parameters(old.V, old.U + np.random.default_rng(seed).normal(size=old.dim))
    for before, after in zip(problem.step(0.1)[1].traces, problem.step(0.1, moved)[1].traces):
        np.testing.assert_allclose(after.P, before.P, rtol=1e-12)


@given(problems(), SEEDS)
def test_rotating_everything_rotates_the_result(problem: Problem, seed: int) -> None:
    old = problem.parameters
    R, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(old.dim, old.dim)))
    turned = Parameters(old.V @ R, old.U @ R)
    after, record = problem.step(0.5)
    turned_after, turned_record = problem.step(0.5, turned)
    assert turned_record.loss == pytest.approx(record.loss, rel=1e-11, abs=1e-13)
    np.testing.assert_allclose(turned_after.V, after.V @ R, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(turned_after.U, after.U @ R, rtol=1e-10, atol=1e-12)


@given(problems(), st.floats(0.1, 10))
def test_stretching_V_and_shrinking_U_keeps_the_loss(problem: Problem, a: float) -> None:
    scaled = Parameters(problem.parameters.V * a, problem.parameters.U / a)
    expected, came = problem.step(0.1)[1].loss, problem.step(0.1, scaled)[1].loss
    assert came == pytest.approx(expected, rel=1e-11, abs=1e-13), f"expected {expected}, came {came}"


@given(problems(), st.randoms(use_true_random=False))
def test_renaming_the_words_renames_the_result(problem: Problem, random: Any) -> None:
    """new_id[w] is the new number of word w; the tree's nodes keep their numbers."""
    old, n_words = problem.parameters, len(problem.parameters.V)
    new_id = list(range(n_words))
    random.shuffle(new_id)
    old_id = np.argsort(new_id)
    objective, U = problem.objective, old.U[old_id] if len(old.U) == n_words else old.U
    if isinstance(objective, HierarchicalSoftmax):
        tree = HuffmanTree(
            tuple(objective.tree.nodes[w] for w in old_id), tuple(objective.tree.codes[w] for w in old_id)
        )
        objective = HierarchicalSoftmax(objective.counts[old_id], tree)
    renamed = replace(
        problem,
        parameters=Parameters(old.V[old_id], U),
        examples=tuple(Example(tuple(new_id[i] for i in e.inputs), new_id[e.target]) for e in problem.examples),
        objective=objective,
        draws=problem.draws and [[new_id[w] for w in d] for d in problem.draws],
    )
    after, record = problem.step(0.5)
    renamed_after, renamed_record = renamed.step(0.5)
    assert renamed_record.loss == pytest.approx(record.loss, rel=1e-12, abs=1e-14)
    np.testing.assert_allclose(renamed_after.V, after.V[old_id], rtol=1e-11, atol=1e-13)
    rows = after.U[old_id] if len(after.U) == n_words else after.U
    np.testing.assert_allclose(renamed_after.U, rows, rtol=1e-11, atol=1e-13)


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_within_a_group_does_not_matter(problem: Problem, random: Any) -> None:
    order = list(range(len(problem.examples)))
    random.shuffle(order)
    shuffled = replace(
        problem,
        examples=tuple(problem.examples[i] for i in order),
        draws=problem.draws and [problem.draws[i] for i in order],
    )
    after, other = problem.step(0.5)[0], shuffled.step(0.5)[0]
    np.testing.assert_allclose(other.V, after.V, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(other.U, after.U, rtol=1e-12, atol=1e-13)


@given(problems(most_examples=1))
def test_only_the_rows_that_took_part_move(problem: Problem) -> None:
    after, record = problem.step(0.5)
    others = np.setdiff1d(np.arange(len(after.V)), problem.examples[0].inputs)
    assert same_bits(after.V[others], problem.parameters.V[others])
    others = np.setdiff1d(np.arange(len(after.U)), record.traces[0].rows)
    assert same_bits(after.U[others], problem.parameters.U[others])


# --- ways to call --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "draws", [[2, 3], (2, 3), np.array([2, 3]), [[2, 3]], [np.array([2, 3])], np.array([[2, 3]])], ids=repr
)
def test_draws_of_one_example_in_any_form(draws: Any) -> None:
    objective = NegativeSampling(2, np.full(4, 0.25))
    _, record = step(small(), [Example((0,), 1)], objective, 0.1, draws)
    assert record.traces[0].rows.tolist() == [1, 2, 3]


def test_draws_of_several_examples() -> None:
    objective = NegativeSampling(2, np.full(4, 0.25))
    examples = [Example((0,), 1), Example((2,), 3)]
    for draws in ([[2, 3], [0, 0]], np.array([[2, 3], [0, 0]])):
        _, record = step(small(), examples, objective, 0.1, draws)
        assert [t.rows.tolist() for t in record.traces] == [[1, 2, 3], [3, 0, 0]]


def test_one_example_need_not_be_in_a_list() -> None:
    alone, _ = step(small(), Example((0,), 1), Softmax(), 0.1)  # type: ignore[arg-type]
    assert same_parameters(alone, step(small(), [Example((0,), 1)], Softmax(), 0.1)[0])


def test_what_cannot_be_learned_is_refused() -> None:
    objective = NegativeSampling(2, np.full(4, 0.25))
    examples = [Example((0,), 1), Example((2,), 3)]
    with pytest.raises(ValueError, match="at least one example"):
        step(small(), [], Softmax(), 0.1)
    with pytest.raises(ValueError, match="at least one input"):
        trace(small(), Example((), 1), Softmax())
    with pytest.raises(ValueError, match="pass draws"):
        step(small(), examples, objective, 0.1)
    with pytest.raises(ValueError, match="for each of the 2 examples, not 1"):
        step(small(), examples, objective, 0.1, [[1, 2]])
    with pytest.raises(ValueError, match="for each of the 2 examples, not one for all"):
        step(small(), examples, objective, 0.1, [1, 2])
    with pytest.raises(ValueError, match="at least one input"):
        prediction(small(), (), Softmax())


def test_parameters_must_fit() -> None:
    for V, U in ((np.zeros((2, 3)), np.zeros((2, 4))), (np.zeros(3), np.zeros((2, 3)))):
        with pytest.raises(ValueError, match="same width"):
            Parameters(V, U)


# --- nothing that was shown can change -----------------------------------------------------------------------


@given(problems())
def test_a_record_cannot_be_changed(problem: Problem) -> None:
    after, record = problem.step(0.5)
    assert writable_arrays(record) == []
    assert writable_arrays(after) == []
    for done in record.traces:
        assert not any(array.flags.writeable for array in (done.grad_U, done.grad_V, done.weights))
        with pytest.raises(FrozenInstanceError):
            done.loss = 0.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        record.loss = 0.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        after.V = after.U  # type: ignore[misc]


def test_parameters_do_not_change_with_the_array_they_were_made_from() -> None:
    V = np.ones((2, 2))
    parameters = Parameters(V, V[::-1].T.astype(np.float32))
    V[:] = 7
    assert parameters.V.tolist() == [[1, 1], [1, 1]]
    assert parameters.U.dtype == np.float64
    assert parameters.U.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        parameters.V[0, 0] = 7


@given(SEEDS, st.floats(0, 5))
def test_random_parameters_lie_in_their_range_and_follow_the_seed(seed: int, scale: float) -> None:
    one = random_parameters(7, 6, 5, scale, np.random.default_rng(seed))
    two = random_parameters(7, 6, 5, scale, np.random.default_rng(seed))
    assert same_parameters(one, two)
    assert (one.V.shape, one.U.shape, one.dim) == ((7, 5), (6, 5), 5)
    assert max(np.abs(one.V).max(), np.abs(one.U).max()) <= scale
    assume(scale > 0)
    assert not same_bits(one.V[:6], one.U)


def test_random_parameters_fill_their_range_evenly() -> None:
    made = random_parameters(2000, 2000, 10, 0.5, np.random.default_rng(0))
    for drawn in (made.V, made.U):
        inside = [np.mean((drawn >= low) & (drawn < low + 0.1)) for low in np.arange(-0.5, 0.45, 0.1)]
        assert inside == pytest.approx([0.1] * 10, abs=0.01), f"expected a tenth in each tenth, came {inside}"


def test_a_kernel_without_surprises() -> None:
    """One update small enough to check by hand: two words, one dimension, everything 0 but v_0 = 1."""
    parameters = Parameters([[1.0], [0.0]], [[0.0], [0.0]])
    after, record = step(parameters, [Example((0,), 1)], Softmax(), 0.5)
    (done,) = record.traces
    assert done.P.tolist() == [0.5, 0.5]
    assert done.loss == pytest.approx(np.log(2), rel=1e-15)
    assert done.error.tolist() == [0.5, -0.5]
    assert done.grad_h.tolist() == [0.0]
    assert after.U.tolist() == [[-0.25], [0.25]]
    assert after.V.tolist() == [[1.0], [0.0]]
    assert record.loss == done.loss
