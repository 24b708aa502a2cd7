"""Words: one part at a time, kept in the address, about the selected word at the present moment."""

import json
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.components.word_pictures import picked
from pages.parts.words import last_changes
from pages.parts.words.subject import Subject, Trained
from pages.session import told
from pages.session.last_changes import Search
from tests import visitor
from tests.visitor import elements, fine, go, passes_of, picture, report, strings, texts, trained, visit
from w2v import PRESETS, Config, Run, count_pairs, nearest, prediction, word2vec_text
from w2v.explain.biography import updates_of
from w2v.explain.last_change import Looked, Question
from w2v.explain.last_change import last_changes as walk_back
from w2v.pictures.axes import word_axes
from w2v.word_vectors import WordVectors

ROYAL = Config(PRESETS["royal"].text, epochs=12)
RUN = Run(ROYAL)
NAMES, IDS = RUN.corpus.vocabulary.words, RUN.corpus.vocabulary.ids
PARTS = ("company", "time", "similar", "life", "axes")


def words(config: Config = ROYAL, part: str = "company", **query: str) -> AppTest:
    """Open a link, and one part: that a link opens a part is seen in the browser, which comes to the page at once."""
    at = fine(visit(config, "words", **query))
    return at if part == "company" else choose(at, part)


def choose(at: AppTest, part: str) -> AppTest:
    return fine(at.button_group(key="words_part").set_value(part).run())


@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
def test_company_is_what_the_model_says_beside_what_is_like_the_word(objective: str) -> None:
    config = Config(ROYAL.text, epochs=4, objective=objective)
    run, king = Run(config), IDS["king"]
    assert "P(" not in json.dumps(picture(words(config, word="king", t="300")), ensure_ascii=False)
    drawn = picture(words(config, word="king", t="300", level="numbers"))
    parameters, counts = run.parameters(300), count_pairs(run.corpus, 2)
    said = prediction(parameters, (king,), run.plan.objective)
    assert [one["said"] for one in drawn["company"]] == sorted(said, reverse=True)[:8]
    assert [one["told"] for one in drawn["company"]] == [
        run.plan.goal.target(king)[o["word"]] for o in drawn["company"]
    ]
    near = [(i, cosine) for i, cosine in nearest(parameters.V, king, 8) if cosine > 0]
    assert [(one["word"], one["cosine"]) for one in drawn["alike"]] == near
    matrix = counts.matrix.toarray()
    for one in drawn["alike"]:
        assert one["together"] == matrix[king, one["word"]]
        shared = [other["word"] for other in one["shared"]]
        assert (matrix[king, shared] > 0).all()
        assert (matrix[one["word"], shared] > 0).all()
    assert ("P(o|c)" in json.dumps(drawn, ensure_ascii=False)) == run.plan.objective.sums_to_one


def test_two_words_are_alike_without_a_reason_where_they_share_no_neighbor() -> None:
    apart = Config("red ball. red ball. blue sky. blue sky.", epochs=1, dim=1)
    run = Run(apart)
    words_, ids = run.corpus.vocabulary.words, run.corpus.vocabulary.ids
    said = []
    for word in words_:
        alike = [i for i, cosine in nearest(run.parameters(run.n_steps).V, ids[word], 1) if cosine > 0]
        said.append((picture(words(apart, word=word))["said"], alike))
    none = "The text gives no reason: no word is beside both more often than by chance."
    assert all((none in sentence) == bool(alike) for sentence, alike in said)
    assert any(alike for _, alike in said), "or the test tells nothing"


def test_another_word_is_chosen_for_all_pages() -> None:
    at = words(word="king")
    assert "“king”" in picture(at)["said"]
    fine(at.selectbox(key="words_word").set_value("queen").run())
    assert visitor.chosen_word(at) == "queen"
    assert picture(at)["said"].startswith("Near “queen” the model expects")


def test_the_address_keeps_the_part_and_each_page_its_own() -> None:
    at = words(word="king")
    assert "part" not in at.query_params
    choose(at, "time")
    assert at.query_params["part"] == "time"
    assert picture(at)["kind"] == "time"
    choose(at, "life")
    assert at.query_params["part"] == "life"
    assert "part" not in go(at, "map").query_params
    assert go(at, "words").query_params["part"] == "life"
    choose(at, "company")
    assert "part" not in at.query_params, "the first goes without saying"


