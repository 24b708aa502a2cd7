"""Space plays wherever the last click was; only what was reached with the keyboard, and a text box, keep it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, player, wait_idle
from tests.browsing import SLOW, visit

pytestmark = pytest.mark.browser


def space_plays(page: Page) -> None:
    """Space begins to play, and Space again pauses."""
    for playing in ("true", "false"):
        page.keyboard.press("Space")
        expect(player(page)).to_have_attribute("data-playing", playing)
    wait_idle(page)


def test_space_plays_after_clicks_anywhere(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=5)
    for button in ("Over time", "Zoom in", "One update forward (right arrow)", "Ripple"):
        page.get_by_role("button", name=button, exact=True).click()
        space_plays(page)
    page.locator("[data-action=speed]").click()
    page.keyboard.press("Escape")
    space_plays(page)
    expect(page.get_by_role("button", name="Ripple")).to_have_attribute("aria-pressed", "true")
    page.get_by_text("A still picture (t-SNE)").click()
    expect(page.locator(".w2v-caption")).to_contain_text("t-SNE", timeout=2 * SLOW)
    wait_idle(page)
    space_plays(page)
    page.get_by_text("One fixed view (PCA)").click()
    wait_idle(page)
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    space_plays(page)
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.get_by_test_id("stTopNavLink").get_by_text("One update", exact=True).click()
    wait_idle(page)
    space_plays(page)


def test_a_button_reached_by_tab_and_a_text_box_keep_their_space(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=5)
    page.get_by_role("button", name="Guesses").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Over time")).to_have_attribute("aria-pressed", "true")
    expect(player(page)).to_have_attribute("data-playing", "false")
    box = page.locator("[data-action=find-word]")
    box.click()
    page.keyboard.press("Space")
    expect(box).to_have_value(" ")
    expect(player(page)).to_have_attribute("data-playing", "false")
    page.get_by_role("button", name="Settings").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    expect(player(page)).to_have_attribute("data-playing", "false")
