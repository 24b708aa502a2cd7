"""Which words were nearest to a word, from the first moment of a training to its last."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, Ints, frozen_floats, frozen_ints
from w2v.moments import Moments
from w2v.neighbours import cosine_similarity

NEAREST = 5  # places that are looked at
MOST = 9  # words that are followed


@dataclass(frozen=True, eq=False)
class NearestOverTime:
    """The places of words among those most like one, at several moments.

    word    : the id of the one they are compared with
    at      : (m,) the moments, rising
    words   : (k,) ids of those that were among the nearest at some moment: first those of the last one, the nearest
              first, then of the others those that were it at most moments
    ranks   : (m, k) the place of each at each moment, 1 for the nearest; ties are in order of id
    cosines : (m, k) of its vector v with that of the word
    ever    : how many were among the nearest at some moment, those that are not followed too
    """

    word: int
    at: Ints
    words: Ints
    ranks: Ints
    cosines: Floats
    ever: int


def nearest_over_time(
    moments: Moments, word: int, at: Sequence[int], nearest: int = NEAREST, most: int = MOST
) -> Generator[None, None, NearestOverTime]:
    """Return the words that were among the `nearest` of a word at some of these moments, at most `most` of them.

    It comes in slices of a moment: of a large vocabulary all of them take their time.
    """
    ranks, cosines = [], []
    for t in at:
        cosine = cosine_similarity(moments.parameters(t).V, word)
        order = np.argsort(-cosine, kind="stable")
        rank = np.empty(len(order), np.int64)
        rank[order[order != word]] = np.arange(1, len(order))
        rank[word] = len(order)
        ranks.append(rank)
        cosines.append(cosine)
        yield
    table = np.array(ranks)  # (m, n_words)
    often = (table <= nearest).sum(axis=0)
    often[word] = 0
    last = table[-1]
    order = np.lexsort((last, -often, np.minimum(last, nearest + 1)))
    chosen = order[often[order] > 0][:most]
    return NearestOverTime(
        word=word,
        at=frozen_ints(at),
        words=frozen_ints(chosen),
        ranks=frozen_ints(table[:, chosen]),
        cosines=frozen_floats(np.array(cosines)[:, chosen]),
        ever=int((often > 0).sum()),
    )
