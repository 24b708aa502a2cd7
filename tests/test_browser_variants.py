"""Variants in a real browser, one visit: opened by a link, gone through by keyboard alone, with words like markup."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser import Server, open_page, wait_idle, wait_player
from tests.browsing import SLOW, link_says, rests_at
from tests.hostile import MARKUP
from w2v import Config

pytestmark = pytest.mark.browser

BOLD, PLAIN, IMAGE = "<b>zqbold</b>", "zqplain", "![zqimage](http://zqhost.example/x.png)"
MOST_STOPS = 40  # presses of Tab on the way to something
FOCUSED = """() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const { left, top, right, bottom } = at.getBoundingClientRect();
    return {
        what: at.getAttribute("aria-label") || at.textContent,
        marked: at.matches(":focus-visible"),
        inWindow: left < innerWidth && top < innerHeight && right > 0 && bottom > 0,
    };
}"""


def test_variants_opens_by_link_is_gone_through_by_keyboard_and_shows_words_as_they_are(
    page: Page, app_server: Server
) -> None:
    called: list[str] = []

    def note(request: Request) -> None:
        if "zqhost" in request.url:
            called.append(request.url)

    page.on("request", note)
    few = " ".join(MARKUP.split()[:20])  # each leaf of their tree has its name
    config = Config(f"{few}\n{few}", epochs=2, pretokenized=True)
    link = config.to_query() | {"t": "30", "word": BOLD, "part": "vectors"}
    open_page(page, f"{app_server.url}/variants?{urlencode(link)}")
    wait_player(page)

    # opened by a link: the part, the word and the moment
    expect(page.get_by_role("radio", name="One vector or two")).to_have_attribute("aria-checked", "true", timeout=SLOW)
    expect(
        said(page, f"\N{LEFT DOUBLE QUOTATION MARK}{BOLD}\N{RIGHT DOUBLE QUOTATION MARK} has two rows")
    ).to_be_visible(timeout=SLOW)
    expect(said(page, "Update 30: ")).to_be_visible(timeout=SLOW)
    rests_at(page, 30)
    link_says(page, part="vectors", word=BOLD)
    expect(page.locator(".js-plotly-plot .ytick").filter(has_text=BOLD)).to_have_count(1)

    # another word and another moment, by keyboard: the focus stays where it was
    box = page.get_by_role("combobox", name="Word")
    tab_to(page, box)
    box.fill("zqgiraffe")
    page.keyboard.press("Enter")
    expect(said(page, "zqgiraffe is not among the ")).to_be_visible(timeout=SLOW)
    box.fill(PLAIN)
    page.keyboard.press("Enter")
    link_says(page, word=PLAIN)
    expect(
        said(page, f"\N{LEFT DOUBLE QUOTATION MARK}{PLAIN}\N{RIGHT DOUBLE QUOTATION MARK} has two rows")
    ).to_be_visible(timeout=SLOW)
    expect(box).to_be_focused()
    forward = page.locator('[data-action="forward"]')
    tab_to(page, forward)
    page.keyboard.press("Enter")
    rests_at(page, 31)
    expect(said(page, "Update 31: ")).to_be_visible(timeout=SLOW)
    expect(forward).to_be_focused()

    # every part, by keyboard, with its picture and with words that are only words
    for name, part, shows, literal in (
        ("A first attempt", "first-attempt", "answers of this network", BOLD),
        ("Scores and counts", "pmi", "pairs of words meet in the text", PLAIN),
        ("Two ways", None, "What this one pair moves", None),
    ):
        radio = page.get_by_role("radio", name=name)
        radio.focus()
        page.keyboard.press("Enter")
        link_says(page, part=part, word=PLAIN, t="31")
        expect(said(page, shows)).to_be_visible(timeout=SLOW)
        expect(radio).to_be_focused()
        if literal is not None:
            expect(page.locator(".js-plotly-plot text").filter(has_text=literal).first).to_be_visible(timeout=SLOW)

    # both models are chosen by keyboard; the tree has all words as they are
    other = page.get_by_role("combobox", name="The other")
    tab_to(page, other)
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Hierarchical softmax").wait_for()
    page.keyboard.type("Hier")
    page.keyboard.press("Enter")
    link_says(page, other="hierarchical")
    expect(other).to_be_focused()
    tree = page.locator(".js-plotly-plot .textpoint")
    for word in (BOLD, IMAGE, ":material/zqicon:"):
        expect(tree.filter(has_text=word)).to_have_count(1, timeout=SLOW)
    wait_idle(page)

    # in presentation the picture and its sentence stay
    other.blur()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Leave (Esc)")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("heading", name="Two ways")).to_be_hidden()
    expect(said(page, "What this one pair moves")).to_be_visible()
    expect(tree.first).to_be_visible()
    assert page.locator("b").filter(has_text="zqbold").count() == 0
    assert page.locator("img[src*=zq], a[href*=zq]").count() == 0
    assert called == []


def said(page: Page, begins: str) -> Locator:
    """A plain sentence on the page."""
    return page.get_by_test_id("stText").filter(has_text=begins).first


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus; at every stop one must see where it is."""
    element = wanted.element_handle()  # to look for it each time would be more work than all else
    for _ in range(MOST_STOPS):
        if element.evaluate("element => element.matches(':focus')"):
            return
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["marked"], at
        assert at["inWindow"], at
    raise AssertionError(f"Tab does not lead to {wanted}")
