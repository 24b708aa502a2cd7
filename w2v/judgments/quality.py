"""How far the vectors of a training agree with what people say, moment by moment: quality as a curve beside the loss.

At each moment it is what `python -m w2v evaluate` says of the vectors saved there, which hold float32.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from w2v.judgments.evaluation import AnalogyTest, Pair, PairTest, analogies, in_all, similarity, spearman
from w2v.moments import Moments
from w2v.neighbours import unit_rows
from w2v.texts import Preset
from w2v.word_vectors import WordVectors

MOST_ORDERED = 2_000  # pairs that are compared each with each other
ALIKE, NOT_ALIKE = 10, 0  # scores of the words of a preset: of one group, of two


@dataclass(frozen=True, slots=True)
class Quality:
    """What one moment says to a test of word pairs or of analogies.

    value   : of pairs, Spearman's rank correlation of cosines and scores, -1 to 1; of analogies, the share of right
              answers among those found, 0 to 1; None where too few were found, or nothing differs
    n_found : pairs or questions of which all words have vectors;  n_asked : those in the file
    n_right, n_nearest : of questions, as `AnalogyResult` has them
    """

    value: float | None
    n_found: int
    n_asked: int
    n_right: int = 0
    n_nearest: int = 0


def quality_at(moments: Moments, t: int, test: PairTest | AnalogyTest) -> Quality:
    """Return how far the vectors of moment t agree with a test, as `read_test` reads it."""
    return quality_of(WordVectors(moments.corpus.vocabulary.words, moments.parameters(t).V), test)


def quality_of(saved: WordVectors, test: PairTest | AnalogyTest) -> Quality:
    """Return the same of vectors, as they would be saved."""
    vectors = replace(saved, vectors=saved.vectors.astype(np.float32))
    if isinstance(test, PairTest):
        pairs = similarity(vectors, test)
        return Quality(pairs.spearman, pairs.n_found, pairs.n_pairs)
    answers = in_all(analogies(vectors, test))
    value = answers.n_right / answers.n_found if answers.n_found else None
    return Quality(value, answers.n_found, answers.n_questions, answers.n_right, answers.n_nearest)


def out_of_order(saved: WordVectors, test: PairTest, n: int) -> list[tuple[Pair, bool]]:
    """Return the `n` pairs that stand in the wrong order with most others, and whether their words are too alike.

    Two pairs are in the wrong order if one has the higher score and the lower cosine. Of pairs that are in order with
    all others none is returned.
    """
    rows: dict[str, int] = {}
    for row, word in enumerate(saved.words):
        rows.setdefault(word.upper(), row)
    known = [pair for pair in test.pairs if {pair.a.upper(), pair.b.upper()} <= rows.keys()][:MOST_ORDERED]
    unit = unit_rows(saved.vectors)
    cosines = np.array([unit[rows[pair.a.upper()]] @ unit[rows[pair.b.upper()]] for pair in known])
    scores = np.array([pair.score for pair in known])
    wrong = (scores[:, None] - scores) * (cosines[:, None] - cosines) < 0
    too_alike = (wrong & (cosines[:, None] > cosines)).sum(axis=1)
    times = wrong.sum(axis=1)
    worst = np.argsort(-times, kind="stable")[:n].tolist()
    return [(known[i], bool(2 * too_alike[i] > times[i])) for i in worst if times[i]]


def highest(moments: Moments, test: PairTest) -> float | None:
    """Return the most that any vectors can reach on the pairs found: below 1 where scores are equal, cosines hardly."""
    known = {word.upper() for word in moments.corpus.vocabulary.words}
    scores = sorted([pair.score for pair in test.pairs if {pair.a.upper(), pair.b.upper()} <= known])
    return None if len(scores) < 2 else spearman(range(len(scores)), scores)


def quality_over(
    moments: Moments, at: Sequence[int], test: PairTest | AnalogyTest
) -> Generator[list[Quality], None, tuple[Quality, ...]]:
    """Return the same of many moments, as work that comes in slices (see `slices`) and yields what it has so far."""
    found: list[Quality] = []
    for t in at:
        found.append(quality_at(moments, t, test))
        yield found
    return tuple(found)


def coarse_to_fine(at: Sequence[int]) -> list[int]:
    """Return moments in another order: the last, the first, then the middle of what is left, until all are there.

    Whoever stops on the way has seen all of the training, if not every moment.
    """
    stride, order = 1 << len(at).bit_length(), [len(at) - 1]
    while stride := stride // 2:
        order += range(0, len(at), stride)
    return [at[i] for i in dict.fromkeys(order)]


def pairs_of_preset(preset: Preset) -> str:
    """Return word pairs with scores for a preset, a line each: words made to end side by side are alike, others not.

    Each group is compared with the next one, so that there are about as many pairs of one kind as of the other.
    """
    groups = preset.groups
    if len(groups) < 2:
        return ""
    alike = [(*two, ALIKE) for group in groups for two in combinations(group, 2)]
    others = [
        (a, b, NOT_ALIKE)
        for one, other in zip(groups, (*groups[1:], groups[0]))
        for a, b in zip(one, other, strict=False)
    ]
    return "\n".join([f"{a}\t{b}\t{score}" for a, b, score in (*alike, *others)])
