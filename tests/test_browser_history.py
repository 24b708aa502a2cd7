"""Back and Forward of a real browser: an entry for each page, text and word that was chosen, none for what follows."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, player, wait_idle, wait_player
from tests.browsing import (
    FOX,
    SLOW,
    data,
    last_update,
    link_says,
    open_text_page,
    paste,
    press,
    rests_at,
    text_box,
    turn_to,
    visit,
    watch_it_learn,
)
from w2v import PRESETS

pytestmark = pytest.mark.browser

LONG = " ".join([f"w{i}" for i in np.random.default_rng(2).integers(0, 300, 4_000)])


class Entries:
    """How many entries the browser's history has got since this was last asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.before = self.count()

    def count(self) -> int:
        return int(self.page.evaluate("history.length"))

    def new(self) -> int:
        wait_idle(self.page)
        before, self.before = self.before, self.count()
        return self.before - before


def is_on(page: Page, title: str) -> None:
    """This page is shown, and stays."""
    here = page.locator('[data-testid="stTopNavLink"][aria-current="page"]')
    expect(here).to_contain_text(title, timeout=SLOW)
    wait_idle(page, settle=0.6)
    expect(here).to_contain_text(title)


def select(page: Page, word: str) -> None:
    """Click a word in the text below the map."""
    page.locator(".w2v-text .w2v-token").get_by_text(word, exact=True).first.click()
    link_says(page, word=word)


def selected(page: Page, word: str) -> None:
    """The player has this word selected."""
    ids = player(page).evaluate("(root, word) => root.player.positions().find(one => one.word === word).id", word)
    expect(player(page)).to_have_attribute("data-word", str(ids), timeout=SLOW)


def test_the_first_address_is_no_entry_of_its_own(page: Page, app_server: Server) -> None:
    open_page(page, app_server.url)
    wait_player(page)
    link_says(page, preset="days_months")
    assert page.evaluate("history.length") == 2, "the empty page of the browser, and this one"
    page.go_back()
    assert page.url == "about:blank"
    open_page(page, f"{app_server.url}/training?preset=royal&epochs=2&t=7&word=unicorn&embed=true")
    wait_player(page)
    link_says(page, preset="royal", epochs="2", t="7", word=None, embed="true")


def test_back_and_forward_turn_the_pages_and_each_is_one_entry(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=2, t=41, word="king")
    entries = Entries(page)
    for title in ("Map", "One update", "Text and windows"):
        turn_to(page, title)
        assert entries.new() == 1, title
        if title == "Map":  # a picture is one too, and stays in it
            page.get_by_role("combobox", name="Picture").click()
            page.get_by_role("option", name="PCA of this moment").click()
            link_says(page, picture="moment")
            assert entries.new() == 1
    for title, moment in (("One update", "41"), ("Map", "41"), ("Training", "41")):
        page.go_back()
        is_on(page, title)
        link_says(page, preset="royal", epochs="2", t=moment, word="king")
        if title == "Map":
            link_says(page, picture="moment")
            page.go_back()
            link_says(page, picture=None)
            expect(page.get_by_label("Picture", exact=True)).to_have_value("PCA of the whole run", timeout=SLOW)
            is_on(page, title)
    rests_at(page, 41)
    page.go_forward()
    is_on(page, "Map")
    rests_at(page, 41)
    assert entries.new() == 0, "going back and forward makes none, and nothing goes forward again by itself"
    page.go_forward()
    link_says(page, picture="moment")
    page.go_forward()
    is_on(page, "One update")
    expect(page.locator(".w2v-update")).to_have_attribute("aria-label", re.compile("^Update 41,"), timeout=SLOW)


