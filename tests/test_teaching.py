"""Teaching: the link to all that is shown, and prepared states whose answers the model really gives."""

import io
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from pages.components.player.record import map_basis
from pages.drawing.numbers import number, percent
from pages.parts.guides.facts import closest_pair
from pages.parts.guides.questions import QUESTIONS, Question
from pages.parts.map.choice import RUN
from pages.session import now
from tests.browser import Server, open_page, wait_idle
from tests.browsing import (
    FOX,
    SLOW,
    ask,
    open_text_page,
    paste,
    positions,
    query_of,
    readout,
    rests_at,
    turn_to,
    watch_it_learn,
)
from tests.visitor import ROOT, chosen_word, config, fine, go, moment, press, record, texts, visit
from w2v import Config, Run, count_pairs, nearest

# --- prepared states ------------------------------------------------------------------------------------------


def answer(belief: str) -> tuple[Question, Run]:
    """The demonstration against a belief, and its run."""
    (shown,) = [q for q in QUESTIONS if q.belief.startswith(belief)]
    return shown, Run(shown.config())


def share_of_the_way(run: Run) -> float:
    return run.plan.goal.share_of_the_way(run.plan.goal.mean_loss(run.parameters(run.n_steps)))


def test_an_update_moves_every_output_vector_and_one_input_vector() -> None:
    shown, run = answer("An update moves only")
    step = run.step(shown.t)
    assert (step.before.U != step.after.U).any(axis=1).all()
    assert (step.before.V != step.after.V).any(axis=1).sum() == 1


def test_the_sum_below_the_fraction_has_a_term_for_each_word() -> None:
    shown, run = answer("The softmax compares")
    assert len(run.step(shown.t).traces[0].weights) == run.plan.n_words
    first, _ = answer("An update moves only")
    assert first.t + 1 == shown.t
    assert run.step(first.t).traces[0].example != run.step(shown.t).traces[0].example, "the mark of the true word moves"


def test_the_loss_ends_at_a_floor_above_zero() -> None:
    _, run = answer("A good model brings")
    loss = run.plan.goal.mean_loss(run.parameters(run.n_steps))
    assert loss > run.plan.goal.floor > 1
    assert share_of_the_way(run) > 0.9


@pytest.mark.parametrize(("belief", "other"), [("Similar words", "coffee"), ("Opposites", "cold")])
def test_words_that_replace_each_other_end_as_nearest_words(belief: str, other: str) -> None:
    shown, run = answer(belief)
    ids = run.corpus.vocabulary.ids
    ((closest, _),) = nearest(run.parameters(run.n_steps).V, ids[shown.word], 1)
    assert closest == ids[other]
    if other == "coffee":
        sentences = [set(s) for s in run.corpus.sentences]
        assert not any({"tea", "coffee"} <= s for s in sentences)
        assert count_pairs(run.corpus, run.config.window).matrix[ids["tea"], ids["coffee"]] == 0


def test_bank_has_both_meanings_as_neighbors() -> None:
    shown, run = answer("Each meaning")
    words = run.corpus.vocabulary.words
    close = nearest(run.parameters(run.n_steps).V, run.corpus.vocabulary.ids[shown.word], 2)
    assert {words[i] for i, _ in close} == {"lender", "shore"}


@pytest.mark.parametrize("belief", ["A larger learning rate", "Two dimensions"])
def test_these_end_far_above_the_floor(belief: str) -> None:
    _, run = answer(belief)
    assert run.stopped is None
    assert share_of_the_way(run) < 0.8
    assert share_of_the_way(Run(Config(run.config.text))) > 0.9


def test_the_shuffled_text_opens_with_a_word_of_its_closest_pair() -> None:
    shown, run = answer("Groups on the map")
    assert shown.word in closest_pair(run).words, "the pair that the answer names is in sight"


def opened(number: int) -> AppTest:
    """The page that a question opens, for a visitor with a text of their own."""
    at = visit(Config(FOX, dim=3), "teach", t="5", word="fox")
    return press(at, f"show_{number}", QUESTIONS[number].page)


def reveal(at: AppTest) -> AppTest:
    return fine(at.button(key="guide_on").click().run())


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_each_button_opens_its_prepared_state(number: int) -> None:
    shown = QUESTIONS[number]
    at = opened(number)
    assert config(at) == shown.config()
    assert chosen_word(at) == shown.word
    run = Run(shown.config())
    t = run.n_steps if shown.t == now.END else shown.t
    if shown.asked_at is None:
        assert at.query_params["t"] == str(t)
    else:
        assert at.query_params.get("t", "0") == str(shown.asked_at), "at the start, while the answer is kept back"
    reveal(at)
    assert (at.query_params["t"], at.query_params["word"]) == (str(t), shown.word)


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_the_question_stands_on_top_and_the_answer_when_it_is_revealed(number: int) -> None:
    shown = QUESTIONS[number]
    run = Run(shown.config())
    assert shown.answer is not None
    sentence = shown.answer if isinstance(shown.answer, str) else shown.answer(run, *map(Run, shown.compared()))
    at = opened(number)
    assert shown.says in texts(at)
    assert sentence not in texts(at)
    assert sentence in texts(reveal(at))
    assert shown.says in texts(at)


