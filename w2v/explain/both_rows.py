"""Both rows of one word, as center in V and as context in U: how alike they are, and what an update moves of each."""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats
from w2v.learning import Step
from w2v.neighbours import cosine_similarity
from w2v.run import Run


@dataclass(frozen=True, slots=True, eq=False)
class BothRows:
    """The rows of one word at a moment; of a run with one vector per word both are the same.

    center, context             : (dim,) its row of V and of U
    cosine                      : between the two
    step                        : the update that is done next, at the end the last one; None for a run without any
    center_moved, context_moved : how far that update moves each, as lengths; 0 where it does not
    """

    center: Floats
    context: Floats
    cosine: float
    step: Step | None
    center_moved: float
    context_moved: float


def both_rows(run: Run, word: int, t: int) -> BothRows:
    """Return both rows of a word at moment t. The rows of U must be words."""
    parameters = run.parameters(t)
    center, context = parameters.V[word], parameters.U[word]
    step = run.step(min(t, run.n_steps - 1)) if run.n_steps else None
    moved = (0.0, 0.0)
    if step is not None:
        moved = _length(step.after.V[word] - step.before.V[word]), _length(step.after.U[word] - step.before.U[word])
    return BothRows(center, context, float(cosine_similarity([center, context], 0)[1]), step, *moved)


def _length(moved: Floats) -> float:
    return float(np.linalg.norm(moved))
