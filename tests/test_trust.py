"""How far a picture can be trusted: a sentence to use on top, the numbers and their reasons behind a question."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from pages.drawing import trust
from tests.browser import Server, wait_idle
from tests.browsing import SLOW, rests_at, visit
from tests.visitor import fine, latest_run, report, texts
from tests.visitor import visit as open_app
from w2v import PRESETS, Config, Run, honesty, pca_basis

NUMBERS = "the closest dot is the true nearest word for"


def test_what_stands_on_top_follows_the_share_of_right_neighbors_and_has_no_number() -> None:
    points = np.random.default_rng(0).normal(size=(40, 2))
    apart = np.random.default_rng(1).normal(size=(40, 30))
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    said = [trust.in_short(honesty(rows, dots), begun=True) for rows, dots in ((ring, ring), (apart, points))]
    assert said[0] != said[1]
    assert "for nearly every word" in said[0]
    assert "for some words only" in said[1]
    assert not any(re.search(r"\d|%", sentence) for sentence in said)


def test_no_picture_is_called_wrong_for_every_word_without_the_reason() -> None:
    """The ring of the loop is perfect, and yet no closest dot is the true nearest word."""
    run = Run(Config(PRESETS["loop"].text))
    V = run.parameters(run.n_steps).V
    seen = honesty(V, pca_basis(V)(V))
    assert seen.nearest_agree == 0, "the example of this test"
    assert "such as a ring" in trust.reason(seen, 8, still=False)
    at = fine(open_app(page="map", preset="loop", t=str(run.n_steps)))
    said = texts(at)
    assert f"{NUMBERS} 0 % of the words." in said
    assert "such as a ring" in said
    assert "Switch on the lines to true nearest" in said, "and what to do about it"


@pytest.mark.parametrize("page", ["training", "map"])
def test_before_the_first_update_nothing_is_said_of_being_alike(page: str) -> None:
    at = fine(open_app(page=page, preset="royal", epochs="1"))
    chance = "Before the first update the words stand where chance has put them."
    assert latest_run(at).n_steps > 90
    for t, learned in ((0, False), (90, True)):
        said = [text.value for text in fine(report(at, page, t=t, word=1)).text]
        assert (chance in said) != learned
        assert any(sentence.startswith("Close together here") for sentence in said) == learned


@pytest.mark.parametrize("page", ["training", "map"])
def test_of_a_text_without_anything_to_find_no_picture_is_said_to_show_it(page: str) -> None:
    config = Config(PRESETS["random"].text, epochs=1)
    at = fine(open_app(config, page, t=str(Run(config).n_steps)))
    assert "Close together here says little" in texts(at)
    assert "means used alike" not in texts(at)


@pytest.mark.browser
@pytest.mark.parametrize(("path", "said"), [("/map", NUMBERS), ("/training", "the closest dot is their true nearest")])
def test_the_numbers_are_one_click_away_and_nothing_moves_for_them(
    path: str, said: str, page: Page, app_server: Server
) -> None:
    visit(page, app_server, path, preset="royal", epochs=5, t=900, word="king")
    rests_at(page, 900)
    wait_idle(page)
    expect(page.get_by_text("Close together here").first).to_be_visible()
    expect(page.get_by_text(said)).to_have_count(0)
    question = page.get_by_role("button", name=trust.QUESTION)
    question.scroll_into_view_if_needed()
    before = page.locator(".w2v-map").bounding_box()
    question.click()
    expect(page.get_by_text(said)).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("a picture shows two")).to_be_visible()
    assert page.locator(".w2v-map").bounding_box() == before
