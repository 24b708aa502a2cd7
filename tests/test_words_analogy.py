"""a - b + c on Words: the answer both ways, other words, ten seeds with Stop, vectors that were opened."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.hostile import MARKUP
from tests.visitor import broken_off_at, fine, forget_runs, go, in_small_slices, kept_runs, table, texts, trained, visit
from tests.visitor import config as visited
from w2v import PRESETS, Config, Run, WordVectors, analogy, read_vectors, word2vec_text

ROYAL = Config(PRESETS["royal"].text, epochs=12)
OUT, IN = "inputs taken out", "inputs left in"
ASKED = ("king", "man", "woman", "queen")


def opened(config: Config = ROYAL, **query: str) -> AppTest:
    return to_the_part(visit(config, "words", **query))


def to_the_part(at: AppTest) -> AppTest:
    return fine(fine(at).segmented_control(key="words_part").set_value("analogy").run())


def ids(config: Config, *words: str) -> list[int]:
    return [Run(config).corpus.vocabulary.ids[word] for word in words]


def choose(at: AppTest, **words: str) -> AppTest:
    for name, word in words.items():
        at.selectbox(key=f"analogy_{name}").set_value(word).run()
    return fine(at)


def test_both_rankings_at_the_present_moment_and_what_they_say() -> None:
    at, run = opened(word="king", t="500"), Run(ROYAL)
    a, b, c, _ = ids(ROYAL, *ASKED)
    V, words = run.parameters(500).V, run.corpus.vocabulary.words
    for title, excluded in ((OUT, True), (IN, False)):
        expected = analogy(V, a, b, c, 8, exclude_inputs=excluded)
        shown = table(at, OUT, IN)
        assert shown[title].tolist() == [words[i] for i, _ in expected]
        assert shown["cosine" if excluded else "cosine "].tolist() == [cosine for _, cosine in expected]
    first = analogy(V, a, b, c, 1)[0][0]
    assert f"king \N{MINUS SIGN} man + woman leads to \N{LEFT DOUBLE QUOTATION MARK}{words[first]}" in texts(at)


def test_other_words_are_chosen_and_suggested() -> None:
    at = choose(opened(word="king"), b="prince", c="princess", d="queen")
    assert "king \N{MINUS SIGN} prince + princess leads to" in texts(at)
    assert {name: at.query_params[name] for name in ("minus", "plus", "expected")} == {
        "minus": "prince",
        "plus": "princess",
        "expected": "queen",
    }
    again = opened(word="king", minus="boy", plus="girl", expected="queen")
    assert "king \N{MINUS SIGN} boy + girl leads to" in texts(again)
    lost = opened(word="king", minus="giraffe", plus="girl")
    assert "king \N{MINUS SIGN} man + woman leads to" in texts(lost)
    fine(at.button(key="analogy_1").click().run())
    assert "king \N{MINUS SIGN} his + her leads to" in texts(at)


def test_a_text_without_suggestions_asks_for_two_words() -> None:
    config = Config("a cat sees a dog. a dog sees a hen. the hen sees the cat.", epochs=2)
    at = opened(config, word="cat")
    assert "Choose two more words" in texts(at)
    choose(at, b="dog", c="hen")
    assert "cat \N{MINUS SIGN} dog + hen leads to" in texts(at)
    few = choose(opened(Config("cat dog hen.", epochs=2), word="cat"), b="dog", c="hen")
    assert "needs a fourth word that could be the answer: there are only 3." in texts(few)


def test_nothing_is_trained_before_one_asks_and_then_ten_seeds_are_counted() -> None:
    config = replace(ROYAL, learning_rate=0.19)  # which no other test has left trained
    at = opened(config, word="king")
    assert [one.seed for one in kept_runs(at)] == [1]
    fine(at.button(key="analogy_seeds").click().run())
    a, b, c, d = ids(config, *ASKED)
    found = {False: Counter(), True: Counter()}
    for seed in range(1, 11):
        run = Run(replace(config, seed=seed))
        V = run.parameters(run.n_steps).V
        for left_in, counted in found.items():
            counted[analogy(V, a, b, c, 1, exclude_inputs=not left_in)[0][0]] += 1
    assert (
        f"\N{LEFT DOUBLE QUOTATION MARK}queen\N{RIGHT DOUBLE QUOTATION MARK} in {found[False][d]} of 10 trainings; "
        f"with the inputs left in, in {found[True][d]}."
    ) in texts(at)
    shown = table(at, "seed", "place of queen")
    assert shown["seed"].tolist() == list(range(1, 11))
    assert len(kept_runs(at)) == 1  # what is seen of the others is kept, not they
    forget_runs(at)
    choose(at, b="prince", c="princess", d="queen")
    assert "of 10 trainings" in texts(at)
    assert [one.seed for one in kept_runs(at)] == [1]  # nor are they trained again for other words
    assert all(button.key != "analogy_seeds" for button in at.button)
    fine(go(at, "compare").button_group(key="compare_part").set_value("notebook").run())
    rows = table(at, "run", "seed")
    assert rows["seed"].tolist() == ["2 to 10", "1"], "nine more seeds stand in one line"
    assert rows["trained"][0] == "9 seeds, runs 2 to 10; learned is their mean"
    assert "10 runs so far" in texts(at)
    fine(at.selectbox(key="notebook_run").set_value(4).run())
    fine(at.button(key="notebook_open").click().run())
    assert visited(at) == replace(config, seed=4)


def test_passes_are_tried_with_ten_seeds_too() -> None:
    config = Config(PRESETS["animals"].text * 12, dim=6, trainer="passes", min_count=2)
    at = to_the_part(trained(visit(config, "text", word="cow"), "words"))
    choose(at, b="sheep", c="dog", d="cat")
    fine(at.button(key="analogy_seeds").click().run())
    assert "of 10 trainings" in texts(at)
    assert "Go on" not in texts(at)


@pytest.mark.usefixtures("trained_anew")
def test_stop_keeps_the_seeds_that_are_done_and_one_can_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_slices(monkeypatch)
    at = opened(word="king")
    with broken_off_at(90):
        fine(at.button(key="analogy_seeds").click().run())
    (drawn,) = at.progress
    now = int(re.match(r"Training (\d+) of 10: ", drawn.text)[1])
    assert 2 < now < 10
    fine(at.button(key="stop_training").click().run())
    assert f" of {now - 1} trainings" in texts(at)
    assert table(at, "seed", "place of queen")["seed"].tolist() == list(range(1, now))
    fine(at.run())
    assert f" of {now - 1} trainings" in texts(at), "nor does the next run of the page begin with the others"
    fine(at.button(key="analogy_more_seeds").click().run())
    assert " of 10 trainings" in texts(at)


def test_vectors_that_were_opened_are_ranked_but_have_no_seeds_and_no_text() -> None:
    vectors = WordVectors(tuple("abcdefgh"), np.random.default_rng(3).normal(size=(8, 5)))
    at = fine(visit(ROYAL, "map"))
    at.file_uploader(key="opened_file").upload("vectors.txt", word2vec_text(vectors), "text/plain").run()
    at = choose(to_the_part(go(at, "words")), b="b", c="c")
    expected = [i for i, _ in analogy(read_vectors(word2vec_text(vectors)).vectors, 0, 1, 2, 5)]
    assert table(at, OUT, IN)[OUT].dropna().tolist() == [vectors.words[i] for i in expected]
    assert "Vectors from a file are the outcome of one training." in texts(at)
    assert all(button.key not in ("analogy_seeds", "analogy_0") for button in at.button)
    fine(at.segmented_control(key="words_part").set_value("writing").run())
    assert "So there is nothing to draw words from." in texts(at)


def test_words_dressed_as_markup_stay_plain() -> None:
    config = Config(MARKUP * 2, epochs=1, pretokenized=True)
    words = ("**zqstars**", "<b>zqbold</b>", "$zqmath$")
    at = choose(opened(config, word=words[0]), b=words[1], c=words[2])
    assert f"{words[0]} \N{MINUS SIGN} {words[1]} + {words[2]} leads to" in texts(at)
    assert all("zq" not in one.value for one in (*at.markdown, *at.caption))
    assert all("zq" not in button.label for button in at.button)
