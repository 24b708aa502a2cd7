"""What the end of a run says was learned, against the model's own nearest words and the counts of the text."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.cases import OBJECTIVES
from w2v import PRESETS, Config, Corpus, Run, count_pairs, nearest
from w2v.explain.company import Company
from w2v.explain.health import judge
from w2v.explain.learned import MOST_PAIRS, Learned, closest_pairs, in_words, what_was_learned
from w2v.moments import Moments
from w2v.slices import finished
from w2v.whole.trainers import trainer_of

ONCE = "one two three four five six seven eight nine ten"


@cache
def run_of(preset: str, architecture: Any = "skip-gram", objective: Any = "softmax") -> Run:
    return Run(Config(PRESETS[preset].text, architecture=architecture, objective=objective))


def company_of(config: Config) -> Company:
    return Company.of_text(Corpus.from_text(config.text), config.window)


def learned_by(moments: Moments, t: int | None = None) -> Learned:
    last = moments.best if t is None else t
    return what_was_learned(moments, last, company_of(moments.config), judge(moments.corpus))


def names_of(moments: Moments) -> Callable[[int], str]:
    return moments.corpus.vocabulary.words.__getitem__


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
@pytest.mark.parametrize("preset", [key for key, preset in PRESETS.items() if preset.partners])
def test_the_pairs_are_each_others_nearest_in_the_model_and_share_what_the_counts_say(
    preset: str, architecture: str, objective: str
) -> None:
    run = run_of(preset, architecture, objective)
    V, counts = run.parameters(run.n_steps).V, count_pairs(run.corpus, run.config.window).matrix.toarray()
    found = learned_by(run)
    assert found.nothing is None
    assert len(found.pairs) == MOST_PAIRS
    for pair in found.pairs:
        (near, cosine), *_ = nearest(V, pair.first, 1)
        assert near == pair.second
        assert nearest(V, pair.second, 1)[0][0] == pair.first
        assert cosine == pytest.approx(pair.cosine)
        assert (counts[pair.first, list(pair.shared)] > 0).all()
        assert (counts[pair.second, list(pair.shared)] > 0).all()
        assert pair.together == counts[pair.first, pair.second]
        assert not {pair.first, pair.second} & {*pair.shared}


@pytest.mark.parametrize("preset", ["royal", "eat_drink", "days_months", "animals", "hot_cold"])
def test_what_a_preset_is_made_to_show_is_what_is_said(preset: str) -> None:
    run = run_of(preset)
    words = run.corpus.vocabulary.words
    partners = {frozenset(pair) for pair in PRESETS[preset].partners}
    for pair in learned_by(run).pairs:
        assert frozenset((words[pair.first], words[pair.second])) in partners
        assert pair.together == 0


def test_the_sentence_says_it_in_words_of_the_text() -> None:
    run = run_of("eat_drink")
    assert in_words(learned_by(run), names_of(run)) == (
        "Closest now: coffee and tea, milk and water, bread and cake. Both coffee and tea stand beside drink, hot and "
        "strong, never beside each other."
    )


@pytest.mark.parametrize("preset", list(PRESETS))
def test_only_the_shuffled_preset_has_nothing_to_say(preset: str) -> None:
    run = run_of(preset)
    assert (learned_by(run).nothing is None) == (preset != "random")


@pytest.mark.parametrize("preset", list(PRESETS))
def test_presets_whose_words_are_shuffled_have_nothing_to_say(preset: str) -> None:
    sentences = Corpus.from_text(PRESETS[preset].text).sentences
    words = [word for sentence in sentences for word in sentence]
    for seed in range(3):
        random.Random(seed).shuffle(words)
        rest = iter(words)
        text = " ".join([" ".join([next(rest) for _ in sentence]) + "." for sentence in sentences])
        assert learned_by(Run(Config(text, epochs=3))).nothing


def test_shuffled_is_said_of_a_shuffled_text_and_no_pairs() -> None:
    run = run_of("random")
    found = learned_by(run)
    assert found.pairs == ()
    assert "shuffled text, there is nothing to find" in in_words(found, names_of(run))


def test_a_text_whose_words_occur_once_says_so() -> None:
    run = Run(Config(ONCE))
    found = learned_by(run)
    assert found.pairs == ()
    assert "occur only once" in in_words(found, names_of(run))


def test_a_model_that_guesses_no_better_than_before_says_so() -> None:
    run = Run(Config(PRESETS["royal"].text, learning_rate=1e-9, epochs=1))
    assert run.loss_curve(2)[1][-1] >= run.guess
    found = learned_by(run)
    assert found.pairs == ()
    assert "guesses no better" in in_words(found, names_of(run))


def test_whole_texts_are_told_of_like_runs_by_updates() -> None:
    config = Config(PRESETS["animals"].text * 30, dim=10, trainer="passes")
    trainer, corpus = trainer_of(config), Corpus.from_text(config.text)
    passes = finished(trainer.train(config, corpus, trainer.prepare(config, corpus)))
    found = learned_by(passes)
    assert len(found.pairs) == MOST_PAIRS
    for pair in found.pairs:
        assert nearest(passes.parameters(passes.best).V, pair.first, 1)[0][0] == pair.second


def test_of_a_text_with_rare_words_the_frequent_ones_are_asked_and_it_says_so() -> None:
    rng = np.random.default_rng(0)
    frequent = [f"w{i}" for i in range(8)]
    words = [word for _ in range(40) for word in frequent] + [f"rare{i}" for i in range(200)]
    rng.shuffle(words)
    corpus = Corpus.from_text(" ".join(words))
    V = rng.normal(size=(len(corpus.vocabulary), 3))
    by_name = {word: i for i, word in enumerate(corpus.vocabulary.words)}
    for i in range(0, 8, 2):
        V[by_name[f"w{i}"]] = 10 * np.eye(3)[i // 2 % 3] * (1 if i < 6 else -1)
        V[by_name[f"w{i + 1}"]] = V[by_name[f"w{i}"]] + 0.01
    found = closest_pairs(V, Company(corpus.vocabulary.counts, count_pairs(corpus, 2)))
    assert found.often == 20
    assert {word for pair in found.pairs for word in (pair.first, pair.second)} <= {by_name[word] for word in frequent}
    assert "of the words that occur 20 times or more" in in_words(found, corpus.vocabulary.words.__getitem__)


def test_equal_words_are_told_in_the_same_order_every_time() -> None:
    corpus = Corpus.from_text("a x b. c x d. a y b. c y d. e x f. e y f.")
    V = np.repeat(np.eye(4), 2, axis=0)[: len(corpus.vocabulary)]
    company = Company(corpus.vocabulary.counts, count_pairs(corpus, 2))
    assert closest_pairs(V, company) == closest_pairs(V.copy(), company)
    found = closest_pairs(V, company).pairs
    assert [pair.first for pair in found] == sorted(pair.first for pair in found)


def test_words_of_one_phrase_do_not_count_as_alike_because_they_see_the_same_words() -> None:
    """ "hold" and "peace" stand beside the same "your good" each time: no sign of being used alike."""
    corpus = Corpus.from_text("hold your good peace. " * 3 + "the red hen runs. the grey hen runs.")
    ids = corpus.vocabulary.ids
    company = Company(corpus.vocabulary.counts, count_pairs(corpus, 2))
    assert company.overlap(ids["hold"], ids["peace"]) == 0
    assert company.overlap(ids["red"], ids["grey"]) == pytest.approx(1.0)


def test_shared_neighbors_are_told_with_the_telling_ones_first() -> None:
    corpus = Corpus.from_text(
        "the tea is hot. the coffee is hot. the sun is up. the moon is up. the fox is red. the hen is old."
    )
    ids, words = corpus.vocabulary.ids, corpus.vocabulary.words
    company = Company(corpus.vocabulary.counts, count_pairs(corpus, 3))
    shared = [words[i] for i in company.shared(ids["tea"], ids["coffee"], 5)]
    assert shared[0] == "hot"  # "the" and "is" stand beside everything
    assert company.together(ids["tea"], ids["coffee"]) == 0
    assert company.together(ids["tea"], ids["hot"]) == 1


def test_pairs_kept_aside_from_learning_belong_to_the_company() -> None:
    corpus = Corpus.from_text("a b c. a b d.")
    half = count_pairs(corpus, 1)
    twice = Company(corpus.vocabulary.counts, half, half)
    once = replace(twice, others=None)
    ids = corpus.vocabulary.ids
    assert twice.together(ids["a"], ids["b"]) == 2 * once.together(ids["a"], ids["b"]) == 4
    assert twice.shared(ids["c"], ids["d"], 3) == once.shared(ids["c"], ids["d"], 3) == (ids["b"],)
