"""On a phone and at 200 %: the transport stays in sight of the picture, and nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, player, wait_idle
from tests.browsing import visit

pytestmark = pytest.mark.browser

SMALL = {"phone": (390, 844), "200 percent": (720, 450)}
SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map((scrolled) => scrolled.scrollWidth - scrolled.clientWidth)"""
# Scrolls so far that the picture stands right under the page's header; then where picture and buttons are.
SCROLLED = """(root, picture) => {
    const main = document.querySelector('[data-testid=stMain]');
    const head = document.querySelector('[data-testid=stHeader]').getBoundingClientRect().bottom;
    main.scrollBy(0, root.querySelector(picture).getBoundingClientRect().top - head - 4);
    const box = (name) => { const { top, bottom } = root.querySelector(name).getBoundingClientRect();
        return [top, bottom]; };
    return { head, picture: box(picture), scrubber: box('.w2v-scrubber'), play: box('[data-action=play]') };
}"""


@pytest.mark.parametrize(("width", "height"), SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("path", ["/", "/training", "/map"])
def test_the_transport_stays_in_sight_of_the_map(
    new_page: Callable[..., Page], app_server: Server, path: str, width: int, height: int
) -> None:
    page = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    visit(page, app_server, path, preset="royal", t=700)
    seen = player(page).evaluate(SCROLLED, ".w2v-map-canvas")
    assert seen["picture"][0] >= seen["head"]
    assert seen["picture"][1] <= seen["scrubber"][0] + 1, "all of the map is above the transport"
    assert seen["picture"][1] - seen["picture"][0] > 150, "and it is large enough"
    assert seen["play"][1] <= height
    page.locator('[data-action="play"]').click()
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.locator('[data-action="play"]').click()
    wait_idle(page)
    page.locator('[data-action="speed"]').focus()
    wait_idle(page)
    box = page.locator('[data-action="speed"]').bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height, "what the keyboard reaches is not out of sight"


@pytest.mark.parametrize(("width", "height"), SMALL.values(), ids=SMALL)
def test_nothing_scrolls_sideways(new_page: Callable[..., Page], app_server: Server, width: int, height: int) -> None:
    page = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    for path in ("", "text", "training", "map", "update", "teach"):
        open_page(page, f"{app_server.url}/{path}?preset=royal&t=700")
        wait_idle(page, settle=0.5)
        assert page.evaluate(SIDEWAYS) == [0, 0], path


def test_a_long_word_does_not_break_the_row_of_the_transport(new_page: Callable[..., Page], app_server: Server) -> None:
    page = new_page(viewport={"width": 1024, "height": 768})
    visit(page, app_server, preset="days_months", word="wednesday")
    box = page.locator(".w2v-controls").bounding_box()
    play = page.locator('[data-action="play"]').bounding_box()
    assert box is not None
    assert play is not None
    assert box["height"] < play["height"] + 4
    following = page.locator('[data-action="next-with-word"]').bounding_box()
    assert following is not None
    assert following["x"] + following["width"] <= box["x"] + box["width"] + 1
