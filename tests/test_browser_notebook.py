"""Training pairs, the curve of quality and the lab notebook in a real browser, with words that want to be more."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, wait_idle, wait_player
from tests.browsing import SLOW, paste, paste_over, turn_to

pytestmark = pytest.mark.browser

PAIRS = "<b>soup</b>|spoon^**bowl**,=2+2|spoon,\ntea^milk|cup^spoon"


def test_pairs_are_pasted_learned_measured_written_down_and_opened_again(page: Page, app_server: Server) -> None:
    open_page(page, app_server.url)
    turn_to(page, "Text and windows")
    paste(page, PAIRS)
    page.get_by_role("button", name="Learn from these pairs").click()
    expect(page.get_by_text("3 training pairs")).to_be_visible(timeout=SLOW)
    expect(page.locator(".w2v-windows").get_by_text("no windows: each pair lights up")).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile("pairs=true"))

    turn_to(page, "Compare")
    page.get_by_role("radio", name="Quality").press("Space")
    expect(page).to_have_url(re.compile("part=quality"), timeout=SLOW)
    box = page.get_by_label("What people say of words")
    box.fill("tea milk 9\ntea cup 2\ntea **unheard** 3\nmilk spoon 4")
    box.blur()
    said = page.get_by_text(re.compile(r"^At the end the model orders .* 3 of 4 pairs used"))
    expect(said).to_be_visible(timeout=SLOW)
    picture = page.get_by_role("figure", name=re.compile("^The loss, and below it the agreement with the scores"))
    expect(picture).to_be_visible(timeout=SLOW)
    paste_over(box, "tea milk 9\n" * 10_000)
    expect(page.get_by_text("This set has 110,000 letters, and the box takes 100,000")).to_be_visible(timeout=SLOW)
    expect(said).to_be_visible()

    page.get_by_role("radio", name="Lab notebook").press("Space")
    line = page.get_by_label("Your line about this run")
    line.fill("=1+1 **fine**")
    line.press("Enter")
    wait_idle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as CSV").click()
    (row, *_) = csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig")))
    assert row["line"] == "'=1+1 **fine**"
    assert row["settings"] == "architecture=cbow, pairs=true"
    expect(page.get_by_text("2 runs so far")).to_be_visible()  # the first is that of Start

    open_page(page, f"{app_server.url}/compare?preset=royal&part=notebook")
    expect(page.get_by_text("a reload empties it")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Open this run").press("Enter")
    expect(page).to_have_url(re.compile("/training"), timeout=SLOW)
    wait_player(page)
