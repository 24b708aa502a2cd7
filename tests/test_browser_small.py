"""All pages in windows of all sizes: what a page is about is in sight together where there is room; on a phone and at
200 % the pages stand by name, the transport stays in sight of the picture; nowhere is anything cut."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, player, wait_idle
from tests.browsing import SLOW, change_theme, visit
from tests.screenshots import PAGES
from tests.test_browser_access import CONTRAST
from tests.test_browser_looks import IN_SIGHT, SIZES, look_for, resize
from tests.test_browser_motion import SPARE
from tests.test_browser_views import glide

pytestmark = pytest.mark.browser

SMALL = {"phone": (390, 844), "200 percent": (720, 450)}
NARROW = (360, 800)
WINDOWS = (SMALL["200 percent"], *SIZES, NARROW, SMALL["phone"])
WORD_IS_OPTIONAL = ("Training", "Map", "One update", "Start")  # without one other things stand there
SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map((scrolled) => scrolled.scrollWidth - scrolled.clientWidth)"""
SCROLL_TOP = "document.querySelector('[data-testid=stMain]').scrollTop"
# Scrolls so far that the picture stands right under the page's header; then where picture and buttons are.
SCROLLED = """(root, picture) => {
    const main = document.querySelector('[data-testid=stMain]');
    const head = document.querySelector('[data-testid=stHeader]').getBoundingClientRect().bottom;
    main.scrollBy(0, root.querySelector(picture).getBoundingClientRect().top - head - 4);
    const box = (name) => { const { top, bottom } = root.querySelector(name).getBoundingClientRect();
        return [top, bottom]; };
    return { head, picture: box(picture), scrubber: box('.w2v-scrubber'), play: box('[data-action=play]') };
}"""


# Scrolls until the part of a component stands in the middle of what is in sight; says whether Play can be pressed then.
PLAY_BESIDE = """([part, play]) => {
    const find = (name) => {
        const roots = [document, ...[...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean)];
        return roots.map((root) => root.querySelector(name)).find(Boolean);
    };
    find(part).scrollIntoView({ block: 'center', behavior: 'instant' });
    const [picture, button] = [find(part), find(play)].map((e) => e.getBoundingClientRect());
    const [x, y] = [button.left + button.width / 2, button.top + button.height / 2];
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot?.elementFromPoint(x, y)) hit = hit.shadowRoot.elementFromPoint(x, y);
    const free = Math.min(picture.bottom, innerHeight) - Math.max(picture.top, 0);
    return { pressed: Boolean(hit?.closest(play)), free };
}"""


# Room is kept for them while they are on their way: on Start, Text and windows, Training, Map, One update.
PICTURES = ("update_training", "update_start", "update_map", "update_update", "ledger", "windows")

NAMES = tuple(PAGES.values())
PATHS = ("", *list(PAGES)[1:])  # Start has none
PLAYERS = ("", "training", "map")
WITH_PICTURES = ("", "text", "training", "map", "update")
PARTS = {
    "": (".w2v-map-canvas", ".w2v-bars"),
    "text": (".w2v-wv-box", ".w2v-wv-paper"),
    "training": (".w2v-map-canvas", ".w2v-bars", ".w2v-loss"),
    "map": (".w2v-map-canvas",),
    "update": (".w2v-up-scroller",),
    "words": (".w2v-wp-paper",),
    "compare": (),
    "variants": (),
    "lessons": (),
    "teach": (),
}


