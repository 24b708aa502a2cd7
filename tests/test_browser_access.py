"""axe-core finds nothing serious on any page: in both themes, with the settings and all folded parts open. Every page
has a title of its own, one heading of the first level and others for its parts, and one sees where the focus is."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser import Server, open_page, wait_idle
from tests.browsing import rests_at, turn_to, visit
from w2v import PRESETS, Config, Run, nearest

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PAGES = ("Start", "Text and windows", "Map", "One update", "Teach", "Training")
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


def unfold(page: Page) -> int:
    """Open everything that is folded away; return how much there was."""
    folded = page.locator('[data-testid="stExpander"] details:not([open]) > summary')
    count = folded.count()
    for number in reversed(range(count)):
        folded.nth(number).click()
    wait_idle(page, settle=0.5)
    return count


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(new_page: Callable[..., Page], app_server: Server, theme: str) -> None:
    page = new_page(color_scheme=theme, reduced_motion="reduce")
    visit(page, app_server, preset="royal", t=700, word="king")
    found: dict[str, list[str]] = {}
    for title in PAGES:
        turn_to(page, title)
        wait_idle(page, settle=0.5)
        found[title] = findings(page)
        if unfold(page):
            found[f"{title}, unfolded"] = findings(page)
    page.get_by_role("button", name="Settings").click()
    wait_idle(page, settle=0.5)
    found["Settings"] = findings(page)
    assert {place: lines for place, lines in found.items() if lines} == {}


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


# --- headings, titles, names ----------------------------------------------------------------------------------

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


def test_every_page_has_one_first_heading_and_a_title_of_its_own(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", t=700, word="king")
    for title in PAGES:
        turn_to(page, title)
        has_one_first_heading(page, title)
        assert page.title() == f"{title} \u00b7 Watch word2vec learn"


@pytest.mark.parametrize("mode", ["present=true", "guide=teach-2", "present=true&guide=teach-2", "large"])
def test_the_heading_is_there_too_where_it_is_not_seen(page: Page, app_server: Server, mode: str) -> None:
    paths = {"text": "Text and windows", "training": "Training", "map": "Map", "update": "One update"}
    if mode == "large":
        open_page(page, f"{app_server.url}/teach?preset=royal&t=700&word=king")
        page.get_by_text("Projector size").click()
        for title in paths.values():
            turn_to(page, title)
            has_one_first_heading(page, title)
        return
    for path, title in paths.items():
        open_page(page, f"{app_server.url}/{path}?preset=royal&t=700&word=king&{mode}")
        has_one_first_heading(page, title)


def test_nine_buttons_have_nine_names(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/teach")
    assert page.get_by_role("button", name="Show it").count() == 9
    for number in range(1, 10):
        assert page.get_by_role("button", name=f"Show it ({number})").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "link"), [(1440, "stTopNavLink"), (390, "stPageLink-NavLink")])
def test_one_sees_where_the_focus_is_in_the_navigation(
    new_page: Callable[..., Page], app_server: Server, theme: str, width: int, link: str
) -> None:
    page = new_page(color_scheme=theme, viewport={"width": width, "height": 844})
    open_page(page, f"{app_server.url}/teach")
    seen = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                """name => {
                    const { dataset, textContent } = document.activeElement;
                    const style = getComputedStyle(document.activeElement);
                    const drawn = style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
                        && style.outlineColor === style.color;
                    return dataset.testid === name && drawn ? textContent : null;
                }""",
                link,
            )
        )
    for title in PAGES:
        assert any(title in (said or "") for said in seen), (title, seen)


@pytest.mark.parametrize("path", ["/", "/training", "/map"])
def test_the_sentence_of_the_map_speaks_of_the_map(
    new_page: Callable[..., Page], app_server: Server, path: str
) -> None:
    page = new_page(reduced_motion="reduce")
    config = Config(PRESETS["royal"].text, epochs=5)
    run = Run(config)
    words, ids = run.corpus.vocabulary.words, run.corpus.vocabulary.ids
    visit(page, app_server, path, preset="royal", epochs=5, t=700, word="king")
    rests_at(page, 700)
    near = [words[i] for i, _ in nearest(run.parameters(700).V, ids["king"], 2)]
    said = page.locator(".w2v-map-canvas").get_attribute("aria-label") or ""
    assert said.startswith(f"Map of {len(words)} words; most like king: {near[0]} and {near[1]}. Update 700 of ")
