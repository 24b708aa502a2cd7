"""Which sentences are learned from and which are kept aside, and the pairs of both, counted apart."""

import numpy as np
from numpy.typing import NDArray

from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counts import Counts, flat_text, near_pairs

_WINDOWS, _HELDOUT = 1, 3  # streams of randomness, numbered after those of `plan.py`
_NOTHING = (np.empty(0, np.int64),) * 3


def split_counts(config: Config, corpus: Corpus, share: float) -> tuple[Counts, Counts]:
    """Count the pairs of the sentences to learn from, and those of the sentences kept aside.

    Subsampling and dynamic windows are drawn once from the seed, as in the first epoch of a `Plan`.
    """
    rng = np.random.default_rng([config.seed, _WINDOWS, 0])
    words, sentence_of = flat_text(corpus)
    if config.subsample > 0:
        keep_word = corpus.vocabulary.keep_probabilities(config.subsample, formula=config.subsample_formula)
        kept = rng.random(len(words)) < keep_word[words]
        words, sentence_of = words[kept], sentence_of[kept]
    radii = np.full(len(words), config.window)
    if config.dynamic_window:
        radii = rng.integers(1, config.window + 1, len(words))
    aside = heldout_sentences(config, corpus, share)
    n_words = len(corpus.vocabulary)
    if not aside.any():
        return Counts(near_pairs(words, sentence_of, radii, n_words)), Counts(near_pairs(*_NOTHING, n_words))
    of_aside = aside[sentence_of]
    parts = (~of_aside, of_aside)
    learned, kept_aside = (Counts(near_pairs(words[part], sentence_of[part], radii[part], n_words)) for part in parts)
    return learned, kept_aside


def heldout_sentences(config: Config, corpus: Corpus, share: float) -> NDArray[np.bool_]:
    """Draw the sentences to keep aside among those of two words or more, (n_sentences,); at least one is left."""
    aside = np.zeros(len(corpus.sentence_lengths), bool)
    candidates = np.flatnonzero(corpus.sentence_lengths >= 2)
    n_aside = min(round(share * len(candidates)), len(candidates) - 1)
    if n_aside > 0:
        rng = np.random.default_rng([config.seed, _HELDOUT, 0])
        aside[rng.choice(candidates, n_aside, replace=False)] = True
    return aside