def test_back_brings_the_word_with_the_moment_at_which_it_was_left(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=2, t=3, word="the")
    entries = Entries(page)
    select(page, "king")
    assert entries.new() == 1
    for t in (4, 5, 6):
        press(page, "forward")
        rests_at(page, t)
    assert entries.new() == 0
    page.locator('[data-action="scrub"]').fill("1")
    rests_at(page, 1)
    select(page, "wears")
    assert entries.new() == 1
    press(page, "end")
    rests_at(page, last_update(page))
    assert entries.new() == 0
    page.go_back()
    link_says(page, word="king", t="1")
    selected(page, "king")
    rests_at(page, 1)
    page.go_back()
    link_says(page, word="the", t="3")
    selected(page, "the")
    rests_at(page, 3)
    page.go_forward()
    page.go_forward()
    selected(page, "wears")
    rests_at(page, last_update(page))
    assert entries.new() == 0


def test_a_moment_that_back_led_away_from_can_be_gone_to_again(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=2, t=3, word="the")
    select(page, "king")
    page.go_back()
    selected(page, "the")
    rests_at(page, 3)
    select(page, "king")
    rests_at(page, 3)
    turn_to(page, "One update")
    link_says(page, word="king", t="3")


def test_playing_makes_no_entry(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=2, word="king")
    entries = Entries(page)
    for _ in range(3):
        press(page, "play")
        expect(player(page)).to_have_attribute("data-playing", "true")
        page.wait_for_function("t => Number(document.querySelector('.w2v-player')?.dataset.t ?? 9) >= 0", arg=0)
        press(page, "play")
        rests_at(page, int(data(page, "t")))
    assert entries.new() == 0


