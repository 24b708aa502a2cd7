"""Does a word expect itself? How far a model does, what the text says of that, and what it costs.

A vector is most like itself: where a word has one vector its score with itself is |v|^2, never below 0. So a model with
one vector per word expects every word beside itself, as in hardly any text, and its loss stays above the floor, which
two vectors come near (Goldberg and Levy 2014, arXiv:1402.3722, section 1).
"""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, Ints, frozen_floats, frozen_ints
from w2v.goal import Goal
from w2v.parameters import Parameters

MOST_CELLS = 250_000  # scores that are computed; of more than 500 words the most frequent inputs are asked


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """What a model says of its input words as contexts of themselves, beside what it should say.

    For skip-gram row w is P(w|w), for CBOW the mean P of the words of a context, given that context.

    rows   : (n,) which rows of `Goal` were asked: all, or those with the most examples, in order
    all    : whether these are all
    said   : (n,) what the model says, for each of them; for negative sampling sigma(u . v)
    wanted : (n,) what it should say by the counts, COUNT(w, w) / COUNT(w)
    mean_said, mean_wanted : their means over all examples of these rows
    """

    rows: Ints
    all: bool
    said: Floats
    wanted: Floats
    mean_said: float
    mean_wanted: float


def itself(goal: Goal, parameters: Parameters, cells: int = MOST_CELLS) -> Itself:
    """Return how far a model expects its inputs themselves.

    cells : so many scores are computed at most, one row at least
    """
    n = len(goal.inputs)
    most = max(1, cells // len(parameters.V))
    totals = goal.counts.row_totals
    rows = np.arange(n) if n <= most else np.sort(np.argsort(-totals, kind="stable")[:most])
    said, wanted = np.zeros(len(rows)), np.zeros(len(rows))
    for i, row in enumerate(rows.tolist()):
        h = goal.hidden(parameters, slice(row, row + 1))[0]  # (dim,)
        own = np.unique(goal.inputs[row])
        said[i] = goal.objective.over_vocabulary(parameters.U, h)[own].mean()
        wanted[i] = goal.target(row)[own].mean()
    share = totals[rows] / totals[rows].sum()
    return Itself(
        rows=frozen_ints(rows),
        all=len(rows) == n,
        said=frozen_floats(said),
        wanted=frozen_floats(wanted),
        mean_said=float(share @ said),
        mean_wanted=float(share @ wanted),
    )
