"""Training from counts alone: the same as from the text, for vocabularies beyond those of the app."""

import copy
import dataclasses
import tracemalloc
from io import BytesIO
from typing import Any

import numpy as np
import pytest

from tests.test_blocks import made_counts
from tests.test_whole_text import ROYAL, made_text
from w2v import Config, Corpus, CountsRun, Vocabulary, count_texts, train_counts, train_whole_text
from w2v.counting.counted_text import CountedText, CountSettings
from w2v.slices import finished
from w2v.whole import checks, counts_run, memory
from w2v.whole.counts_run import config_of_counts
from w2v.whole.full_batch import SoftmaxBatch
from w2v.whole.holdout import split_counts
from w2v.whole.memory import needed_bytes, said_bytes

SETTINGS = CountSettings(window=3, min_count=1)


def counted_text(text: str, settings: CountSettings = SETTINGS) -> CountedText:
    """A text as counts, with the sentences aside that `train_whole_text` keeps aside."""
    config = Config(text, window=settings.window, min_count=settings.min_count, seed=settings.seed)
    corpus = Corpus.from_text(text, min_count=settings.min_count)
    counts = split_counts(config, corpus, settings.holdout)
    return CountedText(corpus.vocabulary, *counts, settings, corpus.n_tokens)


@pytest.mark.parametrize("objective", ["softmax", "negative"])
@pytest.mark.parametrize("text", [ROYAL, made_text(450, 4_000)], ids=["double precision", "single precision"])
def test_from_counts_it_is_the_same_training_bit_for_bit(text: str, objective: str) -> None:
    config = Config(text, dim=7, window=3, objective=objective, negatives=3, seed=2)
    known = train_whole_text(config, holdout=0.1, max_passes=5)
    counted = counted_text(text, CountSettings(window=3, min_count=1, seed=2))
    run = train_counts(counted, dim=7, objective=objective, negatives=3, seed=2, max_passes=5)
    assert run.losses.tobytes() == known.losses.tobytes()
    assert run.heldout_losses.tobytes() == known.heldout_losses.tobytes()
    assert run.vocabulary.words == known.vocabulary.words
    assert (run.best, run.kept, run.l2, run.ended) == (known.best, known.kept, known.l2, known.ended)
    assert (run.floor, run.unigram_loss) == (known.floor, known.unigram_loss)
    for i in run.kept:
        ours, theirs = run.parameters(i), known.parameters(i)
        assert ours.V.tobytes() == theirs.V.tobytes()
        assert ours.U.tobytes() == theirs.U.tobytes()


def test_the_config_says_how_it_was_counted_and_trained() -> None:
    reading = dataclasses.replace(SETTINGS.reading, lowercase=False, emoji=True)
    config = config_of_counts(dataclasses.replace(SETTINGS, min_count=4, reading=reading), dim=12, hold_back=False)
    assert (config.text, config.window, config.min_count, config.dim) == ("", 3, 4, 12)
    assert (config.reading, config.trainer, config.hold_back) == (reading, "passes", False)


def test_a_run_of_counts_can_be_gone_on_with() -> None:
    counted = counted_text(ROYAL)
    config = config_of_counts(counted.settings, dim=6)
    first = train_counts(counted, dim=6, max_passes=2)
    *_, last = reports = list(CountsRun.train(counted, config, max_passes=3, start=first.history))
    assert [report.n_passes for report in reports] == [3, 4, 5]
    run = last.so_far()
    assert run.losses[:2].tolist() == first.losses.tolist()
    assert run.l2 == first.l2


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"objective": "hierarchical"}, "full softmax or negative sampling"),
        ({"dim": 0}, "dim must be"),
        ({"l2": -1.0}, "l2 must be"),
    ],
)
def test_what_cannot_be_trained_is_said_in_one_sentence(settings: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as said:
        train_counts(counted_text(ROYAL), **settings)
    assert str(said.value).endswith(".")


def test_counts_without_pairs_and_with_too_many_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="No two words"):
        train_counts(counted_text("a\nb\na\nb"))
    counted = counted_text("a b\na b")
    none = dataclasses.replace(counted, counts=counted.heldout, heldout=counted.counts)
    with pytest.raises(ValueError, match=r"all pairs were kept aside, .*: count it with none kept aside\.$"):
        train_counts(none)
    monkeypatch.setattr(checks, "MOST_WORDS_COUNTED", 5)
    with pytest.raises(ValueError, match="count again with a higher minimum count"):
        train_counts(counted_text(ROYAL))


