"""The player in motion: frame by frame, answering, never jumping, never reset, and nothing left in memory.

How long something takes is compared with a control in the same page, taken in turns with it: on a busy computer both
are slow.
"""

import re
import statistics
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, ViewportSize, expect

from tests.browser import PATIENCE, Server, open_page, player, wait_idle, wait_player
from tests.browsing import SLOW, ask, data, last_update, paste, press, rests_at, turn_to, visit
from tests.browsing import watch_it_learn as train
from tests.player_alone import player_alone
from tests.room import Measuring
from tests.test_browser_texts import made_up_text
from w2v import PRESETS, Config, Corpus

pytestmark = pytest.mark.browser

PAGES_WITH_PLAYER = ("Training", "Start", "Map", "One update")
SIZES: tuple[ViewportSize, ...] = ({"width": 1440, "height": 900}, {"width": 1024, "height": 768})

# Every callback of an animation frame is timed: window.perFrame has the milliseconds of each frame.
TIMED = """() => {
    const request = window.requestAnimationFrame.bind(window);
    window.perFrame = new Map();
    window.requestAnimationFrame = (draw) => request((now) => {
        const begun = performance.now();
        try { draw(now); } finally {
            window.perFrame.set(now, (window.perFrame.get(now) ?? 0) + performance.now() - begun);
        }
    });
}"""

# Frames in `ms` milliseconds, and the median time spent in one.
FRAMES = """async (ms) => {
    window.perFrame.clear();
    const until = performance.now() + ms;
    let frames = 0;
    await new Promise((done) => {
        const count = () => { frames += 1; performance.now() < until ? requestAnimationFrame(count) : done(); };
        requestAnimationFrame(count);
    });
    const spent = [...window.perFrame.values()].sort((a, b) => a - b);
    return { frames, median: spent[spent.length >> 1] };
}"""

# The control: one frame that draws so many points and names on a canvas of that size, the plainest way.
PLAIN = """([n, width, height]) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext('2d');
    pen.font = '14px sans-serif';
    const times = [];
    for (let round = 0; round < 11; round += 1) {
        const begun = performance.now();
        pen.clearRect(0, 0, width, height);
        for (let i = 0; i < n; i += 1) {
            const [x, y] = [(i * 97 + round) % width, (i * 61) % height];
            pen.beginPath();
            pen.arc(x, y, 4, 0, 6.3);
            pen.fill();
            pen.strokeText('word' + i, x, y);
            pen.fillText('word' + i, x, y);
        }
        times.push(performance.now() - begun);
    }
    return times.sort((a, b) => a - b)[5];
}"""


# Blocks of the page that hold nothing and yet keep their neighbors apart.
EMPTY_ROOMS = """[...document.querySelectorAll('[data-testid=stMain] [data-testid=stLayoutWrapper]')]
    .filter((block) => block.offsetHeight === 0).length"""


@pytest.mark.parametrize(("words", "vocabulary", "least"), [(600, 50, 0.85), (1500, 1200, 0.5)])
def test_it_plays_at_the_rate_of_the_screen(
    page: Page, app_server: Server, measuring: Measuring, words: int, vocabulary: int, least: float
) -> None:
    text = made_up_text(words, vocabulary)
    shown = min(300, len(Corpus.from_text(text).vocabulary))
    page.add_init_script(f"({TIMED})()")
    open_page(page, f"{app_server.url}/text?epochs=20")
    paste(page, text)
    train(page, patience=4 * PATIENCE)  # of the long text so long that its progress is shown
    assert page.evaluate(EMPTY_ROOMS) == 0, "the progress of a training leaves no gap where it stood"
    assert len(ask(page, "p.positions()")) == shown
    box = page.locator(".w2v-map-canvas").bounding_box()
    assert box is not None
    playing, resting, drawing = [], [], []
    ask(page, "p.goTo(0) ?? 1")
    choose_speed(page, "whole")
    with measuring():
        for _ in range(5):  # five seconds of play in all, in turns with rest
            ask(page, "p.play() ?? 1")
            playing.append(page.evaluate(FRAMES, 1000))
            ask(page, "p.pause() ?? 1")
            resting.append(page.evaluate(FRAMES, 250))
            drawing.append(page.evaluate(PLAIN, [shown, box["width"], box["height"]]))
    assert int(data(page, "t")) > 0
    per_second = [statistics.median(r["frames"] for r in rounds) for rounds in (playing, resting)]
    assert per_second[0] >= least * per_second[1] / 0.25, "frames a second, playing and at rest"
    work = statistics.median(r["median"] for r in playing)
    control = statistics.median(drawing)
    assert work < 20 * control + 4, f"{work:.2f} ms a frame; drawing {shown} words plainly takes {control:.2f} ms"


