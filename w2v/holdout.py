"""Which sentences are learned from and which are kept aside, and the pairs of both, counted apart."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from w2v.arrays import Ints
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counts import Counts, flat_text, frozen_matrix, near_pairs
from w2v.gentle import EPOCHS

_WINDOWS, _HELDOUT = 1, 3  # streams of randomness, numbered after those of `plan.py`


def n_draws(config: Config) -> int:
    """Return how many times the pairs of a text are counted, each time with other windows and words left out.

    Negative sampling follows the average way of `EPOCHS` epochs, and each of those draws anew.
    """
    chance = config.dynamic_window or config.subsample > 0
    return EPOCHS if chance and config.objective == "negative" else 1


def split_counts(config: Config, corpus: Corpus, share: float) -> tuple[Counts, Counts]:
    """Count the pairs of the sentences to learn from, and those of the sentences kept aside.

    Subsampling and dynamic windows are drawn from the seed, as in the first epochs of a `Plan`; the pairs of all
    `n_draws` are added up.
    """
    words, sentence_of = flat_text(corpus)
    n_words = len(corpus.vocabulary)
    aside = heldout_sentences(config, corpus, share)
    learned = kept_aside = csr_array((n_words, n_words), dtype=np.int64)
    for epoch in range(n_draws(config)):
        rng = np.random.default_rng([config.seed, _WINDOWS, epoch])
        drawn, of_sentence = words, sentence_of
        if config.subsample > 0:
            keep_word = corpus.vocabulary.keep_probabilities(config.subsample, formula=config.subsample_formula)
            kept = rng.random(len(words)) < keep_word[words]
            drawn, of_sentence = words[kept], sentence_of[kept]
        radii = np.full(len(drawn), config.window)
        if config.dynamic_window:
            radii = rng.integers(1, config.window + 1, len(drawn))
        for_aside = aside[of_sentence]
        learned = learned + _pairs_of(~for_aside, drawn, of_sentence, radii, n_words)
        if aside.any():
            kept_aside = kept_aside + _pairs_of(for_aside, drawn, of_sentence, radii, n_words)
    return Counts(frozen_matrix(learned)), Counts(frozen_matrix(kept_aside))


def _pairs_of(part: NDArray[np.bool_], words: Ints, sentence_of: Ints, radii: Ints, n_words: int) -> csr_array:
    return near_pairs(words[part], sentence_of[part], radii[part], n_words)


def heldout_sentences(config: Config, corpus: Corpus, share: float) -> NDArray[np.bool_]:
    """Draw the sentences to keep aside among those of two words or more, (n_sentences,); at least one is left."""
    aside = np.zeros(len(corpus.sentence_lengths), bool)
    candidates = np.flatnonzero(corpus.sentence_lengths >= 2)
    n_aside = min(round(share * len(candidates)), len(candidates) - 1)
    if n_aside > 0:
        rng = np.random.default_rng([config.seed, _HELDOUT, 0])
        aside[rng.choice(candidates, n_aside, replace=False)] = True
    return aside
