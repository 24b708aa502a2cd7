"""The views beside the map and the stop conditions: their numbers are those of w2v, and hands and keys reach them."""

import itertools
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import CDPSession, Page, expect

from pages.drawing.numbers import percent
from tests.browser import Server, player, wait_idle, wait_player
from tests.browsing import SLOW, ask, data, press, rests_at, stands_at, turn_to, visit
from tests.player_alone import player_alone, reports
from w2v import PRESETS, Config, Run, nearest, prediction

pytestmark = pytest.mark.browser

VARIANTS: dict[str, dict[str, Any]] = {
    "skip-gram": {},
    "CBOW": {"architecture": "cbow"},
    "negative sampling": {"objective": "negative"},
    "hierarchical": {"objective": "hierarchical", "dim": 5},
    "CBOW, negative sampling, windows": {"architecture": "cbow", "objective": "negative", "batching": "window"},
    "minibatch": {"batching": "minibatch", "batch_size": 7},
}
T = 60


def royal(**settings: Any) -> Run:
    return Run(Config(PRESETS["royal"].text, **settings))


def visit_royal(page: Page, server: Server, t: int, settings: dict[str, Any], word: str = "king") -> None:
    visit(page, server, preset="royal", t=t, word=word, level="numbers", **settings)


def royal_alone(page: Page, t: int, settings: dict[str, Any], word: str = "king") -> None:
    """The same moment in a player without the app around it."""
    player_alone(page, royal(**settings).config, t=str(t), word=word, level="numbers")


def show(page: Page, name: str) -> None:
    page.locator(f'button[data-show="{name}"]').click()
    expect(page.locator(f'button[data-show="{name}"]')).to_have_attribute("aria-pressed", "true")


def wait_for(page: Page, expression: str) -> Any:
    """Ask until the answer is neither null nor false."""
    for _ in range(300):
        if (answer := ask(page, expression)) not in (None, False):
            return answer
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


# --- each model -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_the_views_show_the_numbers_of_the_run(
    page: Page, app_server: Server, variant: dict[str, Any], subtests: pytest.Subtests
) -> None:
    settings = {"epochs": 4, **variant}
    run = royal(**settings)
    if variant:
        royal_alone(page, T, settings)
    else:  # one of them in the app
        visit_royal(page, app_server, T, settings)
    with subtests.test("the ripple is what an update changes in all predictions"):
        check_ripple(page, run)
    with subtests.test("the lines are the predictions of the run"):
        check_lines(page, run)
    with subtests.test("the strips are the rows of both matrices"):
        check_strips(page, run)


# --- ripple ---------------------------------------------------------------------------------------------------


def change_of(run: Run, t: int) -> np.ndarray:
    """What update t changes in all predictions: (n_rows, n_words)."""
    objective, before, after = run.plan.objective, run.parameters(t), run.parameters(t + 1)
    rows = run.plan.goal.inputs
    return np.array([prediction(after, row, objective) - prediction(before, row, objective) for row in rows])


