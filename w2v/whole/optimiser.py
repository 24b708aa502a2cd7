"""Which optimiser an objective is trained with, and from where: the only place where the two ways of passes part."""

from functools import partial

import numpy as np

from w2v.counts import Counts
from w2v.objectives import NegativeSampling, Objective
from w2v.whole.alternating_newton import AlternatingNewton, Momentum
from w2v.whole.checkpoints import Frame
from w2v.whole.expected_sgd import initial_vectors, schedule
from w2v.whole.full_batch import SoftmaxBatch
from w2v.whole.negative_batch import NegativeBatch
from w2v.whole.spectral_start import spectral_start, unigram_solution
from w2v.workers import Pool

DOUBLE_PRECISION_UP_TO = 300  # words: below, it costs nothing
WARM_UP_FROM, WARM_UP_SHARE = 400, 0.88  # words in the vocabulary; pairs: see `alternating_newton.py`


def optimiser(
    objective: Objective,
    counts: Counts,
    heldout: Counts | None,
    dim: int,
    l2: float,
    pool: Pool,
    *,
    last: Frame | None,
    rng: np.random.Generator,
    planned: int,
    done: int,
    n_draws: int,
    momentum: Momentum | None = None,
    quick_rounds: int = 0,
    settles_rare: bool = False,
) -> AlternatingNewton:
    """Return the optimiser for these counts, at the vectors to begin with, or at V and U after the `last` pass.

    rng           : draws the vectors to begin with
    planned, done : passes in all, and those of them that are done: where on its schedule the expected path of SGD is
    n_draws       : how many times the text was counted for `counts`
    momentum      : what the optimiser knew after the `last` pass, to go on as if it had not stopped there
    quick_rounds  : of quick passes, where there is no time for others
    settles_rare  : whether the first pass of full softmax ends with a step of the rows of V of rare words
    """
    n_words = counts.matrix.shape[1]
    dtype = np.float64 if n_words <= DOUBLE_PRECISION_UP_TO else np.float32
    if isinstance(objective, NegativeSampling):
        batch = NegativeBatch(counts, objective, heldout, dtype, pool)
        if last is None:
            V, U = initial_vectors(n_words, dim, rng)
            last = V.astype(dtype), U.astype(dtype)
        zero = 0 * last[0], 0 * last[1]
        return _resumed(AlternatingNewton(batch, *last, zero, l2, schedule=schedule(planned, done, n_draws)), momentum)
    softmax = SoftmaxBatch(counts, heldout, dtype, pool)
    prior_means = unigram_solution(counts, dim, dtype)
    if last is not None and momentum is None:
        return AlternatingNewton(softmax, *last, prior_means, l2)
    warm_up_words = frequent_words(counts) if n_words >= WARM_UP_FROM or quick_rounds else None
    start = last or spectral_start(counts, prior_means, rng, regularised=l2 > 0, pool=pool)
    made = AlternatingNewton(
        softmax,
        *start,
        prior_means,
        l2,
        unigram_loss=counts.unigram_loss,
        warm_up_words=warm_up_words,
        quick_rounds=quick_rounds,
        model_of_rare=partial(softmax.model_of_rare_V, prior_means[0][0]) if settles_rare else None,
    )
    return _resumed(made, momentum)


def _resumed(made: AlternatingNewton, momentum: Momentum | None) -> AlternatingNewton:
    if momentum:
        made.resume(momentum)
    return made


def frequent_words(counts: Counts) -> int:
    """Return how many words, the most frequent ones, are the center of `WARM_UP_SHARE` of the pairs."""
    up_to = np.cumsum(counts.row_totals)
    return min(len(up_to), int(np.searchsorted(up_to, WARM_UP_SHARE * up_to[-1])) + 1)
