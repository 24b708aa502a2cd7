"""A common first attempt that is *not* word2vec: a sigmoid hidden layer and squared error, as many notebooks have it.

    s1 = W1 x            x one-hot: a column of W1
    f1 = sigmoid(s1)     word2vec has no activation here
    s2 = W2 f1
    L  = sum (y - s2)^2  word2vec has softmax and cross-entropy here

It is kept to show why: its outputs are no probabilities, and its error does not push away words in proportion to
how wrongly likely they are. Backpropagation as in Rumelhart, Hinton and Williams 1986.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, frozen, frozen_floats
from w2v.objectives import sigmoid


@dataclass(frozen=True, eq=False)
class SigmoidNetwork:
    """The two weight matrices. W1 : (dim, n_words). W2 : (n_words, dim). Raises ValueError when they do not fit."""

    W1: Floats
    W2: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "W1", frozen_floats(self.W1))
        object.__setattr__(self, "W2", frozen_floats(self.W2))
        if self.W1.ndim != 2 or self.W1.shape != self.W2.shape[::-1]:
            raise ValueError("W1 must be (dim, n_words) and W2 (n_words, dim).")


@dataclass(frozen=True, slots=True, eq=False)
class SigmoidTrace:
    """Everything computed for one pair of words.

    x, y       : (n_words,) one-hot center (of several inputs their mean) and target
    s1, f1     : (dim,) hidden sums and their sigmoids
    s2         : (n_words,) outputs, any real numbers
    loss       : sum of (y - s2)^2
    grad_s2    : (n_words,) dL/ds2 = -2 (y - s2)
    grad_W2    : (n_words, dim) dL/dW2 = dL/ds2 f1^T
    grad_f1    : (dim,) dL/df1 = W2^T dL/ds2
    slope_f1   : (dim,) df1/ds1 = f1 (1 - f1)
    grad_s1    : (dim,) dL/ds1 = dL/df1 * df1/ds1
    grad_W1    : (dim, n_words) dL/dW1 = dL/ds1 x^T: zero but for the center's column
    """

    x: Floats
    y: Floats
    s1: Floats
    f1: Floats
    s2: Floats
    loss: float
    grad_s2: Floats
    grad_W2: Floats
    grad_f1: Floats
    slope_f1: Floats
    grad_s1: Floats
    grad_W1: Floats


def sigmoid_trace(network: SigmoidNetwork, center: int | Sequence[int], target: int) -> SigmoidTrace:
    """Compute one pair of word ids through the network and back. Nothing moves.

    center : one word, or several as CBOW has them, of which x is the mean
    """
    n_words = network.W1.shape[1]
    inputs = np.atleast_1d(center)
    x, y = np.zeros(n_words), np.zeros(n_words)
    np.add.at(x, inputs, 1.0 / len(inputs))
    y[target] = 1.0
    s1 = network.W1 @ x
    f1 = sigmoid(s1)
    s2 = network.W2 @ f1
    loss = float(((y - s2) ** 2).sum())
    grad_s2 = -2.0 * (y - s2)
    grad_W2 = np.outer(grad_s2, f1)
    grad_f1 = network.W2.T @ grad_s2
    slope_f1 = f1 * (1.0 - f1)
    grad_s1 = grad_f1 * slope_f1
    grad_W1 = np.outer(grad_s1, x)
    for array in (x, y, s1, f1, s2, grad_s2, grad_W2, grad_f1, slope_f1, grad_s1, grad_W1):
        frozen(array)
    return SigmoidTrace(x, y, s1, f1, s2, loss, grad_s2, grad_W2, grad_f1, slope_f1, grad_s1, grad_W1)


def sigmoid_step(
    network: SigmoidNetwork, center: int, target: int, learning_rate: float
) -> tuple[SigmoidNetwork, SigmoidTrace]:
    """Do one descent on one pair and return the new network with the record of it."""
    done = sigmoid_trace(network, center, target)
    W1 = network.W1 - learning_rate * done.grad_W1
    W2 = network.W2 - learning_rate * done.grad_W2
    return SigmoidNetwork(W1, W2), done


@dataclass(frozen=True, slots=True)
class SigmoidCheck:
    """The gradients of one pair beside central differences of its loss, (L(w + e) - L(w - e)) / 2e.

    n_entries : numbers that were checked, of W1 and W2;  largest : the largest slope, without sign
    worst     : the largest difference between the two
    """

    n_entries: int
    largest: float
    worst: float


def check_sigmoid_gradients(
    network: SigmoidNetwork, center: int | Sequence[int], target: int, most: int = 400
) -> SigmoidCheck:
    """Check the columns of W1 that the pair looks up and rows of W2, the target first: about `most` numbers at most."""
    done, width, (dim, n_words) = sigmoid_trace(network, center, target), 1e-5, network.W1.shape
    rows = [target, *[row for row in range(n_words) if row != target]][: max(1, most // dim)]
    of_W1 = [(i, int(c)) for c in np.unique(np.atleast_1d(center)) for i in range(dim)]
    of_W2 = [(row, i) for row in rows for i in range(dim)]
    W1, W2 = network.W1.copy(), network.W2.copy()
    slopes, gradients = [], []
    for weights, gradient, places in ((W1, done.grad_W1, of_W1), (W2, done.grad_W2, of_W2)):
        for place in places:
            middle, sides = weights[place], []
            for step in (width, -width):
                weights[place] = middle + step
                s2 = W2 @ sigmoid(W1 @ done.x)
                sides.append(float(((done.y - s2) ** 2).sum()))
            weights[place] = middle
            slopes.append((sides[0] - sides[1]) / (2 * width))
            gradients.append(gradient[place])
    gap = np.abs(np.array(slopes) - gradients)
    return SigmoidCheck(len(gap), float(np.abs(slopes).max()), float(gap.max()))
