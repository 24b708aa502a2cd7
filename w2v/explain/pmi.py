"""What the scores of negative sampling head for: how much more often than by chance two words stand together.

With enough dimensions and training, u_o . v_c = PMI(c, o) - log k (Levy and Goldberg 2014, equation 11), where chance
is the noise that the wrong words were drawn from.
"""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, Ints, frozen, frozen_floats, frozen_ints
from w2v.counts import Counts
from w2v.objectives import NegativeSampling
from w2v.parameters import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class PmiScores:
    """All pairs of words that stand together in a text, by center, then by context.

    center, context : (n,) word ids
    times           : (n,) COUNT(c, o)
    shifted         : (n,) log(COUNT(c, o) / (COUNT(c) noise(o))) - log k; with noise in proportion to how often words
                      are contexts this is PMI(c, o) - log k, with another power of the counts the PMI for that noise
    scores          : (n,) u_o . v_c
    """

    center: Ints
    context: Ints
    times: Ints
    shifted: Floats
    scores: Floats

    @property
    def correlation(self) -> float | None:
        """How much the two rise together, -1 to 1; None where one of them is the same for all pairs."""
        if len(self.scores) < 2 or np.ptp(self.scores) == 0 or np.ptp(self.shifted) == 0:
            return None
        return float(np.corrcoef(self.shifted, self.scores)[0, 1])

    @property
    def distance(self) -> float:
        """How far a score is from its place, without sign, on average over the pairs."""
        return float(np.abs(self.scores - self.shifted).mean())


def pmi_scores(counts: Counts, objective: NegativeSampling, parameters: Parameters) -> PmiScores:
    """Compare all pairs of a skip-gram model with what the text says of them.

    Drawing again when the true word is drawn, as `NegativeSampling.draw` does, is left out, as in the paper: it asks a
    little less often about words that the noise prefers.
    """
    pairs = counts.matrix.tocoo()
    order = np.lexsort((pairs.col, pairs.row))
    center, context, times = pairs.row[order], pairs.col[order], pairs.data[order]
    chance = counts.row_totals[center] * objective.noise[context]
    shifted = np.log(times / np.maximum(chance, np.finfo(np.float64).tiny)) - np.log(objective.k)
    scores = np.einsum("nd,nd->n", parameters.U[context], parameters.V[center])
    frozen(scores)
    return PmiScores(frozen_ints(center), frozen_ints(context), frozen_ints(times), frozen_floats(shifted), scores)
