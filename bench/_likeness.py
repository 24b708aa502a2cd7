"""How much vectors are like people, and like other vectors: what the tables of large texts have of each model."""

from functools import cache
from typing import Any

import numpy as np

from w2v import WordVectors
from w2v.judgments.evaluation import AnalogyTest, PairTest, read_test, similarity
from w2v.neighbours import unit_rows

NEIGHBORS, WORDS_ASKED = 10, 2_000


def likeness(vectors: WordVectors) -> tuple[float, float]:
    """Return the correlations with WordSim-353 and SimLex-999; 0 where too few pairs are found."""
    wordsim, simlex = (similarity(vectors, test).spearman or 0.0 for test in pairs())
    return wordsim, simlex


@cache
def pairs() -> tuple[PairTest, PairTest]:
    """Return WordSim-353 and SimLex-999."""
    return published("wordsim353.tsv"), published("simlex999.txt")


def published(name: str) -> Any:
    """Return a test that comes with gensim."""
    from gensim.test.utils import datapath

    with open(datapath(name), "rb") as file:
        test = read_test(file.read())
    assert isinstance(test, PairTest | AnalogyTest)
    return test


def neighbors_shared(ours: WordVectors, theirs: WordVectors) -> float:
    """Return how many of a word's ten nearest are the same in both, on average over frequent words."""
    words = [word for word in theirs.words if word in ours.ids][:WORDS_ASKED]
    near = []
    for vectors in (ours, theirs):
        unit = unit_rows(vectors.vectors[[vectors.ids[word] for word in words]])
        alike = unit @ unit.T
        np.fill_diagonal(alike, -2)
        near.append(np.argpartition(-alike, NEIGHBORS, axis=1)[:, :NEIGHBORS])
    return float(np.mean([len(np.intersect1d(a, b)) for a, b in zip(*near, strict=True)]))
