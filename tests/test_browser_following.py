"""Slowly enough to be read, the bars follow the text; a word that was chosen stays until it is let go of."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, player, wait_idle, wait_player
from tests.browsing import SLOW, ask, data, last_update, link_says, press, query_of, rests_at, turn_to, visit
from w2v import PRESETS, Config, Run, nearest

pytestmark = pytest.mark.browser

EPOCHS = 5
RUN = Run(Config(PRESETS["royal"].text, epochs=EPOCHS))
WORDS = RUN.corpus.vocabulary.words

# Each moment that is passed, with the words in the titles of the bars and of the update: [t, word, center].
WATCH = """async (root, until) => {
    const seen = [];
    while (Number(root.dataset.t) < until) {
        await new Promise(requestAnimationFrame);
        seen.push([Number(root.dataset.t), ...['.w2v-bars .w2v-title b', '.w2v-what .w2v-word-center']
            .map((place) => root.querySelector(place).textContent)]);
    }
    return seen;
}"""


def center_of(t: int) -> str:
    return WORDS[RUN.step(t).traces[0].example.inputs[0]]


def bars_are_about(page: Page, word: str) -> None:
    expect(page.locator(".w2v-bars .w2v-title b")).to_have_text(word)


def test_start_begins_at_reading_speed_and_its_bars_follow_the_text(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/?preset=royal")
    wait_player(page)
    expect(player(page)).to_have_attribute("data-playing", "true", timeout=SLOW)
    explained = player(page).locator("[data-role=what] [data-term]").first
    explained.focus()
    begun = int(data(page, "t"))
    page.wait_for_timeout(2000)
    assert 0 < int(data(page, "t")) - begun <= 12, "single updates can be read"
    expect(explained).to_be_focused()  # and the keyboard gets on from there
    for t, word, center in player(page).evaluate(WATCH, 18):
        assert word == center, f"update {t}"
    expect(page.locator("[data-action=speed]")).to_have_value("slow-start")
    assert "word" not in query_of(page)
    page.get_by_text("Paste a story").click(force=True)  # all of a card is its button
    expect(page).to_have_url(re.compile("/text"), timeout=SLOW)


def test_at_rest_lines_lead_to_the_words_most_like_the_selected_one_until_they_are_switched_off(
    page: Page, app_server: Server
) -> None:
    last = RUN.n_steps
    visit(page, app_server, preset="royal", epochs=EPOCHS, t=last, word="king")
    lines = page.locator(".w2v-map-canvas")
    for title in ("Training", "Map"):
        turn_to(page, title)
        wait_player(page)
        go_to(page, last)
        expect(lines).to_have_attribute("data-near", most_like("king", last))
        press(page, "start")
        expect(lines).to_have_attribute("data-near", most_like("king", 0))
        press(page, "play")
        expect(lines).to_have_attribute("data-near", "")
        press(page, "play")
    go_to(page, last)
    expect(lines).to_have_attribute("data-near", re.compile("queen"))
    page.get_by_role("button", name="Options").click()
    page.get_by_text("Lines to the three words most like it").click()
    expect(lines).to_have_attribute("data-near", "", timeout=SLOW)


def most_like(word: str, t: int) -> str:
    """The three words most like one at moment t."""
    return " ".join(WORDS[i] for i, _ in nearest(RUN.parameters(t).V, WORDS.index(word), 3))


def go_to(page: Page, t: int) -> None:
    """Bring the player to a moment, at rest."""
    ask(page, "p.goTo(a) ?? null", t)
    rests_at(page, t)


def test_a_speed_that_was_chosen_holds_from_the_first_update_and_two_words_on_one_spot_share_one_name(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, preset="royal")
    page.locator("[data-action=speed]").select_option("whole")
    ask(page, "p.play() ?? 1")
    page.wait_for_timeout(1000)
    assert int(data(page, "t")) > 40
    press(page, "play")
    press(page, "end")
    rests_at(page, last_update(page))
    each_of_two_words_on_one_spot_can_be_clicked_there(page)


def each_of_two_words_on_one_spot_can_be_clicked_there(page: Page) -> None:
    items = ask(page, "p.positions()")
    pairs = [item for item in items if len(item["named"]) == 2]
    assert pairs, "the partners of this text end on one spot"
    named = [word for item in items for word in item["named"]]
    assert len(named) == len(set(named))
    assert len(named) > 20, "of 27: twelve had no name when each needed room of its own"
    for one in items:
        for other in items:
            if one["word"] < other["word"] and abs(one["px"] - other["px"]) + abs(one["py"] - other["py"]) < 6:
                assert any({one["word"], other["word"]} <= set(item["named"]) for item in items)
    for word, edge in zip(pairs[0]["named"], (4, pairs[0]["box"]["w"] - 4)):
        box = pairs[0]["box"]
        page.locator(".w2v-map-canvas").click(position={"x": box["x"] + edge, "y": box["y"] + box["h"] / 2})
        link_says(page, word=word)


def test_stepping_shows_the_guess_that_each_update_corrects_and_playing_fast_holds_one_word(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, preset="royal", epochs=EPOCHS)
    for t in range(6):
        rests_at(page, t)
        bars_are_about(page, center_of(t))
        target = WORDS[RUN.step(t).traces[0].example.target]
        expect(page.locator('.w2v-bars [data-role="readout"]')).to_contain_text(f"\u201c{target}\u201d")
        assert "word" not in query_of(page), "following chooses no word"
        press(page, "forward")
    rests_at(page, 6)
    press(page, "start")
    rests_at(page, 0)
    playing_fast_holds_one_word_and_the_lines_over_time_do_so_too(page)


def playing_fast_holds_one_word_and_the_lines_over_time_do_so_too(page: Page) -> None:
    page.locator("[data-action=speed]").select_option("epoch")
    ask(page, "p.play() ?? 1")
    seen = player(page).evaluate(WATCH, 300)
    assert len({word for t, word, _ in seen if t > 20}) == 1, "calm"
    ask(page, "p.pause() ?? 1")
    wait_idle(page)
    page.locator('button[data-show="traces"]').click()
    bars_are_about(page, WORDS[RUN.telling_word])
    press(page, "forward")
    bars_are_about(page, WORDS[RUN.telling_word])
    expect(page.locator("[data-action=follow]")).to_be_hidden()
    assert re.fullmatch(r"\d+", data(page, "word"))


def test_the_chip_lets_go_of_the_word_of_a_link_and_a_second_click_of_one_that_is_clicked(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, preset="royal", epochs=EPOCHS, t=41, word="queen")
    bars_are_about(page, "queen")
    before = page.locator(".w2v-bars .w2v-paper").bounding_box()
    page.locator("[data-action=follow]").click()
    bars_are_about(page, center_of(41))
    assert page.locator(".w2v-bars .w2v-paper").bounding_box() == before, "nothing jumps"
    link_says(page, word=None, t="41")
    turn_to(page, "One update")
    turn_to(page, "Training")
    wait_player(page)
    bars_are_about(page, center_of(41))
    a_word_that_is_clicked_stays_and_is_let_go_of_by_a_second_click(page)


def a_word_that_is_clicked_stays_and_is_let_go_of_by_a_second_click(page: Page) -> None:
    t = next(t for t in range(40, 80) if center_of(t) == center_of(t + 1))  # in one window
    go_to(page, t)
    token = page.locator('.w2v-text .w2v-token[data-role="chosen"]')
    word = token.inner_text()
    assert word != center_of(t)
    follow, guesses = page.locator("[data-action=follow]"), page.locator('button[data-show="guesses"]')
    expect(follow).to_be_hidden()
    token.click()
    link_says(page, word=word, t=str(t))
    expect(guesses).to_have_attribute("aria-pressed", "false")  # its card is there instead
    token.click()
    bars_are_about(page, center_of(t))
    expect(guesses).to_have_attribute("aria-pressed", "true")
    link_says(page, word=None, t=str(t))
    token.click()
    guesses.click()
    press(page, "forward")
    rests_at(page, t + 1)
    bars_are_about(page, word)
    expect(follow).to_be_visible()
    page.locator('.w2v-text .w2v-token[data-selected="true"][data-role="context"]').click()
    bars_are_about(page, center_of(t + 1))
    link_says(page, word=None, t=str(t + 1))
    expect(follow).to_be_hidden()
