"""Several trainings side by side: held to plain loops, to other ways of reckoning, and to each run's own moments."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import procrustes

from w2v import PRESETS, Config, Moments, Run, Trace, WordVectors, cut_windows, skip_gram, trace, train_whole_text
from w2v.arrays import Floats
from w2v.explain.parting import Parting, Vectors, difference, distance, distances, first_parting, words_in_both
from w2v.explain.side_by_side import best_vectors, came_to_rest, map_alike, nearest_words, share_learned
from w2v.slices import finished
from w2v.whole.passes import Passes

TEXT = (
    "The cat sees the dog. The cat hears the bird. The dog sees the bird. The dog hears the cat. "
    "A bird sees the cat. A bird hears the dog."
)
SHORT = Config(TEXT, epochs=3, dim=4)


def parting(first: Moments, second: Moments) -> Parting:
    return finished(first_parting(first, second))


def by_hand(first: Run, second: Run) -> int | None:
    """The first moment at which any number differs, by looking at all."""
    for t in range(min(first.n_moments, second.n_moments)):
        a, b = first.parameters(t), second.parameters(t)
        if a.V.tobytes() != b.V.tobytes() or a.U.tobytes() != b.U.tobytes():
            return t
    return None


# --- the first parting ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
def test_the_same_settings_never_part(objective: str) -> None:
    config = replace(SHORT, objective=objective)
    assert parting(Run(config), Run(config)) == Parting("never")


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 0.1},
        {"epochs": 4},
        {"decay": False},
        {"window": 3},
        {"objective": "negative"},
        {"batching": "window"},
        {"architecture": "cbow"},
        {"dynamic_window": True},
    ],
    ids=str,
)
def test_settings_part_where_looking_at_every_moment_says(changes: dict[str, object]) -> None:
    first, second = Run(SHORT), Run(replace(SHORT, **changes))  # type: ignore[arg-type]
    found, moment = parting(first, second), by_hand(first, second)
    assert found.kind == "later"
    assert moment is not None
    assert found.t + 1 == moment > 0
    a, b, number = first.parameters(moment), second.parameters(moment), found.number
    assert number is not None
    gaps = np.concatenate([np.abs(a.V - b.V).ravel(), np.abs(a.U - b.U).ravel()])
    place = {"V": (a.V, b.V), "U": (a.U, b.U)}[number.matrix]
    assert (number.first, number.second) == tuple(matrix[number.row, number.component] for matrix in place)
    assert abs(number.first - number.second) == gaps.max()
    assert (number.differing, number.of) == (np.count_nonzero(gaps), gaps.size)


def test_one_vector_per_word_parts_like_two_and_from_two_at_once() -> None:
    one = Run(replace(SHORT, one_vector=True))
    other = Run(replace(SHORT, one_vector=True, batching="window"))
    assert parting(one, Run(one.config)) == Parting("never")
    assert parting(one, other).t + 1 == by_hand(one, other)
    assert parting(one, Run(SHORT)).kind == "start"


@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
def test_one_changed_word_parts_them_at_the_first_window_that_holds_it(objective: str) -> None:
    # "sees" and "hears" change places in the last two sentences: all counts stay, so that both start alike
    text = TEXT.replace("A bird sees the cat. A bird hears the dog.", "A bird hears the cat. A bird sees the dog.")
    first, second = Run(replace(SHORT, objective=objective)), Run(replace(SHORT, objective=objective, text=text))
    found = parting(first, second)
    assert (found.kind, found.t + 1) == ("later", by_hand(first, second))
    if objective == "negative":  # a word that was drawn before may be another: it is drawn again where it is the target
        return
    tokens, examples = first.corpus.tokens, first.plan.epoch(0)
    changed = next(i for i, (a, b) in enumerate(zip(tokens, second.corpus.tokens, strict=True)) if a != b)
    windows = [
        {int(center), *examples.windows.context_at[start:end].tolist()}
        for center, start, end in zip(
            examples.windows.center_at, examples.windows.context_start[:-1], examples.windows.context_start[1:]
        )
    ]
    first_window = next(i for i, places in enumerate(windows) if changed in places)
    assert int(examples.window[found.t]) == first_window > 0


def test_other_first_vectors_other_dimensions_and_other_words_are_told_apart() -> None:
    first = Run(SHORT)
    other = parting(first, Run(replace(SHORT, seed=2)))
    assert (other.kind, other.t) == ("start", 0)
    assert other.number == difference(first.parameters(0), Run(replace(SHORT, seed=2)).parameters(0))
    assert parting(first, Run(replace(SHORT, dim=5))) == Parting("dimensions")
    assert parting(first, Run(replace(SHORT, text=TEXT.replace("bird", "hen")))) == Parting("words")


def test_one_that_was_stopped_is_the_beginning_of_the_other() -> None:
    training = Run.train(SHORT)
    next(training)
    with pytest.raises(StopIteration) as ended:
        training.send(True)
    begun = ended.value.value
    assert 0 < begun.n_steps < Run(SHORT).n_steps
    assert parting(begun, Run(SHORT)) == Parting("length", begun.n_steps)


def test_trainings_that_part_and_meet_again_have_parted() -> None:
    still = replace(SHORT, learning_rate=0.0)
    assert parting(Run(still), Run(replace(still, window=3))) == Parting(
        "length", Run(still).n_steps
    )  # nothing ever moves
    first, second = Run(SHORT), Run(replace(SHORT, decay=False))
    assert parting(first, second).t == 1  # both rates are the same at the first update


def test_passes_part_by_the_pass() -> None:
    config = Config(PRESETS["royal"].text, trainer="passes", epochs=4)
    first = Passes(train_whole_text(config, holdout=0))
    assert parting(first, Passes(train_whole_text(config, holdout=0))) == Parting("never")
    other = parting(first, Passes(train_whole_text(replace(config, window=3), holdout=0)))
    assert other.kind == "start"  # they begin at word frequencies, which are those of windows
    assert other.number is not None


# --- how far apart --------------------------------------------------------------------------------------------


def test_a_model_that_was_only_turned_is_no_distance_away() -> None:
    rng = np.random.default_rng(3)
    W = rng.normal(size=(9, 4))
    turn, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    assert distance(W @ turn, W) == pytest.approx(0, abs=1e-12)
    assert distance(W, W) == 0
    assert distance(np.zeros_like(W), W) == pytest.approx(1)
    assert distance(W[:, :2], np.hstack([W[:, :2], np.zeros((9, 2))])) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("of", ["V", "U", "both"])
def test_the_distance_is_the_one_of_another_reckoning(of: Vectors) -> None:
    # |VQ - W|^2 = |V|^2 + |W|^2 - 2 sum of the singular values of V^T W, whatever Q is
    first, second = Run(SHORT), Run(replace(SHORT, seed=2))
    pairs, found = finished(distances(first, second, of=of))
    rows = {"V": lambda p: p.V, "U": lambda p: p.U, "both": lambda p: np.vstack([p.V, p.U])}[of]
    assert pairs[0] == (0, 0)
    assert pairs[-1] == (first.n_steps, second.n_steps)
    for (t, s), value in zip(pairs, found.tolist(), strict=True):
        W, V = rows(first.parameters(t)), rows(second.parameters(s))
        left = np.square(V).sum() + np.square(W).sum() - 2 * np.linalg.svd(V.T @ W, compute_uv=False).sum()
        assert value == pytest.approx(np.sqrt(left / np.square(W).sum()), abs=1e-7)


def test_vectors_u_are_compared_where_a_word_has_one_of_its_own_in_both() -> None:
    first = Run(SHORT)
    assert words_in_both(first, Run(replace(SHORT, objective="negative")))
    assert not words_in_both(first, Run(replace(SHORT, objective="hierarchical")))  # its rows are nodes of the tree
    assert not words_in_both(Run(replace(SHORT, one_vector=True)), first)
    hen = Run(replace(SHORT, text=TEXT.replace("bird", "hen")))  # its words stand in other rows
    at, other = first.n_steps, hen.n_steps
    known = [w for w in first.corpus.vocabulary.words if w in hen.corpus.vocabulary.ids]
    W, V = (
        np.stack([run.parameters(t).U[run.corpus.vocabulary.ids[w]] for w in known])
        for run, t in ((first, at), (hen, other))
    )
    assert finished(distances(first, hen, of="U"))[1][-1] == pytest.approx(distance(V, W))


def test_trainings_of_unequal_length_are_compared_equally_far_on_their_way() -> None:
    pairs, found = finished(distances(Run(SHORT), Run(replace(SHORT, epochs=6))))
    assert len(pairs) == len(found)
    assert pairs[-1] == (Run(SHORT).n_steps, 2 * Run(SHORT).n_steps)
    assert all(abs(s - 2 * t) <= 1 for t, s in pairs)


# --- what was learned, and when words came to rest ------------------------------------------------------------


def test_what_was_learned_is_the_way_from_guessing_to_the_floor() -> None:
    run = Run(SHORT)
    loss = float(np.mean([one.loss for one in _all_traces(run)]))
    assert share_learned(run) == pytest.approx(
        (np.log(run.plan.n_words) - loss) / (np.log(run.plan.n_words) - run.floor)
    )


def _all_traces(run: Run) -> list[Trace]:
    end = run.parameters(run.n_steps)
    return [
        trace(end, example, run.plan.objective)
        for window in cut_windows(run.corpus, run.config.window)
        for example in skip_gram(window)
    ]


def test_words_came_to_rest_when_a_plain_loop_says_so() -> None:
    run = Run(SHORT)
    words = len(run.corpus.vocabulary)
    for n in (1, 3):
        found = came_to_rest(run, words, n)
        assert found.looked[0] == 0
        assert found.looked[-1] == run.n_steps
        for word in range(words):
            near = [_nearest_by_hand(run.parameters(t).V, word, n) for t in found.looked]
            expected = next(
                found.looked[i + 1 if i >= 0 else 0]
                for i in range(len(near) - 1, -2, -1)
                if i < 0 or near[i] != near[-1]
            )
            assert found.changed[word] == expected, (n, word)
    assert len(set(came_to_rest(run, words).changed.tolist())) > 1  # else the loop above would prove little


def _nearest_by_hand(V: np.ndarray, word: int, n: int) -> set[int]:
    cosines = {
        other: float(V[word] @ V[other] / np.linalg.norm(V[word]) / np.linalg.norm(V[other]))
        for other in range(len(V))
        if other != word
    }
    return set(sorted(cosines, key=lambda other: -cosines[other])[:n])


def test_nearest_words_are_named_and_a_word_that_is_not_there_has_none() -> None:
    run = Run(Config(PRESETS["royal"].text))
    assert nearest_words(best_vectors(run), "king", 1) == ("queen",)
    assert nearest_words(best_vectors(run), "nowhere", 3) == ()


# --- maps -----------------------------------------------------------------------------------------------------


def maps_alike(several: Sequence[WordVectors]) -> list[Floats]:
    return [map_alike(one, several[0], 300) for one in several]


def test_a_turned_model_has_the_same_map() -> None:
    run = Run(SHORT)
    turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(4, 4)))

    vectors = best_vectors(run)
    first, second = maps_alike([vectors, replace(vectors, vectors=vectors.vectors @ turn)])
    assert np.allclose(first, second)


def test_maps_of_other_dimensions_are_turned_as_scipy_turns_them() -> None:
    first, flat = Run(SHORT), Run(replace(SHORT, dim=2))
    one, other = maps_alike([best_vectors(first), best_vectors(flat)])
    V = flat.parameters(flat.n_steps).V
    between = lambda points: np.linalg.norm(points[:, None] - points[None], axis=2)  # noqa: E731
    assert np.allclose(between(other), between(V))  # in two dimensions the map is the space
    expected = procrustes(one, other)[2]  # the least that is left when one may be stretched, too
    a, b = (points - points.mean(axis=0) for points in (one, other))
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    angle = np.sum(a * b)
    assert 1 - angle**2 == pytest.approx(expected)


def test_maps_of_other_texts_are_laid_over_the_words_that_both_have() -> None:
    first, second = Run(SHORT), Run(replace(SHORT, text=TEXT.replace("bird", "hen")))
    maps = maps_alike([best_vectors(first), best_vectors(second)])
    assert [len(points) for points in maps] == [len(run.corpus.vocabulary) for run in (first, second)]
    lines = maps_alike([best_vectors(run) for run in (first, Run(replace(SHORT, dim=1)))])
    assert lines[1].shape == lines[0].shape
    alone = maps_alike([best_vectors(run) for run in (first, Run(Config("red blue. blue red. red green.")))])
    assert np.isfinite(alone[1]).all()
