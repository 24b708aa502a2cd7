"""The sigmoid network that many notebooks write: its numbers by hand, its gradients by finite differences."""

import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import same_bits, writable_arrays
from w2v import SigmoidNetwork, sigmoid_step, sigmoid_trace

SEEDS = st.integers(0, 2**32 - 1)


def network(seed: int, n_words: int, dim: int) -> SigmoidNetwork:
    rng = np.random.default_rng(seed)
    return SigmoidNetwork(rng.normal(size=(dim, n_words)), rng.normal(size=(n_words, dim)))


def textbook_loss(W1: np.ndarray, W2: np.ndarray, center: int, target: int) -> float:
    """sum_k (y_k - W2_k . sigmoid(W1 x))^2 with Python numbers."""
    hidden = [1 / (1 + math.exp(-s)) for s in W1[:, center].tolist()]
    outputs = [math.fsum(w * f for w, f in zip(row, hidden)) for row in W2.tolist()]
    return math.fsum(((k == target) - s2) ** 2 for k, s2 in enumerate(outputs))


@given(SEEDS, st.integers(2, 5), st.integers(1, 4), st.data())
def test_gradients_are_the_slopes_of_the_textbook_loss(seed: int, n_words: int, dim: int, data: st.DataObject) -> None:
    word = st.integers(0, n_words - 1)
    center, target, net = data.draw(word), data.draw(word), network(seed, n_words, dim)
    done = sigmoid_trace(net, center, target)
    assert done.loss == pytest.approx(textbook_loss(net.W1, net.W2, center, target), rel=1e-13)
    W1, W2, width = net.W1.copy(), net.W2.copy(), 1e-5
    for name, matrix, grad in (("W1", W1, done.grad_W1), ("W2", W2, done.grad_W2)):
        allowed = 1e-6 * np.abs(grad).max() + 1e-8
        for place in np.ndindex(matrix.shape):
            middle = matrix[place]
            matrix[place] = middle + width
            above = textbook_loss(W1, W2, center, target)
            matrix[place] = middle - width
            below = textbook_loss(W1, W2, center, target)
            matrix[place] = middle
            slope = (above - below) / (2 * width)
            assert abs(grad[place] - slope) <= allowed, f"dL/d{name}{place}: expected {slope}, came {grad[place]}"


@given(SEEDS)
def test_inner_gradients_are_slopes_too(seed: int) -> None:
    """dL/ds2, dL/df1, df1/ds1 and dL/ds1, each with what comes after it in the network."""
    net, width = network(seed, 3, 2), 1e-6
    done = sigmoid_trace(net, 0, 2)

    def loss_of_s2(s2: np.ndarray) -> float:
        return float(((done.y - s2) ** 2).sum())

    def loss_of_f1(f1: np.ndarray) -> float:
        return loss_of_s2(net.W2 @ f1)

    def loss_of_s1(s1: np.ndarray) -> float:
        return loss_of_f1(1 / (1 + np.exp(-s1)))

    for name, function, at, grad in (
        ("s2", loss_of_s2, done.s2, done.grad_s2),
        ("f1", loss_of_f1, done.f1, done.grad_f1),
        ("s1", loss_of_s1, done.s1, done.grad_s1),
    ):
        each = width * np.eye(len(at))
        slopes = [(function(at + e) - function(at - e)) / (2 * width) for e in each]
        assert grad == pytest.approx(slopes, rel=1e-6, abs=1e-7), f"dL/d{name}: expected {slopes}, came {grad}"
    slope = (1 / (1 + np.exp(-done.s1 - width)) - 1 / (1 + np.exp(-done.s1 + width))) / (2 * width)
    assert done.slope_f1 == pytest.approx(slope, rel=1e-6)


def test_numbers_by_hand() -> None:
    """One hidden unit at 0, so f1 = 1/2; outputs 1 and -1; the target is word 1."""
    done = sigmoid_trace(SigmoidNetwork([[0.0, 5.0]], [[2.0], [-2.0]]), 0, 1)
    assert (done.x.tolist(), done.y.tolist()) == ([1, 0], [0, 1])
    assert (done.s1.tolist(), done.f1.tolist(), done.s2.tolist()) == ([0], [0.5], [1, -1])
    assert done.loss == 1 + 4
    assert done.grad_s2.tolist() == [2, -4]
    assert done.grad_W2.tolist() == [[1], [-2]]
    assert done.grad_f1.tolist() == [12]
    assert done.slope_f1.tolist() == [0.25]
    assert done.grad_s1.tolist() == [3]
    assert done.grad_W1.tolist() == [[3, 0]]


@given(SEEDS, st.floats(0, 1))
def test_a_step_goes_down_the_written_gradient(seed: int, rate: float) -> None:
    net = network(seed, 4, 3)
    after, done = sigmoid_step(net, 1, 2, rate)
    np.testing.assert_array_equal(after.W1, net.W1 - rate * done.grad_W1)
    np.testing.assert_array_equal(after.W2, net.W2 - rate * done.grad_W2)
    same, _ = sigmoid_step(net, 1, 2, 0.0)
    assert same_bits(same.W1, net.W1)
    assert same_bits(same.W2, net.W2)
    assert np.array_equal(after.W1[:, [0, 2, 3]], net.W1[:, [0, 2, 3]]), "only the center's column may move"


def test_its_outputs_are_no_probabilities() -> None:
    """The reason why it is shown: a trained word2vec softmax sums to 1, this does not."""
    net = network(0, 4, 3)
    for _ in range(5):
        net, _ = sigmoid_step(net, 0, 1, 0.02)
    s2 = sigmoid_trace(net, 0, 1).s2
    assert abs(s2.sum() - 1) > 0.1 or s2.min() < 0


def test_matrices_must_fit_and_cannot_be_changed() -> None:
    for W1, W2 in ((np.zeros((2, 3)), np.zeros((2, 3))), (np.zeros(3), np.zeros(3))):
        with pytest.raises(ValueError, match="W1 must be"):
            SigmoidNetwork(W1, W2)
    net = network(0, 4, 3)
    after, done = sigmoid_step(net, 0, 1, 0.1)
    assert writable_arrays(net) + writable_arrays(after) + writable_arrays(done) == []
    with pytest.raises(FrozenInstanceError):
        net.W1 = net.W2  # type: ignore[misc]
