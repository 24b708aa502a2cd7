"""Changing settings: the pictures stay in sight, playing goes on, the curve before is behind, and the way back."""

import re
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from pages.parts.shared.strip import model_in_words
from pages.session.whole_text import whole_config
from tests.browser import Server, wait_idle
from tests.browsing import SLOW, last_update, link_says, player, press, visit
from tests.visitor import (
    choose_level,
    config,
    fine,
    go,
    latest_run,
    open_settings,
    paste,
    problem,
    record,
    setting,
    texts,
    train_whole,
)
from tests.visitor import visit as come
from w2v import PRESETS, Config, Run
from w2v.objectives import OBJECTIVES

ROYAL = PRESETS["royal"].text


# --- the curve before -----------------------------------------------------------------------------------------


def test_the_curve_before_a_change_lies_beside_the_new_one() -> None:
    at = come(page="training", epochs="4")
    assert "before_t" not in record(at)[1]
    before = latest_run(at)
    setting(at, "learning_rate").set_value(0.7).run()
    arrays = record(fine(at))[1]
    t, loss = before.loss_curve(120)
    assert np.allclose(arrays["before_t"], t)
    assert np.array_equal(arrays["before_loss"], loss)
    setting(at, "batching").set_value("window").run()
    run, arrays = latest_run(fine(at)), record(at)[1]
    assert run.n_steps < before.n_steps
    assert arrays["before_t"][-1] == pytest.approx(run.n_steps), "epoch by epoch, whatever an update is"


def test_what_cannot_be_compared_is_not_drawn() -> None:
    at = come(page="training", epochs="2")
    setting(at, "dim").set_value(3).run()
    assert "before_t" in record(fine(at))[1]
    setting(at, "objective").set_value("negative").run()
    assert "before_t" not in record(fine(at))[1], "another loss"
    setting(at, "dim").set_value(4).run()
    assert "before_t" in record(fine(at))[1]
    go(at, "text").radio(key="preset").set_value("loop").run()
    assert "before_t" not in record(go(at, "training"))[1], "another text"


# --- back to the defaults -------------------------------------------------------------------------------------


def defaults(at: AppTest) -> Button:
    return next(button for button in open_settings(at).button if button.label == "Back to the defaults")


def test_back_to_the_defaults_undoes_every_setting_and_keeps_the_text() -> None:
    at = come(page="training", preset="loop")
    assert defaults(at).disabled
    setting(at, "dim").set_value(3).run()
    setting(at, "objective").set_value("negative").run()
    assert not defaults(fine(at)).disabled
    fine(defaults(at).click().run())
    assert config(at) == Config(PRESETS["loop"].text)
    assert at.query_params == {"preset": "loop"}
    assert defaults(at).disabled


def test_what_is_chosen_is_called_in_plain_words_first() -> None:
    at = come(page="training", epochs="2")
    objectives = dict(zip(OBJECTIVES, setting(at, "objective").options, strict=True))
    for name, said in objectives.items():
        assert re.fullmatch(r"[a-z ]+ \(.*\)", said)
        assert said.endswith(f"({OBJECTIVES[name].title})")
    labels = {box.label for box in at.number_input}
    assert {"Vector size (dimensions)", "Readings (epochs)", "Step size (learning rate)", "Chance (seed)"} <= labels


def test_a_whole_text_goes_back_to_what_suits_it() -> None:
    rng = np.random.default_rng(1)
    at = train_whole(paste(" ".join([f"w{i}" for i in rng.integers(0, 300, 2_500)])))
    before = config(at)
    go(at, "text")
    setting(at, "dim").set_value(7).run()
    assert config(fine(at)) == replace(before, dim=7)
    fine(defaults(at).click().run())
    assert config(at) == before


# --- one vector per word --------------------------------------------------------------------------------------