@pytest.mark.long
def test_every_page_in_windows_of_all_sizes(
    new_page: Callable[..., Page], app_server: Server, subtests: pytest.Subtests
) -> None:
    """One visit without a word. Pages open by turns on a phone and at 200 %, and are made larger and smaller there."""
    page = new_page(reduced_motion="reduce", color_scheme="dark")
    visit(page, app_server, preset="royal", t=700)
    for size in SIZES:
        with subtests.test("in sight together in the dark", window=size):
            resize(page, *size)
            look_for(page, "Training")
    change_theme(page, "light")
    themes = ["light", "dark"]
    windows = list(WINDOWS)
    roomy = set()
    resize(page, *windows[0])
    for path, title in zip(PATHS, NAMES, strict=True):
        turn_to_by_name(page, path, title)
        for width, height in windows:
            resize(page, width, height)
            if PARTS[path]:
                page.locator(play_of(path)).wait_for()
            wait_idle(page, settle=0.5)
            where = {"path": path, "window": (width, height)}
            with subtests.test("nothing scrolls sideways", **where):
                assert page.evaluate(SIDEWAYS) == [0, 0]
            if (width, height) == SIZES[0] and title in WORD_IS_OPTIONAL:
                for theme in themes:
                    change_theme(page, theme)
                    with subtests.test("words stand out without a word chosen", theme=theme, **where):
                        assert page.evaluate(CONTRAST) == []
                themes.reverse()
            if (width, height) in SIZES and IN_SIGHT[title]:
                with subtests.test("in sight together", **where):
                    look_for(page, title)
            if (width, height) in SIZES and path in WITH_PICTURES:
                with subtests.test("no more room is kept than is needed", **where):
                    places = page.evaluate(SPARE)
                    assert places
                    assert all(-1 <= spare <= 2 for _, spare in places), places
                    roomy |= {(name, width) for name, _ in places}
            if (width, height) in SIZES and path == "text":
                with subtests.test("where the pages stand in a row they stand there once", **where):
                    expect(page.get_by_test_id("stTopNavLink")).to_have_count(len(NAMES))
                    for link in page.get_by_test_id("stPageLink-NavLink").all():
                        expect(link).to_be_hidden()
            if (width, height) in SMALL.values():
                in_a_small_window(page, path, title, subtests)
            page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
        windows.reverse()
    with subtests.test("room is kept for every picture"):
        assert {(name, width) for name in PICTURES for width, _ in SIZES} <= roomy


def turn_to_by_name(page: Page, path: str, title: str) -> None:
    """Change the page by the names that stand for the pages where there is no room for a row of links."""
    page.get_by_test_id("stPageLink-NavLink").get_by_text(title.split(" and ")[0], exact=True).click()
    page.wait_for_url(re.compile(rf"//[^/]+/{path}\?"))
    wait_idle(page)


def in_a_small_window(page: Page, path: str, title: str, subtests: pytest.Subtests) -> None:
    assert page.viewport_size is not None
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    where = {"path": path, "window": (width, height)}
    if path in PLAYERS:
        with subtests.test("the transport stays in sight of the map", **where):
            the_transport_stays_in_sight_of_the_map(page, height)
    with subtests.test("Play can be pressed wherever one looks", **where):
        for part in PARTS[path]:
            seen = page.evaluate(PLAY_BESIDE, [part, play_of(path)])
            assert seen["pressed"], part
            assert seen["free"] > 100, part
    with subtests.test("the navigation keeps its labels", **where):
        the_navigation_keeps_its_labels(page, title, width)


def play_of(path: str) -> str:
    return ".w2v-wv-play" if path == "text" else '[data-action="play"]'


def the_transport_stays_in_sight_of_the_map(page: Page, height: int) -> None:
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
    page.locator('[data-action="speed"]').blur()


