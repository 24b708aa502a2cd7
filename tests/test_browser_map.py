"""The paper of the map, in a real browser: nothing covers words or dots, none is cut, and the frame fits the words.

Its sentence, for those who do not see it, speaks of the moment and of the word.
"""

import re
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import Server, open_page, player, wait_idle, wait_player
from tests.browsing import ask, last_update, press, turn_to, visit
from tests.player_alone import player_alone
from w2v import PRESETS, Config, Run, nearest

pytestmark = pytest.mark.browser

PICTURES = "n => new Promise((done) => { const one = () => (n-- ? requestAnimationFrame(one) : done()); one(); })"

SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1440, "height": 900},
    "small": {"width": 1024, "height": 768},
    "phone": {"width": 390, "height": 844},
}


def go_to(page: Page, t: int) -> None:
    """Bring the player to a moment, at rest."""
    player(page).evaluate("(root, t) => root.player.goTo(t)", t)
    wait_idle(page)


@cache
def sentence_at(t: int) -> str:
    """What the map says to those who do not see it, of a moment of the royal family with its king selected."""
    run = Run(Config(PRESETS["royal"].text))
    words, ids = run.corpus.vocabulary.words, run.corpus.vocabulary.ids
    near = [words[i] for i, _ in nearest(run.parameters(t).V, ids["king"], 2)]
    return f"Map of {len(words)} words; most like king: {near[0]} and {near[1]}. Update {t} of "


def check_paper(page: Page) -> None:
    """What lies below the map covers no word and no dot at any moment, and keeps its room."""
    canvas, caption = (page.locator(part).bounding_box() for part in (".w2v-map-canvas", ".w2v-caption"))
    assert canvas is not None
    assert caption is not None
    tops = set()
    for t in (0, 300, 900):
        go_to(page, t)
        label = re.compile(f"^{re.escape(sentence_at(t))}")
        expect(page.locator(".w2v-map-canvas")).to_have_attribute("aria-label", label)
        top = ask(page, "p.foot()")["top"]
        tops.add(top)
        assert top > 0.6 * canvas["height"]
        assert caption["y"] - canvas["y"] >= top - 1
        for item in ask(page, "p.positions()"):
            assert 8 < item["px"] < canvas["width"] - 8
            assert 8 < item["py"] < top - 8
            if (box := item["box"]) is not None:
                assert box["x"] >= 0
                assert box["y"] >= 0
                assert box["x"] + box["w"] <= canvas["width"]
                assert box["y"] + box["h"] <= top
    assert "most like" in " ".join(ask(page, "p.foot()")["says"])
    press(page, "start")
    press(page, "play")
    tops.add(ask(page, "p.foot()")["top"])
    press(page, "play")
    assert len(tops) == 1, "nothing jumps"


@pytest.mark.long
def test_nothing_covers_words_and_dots_of_the_map(page: Page, app_server: Server, subtests: pytest.Subtests) -> None:
    visit(page, app_server, "/", preset="royal", t=900, word="king")
    for title in ("Start", "Training", "Map"):
        page.set_viewport_size(SIZES["desk"])  # where the navigation is a row of links
        turn_to(page, title)
        wait_player(page)
        for name, size in SIZES.items():
            with subtests.test(title, size=name):
                page.set_viewport_size(size)
                wait_idle(page)
                check_paper(page)


def test_nor_at_projector_size(new_page: Callable[..., Page], app_server: Server) -> None:
    page = new_page(viewport={"width": 1280, "height": 720})
    open_page(page, f"{app_server.url}/teach?preset=royal&t=900&word=king")
    page.get_by_text("Projector size", exact=True).click()
    for title in ("Training", "Map"):
        turn_to(page, title)
        wait_player(page)
        check_paper(page)


# Where all words stand at each of these moments, in pixels.
PLACES = """async (root, moments) => {
    const seen = [];
    for (const t of moments) {
        root.player.goTo(t);
        do { await new Promise(requestAnimationFrame); }
        while (root.dataset.exact !== 'true' || root.dataset.t !== String(t));
        seen.push(...root.player.positions().map(({ px, py }) => [px, py]));
    }
    return seen;
}"""


@pytest.mark.parametrize("preset", ["days_months", "loop"])
def test_the_frame_is_fitted_to_the_words(page: Page, app_server: Server, preset: str) -> None:
    visit(page, app_server, preset=preset, t=900)
    canvas = page.locator(".w2v-map-canvas").bounding_box()
    assert canvas is not None
    moments = [round(share / 10 * last_update(page)) for share in range(11)]
    across, up = zip(*player(page).evaluate(PLACES, moments))
    wide = (max(across) - min(across)) / canvas["width"]
    high = (max(up) - min(up)) / ask(page, "p.foot()")["top"]
    assert max(wide / 0.85, high / 0.8) > 0.95, "in one direction only the room for names is free"


@pytest.mark.parametrize("t", [0, 700])
def test_names_know_nothing_of_a_paper_of_another_size(page: Page, t: int) -> None:
    """What stands where does not depend on the sizes that a window had before, or the map before its page was there, or
    on how fast the computer is.
    """

    def places() -> dict[str, tuple[str, list[int]]]:
        page.evaluate(PICTURES, 6)
        items = [item for item in ask(page, "p.positions()") if item["box"]]
        return {item["word"]: (item["named"], [round(side) for side in item["box"].values()]) for item in items}

    page.set_viewport_size({"width": 1440, "height": 900})
    computer = page.context.new_cdp_session(page)
    if t:  # then the first pictures are of about where points are
        computer.send("Emulation.setCPUThrottlingRate", {"rate": 8})
    player_alone(page, Config(PRESETS["royal"].text), t=str(t))
    computer.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    at_first = places()
    assert len(at_first) > 6
    for size in ({"width": 620, "height": 500}, {"width": 1024, "height": 768}, {"width": 1440, "height": 900}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        there = places()
        assert (there == at_first) == (size["width"] == 1440)
