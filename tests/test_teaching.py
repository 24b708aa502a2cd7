"""Teaching: the link to all that is shown, and prepared states whose answers the model really gives."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from pages.parts.teach.demonstrations import DEMONSTRATIONS, Demonstration
from pages.session import now
from tests.browser import Server, open_page
from tests.browsing import FOX, SLOW, open_text_page, paste, query_of, rests_at, turn_to, watch_it_learn
from tests.visitor import ROOT, chosen_word, config, fine, go, visit
from w2v import Config, Run, count_pairs, nearest

# --- prepared states ------------------------------------------------------------------------------------------


def answer(belief: str) -> tuple[Demonstration, Run]:
    """The demonstration against a belief, and its run."""
    (shown,) = [d for d in DEMONSTRATIONS if d.belief.startswith(belief)]
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


def test_the_shuffled_text_has_the_word_it_opens_with() -> None:
    shown, run = answer("Groups on the map")
    assert shown.word in run.corpus.vocabulary.ids


@pytest.mark.parametrize("number", range(len(DEMONSTRATIONS)))
def test_each_button_opens_its_prepared_state(number: int) -> None:
    shown = DEMONSTRATIONS[number]
    at = visit(Config(FOX, dim=3), "teach", t="5", word="fox")
    at.button(key=f"show_{number}").click().run()
    fine(at)
    assert config(at) == shown.config()
    assert chosen_word(at) == shown.word
    at = fine(go(at, shown.page))
    run = Run(shown.config())
    t = run.n_steps if shown.t == now.END else shown.t
    assert (at.query_params["t"], at.query_params["word"]) == (str(t), shown.word)


# --- the link ---------------------------------------------------------------------------------------------------


def test_there_is_one_page_for_each_demonstration() -> None:
    assert {d.page for d in DEMONSTRATIONS} <= {p.stem for p in (ROOT / "pages/screens").glob("*.py")}
    assert len({d.belief for d in DEMONSTRATIONS}) == len(DEMONSTRATIONS)


@pytest.mark.browser
def test_a_shared_link_opens_the_pasted_text_at_the_same_update(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page()
    open_text_page(page, app_server)
    paste(page, FOX)
    watch_it_learn(page)
    page.locator('[data-action="forward"]').click()
    rests_at(page, 1)
    page.get_by_role("button", name="Share").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("http", timeout=SLOW)
    expect(code).to_contain_text("t=1")
    link = code.inner_text().strip()
    query = dict(parse_qsl(urlsplit(link).query))
    assert Config.from_query(query).text == FOX
    assert Config.from_query(query_of(page)).text == FOX, "a reload of the one who shares finds it too"

    other = new_page()
    open_page(other, link)
    rests_at(other, 1)
    other.reload()
    rests_at(other, 1)
    turn_to(other, "Text and windows")
    expect(other.get_by_label("Your text")).to_have_value(FOX)


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
    turn_to(page, "Teach")
    page.get_by_text("Projector size", exact=True).click()
    page.wait_for_function(f"{ROOT_FONT} === 21.6")
    for title in ("Training", "Text and windows", "Start"):
        turn_to(page, title)
        play = page.get_by_role("button", name="Play").first
        play.wait_for()
        assert page.evaluate(ROOT_FONT) == 21.6
        box, size = play.bounding_box(), page.viewport_size
        assert box is not None
        assert size is not None
        assert box["x"] + box["width"] <= size["width"]
    turn_to(page, "Teach")
    page.get_by_text("Projector size", exact=True).click()
    page.wait_for_function(f"{ROOT_FONT} === 16")