@pytest.mark.parametrize(("text", "there"), [("", "no words"), ("a a a a", "only one distinct word")])
@pytest.mark.parametrize("minutes", [None, 1.0])
def test_counts_with_fewer_than_two_words_are_refused(text: str, there: str, minutes: float | None) -> None:
    """A part of a text may have none, or one; nothing can be trained before it is added to others."""
    counted = count_texts([BytesIO(text.encode())], CountSettings(min_count=1))
    with pytest.raises(ValueError, match=f"^There is nothing to train on: these counts have {there}, so count more"):
        train_counts(counted, minutes=minutes)


def test_counts_may_have_more_words_than_a_text_in_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MAX_WORDS", 5)
    assert np.isfinite(train_counts(counted_text(ROYAL), dim=4, max_passes=1).losses).all()


# --- more words than a text in the app usually has -------------------------------------------------------------


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> CountedText:
    """Counts that are those of a large vocabulary."""
    monkeypatch.setattr(counts_run, "LARGE", 400)
    return counted_text(made_text(450, 4_000))


def test_of_a_large_vocabulary_half_of_the_usual_l2_is_tried_first(large: CountedText) -> None:
    usual = train_whole_text(Config(made_text(450, 4_000), dim=7, window=3), holdout=0.1, max_passes=1)
    assert train_counts(large, dim=7, max_passes=1).l2 == usual.l2 / 2
    assert train_counts(large, dim=7, max_passes=1, l2=3.0).l2 == 3.0
    config = config_of_counts(large.settings, dim=7)
    assert counts_run.searches_lower(large, config, None)
    others = ((config, 0.0), (dataclasses.replace(config, hold_back=False), None))
    for other, l2 in (*others, (config_of_counts(large.settings, objective="negative"), None)):
        assert not counts_run.searches_lower(large, other, l2)
    nothing_aside = counted_text(made_text(450, 4_000), dataclasses.replace(SETTINGS, holdout=0))
    assert not counts_run.searches_lower(nothing_aside, config, None)


def with_and_without_stop(counted: CountedText, config: Config, stop_after: int) -> tuple[CountsRun, CountsRun]:
    """A training to its end, and the same one stopped after so many passes and gone on with."""
    training = CountsRun.train(counted, config)
    for _ in range(stop_after):
        progress = next(training)
    start, midway = progress.so_far().history, copy.deepcopy(progress.midway())
    resumed = CountsRun.train(counted, config, start=start, midway=midway)
    return finished(CountsRun.train(counted, config)), finished(resumed)


@pytest.mark.parametrize("stop_after", [1, 6])
def test_the_search_of_a_large_vocabulary_goes_on_to_the_same_end(large: CountedText, stop_after: int) -> None:
    config = config_of_counts(large.settings, dim=7)
    known, resumed = with_and_without_stop(large, config, stop_after)
    assert resumed.losses.tobytes() == known.losses.tobytes()
    assert (resumed.best, resumed.l2, resumed.ended) == (known.best, known.l2, known.ended)


def test_rare_words_at_the_guess_share_one_distribution_and_have_the_exact_gradient(large: CountedText) -> None:
    rng = np.random.default_rng(0)
    batch = SoftmaxBatch(large.counts, None, np.float64)
    guess, U = rng.normal(size=6), rng.normal(size=(450, 6))
    known = batch.model_of_V(np.tile(guess, (450, 1)), U)[1]
    for k in (1, 100, 449):
        found = batch.model_of_rare_V(guess, U, k)
        np.testing.assert_allclose(found.grad, known.grad[k:], rtol=1e-9, atol=1e-9)
        np.testing.assert_array_equal(found.weight, known.weight[k:])
        np.testing.assert_allclose(found.covariance, known.covariance, rtol=1e-9, atol=1e-9)


