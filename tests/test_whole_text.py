"""Whole texts: the same mathematics as one update over all pairs, no divergence, and a training that judges itself."""

import dataclasses
import math
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tests.cases import text_of, texts
from w2v import (
    PRESETS,
    Config,
    Corpus,
    Counts,
    Example,
    NegativeSampling,
    Parameters,
    Plan,
    Progress,
    Softmax,
    WholeTextRun,
    corpus_likelihood,
    count_pairs,
    nearest,
    step,
    train_whole_text,
    unigram_noise,
)
from w2v.counting.stretches import units
from w2v.goal import Goal
from w2v.whole import checks, expected_sgd
from w2v.whole.early_stopping import EarlyStopping
from w2v.whole.full_batch import Batch, SoftmaxBatch
from w2v.whole.holdout import default_share, heldout_units, leaves_pairs, split_counts
from w2v.whole.negative_batch import NegativeBatch
from w2v.whole.spectral_start import spectral_start, unigram_solution
from w2v.whole.whole_text import no_better_than_guessing

ROYAL = PRESETS["royal"].text


def made_text(n_words: int, n_tokens: int, seed: int = 0) -> str:
    """A text with every word at least once, frequent and rare ones as in real texts, ten to a sentence."""
    rng = np.random.default_rng(seed)
    share = 1.0 / np.arange(1, n_words + 1)
    rest = rng.choice(n_words, max(0, n_tokens - n_words), p=share / share.sum())
    tokens = [f"w{i}" for i in rng.permutation(np.concatenate([np.arange(n_words), rest]))]
    return "\n".join(" ".join(tokens[i : i + 10]) for i in range(0, len(tokens), 10))


def goal_of(counts: Counts, objective: Any) -> Goal:
    return Goal(counts, tuple((i,) for i in range(counts.matrix.shape[0])), objective)


def batches(counts: Counts, heldout: Counts | None, noise: Any, dtype: Any) -> Iterator[tuple[Any, Batch]]:
    yield Softmax(), SoftmaxBatch(counts, heldout, dtype)
    negative = NegativeSampling(3, noise)
    yield negative, NegativeBatch(counts, negative, heldout, dtype)


# --- the same mathematics as one update over all pairs ---------------------------------------------------------


