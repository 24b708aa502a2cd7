"""Teach: the parts beside the nine beliefs: a lesson of 45 minutes, what can be shared, what leaves the machine."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.guides.questions import QUESTIONS
from pages.parts.teach.plan import STAGES, TEXT, WORD, neighbors
from pages.parts.teach.share import GROWS, OPENS_ON
from pages.session import now, sharing
from tests.visitor import (
    PAGES,
    ROOT,
    chosen_word,
    config,
    draft,
    fine,
    go,
    labels,
    moment,
    open_menu,
    press,
    texts,
    visit,
)
from w2v import PRESETS, Config, Plan, cut_windows

FOX = "The red fox runs over the hill. The grey fox sleeps under the hill."
OWN = Config(FOX, dim=3, epochs=2)


def part(name: str, config: Config = OWN, **query: str) -> AppTest:
    """Come to a part of Teach."""
    return fine(visit(config, "teach", **query).segmented_control(key="teach_part").set_value(name).run())


def test_the_nine_come_first_and_the_rest_is_one_press_away() -> None:
    at = visit(OWN, "teach")
    assert [b.key for b in at.button if b.key.startswith("show_")] == [f"show_{i}" for i in range(len(QUESTIONS))]
    for name, said in (
        ("plan", "0\u20135 min"),
        ("handouts", "blank and solved"),
        ("share", "This link opens"),
        ("privacy", "A link holds the text"),
    ):
        fine(at.segmented_control(key="teach_part").set_value(name).run())
        assert said in texts(at) + " ".join(header.value for header in at.header)
        assert at.query_params["part"] == name
        assert not [b for b in at.button if b.key == "show_0"], "one part at a time"


def test_the_lesson_takes_45_minutes() -> None:
    assert [stage.minutes for stage in STAGES] == [5, 10, 10, 15, 5]
    for stage in STAGES:
        assert stage.opens or stage.asks, "each part leads into the app"
        assert stage.notes


@pytest.mark.parametrize(("number", "page", "t"), [(0, "training", None), (1, "text", 0), (2, "lessons", now.END)])
def test_a_part_of_the_lesson_opens_its_page_and_keeps_ones_own_text(number: int, page: str, t: int | None) -> None:
    at = part("plan", t="5", word="fox")
    press(at, f"stage_{number}", page)
    assert (config(at), chosen_word(at), moment(at)) == (Config(PRESETS[TEXT].text), WORD, t)
    assert at.query_params.get("part") == ("model" if page == "lessons" else None)
    fine(go(at, "teach").button(key="own_text_teach").click().run())
    assert (config(at), moment(at)) == (OWN, 5)


def test_the_worksheet_of_the_lesson_is_of_its_text_whatever_is_looked_at() -> None:
    at = part("plan")
    sheets = {button.key for button in at.get("download_button")}
    assert sheets == {"save_word2vec-royal-counts-worksheet.html", "save_word2vec-royal-counts-solved.html"}
    assert "open it in a browser, and print it" in texts(at)
    assert not part("plan", hide="share").get("download_button")


def test_questions_and_an_empty_box_are_opened_too() -> None:
    at = part("plan", Config(PRESETS["royal"].text))
    (asked,) = [stage for stage in STAGES if len(stage.asks) == 3]
    number = STAGES.index(asked)
    for of in asked.asks:
        fine(go(at, "teach").button(key=f"stage_{number}_{of}").click().run())
        assert at.query_params["guide"] == f"teach-{of + 1}"
        assert config(at) == QUESTIONS[of].config()
    (own,) = [number for number, stage in enumerate(STAGES) if "own text" in stage.title]
    fine(go(at, "teach").button(key=f"stage_{own}").click().run())
    assert draft(fine(go(at, "text"))) == ""


def test_the_counts_to_be_found_by_hand_are_those_of_the_text_and_its_first_four_sentences() -> None:
    config = Config(PRESETS[TEXT].text)
    corpus = Plan(config).corpus
    windows = [w for w in cut_windows(corpus, config.window) if w.center == corpus.vocabulary.ids[WORD]]
    found = [corpus.vocabulary.words[i] for window in windows for i in window.context]
    said = dict(re.findall(r"\*(\w+)\* (\d+)", neighbors()))
    assert {word: int(n) for word, n in said.items()} == {word: found.count(word) for word in found}
    assert f"together {len(found)}" in neighbors()
    assert max(window.sentence for window in windows) < 4


def test_the_link_opens_on_the_page_that_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {page or "start" for page in OPENS_ON} <= set(PAGES)
    monkeypatch.setattr(sharing, "url_of", lambda page: f"http://words.school.example/{page}")
    at = part("share", t="5", word="fox")
    for page in ("training", "map", ""):
        fine(at.selectbox(key="teach_opens_on").set_value(page).run())
        (link,) = [code.value for code in at.code if code.value.startswith("http")]
        assert link.startswith(f"http://words.school.example/{page}?")
        assert "part=" not in link
        assert "t=5" in link
        assert ("In a course page" in labels(at)) == bool(page)
    assert GROWS in [code.value for code in at.code]
    readme = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert re.sub(r"\s+", " ", GROWS) in readme
    at.selectbox(key="teach_opens_on").set_value("map").run()
    frame = next(code.value for code in open_menu(at, "share_frame").code if code.value.startswith("<iframe"))
    shape = re.sub(r'"[^"]*"', '""', frame)
    assert shape in re.sub(r'"[^"]*"', '""', readme), "README has the line of this shape"
    for name in ("share", "handouts"):
        hidden = part(name, hide="share")
        assert not hidden.code
        assert not labels(hidden) & {"QR code", "Blank", "Solved"}
        assert "hides what could be shared and saved" in texts(hidden)
