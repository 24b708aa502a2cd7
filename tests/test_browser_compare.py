"""Compare in a real browser: from a link, trainings side by side, Stop that keeps, two maps on one clock."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Server, open_page, wait_idle
from tests.browsing import SLOW, change_theme
from w2v import Config

pytestmark = pytest.mark.browser


def train(page: Page) -> None:
    page.locator(".st-key-compare_train button").click()


def test_trainings_stand_side_by_side_and_stop_keeps_what_is_trained(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/compare?preset=royal&word=king&vary=seed~21~22")
    maps, said = page.locator(".st-key-compare_maps .js-plotly-plot"), page.get_by_text(re.compile("^Learned: "))
    expect(maps.locator(".annotation")).to_have_count(1, timeout=SLOW)  # the present one is there at once
    train(page)
    expect(maps.locator(".annotation")).to_have_count(2, timeout=SLOW)
    expect(said).to_contain_text(re.compile("in both|with seed 22"))
    fits(page, ".st-key-compare_maps", 2)
    change_theme(page, "dark")  # of the visitor's system: the pictures that are there are drawn anew
    expect(maps.locator(".annotation text").first).to_have_css("fill", "rgb(238, 242, 246)", timeout=SLOW)

    open_page(page, f"{app_server.url}/compare?preset=royal&word=king&vary=epochs~41~3000~3001")
    train(page)
    stop = page.get_by_role("button", name="Stop and keep what is trained")
    expect(page.get_by_text(re.compile("Training 2 of 3"))).to_be_visible(timeout=SLOW)
    stop.click()
    expect(page.get_by_text(re.compile("^You stopped. 1 value left out: 3,001 epochs."))).to_be_visible(timeout=SLOW)
    expect(said).to_contain_text("with 41 epochs")
    expect(said).to_contain_text("with 3,000 epochs (stopped)")
    expect(page.locator(".st-key-compare_train button")).to_have_text(re.compile("Train the other"))
    page.set_viewport_size({"width": 390, "height": 844})
    fits(page, ".st-key-compare_losses", 1)


def fits(page: Page, box: str, in_a_row: int) -> None:
    """Wait until the pictures of two trainings lie in the window, so many in a row, and in one row wholly."""
    page.wait_for_function(
        """([box, inARow]) => {
            const pictures = [...document.querySelectorAll(`${box} .main-svg:first-child`)];
            const places = pictures.map((picture) => picture.getBoundingClientRect());
            const rows = new Set(places.map(({ top }) => Math.round(top))).size;
            const down = rows > 1 || places.every(({ bottom }) => bottom <= innerHeight);
            const across = places.every(({ left, right }) => left >= 0 && right <= innerWidth);
            return places.length === 2 && rows === 2 / inARow && across && down;
        }""",
        arg=[box, in_a_row],
        timeout=SLOW,
    )


def test_two_maps_follow_one_clock_and_a_link_opens_them(page: Page, app_server: Server) -> None:
    open_page(
        page, f"{app_server.url}/compare?preset=royal&word=king&part=players&vary=epochs~42&second=epochs~80&t=40"
    )
    players = page.locator(".w2v-player")
    expect(players).to_have_count(3, timeout=SLOW)
    first, second = players.nth(1), players.nth(2)
    expect(first).to_contain_text("update 40 of 7,680", timeout=SLOW)
    expect(second).to_contain_text("update 80 of 15,360")
    page.keyboard.press("ArrowRight")
    expect(first).to_contain_text("update 41 of 7,680")
    expect(second).to_contain_text("update 82 of 15,360")
    second.focus()
    page.keyboard.press("End")  # the one that is moved takes the others along
    expect(first).to_contain_text("update 7,680 of 7,680")
    expect(second).to_contain_text("update 15,360 of 15,360")
    expect(page).to_have_url(re.compile("part=players"))


def test_all_of_it_is_reached_by_keyboard_alone(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/compare?preset=royal&word=king&vary=seed~31~32&first=present&second=seed~31")
    press(page, page.locator(".st-key-compare_train button"), "Enter")
    expect(page.get_by_text(re.compile("^Learned: .*(in both|with seed 32)"))).to_be_visible(timeout=SLOW)
    press(page, page.get_by_role("combobox", name="Nearest words of"), "ArrowDown", "ArrowDown", "Enter")
    expect(page).not_to_have_url(re.compile("word=king"), timeout=SLOW)

    choose_part(page, "Lab notebook")
    press(page, page.get_by_role("button", name="Watch these two side by side"), "Enter")
    players = page.locator(".w2v-player")
    expect(players).to_have_count(3, timeout=SLOW)
    expect(page).to_have_url(re.compile("part=players.*first=run"))
    wait_idle(page)
    press(page, players.nth(0), "ArrowRight")
    expect(players.nth(2)).to_contain_text("update 1 of 7,680")

    choose_part(page, "The first parting")
    expect(page.get_by_text(re.compile("They differ before the first update"))).to_be_visible(timeout=SLOW)
    press(page, page.locator(".st-key-parting_of"), "ArrowRight")
    expect(page.get_by_role("radio", name="as context")).to_be_checked(timeout=SLOW)
    choose_part(page, "Quality")
    expect(page.get_by_text(re.compile("^At the end the model orders"))).to_be_visible(timeout=SLOW)
    press(page, page.get_by_label("What people say of words"))


FOCUSED = "element => element.contains(element.getRootNode().activeElement)"


def press(page: Page, wanted: Locator, *keys: str) -> None:
    """Go on with the Tab key, at most once round the page, until this has the focus, and press the keys."""
    expect(wanted).to_be_visible(timeout=SLOW)
    wait_idle(page)
    go_on(page, "Tab", wanted, 150)
    for key in keys:
        page.keyboard.press(key)


def go_on(page: Page, key: str, wanted: Locator, most: int) -> None:
    element = wanted.element_handle()  # to look for it each time would be more work than all else
    for _ in range(most):
        page.keyboard.press(key)
        if element.evaluate(FOCUSED):
            return
    raise AssertionError(f"The key {key} does not lead there.")


def choose_part(page: Page, title: str) -> None:
    """Choose a part of the page with the Tab key, the arrows and the space bar."""
    press(page, page.locator(".st-key-compare_part"), *["ArrowLeft"] * 4)  # to the first
    part = page.get_by_role("radio", name=title)
    if not part.evaluate(FOCUSED):
        go_on(page, "ArrowRight", part, 4)
    page.keyboard.press("Space")


HOSTILE = (
    "<b>x</b> ![p](http://x.example/p.png) $a$ :red[r] [l](http://x.example) and here. The x.example p.png l and r."
)


def test_hostile_words_are_words(page: Page, app_server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    packed = Config(f"{HOSTILE} {HOSTILE}").to_query()["text"]
    open_page(page, f"{app_server.url}/compare?text={packed}&vary=seed~1~2&pretokenized=true")
    train(page)
    expect(page.get_by_text(re.compile("^Learned: .*(in both|with seed 2)"))).to_be_visible(timeout=SLOW)
    page.get_by_text("The first parting", exact=True).first.click()
    expect(page.get_by_text(re.compile("They differ before the first update"))).to_be_visible(timeout=SLOW)
    assert not [url for url in asked if "x.example" in url]
