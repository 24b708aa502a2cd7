"""How much is shown: in words for whoever comes, in numbers and algebra for those who ask, on every page, by link."""

import re

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from pages.session.levels import LEVELS
from tests.browser import Server, open_page, wait_player
from tests.browsing import SLOW, link_says, press, rests_at, turn_to, visit
from tests.visitor import choose_level, fine, go, open_settings, record, texts
from tests.visitor import visit as open_app
from w2v import PRESETS, Config

NUMBERS_ONLY = re.compile(r"\bnats?\b|\bloss(es)?\b|(?<![\w.])[vu](?![\w.])|\bfloor\b|worse than", re.IGNORECASE)
EVERYTHING = """() => {
    const said = [];
    const walk = (node) => {
        if (node.nodeType === 3) said.push(node.data);
        if (node.nodeType !== 1 && node.nodeType !== 11) return;
        if (["STYLE", "SCRIPT"].includes(node.nodeName)) return;
        if (node.nodeType === 1 && getComputedStyle(node).display === "none") return;
        for (const name of ["title", "aria-label"]) if (node.getAttribute?.(name)) said.push(node.getAttribute(name));
        if (node.shadowRoot) walk(node.shadowRoot);
        for (const child of node.childNodes) walk(child);
    };
    walk(document.querySelector("section[data-testid=stMain]") ?? document.body);
    return [...said, ...window.painted];
}"""
WATCH_PAINTING = """() => {
    window.painted = [];
    const paint = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        window.painted.push(String(text));
        return paint.call(this, text, ...rest);
    };
}"""


def level_of(at: AppTest) -> str:
    return record(at)[0]["level"]


def test_whoever_comes_sees_words_and_a_link_carries_more() -> None:
    at = fine(open_app(page="training", preset="royal"))
    assert level_of(at) == "words"
    assert "level" not in at.query_params, "the first level needs no word in a link"
    for level in list(LEVELS)[1:]:
        at = fine(open_app(page="training", preset="royal", level=level))
        assert level_of(at) == level
        assert level in at.query_params["level"]
    assert level_of(fine(open_app(page="training", preset="royal", level="everything"))) == "words"
    assert level_of(fine(open_app(page="training", preset="nothing", level="numbers"))) == "numbers"


def test_it_is_chosen_once_for_all_pages() -> None:
    at = fine(open_app(page="training", preset="royal", epochs="2"))
    assert "vectors" not in record(at)[0]["views"]
    fine(at.radio(key="level_choice").set_value("numbers").run())
    assert level_of(at) == "numbers"
    assert "vectors" in record(at)[0]["views"]
    assert "numbers" in at.query_params["level"]
    fine(go(at, "map"))
    assert at.radio(key="map_vectors").value == "v"
    fine(go(at, "update"))
    fine(choose_level(at, "algebra"))
    assert at.radio(key="level_choice").value == "algebra"
    fine(go(at, "training"))
    fine(at.radio(key="level_choice").set_value("words").run())
    fine(go(at, "map"))
    assert "map_vectors" not in [radio.key for radio in at.radio]


@pytest.mark.parametrize(
    ("unit", "page"),
    [
        ("update", "start"),
        ("update", "training"),
        ("update", "map"),
        ("pass", "start"),
        ("pass", "training"),
        ("pass", "map"),
    ],
)
def test_in_words_no_page_speaks_of_nats_or_of_two_vectors(unit: str, page: str) -> None:
    trained = Config(PRESETS["royal"].text, epochs=2, trainer="passes" if unit == "pass" else "steps")
    at, before = open_settings(fine(open_app(trained, page))), ""
    while (said := texts(at)) != before:  # until it is trained, and nothing changes any more
        before, at = said, fine(at.run())
    assert not NUMBERS_ONLY.search(said), said


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/training", "/map"])
def test_in_words_nothing_that_is_drawn_does_either(path: str, page: Page, app_server: Server) -> None:
    page.add_init_script(f"({WATCH_PAINTING})()")
    open_page(page, f"{app_server.url}{path}?preset=royal&epochs=5&t=137&word=king")
    wait_player(page)
    if path == "/training":
        for shown in ("Over time", "Ripple", "Guesses"):
            page.get_by_role("button", name=shown).click()
    said = page.evaluate(EVERYTHING)
    assert any("learned" in text for text in said)
    assert any("P(o | king)" in text for text in said) or path == "/map", "the symbol is taught"
    assert not [text for text in said if NUMBERS_ONLY.search(text)]
    open_page(page, f"{app_server.url}{path}?preset=royal&epochs=5&t=137&word=king&level=numbers")
    wait_player(page)
    assert [text for text in page.evaluate(EVERYTHING) if NUMBERS_ONLY.search(text)], "they were looked for in vain"


@pytest.mark.browser
def test_the_choice_changes_all_that_is_shown_and_nothing_begins_anew(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=5, t=137)
    rests_at(page, 137)
    loss = page.locator('[data-role="loss"]')
    expect(loss).to_have_text("")
    player = wait_player(page)
    player.evaluate("e => { e.kept = true; }")
    page.get_by_test_id("stPopover").filter(has_text="Plain words").click()
    page.get_by_role("dialog").get_by_role("radio", name="Numbers").check(force=True)
    expect(loss).to_contain_text("nats", timeout=SLOW)
    page.keyboard.press("Escape")
    link_says(page, level="numbers", t="137")
    assert player.evaluate("e => e.kept"), "the same player"
    press(page, "forward")
    rests_at(page, 138)
    turn_to(page, "One update")
    expect(page.locator(".w2v-update")).to_have_attribute("data-level", "numbers")
    offered = page.locator('[name="w2v-up-level"]')
    assert offered.evaluate_all("radios => radios.map((radio) => radio.value)") == [*LEVELS]
    page.get_by_role("radio", name="algebra").check()
    link_says(page, level="algebra")
    expect(page.get_by_test_id("stPopover").filter(has_text="Algebra")).to_be_visible()
    page.get_by_test_id("stPopover").filter(has_text="Algebra").click()
    page.get_by_role("dialog").get_by_role("radio", name="Plain words").check(force=True)
    expect(page.locator(".w2v-update")).to_have_attribute("data-level", "words", timeout=SLOW)
    page.keyboard.press("Escape")
    turn_to(page, "Training")
    expect(page.locator('[data-role="loss"]')).to_have_text("")


@pytest.mark.browser
def test_how_wrong_it_guesses_has_a_title_axes_a_legend_and_an_explanation(page: Page, app_server: Server) -> None:
    page.add_init_script(f"({WATCH_PAINTING})()")
    visit(page, app_server, preset="royal", epochs=5, t=137)
    rests_at(page, 137)
    loss = page.locator(".w2v-loss")
    expect(loss.get_by_role("heading")).to_have_text("How wrong it guesses")
    expect(loss.locator('[data-role="legend"]')).to_have_text("updatemean")
    painted = page.evaluate("window.painted")
    assert {"wrong \N{RIGHTWARDS ARROW}", "epoch 5", "as good as this text allows"} <= set(painted)
    assert "grey band shows each update" in (loss.locator(".w2v-paper").get_attribute("title") or "")
