"""A whole text in a real browser: offered, trained before one's eyes, played pass by pass, looked at, saved."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, player, wait_idle, wait_player
from tests.browsing import SLOW, open_text_page, paste, press, readout, turn_to, visit
from tests.test_browser_motion import SPARE
from tests.test_whole_page import book
from w2v import Config, nearest, read_saved_run, read_word2vec, train_whole_text

pytestmark = pytest.mark.browser

BOOK = book(4000)


def train(page: Page, server: Server) -> None:
    """Paste the book, take the offer, wait for the passes."""
    open_text_page(page, server)
    paste(page, BOOK)
    page.get_by_role("button", name="Watch it learn").click()
    page.locator('[data-action="play"]').wait_for(timeout=SLOW)
    wait_player(page)


def save(page: Page, label: str) -> bytes:
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    data = waiting.value.path().read_bytes()
    page.keyboard.press("Escape")
    return data


def test_a_book_is_trained_before_ones_eyes_saved_and_looked_at_on_every_page(
    page: Page, app_server: Server, subtests: pytest.Subtests
) -> None:
    train(page, app_server)
    for says, check in (
        ("a word that is typed is shown with its company", a_word_that_is_typed_is_shown_with_its_company),
        ("the vectors that are saved are those of the model", the_vectors_that_are_saved_are_those_of_the_model),
        ("the passes are played", the_passes_are_played),
        ("the book is looked at on every page", the_book_is_looked_at_on_every_page),
    ):
        with subtests.test(says):
            check(page)


def the_passes_are_played(page: Page) -> None:
    status = page.locator(".w2v-status")
    expect(status).to_contain_text("pass")
    expect(page.get_by_text("of what this text allows;")).to_be_visible()
    page.locator('[data-action="start"]').click()
    expect(status).to_contain_text("pass 0 of")
    page.locator('[data-action="play"]').click()
    expect(status).to_contain_text("pass 2 of", timeout=SLOW)
    page.keyboard.press("End")
    expect(player(page)).to_have_attribute("data-playing", "false")
    expect(readout(page)).to_contain_text("the text says")
    assert [spare for _, spare in page.evaluate(SPARE) if not -1 <= spare <= 2] == []


def test_playing_rests_at_the_best_pass_which_can_be_gone_back_to(page: Page, app_server: Server) -> None:
    """Of a text of pure chance that is learned by heart: its best pass is an early one."""
    noise = np.random.default_rng(1).integers(0, 40, (150, 7))
    text = " ".join(" ".join([f"w{i}" for i in row]) + "." for row in noise)
    config = Config(text, dim=8, window=3, trainer="passes", hold_back=False)
    run = train_whole_text(config)
    assert 1 <= run.best < run.n_passes
    visit(page, app_server, "/training", **config.to_query())
    best = page.locator('[data-action="best"]')
    expect(best).to_have_text(f"Best: pass {run.best}", timeout=SLOW)
    status, said = page.locator(".w2v-status"), page.get_by_text(f"Pass {run.best} is the best. Play goes on")
    here = f"pass {run.best} of {run.n_passes} (the best)"
    expect(status).to_contain_text(here)
    press(page, "start")
    press(page, "play")
    expect(said).to_be_visible(timeout=SLOW)
    expect(player(page)).to_have_attribute("data-playing", "false")
    expect(status).to_contain_text(here)
    page.locator('[data-action="speed"]').select_option("5")
    press(page, "play")
    expect(status).to_contain_text(f"pass {run.n_passes} of {run.n_passes}", timeout=SLOW)
    expect(said).to_be_hidden()
    expect(page.get_by_text(f"The best is pass {run.best}: it guesses sentences kept aside best")).to_be_visible()
    best.click()
    expect(status).to_contain_text(here)
    turn_to(page, "Map")
    expect(status).to_contain_text(here, timeout=SLOW)


def the_book_is_looked_at_on_every_page(page: Page) -> None:
    for title, there in (("Map", "Close together here"), ("One update", "pairs of the text begin with it")):
        turn_to(page, title)
        expect(page.get_by_text(there).first).to_be_visible(timeout=SLOW)
        expect(page.locator(".w2v-player")).to_be_visible()
        assert [spare for _, spare in page.evaluate(SPARE) if not -1 <= spare <= 2] == [], title
    turn_to(page, "Text and windows")
    expect(page.get_by_text("The windows of the beginning of your text.")).to_be_visible()
    page.locator(".w2v-windows").wait_for()
    turn_to(page, "Start")
    expect(page.locator(".w2v-status")).to_contain_text("pass")


def the_vectors_that_are_saved_are_those_of_the_model(page: Page) -> None:
    run = train_whole_text(Config(BOOK, dim=50, window=5))
    vectors = read_word2vec(save(page, "word2vec text"))
    ids = run.corpus.vocabulary.ids
    words = run.corpus.vocabulary.words
    true = [words[i] for i, _ in nearest(run.parameters(run.best).V, ids["ann"], 4)]
    assert [word for word, _ in vectors.nearest("ann", 4)] == true
    saved = read_saved_run(save(page, "The run, to open again on Map"))
    assert saved.config.text == BOOK
    assert saved.losses[saved.best - 1] == pytest.approx(run.losses[run.best - 1], rel=1e-6)


def a_word_that_is_typed_is_shown_with_its_company(page: Page) -> None:
    box = page.get_by_label("Word", exact=True)
    box.fill("figs")
    box.press("Enter")
    wait_idle(page)
    expect(page.get_by_text("\u201cfigs\u201d occurs")).to_be_visible(timeout=SLOW)
    box.fill("<b>nobody</b>")
    box.press("Enter")
    expect(page.get_by_text("<b>nobody</b> is not among the")).to_be_visible(timeout=SLOW)
