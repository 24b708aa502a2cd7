"""axe-core finds nothing serious on any page: in both themes, with the settings and all folded parts open."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser import Server, wait_idle
from tests.browsing import turn_to, visit

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
