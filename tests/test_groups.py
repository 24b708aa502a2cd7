"""Groups in color: those of a preset are true of the model, others are found, and one tool of the map shows both."""

import re
from functools import cache

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from pages.components.player.record import live_record, moments_record
from pages.drawing import colors
from tests.browser import Server, wait_idle
from tests.browsing import FOX, ask, picture, turn_to, visit
from tests.test_layers import ROOT
from w2v import PRESETS, Config, Run, nearest, train_whole_text
from w2v.pictures.clusters import clusters
from w2v.pictures.groups import groups_of
from w2v.whole.passes import Passes

GROUPED = [key for key, preset in PRESETS.items() if preset.groups]


@cache
def run_of(key: str) -> Run:
    return Run(Config(PRESETS[key].text))


@pytest.mark.parametrize("key", GROUPED)
def test_the_groups_of_a_preset_are_what_its_model_learns(key: str) -> None:
    run = run_of(key)
    groups = groups_of(run, run.plan.n_words)
    assert groups.given
    V = run.parameters(run.n_steps).V
    inside = [groups.of[nearest(V, i, 1)[0][0]] == group for i, group in enumerate(groups.of) if group >= 0]
    assert len(inside) >= 8
    assert np.mean(inside) >= 0.9
    words = run.corpus.vocabulary.words
    assert {tuple(sorted(words[i] for i in np.flatnonzero(groups.of == g))) for g in range(groups.of.max() + 1)} == {
        tuple(sorted(group)) for group in PRESETS[key].groups
    }


def test_there_are_no_more_groups_than_shapes_and_no_word_is_in_two() -> None:
    for key in GROUPED:
        groups = PRESETS[key].groups
        assert len(groups) <= 8
        assert len({word for group in groups for word in group}) == sum(map(len, groups))
    assert len(GROUPED) == 5


def test_groups_of_another_text_are_those_of_its_vectors_at_the_end() -> None:
    run = Run(Config(FOX, epochs=30))
    groups = groups_of(run, run.plan.n_words)
    assert not groups.given
    assert np.array_equal(groups.of, clusters(run.parameters(run.n_steps).V, min(5, run.plan.n_words // 3)))
    few = Run(Config("hello world", epochs=2))
    assert groups_of(few, 2).of.tolist() == [0, 0]
    assert len(groups_of(run, 4).of) == 4, "of the words that are drawn"


def test_a_preset_without_its_words_has_found_groups() -> None:
    assert not groups_of(run_of("royal"), 1).given


def test_the_player_gets_the_groups_of_the_words_on_its_map_once_it_is_trained() -> None:
    run = run_of("royal")
    header, _ = moments_record(run)
    assert header["groups"] == {"given": True, "of": groups_of(run, header["n_shown"]).of.tolist()}
    passes = Passes(train_whole_text(Config(FOX, epochs=2)))
    header, _ = moments_record(passes)
    assert len(header["groups"]["of"]) == header["n_shown"]
    assert b'"groups"' not in live_record(passes, ("map",))[0], "while it is trained they would change all the time"


def test_python_and_the_player_have_the_same_colors() -> None:
    theme = (ROOT / "pages/components/kit/theme.js").read_text(encoding="utf-8")
    assert tuple(re.findall(r'\["(#\w+)", "#\w+"\]', theme)) == colors.GROUPS


# --- in a browser -----------------------------------------------------------------------------------------------


def tool(page: Page) -> Locator:
    return page.locator('[data-action="groups"]')


def says(page: Page) -> list[str]:
    """What stands at the foot of the map, once what was pressed is drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return list(ask(page, "p.foot()")["says"])


@pytest.mark.browser
def test_a_preset_shows_its_groups_and_another_text_when_asked(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/training", preset="royal", epochs=5, t=300)
    expect(tool(page)).to_have_attribute("aria-pressed", "true")
    assert "used alike" in says(page)
    with_groups = picture(page, "map")
    tool(page).click()
    expect(tool(page)).to_have_attribute("aria-pressed", "false")
    wait_idle(page)
    assert picture(page, "map") != with_groups
    assert "used alike" not in says(page)
    turn_to(page, "Map")
    expect(tool(page)).to_have_attribute("aria-pressed", "false", timeout=30_000)
    tool(page).click()
    expect(tool(page)).to_have_attribute("aria-pressed", "true")
    turn_to(page, "Start")
    expect(tool(page)).to_have_attribute("aria-pressed", "true", timeout=30_000)


@pytest.mark.browser
def test_of_the_tool_and_the_options_of_map_the_last_choice_counts(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/map", preset="bank", epochs=5, t=300)
    expect(tool(page)).to_have_attribute("aria-pressed", "false")
    tool(page).click()
    expect(tool(page)).to_have_attribute("aria-pressed", "true")
    assert "alike at the end" in says(page)
    page.get_by_role("button", name="Options").click()
    for option, pressed, said in (
        ("frequency", "false", "1 times in the text"),
        ("group (k-means)", "true", "alike now"),
        ("nothing", "false", ""),
    ):
        page.get_by_label("Color by", exact=True).click()
        page.get_by_role("option", name=option, exact=True).click()
        wait_idle(page, settle=0.6)
        expect(tool(page)).to_have_attribute("aria-pressed", pressed)
        assert not said or any(said.split(" ", 1)[1] in one for one in says(page))
