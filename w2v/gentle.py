"""Negative sampling as word2vec.c and gensim do it, without the dice: many small steps from almost nothing.

What those programs learn is not the minimum of their loss, which memorises a small text, but where stochastic
descent has come to after some epochs from vectors near zero: frequent patterns first. To find the same neighbors,
the passes here follow the same way in expectation: the same start, and in pass i a friction of 1 / rate_i, with a
rate that falls in a straight line. In the time they take together, rate times epochs, that is gensim with its rate
of 0.025 for about 26 epochs.
"""

from collections.abc import Callable

import numpy as np

from w2v.full_batch import Reals

TIME = 0.64  # rate at the start times number of passes


def small_start(n_words: int, dim: int, rng: np.random.Generator) -> tuple[Reals, Reals]:
    """Return V and U uniform between +-0.5 / dim, (n_words, dim) each. word2vec.c has the same V, and U zero."""
    V, U = (rng.random((2, n_words, dim)) - 0.5) / dim
    return V, U


def falling_rate(planned: int, done: int) -> Callable[[int], float]:
    """Return the friction of pass i of those that are left of `planned` when `done` are done."""
    return lambda i: planned / (TIME * max(0.5 / planned, 1.0 - (done + i + 0.5) / planned))