# --- pause, scrub, answers ----------------------------------------------------------------------------------

# Frames and milliseconds from pause() until exact numbers are on show.
TO_REST = """root => new Promise((done) => {
    const begun = performance.now();
    let frames = 0;
    root.player.pause();
    const look = () => {
        frames += 1;
        const there = root.dataset.exact === 'true' && root.dataset.playing === 'false';
        there ? done([frames, performance.now() - begun]) : requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""


def choose_speed(page: Page, value: str) -> None:
    page.locator("[data-action=speed]").select_option(value)


def test_from_pause_to_exact_numbers_takes_a_frame_or_two(page: Page, app_server: Server, measuring: Measuring) -> None:
    visit(page, app_server, preset="royal", word="king")
    choose_speed(page, "whole")
    seen = []
    with measuring():
        for _ in range(7):
            ask(page, "p.play() ?? 1")
            page.wait_for_timeout(150)
            seen.append(player(page).evaluate(TO_REST))
    frames, milliseconds = (statistics.median(column) for column in zip(*seen))
    assert frames <= 2
    assert milliseconds <= 300


# Moves the scrubber as a hand does and looks in the next frame, after the player had its turn.
SCRUB = """(root, wanted) => new Promise((done) => {
    const begun = performance.now();
    const range = root.querySelector('[data-action=scrub]');
    range.value = String(wanted);
    range.dispatchEvent(new Event('input'));
    requestAnimationFrame(() => done({
        milliseconds: performance.now() - begun,
        t: Number(root.dataset.t),
        exact: root.dataset.exact,
        painted: root.querySelector('.w2v-map canvas').toDataURL() + root.querySelector('.w2v-bars canvas').toDataURL(),
    }));
})"""


def test_scrubbing_redraws_within_one_frame(page: Page) -> None:
    player_alone(page, Config(PRESETS["royal"].text), word="king")
    last = last_update(page)
    pictures = set()
    for share in (0.5, 0.1, 0.9, 0.15, 0.6):
        seen = player(page).evaluate(SCRUB, int(share * last))
        assert (seen["t"], seen["exact"]) == (int(share * last), "true")
        pictures.add(seen["painted"])
    assert len(pictures) == 5, "map and bars were drawn anew each time"


# Milliseconds from a press of the Settings button until its popover is there, or is gone again.
POPOVER = """() => new Promise((done) => {
    const open = () => Boolean(document.querySelector('[data-testid=stPopoverBody]'));
    const [before, begun] = [open(), performance.now()];
    const buttons = [...document.querySelectorAll('[data-testid=stPopover] button')];
    buttons.find((button) => /Settings/.test(button.textContent)).click();
    const look = () => (open() === before ? requestAnimationFrame(look) : done(performance.now() - begun));
    look();
})"""


def test_the_page_answers_clicks_while_it_plays(page: Page, app_server: Server, measuring: Measuring) -> None:
    visit(page, app_server, preset="royal")
    choose_speed(page, "whole")
    playing, resting = [], []
    with measuring():
        for _ in range(6):
            resting.append(page.evaluate(POPOVER))
            page.wait_for_timeout(250)
            ask(page, "p.play() ?? 1")
            page.wait_for_timeout(250)
            t = int(data(page, "t"))
            playing.append(page.evaluate(POPOVER))
            expect(player(page)).not_to_have_attribute("data-t", str(t))
            assert data(page, "playing") == "true"
            ask(page, "p.pause() ?? 1")
            wait_idle(page)
    assert statistics.median(playing) < 3 * statistics.median(resting) + 100


# --- reruns and reloads -------------------------------------------------------------------------------------


def rerun(page: Page, too_large: int) -> None:
    """Let Streamlit run the whole page again: ask for a minimum count that no word has, which is refused."""
    box = page.get_by_role("spinbutton", name="Minimum count")
    if not box.count():
        page.get_by_role("button", name="Settings").click()
    box.fill(str(too_large))
    box.press("Enter")
    refused = page.get_by_text(re.compile(f"No word occurs {too_large} times or more.* Nothing was changed"))
    expect(refused).to_be_visible(timeout=SLOW)  # a run may be over before the page shows that there is one
    wait_idle(page)


def test_a_rerun_of_the_page_does_not_reset_the_player(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", word="queen", t=300)
    page.get_by_role("button", name="Zoom in").click()
    wait_idle(page, settle=0.6)
    player(page).evaluate("root => { root.mark = 'the same one'; }")
    page.get_by_role("button", name="Settings").click()  # the page makes room for them
    expect(page.get_by_role("spinbutton", name="Minimum count")).to_be_visible()
    wait_idle(page, settle=0.6)
    before = ask(page, "p.positions()")
    rerun(page, 900)
    assert player(page).evaluate("root => root.mark") == "the same one"
    assert ask(page, "p.positions()") == before, "moment and zoom stay"
    rests_at(page, 300)
    choose_speed(page, "10")
    ask(page, "p.play() ?? 1")
    expect(player(page)).not_to_have_attribute("data-t", "300")
    t = int(data(page, "t"))
    rerun(page, 901)
    assert data(page, "playing") == "true"
    assert int(data(page, "t")) > t
    assert player(page).evaluate("root => root.mark") == "the same one"
    assert page.locator("[data-action=speed]").input_value() == "10"


def test_moment_and_word_survive_a_reload(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=5, word="queen")
    choose_speed(page, "whole")
    press(page, "play")
    expect(player(page)).not_to_have_attribute("data-t", "0")
    press(page, "play")
    t, word = int(data(page, "t")), data(page, "word")
    rests_at(page, t)
    page.reload()
    wait_player(page)
    rests_at(page, t)
    assert data(page, "word") == word


# --- reduced motion -----------------------------------------------------------------------------------------


# Where one word stood in each frame of `ms` milliseconds: how many different places.
PLACES = """async (root, ms) => {
    const seen = new Set();
    const until = performance.now() + ms;
    while (performance.now() < until) {
        await new Promise(requestAnimationFrame);
        const { x, y } = root.player.positions()[0];
        seen.add(`${x} ${y}`);
    }
    return seen.size;
}"""


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_between_updates_words_glide_only_where_motion_is_welcome(
    new_page: Callable[..., Page], measuring: Measuring, motion: str
) -> None:
    page = new_page(reduced_motion=motion)
    player_alone(page, Config(PRESETS["royal"].text), word="king")
    choose_speed(page, "1")
    with measuring():
        assert player(page).evaluate(PLACES, 300) == 1, "at rest"
        press(page, "play")
        places = player(page).evaluate(PLACES, 1500)  # of about two updates
    if motion == "reduce":
        assert places <= 4
    else:
        assert places > 10


# --- nothing jumps ------------------------------------------------------------------------------------------

SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries()) {
            const place = (box) => [box.x, box.y, box.width, box.height].map(Math.round);
            const where = sources.map(({ node, previousRect, currentRect }) =>
                `${node?.className || node?.nodeName || 'inside'}: ${place(previousRect)} to ${place(currentRect)}`);
            const [first] = sources; // until the style sheet is there, a page stands behind a slit of a pixel or two
            const unseen = first?.previousRect.height < 10 && Boolean(first.node?.querySelector?.('.st-key-body'));
            window.shifts.push({ value, unseen, asked: hadRecentInput, where });
        }
    }).observe({ type: 'layout-shift', buffered: true });
}"""


