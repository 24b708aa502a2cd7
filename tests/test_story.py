"""What pages say at the end of a training, and the card that they send: both against the model."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_whole_page import book
from tests.visitor import fine, go, latest_run, passes_of, report, sent_to, texts, trained, visit, whole
from w2v import PRESETS, Config, Run, count_pairs, nearest, prediction, vectors_of, word2vec_text
from w2v.explain.center_row import center_row

PAGES = ("start", "training", "map")
CLOSEST = "Closest now"


def card(at: AppTest) -> dict[str, Any]:
    """The card that was sent to the player of this page."""
    (sent,) = sent_to(at, "w2v_card")
    found: dict[str, Any] = json.loads(sent.json)
    return found


def at_end(config: Config, page: str) -> AppTest:
    return fine(visit(config, page, t=str(Run(config).n_steps)))


@pytest.mark.parametrize("page", PAGES)
def test_the_end_of_a_run_names_the_models_nearest_pairs(page: str) -> None:
    config = Config(PRESETS["eat_drink"].text)
    at = at_end(config, page)
    run = Run(config)
    words, V = run.corpus.vocabulary.words, run.parameters(run.n_steps).V
    (said,) = [text.value for text in at.text if text.value.startswith(CLOSEST)]
    assert "\u201ccoffee\u201d and \u201ctea\u201d" in said
    named = [part.strip("\u201c\u201d") for part in said.split(". ")[0].removeprefix(f"{CLOSEST}: ").split(", ")]
    for pair in named:
        first, second = pair.split("\u201d and \u201c")
        assert words[nearest(V, words.index(first), 1)[0][0]] == second
        assert words[nearest(V, words.index(second), 1)[0][0]] == first


@pytest.mark.parametrize("page", PAGES)
def test_before_the_end_it_is_what_to_look_for(page: str) -> None:
    at = fine(visit(Config(PRESETS["eat_drink"].text), page, t="10"))
    assert CLOSEST not in texts(at)
    assert PRESETS["eat_drink"].look_for in texts(at)


def test_it_is_said_when_the_player_comes_to_rest_at_the_end() -> None:
    config = Config(PRESETS["royal"].text)
    at = fine(visit(config, "training"))
    assert CLOSEST not in texts(at)
    last = latest_run(at).n_steps
    assert CLOSEST in texts(fine(report(at, "training", t=last, word=0)))
    assert CLOSEST not in texts(fine(report(at, "training", t=last - 1, word=0)))


@pytest.mark.parametrize("page", PAGES)
def test_a_shuffled_text_says_that_there_is_nothing_to_find(page: str) -> None:
    at = at_end(Config(PRESETS["random"].text), page)
    assert "there is nothing to find" in texts(at)
    assert CLOSEST not in texts(at)


def test_a_text_whose_words_occur_once_says_that_there_is_nothing_to_find() -> None:
    at = at_end(Config("one two three four five six seven"), "training")
    assert "occur only once" in texts(at)


def test_a_run_that_broke_off_tells_no_story() -> None:
    config = Config(PRESETS["royal"].text, learning_rate=100.0, decay=False)
    run = Run(config)
    assert run.stopped is not None
    at = fine(visit(config, "training", t=str(run.n_steps)))
    assert CLOSEST not in texts(at)


@pytest.mark.parametrize("page", PAGES)
def test_a_whole_text_tells_its_story_at_the_best_pass(page: str) -> None:
    at = fine(go(trained(whole(book(4000))), page))
    (said,) = [text.value for text in at.text if text.value.startswith(CLOSEST)]
    passes = passes_of(at)
    words, V = passes.corpus.vocabulary.words, passes.parameters(passes.best).V
    first, second = said.split("\u201c")[1:3]
    pair = [words.index(word.split("\u201d")[0]) for word in (first, second)]
    assert nearest(V, pair[0], 1)[0][0] == pair[1]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"architecture": "cbow"},
        {"objective": "negative"},
        {"objective": "hierarchical"},
        {"subsample": 0.01, "dynamic_window": True},
    ],
)
def test_the_card_holds_the_models_numbers(page: str, settings: dict[str, Any]) -> None:
    config = Config(PRESETS["royal"].text, epochs=5, **settings)
    at = fine(visit(config, page, t="30", word="queen"))
    run = Run(config)
    word, parameters = run.corpus.vocabulary.ids["queen"], run.parameters(30)
    found = card(at)
    assert (found["run"], found["t"], found["word"], found["at"]) == (run.name, 30, word, "after update 30")
    assert found["alike"] == [[i, pytest.approx(cosine)] for i, cosine in nearest(parameters.V, word, 5) if cosine > 0]
    said = prediction(parameters, (word,), run.plan.objective)
    assert [p for _, p, _ in found["company"]] == pytest.approx(sorted(said, reverse=True)[:5])
    for other, p, _ in found["company"]:
        assert p == pytest.approx(said[other])
    counts = count_pairs(run.corpus, config.window).row(word)
    assert found["never"] == (counts[found["alike"][0][0]] == 0)
    assert all(counts[other] > 0 for other in found["shared"])
    named = {found["word"], *found["shared"], *(one[0] for one in [*found["alike"], *found["company"]])}
    assert {int(i): name for i, name in found["words"].items()} == {i: run.corpus.vocabulary.words[i] for i in named}


def test_what_the_text_says_is_what_training_heads_for() -> None:
    config = Config(PRESETS["royal"].text)
    found = card(fine(visit(config, "training", t="100", word="king")))
    run = Run(config)
    ratio = count_pairs(run.corpus, config.window).ratio(found["word"])
    assert [text for _, _, text in found["company"]] == pytest.approx([ratio[o] for o, _, _ in found["company"]])


@pytest.mark.parametrize("page", PAGES)
def test_a_whole_text_has_the_card_too(page: str) -> None:
    at = fine(go(trained(whole(book(4000))), page))
    passes = passes_of(at)
    word = passes.corpus.vocabulary.ids["ann"]
    t = passes.n_moments - 1
    found = card(fine(report(at, page, t=t, word=word)))
    assert found["at"] == f"after pass {passes.at[t]}"
    parameters = passes.parameters(t)
    assert found["alike"] == [[i, pytest.approx(cosine)] for i, cosine in nearest(parameters.V, word, 5) if cosine > 0]
    row = center_row(parameters, passes.run.counts, word, passes.run.objective)
    for other, said, text in found["company"]:
        assert said == pytest.approx(row.P[other])
        assert text == pytest.approx(row.counts[other] / row.total)


def test_another_word_gets_another_card() -> None:
    at = fine(visit(Config(PRESETS["royal"].text), "training", word="king"))
    ids = latest_run(at).corpus.vocabulary.ids
    assert card(at)["word"] == ids["king"]
    assert card(at)["at"] == "before the first update"
    assert card(fine(report(at, "training", t=7, word=ids["queen"])))["word"] == ids["queen"]


def test_vectors_of_another_program_are_not_spoken_of_as_if_they_were_learned_here() -> None:
    config = Config(PRESETS["royal"].text)
    at = at_end(config, "map")
    assert CLOSEST in texts(at)
    data = word2vec_text(vectors_of(Run(config)))
    at.file_uploader(key="opened_file").upload("vectors.txt", data, "application/octet-stream")
    assert CLOSEST not in texts(fine(at.run()))


@pytest.mark.parametrize("page", PAGES)
def test_words_of_a_text_are_plain_text_in_the_sentence(page: str) -> None:
    at = at_end(Config(PRESETS["royal"].text), page)
    assert any(element.value.startswith(CLOSEST) for element in at.text)
    assert not any(CLOSEST in str(element.value) for element in [*at.markdown, *at.caption])
