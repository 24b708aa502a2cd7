"""The first attempt beside a run: its updates, its losses and its floor against plain loops."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.cases import same_bits
from w2v import PRESETS, Config, Plan, SigmoidNetwork, sigmoid_step, sigmoid_trace
from w2v.explain import first_attempt
from w2v.explain.first_attempt import FirstAttempt
from w2v.explain.sigmoid_network import check_sigmoid_gradients
from w2v.slices import finished

ROYAL = Config(PRESETS["royal"].text, epochs=2, dim=4)


def trained(config: Config) -> FirstAttempt:
    return finished(FirstAttempt.train(Plan(config)))


def test_it_is_the_written_step_on_the_pairs_of_the_run_in_their_order() -> None:
    made = trained(ROYAL)
    start = made.plan.initial_parameters()
    assert same_bits(made.network(0).W1, start.V.T)
    assert same_bits(made.network(0).W2, start.U)
    network = SigmoidNetwork(start.V.T, start.U)
    for rate, group in made.plan.updates(0, made.plan.n_steps):
        ((inputs, target, _),) = group
        network, _ = sigmoid_step(network, inputs[0], target, rate)
    assert made.n_steps == made.plan.n_steps == 2 * 192
    np.testing.assert_allclose(made.network(made.n_steps).W1, network.W1, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(made.network(made.n_steps).W2, network.W2, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(
    "changes",
    [
        {"architecture": "cbow"},
        {"batching": "window"},
        {"batching": "minibatch", "reduction": "sum", "learning_rate": 0.02},
    ],
    ids=str,
)
def test_several_inputs_and_several_pairs_in_one_update(changes: dict[str, object]) -> None:
    made = trained(replace(ROYAL, **changes))
    network = made.network(0)
    for rate, group in made.plan.updates(0, 40):  # of large groups there are fewer
        traces = [sigmoid_trace(network, inputs, target) for inputs, target, _ in group]
        share = rate / len(group) if made.plan.config.reduction == "mean" else rate
        W1 = network.W1 - share * sum(trace.grad_W1 for trace in traces)
        W2 = network.W2 - share * sum(trace.grad_W2 for trace in traces)
        network = SigmoidNetwork(W1, W2)
    np.testing.assert_allclose(made.network(min(40, made.n_steps)).W1, network.W1, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(made.network(min(40, made.n_steps)).W2, network.W2, rtol=1e-9, atol=1e-12)


def test_every_moment_has_the_same_bits_whatever_was_asked_before() -> None:
    made, other = trained(ROYAL), trained(ROYAL)
    for t in (383, 5, 64, 100, 0, 384):
        assert same_bits(made.network(t).W2, other.network(t).W2)
    assert made.keyframes == [0, 64, 128, 192, 256, 320, 384]
    with pytest.raises(IndexError, match="no moment 385"):
        made.network(385)


def test_losses_floor_and_guess_by_a_plain_loop() -> None:
    made = trained(ROYAL)
    pairs = [(inputs, target) for _, group in made.plan.updates(0, 192) for inputs, target, _ in group]
    network = made.network(300)
    plain = math.fsum(sigmoid_trace(network, c, o).loss for c, o in pairs) / len(pairs)
    assert made.mean_loss(300) == pytest.approx(plain, rel=1e-12)
    n = made.plan.n_words
    of = {c: [o for d, o in pairs if d == c] for c, _ in pairs}
    floor = math.fsum(
        math.fsum(((k == o) - of[c].count(k) / len(of[c])) ** 2 for k in range(n)) for c, o in pairs
    ) / len(pairs)
    assert made.floor == pytest.approx(floor, rel=1e-12)
    assert made.guess == pytest.approx((1 - 1 / n) ** 2 + (n - 1) / n**2, rel=1e-12)
    row = made.plan.goal.row_of(pairs[0][0])
    np.testing.assert_allclose(made.outputs(300, row), sigmoid_trace(network, pairs[0][0], 0).s2, rtol=1e-12)


def test_on_a_shipped_text_it_learns_less_than_half_of_what_softmax_does() -> None:
    """What the page says of it: worse than guessing for long, and no probabilities at the end."""
    made = trained(replace(ROYAL, epochs=40, dim=8))
    assert made.share_of_the_way(made.n_steps // 2) < 0 < made.share_of_the_way(made.n_steps) < 0.5
    outputs = np.array([made.outputs(made.n_steps, row) for row in range(made.plan.n_words)])
    assert (outputs < 0).any()
    assert np.abs(outputs.sum(axis=1) - 1).max() > 0.05


def test_numbers_that_grow_without_end_stop_it_and_are_not_kept() -> None:
    made = trained(replace(ROYAL, learning_rate=50.0))
    assert made.n_steps < made.plan.n_steps
    assert np.isfinite(made.mean_loss(made.n_steps))


def test_saturated_units_are_those_near_0_or_1() -> None:
    made = trained(ROYAL)
    assert made.saturated(0) == 0
    wide = trained(replace(ROYAL, init_scale=50.0, learning_rate=0.0))
    f1 = 1 / (1 + np.exp(-wide.network(0).W1))
    assert wide.saturated(0) == pytest.approx(((f1 < 0.05) | (f1 > 0.95)).mean(), rel=1e-12)
    assert wide.saturated(0) > 0.8


def test_a_run_too_long_for_it_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_attempt, "MOST_CELLS", 1000)
    with pytest.raises(ValueError, match="takes too long for so many words"):
        trained(ROYAL)


def test_hierarchical_softmax_has_other_rows_and_it_has_one_for_each_word() -> None:
    made = trained(replace(ROYAL, objective="hierarchical"))
    assert made.network(0).W2.shape == (made.plan.n_words, 4)


@pytest.mark.parametrize("center", [3, (3, 5, 3)], ids=["one word", "several"])
def test_the_check_finds_the_gradients_right_and_a_wrong_one_wrong(
    center: int | tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = trained(ROYAL).network(200)
    check = check_sigmoid_gradients(network, center, 1)
    assert check.n_entries == 4 * len(np.unique(center)) + 4 * 27
    assert check.largest > 0.01
    assert check.worst < 1e-8
    right = sigmoid_trace(network, center, 1)
    wrong = replace(right, grad_W2=right.grad_W2 / 2)  # as where the 2 of the square is forgotten
    monkeypatch.setattr("w2v.explain.sigmoid_network.sigmoid_trace", lambda *_: wrong)
    assert check_sigmoid_gradients(network, center, 1).worst > 0.01