@given(texts(), st.integers(1, 4), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_gradient_is_that_of_a_step_on_the_full_batch(text: str, radius: int, dim: int, seed: int) -> None:
    corpus = Corpus.from_text(text)
    counts = count_pairs(corpus, radius)
    V, U = np.random.default_rng(seed).normal(size=(2, len(corpus.vocabulary), dim))
    matrix = counts.matrix.tocoo()
    pairs = zip(*(c.tolist() for c in matrix.coords), matrix.data.tolist())
    examples = [Example((c,), o) for c, o, times in pairs for _ in range(times)]
    after, record = step(Parameters(V, U), examples, Softmax(), 1.0)
    batch = SoftmaxBatch(counts)
    losses, model = batch.model_of_V(V, U)
    assert losses is not None
    np.testing.assert_allclose(model.grad, V - after.V, rtol=0, atol=1e-10)
    np.testing.assert_allclose(batch.model_of_U(V, U).grad, U - after.U, rtol=0, atol=1e-10)
    assert losses.loss * counts.total == pytest.approx(record.loss, rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("which", [0, 1])
def test_losses_are_those_of_the_goal_and_gradients_their_differences(which: int, dtype: Any) -> None:
    config = Config(ROYAL, window=3)
    corpus = Corpus.from_text(ROYAL)
    counts, heldout = split_counts(config, corpus, 0.3)
    objective, batch = list(batches(counts, heldout, unigram_noise(corpus.vocabulary.counts), dtype))[which]
    rng = np.random.default_rng(3)
    V, U = rng.normal(size=(2, len(corpus.vocabulary), 6))
    losses, model = batch.model_of_V(V.astype(dtype), U.astype(dtype))
    assert losses is not None
    exact = dtype == np.float64
    known = goal_of(counts, objective).mean_loss
    assert losses.loss == pytest.approx(known(Parameters(V, U)), rel=1e-12 if exact else 1e-5)
    other = goal_of(heldout, objective).mean_loss(Parameters(V, U))
    assert losses.heldout == pytest.approx(other, rel=1e-12 if exact else 1e-5)
    tiny = 1e-5
    for matrix, grad in ((V, model.grad), (U, batch.model_of_U(V.astype(dtype), U.astype(dtype)).grad)):
        direction = rng.normal(size=matrix.shape)
        slopes = []
        for sign in (1, -1):
            matrix += sign * tiny * direction
            slopes.append(known(Parameters(V, U)) * counts.total)
            matrix -= sign * tiny * direction
        slope = (slopes[0] - slopes[1]) / (2 * tiny)
        assert float((grad * direction).sum()) == pytest.approx(slope, rel=1e-6 if exact else 1e-3)


@pytest.mark.parametrize("which", [0, 1])
def test_all_centers_as_the_first_so_many_are_the_same(which: int) -> None:
    corpus = Corpus.from_text(ROYAL)
    counts, n_words = count_pairs(corpus, 2), len(corpus.vocabulary)
    _, batch = list(batches(counts, None, unigram_noise(corpus.vocabulary.counts), np.float64))[which]
    V, U = np.random.default_rng(0).normal(size=(2, n_words, 4))
    _, whole = batch.model_of_V(V, U)
    none, part = batch.model_of_V(V, U, 5)
    assert none is None
    np.testing.assert_allclose(part.grad, whole.grad[:5], atol=1e-12)
    same = batch.model_of_U(V, U, n_words)
    np.testing.assert_allclose(same.grad, batch.model_of_U(V, U).grad, atol=1e-12)
    first = Counts(csr_array(np.where(np.arange(n_words)[:, None] < 5, counts.matrix.toarray(), 0)))
    _, alone = list(batches(first, None, unigram_noise(corpus.vocabulary.counts), np.float64))[which]
    expected = alone.model_of_U(V, U).grad * counts.total / first.total
    np.testing.assert_allclose(batch.model_of_U(V, U, 5).grad, expected, atol=1e-10)


def test_threads_change_no_bit() -> None:
    counts = count_pairs(Corpus.from_text(made_text(700, 5_000)), 3)
    V, U = np.random.default_rng(0).normal(size=(2, 700, 12)).astype(np.float32)
    with ThreadPoolExecutor(2) as pool:
        both = [SoftmaxBatch(counts, None, np.float32, p) for p in (None, pool)]
        alone, threaded = ((b.model_of_V(V, U), b.model_of_U(V, U)) for b in both)
    assert alone[0][0] == threaded[0][0]
    assert alone[0][1].grad.tobytes() == threaded[0][1].grad.tobytes()
    assert alone[1].grad.tobytes() == threaded[1].grad.tobytes()


def test_the_prior_mean_is_the_unigram_guess() -> None:
    counts = count_pairs(Corpus.from_text(ROYAL), 3)
    V, U = unigram_solution(counts, 4, np.float64)
    loss = goal_of(counts, Softmax()).mean_loss(Parameters(V, U))
    assert loss == pytest.approx(counts.unigram_loss, abs=1e-3)  # half a pair more for every word
    assert counts.unigram_loss <= loss


def test_the_start_is_much_better_than_guessing() -> None:
    counts = count_pairs(Corpus.from_text(ROYAL), 3)
    prior_means = unigram_solution(counts, 12, np.float64)
    V, U = spectral_start(counts, prior_means, np.random.default_rng(0), regularised=False)
    loss = goal_of(counts, Softmax()).mean_loss(Parameters(V, U))
    assert loss < counts.unigram_loss - 0.4 * (counts.unigram_loss - counts.floor)


# --- runs ------------------------------------------------------------------------------------------------------


def test_losses_are_those_of_the_parameters() -> None:
    run = train_whole_text(Config(ROYAL, dim=10, window=3))
    assert run.n_passes == len(run.losses) == len(run.heldout_losses) == len(run.frames) - 1
    for counts, losses in ((run.counts, run.losses), (run.heldout_counts, run.heldout_losses)):
        came = [goal_of(counts, Softmax()).mean_loss(run.parameters(i + 1)) for i in range(run.n_passes)]
        np.testing.assert_allclose(losses, came, rtol=1e-12)


def test_losses_are_the_likelihood_of_the_text() -> None:
    config = Config(ROYAL, dim=6, window=2)
    run = train_whole_text(config, holdout=0, max_passes=4)
    plan = Plan(config)
    assert corpus_likelihood(run.parameters(4), plan).loss == pytest.approx(run.losses[-1], rel=1e-12)
    assert run.floor == plan.goal.floor
    assert run.unigram_loss == plan.goal.unigram


def test_losses_in_single_precision_are_right_to_four_places() -> None:
    run = train_whole_text(Config(made_text(400, 6_000), dim=20, window=3), max_passes=4)
    assert run.frames[-1] is not None
    assert run.frames[-1][0].dtype == np.float32
    for counts, losses in ((run.counts, run.losses), (run.heldout_counts, run.heldout_losses)):
        assert goal_of(counts, Softmax()).mean_loss(run.parameters(4)) == pytest.approx(losses[-1], abs=1e-4)


def test_with_as_many_dimensions_as_words_the_floor_is_reached() -> None:
    """Where all words meet, to the last digits; where some never do, their scores are long on the way to -infinity."""
    rng = np.random.default_rng(0)
    all_meet = text_of(rng.integers(0, 6, (30, 10)).tolist())
    for text, window, passes, near in ((all_meet, 3, 60, 1e-12), (ROYAL, 2, 400, 1e-3)):
        n_words = len(Corpus.from_text(text).vocabulary)
        run = train_whole_text(Config(text, dim=n_words, window=window), holdout=0, l2=0, max_passes=passes)
        assert -1e-12 < run.losses[-1] - run.floor < near
        assert (np.diff(run.losses) < 0).all()


def test_fewer_dimensions_stay_above_the_floor() -> None:
    run = train_whole_text(Config(ROYAL, dim=2, window=2), holdout=0, l2=0, max_passes=60)
    assert run.losses[-1] > run.floor + 0.05


def test_the_same_seed_gives_the_same_bits_and_another_does_not() -> None:
    config = Config(made_text(450, 4_000), dim=8)
    first, second = train_whole_text(config, max_passes=5), train_whole_text(config, max_passes=5)
    other = train_whole_text(Config(config.text, dim=8, seed=2), max_passes=5)
    assert first.losses.tobytes() == second.losses.tobytes()
    assert first.parameters(5).V.tobytes() == second.parameters(5).V.tobytes()
    assert first.losses.tobytes() != other.losses.tobytes()


def drive(training: Any, stop_after: int) -> tuple[list[Progress], WholeTextRun]:
    """Take `stop_after` reports, then ask to stop."""
    reports = [next(training)]
    try:
        while True:
            reports.append(training.send(len(reports) >= stop_after))
    except StopIteration as end:
        return reports, end.value


def test_stopping_keeps_what_was_trained_and_it_can_be_gone_on_with() -> None:
    config = Config(ROYAL, dim=6, window=3)
    reports, run = drive(WholeTextRun.train(config, holdout=0, max_passes=20), stop_after=3)
    assert len(reports) == run.n_passes == 3
    assert [r.n_passes for r in reports] == [1, 2, 3]
    assert [r.loss for r in reports] == run.losses.tolist()
    assert all(r.heldout_loss is None and r.max_passes == 20 for r in reports)
    assert 0 < reports[0].seconds < reports[1].seconds < run.seconds
    assert run.ended == "asked"
    reports, more = drive(WholeTextRun.train(config, holdout=0, max_passes=5, start=run), stop_after=99)
    assert [r.n_passes for r in reports] == [4, 5, 6, 7, 8]
    assert more.losses[:3].tolist() == run.losses.tolist()
    assert more.parameters(3).V.tobytes() == run.parameters(3).V.tobytes()
    assert (np.diff(more.losses) < 0).all()
    assert (more.ended, more.n_passes) == ("max_passes", 8)
    assert more.seconds > run.seconds


def test_the_start_can_be_looked_at_before_the_first_pass_and_changes_nothing() -> None:
    config = Config(ROYAL, dim=6, window=3)
    training = WholeTextRun.train(config, max_passes=3, show_start=True)
    start = next(training)
    assert (start.n_passes, start.max_passes, start.heldout_loss) == (0, 3, None)
    seen = start.so_far().parameters(0)
    reports, run = drive(training, stop_after=99)
    assert [r.n_passes for r in reports] == [1, 2, 3]
    straight = train_whole_text(config, max_passes=3)
    assert seen.V.tobytes() == straight.parameters(0).V.tobytes()
    assert run.parameters(3).U.tobytes() == straight.parameters(3).U.tobytes()
    assert run.losses.tobytes() == straight.losses.tobytes()


def test_who_stops_at_the_start_has_one_pass() -> None:
    training = WholeTextRun.train(Config(ROYAL, dim=6, window=3), show_start=True)
    next(training)
    assert training.send(True).n_passes == 1
    with pytest.raises(StopIteration) as end:
        next(training)
    assert (end.value.value.ended, end.value.value.n_passes) == ("asked", 1)


def test_moments_outside_are_refused_and_nothing_can_be_changed() -> None:
    run = train_whole_text(Config(ROYAL, dim=3), max_passes=2)
    for i in (-1, 3):
        with pytest.raises(IndexError, match="has the passes 0 to 2"):
            run.parameters(i)
    for frame in run.frames:
        for matrix in frame or ():
            assert not matrix.flags.writeable
    assert not run.losses.flags.writeable


def test_no_passes_is_the_start() -> None:
    run = train_whole_text(Config(ROYAL, dim=3), max_passes=0)
    assert (run.n_passes, run.best, run.kept) == (0, 0, (0,))
    assert run.parameters(0).V.shape == (len(run.corpus.vocabulary), 3)


def test_large_models_keep_some_passes_only() -> None:
    config = Config(ROYAL, dim=6, window=3)
    whole = train_whole_text(config, holdout=0, max_passes=12)
    frame = sum(matrix.nbytes for matrix in whole.frames[0] or ())
    _, run = drive(WholeTextRun.train(config, holdout=0, max_passes=12, frame_bytes=5 * frame), stop_after=12)
    assert run.losses.tobytes() == whole.losses.tobytes()
    assert {0, run.best, run.n_passes} <= set(run.kept)
    assert len(run.kept) <= 7 < run.n_passes
    for i in range(run.n_passes + 1):
        if i in run.kept:
            assert run.parameters(i).V.tobytes() == whole.parameters(i).V.tobytes()
        else:
            with pytest.raises(LookupError, match="was not kept"):
                run.parameters(i)


# --- sentences kept aside ----------------------------------------------------------------------------------------


@given(texts(most_sentences=8), st.sampled_from([0.0, 0.1, 0.5]), st.integers(1, 5))
def test_pairs_are_those_learned_from_and_those_kept_aside(text: str, share: float, window: int) -> None:
    config, corpus = Config(text, window=window), Corpus.from_text(text)
    learned, aside = split_counts(config, corpus, share)
    both = learned.matrix.toarray() + aside.matrix.toarray()
    assert (both == count_pairs(corpus, window).matrix.toarray()).all()
    marked = heldout_units(config, units(corpus.sentence_lengths)[0], share)
    able = [len(s) >= 2 for s in corpus.encoded]
    assert marked.sum() == min(round(share * sum(able)), sum(able) - 1)
    expected = sum(math.comb(2, 2) * _n_pairs(len(s), window) for s, m in zip(corpus.encoded, marked) if m)
    assert aside.total == expected


def _n_pairs(length: int, window: int) -> int:
    return sum(min(i, window) + min(length - 1 - i, window) for i in range(length))


def test_a_text_without_sentence_ends_keeps_stretches_aside() -> None:
    """No pair of theirs is learned from, and none of their words stands in a window of what is."""
    rng, window = np.random.default_rng(0), 3
    n = 3_000
    long = [f"w{i}" for i in rng.permutation(n)]  # each word once: a pair tells where it stands
    text = f"one two.\n{' '.join(long)}.\nthree four five."
    config, corpus = Config(text, window=window), Corpus.from_text(text)
    learned, aside = split_counts(config, corpus, 0.1)
    place = np.full(len(corpus.vocabulary), -1)
    for i, word in enumerate(long):
        place[corpus.vocabulary.ids[word]] = i
    all_pairs = count_pairs(corpus, window).matrix.toarray()
    assert (learned.matrix.toarray() + aside.matrix.toarray() <= all_pairs).all()
    of_learned, of_aside = (set(place[np.unique(m.matrix.nonzero()[0])].tolist()) - {-1} for m in (learned, aside))
    assert not of_learned & of_aside
    assert 0.05 * n < len(of_aside) < 0.15 * n
    assert min(abs(a - b) for a in of_aside for b in of_learned) > window
    used = len(of_learned | of_aside)
    assert used >= n - 2 * window * (len(of_aside) // 100)  # only the edges are left out


@given(st.lists(st.integers(1, 2_000), min_size=1, max_size=6))
def test_units_are_sentences_and_stretches_of_long_ones(lengths: list[int]) -> None:
    corpus = Corpus.from_text(text_of([[i % 7 for i in range(n)] for n in [*lengths, 7]]))
    sizes, of_sentence = units(corpus.sentence_lengths)
    assert np.bincount(of_sentence, sizes).tolist() == corpus.sentence_lengths.tolist()
    for sentence, n in enumerate(corpus.sentence_lengths.tolist()):
        parts = sizes[of_sentence == sentence]
        assert len(parts) == 1 if n <= 500 else (parts.max() <= 200 and np.ptp(parts) <= 1)


def test_a_text_in_one_line_is_not_learned_by_heart() -> None:
    text = novel(6_000).replace(".\n", " ")
    run = train_whole_text(Config(text, dim=50, window=5))
    assert len(run.corpus.encoded) == 1
    assert run.heldout_counts.total > 0
    assert run.ended == "heldout"
    assert run.heldout_losses[run.best - 1] < run.unigram_loss


def test_drawn_texts_are_those_of_the_first_epoch_of_a_plan() -> None:
    config = Config(ROYAL, window=4, dynamic_window=True, subsample=0.05, epochs=1, seed=5)
    learned, _ = split_counts(config, Corpus.from_text(ROYAL), 0.0)
    assert (learned.matrix != Plan(config).goal.counts.matrix).nnz == 0


def test_training_stops_by_itself_and_keeps_the_best() -> None:
    text = two_kinds(n_sentences=250, n_words=120)
    run = train_whole_text(Config(text, dim=30, window=3))
    assert run.ended == "heldout"
    assert run.heldout_losses[run.best - 1] == run.heldout_losses.min()
    assert run.best < run.n_passes < 40
    memorised = train_whole_text(Config(text, dim=30, window=3), l2=0, max_passes=30)
    assert run.heldout_losses.min() < memorised.heldout_losses[-1] - 0.02
    assert memorised.losses[-1] < run.losses[-1] - 0.05
    for other in (run.l2 * 8, run.l2 / 8):
        assert (
            run.heldout_losses.min() < train_whole_text(Config(text, dim=30, window=3), l2=other).heldout_losses.min()
        )


def test_other_l2_is_tried_from_the_best_pass() -> None:
    watch = EarlyStopping(8.0, search=True)
    tried = []
    for loss in [6.0, 5.9, 5.9, 5.9, 5.9, 5.8, 5.81, 5.82, 5.85, 5.86, 5.9, 5.9]:
        watch.record(loss)
        tried.append(watch.l2)
        if watch.out_of_patience() and not watch.try_next_l2():
            break
    assert tried == [8.0] * 5 + [4.0] * 3 + [2.0] * 2 + [8.0] * 2
    assert watch.history[watch.best] == (5.8, 4.0)
    assert not watch.try_next_l2()
    fixed = EarlyStopping(8.0, search=False)
    fixed.record(1.0)
    assert not fixed.try_next_l2()


def test_words_seen_only_in_sentences_kept_aside_have_a_probability() -> None:
    text = made_text(150, 400, seed=2)
    run = train_whole_text(Config(text, dim=20, window=2), holdout=0.3)
    unseen = (run.counts.target_totals == 0) & (run.heldout_counts.target_totals > 0)
    assert unseen.any()
    assert np.isfinite(run.heldout_losses).all()
    assert run.heldout_losses.min() < run.counts.uniform_loss + 0.3


def test_one_sentence_has_nothing_to_keep_aside() -> None:
    run = train_whole_text(Config("the cat sat on the mat and the dog sat on the cat", dim=4))
    assert run.heldout_counts.total == 0
    assert np.isnan(run.heldout_losses).all()
    assert (run.l2, run.best) == (0.0, run.n_passes)
    assert run.losses[-1] < run.unigram_loss


# --- any text, any size ------------------------------------------------------------------------------------------


@settings(max_examples=150)
@example("w00 w01 w03 w03\nw02 w04", 1, 1, "negative", 0.5, None)
@given(
    texts(most_words=9, most_sentences=6, most_length=14),
    st.sampled_from([1, 2, 3, 8, 40, 300]),
    st.sampled_from([1, 2, 5, 20]),
    st.sampled_from(["softmax", "negative"]),
    st.sampled_from([0.0, 0.1, 0.5]),
    st.sampled_from([None, 0.0, 1e-3, 1.0, 1e6]),
)
def test_no_text_and_no_setting_diverges(
    text: str, dim: int, window: int, objective: Any, holdout: float, l2: float | None
) -> None:
    config = Config(text, dim=dim, window=window, objective=objective)
    run = train_whole_text(config, holdout=holdout, l2=l2, max_passes=12)
    assert np.isfinite(run.losses).all()
    assert (run.losses >= run.floor - 1e-9).all()
    assert run.losses.min(initial=0.0 if run.n_passes == 0 else np.inf) < worst_start(run) + 0.01
    last = run.parameters(run.n_passes)
    assert max(np.abs(last.V).max(), np.abs(last.U).max()) < 1e3
    if l2 == 0:  # negative sampling follows stochastic descent, which settles a little above the lowest place
        assert (np.diff(run.losses) < (0 if objective == "softmax" else 1e-3)).all()


def worst_start(run: WholeTextRun) -> float:
    """The loss of knowing nothing, or of vectors that chance made worse: of one coordinate, where it weighs most.

    Better than that are even the few small steps of negative sampling.
    """
    goal = goal_of(run.counts, run.objective)
    return max(goal.uniform, goal.mean_loss(run.parameters(0)))


@pytest.mark.parametrize(
    "sentences",
    [
        [[0, 1]] * 3,
        [[0, 1]],
        [[0] * 50 + [1]],
        [[i] for i in range(20)] + [[0, 1]],
        [[i, i + 1] for i in range(60)],
        [[0, i] for i in range(1, 80)],
        [list(range(90))],
        [[i % 7 for i in range(200)], *([[8, 9]] * 100)],
    ],
)
def test_odd_texts_are_trained(sentences: list[list[int]]) -> None:
    for dim in (1, 5, 120):
        run = train_whole_text(Config(text_of(sentences), dim=dim, window=5), l2=0, max_passes=25)
        assert np.isfinite(run.losses).all()
        assert (np.diff(run.losses) < 0).all()
        assert run.losses.min(initial=run.unigram_loss) <= run.unigram_loss + 1e-6


@pytest.mark.parametrize(("dim", "window"), [(1, 1), (300, 2), (50, 20)])
def test_quick_passes_lead_downhill_too(dim: int, window: int) -> None:
    run = train_whole_text(Config(made_text(500, 4_000), dim=dim, window=window), holdout=0, max_passes=8)
    assert run.losses[0] <= run.unigram_loss + 0.01
    assert (np.diff(run.losses) < 0).all()


def test_memory_is_linear_in_the_words() -> None:
    text = made_text(10_000, 30_000)
    config, corpus = Config(text, dim=16, window=2), Corpus.from_text(text)
    tracemalloc.start()
    _, run = drive(WholeTextRun.train(config, max_passes=1, corpus=corpus), stop_after=1)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert run.losses[0] < run.unigram_loss
    assert most < 75e6, f"{most / 1e6:.0f} MB; a dense matrix in float32 alone has 400 MB"


@pytest.mark.parametrize(
    ("settings", "arguments", "problem"),
    [
        ({"architecture": "cbow"}, {}, "trained as skip-gram"),
        ({"objective": "hierarchical"}, {}, "full softmax or negative sampling"),
        ({}, {"holdout": 0.9}, "from 0 to 0.5"),
        ({}, {"holdout": float("nan")}, "from 0 to 0.5"),
        ({}, {"l2": -1.0}, "l2 must be"),
        ({}, {"l2": float("nan")}, "l2 must be"),
        ({}, {"max_passes": -1}, "max_passes must be"),
        ({}, {"max_passes": 1.5}, "max_passes must be"),
        ({}, {"max_passes": float("nan")}, "max_passes must be"),
    ],
)
def test_what_cannot_be_trained_is_said_in_one_sentence(
    settings: dict[str, Any], arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem) as said:
        train_whole_text(Config(ROYAL, **settings), **arguments)
    assert str(said.value).endswith(".")


def test_texts_without_pairs_and_with_too_many_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="No two words"):
        train_whole_text(Config("a\nb\na\nb"))
    monkeypatch.setattr(checks, "MAX_WORDS", 5)
    with pytest.raises(ValueError, match="raise the minimum count to"):
        train_whole_text(Config(ROYAL))


# --- the way of stochastic descent ---------------------------------------------------------------------------------


def test_slopes_are_the_second_derivatives() -> None:
    """Where all rows of the other matrix have length 1, their sum is the trace of a row's second derivative."""
    corpus = Corpus.from_text(ROYAL)
    counts, n_words, dim = count_pairs(corpus, 3), len(corpus.vocabulary), 5
    batch = NegativeBatch(counts, NegativeSampling(4, unigram_noise(corpus.vocabulary.counts)))
    V, U = np.random.default_rng(2).normal(size=(2, n_words, dim))
    tiny = 1e-5

    def traces(moved: Any, grad: Any) -> Any:
        found = np.zeros(n_words)
        for d in range(dim):
            grads = []
            for sign in (1, -1):
                moved[:, d] += sign * tiny
                grads.append(grad()[:, d].copy())
                moved[:, d] -= sign * tiny
            found += (grads[0] - grads[1]) / (2 * tiny)
        return found

    ones_U, ones_V = (matrix / np.linalg.norm(matrix, axis=1, keepdims=True) for matrix in (U, V))
    found = traces(V, lambda: batch.model_of_V(V, ones_U)[1].grad)
    np.testing.assert_allclose(batch.model_of_V(V, ones_U)[1].slopes, found, rtol=1e-6, atol=1e-6)
    found = traces(U, lambda: batch.model_of_U(ones_V, U).grad)
    np.testing.assert_allclose(batch.model_of_U(ones_V, U).slopes, found, rtol=1e-6, atol=1e-6)


@given(st.integers(1, 200), st.integers(0, 100))
def test_the_passes_together_take_the_time_of_all_epochs(n_passes: int, done: int) -> None:
    of_pass = expected_sgd.schedule(done + n_passes, done)
    steps = [of_pass(i) for i in range(n_passes)]
    left = 1 - (done / (done + n_passes)) ** expected_sgd.SCHEDULE_POWER
    of_a_straight_line = expected_sgd.EPOCHS * expected_sgd.LEARNING_RATE * left**2 / 2
    spent = sum(1 / step.inverse_step_size for step in steps)
    assert spent == pytest.approx(of_a_straight_line, rel=1e-6)
    variances = [step.noise_variance for step in steps]
    assert variances == sorted(variances, reverse=True)
    assert 0 < variances[-1] <= expected_sgd.LEARNING_RATE / 2


def test_lengths_and_neighbors_are_those_that_gensim_finds() -> None:
    from gensim.models import Word2Vec

    text, dim = topics_text(n_words=300, n_tokens=30_000), 50
    sentences = [line.split() for line in text.splitlines()]
    gensim = Word2Vec(
        sentences, vector_size=dim, window=5, shrink_windows=False, min_count=1, sample=0, sg=1, epochs=20, workers=1
    )
    run = train_whole_text(Config(text, dim=dim, window=5, objective="negative"), holdout=0)
    words, ours = run.corpus.vocabulary.words, run.parameters(run.n_passes)
    theirs = np.array([gensim.wv[word] for word in words])
    frequent = slice(0, 10)  # without the noise these are a third longer
    lengths = [float(np.linalg.norm(V[frequent], axis=1).mean()) for V in (ours.V, theirs)]
    assert lengths[0] == pytest.approx(lengths[1], rel=0.15)
    both = [
        {words[i] for i, _ in nearest(ours.V, w, 10)} & {words[i] for i, _ in nearest(theirs, w, 10)}
        for w in range(len(words))
    ]
    assert np.mean([len(shared) for shared in both]) > 7


def topics_text(n_words: int, n_tokens: int) -> str:
    """Half of each sentence of ten words from one of fifty topics, half from all; shares as in Zipf's law."""
    rng = np.random.default_rng(1)
    share = 1.0 / np.arange(1, n_words + 1)
    order, size = rng.permutation(n_words), n_words // 50
    sentences = [[i] for i in range(n_words)]
    for _ in range(n_tokens // 10):
        topic = order[(start := int(rng.integers(50)) * size) : start + size]
        own = rng.choice(topic, 5, p=share[topic] / share[topic].sum())
        sentences.append(rng.permutation(np.concatenate([own, rng.choice(n_words, 5, p=share / share.sum())])).tolist())
    return text_of(sentences)


# --- neighbors ---------------------------------------------------------------------------------------------------


def two_kinds(n_sentences: int, n_words: int) -> str:
    """Sentences of words of one kind or the other, even or odd; they never meet."""
    rng = np.random.default_rng(0)
    share = 1.0 / np.arange(5, n_words // 2 + 5)
    draws = [rng.choice(n_words // 2, 8, p=share / share.sum()) for _ in range(n_sentences)]
    return text_of([(2 * words + i % 2).tolist() for i, words in enumerate(draws)])


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_words_used_alike_are_neighbors(objective: Any) -> None:
    run = train_whole_text(Config(two_kinds(400, 20), dim=12, window=3, objective=objective))
    V, words = run.parameters(run.best).V, run.corpus.vocabulary.words
    for word in range(20):
        ((closest, _),) = nearest(V, word, 1)
        assert int(words[word][1:]) % 2 == int(words[closest][1:]) % 2


def novel(n_words: int, seed: int = 0) -> str:
    """Return sentences of ten words, each sentence about one of twenty topics."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, 21)
    share /= share.sum()
    topics = [f"{rng.integers(20)}" for _ in range(n_words // 10)]
    return ".\n".join(" ".join(f"t{topic}w{w}" for w in rng.choice(20, 10, p=share)) for topic in topics)


CHANCE: dict[str, Any] = {"dynamic_window": True, "subsample": 0.001}


@pytest.mark.parametrize(("n_words", "chance"), [(3_000, {}), (3_000, CHANCE), (12_000, CHANCE), (20_000, {})])
def test_negative_sampling_goes_to_the_end_of_its_schedule_and_learns(n_words: int, chance: dict[str, Any]) -> None:
    """Its first passes stand for next to no training: standing still at chance there is no convergence."""
    config = Config(novel(n_words), dim=20, window=5, objective="negative", **chance)
    run = train_whole_text(config)
    assert (run.n_passes, run.ended) == (40, "max_passes")
    assert run.losses[3] == pytest.approx(6 * np.log(2), abs=1e-2)  # where training once ended
    assert run.losses[run.best - 1] < run.unigram_loss
    if n_words < 20_000:
        assert run.heldout_losses[run.best - 1] < run.losses[3] - 1
    else:
        assert (run.best, run.heldout_counts.total) == (40, 0)
        assert run.counts.total == split_counts(config, run.corpus, 0.0)[0].total, "it learns from everything"
    assert not no_better_than_guessing(run, run.best)
    assert no_better_than_guessing(run, 4)


def test_a_model_that_is_no_better_than_guessing_is_known_as_such() -> None:
    """Twenty epochs of so short a text, most of its words left out, are too few."""
    run = train_whole_text(Config(novel(600), dim=20, window=5, objective="negative", **CHANCE))
    assert run.losses[-1] >= run.unigram_loss
    assert no_better_than_guessing(run, run.n_passes)
    assert not no_better_than_guessing(run, 0)  # nothing was trained yet: nothing to be said


def test_the_best_pass_of_negative_sampling_has_got_beyond_the_frequencies() -> None:
    """Its loss of sentences kept aside can be lowest while the vectors know little but how frequent words are."""
    run = train_whole_text(Config(novel(3_000), dim=20, window=5, objective="negative"), max_passes=4)
    learned = run.unigram_loss + np.array([0.5, 0.2, -0.1, -0.2])
    aside = np.array([3.0, 2.8, 2.9, 2.95])
    assert dataclasses.replace(run, losses=learned, heldout_losses=aside).best == 3
    assert dataclasses.replace(run, losses=learned + 1, heldout_losses=aside).best == 2, "none has got there"
    softmax = dataclasses.replace(run, config=dataclasses.replace(run.config, objective="softmax"))
    assert dataclasses.replace(softmax, losses=learned, heldout_losses=aside).best == 2


def test_each_epoch_of_negative_sampling_draws_windows_and_words_anew() -> None:
    config = Config(novel(2_000), dim=4, window=5, objective="negative", dynamic_window=True, subsample=0.01)
    corpus = Corpus.from_text(config.text)
    learned, aside = split_counts(config, corpus, 0.1)
    once, once_aside = split_counts(dataclasses.replace(config, objective="softmax"), corpus, 0.1)
    assert learned.total == pytest.approx(20 * once.total, rel=0.03)
    assert np.gcd.reduce(learned.matrix.data) == 1  # one draw twenty times over has multiples of 20 only
    assert aside.total == pytest.approx(20 * once_aside.total, rel=0.15)
    fixed = dataclasses.replace(config, dynamic_window=False, subsample=0.0)
    assert split_counts(fixed, corpus, 0.0)[0].total == count_pairs(corpus, 5).total


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_whether_subsampling_leaves_any_pair_is_known_before_they_are_counted(objective: str) -> None:
    found = set()
    for seed in range(60):
        config = Config("a b c. a c.\nb d. d a c b.", objective=objective, subsample=0.004 / (1 + seed), seed=seed)
        corpus = Corpus.from_text(config.text)
        learned, _ = split_counts(config, corpus, default_share(config, corpus))
        assert leaves_pairs(config, corpus) == (learned.total > 0)
        found.add(learned.total > 0)
    assert found == {True, False}