def shifted(page: Page, asked: bool = True) -> tuple[float, list[Any]]:
    """How far the layout has shifted since this was last called: the sum of all shifts, and what they were."""
    shifts = page.evaluate("window.shifts.splice(0)")
    counted = [shift for shift in shifts if asked or not shift["asked"]]
    return sum(shift["value"] for shift in counted), counted


# Waits until so many different moments have been on show, each in a frame of its own.
MOMENTS = """(root, many) => new Promise((done) => {
    const seen = new Set();
    const look = () => (seen.add(root.dataset.t).size > many ? done() : requestAnimationFrame(look));
    look();
})"""


@pytest.mark.long
def test_nothing_on_the_page_jumps_while_it_plays(page: Page, app_server: Server, subtests: pytest.Subtests) -> None:
    page.add_init_script(f"({SHIFTS})()")
    visit(page, app_server, preset="royal", word="king", t=70)  # "Nothing learned yet" is past
    for number, title in enumerate(PAGES_WITH_PLAYER):
        turn_to(page, title)
        wait_player(page)
        for size in in_turn(number):
            page.set_viewport_size(size)
            ask(page, "p.goTo(70) ?? null")
            wait_idle(page)
            if data(page, "playing") == "false":
                press(page, "play")
            expect(player(page)).to_have_attribute("data-playing", "true")
            player(page).evaluate(MOMENTS, 1)
            shifted(page)
            player(page).evaluate(MOMENTS, 4)  # single updates
            choose_speed(page, "whole")
            player(page).evaluate(MOMENTS, 30)  # many
            with subtests.test(title, width=size["width"]):
                total, shifts = shifted(page)
                assert total < 0.002, shifts
            press(page, "play")
            choose_speed(page, "slow-start")
            wait_idle(page)
            assert int(data(page, "t")) > 70
    with subtests.test("a shift would be seen"):
        shifted(page)
        page.evaluate("document.querySelector('.stMainBlockContainer').style.paddingTop = '160px'")
        page.wait_for_timeout(200)
        assert shifted(page)[0] > 0.02