def test_one_vector_per_word_is_chosen_and_a_tree_refuses_it_in_a_sentence() -> None:
    at = come(page="training", epochs="2")
    setting(at, "one_vector").set_value(True).run()
    run = latest_run(fine(at))
    assert config(at) == run.config == Config(ROYAL, epochs=2, one_vector=True)
    end = run.parameters(run.n_steps)
    assert end.U is end.V
    assert at.query_params["one_vector"] in ("true", ["true"])
    assert record(at)[0]["one_vector"]
    at = choose_level(at, "numbers")
    assert model_in_words(config(at)).endswith("8 dimensions, one vector per word")
    assert "end side by side" not in texts(at)
    assert "words that stand beside each other come close" in texts(at)
    setting(at, "objective").set_value("hierarchical").run()
    assert problem(fine(at)) == (
        "One vector per word cannot go with hierarchical softmax, whose output vectors belong to no words: choose full "
        "softmax or negative sampling, or two vectors per word. Nothing was changed."
    )
    assert config(at).objective == "softmax"


def test_a_whole_text_goes_on_with_two_vectors_per_word() -> None:
    text = " ".join([f"w{i}" for i in np.random.default_rng(1).integers(0, 300, 2_500)])
    whole = whole_config(text, Config(ROYAL, one_vector=True))
    assert whole is not None
    assert (whole.trainer, whole.one_vector) == ("passes", False)


# --- in a browser ---------------------------------------------------------------------------------------------


def change(page: Page, name: str, value: str) -> None:
    box = page.get_by_role("spinbutton", name=name)
    box.fill(value)
    box.press("Enter")


@pytest.mark.browser
def test_settings_lie_beside_what_they_change(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=2)
    for width, height in (1440, 900), (1024, 768):
        page.set_viewport_size({"width": width, "height": height})
        page.get_by_role("button", name="Settings").click()
        panel = page.get_by_test_id("stPopoverBody")
        expect(panel.get_by_text("Back to the defaults")).to_be_attached(timeout=SLOW)
        wait_idle(page)
        lie_side_by_side(page)
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)


def lie_side_by_side(page: Page) -> None:
    page.wait_for_function(
        """(player) => {
            const panel = document.querySelector('[data-testid=stPopoverBody]').getBoundingClientRect();
            const shown = [".w2v-map", ".w2v-bars", ".w2v-loss", ".w2v-transport"];
            return panel.right <= innerWidth && panel.bottom <= innerHeight && shown.every((name) => {
                const box = player.querySelector(name).getBoundingClientRect();
                return box.width > 200 && box.right <= panel.left && box.bottom <= innerHeight;
            });
        }""",
        arg=player(page).element_handle(),
        timeout=SLOW,
    )


@pytest.mark.browser
def test_a_change_goes_on_playing_with_the_curve_before_behind(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal")
    press(page, "play")
    expect(player(page)).to_have_attribute("data-playing", "true")
    expect(page.locator('.w2v-loss [data-role="legend"]')).not_to_contain_text("before")
    page.get_by_role("button", name="Settings").click()
    change(page, "Learning rate", "0.05")
    link_says(page, learning_rate="0.05")
    expect(page.locator('.w2v-loss [data-role="legend"]')).to_contain_text("before", timeout=SLOW)
    expect(player(page)).to_have_attribute("data-playing", "true")
    assert last_update(page) == Run(Config(ROYAL, learning_rate=0.05)).n_steps
    page.keyboard.press("Escape")
    press(page, "play")
    expect(player(page)).to_have_attribute("data-playing", "false")


@pytest.mark.browser
def test_a_change_at_rest_stays_at_rest(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=2)
    page.get_by_role("button", name="Settings").click()
    change(page, "Dimensions", "3")
    expect(page.locator('.w2v-loss [data-role="legend"]')).to_contain_text("before", timeout=SLOW)
    expect(player(page)).to_have_attribute("data-playing", "false")
    page.get_by_role("button", name="Back to the defaults").click()
    link_says(page, dim=None, epochs=None)