def test_places_over_time_are_those_of_the_run_at_the_ends_of_epochs() -> None:
    drawn = picture(words(word="king", part="time", t="300"))
    assert drawn["t"] == 300
    assert drawn["at"] == [*RUN.plan.epoch_start.tolist()]
    for i, t in enumerate(drawn["at"]):
        order = [other for other, _ in nearest(RUN.parameters(t).V, IDS["king"], len(NAMES))]
        for line in drawn["panels"][0]["lines"]:
            assert line["values"][i] == order.index(line["word"]) + 1
    assert [line["shown"] for line in drawn["panels"][0]["lines"]][:5] == [NAMES[i] for i in order[:5]]
    assert drawn["said"].startswith(f"“{NAMES[order[0]]}” ends nearest to “king”. ")
    ever = {other for t in drawn["at"] for other, _ in nearest(RUN.parameters(t).V, IDS["king"], 5)}
    assert (
        f" {len(ever) - 5} other words were among the 5 nearest before, at the 13 moments drawn here." in drawn["said"]
    )


def test_the_life_of_a_word_is_told_in_numbers_of_the_run() -> None:
    drawn = picture(words(word="queen", part="life"))
    word = IDS["queen"]
    lengths, forces = drawn["panels"]
    for line, matrix in zip(lengths["lines"], ("V", "U"), strict=True):
        at = [np.linalg.norm(getattr(RUN.parameters(t), matrix)[word]) for t in drawn["at"]]
        assert line["values"] == pytest.approx(at)
    assert [line["shown"] for line in forces["lines"]] == ["▲ pulled", "▼ pushed"]
    found = updates_of(RUN, word)
    counted = f"in {found.as_input:,} of {RUN.n_steps:,} updates (first: {found.first_input:,})"
    assert f"It was the center {counted}" in drawn["said"]
    expected = [prediction(RUN.parameters(t), (word,), RUN.plan.objective).argmax() for t in drawn["at"]]
    assert [one["word"] for one in drawn["strip"]["words"]] == expected


def test_the_life_says_why_pulls_and_pushes_are_not_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = picture(words(Config(ROYAL.text, epochs=2, objective="hierarchical"), part="life"))
    assert len(tree["panels"]) == 1
    assert tree["note"] == (
        "What pulls and pushes it is not shown: hierarchical softmax moves the nodes of a tree instead of a second "
        "vector of each word."
    )
    negative = picture(words(Config(ROYAL.text, epochs=2, objective="negative"), part="life"))
    assert (len(negative["panels"]), negative["note"]) == (2, "")
    monkeypatch.setattr(told, "FORCES_CELLS", 1000)
    large = picture(words(Config(ROYAL.text, epochs=2), part="life"))
    assert len(large["panels"]) == 1
    assert large["note"].endswith("to add it up over all pairs of this text would take too long.")


def test_the_table_has_the_cosines_of_the_words_that_are_chosen() -> None:
    at = words(word="king", part="similar", t=str(RUN.n_steps))
    V = RUN.parameters(RUN.n_steps).V
    assert picture(at)["words"][0]["word"] == IDS["king"]
    at.multiselect(key="words_table").set_value(["king", "queen", "the"]).run()
    drawn = picture(fine(at))
    assert [one["shown"] for one in drawn["words"]] == ["king", "queen", "the"]
    unit = V[[IDS[w] for w in ("king", "queen", "the")]]
    unit = unit / np.linalg.norm(unit, axis=1)[:, None]
    np.testing.assert_allclose(drawn["cosines"], unit @ unit.T, atol=1e-6)
    fine(at.selectbox(key="words_word").set_value("prince").run())
    assert [one["shown"] for one in picture(at)["words"]] == ["king", "queen", "the"], "they stay"
    at.multiselect(key="words_table").set_value(["king"]).run()
    assert "Choose two words or more." in texts(fine(at))


def test_a_link_to_the_table_and_to_the_axes_has_the_words_that_were_chosen() -> None:
    at = words(word="king", part="similar", t="500")
    assert "among" not in at.query_params, "those to begin with are found again"
    at.multiselect(key="words_table").set_value(["king", "queen", "the"]).run()
    there = words(word="king", part="similar", t="500", among=fine(at).query_params["among"])
    assert [one["shown"] for one in picture(there)["words"]] == ["king", "queen", "the"]
    there.multiselect(key="words_table").set_value(["queen", "the"]).run()
    assert [one["shown"] for one in picture(fine(there))["words"]] == ["queen", "the"], "and others can be chosen"
    odd = picture(words(word="king", part="similar", t="500", among="king nobody <b>"))
    assert odd["said"], "words that are not there are left out"
    at = words(word="king", part="axes", t="500")
    for i, word in enumerate(("man", "woman", "boy", "king")):
        at.selectbox(key=f"map_pair_{i}").set_value(word).run()
    there = words(word="king", part="axes", t="500", axes=fine(at).query_params["axes"])
    assert picture(there)["axes"] == picture(at)["axes"]


