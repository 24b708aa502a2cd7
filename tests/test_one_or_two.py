"""One vector or two, on Variants: how much a word expects itself in both models, and what is nearest to it."""

from dataclasses import replace

import numpy as np
from streamlit.testing.v1 import AppTest

from pages.drawing import itself as bars
from pages.drawing.numbers import number, percent
from tests.visitor import config as visitor_config
from tests.visitor import fine, texts, visit
from w2v import PRESETS, Config, Run, nearest
from w2v.explain.both_rows import both_rows
from w2v.explain.itself import itself

ROYAL = Config(PRESETS["royal"].text, epochs=3)


def one_or_two(config: Config = ROYAL, **query: str) -> AppTest:
    at = fine(visit(config, "variants", **query))
    return fine(at.button_group(key="variants_part").set_value("vectors").run())


def test_one_vector_or_two_says_how_much_a_word_expects_itself_and_what_is_nearest() -> None:
    at = one_or_two(word="king", level="numbers", t="500")
    said = texts(at)
    for one_vector in (True, False):
        run = Run(replace(ROYAL, one_vector=one_vector))
        parameters, goal = run.parameters(500), run.plan.goal
        found, loss = itself(goal, parameters), goal.mean_loss(parameters)
        assert percent(found.mean_said) in said
        assert f"Loss {number(loss)} nats, {number(loss - goal.floor)} above the floor of {number(goal.floor)}." in said
        words = run.corpus.vocabulary.words
        near = nearest(run.parameters(500).V, words.index("king"), 5)
        listed = [d.value["word"].tolist() for d in at.dataframe if "cosine" in d.value.columns]
        assert [words[i] for i, _ in near] in listed
        rows = both_rows(parameters, run.step(500), words.index("king"))
        assert f"by {number(rows.center_moved, 2)}" in said or rows.center_moved == 0
        if not one_vector:
            assert f"Their cosine is {number(rows.cosine, 2)}," in said
            assert f"Update 500: “king” moves not at all as center and by {number(rows.context_moved, 2)}" in said
    fine(at.selectbox(key="variants_word").set_value("queen").run())
    assert at.query_params["word"] == "queen"
    assert "“queen” has two rows of numbers" in texts(at)
    assert "The text leads to 0 %" in said
    plain = texts(one_or_two(t="500"))
    assert "nats" not in plain
    assert "floor" not in plain


def test_at_the_end_it_is_the_last_update_and_a_run_without_any_says_nothing_of_one() -> None:
    run = Run(ROYAL)
    said = texts(one_or_two())
    assert f"Update {run.n_steps - 1:,}: " in said
    cosine = both_rows(run.parameters(run.n_steps), None, run.telling_word).cosine
    assert f"Their cosine is {number(cosine, 2)}," in said
    wild = texts(one_or_two(replace(ROYAL, learning_rate=1e5, decay=False)))
    assert "has two rows of numbers" in wild
    assert "Update 0" not in wild


def test_one_vector_or_two_of_a_tree_says_what_to_choose() -> None:
    at = one_or_two(replace(ROYAL, objective="hierarchical"))
    assert "choose full softmax or negative sampling" in texts(at)
    fine(at.button(key="variants_learn_negative").click().run())
    assert visitor_config(at) == replace(ROYAL, objective="negative")
    assert "has two rows of numbers" in texts(at)


def test_the_bars_are_the_numbers_and_words_are_only_words() -> None:
    one, two, wanted = np.array([0.5, 0.25]), np.array([0.1, 0.0]), np.array([0.0, 0.05])
    figure = bars.figure(["<b>king</b>", "queen"], one, two, wanted, dark=False)
    assert {trace.name: list(trace.x) for trace in figure.data} == {
        bars.ONE: one.tolist(),
        bars.TWO: two.tolist(),
        bars.TEXT: wanted.tolist(),
    }
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;king&lt;/b&gt;", "queen")
    assert figure.data[0].customdata[0] == "&lt;b&gt;king&lt;/b&gt;"
