"""Several trainings side by side: how much each has learned, when its words came to rest, maps laid alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import orthogonal_procrustes

from w2v.arrays import Floats, Ints, frozen_floats, frozen_ints
from w2v.goal import share_of_the_way
from w2v.moments import Moments
from w2v.neighbours import nearest, unit_rows
from w2v.pictures.axes import pca_basis
from w2v.word_vectors import WordVectors

LOOKS = 100  # moments of a training at which its neighbors are looked at
FEWEST_ALIKE = 2  # words that two trainings must share, or else nothing says how to turn one towards the other


def share_learned(moments: Moments) -> float:
    """Return how far the best moment has come: 0 is guessing, 1 the floor; below 0 is worse than guessing.

    Where guessing is as good as any model can be, 1 is returned.
    """
    at, losses = moments.loss_curve(2)
    return share_of_the_way(float(np.interp(moments.best, at, losses)), moments.guess, moments.floor)


def best_vectors(moments: Moments) -> WordVectors:
    """Return the vectors v of the best moment: what is left to compare of a training that is not kept.

    In single precision where nothing is lost by that, as of passes over a large vocabulary, which were made in it.
    """
    V = moments.parameters(moments.best).V
    single = V.astype(np.float32)
    return WordVectors(moments.corpus.vocabulary.words, single if np.array_equal(single, V) else V)


def nearest_words(of: WordVectors, word: str, n: int) -> tuple[str, ...]:
    """Return the `n` words whose vectors are most similar to that of a word; none if it has none.

    Words are named, not numbered: other texts number them otherwise.
    """
    if word not in of.ids:
        return ()
    return tuple([of.words[i] for i, _ in nearest(of.vectors, of.ids[word], n)])


@dataclass(frozen=True, eq=False)
class Rest:
    """When words came to rest: the moments after which their nearest words changed no more.

    looked  : the moments that were looked at, in order, from the start to the best one
    changed : (n_words,) of the most frequent words: the first of these moments from which on the nearest words stayed
              what they are at the end; 0 for words that had them from the start
    """

    looked: tuple[int, ...]
    changed: Ints


def came_to_rest(moments: Moments, most: int, n: int = 1) -> Rest:
    """Find when the `n` nearest words of each of the `most` most frequent words last changed, in whichever order.

    They are sought among these words. What changes and changes back between two looks is not seen.
    """
    looked = [t for t in moments.keyframes(LOOKS) if t < moments.best] + [moments.best]
    at_end = _nearest_sets(moments.parameters(looked[-1]).V[:most], n)
    changed = np.zeros(len(at_end), dtype=np.int64)
    for t, after in zip(looked[:-1], looked[1:], strict=True):
        changed[(_nearest_sets(moments.parameters(t).V[:most], n) != at_end).any(axis=1)] = after
    return Rest(tuple(looked), frozen_ints(changed))


def _nearest_sets(V: Floats, n: int) -> Ints:
    """Return the ids of the `n` nearest words of each, in order of id: (n_words, n), fewer where there are fewer."""
    unit = unit_rows(V)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -np.inf)
    found = []
    for _ in range(min(n, len(V) - 1)):  # quicker than sorting them all
        found.append(cosines.argmax(axis=1))
        cosines[np.arange(len(V)), found[-1]] = -np.inf
    return np.sort(np.stack(found, axis=1), axis=1) if found else np.zeros((len(V), 0), dtype=np.int64)


# --- maps that lie alike ----------------------------------------------------------------------------------------


def map_alike(one: WordVectors, first: WordVectors, most: int) -> Floats:
    """Return a flat map (n_words, 2) of the `most` most frequent words, laid as much like another's as turning can.

    first : the other, whose map is that of its two widest directions, and is the same whatever is laid beside it

    A model is the same when all of its vectors are turned or mirrored together. So one with as many dimensions as the
    first is turned towards it in all of them (Procrustes, over the words that both have) and drawn in its plane.
    Another is drawn in its own widest plane, which is turned towards the first map.
    """
    V, reference = [np.asarray(model.vectors[:most], dtype=np.float64) for model in (one, first)]
    plane = pca_basis(reference)
    here, there = shared(one.words[:most], first.words[:most])
    if V.shape[1] == reference.shape[1]:
        return frozen_floats(plane(turned_towards(V, reference, here, there)))
    return frozen_floats(turned_towards(pca_basis(V)(V), plane(reference), here, there))


def shared(words: Sequence[str], others: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the places of the words that both have, in the one and in the other, in the order of the others."""
    place = {word: i for i, word in enumerate(words)}
    both = [(place[word], j) for j, word in enumerate(others) if word in place]
    pairs = np.array(both, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def turned_towards(points: Floats, reference: Floats, here: Ints, there: Ints) -> Floats:
    """Turn, mirror and move points (n, k) so that some of them lie as close as possible to some of others (m, k).

    here, there : which of the points are to lie where, of equal length; too few of them move nothing
    """
    if len(here) < FEWEST_ALIKE:
        return points
    middle, center = points[here].mean(axis=0), reference[there].mean(axis=0)
    turn, _ = orthogonal_procrustes(points[here] - middle, reference[there] - center)
    placed: Floats = (points - middle) @ turn + center
    return placed