def test_tab_leads_through_the_map_and_its_tools_as_they_are_seen(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    visit(page, app_server, "/map", preset="royal", t=700, word="king")
    canvas, find = page.locator(".w2v-map-canvas"), page.get_by_placeholder("Find a word")
    canvas.focus()
    page.keyboard.press("Tab")
    expect(find).to_be_focused()  # below the map
    page.set_viewport_size({"width": 1024, "height": 768})
    wait_idle(page)
    expect(find).to_be_focused()  # what has the focus keeps it
    find.blur()
    page.set_viewport_size({"width": 1100, "height": 768})
    wait_idle(page)
    page.locator(".w2v-map .w2v-tools button").last.focus()
    page.keyboard.press("Tab")
    expect(canvas).to_be_focused()  # below the tools


@pytest.mark.parametrize("setting", [{}, {"architecture": "cbow"}, {"objective": "hierarchical"}])
def test_equations_are_whole_on_a_small_screen(
    new_page: Callable[..., Page], app_server: Server, setting: dict[str, str]
) -> None:
    page = new_page(viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    visit(page, app_server, "/update", preset="royal", t=700, word="king", level="algebra", epochs=5, **setting)
    equations = page.locator(".katex-display")
    expect(equations.nth(6)).to_be_attached(timeout=SLOW)
    cut = equations.evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
    assert max(cut) <= 4, "pixels, of rounding"


# Where each of these names stands in the navigation, and whether all of it can be read: null when it is not there.
LABELS = """(names) => {
    const links = [...document.querySelectorAll('[data-testid=stPageLink-NavLink]')];
    return names.map((name) => {
        const within = (e) => [...e.children].map(within).find(Boolean) ?? (e.textContent.trim() === name ? e : null);
        const label = links.map(within).find(Boolean);
        if (!label?.checkVisibility()) return null;
        const { x, y, right, bottom } = label.getBoundingClientRect();
        return { x, y, right, bottom, whole: label.scrollWidth <= label.clientWidth + 1 };
    });
}"""


def the_navigation_keeps_its_labels(page: Page, title: str, width: int) -> None:
    head = page.get_by_test_id("stHeader").bounding_box()
    assert head is not None
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 300)")
    names = [name.split(" and ")[0] for name in NAMES]  # as they are called there
    labels = page.evaluate(LABELS, names)
    for name, label in zip(names, labels, strict=True):
        assert label is not None, name
        assert label["x"] >= 0, name
        assert label["right"] <= width, name
        assert label["y"] >= 0, name
        assert label["bottom"] <= head["y"] + head["height"], name
        assert label["whole"], name
    assert len({(label["x"], label["y"]) for label in labels}) == len(NAMES)
    assert page.get_by_test_id("stExpandSidebarButton").is_hidden()
    page.get_by_test_id("stPageLink-NavLink").get_by_text(title.split(" and ")[0], exact=True).click(trial=True)


def test_the_sentence_of_each_card_is_whole_on_a_phone(new_page: Callable[..., Page], app_server: Server) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    visit(page, app_server, "/update", preset="royal", t=700)
    for card in range(1, 9):
        page.locator(f'[data-do="card{card}"]').evaluate("button => button.click()")
        for name in (".w2v-up-equation", ".w2v-up-sentence", ".w2v-up-caption"):
            cut = page.locator(name).evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]")
            assert max(cut) <= 1, (card, name, cut)


