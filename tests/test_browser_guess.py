"""You are the model in a real browser: bars by keyboard and by mouse, the reveal, and the lesson that asks for it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Server, open_page, wait_idle, wait_player
from tests.browsing import SLOW, link_says

pytestmark = pytest.mark.browser


def points(slider: Locator) -> float:
    """What a bar says, in points of a hundred."""
    return float((slider.get_attribute("aria-valuetext") or "").rstrip("\u00a0%"))


def says(slider: Locator, share: str) -> None:
    expect(slider).to_have_attribute("aria-valuetext", f"{share}\u00a0%")


def a_lesson_asks_for_bars(page: Page, app_server: Server) -> None:
    """By keyboard alone; Enter right after the last key commits what that key did."""
    open_page(page, f"{app_server.url}/training?guide=guessing-3")
    commit = page.locator(".st-key-guide_on button")
    expect(commit).to_be_disabled(timeout=SLOW)
    bars = page.locator(".st-key-guide_answer").get_by_role("slider")
    page.keyboard.press("Shift")  # whoever uses keys finds the first bar at once
    expect(bars.first).to_be_focused(timeout=SLOW)
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(bars.nth(4)).to_have_attribute("aria-label", "\u201cthe\u201d")
    expect(bars.nth(4)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(commit).to_be_enabled(timeout=SLOW)
    page.keyboard.press("PageUp")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-guide")).to_contain_text("\u201cthe\u201d 40 %", timeout=SLOW)
    expect(page.locator(".st-key-guide")).to_contain_text("Right.")


def test_bars_are_dragged_and_committed_by_keyboard_and_by_mouse(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/lessons?preset=royal&word=king&part=model")
    bars = page.get_by_role("group", name="How likely is each word near").get_by_role("slider")
    expect(bars).to_have_count(9, timeout=SLOW)
    crowns, the, others = (page.get_by_role("slider", name=name, exact=True) for name in ("crowns", "the", "19 others"))
    says(crowns, "3.7")
    assert 400 / 9 > min(bar.bounding_box()["height"] for bar in bars.all()) >= 44  # type: ignore[index]

    crowns.focus()
    for key in ("ArrowRight", "ArrowUp", "PageUp", "Shift+ArrowRight"):
        page.keyboard.press(key)
    says(crowns, "20")
    says(others, "54")
    page.keyboard.press("End")
    says(others, "0.1")
    page.keyboard.press("Home")
    says(crowns, "0.1")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    says(others, "54")
    groove = the.locator(".w2v-gs-groove").bounding_box()
    assert groove is not None
    y = groove["y"] + groove["height"] / 2
    page.mouse.move(groove["x"] + 4, y)
    page.mouse.down()
    page.mouse.move(groove["x"] + 0.9 * groove["width"], y)
    page.mouse.move(groove["x"] + 0.3 * groove["width"], y)
    page.mouse.up()
    says(the, "30")
    says(crowns, "20")
    assert sum(points(bar) for bar in bars.all()) == pytest.approx(100, abs=2)
    wait_idle(page)

    page.get_by_role("button", name="Commit my guess").focus()
    page.keyboard.press("Enter")
    readout = page.locator('.w2v-guess [data-role="readout"]')
    expect(readout).to_contain_text("The model guesses better than you", timeout=SLOW)
    expect(bars).to_have_count(0)
    row = page.locator(".w2v-gs-row", has_text="crowns")
    expect(row).to_contain_text("20\u00a0%")
    expect(row).to_contain_text("17\u00a0%")
    model = page.locator('.w2v-guess tr[data-kind="model"]')
    before = model.text_content()
    wait_player(page)
    page.locator('[data-action="start"]').click()
    expect(model).not_to_have_text(before or "", timeout=SLOW)
    expect(model).to_contain_text("before the first update")
    link_says(page, part="model", word="king", t="0")
    a_lesson_asks_for_bars(page, app_server)