def test_a_text_is_one_entry_however_long_it_is_typed(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    entries = Entries(page)
    text_box(page).fill(FOX)
    expect(page.get_by_text("42 tokens")).to_be_visible(timeout=SLOW)
    for number, word in enumerate((" A cat.", " A dog.", " A cow."), 1):
        text_box(page).press_sequentially(word)
        expect(page.get_by_text(f"{42 + 2 * number} tokens")).to_be_visible(timeout=SLOW)
    typed = f"{FOX} A cat. A dog. A cow."
    assert entries.new() == 1
    text_box(page).press_sequentially(" A pig.")
    page.get_by_role("button", name="Watch it learn").click()
    expect(page).to_have_url(re.compile("/training"), timeout=SLOW)
    wait_player(page)
    assert entries.new() == 1
    page.go_back()
    is_on(page, "Text and windows")
    expect(text_box(page)).to_have_value(f"{typed} A pig.", timeout=SLOW)
    page.go_back()
    expect(text_box(page)).to_have_value(PRESETS["days_months"].text, timeout=SLOW)
    expect(page.get_by_role("button", name="Back to your own text").first).to_be_visible()
    page.go_forward()
    expect(text_box(page)).to_have_value(f"{typed} A pig.", timeout=SLOW)
    assert entries.new() == 0


@pytest.mark.parametrize("text", [FOX, LONG], ids=["short", "long"])
def test_back_from_a_preset_brings_ones_own_text(page: Page, app_server: Server, text: str) -> None:
    open_page(page, f"{app_server.url}/text?epochs=1")
    paste(page, text)
    link_says(page, preset=None if text == FOX else "own")
    entries = Entries(page)
    page.get_by_text("Loop", exact=True).click()
    link_says(page, preset="loop")
    page.get_by_text("Bank", exact=True).click()
    link_says(page, preset="bank")
    assert entries.new() == 2
    page.go_back()
    expect(text_box(page)).to_have_value(PRESETS["loop"].text, timeout=SLOW)
    page.go_back()
    expect(text_box(page)).to_have_value(text, timeout=SLOW)
    link_says(page, preset=None if text == FOX else "own")
    page.go_forward()
    expect(text_box(page)).to_have_value(PRESETS["loop"].text, timeout=SLOW)
    page.get_by_role("button", name="Back to your own text").first.click()
    expect(text_box(page)).to_have_value(text, timeout=SLOW)


def test_a_refused_text_is_not_lost_by_back(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/training?preset=royal&epochs=2")
    wait_player(page)
    turn_to(page, "Text and windows")
    paste(page, "lonely")
    expect(page.get_by_text("Nothing was changed.").first).to_be_visible()
    page.go_back()
    is_on(page, "Training")
    page.go_forward()
    is_on(page, "Text and windows")
    expect(text_box(page)).to_have_value("lonely")
    expect(page.get_by_text("Nothing was changed.").first).to_be_visible()


def test_a_word_of_the_running_text_is_an_entry_too(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?preset=royal&epochs=2")
    page.locator(".w2v-windows").wait_for()
    entries = Entries(page)
    picked = page.locator(".w2v-wv-picked")
    for word in ("king", "queen"):
        page.locator(".w2v-wv-box .w2v-wv-word").get_by_text(word, exact=True).first.click()
        link_says(page, word=word)
        expect(picked.first).to_have_text(word)
    assert entries.new() == 2
    page.go_back()
    expect(picked.first).to_have_text("king", timeout=SLOW)
    page.go_back()
    expect(picked).to_have_count(0, timeout=SLOW)
    link_says(page, word=None)
    page.get_by_role("radio", name="Loop").check(force=True)
    link_says(page, preset="loop", word=None)


def test_each_step_of_a_guide_is_one_entry(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/?preset=days_months")
    wait_player(page)
    entries = Entries(page)
    page.get_by_role("button", name="Two-minute tour").click()
    for number in (1, 2, 3, 4):
        link_says(page, guide=f"tour-{number}")
        wait_idle(page)
        if number < 4:
            page.keyboard.press("Space")
    assert entries.new() == 4
    for number in (3, 2, 1):
        page.go_back()
        link_says(page, guide=f"tour-{number}")
        expect(page.locator(".st-key-guide").get_by_text(f"{number} of ")).to_be_visible(timeout=SLOW)
        wait_idle(page, settle=0.6)
        link_says(page, guide=f"tour-{number}")
    page.go_back()
    link_says(page, guide=None)
    expect(page.locator(".st-key-guide").get_by_text("1 of ")).to_have_count(0, timeout=SLOW)
    assert entries.new() == 0


def test_many_times_back_at_once_lead_to_the_last_of_them(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=2, t=41, word="king")
    entries = Entries(page)
    for title in ("Map", "One update", "Text and windows", "Training", "Map"):
        turn_to(page, title)
    assert entries.new() == 5
    page.evaluate("() => { for (let i = 0; i < 4; i += 1) setTimeout(() => history.back(), 60 * i); }")
    page.wait_for_function("location.pathname === '/map'")
    is_on(page, "Map")
    rests_at(page, 41)
    link_says(page, preset="royal", epochs="2", t="41", word="king")
    assert entries.new() == 0


BACK_AFTER = """(delay) => {
    const inside = [...document.querySelectorAll("*")].map((e) => e.shadowRoot?.querySelector(".w2v-player"));
    inside.find(Boolean).querySelector('[data-action="forward"]').click();
    setTimeout(() => history.back(), delay);
}"""


def test_a_report_that_is_on_its_way_does_not_change_the_entry_that_back_leads_to(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, preset="royal", epochs=2, t=3, word="the")
    for delay in (125, 150, 175, 200):  # the report of the step is sent after 120 ms
        select(page, "king")
        wait_idle(page)
        page.evaluate(BACK_AFTER, delay)
        link_says(page, word="the")
        wait_idle(page)
        selected(page, "the")
        rests_at(page, 3)


def test_the_text_of_a_link_that_back_leads_to_after_a_reload_is_asked_for(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?epochs=1")
    paste(page, LONG)
    watch_it_learn(page)
    page.reload()
    wait_player(page)
    page.go_back()
    is_on(page, "Text and windows")
    expect(text_box(page)).to_have_value(LONG, timeout=SLOW)
    link_says(page, preset="own", epochs="1")
