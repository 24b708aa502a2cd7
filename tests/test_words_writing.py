"""Write like this text on Words: every word with its probability and its places, for each kind of training."""

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.numbers import percent
from tests.hostile import MARKUP
from tests.visitor import fine, in_table, sent_to, table, texts, trained, visit
from w2v import PRESETS, Config, Run, ngram_probability, prediction

ROYAL = Config(PRESETS["royal"].text, epochs=12)
TITLES = ["1-grams", "2-grams", "3-grams", "The model", "Counts of windows"]
QUOTES = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"


def to_the_part(at: AppTest) -> AppTest:
    return fine(fine(at).segmented_control(key="words_part").set_value("writing").run())


def opened(config: Config = ROYAL, **query: str) -> AppTest:
    return to_the_part(visit(config, "words", **query))


def passages(at: AppTest) -> dict[str, dict[str, Any]]:
    (sent,) = sent_to(at, "w2v_passages")
    return {column["title"]: column for column in json.loads(sent.json)["columns"]}


def words(column: dict[str, Any]) -> list[str]:
    return [word["word"] for word in column["words"]]


def as_table(at: AppTest, title: str) -> Any:
    if not at.toggle(key="write_table").value:
        at.toggle(key="write_table").set_value(True).run()
    fine(at.radio(key="write_which").set_value(title).run())
    return table(at, "word", "probability")


def test_every_probability_is_that_of_its_source_and_every_place_is_in_the_text() -> None:
    at, run = opened(word="king", t="900"), Run(ROYAL)
    corpus, parameters = run.corpus, run.parameters(900)
    tokens, ids = corpus.tokens, corpus.vocabulary.ids
    shown = passages(at)
    assert list(shown) == TITLES
    for title, column in shown.items():
        assert words(column)[0] == "king"
        assert len(words(column)) == 25, title
        rows = as_table(at, title)
        assert rows["word"].tolist() == words(column)[1:]
        assert [word["share"] for word in column["words"][1:]] == [percent(p) for p in rows["probability"]]
        for i, row in rows.iterrows():
            assert "(blank)" not in row.tolist()
            for place in re.findall(r"\d+", str(row["places"])):
                assert tokens[int(place) - 1] == row["word"]
            last = words(column)[i]  # the begin stands before the first row
            if title == "The model":
                assert row["probability"] == in_table(
                    prediction(parameters, (ids[last],), run.plan.objective)[ids[row["word"]]]
                )
            elif title == "Counts of windows":
                assert row["probability"] == in_table(run.plan.goal.counts.ratio(ids[last])[ids[row["word"]]])
            elif title == "2-grams" and "." not in (last, row["word"]):
                together, _ = ngram_probability(corpus, [last], row["word"])
                assert row["COUNT together"] == together
                assert row["probability"] == in_table(together / sum(word == last for word in tokens))
    assert "no language model" in " ".join(one.value for one in at.markdown)
    assert "in the same order, 4 words or more in a row: 1-grams " in " ".join(one.value for one in at.text)


def test_another_one_is_of_the_next_seed_and_the_same_seed_gives_the_same() -> None:
    at = opened(word="king")
    first = passages(at)
    fine(at.button(key="write_again").click().run())
    assert at.number_input(key="write_seed").value == 2
    assert passages(at)["1-grams"] != first["1-grams"]
    fine(at.number_input(key="write_seed").set_value(1).run())
    assert passages(at) == first
    fine(at.slider(key="write_temperature").set_value(0.0).run())
    coldest = passages(at)
    assert {word["share"] for word in coldest["The model"]["words"][1:]} == {"100 %"}
    assert {word["share"] for word in coldest["1-grams"]["words"][1:]} == {"50 %"}  # as many sentences as "the"
    assert set(words(coldest["1-grams"])[1:]) == {"the", "."}
    assert "by the temperature" in coldest["1-grams"]["words"][1]["says"]


def test_seed_temperature_and_first_words_travel_in_the_address() -> None:
    at = opened(word="queen")
    assert not {"draw", "temperature", "begins"} & set(at.query_params)
    fine(at.number_input(key="write_seed").set_value(7).run())
    fine(at.slider(key="write_temperature").set_value(0.5).run())
    fine(at.text_input(key="write_before").set_value(" rules the ").run())
    asked = {name: at.query_params[name] for name in ("draw", "temperature", "begins")}
    assert asked == {"draw": "7", "temperature": "0.5", "begins": "rules the"}
    again = opened(word="queen", **asked)
    assert passages(again) == passages(at)
    assert words(passages(again)["2-grams"])[:3] == ["rules", "the", "queen"]
    assert again.number_input(key="write_seed").value == 7
    fine(again.button(key="write_again").click().run())
    assert again.query_params["draw"] == "8"
    fine(again.number_input(key="write_seed").set_value(1).run())
    fine(again.slider(key="write_temperature").set_value(1.0).run())
    fine(again.text_input(key="write_before").set_value("king rules the " * 40 + "rules the").run())
    assert len(again.query_params["begins"]) <= 200
    assert words(passages(again)["2-grams"])[:6] == ["king", "rules", "the", "rules", "the", "queen"]
    fine(again.text_input(key="write_before").set_value("").run())
    assert not {"draw", "temperature", "begins"} & set(again.query_params)