def test_the_answers_name_the_numbers_of_the_model() -> None:
    shown, run = answer("A larger learning rate")
    (good,) = map(Run, shown.compared())
    said = said_of(shown, run, good)
    said = said.replace("\N{NO-BREAK SPACE}", " ")
    assert percent(share_of_the_way(run)) in said
    assert percent(share_of_the_way(good)) in said
    shown, run = answer("A good model brings")
    assert number(run.plan.goal.floor) in said_of(shown, run)
    shown, run = answer("Groups on the map")
    V = run.parameters(run.n_steps).V
    unit = V / np.linalg.norm(V, axis=1, keepdims=True)
    closest = np.sort((unit @ unit.T)[np.triu_indices(len(V), 1)])[-1]
    assert number(closest, 2) in said_of(shown, run)


def said_of(shown: Question, *runs: Run) -> str:
    assert callable(shown.answer)
    return shown.answer(*runs)


@pytest.mark.parametrize(("belief", "other"), [("Similar words", "coffee"), ("Opposites", "cold")])
def test_the_picture_does_not_contradict_the_answer(belief: str, other: str) -> None:
    """Each of the two is the other's closest dot on the map that opens, as they are in the space."""
    shown, run = answer(belief)
    assert shown.widgets["map_picture"] == RUN
    V, ids = run.parameters(run.n_steps).V, run.corpus.vocabulary.ids
    points = map_basis(run)(V)
    for one, another in ((shown.word, other), (other, shown.word)):
        distances = np.linalg.norm(points - points[ids[one]], axis=1)
        distances[ids[one]] = np.inf
        assert distances.argmin() == ids[another]


def test_a_text_of_ones_own_comes_back_after_the_nine() -> None:
    at = opened(3)
    press(at, "guide_home", "teach")
    assert "guide" not in at.query_params
    assert not [b for b in at.button if b.key == "guide_on"]
    fine(at.button(key="own_text_teach").click().run())
    assert (config(at).text, chosen_word(at), moment(at)) == (FOX, "fox", 5)


def test_next_leads_through_all_nine_and_home() -> None:
    at = opened(0)
    for place, shown in enumerate(QUESTIONS, 1):
        assert at.query_params["guide"] == f"teach-{place}"
        assert config(at) == shown.config()
        reveal(at)
        press(at, "guide_on", QUESTIONS[place].page if place < len(QUESTIONS) else "teach")  # the same button
    assert "guide" not in at.query_params
    assert [b for b in at.button if b.key == "show_0"]


def test_a_reload_keeps_the_question() -> None:
    at = visit(QUESTIONS[4].config(), "map", guide="teach-5", t="70", word="hot")
    assert QUESTIONS[4].says in texts(at)
    for link in ("teach-10", "teach-0", "nobody-1", "teach", "-1", "teach-1e3"):
        assert not [b for b in fine(visit(page="map", guide=link)).button if b.key == "guide_on"], link


@pytest.mark.parametrize("number", [0, 3, 6, 8])
def test_a_link_that_names_only_the_question_opens_it(number: int) -> None:
    shown = QUESTIONS[number]
    at = fine(visit(page=shown.page, guide=f"teach-{number + 1}"))
    assert (config(at), chosen_word(at)) == (shown.config(), shown.word)
    assert at.query_params["guide"] == f"teach-{number + 1}"
    assert shown.says in texts(at)
    assert "Let everybody commit" in texts(at)
    said = fine(visit(QUESTIONS[4].config(), page=shown.page, guide=f"teach-{number + 1}"))
    assert config(said) == QUESTIONS[4].config(), "a link that says more is followed to the letter"


# --- beside a good run ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("belief", ["A larger learning rate", "Two dimensions"])
def test_the_good_run_lies_behind_from_the_question_on_and_both_lines_are_named(belief: str) -> None:
    shown, run = answer(belief)
    (good,) = map(Run, shown.compared())
    number = QUESTIONS.index(shown)
    at = opened(number)
    for header, arrays in (record(at), record(reveal(at))):
        when, loss = good.loss_curve(120)
        assert np.allclose(arrays["before_t"], np.asarray(when) * run.n_steps / good.n_steps)
        assert np.array_equal(arrays["before_loss"], loss)
        assert "usual settings" in header["before_means"]
    assert re.search("solid line.*dashed one", said_of(shown, run, good))
    assert "The dashed line is a run with the usual settings." in texts(opened(number))
    fine(go(at, "text")).radio(key="preset").set_value("loop").run()
    assert "before_t" not in record(go(at, "training"))[1], "gone with the question"


@pytest.mark.parametrize("number", [2, 6, 7])
def test_the_curve_is_kept_back_with_the_answer(number: int) -> None:
    at = opened(number)
    assert record(at)[0]["keeps_back"]
    assert not record(reveal(at))[0]["keeps_back"]
    assert not record(fine(at.button(key="guide_leave").click().run()))[0]["keeps_back"]
    at = opened(number)
    fine(at.button(key="guide_leave").click().run())
    assert not record(at)[0]["keeps_back"]