def test_axes_show_where_words_stand_and_how_much_is_left_out() -> None:
    at = words(word="king", part="axes", t="500")
    for i, word in enumerate(("man", "woman", "boy", "king")):
        at.selectbox(key=f"map_pair_{i}").set_value(word).run()
    drawn, V = picture(fine(at)), RUN.parameters(500).V
    assert [(axis["from"], axis["to"]) for axis in drawn["axes"]] == [("man", "woman"), ("boy", "king")]
    basis = word_axes(V, [(IDS["man"], IDS["woman"]), (IDS["boy"], IDS["king"])])
    np.testing.assert_allclose([(one["x"], one["y"]) for one in drawn["dots"]], basis(V))
    for one in drawn["dots"]:
        whole = np.linalg.norm(V[one["word"]] - V.mean(axis=0))
        assert np.hypot(np.hypot(one["x"], one["y"]), one["rest"]) == pytest.approx(whole)
    shown = 100 * float(basis.explained.sum())
    assert f"These two axes show {shown:.0f} % of how the words differ" in drawn["said"]


def test_a_click_in_a_picture_goes_to_its_moment_or_selects_its_word_once() -> None:
    at = words(word="king", part="time", t="300")
    name = picture(at)["name"]
    visitor.click_in_picture(at, t=192, word=None, command=1)
    assert (visitor.moment(at), visitor.chosen_word(at), picture(at)["t"]) == (192, "king", 192)
    report(at, "words", t=400, word=IDS["king"], command=visitor.record(at)[0]["command"])
    assert picture(fine(at))["t"] == 400, "the old click does not come back"
    visitor.click_in_picture(at, t=400, word=IDS["queen"], command=2)
    assert (visitor.moment(at), visitor.chosen_word(at)) == (400, "queen")
    assert picked(None, name, RUN.n_steps + 1, len(NAMES)) is None
    for other in ({"run": "other"}, {"t": -1}, {"t": RUN.n_steps + 1}, {"word": len(NAMES)}):
        report_of = {"picked": {"run": name, "t": 1, "word": None} | other}
        assert picked(report_of, name, RUN.n_steps + 1, len(NAMES)) is None


def test_passes_over_a_whole_text_have_every_part() -> None:
    config = Config(" ".join([preset.text for preset in PRESETS.values()]), dim=6, trainer="passes")
    at = trained(visit(config), "words")
    passes = passes_of(at)
    assert picture(at)["company"]
    for part in PARTS[1:]:
        drawn = picture(choose(at, part))
        assert drawn["name"] == passes.name
        assert drawn["said"]
    choose(at, "life")
    assert "each pass learns from all of them" in picture(at)["said"]


def test_vectors_that_were_opened_have_the_parts_that_need_no_text() -> None:
    rng = np.random.default_rng(5)
    vectors = WordVectors(tuple(f"word{i}" for i in range(40)), rng.normal(size=(40, 6)).round(3))
    at = fine(visit(page="map"))
    at.file_uploader(key="opened_file").upload("v.txt", word2vec_text(vectors), "text/plain").run()
    at = fine(go(at, "words"))
    drawn = picture(at)
    assert "come without a text" in drawn["names"]["none"]
    assert [one["shown"] for one in drawn["alike"]] == [name for name, _ in vectors.nearest("word0", 8)]
    assert drawn["company"] == []
    assert "have no past, and no text behind them" in texts(at)
    assert "have no past: only a training" in texts(choose(at, "time"))
    assert "have no past: only a training" in texts(choose(at, "life"))
    drawn = picture(choose(at, "similar"))
    near = [name for name, _ in vectors.nearest("word0", 7)]
    assert [one["shown"] for one in drawn["words"]] == ["word0", *near]
    assert len(picture(choose(at, "axes"))["dots"]) == 40
    fine(at.selectbox(key="words_word").set_value("word7").run())
    assert "“word7”" in picture(at)["said"]
    (close,) = [button for button in at.button if button.label == "Close these vectors"]
    close.click().run()
    assert picture(fine(at))["name"] != "opened"