@pytest.mark.parametrize("path", ["", "text", "training", "map", "update", "teach"])
def test_nothing_jumps_while_a_page_loads(new_page: Callable[..., Page], app_server: Server, path: str) -> None:
    """Room is kept for pictures on their way. What Streamlit's own sketch of a page shifts is not counted, nor what
    moves before the page shows itself."""
    page = new_page(viewport={"width": 1024, "height": 768})
    page.add_init_script(f"({SHIFTS})()")
    open_page(page, f"{app_server.url}/{path}?preset=royal")
    page.wait_for_timeout(1000)
    _, shifts = shifted(page)
    assert sum(shift["unseen"] for shift in shifts) <= 1, "it shows itself once"
    ours = [s for s in shifts if not s["unseen"] and not s["where"][0].startswith("stMainBlockContainer")]
    assert sum(shift["value"] for shift in ours) < 0.05, ours


# --- nothing is left in memory ------------------------------------------------------------------------------


class Memory:
    """What the page holds after a garbage collection."""

    def __init__(self, page: Page) -> None:
        self._devtools: CDPSession = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable")

    def held(self) -> dict[str, float]:
        for _ in range(3):
            self._devtools.send("HeapProfiler.collectGarbage")
        said = {m["name"]: m["value"] for m in self._devtools.send("Performance.getMetrics")["metrics"]}
        return {
            "MB": said["JSHeapUsedSize"] / 1e6,
            "nodes": said["Nodes"],
            "listeners": said["JSEventListeners"],
        }


PLAY_AND_PAUSE = """async (root, times) => {
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    for (let i = 0; i < times; i += 1) {
        root.player.goTo(0);
        root.player.play();
        await wait(100);
        root.player.pause();
        await wait(130);
    }
}"""


def test_twenty_plays_leave_nothing_in_memory(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", word="king")
    choose_speed(page, "whole")
    memory = Memory(page)
    player(page).evaluate(PLAY_AND_PAUSE, 6)
    wait_idle(page)
    before = memory.held()
    player(page).evaluate(PLAY_AND_PAUSE, 20)
    wait_idle(page)
    after = memory.held()
    assert after["MB"] - before["MB"] < 2, (before, after)
    assert after["nodes"] - before["nodes"] < 100
    assert after["listeners"] - before["listeners"] < 10


REMEMBER = """root => {
    window.left ??= [];
    window.left.push(new WeakRef(root));
    root.dataset.left = "true";
}"""
ALIVE = "window.left.filter(one => one.deref() && !one.deref().isConnected).length"


def test_twenty_changes_of_page_leave_no_player_behind(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", word="king")
    memory = Memory(page)
    drawn, held = page.locator('.w2v-player[data-exact="true"]:not([data-left])'), []
    for _ in range(4):
        for title in ("One update", "Map", "Text and windows", "Start", "Training"):
            if drawn.count():
                drawn.evaluate(REMEMBER)
            page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
            (page.locator(".w2v-windows") if title == "Text and windows" else drawn).wait_for(timeout=SLOW)
        wait_player(page)
        held.append(memory.held())
    assert page.evaluate("window.left.length") == 16
    assert page.evaluate(ALIVE) <= 4, "players that were left and are still in memory: of the last round at most"
    assert held[-1]["MB"] - held[0]["MB"] < 6, held


SPARE = """() => [...document.querySelectorAll('[class*=st-key-placeholder_]')].map(held => {
    const inside = [...held.children].reduce((sum, child) => sum + child.getBoundingClientRect().height, 0);
    const [, name] = held.className.match(/st-key-placeholder_(\\w+)/);
    return [name, Math.round(held.getBoundingClientRect().height - inside)];
})"""


def in_turn(number: int) -> tuple[ViewportSize, ...]:
    """Both sizes: the one in which the page before was left comes first."""
    return SIZES[::-1] if number % 2 else SIZES