def test_the_first_pass_over_a_large_vocabulary_guesses_better(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = counted_text(made_company(), CountSettings(window=2, min_count=1))
    usual = train_counts(counted, dim=10, l2=5.0, max_passes=3)
    monkeypatch.setattr(counts_run, "LARGE", 400)
    found = train_counts(counted, dim=10, l2=5.0, max_passes=3)
    assert found.losses[0] < usual.losses[0] - 0.01
    assert found.heldout_losses[0] < usual.heldout_losses[0] - 0.01
    assert (np.diff(found.losses) < 0).all()


def made_company(n_words: int = 500, n_topics: int = 10, n_sentences: int = 1_500) -> str:
    """Sentences of words that keep company: each is about one topic, and has words of that one alone."""
    rng = np.random.default_rng(0)
    share = 1.0 / np.arange(1, n_words // n_topics + 1)
    lines = [
        topic + n_topics * rng.choice(len(share), 8, p=share / share.sum())
        for topic in rng.integers(n_topics, size=n_sentences)
    ]
    once = np.arange(n_words).reshape(-1, n_topics).T  # every word at least once
    return "\n".join(" ".join(f"w{i}" for i in line) for line in [*lines, *once])


# --- memory --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("large", [1_000, 5_000])
@pytest.mark.parametrize(("n_words", "n_pairs", "dim"), [(1_500, 150_000, 40), (4_000, 20_000, 60)])
def test_the_memory_that_is_said_is_what_it_takes(
    n_words: int, n_pairs: int, dim: int, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never more, and not much less: else it would be refused where it could be done."""
    monkeypatch.setattr(counts_run, "LARGE", large)
    vocabulary = Vocabulary(tuple(f"w{i}" for i in range(n_words)), np.arange(n_words, 0, -1))
    counts, heldout = made_counts(n_words, n_pairs), made_counts(n_words, n_pairs // 10, seed=1)
    counted = CountedText(vocabulary, counts, heldout, SETTINGS, n_pairs)
    said = needed_bytes(counted, dim)
    tracemalloc.start()
    try:
        train_counts(counted, dim=dim, max_passes=3)
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert taken <= said < 1.5 * taken


def test_what_does_not_fit_into_memory_is_refused_with_what_does(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = counted_text(made_text(400, 3_000))
    dim = 100
    needed = needed_bytes(counted, dim)
    monkeypatch.setattr(memory, "machine_bytes", lambda: needed - 1)
    with pytest.raises(ValueError, match="choose a length of 99 or less, or count fewer words") as said:
        train_counts(counted, dim=dim, max_passes=1)
    assert "takes about" in str(said.value)
    assert train_counts(counted, dim=dim - 1, max_passes=1).n_passes == 1
    monkeypatch.setattr(memory, "machine_bytes", lambda: 1_000)
    with pytest.raises(ValueError, match="has 1 MB: count fewer words"):
        train_counts(counted, dim=dim, max_passes=1)
    monkeypatch.setattr(memory, "machine_bytes", lambda: None)
    assert train_counts(counted, dim=dim, max_passes=1).n_passes == 1, "where nobody knows, it is tried"


# --- stopped, and gone on with ------------------------------------------------------------------------------------


@pytest.mark.parametrize("objective", ["softmax", "negative"])
@pytest.mark.parametrize("stop_after", [1, 2, 6])
def test_a_training_that_was_stopped_comes_to_the_same_end(objective: str, stop_after: int) -> None:
    counted = counted_text(made_text(450, 4_000))  # with a warm-up, and other values of l2 that are tried
    config = config_of_counts(counted.settings, dim=7, objective=objective)
    known, resumed = with_and_without_stop(counted, config, stop_after)
    assert resumed.n_passes == known.n_passes > stop_after
    assert resumed.losses.tobytes() == known.losses.tobytes()
    assert (resumed.best, resumed.l2, resumed.ended) == (known.best, known.l2, known.ended)
    ours, theirs = (run.parameters(run.n_passes) for run in (resumed, known))
    assert ours.V.tobytes() == theirs.V.tobytes()
    assert ours.U.tobytes() == theirs.U.tobytes()


@pytest.mark.parametrize(("n_bytes", "said"), [(1, "1 MB"), (99e6, "99 MB"), (1e8, "0.1 GB"), (2.34e10, "23.4 GB")])
def test_memory_is_said_in_numbers_that_are_not_nothing(n_bytes: float, said: str) -> None:
    assert said_bytes(int(n_bytes)) == said
