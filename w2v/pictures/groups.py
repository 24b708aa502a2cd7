"""Groups of words that a picture tells apart: those that a preset is made of, else those that the model has found."""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Ints, frozen_ints
from w2v.moments import Moments
from w2v.pictures.clusters import clusters
from w2v.texts import PRESETS

FOUND = 5  # groups that are looked for
FEWEST_WORDS = 3  # in each of them, on average


@dataclass(frozen=True, eq=False)
class Groups:
    """Which words belong together.

    given : whether the text was made so; else the groups were found in the vectors
    of    : (n_words,) the number of the group of each word, from 0; -1 for a word in none
    """

    given: bool
    of: Ints


def groups_of(moments: Moments, n_words: int) -> Groups:
    """Return the groups of the `n_words` most frequent words, the same at every moment.

    Those of a preset; else the clusters of the vectors (v) at the moment whose model is best.
    """
    given = given_groups(moments, n_words)
    if given is not None:
        return Groups(True, given)
    V = moments.parameters(moments.best).V[:n_words]
    return Groups(False, clusters(V, max(1, min(FOUND, len(V) // FEWEST_WORDS))))


def given_groups(moments: Moments, n_words: int) -> Ints | None:
    """Return the group of each of these words as in `Groups.of`; None where the text was not made to have groups."""
    preset, ids = moments.config.preset, moments.corpus.vocabulary.ids
    found = np.full(n_words, -1)
    for number, words in enumerate(PRESETS[preset].groups if preset else ()):
        for word in words:
            if (i := ids.get(word, n_words)) < n_words:
                found[i] = number
    return frozen_ints(found) if (found >= 0).any() else None
