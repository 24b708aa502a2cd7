"""What everybody must be able to see and reach: sizes, themes, the keyboard, calm for those who asked for it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Server, player, wait_idle
from tests.browsing import SLOW, ask, data, open_text_page, press, rests_at, turn_to, visit

pytestmark = pytest.mark.browser

IS_DARK = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor === 'rgb(14, 19, 26)'"
SIZES = ((1440, 900), (1024, 768))


def resize(page: Page, width: int, height: int) -> None:
    """Change the size of the window and wait until the page has followed."""
    page.set_viewport_size({"width": width, "height": height})
    wait_idle(page)


def inside(page: Page, element: Locator, what: str) -> None:
    """The element lies wholly inside the window, without scrolling."""
    size = page.viewport_size
    box = element.bounding_box()
    assert size is not None
    assert box is not None, f"{what} is not shown"
    assert box["x"] >= 0, f"{what} begins left of the window: {box}"
    assert box["x"] + box["width"] <= size["width"] + 0.5, f"{what} ends right of the window: {box}"
    assert box["y"] >= 0, f"{what} begins above the window: {box}"
    assert box["y"] + box["height"] <= size["height"] + 0.5, f"{what} ends below the window of {size}: {box}"


PLAY = ('[data-action="play"]', "the Play button")
IN_SIGHT = {
    "Training": (
        (".w2v-map-canvas", "the map"),
        (".w2v-bars", "the bars"),
        ('.w2v-bars [data-role="readout"]', "the sentence under the bars"),
        (".w2v-loss", "the loss"),
        ('[data-action="scrub"]', "the scrubber"),
        PLAY,
        ('[data-action="forward"]', "the button for one update forward"),
    ),
    "Map": (),
    "One update": (PLAY,),
    "Words": (PLAY,),
    "Compare": (),
    "Variants": (PLAY,),
    "Start": (PLAY,),
    "Text and windows": (
        (".w2v-wv-box", "the text"),
        (".w2v-wv-pairs", "the pairs"),
        (".w2v-wv-paper", "the counts"),
        ('.w2v-wv-reading [data-role="readout"]', "the sentence under the window"),
        (".w2v-wv-transport .w2v-wv-play", "the Play button"),
    ),
    "Lessons": (),
    "Teach": (),
}


def look_for(page: Page, title: str) -> None:
    """What the page is about is in sight, all of it together."""
    for name, what in IN_SIGHT[title]:
        inside(page, page.locator(name).first, f"{what} of {title}")
    if title == "Text and windows":
        assert page.locator(".w2v-wv-box").bounding_box()["height"] > 120  # type: ignore[index]


FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const style = getComputedStyle(at);
    return {
        action: at.dataset?.action ?? at.dataset?.do ?? '',
        name: at.getAttribute('aria-label') || at.textContent.trim().slice(0, 40),
        seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
    };
}"""


def tab_to(page: Page, action: str, most: int = 60) -> dict[str, Any]:
    """Press Tab until the button has the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["action"] == action:
            return dict(focused)
        passed.append(focused["name"])
    raise AssertionError(f"{action} was not reached by Tab; passed: {passed}")


def test_the_keyboard_alone_reaches_play_and_space_presses_it(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", word="king")
    assert tab_to(page, "play")["seen"], "one sees where the focus is"
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "true")
    expect(player(page)).not_to_have_attribute("data-t", "0")
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "false")
    rests_at(page, int(data(page, "t")))
    wait_idle(page)
    assert page.evaluate(FOCUSED)["action"] == "play", "what Python then shows does not take the focus away"
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    t = int(data(page, "t"))
    assert tab_to(page, "forward", 3)["seen"]
    page.keyboard.press("Enter")
    rests_at(page, t + 1)


def test_the_windows_can_be_played_by_keyboard(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    view = page.locator(".w2v-windows")
    expect(view).to_have_attribute("data-k", "0")
    assert tab_to(page, "play")["seen"]
    page.keyboard.press("ArrowRight")
    expect(view).to_have_attribute("data-k", "1")
    page.keyboard.press("Space")
    expect(view).to_have_attribute("data-playing", "true")
    expect(view).not_to_have_attribute("data-k", "1")
    page.keyboard.press("Space")
    expect(view).to_have_attribute("data-playing", "false")
    page.keyboard.press("End")
    expect(view).to_have_attribute("data-k", "90")  # of the calendar's 91 words


def test_with_reduced_motion_nothing_plays_by_itself_and_steps_are_instant(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(reduced_motion="reduce")
    visit(page, app_server, preset="royal")
    for title in ("Start", "Training"):
        turn_to(page, title)
        wait_idle(page, settle=1.0)
        assert data(page, "playing") == "false"
        assert data(page, "t") == "0"
    before = ask(page, "p.positions()")
    press(page, "forward")
    rests_at(page, 1)
    after = ask(page, "p.positions()")
    assert after != before
    wait_idle(page, settle=0.5)
    assert ask(page, "p.positions()") == after, "no gliding afterwards"
    press(page, "play")
    expect(player(page)).not_to_have_attribute("data-t", "1", timeout=SLOW)
    press(page, "play")
    expect(player(page)).to_have_attribute("data-playing", "false")


def test_a_change_of_theme_keeps_the_moment(new_page: Callable[..., Page], app_server: Server) -> None:
    page = new_page(color_scheme="light")
    visit(page, app_server, preset="royal", epochs=5, t=300, word="queen")
    bars = page.locator(".w2v-bars canvas")
    light = bars.evaluate("canvas => canvas.toDataURL()")
    chosen = data(page, "word")
    page.emulate_media(color_scheme="dark")
    wait_idle(page, settle=0.6)
    page.wait_for_function(IS_DARK)
    wait_idle(page, settle=0.6)
    assert (data(page, "t"), data(page, "word")) == ("300", chosen)
    assert bars.evaluate("canvas => canvas.toDataURL()") != light
