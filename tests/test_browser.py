"""The main job in a real browser, start to end: paste a text, train, play, step, look at an update, choose words."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, player, wait_idle, wait_player
from tests.browsing import (
    FOX,
    SLOW,
    ask,
    data,
    equation,
    last_number,
    last_update,
    last_vector,
    link_says,
    metric,
    open_text_page,
    paste,
    picture,
    positions,
    press,
    query_of,
    readout,
    rests_at,
    same_to_three_digits,
    text_box,
    turn_to,
    visit,
    watch_it_learn,
)
from tests.player_alone import player_alone, reports
from w2v import PRESETS, Config, Run

pytestmark = pytest.mark.browser


def test_a_pasted_paragraph_becomes_a_run_and_every_update_of_it_can_be_seen(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    before = [metric(page, label) for label in ("Tokens", "Words", "Sentences", "Examples")]
    paste(page, FOX)
    run = Run(Config(FOX))
    after = [metric(page, label) for label in ("Tokens", "Words", "Sentences", "Examples")]
    assert before != after
    assert after == [str(n) for n in (42, run.plan.n_words, 6, len(run.plan.epoch(0).targets))]
    assert page.locator(".w2v-windows .w2v-wv-box").inner_text().split()[:4] == ["the", "red", "fox", "runs"]

    watch_it_learn(page)
    assert "/training" in page.url
    assert last_update(page) == run.n_steps
    assert {"fox", "hen", "sleeps"} <= set(positions(page))
    expect(page.get_by_text(f"{run.plan.n_words} different words, 42 in all")).to_be_visible()

    press(page, "play")
    expect(player(page)).not_to_have_attribute("data-t", "0")
    press(page, "play")
    t = int(data(page, "t"))
    rests_at(page, t)
    assert t > 0

    turn_to(page, "One update")
    wait_player(page)
    rests_at(page, t)
    step = run.step(t)
    words = run.corpus.vocabulary.words
    trace = step.traces[0]
    center, target = words[trace.example.inputs[0]], words[trace.example.target]
    name = re.compile(rf"^Update {t:,}, epoch {step.epoch + 1}, .*: from center {center} predict {target}$")
    expect(page.locator(".w2v-update")).to_have_attribute("aria-label", name, timeout=SLOW)
    page.get_by_role("radio", name="numbers").check()
    shown = page.locator(".w2v-up-pinned .w2v-up-u span").evaluate_all("cells => cells.map(c => Number(c.title))")
    assert shown == trace.h.tolist()

    turn_to(page, "Training")
    wait_player(page)
    rests_at(page, t)
    turn_to(page, "Text and windows")
    expect(text_box(page)).to_have_value(FOX)


def test_playing_moves_the_words_and_redraws_every_picture(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", word="king")
    rests_at(page, 0)
    places = positions(page)
    pictures = {view: picture(page, view) for view in ("map", "bars", "loss")}
    sentence = readout(page).inner_text()
    press(page, "play")
    expect(player(page)).to_have_attribute("data-playing", "true")
    for _ in range(3):  # it keeps moving
        passed = data(page, "t")
        expect(player(page)).not_to_have_attribute("data-t", passed)
    expect(page.locator('[data-action="play"]')).to_have_text("Pause")
    press(page, "play")
    expect(player(page)).to_have_attribute("data-exact", "true", timeout=SLOW)
    t = int(data(page, "t"))
    rests_at(page, t)
    assert max(np.hypot(*np.subtract(positions(page)[word], places[word])) for word in places) > 2
    for view, painted in pictures.items():
        assert picture(page, view) != painted, view
    assert readout(page).inner_text() != sentence
    wait_idle(page)
    assert int(data(page, "t")) == t, "it stays where it was paused"


def test_buttons_keys_and_the_hand_go_to_any_update(page: Page, app_server: Server, subtests: pytest.Subtests) -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=5))
    visit(page, app_server, preset="royal", epochs=5, word="king")
    for says, check in (
        ("arrow keys work when nothing has the focus", arrow_keys_work_when_nothing_has_the_focus),
        ("scrubbing follows the hand and reports where it lets go", scrubbing_follows_the_hand),
        ("an update is gone to by its number, and the next one with a word", an_update_is_gone_to_by_its_number),
    ):
        with subtests.test(says):
            check(page, run)
        ask(page, "p.goTo(0) ?? null")
        rests_at(page, 0)


def test_steps_by_button_and_by_key_go_to_the_very_next_update_and_back(page: Page) -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=5))
    player_alone(page, run.config, word="king")
    last = last_update(page)
    assert last == run.n_steps
    start = ask(page, "p.state(0)")
    press(page, "forward")
    reports(page, 1)
    press(page, "forward")
    reports(page, 2)
    press(page, "back")
    reports(page, 1)
    page.locator(".w2v-map-canvas").focus()
    page.keyboard.press("ArrowRight")
    reports(page, 2)
    page.keyboard.press("Shift+ArrowRight")
    reports(page, 12)
    page.keyboard.press("ArrowLeft")
    reports(page, 11)
    page.keyboard.press("End")
    reports(page, last)
    page.keyboard.press("ArrowRight")
    reports(page, last)
    expect(page.locator('[data-action="forward"]')).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Home")
    reports(page, 0)
    page.keyboard.press("ArrowLeft")
    reports(page, 0)
    assert ask(page, "p.state(0)") == start, "the way back ends where it began, bit for bit"
    press(page, "end")
    reports(page, last)
    press(page, "start")
    reports(page, 0)


def arrow_keys_work_when_nothing_has_the_focus(page: Page, run: Run) -> None:
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    rests_at(page, 1)
    page.keyboard.press("ArrowRight")
    rests_at(page, 2)


def scrubbing_follows_the_hand(page: Page, run: Run) -> None:
    last = last_update(page)
    box = page.locator('[data-action="scrub"]').bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 10, y)
    page.mouse.down()
    seen = []
    for share in (0.3, 0.6, 0.8):
        page.mouse.move(box["x"] + 10 + share * (box["width"] - 20), y, steps=4)
        expect(player(page)).not_to_have_attribute("data-t", str(seen[-1] if seen else 0))
        seen.append(int(data(page, "t")))
        assert abs(seen[-1] - share * last) < 0.01 * last
    assert "t" not in query_of(page), "nothing is reported while the hand is on it"
    page.mouse.move(box["x"] + 10 + 0.5 * (box["width"] - 20), y, steps=4)
    page.mouse.up()
    expect(player(page)).not_to_have_attribute("data-t", str(seen[-1]))
    rests_at(page, int(data(page, "t")))


def an_update_is_gone_to_by_its_number(page: Page, run: Run) -> None:
    king = run.corpus.vocabulary.ids["king"]
    page.locator('[data-action="go-to"]').fill("137")
    page.keyboard.press("Enter")
    rests_at(page, 137)
    press(page, "next-with-word")

    def has_king(t: int) -> bool:
        return any(king in (*trace.example.inputs, trace.example.target) for trace in run.step(t).traces)

    rests_at(page, next(t for t in range(138, run.n_steps) if has_king(t)))


@pytest.mark.parametrize(
    ("objective", "t"), [("softmax", 137), ("negative", 137), ("hierarchical", 250)], ids=lambda value: str(value)
)
def test_one_update_shows_the_numbers_of_that_update(page: Page, app_server: Server, objective: str, t: int) -> None:
    run = Run(Config(PRESETS["royal"].text, objective=objective, dim=5, epochs=3))  # type: ignore[arg-type]
    visit(page, app_server, "/update", preset="royal", objective=objective, dim=5, epochs=3, t=t)
    rests_at(page, t)
    page.get_by_role("radio", name="algebra").check()
    check_numbers(page, run, t)
    press(page, "forward")
    rests_at(page, t + 1)
    check_numbers(page, run, t + 1)
    page.locator(".w2v-player").focus()
    page.keyboard.press("ArrowLeft")
    rests_at(page, t)
    check_numbers(page, run, t)


def check_numbers(page: Page, run: Run, t: int) -> None:
    """The equations and the ledger hold the numbers of `run.step(t)`."""
    step = run.step(t)
    trace = step.traces[0]
    name = re.compile(rf"^Update {t:,}, epoch {step.epoch + 1},")
    expect(page.locator(".w2v-update")).to_have_attribute("aria-label", name, timeout=SLOW)
    expect(page.locator(".katex").first).to_be_visible(timeout=SLOW)
    wait_idle(page)
    target = trace.example.target
    row = target if run.config.objective == "softmax" else 0
    same_to_three_digits(last_vector(equation(page, r"\mathbf h =")), trace.h)
    same_to_three_digits(last_number(equation(page, r"\begin{aligned}s_")), trace.scores[row])
    same_to_three_digits(last_number(equation(page, "L =")), trace.loss)
    same_to_three_digits(last_number(equation(page, "e_")), trace.error[row])
    same_to_three_digits(last_vector(equation(page, r"\frac{\partial L}{\partial \mathbf h}")), trace.grad_h)
    same_to_three_digits(
        last_vector(equation(page, r"\begin{aligned}\mathbf{v}")), run.parameters(t + 1).V[trace.example.inputs[0]]
    )
    if int((trace.rows == trace.rows[row]).sum()) == 1:
        same_to_three_digits(
            last_vector(equation(page, r"\begin{aligned}\mathbf{u}")), run.parameters(t + 1).U[trace.rows[row]]
        )
    order = np.argsort(-np.abs(trace.error), kind="stable")
    order = np.arange(len(order)) if run.config.objective == "hierarchical" else np.array([row, *order[order != row]])
    for place, at in enumerate(order[:5]):
        cells = page.locator(f'.w2v-up-rows [data-key="u{place}"]')
        assert float(cells.locator(".w2v-up-score").get_attribute("title") or "") == trace.scores[at]
        assert float(cells.locator(".w2v-up-error").get_attribute("title") or "") == trace.error[at]


def test_the_moment_and_the_word_travel_from_page_to_page(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=5, t=40, word="queen")
    press(page, "forward")
    rests_at(page, 41)
    chosen = data(page, "word")
    for title in ("One update", "Text and windows", "Training"):
        turn_to(page, title)
        link_says(page, t="41", word="queen", epochs="5")
    wait_player(page)
    rests_at(page, 41)
    assert data(page, "word") == chosen
    expect(page.get_by_text("Near queen, the model expects")).to_be_visible()


def test_leaving_while_it_plays_keeps_the_moment(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", t=500)
    press(page, "play")
    expect(player(page)).not_to_have_attribute("data-t", "500")
    reached = int(data(page, "t"))
    turn_to(page, "One update")
    wait_player(page)
    assert int(data(page, "t")) >= reached


@pytest.mark.parametrize("way", ["map", "search", "text"])
def test_a_word_is_selected_where_it_is_seen(page: Page, app_server: Server, way: str) -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=20))
    king = run.corpus.vocabulary.ids["king"]
    t = next(t for t in range(1800, run.n_steps) if run.step(t).traces[0].example.target != king)
    visit(page, app_server, preset="royal", epochs=20, word="king", t=t)
    before = readout(page).inner_text()
    if way == "map":
        word = lonely_word(positions(page))
        x, y = positions(page)[word]
        page.locator(".w2v-map-canvas").click(position={"x": x, "y": y})
    elif way == "search":
        word = "crowns"
        page.locator('[data-action="find-word"]').fill("crow")
        expect(page.get_by_role("option", name="crowns")).to_be_visible()
        page.keyboard.press("Enter")
    else:
        token = page.locator('.w2v-text [data-role="chosen"]')  # the context word of this update
        word = token.inner_text()
        token.click()
    expect(player(page)).to_have_attribute("data-word", str(run.corpus.vocabulary.ids[word]))
    expect(readout(page)).to_contain_text(f"{word} now gives")
    assert readout(page).inner_text() != before
    expect(page.get_by_role("heading", name=f"Why is {word} here?")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Guesses").click()
    expect(page.get_by_text(f"Near {word}, the model expects")).to_be_visible()
    link_says(page, word=word, t=str(t))


def lonely_word(places: dict[str, tuple[float, float]]) -> str:
    """A word that no other one stands near, and not the one that is selected already."""

    def nearest(word: str) -> float:
        return min(float(np.hypot(*np.subtract(places[word], p))) for other, p in places.items() if other != word)

    return max((word for word in places if word != "king"), key=nearest)


def test_t_sne_is_a_still_picture_and_pca_comes_back(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=10, t=900)
    caption = page.locator(".w2v-caption")
    expect(caption).to_contain_text("(PCA)")
    pca = positions(page)
    page.get_by_text("A still picture (t-SNE)").click()
    expect(caption).to_have_text("t-SNE of update 900, perplexity 5: a still picture", timeout=2 * SLOW)
    wait_idle(page, settle=0.6)
    tsne = positions(page)
    assert set(tsne) == set(pca)
    assert tsne != pca
    press(page, "forward")
    rests_at(page, 901)
    wait_idle(page, settle=0.6)
    expect(caption).to_contain_text("t-SNE of update 900")
    assert positions(page) == tsne, "the picture stands still while the moment moves"
    page.get_by_role("button", name="Draw it for this update").click()
    expect(caption).to_contain_text("t-SNE of update 901", timeout=2 * SLOW)
    page.get_by_text("One fixed view (PCA)").click()
    expect(caption).to_contain_text("(PCA)", timeout=SLOW)
    press(page, "back")
    rests_at(page, 900)
    wait_idle(page, settle=0.6)
    for word, place in positions(page).items():
        assert place == pytest.approx(pca[word], abs=0.01)


@pytest.mark.parametrize("path", ["/training", "/update"])
def test_a_link_is_the_very_first_visit_of_a_fresh_server(
    fresh_server: Callable[..., Server], page: Page, path: str
) -> None:
    server = fresh_server()  # named before the page: so the page is closed before its server ends
    visit(page, server, path, preset="royal", dim=8, t=137, word="king")
    rests_at(page, 137)
    assert path in page.url
    assert query_of(page) == {"preset": "royal", "t": "137", "word": "king"}, "the link is kept; defaults go without"
    king = Config(PRESETS["royal"].text)
    assert data(page, "word") == str(Run(king).corpus.vocabulary.ids["king"])
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    navigation = page.get_by_test_id("stTopNavLink").all_inner_texts()
    assert any("Training" in title for title in navigation), "the frame of app.py is there"
    press(page, "forward")
    rests_at(page, 138)
    assert page.get_by_test_id("stTopNavLink").all_inner_texts() == navigation
    if path == "/update":
        name = re.compile("^Update 138, epoch 1,")
        expect(page.locator(".w2v-update")).to_have_attribute("aria-label", name, timeout=SLOW)


def test_another_setting_is_another_run_from_its_start(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=5, t=100, word="queen", level="numbers")
    run = data(page, "run")
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("spinbutton", name="Dimensions").fill("3")
    page.keyboard.press("Enter")
    expect(player(page)).not_to_have_attribute("data-run", run, timeout=SLOW)
    rests_at(page, 0)
    link_says(page, dim="3", t=None, word="queen")
    expect(page.get_by_text("window 2, 3 dimensions")).to_be_visible()
    wanted = Run(Config(PRESETS["royal"].text, epochs=5, dim=3))
    np.testing.assert_allclose(
        np.reshape(ask(page, "p.state(100).V"), (wanted.plan.n_words, 3)), wanted.parameters(100).V, rtol=1e-9
    )