def test_the_first_look_on_a_phone_shows_a_good_part_of_the_map(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(reduced_motion="reduce")
    for (width, height), level, t in product((NARROW, SMALL["phone"]), ("words", "numbers"), ("700", "0")):
        page.set_viewport_size({"width": width, "height": height})
        visit(page, app_server, preset="royal", epochs="10", word="king", t=t, level=level)
        seen = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
        assert seen == 0, "nobody has scrolled"
        top, bottom = (page.locator(part).bounding_box() for part in (".w2v-map-canvas", ".w2v-scrubber"))
        assert top is not None
        assert bottom is not None
        assert bottom["y"] - top["y"] >= 190, (width, level, t)
        tabs = page.locator(".w2v-side .w2v-segments")
        assert tabs.evaluate("e => e.scrollWidth - e.clientWidth") <= 0, "the names of what stands there are whole"
    for name in ("level", "share", "settings_menu"):  # in one row, with their whole names
        button = page.locator(f".st-key-{name} button")
        assert button.locator("p").evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert button.bounding_box()["y"] == page.locator(".st-key-level button").bounding_box()["y"]  # type: ignore[index]


def test_a_long_word_does_not_break_the_row_of_the_transport_nor_are_words_cut_beside_the_settings(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(viewport={"width": 1024, "height": 768})
    visit(page, app_server, preset="days_months", word="wednesday", level="numbers")
    box = page.locator(".w2v-controls").bounding_box()
    play = page.locator('[data-action="play"]').bounding_box()
    assert box is not None
    assert play is not None
    assert box["height"] < play["height"] + 4
    following = page.locator('[data-action="next-with-word"]').bounding_box()
    assert following is not None
    assert following["x"] + following["width"] <= box["x"] + box["width"] + 1
    page.locator(".st-key-settings_menu button").first.click()  # which takes a third of the window
    expect(page.locator('[data-action="go-to"]')).to_be_hidden()
    box = page.locator(".w2v-controls").bounding_box()
    assert box is not None
    assert box["height"] < play["height"] + 4
    cut = page.locator('[data-action="next-with-word"]').evaluate("e => e.scrollWidth - e.clientWidth")
    assert cut <= 0, "the word is whole"
    tools = page.locator(".w2v-map .w2v-tools").evaluate("e => e.scrollWidth - e.clientWidth")
    assert tools <= 0, "the tools of the map stay beside what is right of it"
    visit(page, app_server, preset="royal", word="king", level="numbers", t=700)
    page.locator(".st-key-settings_menu button").first.click()
    expect(page.locator('[data-action="go-to"]')).to_be_hidden()
    wait_idle(page)
    chosen = page.get_by_test_id("stPopoverBody").get_by_role("combobox", name="model").first
    expect(chosen).to_have_value("center \u2192 context (skip-gram)")
    for what in (chosen, *map(page.locator, (".w2v-bars .w2v-readout", ".w2v-side .w2v-segments", ".w2v-what"))):
        cut = what.evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]")
        assert max(cut) <= 1, (what, cut)
    expect(page.locator(".w2v-cost")).to_have_text("loss 3.15 nats")
    assert page.locator(".w2v-cost").evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_after_a_speed_was_chosen_the_first_press_of_play_counts(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(viewport={"width": 720, "height": 450}, reduced_motion="reduce")
    visit(page, app_server, preset="royal", t=700)
    speed, play = page.locator('[data-action="speed"]'), page.locator('[data-action="play"]')
    speed.focus()
    expect(player(page)).to_have_attribute("data-playing", "false")
    play.click(delay=150)  # milliseconds; pressed, it takes the focus from the row for which the transport had risen
    expect(player(page)).to_have_attribute("data-playing", "true")


def test_fingers_scroll_past_a_picture_of_plotly_and_to_its_other_half(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visit(page, app_server, "/map", preset="royal", epochs="1")
    page.get_by_role("button", name="Open vectors or a run").tap()
    lines = [f"word{i} {i % 7} {i % 5} {i % 3}" for i in range(60)]
    file = {"name": "v.txt", "mimeType": "text/plain", "buffer": "\n".join(["60 3", *lines]).encode()}
    page.locator("input[type=file]").set_input_files([file])
    wide = page.locator(".st-key-opened_map")
    expect(wide.locator(".textpoint").first).to_be_visible(timeout=SLOW)
    says = "e => getComputedStyle(e, '::before').content"
    assert wide.evaluate(says) == '"Wider than the window: move it sideways."'
    wide.evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
    wait_idle(page)
    session = page.context.new_cdp_session(page)
    shown = "e => [...e.querySelector('.js-plotly-plot')._fullLayout.xaxis.range]"
    before, rest = wide.evaluate(shown), page.evaluate(SCROLL_TOP)
    box = wide.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    glide(session, page, ((320, y), (80, y)))
    page.wait_for_function("document.querySelector('.st-key-opened_map').scrollLeft > 100")
    glide(session, page, ((200, y), (200, y - 150)))
    page.wait_for_function(f"{SCROLL_TOP} > {rest + 50}")
    assert wide.evaluate(shown) == before, "no finger has zoomed"
    page.set_viewport_size({"width": 1440, "height": 900})
    assert wide.evaluate(says) == "none"


@pytest.mark.parametrize(
    ("path", "button", "said"),
    [("/text", "Upload a text file", "is an archive"), ("/map", "Open vectors or a run", "is damaged or locked")],
)
def test_why_a_file_is_refused_is_in_sight_on_a_phone(
    new_page: Callable[..., Page], app_server: Server, path: str, button: str, said: str
) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    open_page(page, f"{app_server.url}{path}?preset=royal&epochs=1")
    page.get_by_role("button", name=button).click()
    file = {"name": "essay.docx", "mimeType": "", "buffer": b"PK\x03\x04\x00\x00 a text"}
    page.locator("input[type=file]").set_input_files([file])
    expect(page.get_by_test_id("stPopoverBody").get_by_text(said)).to_be_in_viewport(ratio=1, timeout=SLOW)
