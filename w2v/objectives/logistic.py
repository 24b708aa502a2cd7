"""What negative sampling and hierarchical softmax share: a yes-or-no question for each row, answered by a sigmoid."""

import numpy as np

from w2v.arrays import Floats
from w2v.objectives.objective import Objective


class Logistic(Objective):
    """Each row that takes part is asked by itself; the loss adds up the surprise at all right answers."""

    def predict(self, scores: Floats, labels: Floats) -> tuple[Floats, float]:
        """Return sigma of each score, and -log sigma(s) where the label is 1, -log sigma(-s) where it is 0."""
        P = sigmoid(scores)
        loss = np.add.reduce(np.logaddexp(0.0, np.where(labels == 1.0, -scores, scores)))
        return P, float(loss)


def softplus(scores: Floats) -> Floats:
    """Return log(1 + exp(s)) of a whole table: `np.logaddexp(0, s)` but for its last bit or two, in half the time."""
    raised = np.abs(scores)
    np.negative(raised, out=raised)
    np.log1p(np.exp(raised, out=raised), out=raised)
    raised += np.maximum(scores, 0.0)
    return raised


def sigmoid(scores: Floats) -> Floats:
    """Return 1 / (1 + exp(-s)), right to the last digits for every finite score (no table, unlike word2vec.c).

    `scipy.special.expit` would save 3 microseconds an update, but for half of all scores its last bit is another: runs
    that were saved, and links, would not come back bit for bit.
    """
    return np.exp(-np.logaddexp(0.0, -scores))
