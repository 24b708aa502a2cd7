"""a - b + c: against gensim and a loop written out, with its inputs left in and taken out, and on its picture."""

import itertools
import math
from functools import cache

import numpy as np
import pytest
from gensim.models import KeyedVectors

from w2v import PRESETS, Config, Run
from w2v.explain.analogies import parallelogram, solve

MATRIX = np.random.default_rng(11).normal(size=(40, 6)) * np.random.default_rng(12).choice([0.1, 1, 10], size=(40, 1))
ASKED = [(0, 1, 2), (7, 7, 9), (28, 3, 14), (5, 6, 5)]


def ranked(matrix: np.ndarray, aim: np.ndarray) -> list[int]:
    cosines = [math.fsum(aim * row) / math.hypot(*aim) / math.hypot(*row) for row in matrix]
    return sorted(range(len(matrix)), key=lambda word: (-cosines[word], word))


@pytest.mark.parametrize(("a", "b", "c"), ASKED)
def test_both_rankings_are_those_of_a_loop(a: int, b: int, c: int) -> None:
    unit = [row / math.hypot(*row) for row in MATRIX]
    expected = ranked(MATRIX, unit[a] - unit[b] + unit[c])
    found = solve(MATRIX, a, b, c)
    others = [word for word in expected if word not in (a, b, c)]
    assert [word for word, _ in found.best(40, left_in=True)] == expected
    assert [word for word, _ in found.best(40)] == others
    assert found.best(3) == found.best(40)[:3]
    assert (found.found(left_in=True), found.found()) == (expected[0], others[0])
    assert found.near_a == next(word for word in ranked(MATRIX, unit[a]) if word not in (a, b, c))
    assert found.near_c == next(word for word in ranked(MATRIX, unit[c]) if word not in (a, b, c))
    assert [found.place(word) for word in others] == list(range(1, len(others) + 1))
    assert found.place(a) is None


@pytest.mark.parametrize(("a", "b", "c"), [asked for asked in ASKED if len({*asked}) == 3])
def test_the_ranking_is_gensims(a: int, b: int, c: int) -> None:
    vectors = KeyedVectors(MATRIX.shape[1])
    vectors.add_vectors([str(i) for i in range(len(MATRIX))], MATRIX.astype(np.float32))
    theirs = vectors.most_similar(positive=[str(a), str(c)], negative=[str(b)], topn=37)
    ours = solve(vectors.vectors, a, b, c).best(37)
    assert [str(word) for word, _ in ours] == [word for word, _ in theirs]
    np.testing.assert_allclose([cosine for _, cosine in ours], [cosine for _, cosine in theirs], atol=1e-6)


def test_what_is_the_nearest_to_an_input_anyway_is_said() -> None:
    king, queen, man, woman = range(4)
    matrix = np.array([[1, 0.1, 0], [1, 0.2, 0], [0, 0.1, 1], [0, 0.2, 1], [-1, 0, -1], [0.5, -1, 0.8]])
    assert solve(matrix, king, man, woman).without_the_sum == (king,)
    assert solve(matrix, man, king, queen).without_the_sum == (man,)
    beside_a, beside_c = [1, 0.9, -0.4], [-1, -0.4, 0.9]
    square = np.array([[1, 0, 0.9], [1, 0.9, 0], [-1, 0, 0.9], [-1, 0.9, 0], beside_a, beside_c])
    assert solve(square, 1, 0, 2).found() == 3
    assert solve(square, 1, 0, 2).without_the_sum == ()


def test_without_another_word_nothing_is_found() -> None:
    found = solve(np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]]), 0, 1, 2)
    assert (found.found(), found.best(9), found.without_the_sum) == (None, (), ())
    assert (found.near_a, found.near_c) == (None, None)
    assert len(found.best(9, left_in=True)) == 3


def test_equal_answers_are_in_order_of_id() -> None:
    found = solve(np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [2.0, 1.0], [4.0, 2.0], [2.0, 1.0]]), 0, 1, 2)
    assert [word for word, _ in found.best(3)] == [3, 4, 5]
    assert [found.place(word) for word in (3, 4, 5)] == [1, 2, 3]


@pytest.mark.parametrize(("a", "b", "c"), ASKED)
def test_the_plane_keeps_all_distances_of_the_inputs_and_the_sum(a: int, b: int, c: int) -> None:
    unit = MATRIX / np.linalg.norm(MATRIX, axis=1, keepdims=True)
    others = (20, 30, a)
    seen = parallelogram(MATRIX, a, b, c, others)
    corners = [unit[a], unit[b], unit[c], unit[a] - unit[b] + unit[c]]
    for (i, p), (j, q) in itertools.combinations(enumerate(corners), 2):
        assert math.dist(seen.corners[i], seen.corners[j]) == pytest.approx(math.dist(p, q), abs=1e-12)
    for other, point, off in zip(others, seen.others, seen.off, strict=True):
        for i, corner in enumerate(corners):  # Pythagoras: the plane and the way off it
            across = math.dist(point, seen.corners[i])
            assert math.hypot(across, off) == pytest.approx(math.dist(unit[other], corner), abs=1e-12)
    assert seen.corners[1].tolist() == [0.0, 0.0]
    assert seen.off[2] == pytest.approx(0, abs=1e-12)


def test_vectors_on_one_line_leave_an_axis_to_the_word_that_is_found() -> None:
    same = np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    seen = parallelogram(same, 0, 1, 2, (3,))
    assert not seen.corners.any()
    assert math.hypot(*seen.others[0]) == pytest.approx(math.sqrt(2))
    assert seen.off[0] == pytest.approx(0)
    flat = parallelogram(np.array([[1.0], [-2.0], [3.0]]), 0, 1, 2, ())
    assert flat.corners.tolist() == [[2.0, 0.0], [0.0, 0.0], [2.0, 0.0], [4.0, 0.0]]


@cache
def seeded(key: str, seed: int) -> Run:
    return Run(Config(PRESETS[key].text, seed=seed))


def of_ten(key: str, asked: str) -> tuple[int, int]:
    """In how many of ten runs a suggested analogy comes out, with its inputs taken out and left in."""
    taken_out = left_in = 0
    for seed in range(1, 11):
        run = seeded(key, seed)
        a, b, c, d = [run.corpus.vocabulary.ids[word] for word in asked.split("-")]
        found = solve(run.parameters(run.n_moments - 1).V, a, b, c)
        taken_out, left_in = taken_out + (found.found() == d), left_in + (found.found(left_in=True) == d)
    return taken_out, left_in


@pytest.mark.parametrize(
    ("key", "asked", "least", "most"),
    [
        ("royal", "king-man-woman-queen", (9, 9), (10, 10)),  # always
        ("royal", "king-his-her-queen", (9, 0), (10, 3)),  # only with its inputs taken out
        ("eat_drink", "tea-drink-eat-apples", (0, 0), (1, 1)),  # never
    ],
)
def test_the_suggestions_come_out_as_they_were_chosen_to(
    key: str, asked: str, least: tuple[int, int], most: tuple[int, int]
) -> None:
    assert tuple(asked.split("-")) in PRESETS[key].analogies
    taken_out, left_in = of_ten(key, asked)
    assert least[0] <= taken_out <= most[0]
    assert least[1] <= left_in <= most[1]


def test_every_suggestion_is_of_words_of_its_text() -> None:
    suggested = [(preset, asked) for preset in PRESETS.values() for asked in preset.analogies]
    assert suggested
    for preset, asked in suggested:
        assert len(set(asked)) == 4
        assert set(asked) <= set(preset.text.lower().replace(".", "").split())
