"""Words in a real browser: opened by a link, by keyboard alone, with words that look like markup."""

import re

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser import Server, open_page, player, wait_idle, wait_player
from tests.browsing import SLOW, link_says, press, rests_at, turn_to, visit
from tests.hostile import MARKUP
from w2v import Config

pytestmark = pytest.mark.browser

QUEEN = re.compile("Near \N{LEFT DOUBLE QUOTATION MARK}queen\N{RIGHT DOUBLE QUOTATION MARK}")


def picture(page: Page, kind: str) -> Locator:
    """The picture of the part that is shown, once it is there."""
    found = page.locator(f'.w2v-words[data-kind="{kind}"]')
    expect(found).to_be_visible(timeout=SLOW)
    return found


def test_a_word_is_chosen_by_keyboard_and_stays_while_the_clock_goes_on(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/words", preset="royal", t=700, word="king")
    said = picture(page, "company").locator('[data-role="readout"]')
    box = page.get_by_role("combobox", name="Word")
    box.focus()
    box.fill("Queen")
    box.press("Enter")
    link_says(page, word="queen")
    expect(said).to_have_text(QUEEN, timeout=SLOW)
    expect(page.locator('[data-action="next-with-word"]')).to_contain_text("queen", timeout=SLOW)
    press(page, "forward")
    rests_at(page, 701)
    link_says(page, word="queen")
    expect(said).to_have_text(QUEEN)
    like = picture(page, "company").locator(".w2v-wp-half").nth(1).locator("li").first
    like.get_by_role("button").focus()
    lit = picture(page, "company").locator(".w2v-wp-lit")
    expect(lit.first).to_be_visible()
    assert lit.count() <= 4
    like.get_by_role("button").press("Enter")
    expect(said).not_to_have_text(QUEEN, timeout=SLOW)
    box.focus()
    box.fill("gira")
    for letter, typed in (("f", "giraf"), ("f", "giraff"), ("e", "giraffe")):
        box.press(letter)
        expect(page.get_by_role("option", name=f"Look up: {typed}", exact=True)).to_be_visible(timeout=SLOW)
    box.press("Enter")
    expect(page.get_by_text("giraffe is not among the 27 words.")).to_be_visible(timeout=SLOW)


def test_a_link_opens_its_part_a_click_there_goes_to_a_moment_and_back_to_the_part_before(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, "/words", preset="royal", epochs=12, t=700, word="king", part="time")
    shown = picture(page, "time")
    expect(shown).to_have_attribute("data-t", "700")
    now = shown.locator('[data-role="now"]')
    before = float(now.get_attribute("x1") or 0)
    svg = shown.locator("svg")
    box = svg.bounding_box()
    assert box is not None
    svg.click(position={"x": 60, "y": box["height"] / 2})
    link_says(page, t="0", part="time")
    expect(shown).to_have_attribute("data-t", "0", timeout=SLOW)
    assert float(now.get_attribute("x1") or 0) < before
    at_start = now.get_attribute("x1") or ""
    press(page, "play")
    expect(now).not_to_have_attribute("x1", at_start)
    expect(player(page)).to_have_attribute("data-playing", "true")
    expect(shown).to_have_attribute("data-t", "0")  # Python was not told: the line goes on by itself
    press(page, "end")
    expect(shown).to_have_attribute("data-t", "2304", timeout=SLOW)
    page.get_by_role("radio", name="Similar?").focus()
    page.keyboard.press("Enter")
    link_says(page, part="similar")
    expect(picture(page, "table").locator("tbody td")).to_have_count(64)
    turn_to(page, "Map")
    link_says(page, part=None)
    page.go_back()
    picture(page, "table")
    link_says(page, part="similar")
    page.go_back()
    picture(page, "time")
    link_says(page, part="time")


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
        said = picture(page, "company").locator('[data-role="readout"]')
        expect(said).to_contain_text(f"Near \N{LEFT DOUBLE QUOTATION MARK}{word}", timeout=SLOW)
    for name, kind in (("Over time", "time"), ("Similar?", "table"), ("Biography", "time"), ("Axes", "axes")):
        page.get_by_role("radio", name=name).click()
        expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=SLOW)
        drawn = picture(page, kind)
        expect(drawn).to_contain_text(":material/zqicon:", timeout=SLOW)
        assert drawn.locator("img, b, script").count() == 0
        if name == "Similar?":
            tag = page.locator('[data-tag] [title=":material/zqicon:"]')
            expect(tag).to_have_text(":material/zqicon:")
    assert called == []


def test_an_analogy_is_asked_by_keyboard_and_tried_with_ten_seeds(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/words", preset="royal", epochs=12, word="king", part="analogy")
    minus = "\N{MINUS SIGN}"
    expect(page.get_by_text(f"king {minus} man + woman leads to").first).to_be_visible(timeout=SLOW)
    box = page.get_by_role("combobox", name="Word to add")
    for typed, said in (
        ("giraffe", "giraffe is not among the 27 words."),
        ("Princess", f"king {minus} man + princess"),
    ):
        box.focus()
        box.fill(typed)
        box.press("Enter")
        expect(page.get_by_text(said).first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("giraffe is not")).to_have_count(0)
    page.get_by_role("button", name="= queen?").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"king {minus} man + woman leads to").first).to_be_visible(timeout=SLOW)
    expect(page.locator(".js-plotly-plot .textpoint").filter(has_text="queen")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("of 10 trainings")).to_have_count(0)
    page.get_by_role("button", name="Train it with ten seeds").press("Enter")
    expect(page.get_by_text("in 10 of 10 trainings")).to_be_visible(timeout=SLOW)
    link_says(page, part="analogy", word="king")


