"""axe-core finds nothing serious on any page: in both themes, with the settings and all folded parts open. Words stand
out from their ground. Every page has a title of its own, one heading of the first level and others for its parts, and
one sees where the focus is."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, wait_idle
from tests.browsing import change_theme, link_says, turn_to, visit
from tests.screenshots import PAGES as TITLES

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PAGES = tuple(sorted(TITLES.values(), key=lambda title: title == "Training"))  # which is gone on with
PICTURES = {"text": "Text and windows", "training": "Training", "map": "Map", "update": "One update"}
GRAVE = ("serious", "critical")
# Inside Streamlit's own DOM and not ours to mend: (rule, last part of the selector).
EXCUSED = {
    # Equations scroll sideways where they are wide. Chromium lets the Tab key reach whatever scrolls, since version
    # 130; axe asks for a tabindex, which Streamlit's KaTeX does not set.
    ("scrollable-region-focusable", ".katex-display"),
}


def findings(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now, shadow roots included: one line for each element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    report = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    assert len(report["passes"]) > 15, "axe has looked at the page"
    found = []
    for rule in report["violations"]:
        if rule["impact"] not in GRAVE:
            continue
        for node in rule["nodes"]:
            last = node["target"][-1]
            place = (last if isinstance(last, str) else last[-1]).split()[-1]
            if (rule["id"], place) not in EXCUSED:
                found.append(f"{rule['impact']}: {rule['id']}: {node['html'][:160]} ({place})")
    return found


FOLDED = '[data-testid="stExpander"] details:not([open]) > summary'


def unfold(page: Page) -> None:
    """Open everything that is folded away."""
    folded = page.locator(FOLDED)
    for number in reversed(range(folded.count())):
        folded.nth(number).click()
    wait_idle(page, settle=0.5)


HEADINGS = """() => {
    const found = [];
    const look = (root) => {
        for (const el of root.querySelectorAll('*')) {
            if (/^H[1-6]$/.test(el.tagName) && el.checkVisibility()) {
                found.push([Number(el.tagName[1]), el.textContent.trim()]);
            }
            if (el.shadowRoot) look(el.shadowRoot);
        }
    };
    look(document);
    return found;
}"""
FIRST = {"Start": "Watch a computer learn what words mean", "Teach": "Teach with this"}  # others: as in the navigation


def has_one_first_heading(page: Page, title: str) -> None:
    """One heading of the first level stands before those of the parts, of which none leaves a level out."""
    wait_idle(page, settle=0.5)
    found = page.evaluate(HEADINGS)
    levels = [level for level, _ in found]
    assert found[0] == [1, FIRST.get(title, title)], found
    assert levels.count(1) == 1, found
    assert levels.count(2) > 0, found
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), found


CONTRAST = """() => {
    // Words whose contrast to their background is below 4.5 (3 for large ones), as WCAG 2 reckons it.
    const PASSED_OVER = '[aria-disabled=true], :disabled, option, canvas, .katex-mathml, [aria-hidden=true]';
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    const read = (color) => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = color;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = (top, below) => {
        const a = top[3] + below[3] * (1 - top[3]);
        return [0, 1, 2].map(i => (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / (a || 1)).concat(a);
    };
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const parent = (el) => el.parentElement || (el.getRootNode().host ?? null);
    const behind = (el) => {
        let color = [0, 0, 0, 0];
        for (let at = el; at && color[3] < 0.999; at = parent(at)) {
            color = over(color, read(getComputedStyle(at).backgroundColor));
        }
        return color[3] < 0.999 ? over(color, read(getComputedStyle(document.body).backgroundColor)) : color;
    };
    const faint = [];
    const look = (root) => {
        for (const el of root.querySelectorAll('*')) {
            if (el.shadowRoot) look(el.shadowRoot);
            const own = [...el.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join('');
            if (!own || el.closest(PASSED_OVER)) continue;
            if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            const style = getComputedStyle(el);
            const box = el.getBoundingClientRect();
            if (box.width < 2 || box.height < 2 || style.clipPath !== 'none') continue;
            let opacity = 1;
            for (let at = el; at; at = parent(at)) opacity *= Number(getComputedStyle(at).opacity);
            const back = behind(el);
            const ink = read(style.color);
            const shown = over([...ink.slice(0, 3), ink[3] * opacity], back);
            const [a, b] = [light(shown), light(back)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.6 && style.fontWeight >= 700);
            if (ratio < (large ? 3 : 4.5)) faint.push(`${own.slice(0, 40)}: ${ratio.toFixed(2)}`);
        }
    };
    look(document);
    return [...new Set(faint)];
}"""
GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def wear(page: Page, theme: str) -> None:
    """Change the theme, if the page wears another."""
    is_dark = max(int(c) for c in page.evaluate(GROUND)[4:-1].split(",")) < 60
    if is_dark != (theme == "dark"):
        change_theme(page, theme)


@pytest.mark.long
def test_every_page_has_a_heading_and_a_title_words_stand_out_and_axe_finds_nothing_serious(
    page: Page, app_server: Server
) -> None:
    """One visit of all pages, each with all that is folded on it open, in the theme of the one before and the other.

    How words stand out where none is chosen is seen in test_browser_small.py.
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    visit(page, app_server, preset="royal", t=700, word="king")
    found: dict[str, list[str]] = {}
    faint: dict[str, list[str]] = {}
    themes = ["light", "dark"]
    for title in PAGES:
        turn_to(page, title)
        has_one_first_heading(page, title)
        assert page.title() == f"{title} \u00b7 Watch word2vec learn"
        unfold(page)
        for theme in themes:
            wear(page, theme)
            assert page.locator(FOLDED).count() == 0
            faint[f"{title}, {theme}"] = page.evaluate(CONTRAST)
            found[f"{title}, {theme}"] = findings(page)
        themes.reverse()
    page.get_by_role("button", name="Settings").click()
    wait_idle(page, settle=0.5)
    for theme in themes:
        wear(page, theme)
        found[f"Settings, {theme}"] = findings(page)
    assert {place: lines for place, lines in found.items() if lines} == {}
    assert {place: lines for place, lines in faint.items() if lines} == {}, "contrast below what WCAG asks for"


def test_axe_sees_a_fault_inside_the_player(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal")
    assert findings(page) == []
    page.locator(".w2v-player").evaluate(
        """root => {
            const button = document.createElement('button'); // without a name
            const faint = document.createElement('p');
            faint.textContent = 'faint words';
            faint.style.color = '#f0f0f0';
            root.append(button, faint);
        }"""
    )
    rules = {line.split(": ")[1] for line in findings(page)}
    assert rules == {"button-name", "color-contrast"}


# --- headings, names, focus ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "title"), PICTURES.items(), ids=PICTURES)
def test_the_heading_is_there_too_where_it_is_not_seen(page: Page, app_server: Server, path: str, title: str) -> None:
    """With a question, with a question that is presented, and presented without one."""
    open_page(page, f"{app_server.url}/{path}?preset=royal&t=700&word=king&guide=teach-2")
    has_one_first_heading(page, title)
    for keys, guide, present in (("p",), "teach-2", "true"), (("Escape", "Escape", "p"), None, "true"):
        for key in keys:
            page.keyboard.press(key)
            wait_idle(page)
        link_says(page, guide=guide, present=present)
        assert page.url.split("?")[0].endswith(path)
        has_one_first_heading(page, title)


def test_nine_buttons_have_nine_names_and_at_projector_size_each_page_has_its_heading(
    page: Page, app_server: Server
) -> None:
    open_page(page, f"{app_server.url}/teach?preset=royal&t=700&word=king")
    assert page.get_by_role("button", name="Show it").count() == 9
    for number in range(1, 10):
        assert page.get_by_role("button", name=f"Show it ({number})").count() == 1
    page.get_by_text("Projector size").click()
    for title in PICTURES.values():
        turn_to(page, title)
        has_one_first_heading(page, title)


def test_one_sees_where_the_focus_is_in_the_navigation(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/teach")
    for width, link in (1440, "stTopNavLink"), (390, "stPageLink-NavLink"):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("document.activeElement.blur()")
        for theme, key in ("light", "Tab"), ("dark", "Shift+Tab"):  # there, and back
            change_theme(page, theme)
            seen = set()
            for _ in range(20):
                page.keyboard.press(key)
                seen.add(page.evaluate(FOCUSED, link))
            for title in PAGES:
                name = title if width == 1440 else title.split(" and ")[0]  # shorter on a phone
                assert any(name in (said or "") for said in seen), (width, theme, title, seen)


@pytest.mark.parametrize("path", ["text", "update"])
def test_one_sees_where_the_focus_is_on_all_that_is_reached(page: Page, app_server: Server, path: str) -> None:
    open_page(page, f"{app_server.url}/{path}?preset=royal&epochs=1")
    page.locator(".w2v-windows, .w2v-update").first.wait_for()
    wait_idle(page)
    reached, faint = [], []
    for _ in range(90):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(OUTLINED)
        if name == "BODY":
            break
        reached.append(name)
        faint += [] if seen else [name]
    assert name == "BODY", "nothing keeps the focus to itself"
    assert {"text": "Watch it learn", "update": "Slow motion"}[path] in " ".join(reached)
    assert faint == []


def test_a_term_of_a_heading_that_makes_way_for_a_lesson_is_seen_while_it_has_the_focus(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, guide="company-1")
    term = page.locator('.st-key-heading a[href^="#term-"]').first
    hit = """e => { const { x, y, width, height } = e.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === e; }"""
    assert not term.evaluate(hit)
    before = page.locator(".w2v-player").bounding_box()
    term.focus()
    assert term.evaluate(hit)
    assert page.locator(".w2v-player").bounding_box() == before, "nothing jumps"
    term.blur()
    assert not term.evaluate(hit)


def test_the_keyboard_does_not_stop_at_a_heading_that_is_left_to_screen_readers(page: Page, app_server: Server) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, app_server, "/map", preset="royal", t="700", present="true")
    stops = set()
    for _ in range(8):
        page.keyboard.press("Tab")
        stops.add(page.evaluate("document.activeElement.dataset.testid ?? document.activeElement.tagName"))
    assert "stMain" in stops
    assert "stHorizontalBlock" not in stops


def test_the_focus_goes_into_a_box_that_a_key_opens_and_back_with_escape(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs="1")
    inside = "document.activeElement.closest('[data-testid=stPopoverBody]') !== null"
    for name, key in (("Settings", "Enter"), ("Share", " ")):
        button = page.get_by_role("button", name=name)
        button.focus()
        page.keyboard.press(key)
        page.wait_for_function(inside)
        expect(page.get_by_test_id("stPopoverBody").locator("input, code").first).to_be_visible()
        page.keyboard.press("Tab")
        assert page.evaluate(inside), "and goes on in there"
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
        expect(button).to_be_focused()


# What has the focus, and whether an outline around it or its label stands out from what is under it.
OUTLINED = """() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const name = at === document.body ? 'BODY' : at.getAttribute('aria-label') || at.textContent || at.tagName;
    if (at.matches('textarea, input[type=range]')) return [name, true]; // their border, or their thumb
    const hidden = at.matches('input') && at.parentElement.style.overflow === 'hidden';
    const drawn = hidden ? at.closest('label') : at.closest('.w2v-up-paper') ?? at;
    const style = getComputedStyle(drawn);
    const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
    const paper = (e) => {
        for (; e; e = e.parentElement ?? e.getRootNode().host) {
            const color = numbers(getComputedStyle(e).backgroundColor);
            if (color.length < 4 || color[3] > 0.9) return color;
        }
        return [255, 255, 255];
    };
    const line = numbers(style.outlineColor);
    const under = paper(parseFloat(style.outlineOffset) < 0 ? drawn : drawn.parentElement ?? drawn.getRootNode().host);
    const apart = Math.max(...[0, 1, 2].map((i) => Math.abs(line[i] - under[i])));
    const whole = Number(style.opacity) === 1;
    const own = at.matches('input, .w2v-player') && style.boxShadow !== 'none';
    return [name, own || (whole && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && apart > 90)];
}"""


# What the link says that has the focus, if one sees that it does.
FOCUSED = """name => {
    const { dataset, textContent } = document.activeElement;
    const style = getComputedStyle(document.activeElement);
    const drawn = style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
        && style.outlineColor === style.color;
    return dataset.testid === name && drawn ? textContent : null;
}"""