def test_another_text_meanwhile_and_the_step_is_shown_again_when_asked() -> None:
    at = opened(3)
    fine(go(at, "text"))
    at.text_area(key="pasted").set_value(FOX).run()
    assert config(at).text == FOX
    press(at, "guide_on", "map")
    assert config(at) == QUESTIONS[3].config()
    assert "Let everybody commit" in texts(at)


# --- the link ---------------------------------------------------------------------------------------------------


def test_there_is_one_page_for_each_demonstration() -> None:
    assert {q.page for q in QUESTIONS} <= {p.stem for p in (ROOT / "pages/screens").glob("*.py")}
    assert len({q.belief for q in QUESTIONS}) == len(QUESTIONS)


SOME_WORDS = (
    "river mountain bread window garden teacher candle winter summer horse music letter paper stone cloud bridge "
    "island lantern forest village morning evening quiet golden little happy walks sings finds brings opens builds"
)


def story(length: int) -> str:
    """A text of so many characters, with words enough that it hardly gets shorter by packing."""
    words = np.random.default_rng(3).choice(SOME_WORDS.split(), 400).tolist()
    sentences = [f"The {' '.join(words[i : i + 5])}." for i in range(0, 400, 5)]
    return " ".join(sentences)[: length - 1] + "."


@pytest.mark.browser
def test_a_shared_link_opens_the_pasted_text_at_the_same_update(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page, text = new_page(), story(1_500)
    open_text_page(page, app_server)
    paste(page, text)
    watch_it_learn(page)
    page.locator('[data-action="forward"]').click()
    rests_at(page, 1)
    page.locator('[data-action="go-to"]').fill("321")
    page.locator('[data-action="go-to"]').press("Enter")
    rests_at(page, 321)
    assert "word" not in query_of(page)
    ask(page, "p.select(7) ?? true")
    page.wait_for_url(lambda url: "word=" in url, timeout=SLOW)
    word = query_of(page)["word"]
    page.get_by_role("button", name="Share").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("http", timeout=SLOW)
    expect(code).to_contain_text("t=321")
    link = code.inner_text().strip()
    query = dict(parse_qsl(urlsplit(link).query))
    assert Config.from_query(query).text == text
    assert Config.from_query(query_of(page)).text == text, "a reload of the one who shares finds it too"

    other = new_page(color_scheme="dark")
    open_page(other, link)
    rests_at(other, 321)
    assert query_of(other)["word"] == word
    assert positions(other) == positions(page), "the same picture"
    assert other.locator('.w2v-bars [data-role="readout"]').inner_text() == readout(page).inner_text()
    other.reload()
    rests_at(other, 321)
    other.get_by_role("button", name="Share").click()
    other.get_by_role("button", name="QR code").click()
    expect(other.get_by_role("img", name=link)).to_be_visible(timeout=SLOW)
    wait_idle(other)
    (seen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(other.screenshot())))
    assert seen.text == link, "as a phone reads it from the screen, in the dark theme too"
    other.keyboard.press("Escape")
    turn_to(other, "Text and windows")
    expect(other.get_by_label("Your text")).to_have_value(text)


@pytest.mark.browser
def test_a_text_too_long_for_a_link_is_refused_in_one_sentence(page: Page, app_server: Server) -> None:
    letters = np.random.default_rng(1).integers(0, 26, 14_000)
    text = " ".join([f"{chr(97 + int(letter))}{'.' if i % 9 == 8 else ''}" for i, letter in enumerate(letters)])
    open_page(page, f"{app_server.url}/text?epochs=1")
    paste(page, text)
    watch_it_learn(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("This text is too long for a link.")).to_be_visible(timeout=SLOW)


# --- projector size ---------------------------------------------------------------------------------------------

ROOT_FONT = "parseFloat(getComputedStyle(document.documentElement).fontSize)"


@pytest.mark.browser
def test_projector_size_makes_everything_larger_on_every_page(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/training?preset=royal&t=700")
    play = page.locator('[data-action="play"]')
    play.wait_for()
    small = page.evaluate(ROOT_FONT)
    assert small == 16
    before = page.locator(".w2v-map-paper").bounding_box()
    turn_to(page, "Teach")
    page.get_by_text("Projector size", exact=True).click()
    page.wait_for_function(f"{ROOT_FONT} === 21.6")
    for title in ("Training", "Text and windows", "Start"):
        turn_to(page, title)
        play = page.locator('[data-action="play"], .w2v-wv-play').first  # Play, or Pause where it plays by itself
        play.wait_for()
        assert page.evaluate(ROOT_FONT) == 21.6
        if title == "Training":
            after = page.locator(".w2v-map-paper").bounding_box()
            assert before is not None
            assert after is not None
            assert after["width"] > before["width"], "margins make way for the picture"
        box, size = play.bounding_box(), page.viewport_size
        assert box is not None
        assert size is not None
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"], f"{title}: picture and Play are in sight together"
    turn_to(page, "Teach")
    page.get_by_text("Projector size", exact=True).click()
    page.wait_for_function(f"{ROOT_FONT} === 16")
