"""Which sentences are learned from and which are kept aside, and the pairs of both, counted apart.

Long sentences are kept aside by stretches: see `counting/stretches.py`.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import scipy
from numpy.typing import NDArray

from w2v.arrays import Ints, Sparse
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counting.stretches import marked, units
from w2v.counts import Counts, facing_pairs, flat_text, frozen_matrix, near_pairs
from w2v.objectives import OBJECTIVES
from w2v.whole.expected_sgd import EPOCHS
from w2v.windows import draw_windows

DEFAULT_SHARE = 0.1  # of the sentences
SHORT_TEXT = 20_000  # words

_WINDOWS, _HELDOUT = 1, 3  # streams of randomness, numbered after those of `plan.py`


class _Draw(NamedTuple):
    """The words that subsampling leaves, in order, and the radius around each; all (n,)."""

    words: Ints
    sentence_of: Ints
    is_learned: NDArray[np.bool_]
    is_aside: NDArray[np.bool_]
    radii: Ints


def default_share(config: Config, corpus: Corpus) -> float:
    """Return the share of the sentences that is kept aside when none is asked for.

    A tenth says when to stop, with one exception. Negative sampling follows a schedule of 20 epochs
    (`expected_sgd.py`): a short text is learned by heart before its end, a long one much less, and is
    learned from as a whole.
    """
    return 0.0 if OBJECTIVES[config.objective].on_schedule and corpus.n_tokens >= SHORT_TEXT else DEFAULT_SHARE


def n_draws(config: Config) -> int:
    """Return how many times the pairs of a text are counted, each time with other windows and words left out.

    Negative sampling follows the expected path of `EPOCHS` epochs of SGD, and each of those draws anew.
    """
    chance = config.dynamic_window or config.subsample > 0
    return EPOCHS if chance and OBJECTIVES[config.objective].on_schedule else 1


def split_counts(config: Config, corpus: Corpus, share: float) -> tuple[Counts, Counts]:
    """Count the pairs of the sentences to learn from, and those of the sentences kept aside.

    Subsampling and dynamic windows are drawn from the seed, as in the first epochs of a `Plan`; the pairs of all
    `n_draws` are added up.
    """
    n_words = len(corpus.vocabulary)
    if corpus.is_output is not None:
        words, pair_of = flat_text(corpus)
        aside = heldout_units(config, corpus.sentence_lengths, share)[pair_of]
        training, held_out = (
            facing_pairs(words[part], pair_of[part], corpus.is_output[part], n_words) for part in (~aside, aside)
        )
        return Counts(training), Counts(held_out)
    training = held_out = scipy.sparse.csr_array((n_words, n_words), dtype=np.int64)
    for drawn, sentence, is_learned, is_aside, radii in _draws(config, corpus, share):
        training = training + _pairs_of(is_learned, drawn, sentence, radii, n_words)
        if is_aside.any():
            held_out = held_out + _pairs_of(is_aside, drawn, sentence, radii, n_words)
    return Counts(frozen_matrix(training)), Counts(frozen_matrix(held_out))


def leaves_pairs(config: Config, corpus: Corpus) -> bool:
    """Say whether subsampling leaves any pair to learn from, with the usual share kept aside; none is counted."""
    if config.subsample == 0 or corpus.is_output is not None:
        return True
    for _, sentence, is_learned, _, _ in _draws(config, corpus, default_share(config, corpus)):
        of_words = sentence[is_learned]
        if (of_words[1:] == of_words[:-1]).any():
            return True
    return False


def _draws(config: Config, corpus: Corpus, share: float) -> Iterator[_Draw]:
    """Draw words and windows as often as the pairs are counted."""
    words, _ = flat_text(corpus)
    lengths, of_sentence = units(corpus.sentence_lengths)
    is_heldout, sentence_of, used = marked(lengths, of_sentence, heldout_units(config, lengths, share), config.window)
    for epoch in range(n_draws(config)):
        rng = np.random.default_rng([config.seed, _WINDOWS, epoch])
        kept, radii = draw_windows(config, corpus, words, rng)
        is_aside, in_use = is_heldout[kept], used[kept]
        yield _Draw(words[kept], sentence_of[kept], ~is_aside & in_use, is_aside & in_use, radii)


def _pairs_of(part: NDArray[np.bool_], words: Ints, sentence_of: Ints, radii: Ints, n_words: int) -> Sparse:
    return near_pairs(words[part], sentence_of[part], radii[part], n_words)


def heldout_units(config: Config, lengths: Ints, share: float) -> NDArray[np.bool_]:
    """Draw what to keep aside among the `units` of two words or more, (n_units,); at least one is left."""
    heldout = np.zeros(len(lengths), bool)
    candidates = np.flatnonzero(lengths >= 2)
    n_heldout = min(round(share * len(candidates)), len(candidates) - 1)
    if n_heldout > 0:
        rng = np.random.default_rng([config.seed, _HELDOUT, 0])
        heldout[rng.choice(candidates, n_heldout, replace=False)] = True
    return heldout
