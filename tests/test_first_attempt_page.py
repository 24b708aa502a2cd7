"""Variants, a first attempt: what the page says is what the network computes, at the moment and of the word chosen."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.numbers import percent
from tests.visitor import broken_off_at, fine, in_small_slices, latest_run, report, texts, trained, visit
from w2v import PRESETS, Config
from w2v.explain.first_attempt import FirstAttempt
from w2v.slices import finished


def opened(config: Config, **query: str) -> AppTest:
    at = visit(config, "variants", **query)
    return fine(at.button_group(key="variants_part").set_value("first-attempt").run())


def test_the_numbers_are_those_of_the_network_and_it_follows_the_clock() -> None:
    at = opened(Config(PRESETS["royal"].text, epochs=10), word="king", t="500", level="numbers")
    run = latest_run(at)
    attempt = finished(FirstAttempt.train(run.plan))
    king = run.corpus.vocabulary.ids["king"]
    outputs = attempt.outputs(500, run.plan.goal.row_of((king,)))
    said = texts(at)
    assert f"Near “king” the 27 answers of this network add up to {outputs.sum():.3g}" in said.replace(
        "\N{MINUS SIGN}", "-"
    )
    assert f"{(outputs < 0).sum()} of them are below 0: they are no probabilities" in said
    ours = run.plan.goal.share_of_the_way(run.plan.goal.mean_loss(run.parameters(500)))
    theirs = attempt.share_of_the_way(500)
    assert theirs < 0, "no number stands for a network that is worse than guessing"
    assert f"word2vec has learned {percent(ours)}, this network nothing yet." in said
    assert "Update 500:" in said
    (worst,) = re.findall(r"differ by ([\d.e-]+) at most", said.replace("\N{MINUS SIGN}", "-"))
    assert float(worst) < 1e-8
    fine(report(at, "variants", t=1920, word=king))
    assert "Update 1,919:" in texts(at)
    assert np.isfinite(attempt.mean_loss(1920))


@pytest.mark.usefixtures("trained_anew")
def test_its_training_shows_how_far_it_is_stops_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    at = visit(Config(PRESETS["royal"].text, epochs=4), "variants")
    in_small_slices(monkeypatch)
    with broken_off_at(4):
        at.button_group(key="variants_part").set_value("first-attempt").run()
    (bar,) = at.progress
    assert re.fullmatch(r"The network learns: (64|128|192) of 768 updates", bar.text)
    fine(at.button(key="stop_attempts").click().run())
    assert "Training of this network was stopped." in texts(at)
    fine(at.button(key="go_on_attempts").click().run())
    assert "this network" in texts(at)
    assert "stopped" not in texts(at)


def test_plain_words_have_neither_the_table_nor_the_check_of_its_gradient() -> None:
    at = opened(Config(PRESETS["royal"].text, epochs=2), t="50")
    assert "Update 50:" in texts(at)
    assert "differ by" not in texts(at)
    assert not at.dataframe


def test_several_inputs_passes_and_a_rate_that_is_too_large_have_their_sentences() -> None:
    at = opened(Config(PRESETS["royal"].text, epochs=2, architecture="cbow"))
    assert "” and “" in texts(at)
    at = trained(visit(Config(PRESETS["royal"].text, trainer="passes")), "variants")
    fine(at.button_group(key="variants_part").set_value("first-attempt").run())
    assert "this network learns pair by pair" in texts(at)
    at = opened(Config(PRESETS["royal"].text, epochs=2, learning_rate=9.0))
    assert "Its numbers grew without end" in texts(at)
