"""What a link keeps from whoever opens it: hidden controls, a locked moment; on every page, and in the address."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.session import link, memory, shared_file
from pages.session.allowed import FIXED, KEPT
from pages.session.link import Limits
from tests.visitor import (
    PAGES,
    chosen_word,
    config,
    draft,
    fine,
    go,
    labels,
    moment,
    press,
    problem,
    record,
    report,
    texts,
    visit,
)
from w2v import PRESETS, Config

ROYAL = Config(PRESETS["royal"].text, epochs=2)
FOX = "The red fox runs over the hill. The grey fox sleeps under the hill."
ALL = {"hide": "settings,share,pages", "lock": "true"}


# --- the address ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "limits"),
    [
        ({}, Limits()),
        ({"hide": "settings"}, Limits(("settings",))),
        ({"hide": "pages,settings"}, Limits(("settings", "pages"))),
        ({"hide": "share,<b>evil</b>,,SHARE,share"}, Limits(("share",))),
        ({"hide": ""}, Limits()),
        ({"lock": "true"}, Limits((), True)),
        ({"lock": "yes"}, Limits()),
        (ALL, Limits(("settings", "share", "pages"), True)),
    ],
)
def test_what_an_address_keeps_from_others(query: dict[str, str], limits: Limits) -> None:
    for rest in ({}, ROYAL.to_query() | {"t": "7"}):
        found = link.read(query | rest)
        assert found.limits == limits
        assert link.read(link.query_of(found)).limits == limits
        assert "hide" not in link.query_of(replace(found, limits=Limits()))


def test_a_locked_moment_is_in_no_guide() -> None:
    assert link.read({"guide": "teach-4", "lock": "true"}).guide is None
    assert link.read({"guide": "teach-4", "hide": "settings"}).guide == ("teach", 3)


@pytest.mark.parametrize("query", [{"dim": "0"}, {"text": "damaged"}, {"preset": "own"}])
def test_where_the_text_is_missing_another_can_be_chosen(query: dict[str, str]) -> None:
    found = link.read(query | ALL)
    assert found.problem
    assert found.limits == Limits(("share", "pages"))


# --- on the pages ---------------------------------------------------------------------------------------------


def sees(at: AppTest) -> set[str]:
    """Which controls are there that a link can hide."""
    seen = labels(at)
    names = {
        "settings": {"Settings", "Texts to start with", "Upload a text file", "Open vectors or a run", "Chance (seed)"},
        "share": {"Share", "Save", "Save this picture"},
        "pages": {"Text and windows", "**Watch it learn**", "All numbers of this update"},
    }
    return {name for name, among in names.items() if seen & among}


@pytest.mark.parametrize("hidden", ["settings", "share", "pages"])
def test_what_is_hidden_is_hidden_on_every_page(hidden: str) -> None:
    at = visit(ROYAL, "training", hide=hidden)
    free, seen = visit(ROYAL, "training"), set()
    for page in PAGES:
        seen |= sees(fine(go(free, page)))
        assert hidden not in sees(fine(go(at, page))), page
        assert at.query_params["hide"] == hidden
    assert seen == {"settings", "share", "pages"}, "where nothing is hidden, they are found"
    assert hidden not in sees(visit(page="map", **dict(at.query_params))), "after a reload"


def to_notebook(at: AppTest) -> AppTest:
    return go(at, "compare").segmented_control(key="compare_part").set_value("notebook").run()


def test_where_settings_are_hidden_no_other_run_takes_the_place_of_the_present_one() -> None:
    at = visit(replace(ROYAL, dim=3), "training")
    assert "Save as CSV" in labels(fine(to_notebook(at)))
    given = link.Link(ROYAL, limits=Limits(("settings", "share")))
    fine(go(at, "text").file_uploader(key="upload").upload("a.w2v", shared_file.write("training", given)).run())
    fine(go(at, "training"))
    assert config(at) == ROYAL
    assert "Save as CSV" not in labels(fine(to_notebook(at)))
    fine(at.selectbox(key="notebook_run").set_value(1).run())
    press(at, "notebook_open", "training")
    assert config(at) == ROYAL
    assert problem(at) == KEPT


def stays(at: AppTest, t: int | None = 5) -> None:
    assert (config(at), moment(at), draft(at)) == (ROYAL, t, ROYAL.text)
    assert (at.query_params["lock"], at.query_params["t"]) == ("true", str(t))


def test_a_locked_moment_stays_and_words_and_level_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    at = visit(ROYAL, "training", t="5", lock="true")
    for page in PAGES:
        stays(fine(go(at, page)))
        assert "settings" not in sees(at)
    header, _ = record(go(at, "training"))
    assert header["locked"]
    assert "transport" not in header["views"]
    stays(fine(report(at, "training", t=9, word=3, command=header["command"])))
    assert chosen_word(at) == header["words"][3]
    assert "kept so by your link" in texts(at)
    fine(at.radio(key="level_choice").set_value("algebra").run())
    assert at.query_params["level"] == "algebra"

    assert go(at, "teach").button(key="show_3").disabled
    fine(to_notebook(at))
    press(at, "notebook_open", "training")
    assert problem(at) == FIXED, "where the control is not hidden, a sentence says why nothing happens"
    stays(at)
    fine(go(at, "start"))
    assert not record(at)[0]["autoplay"]
    fine(at.button(key="door_training").click().run())
    stays(go(at, "training"))
    assert all(slider.disabled for slider in go(at, "text").slider if slider.key == "counting_moment")

    reloaded = visit(page="words", **dict(at.query_params))
    stays(reloaded)
    monkeypatch.setattr(memory, "came_back", lambda: True)
    stays(fine(go(reloaded, "map")))


def test_a_link_that_locks_without_a_moment_locks_the_one_that_is_seen_first() -> None:
    at = go(visit(ROYAL, "start", lock="true"), "map")
    assert at.query_params["t"] == "0", "though Map would show the end"