def test_ten_seeds_of_a_long_training_are_stopped_and_those_that_are_done_are_kept(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, "/words", preset="royal", epochs=200, word="king", part="analogy")
    page.get_by_role("button", name="Train it with ten seeds").click()
    expect(page.get_by_text(re.compile(r"Training [3-9] of 10: "))).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Stop and keep").click()
    expect(page.get_by_text(re.compile(r" of [2-9] trainings"))).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Go on with the other seeds")).to_be_visible()


def test_every_part_by_keyboard_alone_and_what_is_written_on_a_projector(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/words", preset="royal", epochs=12, word="king")
    page.get_by_role("radio", name="Company").focus()
    for title in ("Over time", "Similar?", "Biography", "Axes", "a \N{MINUS SIGN} b + c", "Write like this text"):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=SLOW)
        expect(page.get_by_role("radio", name=title)).to_be_focused()
        if title in ("Over time", "Axes"):
            the_name_of_a_word_is_pressed(page)
    written, choice = page.locator(".w2v-passages"), page.get_by_role("radio", name="Axes")
    expect(written).to_be_visible(timeout=SLOW)
    page.keyboard.press("p")
    expect(choice).to_be_hidden(timeout=SLOW)
    expect(written).to_be_visible()
    page.keyboard.press("Escape")
    expect(choice).to_be_visible(timeout=SLOW)
    choice.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.get_by_role("switch", name="Which words of this text change").press("Space")
    jump = page.get_by_role("button", name="Go to update").nth(1)
    expect(jump).to_be_visible(timeout=SLOW)
    jump.press("Enter")
    rests_at(page, int(jump.inner_text().removeprefix("Go to update ").replace(",", "")))
    expect(jump).to_be_focused()


def the_name_of_a_word_is_pressed(page: Page) -> None:
    name = page.locator(".w2v-words").get_by_role("button", name="queen", exact=True)
    expect(name).to_have_count(1, timeout=SLOW)  # the picture of the part before, which has it twice, is gone
    name.focus()
    expect(name).to_have_css("outline-style", "solid")
    name.press("Enter")
    link_says(page, word="queen")
    expect(page.locator(".w2v-words :focus")).to_have_count(1)
    wait_idle(page)  # else the box, which is filled with that word, may lose what is typed meanwhile
    page.get_by_role("combobox", name="Word", exact=True).fill("king")
    page.keyboard.press("Enter")
    link_says(page, word="king")
    page.keyboard.press("Shift+Tab")


def test_what_is_written_is_asked_word_by_word_by_keyboard(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/words", preset="royal", t=7680, word="king", part="writing")
    column = page.locator(".w2v-ps-column").filter(has=page.get_by_role("heading", name="3-grams"))
    expect(column.locator(".w2v-ps-word").first).to_contain_text("king", timeout=SLOW)
    column.locator(".w2v-ps-word[tabindex='0']").focus()
    detail = column.locator(".w2v-ps-detail")
    page.keyboard.press("Home")
    expect(detail).to_have_text("The passage begins with this word.")
    page.keyboard.press("ArrowRight")
    expect(detail).to_contain_text(re.compile("^.(wears|rules).: 50 %. It comes after .king. 1 of 2 times. Word"))
    page.keyboard.press("End")
    expect(column.locator(".w2v-ps-word").last).to_be_focused()
    rests_at(page, 7680)  # the arrow keys are those of the passage there
    before = column.locator(".w2v-ps-text").inner_text()
    page.get_by_role("button", name="Write another").press("Enter")
    expect(page.get_by_role("spinbutton", name="Chance (seed)")).to_have_value("2", timeout=SLOW)
    expect(column.locator(".w2v-ps-text")).not_to_have_text(before, timeout=SLOW)
    link_says(page, part="writing", word="king")

    config = Config("\u05e9\u05dc\u05d5\u05dd \u05dc\u05da. \u05e9\u05dc\u05d5\u05dd \u05dc\u05d9.", epochs=1)
    visit(page, app_server, "/words", part="writing", **config.to_query())
    expect(column.locator(".w2v-ps-word").first).to_be_visible(timeout=SLOW)
    first, second = (column.locator(".w2v-ps-word").nth(i).bounding_box() for i in range(2))
    assert first is not None
    assert second is not None
    assert second["x"] < first["x"], "Hebrew is read from right to left"
    column.locator(".w2v-ps-word[tabindex='0']").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(column.locator(".w2v-ps-word").nth(1)).to_be_focused()


def test_hostile_words_are_written_and_added_up_as_they_are(page: Page, app_server: Server) -> None:
    config = Config(MARKUP * 2, epochs=1, pretokenized=True)
    link = "&".join(f"{name}={value}" for name, value in config.to_query().items())
    open_page(page, f"{app_server.url}/words?{link}&part=writing")
    wait_player(page)
    written = page.locator(".w2v-passages")
    for word in ("<b>zqbold</b>", "**zqstars**"):
        choose(page, "Word", word)
        expect(written.locator(".w2v-ps-begins").first).to_have_text(word, timeout=SLOW)
    page.get_by_role("radio", name="a \N{MINUS SIGN} b + c").click()
    for label, word in (("Word to take away", "<b>zqbold</b>"), ("Word to add", "$zqmath$")):
        choose(page, label, word)
    expect(page.get_by_text("**zqstars** \N{MINUS SIGN} <b>zqbold</b> + $zqmath$ leads to").first).to_be_visible(
        timeout=SLOW
    )
    expect(page.locator(".js-plotly-plot .textpoint").filter(has_text="<b>zqbold</b>").first).to_be_visible(
        timeout=SLOW
    )
    assert page.locator("b", has_text="zqbold").count() == 0


def choose(page: Page, label: str, word: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.fill(word)
    page.get_by_role("option", name=word, exact=True).click()
