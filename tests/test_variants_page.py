"""Variants: one part at a time, kept in the address, at the present moment."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.numbers import number, percent
from tests.visitor import (
    broken_off_at,
    fine,
    go,
    in_small_slices,
    setting,
    texts,
    trained,
    visit,
)
from w2v import PRESETS, Config, Run
from w2v.explain.pmi import pmi_scores
from w2v.objectives import OBJECTIVES

ROYAL = Config(PRESETS["royal"].text, epochs=3)


def variants(config: Config = ROYAL, **query: str) -> AppTest:
    return fine(visit(config, "variants", **query))


def choose(at: AppTest, part: str) -> AppTest:
    """Show another part: that a link opens one is seen in the browser."""
    return fine(at.button_group(key="variants_part").set_value(part).run())


def test_two_models_show_the_same_pair_and_what_it_moves() -> None:
    at = variants(t="137")
    run = Run(ROYAL)
    words = run.corpus.vocabulary.words
    example = run.step(137).traces[0].example
    said = texts(at)
    assert f"“{words[example.target]}” near “{words[example.inputs[0]]}”" in said
    assert f"{len(words)} of {len(words)} output vectors and 1 of {len(words)} input vectors move" in said
    for name in ("softmax", "negative"):
        other = Run(replace(ROYAL, objective=name))  # type: ignore[arg-type]
        goal = other.plan.goal
        learned = percent(max(0.0, goal.share_of_the_way(goal.mean_loss(other.parameters(137)))))
        assert f"Before this update it has learned {learned} of what it can" in said
    assert "All words compete." in said
    assert "Drawn as wrong answers: “" in said
    at.selectbox(key="variants_other").set_value("hierarchical")
    fine(at.run())
    assert at.query_params["other"] == "hierarchical"
    n = len(Run(Config(ROYAL.text, objective="hierarchical", epochs=1)).plan.objective.paths[example.target][0])
    assert f"{n} of {len(words) - 1} output vectors and 1 of {len(words)} input vectors move" in texts(at)


def test_of_words_with_one_vector_no_input_is_counted_twice() -> None:
    said = texts(fine(variants(replace(ROYAL, one_vector=True), t="7")))
    assert "Full softmax: 27 vectors, 216 numbers" in said
    assert "27 of 27 vectors move, 216 numbers." in said
    assert "shown twice" in said
    assert "output vector" not in said


def test_a_link_restores_both_models_and_nonsense_in_it_is_no_matter() -> None:
    said = texts(variants(t="137", one="cbow", other="negative"))
    assert "CBOW, full softmax: " in said
    assert "Negative sampling: " in said
    assert "Full softmax: " in texts(variants(t="137", one="zq", other="softmax"))


@pytest.mark.parametrize("objective", ["negative", "hierarchical"])
def test_of_cbow_that_is_trained_that_very_model_is_shown(objective: Any) -> None:
    config = replace(ROYAL, architecture="cbow", objective=objective)
    at = variants(config, t="137")
    title = OBJECTIVES[objective].title
    said = texts(at)
    assert f"CBOW, {title}: " in said
    assert f"Several words together predict the one between them: {OBJECTIVES[objective].idea}." in said
    assert f"(CBOW, {title})" in " ".join(at.selectbox(key="variants_one").options)
    goal = Run(config).plan.goal
    learned = percent(max(0.0, goal.share_of_the_way(goal.mean_loss(Run(config).parameters(137)))))
    assert f"Before this update it has learned {learned} of what it can" in said
    assert "Full softmax: " in said, "beside skip-gram"


@pytest.mark.usefixtures("trained_anew")
def test_another_setting_trains_what_is_shown_and_then_what_it_is_compared_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = variants(t="137", one="softmax", other="negative")
    in_small_slices(monkeypatch)  # each shows its bar and its Stop
    fine(setting(at, "window").set_value(3).run())
    assert "Negative sampling: " in texts(at)


@pytest.mark.usefixtures("trained_anew")
def test_what_stop_left_out_is_said_and_trained_on_a_press(monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_slices(monkeypatch)
    at = visit(ROYAL, "start", one="negative", other="hierarchical")  # trains the text as it is
    with broken_off_at(4):
        go(at, "variants")
    at.button(key="stop_training").click().run()
    assert "Training was stopped before all that is compared here was there." in texts(fine(at))
    at.button(key="variants_go_on").click().run()
    said = texts(fine(at))
    assert "Negative sampling: " in said
    assert "Hierarchical softmax: " in said
    assert "stopped" not in said


def test_passes_have_no_single_pair() -> None:
    at = trained(variants(Config(ROYAL.text, trainer="passes")), "variants")
    assert "no single pair" in texts(at)


def test_scores_and_counts_are_those_of_negative_sampling_at_the_same_moment() -> None:
    at = choose(variants(t="200", level="numbers"), "pmi")
    assert at.query_params["part"] == "pmi"
    run = Run(replace(ROYAL, objective="negative"))
    t = round(200 / Run(ROYAL).n_steps * run.n_steps)
    wanted = pmi_scores(run.plan.goal.counts, run.plan.objective, run.parameters(t))  # type: ignore[arg-type]
    said = texts(at)
    assert f"{len(wanted.scores)} pairs of words meet in the text" in said
    assert f"{number(wanted.distance)} away from the line" in said
    assert f"correlation of {number(wanted.correlation or 0.0, 2)}" in said
    assert "counts to the power of 0.750" in said
    assert "trained beside yours" in said, "the present model is another one"
    ours = texts(choose(variants(replace(ROYAL, objective="negative"), t="200"), "pmi"))
    assert "pairs of words meet in the text" in ours
    assert "trained beside yours" not in ours


def test_how_far_scores_and_counts_rise_together_is_said_of_each_moment() -> None:
    for t, how in (("0", "do not rise together"), ("1900", "rise together a little"), ("7680", "rise together")):
        said = texts(choose(variants(Config(ROYAL.text), t=t), "pmi"))
        assert f"scores and counts {how}, with a correlation of" in said
        assert "words meet, not how often." in said, "no symbols in plain words"