def check_ripple(page: Page, run: Run) -> None:
    show(page, "ripple")
    seen = wait_for(page, "p.ripple()")
    assert seen["t"] == T
    goal, table = run.plan.goal, change_of(run, T)
    wanted = np.abs(table).sum(axis=1) / 2
    np.testing.assert_allclose(seen["change"], wanted, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(seen["columns"], np.abs(table).sum(axis=0), rtol=1e-9, atol=1e-12)
    shown = table[np.ix_(seen["shownRows"], seen["shownColumns"])]
    np.testing.assert_allclose(seen["cells"], shown, rtol=1e-9, atol=1e-12)
    own = {goal.row_of(trace.example.inputs) for trace in run.step(T).traces}
    assert set(seen["own"]) == own
    elsewhere = 1 - wanted[sorted(own)].sum() / wanted.sum()
    assert seen["elsewhere"] == pytest.approx(elsewhere, rel=1e-9)
    said = page.locator('[data-role="ripple"]').inner_text().replace("\u00a0", " ")
    assert said.startswith(f"{percent(elsewhere)} of the change lands in rows of other ")


def test_the_ripple_while_updates_rush_by_is_a_true_one_in_grey_and_exact_at_rest(
    page: Page, subtests: pytest.Subtests
) -> None:
    royal_alone(page, 0, {})
    page.locator('[data-action="speed"]').select_option("whole")
    with subtests.test("chosen while updates rush by, it is a true one in grey"):
        press(page, "play")
        show(page, "ripple")
        the_ripple_is_a_true_one_in_grey(page)
    press(page, "play")
    stands_at(page, int(data(page, "t")))
    with subtests.test("chosen at rest, it waits while updates rush by and is exact at rest"):
        show(page, "guesses")
        press(page, "start")
        stands_at(page, 0)
        show(page, "ripple")
        wait_for(page, "p.ripple()?.t === 0")
        press(page, "play")
        expect(page.locator(".w2v-ripple")).to_have_attribute("data-state", "waits")
        expect(page.locator('[data-role="ripple"]')).to_contain_text("Pause")
        press(page, "play")
        expect(page.locator(".w2v-ripple")).to_have_attribute("data-state", "exact")
        assert ask(page, "p.ripple().t") == int(data(page, "t"))


def the_ripple_is_a_true_one_in_grey(page: Page) -> None:
    seen = wait_for(page, "p.ripple()")
    assert data(page, "playing") == "true"
    expect(page.locator(".w2v-ripple")).to_have_attribute("data-state", "waits")
    expect(page.locator(".w2v-ripple .w2v-title")).to_contain_text(f"What update {seen['t']:,} changes")
    canvas = page.locator(".w2v-ripple canvas")
    assert canvas.evaluate("canvas => getComputedStyle(canvas).opacity") == "0.55"
    painted = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
    assert canvas.evaluate(painted)
    expect(page.locator('[data-role="ripple"]')).to_be_in_viewport(ratio=1)
    change = np.abs(change_of(royal(), seen["t"])).sum(axis=1) / 2
    np.testing.assert_allclose(seen["change"], change, rtol=1e-9, atol=1e-12)


# --- one visit, at update 700 ----------------------------------------------------------------------------------


def test_what_the_views_show_at_update_700(page: Page, app_server: Server, subtests: pytest.Subtests) -> None:
    run = royal()
    visit_royal(page, app_server, 700, {})
    for says, check in (
        ("every view keeps the transport in sight", every_view_keeps_the_transport_in_sight),
        ("a long run is sampled and says how finely", a_long_run_is_sampled_and_says_how_finely),
        ("every number of a strip can be read", every_number_of_a_strip_can_be_read),
        ("a bar puts its line in and out and a click on the lines goes there", a_bar_puts_its_line_in_and_out),
        ("the view is chosen by keyboard and remembered", the_view_is_chosen_by_keyboard_and_remembered),
        ("the top line says how far the run has come on every page", the_top_line_says_how_far_the_run_has_come),
    ):
        with subtests.test(says):
            show(page, "guesses")
            ask(page, "p.goTo(700) ?? null")
            rests_at(page, 700)
            check(page, run)


# --- lines over the run ---------------------------------------------------------------------------------------


def check_lines(page: Page, run: Run) -> None:
    show(page, "traces")
    seen = wait_for(page, "p.traces()?.finished && p.traces()")
    cbow = run.config.architecture == "cbow"
    inputs = run.step(T).traces[0].example.inputs if cbow else (run.corpus.vocabulary.ids["king"],)
    assert sorted(seen["inputs"]) == sorted(inputs)
    counts = run.plan.goal.counts.row(run.plan.goal.row_of(inputs))
    strongest = np.argsort(-counts, kind="stable")[: min(4, np.count_nonzero(counts))]
    assert [line[0] for line in seen["lines"]] == strongest.tolist(), "the strongest counts to begin with"
    for word, points in seen["lines"]:
        assert [points[0][0], points[-1][0]] == [0, run.n_steps]
        for t, p in points[:: max(1, len(points) // 40)]:
            said = prediction(run.parameters(t), inputs, run.plan.objective)[word]
            assert p == pytest.approx(said, rel=1e-9, abs=1e-12), f"at {t}"


def a_long_run_is_sampled_and_says_how_finely(page: Page, run: Run) -> None:
    show(page, "traces")
    seen = wait_for(page, "p.traces()?.finished && p.traces()")
    moments = [t for t, _ in seen["lines"][0][1]]
    assert moments == sorted(set(moments))
    assert max(b - a for a, b in itertools.pairwise(moments)) == seen["resolution"] == 8
    expect(page.locator('[data-role="resolution"]')).to_contain_text("A point every 8 updates")


def a_bar_puts_its_line_in_and_out(page: Page, run: Run) -> None:
    ids = run.corpus.vocabulary.ids
    show(page, "traces")
    chosen = "p.traces().lines.map(([id]) => id)"
    first = ask(page, chosen)
    bars = page.locator(".w2v-bars canvas")
    bars.click(position={"x": 120, "y": 8})  # the topmost bar
    assert ask(page, chosen) == first[1:]
    assert data(page, "word") == str(ids["king"]), "the selected word stays"
    bars.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert ask(page, chosen) == [*first[1:], first[0]]
    assert data(page, "t") == "700"
    lines = page.locator(".w2v-traces canvas")
    box = lines.bounding_box()
    assert box is not None
    lines.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    wait_idle(page)
    t = int(data(page, "t"))
    assert 0.3 * run.n_steps < t < 0.9 * run.n_steps
    rests_at(page, t)
    label = lines.get_attribute("aria-label") or ""
    said = prediction(run.parameters(t), (ids["king"],), run.plan.objective)
    for word in ask(page, chosen):
        assert f"{run.corpus.vocabulary.words[word]} {percent(said[word])}" in label.replace("\u00a0", " ")


# --- vectors --------------------------------------------------------------------------------------------------


def check_strips(page: Page, run: Run) -> None:
    show(page, "vectors")
    seen = wait_for(page, "p.rows()?.touched && p.rows()")
    now, step, dim = run.parameters(T), run.step(T), run.config.dim
    rows = slice(seen["first"], seen["last"])
    assert seen["last"] - seen["first"] >= 8
    np.testing.assert_allclose(np.reshape(seen["V"], (-1, dim)), now.V[rows], rtol=1e-9)
    np.testing.assert_allclose(np.reshape(seen["U"], (-1, dim)), now.U[rows], rtol=1e-9)
    king = run.corpus.vocabulary.ids["king"]
    np.testing.assert_allclose(seen["v"], now.V[king], rtol=1e-9)
    assert set(seen["touched"]["V"]) == {int(i) for trace in step.traces for i in trace.example.inputs}
    assert set(seen["touched"]["U"]) == {int(i) for trace in step.traces for i in trace.rows}
    example = step.traces[0].example
    before, after = (
        prediction(p, example.inputs, run.plan.objective)[example.target] for p in (now, run.parameters(T + 1))
    )
    said = page.locator('[data-role="pair"]').inner_text().replace("\u00a0", " ")
    assert f"{percent(before)} \u2192 {percent(after)}" in said
    n_rows = len(now.U)
    moved = f"all {n_rows}" if len(seen["touched"]["U"]) == n_rows else str(len(seen["touched"]["U"]))
    assert re.search(rf"Moves .* and {moved} ", said), said


def every_number_of_a_strip_can_be_read(page: Page, run: Run) -> None:
    show(page, "vectors")
    king = run.corpus.vocabulary.ids["king"]
    strips = page.locator(".w2v-strips-canvas")
    strips.hover(position={"x": 140, "y": 34})  # the first row, somewhere in V
    tip = page.locator(".w2v-vectors .w2v-tip").inner_text()
    found = re.fullmatch(r"v of (\S+), number (\d) of 8: (\S+)", tip)
    assert found, tip
    row = run.parameters(700).V[run.corpus.vocabulary.ids[found[1]]]
    assert float(found[3].replace("\u2212", "-")) == pytest.approx(row[int(found[2]) - 1], rel=1e-5)
    label = strips.get_attribute("aria-label") or ""
    numbers = [float(x) for x in re.findall(r"-?\d+\.\d+(?:e-\d+)?", label.replace("\u2212", "-"))]
    now = run.parameters(700)
    np.testing.assert_allclose(numbers, [*now.V[king], *now.U[king]], rtol=0.006)


# --- stop conditions ------------------------------------------------------------------------------------------


def choose_stop(page: Page, kind: str, **values: str) -> None:
    press(page, "stop-when")
    page.locator('[data-action="stop-kind"]').select_option(kind)
    for action, value in values.items():
        box = page.locator(f'[data-action="stop-{action}"]')
        if action == "word":
            box.select_option(label=value)
        else:
            box.fill(value)
            box.press("Tab")


def first_time(run: Run, start: int, holds: Callable[[Any], bool]) -> int:
    """The first moment after `start` at which something holds that did not hold one update before."""
    was = True
    for t in range(start, run.n_steps + 1):
        now = holds(run.parameters(t))
        if now and not was:
            return t
        was = now
    raise AssertionError("it never begins to hold")


def play_until_it_stops(page: Page, t: int) -> str:
    press(page, "play")
    expect(page.locator('[data-role="stopped"]')).to_contain_text("Stopped", timeout=2 * SLOW)
    reports(page, t)
    return page.locator('[data-role="stopped"]').inner_text().replace("\u00a0", " ")


def test_playing_stops_at_the_very_update_where_a_guess_rises_above_a_share_and_where_the_nearest_word_changes(
    page: Page,
) -> None:
    run = royal()
    words, ids = run.corpus.vocabulary.words, run.corpus.vocabulary.ids
    said = lambda p: prediction(p, (ids["king"],), run.plan.objective)[ids["crowns"]]  # noqa: E731
    t = 400  # not the whole way: it plays for seconds
    royal_alone(page, t, {})
    choose_stop(page, "said", word="crowns", share="9.5")
    page.locator('[data-action="speed"]').select_option("epoch")
    for _ in range(2):  # playing on looks for the next time
        t = first_time(run, t, lambda p: said(p) > 0.095)
        why = play_until_it_stops(page, t)
        now = 100 * said(run.parameters(t))
        assert why == f"Stopped at update {t:,}: P(crowns | king) rose above 9.5 %; it is {now:.2f} % now."

    closest = lambda p: nearest(p.V, ids["bread"], 1)[0][0]  # noqa: E731
    first = closest(run.parameters(10))
    t = first_time(run, 10, lambda p: closest(p) != first)
    ask(page, "p.select(a) ?? null", ids["bread"])
    ask(page, "p.goTo(10) ?? null")
    reports(page, 10)
    page.locator('[data-action="speed"]').select_option("slow-start")
    choose_stop(page, "nearest")
    why = play_until_it_stops(page, t)
    assert f"the nearest word of bread is now {words[closest(run.parameters(t))]}" in why
    assert why.endswith(f"one update before it was {words[first]}.")
    press(page, "forward")
    expect(page.locator('[data-role="stopped"]')).to_be_hidden()


@pytest.mark.parametrize(
    ("settings", "share"),
    [
        ({}, 0.5),
        ({"architecture": "cbow", "objective": "negative"}, 0.3),
        ({"objective": "hierarchical", "batching": "window"}, 0.4),
    ],
    ids=["softmax", "CBOW, negative", "hierarchical, windows"],
)
def test_playing_stops_at_the_very_update_where_the_mean_loss_falls_below(
    page: Page, settings: dict[str, Any], share: float
) -> None:
    settings = {"epochs": 20, **settings}
    run = royal(**settings)
    goal = run.plan.goal
    limit = round(goal.uniform - share * (goal.uniform - goal.floor), 3)
    t = first_time(run, 0, lambda p: goal.mean_loss(p) < limit)
    start = t * 2 // 3  # not the whole way: it plays for seconds
    royal_alone(page, start, settings)
    choose_stop(page, "loss", loss=str(limit))
    why = play_until_it_stops(page, t)
    assert f"the mean loss fell below {limit} nats; it is {goal.mean_loss(run.parameters(t)):.4f} now." in why


def test_a_condition_that_never_holds_is_said_at_the_end(page: Page) -> None:
    royal_alone(page, 0, {"epochs": 1})
    choose_stop(page, "loss", loss="0.5")
    page.locator('[data-action="speed"]').select_option("epoch")
    press(page, "play")
    said = page.locator('[data-role="stopped"]')
    expect(said).to_have_text("The run is over: the mean loss did not fall below 0.5 nats on the way.", timeout=SLOW)
    assert data(page, "t") == "192"


# --- hands, keys, words ---------------------------------------------------------------------------------------


def the_view_is_chosen_by_keyboard_and_remembered(page: Page, _run: Run) -> None:
    page.locator('button[data-show="guesses"]').focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    pressed = page.locator('button[data-show="ripple"]')
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".w2v-bars")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    rests_at(page, 701)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    turn_to(page, "Map")
    wait_player(page)
    turn_to(page, "Training")
    wait_player(page)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    rests_at(page, 701)


def every_view_keeps_the_transport_in_sight(page: Page, _run: Run) -> None:
    for width, height in ((1024, 768), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        wait_idle(page)
        places = set()
        for name, reads in (("guesses", "readout"), ("traces", "readout"), ("ripple", "ripple"), ("vectors", "pair")):
            show(page, name)
            wait_idle(page)
            box = page.locator('[data-action="play"]').bounding_box()
            sentence = page.locator(f'[data-role="{reads}"]').bounding_box()
            assert box is not None
            assert sentence is not None
            assert box["y"] + box["height"] <= height
            assert sentence["y"] + sentence["height"] <= height
            places.add((box["x"], box["y"]))
        assert len(places) == 1, "nothing jumps from one view to the next"


def touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    session.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]},
    )


