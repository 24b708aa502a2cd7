"""Which moment a page shows before anybody chose one, and what begins to play by itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from tests.browser import Server, open_page, player, wait_player
from tests.browsing import SLOW, ask, data, last_update, link_says, press, query_of, rests_at, turn_to, visit
from tests.visitor import fine, go, latest_run, moment, record, report, sent_to
from tests.visitor import visit as come
from w2v import Config

SHORT = {"preset": "royal", "epochs": "3"}


# --- without a browser ----------------------------------------------------------------------------------------


def t_of(at: AppTest) -> int:
    """The moment at which the player on this page begins."""
    t: int = record(fine(at))[0]["t"]
    return t


def test_map_and_words_open_at_the_end_and_the_other_pages_at_the_start_as_long_as_no_moment_was_chosen() -> None:
    at = come(page="map", **SHORT)
    last = latest_run(at).n_steps
    assert t_of(at) == last > 0
    assert "t" not in at.query_params
    for page, t in (("training", 0), ("map", last), ("update", 0), ("words", last)):
        assert t_of(go(at, page)) == t, page
        assert moment(at) is None
        assert "t" not in at.query_params


@pytest.mark.parametrize("t", [0, 300])
def test_a_chosen_moment_travels_to_map(t: int) -> None:
    at = come(page="training", t="7", **SHORT)
    report(at, "training", t=t, word=None)
    assert t_of(go(at, "map")) == t
    assert at.query_params["t"] == str(t), "on Map the start has to be said: nothing means the end"
    assert t_of(come(page="map", t=str(t), **SHORT)) == t, "and a link means the same"
    assert t_of(go(at, "words")) == t


def test_where_a_player_was_put_is_no_choice() -> None:
    """A word that is clicked at the start of Training does not bring Map to the start."""
    at = come(page="training", **SHORT)
    report(at, "training", t=0, word=2)
    assert moment(at) is None
    assert t_of(go(at, "map")) == latest_run(at).n_steps
    report(at, "map", t=latest_run(at).n_steps, word=3)
    assert t_of(go(at, "training")) == 0


def test_the_buttons_called_watch_it_learn_begin_at_the_start_and_play_once() -> None:
    for page in ("start", "text"):
        at = come(page=page, t="7", **SHORT)
        button = next(button for button in at.button if "Watch it learn" in button.label)
        button.click().run()
        header = record(fine(go(at, "training")))[0]  # AppTest stays on the page of the button
        assert (header["t"], header.get("autoplay"), header.get("afresh")) == (0, True, True), page
        go(at, "update")
        assert not record(go(at, "training"))[0].get("autoplay"), "not again by the navigation"


def test_what_was_to_play_is_forgotten_where_nothing_can() -> None:
    """A model too large for the browser: the next one does not begin to play unasked."""
    large = Config(" ".join(f"w{i}" for i in range(900)), dim=300, epochs=1, window=1)
    at = come(page="text", **large.to_query())
    next(button for button in at.button if button.label == "Watch it learn").click().run()
    assert not sent_to(fine(go(at, "training")), "w2v_player")
    at = go(at, "text")
    at.radio(key="preset").set_value("loop").run()
    assert not record(fine(go(at, "map")))[0].get("autoplay")


# --- in the browser -------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("door", ["start", "text"])
def test_watch_it_learn_plays_from_the_start_wherever_one_was(page: Page, app_server: Server, door: str) -> None:
    visit(page, app_server, t=300, **SHORT)
    press(page, "forward")
    rests_at(page, 301)
    turn_to(page, "Text and windows" if door == "text" else "Start")
    page.get_by_role("button", name="Watch it learn").click()
    expect(page).to_have_url(re.compile("/training"), timeout=SLOW)
    expect(player(page)).to_have_attribute("data-playing", "true", timeout=SLOW)
    expect(player(page)).to_have_attribute("data-t", re.compile(r"^[1-9]\d?$"))
    press(page, "play")
    t = int(data(page, "t"))
    rests_at(page, t)
    turn_to(page, "Map")
    wait_player(page)
    assert int(data(page, "t")) == t, "where it was paused is a choice"


@pytest.mark.browser
def test_watch_it_learn_does_not_play_where_motion_is_unwelcome(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(reduced_motion="reduce")
    open_page(page, f"{app_server.url}/text?preset=royal&epochs=3&t=300")
    page.get_by_role("button", name="Watch it learn").click()
    expect(page).to_have_url(re.compile("/training"), timeout=SLOW)
    wait_player(page)
    rests_at(page, 0)


@pytest.mark.browser
def test_training_by_the_navigation_or_by_a_link_stands_still(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?preset=royal&epochs=3")
    turn_to(page, "Training")
    wait_player(page)
    rests_at(page, 0)


@pytest.mark.browser
def test_start_playing_by_itself_does_not_lead_map_away_from_the_end(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/?preset=royal")
    expect(player(page)).to_have_attribute("data-t", re.compile(r"^[1-9]\d*$"), timeout=SLOW)
    turn_to(page, "Map")
    wait_player(page)
    assert int(data(page, "t")) == last_update(page)
    assert "t" not in query_of(page)


@pytest.mark.browser
def test_start_begins_again_when_one_comes_back_after_its_end(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/?preset=royal&epochs=1")
    expect(player(page)).to_have_attribute("data-playing", "true", timeout=SLOW)
    ask(page, "p.goTo(1e9) ?? 1")
    link_says(page, t=str(last_update(page)))
    turn_to(page, "Teach")
    turn_to(page, "Start")
    expect(player(page)).to_have_attribute("data-playing", "true", timeout=SLOW)
    assert int(data(page, "t")) < last_update(page)
