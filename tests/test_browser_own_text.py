"""A text of one's own in a real browser: what to expect of it while it is typed, one click from the box, a reload."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from pages.parts.text.choose import BEGINNING, GOES_ON
from pages.session.memory import LONG_TEXT
from tests.browser import Server, open_page, wait_idle, wait_player
from tests.browsing import (
    FOX,
    SLOW,
    last_update,
    link_says,
    metric,
    open_text_page,
    paste,
    paste_over,
    player,
    press,
    put_into_clipboard,
    rests_at,
    text_box,
    turn_to,
    watch_it_learn,
)
from w2v import PRESETS, Config, Run

pytestmark = pytest.mark.browser

LONG = " ".join([f"word{i % 90} meets name{i % 70}." for i in range(4_000)])


def upload(page: Page, name: str, content: bytes) -> None:
    page.get_by_role("button", name="Upload a text file").click()
    page.locator('input[type="file"]').first.set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    wait_idle(page)


def test_what_to_expect_is_said_while_one_is_still_in_the_box(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    text_box(page).fill(FOX)
    expect(page.get_by_text("42 tokens")).to_be_visible(timeout=SLOW)
    expect(text_box(page)).to_be_focused()
    text_box(page).press_sequentially(" A cat.")
    expect(page.get_by_text("44 tokens")).to_be_visible(timeout=SLOW)
    expect(text_box(page)).to_have_value(f"{FOX} A cat.")
    assert metric(page, "Words") == str(len(Run(Config(f"{FOX} A cat.", epochs=1)).corpus.vocabulary))


def test_a_text_that_is_too_long_for_the_box_is_not_dropped_without_a_word(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    for text in (text_box(page).input_value(), FOX):
        text_box(page).fill(text)
        for n_words, size in ((300_000, "2.4"), (400_000, "3.2")):
            paste_over(text_box(page), "a word. " * n_words)
            said = f"This text has {size} million characters, and the box takes 2 million"
            expect(page.get_by_text(said)).to_be_visible(timeout=SLOW)
            expect(text_box(page)).to_have_value(text)
        expect(page.get_by_role("radio", checked=True)).to_have_count(int(text != FOX))
    expect(page.get_by_text("42 tokens")).to_be_visible(timeout=SLOW)
    paste_over(text_box(page), f"{FOX} A cat.")
    expect(page.get_by_text("44 tokens")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("the box takes")).to_have_count(0)


def test_a_text_that_is_pasted_into_one_of_ours_takes_its_place(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    box = text_box(page)
    ours = box.input_value()
    caret = "(box, at) => { box.focus(); box.setSelectionRange(at, at); }"
    box.evaluate(caret, 20)
    put_into_clipboard(page, FOX)
    box.press("ControlOrMeta+v")
    expect(box).to_have_value(FOX)
    expect(page.get_by_text("42 tokens")).to_be_visible(timeout=SLOW)
    box.evaluate(caret, 0)
    box.press("ControlOrMeta+v")
    expect(box).to_have_value(FOX + FOX)  # a text of one's own is added to
    box.press("ControlOrMeta+z")
    box.press("ControlOrMeta+z")
    expect(box).to_have_value(ours)  # and nothing is lost
    box.evaluate(caret, len(ours))
    put_into_clipboard(page, " A cat.")
    box.press("ControlOrMeta+v")
    expect(box).to_have_value(f"{ours} A cat.")  # a sentence more


# Remember the longest text that stood in the box.
LONGEST = """box => {
    window.longest = 0;
    const look = () => { window.longest = Math.max(window.longest, box.value.length); };
    setInterval(look, 1);
    box.addEventListener("input", look, true);
}"""


def test_of_a_long_text_that_is_pasted_only_the_beginning_goes_through_the_box(page: Page, app_server: Server) -> None:
    """A browser would be still for seconds over the lines of a book, while it lays them out in the box."""
    open_page(page, f"{app_server.url}/text?epochs=1&preset=royal")
    box = text_box(page)
    box.evaluate(LONGEST)
    text = LONG.replace(". ", " [\U0001f33b].\n")  # characters that JavaScript counts as two, and brackets
    paste_over(box, text)
    expect(box).to_have_value(text[:BEGINNING] + GOES_ON, timeout=SLOW)
    expect(page.get_by_text(f"Your text \u00b7 {len(text):,} characters")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("12,000 tokens")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("The windows of the beginning of")).to_have_count(0)
    wait_idle(page)
    expect(box).to_have_value(text[:BEGINNING] + GOES_ON)
    assert page.evaluate("window.longest") < 2 * BEGINNING
    page.keyboard.type("moon ")  # what is changed there is changed in the text
    expect(page.get_by_text("12,001 tokens")).to_be_visible(timeout=SLOW)
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" moon sun")  # as its end, too
    expect(page.get_by_text("12,003 tokens")).to_be_visible(timeout=SLOW)
    wait_idle(page)
    expect(box).to_have_value(f"moon {text[:BEGINNING]}{GOES_ON} moon sun")
    page.go_back()
    expect(box).to_have_value(PRESETS["royal"].text, timeout=SLOW)
    page.go_forward()
    expect(page.get_by_text("12,003 tokens")).to_be_visible(timeout=SLOW)


def test_a_text_of_many_pairs_of_surrogates_is_as_long_as_python_says(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?epochs=1")
    text = "\U0001f33b \U0001f31e moon. " * 3_000  # 30,000 characters, 36,000 in JavaScript
    text += "\U0001f33b" * (LONG_TEXT - len(text))
    paste_over(text_box(page), text)
    expect(page.get_by_text(f"{LONG_TEXT:,} characters", exact=False)).to_be_visible(timeout=SLOW)
    expect(text_box(page)).to_have_value(text)


@pytest.mark.parametrize("before", ["", "lonely"])
def test_one_click_leads_from_the_box_to_training(page: Page, app_server: Server, before: str) -> None:
    open_text_page(page, app_server)
    if before:
        text_box(page).fill(before)
        expect(page.get_by_text("Nothing was changed.").first).to_be_visible(timeout=SLOW)
    text_box(page).fill(FOX)
    page.get_by_role("button", name="Watch it learn").click()
    expect(page).to_have_url(re.compile("/training"), timeout=SLOW)
    wait_player(page)
    assert last_update(page) == Run(Config(FOX)).n_steps


def test_the_box_shows_the_beginning_of_a_file_and_the_card_speaks_of_all_of_it(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?epochs=1")
    upload(page, "my words.txt", LONG.encode())
    expect(page.get_by_text(f"my words.txt \u00b7 {len(LONG):,} characters")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("12,000 tokens")).to_be_visible()
    held = text_box(page).input_value()
    assert len(held) < 6_000
    assert LONG.startswith(held.split("\n")[0])
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Watch it learn").click()
    expect(page).to_have_url(re.compile("/training"), timeout=SLOW)
    expect(player(page)).to_be_visible(timeout=4 * SLOW)
    expect(page.get_by_text("12,000 in all")).to_be_visible()


def test_clear_empties_the_box_and_can_be_undone(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?preset=royal")
    page.get_by_role("button", name="Clear").click()
    expect(text_box(page)).to_have_value("", timeout=SLOW)
    expect(page.get_by_text("The box is empty.")).to_be_visible()
    page.get_by_role("button", name="Put it back into the box").click()
    expect(text_box(page)).not_to_have_value("", timeout=SLOW)
    expect(page.get_by_text("72 tokens")).to_be_visible()


# --- a reload -------------------------------------------------------------------------------------------------


def test_a_reload_keeps_a_short_text_with_its_moment(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    paste(page, FOX)
    watch_it_learn(page)
    press(page, "forward")
    rests_at(page, 1)
    page.reload()
    rests_at(page, 1)
    assert last_update(page) == Run(Config(FOX)).n_steps
    turn_to(page, "Text and windows")
    expect(text_box(page)).to_have_value(FOX)


def lettered(seed: int) -> str:
    """A text that no link can hold, of few words: 600, each of random letters, and each twice."""
    letters = np.random.default_rng(seed).choice(list("abcdefghijklmnopqrstuvwxyz"), (600, 15))
    words = ["".join(word) for word in letters]
    return " ".join([*words, *reversed(words)])


def test_a_reload_keeps_a_long_text_in_this_tab_alone(new_page: Callable[..., Page], app_server: Server) -> None:
    page = new_page()
    open_page(page, f"{app_server.url}/text?epochs=1&window=1&dim=2")
    paste(page, lettered(1))
    link_says(page, preset="own", text=None)
    for where in ("Training", "Map"):
        turn_to(page, where)
        wait_player(page)
        page.reload()
        wait_player(page)
        expect(page.get_by_text("1,200 in all")).to_be_visible(timeout=SLOW)
        link_says(page, preset="own", epochs="1", text=None)
    other = new_page()
    open_page(other, page.url)
    expect(other.get_by_text("please paste it again")).to_be_visible(timeout=SLOW)
    turn_to(page, "Text and windows")
    page.get_by_text("Loop", exact=True).click()
    link_says(page, preset="loop")
    page.wait_for_function("sessionStorage.getItem('w2v-text') === null", timeout=SLOW)  # it has made way


def test_a_reload_keeps_what_waits_in_the_box_with_its_sentence(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?preset=royal&epochs=2")
    paste(page, "lonely")
    expect(page.get_by_text("Nothing was changed.").first).to_be_visible(timeout=SLOW)
    page.reload()
    expect(text_box(page)).to_have_value("lonely", timeout=SLOW)
    expect(page.get_by_text("Nothing was changed.").first).to_be_visible()
    link_says(page, preset="royal", epochs="2")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("The box is empty.")).to_be_visible(timeout=SLOW)
    page.reload()
    expect(page.get_by_text("The box is empty.")).to_be_visible(timeout=SLOW)
    expect(text_box(page)).to_have_value("")
    page.get_by_role("button", name="Put it back into the box").click()
    expect(page.get_by_text("72 tokens")).to_be_visible(timeout=SLOW)
    page.wait_for_function("sessionStorage.getItem('w2v-draft') === null", timeout=SLOW)
    page.reload()
    expect(page.get_by_text("72 tokens")).to_be_visible(timeout=SLOW)
    wait_idle(page)
    expect(text_box(page)).to_have_value(PRESETS["royal"].text)


@pytest.mark.parametrize("text", [FOX, lettered(2)], ids=["short", "long"])
def test_a_reload_keeps_the_name_of_a_file(page: Page, app_server: Server, text: str) -> None:
    open_page(page, f"{app_server.url}/text?epochs=1")
    upload(page, "my words.txt", text.encode())
    said = page.get_by_text(f"my words.txt \u00b7 {len(text):,} characters")
    expect(said).to_be_visible(timeout=SLOW)
    page.reload()
    expect(said).to_be_visible(timeout=SLOW)
    expect(text_box(page)).to_have_value(text)


def test_another_link_in_this_tab_is_not_about_the_text_that_waited(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?preset=royal")
    paste(page, "lonely")
    expect(page.get_by_text("Nothing was changed.").first).to_be_visible(timeout=SLOW)
    open_page(page, f"{app_server.url}/text?preset=bank")
    wait_idle(page)
    expect(text_box(page)).to_have_value(PRESETS["bank"].text)
    page.reload()
    wait_idle(page)
    expect(text_box(page)).to_have_value(PRESETS["bank"].text)


def test_where_a_file_is_uploaded_one_limit_is_said(page: Page, app_server: Server) -> None:
    """That of a lesson is smaller than the least that Streamlit can check."""
    open_page(page, f"{app_server.url}/lessons")
    page.get_by_role("button", name="Open a lesson from a file").click()
    file = page.get_by_test_id("stFileUploader")
    expect(file.get_by_role("button", name="Upload", exact=True)).to_be_visible()
    expect(file).to_contain_text("KB")
    assert "per file" not in file.inner_text()
