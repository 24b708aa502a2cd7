"""At projector size pictures get the room: map, sentence and transport in sight together, all eight cards in words."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, wait_idle
from tests.browsing import turn_to
from tests.test_browser_looks import SIZES, inside, resize

pytestmark = pytest.mark.browser

LARGE = pytest.mark.parametrize("large", [False, True], ids=["usual", "projector"])


def come(page: Page, server: Server, title: str, large: bool, query: str = "preset=royal&t=700&word=king") -> None:
    """Open a page at projector size, or One update at the usual one."""
    open_page(page, f"{server.url}/{'teach' if large else 'update'}?{query}")
    if large:
        page.get_by_text("Projector size").click()
        turn_to(page, title)
    wait_idle(page, settle=0.5)
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert (size == "21.6px") == large


def test_map_sentence_and_transport_are_in_sight_at_projector_size(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(reduced_motion="reduce")
    come(page, app_server, "Map", large=True)
    parts = {
        "Map": (".w2v-map-canvas", ".w2v-status", ".w2v-why"),
        "Training": (".w2v-map-canvas", ".w2v-status", ".w2v-bars", '.w2v-bars [data-role="readout"]', ".w2v-loss"),
        "Start": (".w2v-map-canvas", ".w2v-status", ".w2v-bars", '.w2v-bars [data-role="readout"]'),
    }
    for title, names in parts.items():
        turn_to(page, title)
        for width, height in SIZES:
            resize(page, width, height)
            wait_idle(page, settle=0.5)
            for name in (*names, '[data-action="scrub"]', '[data-action="play"]'):
                inside(page, page.locator(name).first, f"{name} of {title}")
            box = page.locator(".w2v-map-canvas").bounding_box()
            assert box is not None
            assert box["height"] > 0.35 * height, title


# How far what is written in the cards, and the cards themselves, stick out of their places: by name.
CUT = """e => [...e.querySelectorAll('.w2v-up-scroller, .w2v-up-cardhead *, .w2v-up-text, .w2v-up-stack-label')]
    .filter((one) => one.getClientRects().length)
    .map((one) => [one.className || one.textContent, one.scrollWidth - one.clientWidth, one.textContent])
    .filter(([, over]) => over > 1)"""


@LARGE
def test_in_words_all_eight_cards_fit_and_in_numbers_the_active_card_is_in_sight(
    new_page: Callable[..., Page], app_server: Server, large: bool, subtests: pytest.Subtests
) -> None:
    page = new_page(reduced_motion="reduce")
    come(page, app_server, "One update", large, "preset=royal&epochs=5&t=700&objective=softmax")
    for size in SIZES:
        resize(page, *size)
        with subtests.test("in words all eight cards fit", size=size):
            all_eight_cards_fit(page)
    resize(page, *SIZES[0])
    page.get_by_role("radio", name="numbers").check()
    expect(page.locator(".w2v-update")).to_have_attribute("data-level", "numbers")
    wait_idle(page)
    for width, height in SIZES:
        resize(page, width, height)
        with subtests.test("in numbers the active card is in sight", size=(width, height)):
            the_active_card_is_in_sight(page, height)


@LARGE
def test_in_words_all_eight_cards_of_negative_sampling_fit(
    new_page: Callable[..., Page], app_server: Server, large: bool
) -> None:
    page = new_page(reduced_motion="reduce")
    come(page, app_server, "One update", large, "preset=royal&epochs=5&t=700&objective=negative")
    for size in SIZES:
        resize(page, *size)
        all_eight_cards_fit(page)


def test_words_that_were_drawn_twice_keep_their_names_and_the_loss_its_end(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    """Update 302 has two words that were drawn twice each: the longest row and the longest sum of a usual update."""
    page = new_page(reduced_motion="reduce", viewport={"width": 1024, "height": 768})
    for level in ("numbers", "algebra"):
        open_page(page, f"{app_server.url}/update?preset=royal&t=302&objective=negative&level={level}")
        expect(page.locator(".w2v-update")).to_have_attribute("data-level", level)
        names = page.locator('.w2v-up-row[data-kind="u"] .w2v-up-name')
        expect(names.first).to_be_visible()
        assert names.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth + 1)") == [], level
        page.locator('[data-do="card4"]').evaluate("button => button.click()")
        expect(page.locator('.w2v-up-equation [data-role="loss"]')).to_be_in_viewport(ratio=1)
        cut = "e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]"
        assert max(page.locator(".w2v-up-equation").evaluate(cut)) <= 1, level
    formula = page.locator('[data-do="card4"] .w2v-up-formula')
    assert formula.evaluate("e => e.clientHeight >= 1.45 * parseFloat(getComputedStyle(e).fontSize)"), (
        "y and g are whole"
    )
    page.locator('[data-do="card6"]').evaluate("button => button.click()")
    page.locator(".w2v-up-row", has_text="\u00d72 noise").first.locator(".w2v-up-name").click()
    said = page.locator(".w2v-up-equation")
    expect(said.locator(".w2v-up-algebra")).to_contain_text(re.compile(r" = 2 e\w+ h$"))
    expect(said.locator("th").last).to_contain_text("each of 2 times")


def all_eight_cards_fit(page: Page) -> None:
    ledger = page.locator(".w2v-update")
    expect(ledger).to_have_attribute("data-level", "words")
    assert ledger.evaluate(CUT) == []
    heads = [page.locator(f'[data-do="card{card}"]') for card in range(1, 9)]
    for head in heads:
        expect(head).to_be_in_viewport(ratio=1)
        assert head.evaluate("e => e.scrollHeight - e.clientHeight") <= 1, head.inner_text()


def the_active_card_is_in_sight(page: Page, height: int) -> None:
    for card in (8, 1, 5, 7, 6, 2):
        page.locator(f'[data-do="card{card}"]').evaluate("button => button.click()")
        wait_idle(page)
        expect(page.locator(f'.w2v-up-cardhead[data-card="{card}"]')).to_be_in_viewport(ratio=0.98)
    page.locator('[data-do="card7"]').evaluate("button => button.click()")
    resize(page, 1100, height)
    expect(page.locator('.w2v-up-cardhead[data-card="7"]')).to_be_in_viewport(ratio=0.98)


def test_at_1024_what_is_said_is_not_cut_and_bars_and_loss_have_room(
    new_page: Callable[..., Page], app_server: Server, subtests: pytest.Subtests
) -> None:
    page = new_page(viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    for word in ("king", "princess"):
        open_page(page, f"{app_server.url}/teach?preset=royal&t=700&word={word}")
        for title in ("Training", "Map", "One update", "Start"):
            turn_to(page, title)
            page.locator(".w2v-player").wait_for()
            wait_idle(page)
            for name in (".w2v-plain", ".w2v-way", ".w2v-what", ".w2v-where"):
                for one in page.locator(name).all():
                    if one.is_visible():
                        assert one.evaluate("e => e.scrollWidth - e.clientWidth") <= 1, (title, one.inner_text())
            way = page.locator(".w2v-way")
            if way.is_visible():
                expect(way).to_contain_text("this text allows")
            if (word, title) == ("king", "Training"):
                with subtests.test("bars and loss have room"):
                    bars_and_loss_have_room(page)
            if (word, title) == ("king", "One update"):
                with subtests.test("six rows are in sight"):
                    six_rows_are_in_sight(page)


def bars_and_loss_have_room(page: Page) -> None:
    follow = page.get_by_role("button", name="Follow the text")
    assert "Press to see each center word" in (follow.get_attribute("title") or "")
    bars, loss, whole = (
        page.locator(name).bounding_box() for name in (".w2v-bars .w2v-paper", ".w2v-loss .w2v-paper", ".w2v-player")
    )
    assert bars is not None
    assert loss is not None
    assert whole is not None
    assert bars["height"] >= 6 * 17, "six bars"
    assert loss["height"] >= 90
    assert whole["width"] > 0.95 * 1024


def six_rows_are_in_sight(page: Page) -> None:
    rows = page.locator(".w2v-update").evaluate(
        """e => { const frame = e.querySelector('.w2v-up-scroller').getBoundingClientRect();
            return [...e.querySelectorAll('.w2v-up-rows .w2v-up-row')].map((row) => row.getBoundingClientRect())
                .filter((row) => row.height && row.bottom <= Math.min(frame.bottom, innerHeight) + 1).length; }"""
    )
    assert rows >= 6
