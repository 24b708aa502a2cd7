"""Both rows of one word, as center in V and as context in U: how alike they are, and what an update moves of each."""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats
from w2v.learning import Step
from w2v.neighbours import cosine_similarity
from w2v.parameters import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class BothRows:
    """The rows of one word; of a model with one vector per word both are the same.

    center, context             : (dim,) its row of V and of U
    cosine                      : between the two
    center_moved, context_moved : how far an update moves each, as lengths; 0 where it does not
    """

    center: Floats
    context: Floats
    cosine: float
    center_moved: float
    context_moved: float


def both_rows(parameters: Parameters, step: Step | None, word: int) -> BothRows:
    """Return both rows of a word, of parameters whose rows of U are words.

    step : the update of which it is said how far it moves them; None for none
    """
    center, context = parameters.V[word], parameters.U[word]
    moved = (0.0, 0.0)
    if step is not None:
        moved = _length(step.after.V[word] - step.before.V[word]), _length(step.after.U[word] - step.before.U[word])
    return BothRows(center, context, float(cosine_similarity([center, context], 0)[1]), *moved)


def _length(moved: Floats) -> float:
    return float(np.linalg.norm(moved))
