"""What the sentences of a guide say of a run, in numbers; all at its end."""

from dataclasses import dataclass

import numpy as np

from pages.drawing.numbers import number, percent
from w2v import Run, nearest, prediction
from w2v.arrays import Floats
from w2v.neighbours import nearest_of_all

CHANCE_DRAWS = 500


@dataclass(frozen=True)
class Pair:
    """Two words and their cosine."""

    words: tuple[str, str]
    cosine: float


def learned(run: Run) -> str:
    """Return how much of what can be learned the run has learned, as a percentage."""
    return percent(run.plan.goal.share_of_the_way(end_loss(run))).replace(" ", "\N{NO-BREAK SPACE}")


def end_loss(run: Run) -> float:
    """Return the mean loss at the end."""
    return run.plan.goal.mean_loss(run.parameters(run.n_steps))


def nearest_of(run: Run, word: str, n: int = 1) -> list[tuple[str, str]]:
    """Return the words most like a word, with their cosines as they are written."""
    vocabulary = run.corpus.vocabulary
    near = nearest(run.parameters(run.n_steps).V, vocabulary.ids[word], n)
    return [(vocabulary.words[i], number(cosine)) for i, cosine in near]


def closest_pair(run: Run) -> Pair:
    """Return the two words whose vectors are most alike."""
    near, cosines = nearest_of_all(run.parameters(run.n_steps).V)
    one, words = int(cosines.argmax()), run.corpus.vocabulary.words
    first, second = sorted([words[one], words[int(near[one])]])
    return Pair((first, second), float(cosines[one]))


def closest_by_chance(n_words: int, dim: int) -> float:
    """Return the cosine of the closest two of so many vectors that are drawn at random, on average."""
    drawn = np.random.default_rng(1).normal(size=(CHANCE_DRAWS, n_words, dim))
    drawn /= np.linalg.norm(drawn, axis=2, keepdims=True)
    cosines: Floats = drawn @ drawn.transpose(0, 2, 1)
    cosines[:, np.arange(n_words), np.arange(n_words)] = -1
    return float(cosines.max(axis=(1, 2)).mean())


def guess(run: Run, t: int, center: str, context: str) -> str:
    """Return P(context | center) at a moment, as a percentage."""
    ids = run.corpus.vocabulary.ids
    return percent(float(prediction(run.parameters(t), (ids[center],), run.plan.objective)[ids[context]]))
