"""The first visit: Start plays by itself, and carries nothing that it does not need."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, Watch, open_page, player
from tests.browsing import SLOW, turn_to

pytestmark = pytest.mark.browser


def test_start_plays_by_itself_and_loads_no_plotly(page: Page, app_server: Server, watch: Watch) -> None:
    open_page(page, app_server.url)
    expect(player(page)).to_have_attribute("data-playing", "true", timeout=SLOW)
    expect(player(page)).to_have_attribute("data-t", re.compile(r"^[1-9]\d*$"))
    assert any("BidiComponent" in url for url in watch.requests), "requests are seen"
    assert plotly(watch) == []
    turn_to(page, "Text and windows")
    page.get_by_text("Show the whole count matrix").click()
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=SLOW)
    assert plotly(watch), "where there is a Plotly picture, its files are asked for under this name"


def plotly(watch: Watch) -> list[str]:
    return [url for url in watch.requests if "plotly" in url.lower()]