@pytest.mark.parametrize(
    ("draw", "temperature"), [("-1", "2.5"), ("4294967296", "nan"), ("1e3", "hot"), ("<b>7</b>", "-inf")]
)
def test_what_cannot_be_in_a_link_is_refused_in_a_sentence(draw: str, temperature: str) -> None:
    at = opened(word="king", draw=draw, temperature=temperature, begins="![x](http://x.example/y.png)")
    said = texts(at)
    assert "The seed in this link is not a whole number from 0 to 4,294,967,295: seed 1 is taken instead." in said
    assert "The temperature in this link is not a number from 0 to 2: 1 is taken instead." in said
    assert passages(at) == passages(opened(word="king"))
    fine(at.slider(key="write_temperature").set_value(2.0).run())
    assert "The temperature in this link" not in texts(at)
    fine(at.button(key="write_again").click().run())
    assert "in this link" not in texts(at)
    assert at.number_input(key="write_seed").value == 2


def test_where_an_n_gram_knows_nothing_it_says_so() -> None:
    at = opened(word="builds")
    fine(at.text_input(key="write_before").set_value("giraffe school").run())
    assert "giraffe: not among the 27 words, and left out." in texts(at)
    column = passages(at)["3-grams"]
    assert words(column)[:2] == ["school", "builds"]
    left, right = QUOTES
    assert (
        f"Nothing is known of what stands before: it goes by {left}builds{right} alone." in column["words"][2]["says"]
    )
    assert "Where it knew nothing, it went on with less: 1 time." in column["said"]
    assert "1 time" not in passages(at)["2-grams"]["said"]


def test_what_is_copied_is_marked_and_counted() -> None:
    at = opened(word="king")
    said = texts(at)
    sentences = [" ".join(sentence) for sentence in Run(ROYAL).corpus.sentences]
    for title, column in passages(at).items():
        marked = [word["word"] for word in column["words"] if word["copied"]]
        n = len([word for word in column["words"] if not word["ends"]])
        assert column["said"].startswith(f"{len(marked)} of {n} words stand in the text in this order"), title
        assert f"{title[0].lower()}{title[1:]} {percent(len(marked) / n)}" in said
        runs = " ".join(word["word"] if word["copied"] else "|" for word in column["words"]).split("|")
        for run in filter(None, map(str.strip, runs)):
            assert any(run[: len(sentence)] == sentence or run in sentence for sentence in sentences), run
    assert any(word["copied"] for word in passages(at)["3-grams"]["words"])


@pytest.mark.parametrize("objective", ["negative", "hierarchical"])
@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_every_kind_of_model_writes_and_says_what_it_draws_from(objective: str, architecture: str) -> None:
    config = Config(ROYAL.text, epochs=3, objective=objective, architecture=architecture)
    at = opened(config, word="king", level="numbers")
    model = passages(at)["The model"]
    assert len(model["words"]) == 25
    assert model["by"].startswith("P(o|c)") == (objective != "negative")
    said = " ".join(one.value for one in at.markdown)
    assert ("For shares of 100 %" in said) == (objective == "negative")
    at = opened(config, word="king")
    said = next(one.value for one in at.markdown if "no language model" in one.value)
    assert "P(o|c)" not in said + json.dumps(passages(at), ensure_ascii=False)
    assert ("has no probabilities of words" in said) == (objective == "negative")


def test_it_says_that_counting_elsewhere_leaves_out_the_ends_of_sentences() -> None:
    at, corpus = opened(word="king"), Run(ROYAL).corpus
    said = " ".join(one.value for one in at.markdown)
    assert "the end of a sentence counts as something that may come next" in said
    assert "so the shares there can be larger" in said
    for _, row in as_table(at, "1-grams").iterrows():
        if row["word"] != ".":
            together, before = ngram_probability(corpus, [], row["word"])
            assert row["probability"] == in_table(together / (before + len(corpus.sentences)))
            assert row["probability"] < together / before


def test_passes_write_too() -> None:
    config = Config(PRESETS["animals"].text * 12, dim=6, trainer="passes", min_count=2)
    at = to_the_part(trained(visit(config, "text", word="cow"), "words"))
    assert [len(column["words"]) for column in passages(at).values()] == [25] * 5
    before = passages(at)["2-grams"]
    fine(at.run())
    assert passages(at)["2-grams"] == before


def test_words_dressed_as_markup_stay_plain() -> None:
    at = opened(Config(MARKUP * 2, epochs=1, pretokenized=True), word="**zqstars**")
    assert {word for column in passages(at).values() for word in words(column)} >= {"**zqstars**"}
    assert all("zq" not in one.value for one in (*at.markdown, *at.caption))