def glide(session: CDPSession, page: Page, *paths: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Put down a finger for each path, move all along, and lift them."""
    touch(session, "touchStart", *(path[0] for path in paths))
    for step in range(1, 11):
        share = step / 10
        touch(session, "touchMove", *((a + share * (c - a), b + share * (d - b)) for (a, b), (c, d) in paths))
        page.wait_for_timeout(20)
    touch(session, "touchEnd")
    page.wait_for_timeout(200)


def test_fingers_zoom_move_and_choose_and_the_page_scrolls_past_the_map(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    visit_royal(page, app_server, 700, {})
    session = page.context.new_cdp_session(page)
    canvas = page.locator(".w2v-map-canvas")
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    before = page.evaluate(scrolled)
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    glide(session, page, ((x, y + 60), (x, y - 60)))
    page.wait_for_timeout(500)
    assert page.evaluate(scrolled) > before + 50, "one finger scrolls the page past a map that is not zoomed"
    assert ask(page, "p.camera()") == {"x": 0, "y": 0, "zoom": 1}

    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    rest = page.evaluate(scrolled)
    glide(session, page, ((x - 20, y - 20), (x - 70, y - 70)), ((x + 20, y + 20), (x + 70, y + 70)))
    camera = ask(page, "p.camera()")
    assert camera["zoom"] == pytest.approx(3.5, rel=0.25), "two fingers zoom by how far they part"
    assert page.evaluate(scrolled) == rest, "and the page stays"

    glide(session, page, ((x, y), (x + 40, y + 50)))
    moved = ask(page, "p.camera()")
    assert moved["zoom"] == camera["zoom"]
    assert moved["x"] < camera["x"], "the map follows the finger to the right"
    assert moved["y"] > camera["y"], "and down"
    assert page.evaluate(scrolled) == rest

    chosen = data(page, "word")
    inside = [
        item
        for item in ask(page, "p.positions()")
        if 20 < item["px"] < box["width"] - 20 and 20 < item["py"] < box["height"] - 40 and str(item["id"]) != chosen
    ]
    target = inside[0]
    place = (box["x"] + target["px"], box["y"] + target["py"])
    touch(session, "touchStart", place)
    touch(session, "touchEnd")
    expect(player(page)).not_to_have_attribute("data-word", chosen)
    hit = next(item for item in inside if str(item["id"]) == data(page, "word"))
    assert np.hypot(hit["px"] - target["px"], hit["py"] - target["py"]) < 22


def test_the_wheel_scrolls_the_page_past_the_map_and_zooms_with_ctrl(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(viewport={"width": 1024, "height": 600})
    visit_royal(page, app_server, 700, {})
    box = page.locator(".w2v-map-canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    page.mouse.wheel(0, 60)
    page.wait_for_function(f"{scrolled} >= 60")
    assert ask(page, "p.camera()") == {"x": 0, "y": 0, "zoom": 1}
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    assert wait_for(page, "p.camera().zoom > 1 && p.camera()")["zoom"] == pytest.approx(np.exp(0.25))
    page.mouse.wheel(0, -5)  # as two fingers that part a little
    assert wait_for(page, "p.camera().zoom > 1.29 && p.camera()")["zoom"] == pytest.approx(np.exp(0.30))
    assert page.evaluate(scrolled) == 60, "and the page stays"
    for name in ("Zoom in", "Zoom out"):
        expect(page.get_by_role("button", name=name)).to_have_attribute("title", re.compile("Ctrl.*wheel"))


def test_with_reduced_motion_every_view_is_there_at_once(new_page: Callable[..., Page]) -> None:
    page = new_page(reduced_motion="reduce")
    royal_alone(page, 700, {})
    for name, canvas in (("traces", ".w2v-traces"), ("ripple", ".w2v-ripple"), ("vectors", ".w2v-strips")):
        show(page, name)
        if name == "ripple":
            wait_for(page, "p.ripple()")
        drawing = page.locator(f"{canvas} canvas").first
        still = drawing.evaluate("canvas => canvas.toDataURL()")
        page.wait_for_timeout(400)
        if name != "traces":  # lines may still fill in
            assert drawing.evaluate("canvas => canvas.toDataURL()") == still
        assert drawing.evaluate(
            "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(x => x > 0)"
        )


def the_top_line_says_how_far_the_run_has_come(page: Page, run: Run) -> None:
    share = run.plan.goal.share_of_the_way(run.plan.goal.mean_loss(run.parameters(700)))
    for title in ("Training", "Map", "One update", "Start"):
        turn_to(page, title)
        wait_player(page)
        if page.locator('[data-playing="true"]').count():
            page.keyboard.press("Space")
            wait_idle(page)
            continue
        where = page.locator('[data-role="where"]')
        expect(where).to_have_text("update 700 of 7,680, epoch 4 of 40")
        way = page.locator('[data-role="headline"]')
        expect(way).to_contain_text("learned")
        shown = int(way.inner_text().split("\u00a0%")[0])
        assert shown == round(100 * share), "exact at rest"


def test_with_cbow_a_condition_is_about_the_context_at_which_play_began(page: Page) -> None:
    settings = {"architecture": "cbow", "epochs": 20}
    run = royal(**settings)
    start = 7 + run.n_steps // 4  # not the whole way: it plays for seconds
    inputs, target = run.step(start).traces[0].example.inputs, run.step(start).traces[0].example.target
    words = run.corpus.vocabulary.words
    said = lambda p: prediction(p, inputs, run.plan.objective)[target]  # noqa: E731
    t = first_time(run, start, lambda p: said(p) > 0.2)
    royal_alone(page, start, settings)
    choose_stop(page, "said", word=words[target], share="20")
    why = play_until_it_stops(page, t)
    given = ", ".join(words[i] for i in inputs)
    assert f"P({words[target]} | {given}) rose above 20 %; it is {100 * said(run.parameters(t)):.2f} % now." in why