def test_a_word_that_is_not_there_is_no_longer_spoken_of_where_something_else_is_looked_at() -> None:
    """The sentence would be about other words than those that were asked."""
    vectors = WordVectors(tuple(f"word{i}" for i in range(40)), np.eye(40))
    at = words(word="king")

    def ask(typed: str, missing: str, box: str = "words_word") -> None:
        visitor.type_into(at, box, typed)
        assert missing in texts(at)

    ask("giraffe", "giraffe is not among the 27 words.")
    visitor.click_in_picture(at, word=IDS["queen"], t=visitor.moment(at) or 0, command=1)
    assert "giraffe" not in texts(at), "another word is looked at"
    ask("giraffe", "giraffe is not among the 27 words.")
    fine(go(at, "map"))
    at.file_uploader(key="opened_file").upload("v.txt", word2vec_text(vectors), "text/plain").run()
    assert "giraffe" not in texts(fine(go(at, "words")))
    ask("word9x", "word9x is not among the 40 words.")
    assert "word9x" not in texts(choose(at, "analogy")), "another part is looked at"
    ask("word8x", "word8x is not among the 40 words.", "analogy_b")
    (close,) = [button for button in at.button if button.label == "Close these vectors"]
    close.click().run()
    assert "is not among" not in texts(fine(at))


def test_a_word_alone_and_a_text_of_one_sentence_say_what_they_are() -> None:
    lonely = Config("alone. one two one two.", epochs=2, dim=1)
    at = words(lonely, word="alone", part="life")
    assert "No other word stands beside it" in picture(at)["said"]
    for part in PARTS:
        assert picture(choose(at, part))["said"]


def test_it_is_said_exactly_when_neighbors_changed_last_with_a_jump_to_each() -> None:
    at = words(word="king", part="time")
    lists = [[i for i, _ in nearest(RUN.parameters(t).V, IDS["king"], 5)] for t in range(RUN.n_moments)]
    t = max(t + 1 for t, there in enumerate(lists) if set(there) != set(lists[-1]))
    (came,), (went,) = set(lists[t]) - set(lists[t - 1]), set(lists[t - 1]) - set(lists[t])
    first = max(t + 1 for t, there in enumerate(lists) if there[0] != lists[-1][0])
    said = texts(at)
    changed = f"the 5 words nearest to “king” last changed at update {t:,}"
    assert f"Looking at every update, {changed}: “{NAMES[came]}” came in, “{NAMES[went]}” went out." in said
    assert f"“{NAMES[lists[-1][0]]}” is the nearest since update {first:,}." in said
    assert "Go to" not in texts(at)
    fine(at.toggle(key="words_change_last").set_value(True).run())
    jumps = [button for button in at.button if str(button.key).startswith("go_to_change_")]
    assert len(jumps) == 8
    there = [int(button.label.removeprefix("Go to update ").replace(",", "")) for button in jumps]
    assert there == sorted(there, reverse=True)
    fine(jumps[1].click().run())
    drawn = picture(at)
    assert drawn["t"] == there[1]
    word = IDS[visitor.chosen_word(at)]
    after, before = ({i for i, _ in nearest(RUN.parameters(t).V, word, 5)} for t in (there[1], there[1] - 1))
    assert after != before


def test_a_search_that_is_not_through_says_how_far_it_looked() -> None:
    king = IDS["king"]
    about = Subject(NAMES, king, RUN.parameters(RUN.n_steps).V, Trained(RUN, RUN.n_steps))
    search = Search(walk_back(RUN, [Question(king, 5)]), "word", Looked(2000))
    assert last_changes.in_short(about, RUN, search, IDS["queen"]) == (
        "From update 2,000 to the end the 5 words nearest to “king” stay the same. "
        "“queen” is the nearest since update 2,000 or earlier."
    )
    assert last_changes.of_text_in_short(RUN, search, 0, len(NAMES)) == (
        "From update 2,000 to the end no word of this text changed its 5 nearest words."
    )
    assert last_changes.of_text_in_short(RUN, search, 2, 20) == (
        "From update 2,000 to the end these among the 20 most frequent words changed their 5 nearest words, the last "
        "one first. One update back from there the list is another."
    )


ODD = re.compile(r"(?<![\d.,-])\b1 (?:nearest )?(?:words|examples|tokens|sentences|pairs|moments|updates|passes)\b")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a b\na b\na", {"part": "time"}),
        ("the cat sat. the cat sat.", {"level": "numbers", "subsample": "0.01", "window": "1"}),
        ("a|b,c|d,a^c|d", {"pairs": "true", "min_count": "2"}),
    ],
)
def test_of_one_thing_nothing_is_said_in_the_plural(text: str, query: dict[str, str]) -> None:
    for page in ("words", "text"):
        at = fine(visit(Config(text, epochs=2, dim=2), page, **query))
        said = "\n".join([value for _, sent in elements(at) for _, value in strings(sent)])
        assert not ODD.findall(said), ODD.findall(said)
