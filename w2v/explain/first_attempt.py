"""The common first attempt (see `sigmoid_network`), trained on the pairs of a run, in their order, at its rates.

It begins from the same random numbers as the run: W1 from the input vectors, W2 from the output vectors. Its loss is a
squared error and not in nats; what makes both comparable is how far each has come from guessing to the best that the
counts allow.
"""

from collections.abc import Callable, Generator, Sequence
from functools import cached_property, lru_cache

import numpy as np

from w2v.arrays import Floats, frozen
from w2v.explain.sigmoid_network import SigmoidNetwork
from w2v.goal import share_of_the_way
from w2v.objectives import sigmoid
from w2v.parameters import random_parameters
from w2v.plan import Plan
from w2v.run import LARGEST_PARAMETER

FRAMES, FRAME_BYTES = 128, 40_000_000  # moments that are kept, of which all others follow; fewer of many words
FEWEST = 64  # updates between two of them
MOST_CELLS = 2_000_000_000  # numbers of W2 that all updates together may touch
SATURATED = 0.05  # a unit this near to 0 or 1 lets less than a fifth of its error through


class FirstAttempt:
    """A trained sigmoid network with its past.

    plan    : the run whose pairs it learns
    n_steps : updates done; fewer than planned when its numbers grew without end
    network : returns the weights at moment t, after t updates, 0 <= t <= n_steps. Raises IndexError outside
    """

    plan: Plan
    n_steps: int
    network: Callable[[int], SigmoidNetwork]

    @staticmethod
    def check_size(plan: Plan) -> None:
        """Raise ValueError in one sentence for a plan that would take too long."""
        if plan.n_steps * plan.n_words * plan.config.dim > MOST_CELLS:
            raise ValueError(
                "This network computes every output for every pair, which takes too long for so many words: "
                "try a shorter text, a larger minimum count or fewer epochs."
            )

    @staticmethod
    def train(plan: Plan) -> Generator[tuple[int, int], None, "FirstAttempt"]:
        """Train, yielding (updates done, updates planned); the return value is the trained network.

        Raises ValueError as `check_size` before the first yield.
        """
        FirstAttempt.check_size(plan)
        made = object.__new__(FirstAttempt)
        made.plan = plan
        made.network = lru_cache(maxsize=1)(made._network)
        W1, W2 = made._start()
        frames = min(FRAMES, max(1, FRAME_BYTES // (W1.nbytes + W2.nbytes)))
        made._stride = max(FEWEST, -(-plan.n_steps // frames))
        made._frames = {0: SigmoidNetwork(W1, W2)}
        t = 0
        while t < plan.n_steps:
            end = min(plan.n_steps, t + made._stride)
            with np.errstate(all="ignore"):
                made._descend(W1, W2, t, end)
            if not (np.abs(W1).max() <= LARGEST_PARAMETER and np.abs(W2).max() <= LARGEST_PARAMETER):
                break
            t = end
            made._frames[t] = SigmoidNetwork(W1, W2)
            yield t, plan.n_steps
        made.n_steps = t
        return made

    _frames: dict[int, SigmoidNetwork]
    _stride: int

    @property
    def keyframes(self) -> list[int]:
        """The moments that cost no replay, both ends among them."""
        return sorted(self._frames)

    def _network(self, t: int) -> SigmoidNetwork:
        if not 0 <= t <= self.n_steps:
            raise IndexError(f"There is no moment {t}: this network has the moments 0 to {self.n_steps}.")
        if t in self._frames:
            return self._frames[t]
        nearest = t - t % self._stride
        frame = self._frames[nearest]
        W1, W2 = frame.W1.copy(), frame.W2.copy()
        self._descend(W1, W2, nearest, t)
        return SigmoidNetwork(W1, W2)

    def hidden(self, t: int) -> Floats:
        """Return f1 for each row of the goal's inputs, (rows, dim)."""
        return _hidden(self.network(t), self.plan.goal.inputs)

    def outputs(self, t: int, row: int) -> Floats:
        """Return s2 for one row of the goal's inputs, (n_words,): any real numbers, no probabilities."""
        network = self.network(t)
        found: Floats = _hidden(network, [self.plan.goal.inputs[row]])[0] @ network.W2.T
        frozen(found)
        return found

    def mean_loss(self, t: int) -> float:
        """Return the mean squared error over all pairs of the text at moment t."""
        network, counts = self.network(t), self.plan.goal.counts
        total = 0.0
        for rows in counts.row_blocks():
            counted = counts.matrix[rows].toarray()  # (rows, n_words)
            s2 = _hidden(network, self.plan.goal.inputs[rows]) @ network.W2.T
            n = counted.sum(axis=1)
            total += float((n * ((s2**2).sum(axis=1) + 1.0) - 2.0 * (counted * s2).sum(axis=1)).sum())
        return total / counts.total

    @cached_property
    def floor(self) -> float:
        """The lowest mean squared error of any model: outputs equal to the shares p(o|c), 1 - sum p^2 for each c."""
        counts = self.plan.goal.counts
        total = 0.0
        for rows in counts.row_blocks():
            counted = counts.matrix[rows].toarray()
            n = counted.sum(axis=1)
            total += float((n - (counted**2).sum(axis=1) / np.maximum(n, 1)).sum())
        return total / counts.total

    @property
    def guess(self) -> float:
        """The mean squared error of outputs that are all 1 / n_words."""
        return 1.0 - 1.0 / self.plan.n_words

    def share_of_the_way(self, t: int) -> float:
        """Return how far moment t has come from guessing (0) to the floor (1); below 0 it is worse than guessing."""
        return share_of_the_way(self.mean_loss(t), self.guess, self.floor)

    def saturated(self, t: int) -> float:
        """Return the share of hidden units, over all inputs, that are within 0.05 of 0 or 1."""
        f1 = self.hidden(t)
        return float((np.minimum(f1, 1.0 - f1) < SATURATED).mean())

    def _start(self) -> tuple[Floats, Floats]:
        plan = self.plan
        start = plan.initial_parameters()
        if start.U.shape[0] == plan.n_words:
            return start.V.T.copy(), start.U.copy()
        rng = np.random.default_rng(plan.config.seed)  # rows of U are no words there: as many as there are words
        drawn = random_parameters(plan.n_words, plan.n_words, plan.config.dim, plan.config.init_scale, rng)
        return start.V.T.copy(), drawn.U.copy()

    def _descend(self, W1: Floats, W2: Floats, start: int, stop: int) -> None:
        """Do the updates start .. stop - 1 in place."""
        for rate, group in self.plan.updates(start, stop):
            share = rate / len(group) if self.plan.config.reduction == "mean" else rate
            done = [_gradients(W1, W2, inputs, target) for inputs, target, _ in group]
            for inputs, grad_s2, f1, grad_s1 in done:
                W2 -= share * np.outer(grad_s2, f1)
                np.subtract.at(W1.T, list(inputs), share / len(inputs) * grad_s1)


def _gradients(
    W1: Floats, W2: Floats, inputs: Sequence[int], target: int
) -> tuple[Sequence[int], Floats, Floats, Floats]:
    """As in `sigmoid_trace`, what an update needs of it: inputs, dL/ds2, f1, dL/ds1."""
    f1 = sigmoid(W1[:, list(inputs)].mean(axis=1))
    s2 = W2 @ f1
    s2[target] -= 1.0
    grad_s2 = 2.0 * s2
    return inputs, grad_s2, f1, (W2.T @ grad_s2) * f1 * (1.0 - f1)


def _hidden(network: SigmoidNetwork, inputs: Sequence[tuple[int, ...]]) -> Floats:
    found: Floats = sigmoid(np.array([network.W1[:, list(words)].mean(axis=1) for words in inputs]))
    return found
