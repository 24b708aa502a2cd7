"""The card of a word, against the model's own nearest words and guesses and the counts of the text."""

import numpy as np
import pytest

from w2v import PRESETS, Config, Corpus, Run, count_pairs, nearest, prediction
from w2v.explain.company import Company
from w2v.explain.why_here import MOST, WhyHere, why_here
from w2v.parameters import Parameters


def card(run: Run, word: str, t: int) -> WhyHere:
    one, parameters = run.corpus.vocabulary.ids[word], run.parameters(t)
    counts = count_pairs(run.corpus, run.config.window)
    said = prediction(parameters, (one,), run.plan.objective)
    company = Company(run.corpus.vocabulary.counts, counts)
    return why_here(parameters, one, said, run.plan.objective.target(counts, one), company)


@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
def test_the_card_is_what_the_model_and_the_counts_say(objective: str) -> None:
    run = Run(Config(PRESETS["royal"].text, objective=objective))
    for t in (0, run.n_steps // 2, run.n_steps):
        found = card(run, "king", t)
        word, parameters = run.corpus.vocabulary.ids["king"], run.parameters(t)
        near = nearest(parameters.V, word, MOST)
        assert [(one.word, one.cosine) for one in found.alike] == [(one, cosine) for one, cosine in near if cosine > 0]
        said = prediction(parameters, (word,), run.plan.objective)
        assert [one.said for one in found.company] == sorted(said, reverse=True)[:MOST]
        assert all(said[one.word] == one.said for one in found.company)
        counts = count_pairs(run.corpus, run.config.window)
        wanted = run.plan.objective.target(counts, word)
        assert [one.in_text for one in found.company] == [wanted[one.word] for one in found.company]
        row = counts.row(word)
        assert [one.together for one in found.alike] == [row[one.word] for one in found.alike]


def test_what_is_shared_stands_beside_both_and_never_is_said_where_it_is_true() -> None:
    run = Run(Config(PRESETS["royal"].text))
    found = card(run, "prince", run.n_steps)
    words, counts = run.corpus.vocabulary.words, count_pairs(run.corpus, 2).matrix.toarray()
    nearest_word = found.alike[0].word
    assert words[nearest_word] == "princess"
    assert found.shared
    assert (counts[[found.word, nearest_word]][:, list(found.shared)] > 0).all()
    assert found.never_together
    assert counts[found.word, nearest_word] == 0


def test_never_is_not_said_of_words_that_stand_side_by_side() -> None:
    run = Run(Config("salt pepper. " * 8 + "tea. coffee. milk.", seed=2))
    found = card(run, "salt", 0)
    beside = run.corpus.vocabulary.ids["pepper"]
    together = {one.word: one.together for one in found.alike}
    assert together[beside] == 8
    assert found.never_together == (found.alike[0].word != beside)


@pytest.mark.parametrize("word", ["bank", "lender", "shore"])
def test_what_points_across_or_against_it_is_not_called_like_it(word: str) -> None:
    run = Run(Config(PRESETS["bank"].text))
    for t in (0, 300, run.n_steps):
        found = card(run, word, t)
        near = nearest(run.parameters(t).V, found.word, len(run.corpus.vocabulary))
        like_it = [other for other, cosine in near if cosine > 0]
        assert [one.word for one in found.alike] == like_it[:MOST]
    lonely = Parameters(np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.5]]), np.zeros((3, 2)))
    none = why_here(lonely, 0, np.full(3, 1 / 3), np.zeros(3), Company.of_text(Corpus.from_text("a b c."), 2))
    assert (none.alike, none.shared, none.never_together) == ((), (), False)


def test_a_vocabulary_smaller_than_the_lists_is_all_there_is() -> None:
    run = Run(Config("a b. a b.", dim=1))
    found = card(run, "a", 0)
    assert [one.word for one in found.alike] == [1]
    assert len(found.company) == 2
    assert found.shared == ()


def test_the_likeliest_can_be_chosen_by_another_number() -> None:
    run = Run(Config(PRESETS["royal"].text))
    parameters, counts = run.parameters(run.n_steps), count_pairs(run.corpus, 2)
    said = prediction(parameters, (0,), run.plan.objective)
    company = Company(run.corpus.vocabulary.counts, counts)
    found = why_here(parameters, 0, said, said, company, by=-said)
    assert [one.said for one in found.company] == sorted(said)[:MOST]
