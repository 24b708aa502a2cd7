"""The expected path of SGD: negative sampling as word2vec.c and gensim do it, with every draw replaced by its mean.

What those programs learn is not the minimum of their loss, which memorises a small text, but where stochastic
gradient descent has come to after some epochs from vectors near zero: frequent patterns first. To find the same
neighbors, the passes here follow the same path in expectation, for 20 epochs at a learning rate that decays linearly
from 0.025:

- They begin at the same place, vectors near zero.
- A pass that stands for some stretch of the path is one implicit gradient step, whose step size is the sum of the
  learning rates of that stretch. First everything changes fast, later slowly, so the first passes stand for very
  little and the last ones for an epoch and more.
- Single updates are drawn by chance, so every vector fluctuates about its mean. Once it is stationary, with a
  covariance of rate / 2 times the identity, because the variance of the gradients of a likelihood is its second
  derivative (Mandt, Hoffman and Blei 2017, arXiv:1704.04289, section 3). The expected gradient of a row v_c over
  this noise in the rows u_o has a term more,

      sum_o sigma'(u_o . v_c) Cov(u_o) v_c  =  rate / 2 * (sum_o sigma'(u_o . v_c)) v_c,

  a pull towards zero, strongest for frequent words: without it these become up to twice as long as they are in
  gensim. (A second term, with sigma'', changed next to no neighbor where it was tried, and is left out.)

Learning rate and epochs are those of a usual training with gensim. How the passes are spread over it was chosen by
trying: the neighbors of two texts came out a little better at `SCHEDULE_POWER` 2.5 than at 2, and alike at 3. What
expectations cannot know is the order of the text, to which vectors adapt on their way; to the neighbors that gensim
finds in the same sentences in another order, the path here is as close as gensim with another seed.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from w2v.whole.blocks import Reals

LEARNING_RATE, EPOCHS = 0.025, 20
SCHEDULE_POWER = 2.5  # the first i of n passes stand for (i / n) ** SCHEDULE_POWER of the training


class ScheduledStep(NamedTuple):
    """How a pass follows the expected path of SGD.

    inverse_step_size : 1 / (sum of the learning rates of the stretch it stands for, epoch by epoch), in units of
                        summed pairs: what an implicit gradient step adds to the second derivative
    noise_variance    : stationary variance of every coordinate about its mean, learning rate / 2
    """

    inverse_step_size: float
    noise_variance: float


def initial_vectors(n_words: int, dim: int, rng: np.random.Generator) -> tuple[Reals, Reals]:
    """Return V and U uniform between +-0.5 / dim, (n_words, dim) each. word2vec.c has the same V, and U zero."""
    V, U = (rng.random((2, n_words, dim)) - 0.5) / dim
    return V, U


def schedule(planned: int, done: int, n_draws: int = 1) -> Callable[[int], ScheduledStep]:
    """Return the schedule: the step of pass i of those that are left of `planned` when `done` are done.

    n_draws : how many times the text was counted, each time with other windows and other words left out
    """

    def of_pass(i: int) -> ScheduledStep:
        begin, end = (min(1.0, (done + i + j) / planned) ** SCHEDULE_POWER for j in (0, 1))
        mean_rate = LEARNING_RATE * (1 - (begin + end) / 2)
        step_size = max(EPOCHS * (end - begin) * mean_rate, np.finfo(np.float32).tiny)
        return ScheduledStep(n_draws / step_size, mean_rate / 2)

    return of_pass
