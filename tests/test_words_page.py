"""Words: one part at a time, kept in the address, about the selected word at the present moment."""

from streamlit.testing.v1 import AppTest

from tests import visitor
from tests.visitor import fine, go, table, texts, visit
from w2v import PRESETS, Config, Run, nearest, prediction

ROYAL = Config(PRESETS["royal"].text, epochs=10)


def words(**query: str) -> AppTest:
    return fine(visit(ROYAL, "words", **query))


def test_company_is_what_the_model_says_beside_what_is_like_it() -> None:
    at = words(word="king", t="300")
    run = Run(ROYAL)
    parameters, names = run.parameters(300), run.corpus.vocabulary.words
    king = run.corpus.vocabulary.ids["king"]
    said = prediction(parameters, (king,), run.plan.objective)
    company = table(at, "word", "P(o|c)")
    assert company["P(o|c)"].tolist() == sorted(said, reverse=True)[:8]
    wanted = run.plan.goal.target(king)
    assert company["the text says"].tolist() == [wanted[names.index(word)] for word in company["word"]]
    alike = table(at, "word", "cosine")
    assert alike["word"].tolist() == [names[i] for i, cosine in nearest(parameters.V, king, 8) if cosine > 0]


def test_another_word_is_chosen_for_all_pages() -> None:
    at = words(word="king")
    assert "“king”" in texts(at)
    fine(at.selectbox(key="words_word").set_value("queen").run())
    assert visitor.chosen_word(at) == "queen"
    assert "Near “queen” the model expects" in texts(at)


def test_a_part_that_a_page_does_not_have_is_its_first_and_leaves_the_address() -> None:
    at = words(word="king", part="nonsense")
    assert at.query_params["word"] == "king"
    assert "part" not in at.query_params
    assert "part" not in go(at, "map").query_params
