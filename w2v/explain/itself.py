"""Does a word expect itself? How far a model does, what the text says of that, and what it costs.

A vector is most like itself: where a word has one vector its score with itself is |v|^2, never below 0. So a model with
one vector per word expects every word beside itself, as in hardly any text, and its loss stays above the floor, which
two vectors come near (Goldberg and Levy 2014, arXiv:1402.3722, section 1).
"""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, frozen_floats
from w2v.run import Run


@dataclass(frozen=True, eq=False)
class Itself:
    """What a run says of its input words as contexts of themselves, beside what it should say.

    For skip-gram row w is P(w|w), for CBOW the mean P of the words of a context, given that context.

    said      : (n_rows,) what the model says, for each row of `Goal`; for negative sampling sigma(u . v)
    wanted    : (n_rows,) what it should say by the counts, COUNT(w, w) / COUNT(w)
    mean_said, mean_wanted : their means over all examples
    loss      : the mean loss over all examples, nats
    floor     : the lowest that any model can have
    """

    said: Floats
    wanted: Floats
    mean_said: float
    mean_wanted: float
    loss: float
    floor: float

    @property
    def gap(self) -> float:
        """How far the loss is above the floor, nats."""
        return self.loss - self.floor


def itself(run: Run, t: int) -> Itself:
    """Return how far the model at moment t expects its inputs themselves."""
    goal, parameters = run.plan.goal, run.parameters(t)
    said, wanted = np.zeros(len(goal.inputs)), np.zeros(len(goal.inputs))
    for rows in goal.counts.row_blocks():
        hidden = goal.hidden(parameters, rows)  # (rows, dim)
        for row, h in zip(range(len(goal.inputs))[rows], hidden, strict=True):
            own = np.unique(goal.inputs[row])
            said[row] = goal.objective.over_vocabulary(parameters.U, h)[own].mean()
            wanted[row] = goal.target(row)[own].mean()
    share = goal.counts.row_totals / goal.counts.total
    return Itself(
        said=frozen_floats(said),
        wanted=frozen_floats(wanted),
        mean_said=float(share @ said),
        mean_wanted=float(share @ wanted),
        loss=goal.mean_loss(parameters),
        floor=goal.floor,
    )
