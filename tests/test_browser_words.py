"""Words in a real browser: opened by a link, by keyboard alone, with words that look like markup."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import Server, open_page, wait_player
from tests.browsing import SLOW, link_says, press, rests_at, visit
from tests.hostile import MARKUP
from w2v import Config

pytestmark = pytest.mark.browser

QUEEN = re.compile("Near \N{LEFT DOUBLE QUOTATION MARK}queen\N{RIGHT DOUBLE QUOTATION MARK}")


def test_a_word_is_chosen_by_keyboard_and_stays_while_the_clock_goes_on(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/words", preset="royal", t=700, word="king")
    box = page.get_by_role("combobox", name="Word")
    box.focus()
    box.fill("Queen")
    box.press("Enter")
    link_says(page, word="queen")
    expect(page.get_by_text(QUEEN)).to_be_visible(timeout=SLOW)
    expect(page.locator('[data-action="next-with-word"]')).to_contain_text("queen", timeout=SLOW)
    press(page, "forward")
    rests_at(page, 701)
    link_says(page, word="queen")
    expect(page.get_by_text(QUEEN)).to_be_visible()
    box.focus()
    box.fill("giraffe")
    box.press("Enter")
    expect(page.get_by_text("giraffe is not among the 27 words.")).to_be_visible(timeout=SLOW)
    link_says(page, word="queen")


def test_hostile_words_stand_there_as_they_are(page: Page, app_server: Server) -> None:
    called: list[str] = []

    def note(request: Request) -> None:
        if "zqhost" in request.url:
            called.append(request.url)

    page.on("request", note)
    config = Config(MARKUP * 2, epochs=1, pretokenized=True)
    link = "&".join(f"{name}={value}" for name, value in config.to_query().items())
    open_page(page, f"{app_server.url}/words?{link}")
    wait_player(page)
    box = page.get_by_role("combobox", name="Word")
    for word in ("<b>zqbold</b>", "![zqimage](http://zqhost.example/x.png)", ":material/zqicon:"):
        box.fill(word)
        option = page.get_by_role("option", name=word, exact=True)
        expect(option).to_have_text(word)
        option.click()
        expect(page.get_by_text(f"Near \N{LEFT DOUBLE QUOTATION MARK}{word}").first).to_be_visible(timeout=SLOW)
    assert called == []
