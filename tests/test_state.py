"""What the visitor chose and where they are: links, refusals, moments, training that can be stopped, short memories."""

import math
import time
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from pages.components.player.record import map_basis
from pages.session import choosing, for_all, gate, link, now, own_text, prepared, training
from pages.session.gate import Gate
from pages.session.link import packed_quickly
from tests.visitor import (
    PAGES,
    answer_of_tab,
    chosen_word,
    config,
    draft,
    everything_kept,
    fine,
    go,
    gone_elsewhere,
    has_way_back,
    kept_plans,
    kept_runs,
    latest_run,
    ledger,
    moment,
    open_settings,
    paste,
    press,
    problem,
    record,
    report,
    sent_to,
    sent_to_tab,
    setting,
    texts,
    train_whole,
    training_under_way,
    visit,
)
from w2v import PRESETS, Config, Run
from w2v.explain.health import judge_text

ROYAL = PRESETS["royal"].text
OWN = "a zebra sees a lion. a lion sees a zebra. a zebra runs. a lion runs."


def packed(text: str) -> str:
    """A text as a link holds it."""
    return Config(text).to_query()["text"]


def unpacked(text: str | None) -> str:
    """A text that a link, or the tab of the browser, holds."""
    return Config.from_query({"text": text or ""}).text


# --- links ----------------------------------------------------------------------------------------------------


def test_a_link_opens_what_it_says_and_the_address_says_it_back() -> None:
    at = fine(visit(preset="royal", dim="5", epochs="3", objective="negative", decay="false", t="137", word="king"))
    assert config(at) == Config(ROYAL, dim=5, epochs=3, objective="negative", decay=False)
    link = {"preset": "royal", "dim": "5", "epochs": "3", "objective": "negative", "decay": "false"}
    assert at.query_params == {**link, "t": "137", "word": "king"}
    fine(go(at, "training"))
    header, _ = record(at)
    assert header["t"] == 137
    assert header["words"][header["word"]] == "king"
    assert at.query_params == {**link, "t": "137", "word": "king"}
    fine(go(at, "update"))
    assert ledger(at)[0]["update"] == 137


def test_what_a_link_does_not_say_is_left_at_its_default() -> None:
    at = fine(visit(seed="1"))
    assert config(at) == Config(ROYAL)
    assert at.query_params == {"preset": "royal"}
    assert problem(at) is None


@pytest.mark.parametrize("query", [{"t": "3"}, {"word": "king"}, {"dim": "3"}, {"whole": "false"}], ids=str)
def test_an_old_link_that_names_no_text_means_the_text_that_it_meant(query: dict[str, str]) -> None:
    assert config(fine(visit(**query))).preset == "royal"


@pytest.mark.parametrize("query", [{}, {"utm_source": "x"}], ids=str)
def test_a_first_visit_opens_the_text_whose_pairs_are_seen_at_a_glance(query: dict[str, str]) -> None:
    at = fine(visit(page="start", **query))
    wanted = PRESETS[link.OPENING]
    assert config(at) == Config(wanted.text), "with settings from which any other text can be begun"
    assert at.query_params == {"preset": wanted.key}
    run = latest_run(at)
    points = map_basis(run)(run.parameters(run.n_steps).V)
    far = np.linalg.norm(points[:, None] - points, axis=2) + np.where(np.eye(len(points)), np.inf, 0)
    for pair in wanted.partners:
        a, b = (run.corpus.vocabulary.ids[word] for word in pair)
        assert (far[a].argmin(), far[b].argmin()) == (b, a), f"{pair} are each other's closest dots"
    assert f"\u201c{' '.join(wanted.text.split()[:5])}" in texts(at), "and says what is read"


def test_start_shows_the_beginning_of_a_hostile_text_as_plain_text() -> None:
    text = "![](http://host.example/a.png) <b>bold</b>\u202e a b. b a.\n" + "x" * 900
    at = fine(visit(text=packed(text), page="start"))
    (said,) = [t.value for t in at.text if "![](http" in t.value]
    assert len(said) < 120
    assert "\u202e" not in said
    assert "\n" not in said
    assert fine(visit(text=packed("x" * 300 + " b. b a."), page="start"))


BAD_LINKS = [
    {"dim": "abc"},
    {"dim": "0"},
    {"dim": "301"},
    {"dim": "8.5"},
    {"dim": "9" * 5000},
    {"window": "-1"},
    {"window": "21"},
    {"learning_rate": "nan"},
    {"learning_rate": "-0.1"},
    {"learning_rate": "1e999"},
    {"epochs": "1000000000"},
    {"seed": "-1"},
    {"decay": "yes"},
    {"objective": "magic"},
    {"architecture": "![](http://host.example/a.png)"},
    {"preset": "nope"},
    {"preset": ""},
    {"text": "%%%"},
    {"text": ""},
    {"text": packed(OWN)[:-9]},
    {"text": packed("one")},
    {"text": packed("...")},
    {"min_count": "1000"},
    {"preset": "loop", "epochs": "10000", "window": "20"},
]


@pytest.mark.parametrize("query", BAD_LINKS, ids=lambda q: "-".join(q) + "-" + next(iter(q.values()))[:12])
def test_a_bad_link_says_so_in_one_sentence_and_the_pages_work(query: dict[str, str]) -> None:
    at = fine(visit(**query, t="3"))
    sentence = problem(at)
    assert sentence is not None
    assert sentence.startswith("This link cannot be followed: ")
    assert len(sentence) < 300
    assert "\n" not in sentence
    assert config(at) == Config(ROYAL)
    fine(go(at, "update"))
    assert problem(at) == sentence  # still said there
    assert "nope" not in at.query_params.values()


@pytest.mark.parametrize("t", ["-5", "99999999999", "9" * 4000, "abc", "1.5", "", "\u00b2", "\u0665", "NaN"])
def test_a_bad_moment_in_a_link_is_brought_within_the_run(t: str) -> None:
    at = fine(visit(preset="royal", epochs="2", t=t, page="update"))
    run = latest_run(at)
    assert 0 <= record(at)[0]["t"] <= run.n_steps
    assert state_moment(at) in (0, run.n_steps)


def state_moment(at: AppTest) -> int:
    n_steps, chosen = latest_run(at).n_steps, moment(at) or 0
    return n_steps if chosen == now.END else min(chosen, n_steps)


@pytest.mark.parametrize("word", ["unicorn", "", "x" * 5000, "![](http://host.example/a.png)", "<b>king</b>", "\0"])
def test_an_unknown_word_in_a_link_harms_nothing(word: str) -> None:
    at = fine(visit(preset="royal", epochs="2", word=word))
    for page in ("text", "training"):
        fine(go(at, page))
        if page != "text":
            assert record(at)[0]["word"] in range(27)
        assert not word or word not in texts(at)


def test_the_address_drops_a_word_that_the_text_does_not_have_and_says_it_again_where_it_does() -> None:
    at = fine(visit(preset="royal", epochs="2", word="king"))
    assert at.query_params["word"] == "king"
    for preset, said in (("loop", None), ("royal", "king")):
        at.radio(key="preset").set_value(preset).run()
        assert fine(at).query_params.get("word") == said
    assert "word" not in fine(visit(preset="royal", word="unicorn")).query_params


def test_an_address_without_its_text_asks_the_tab_for_it_and_then_the_visitor() -> None:
    at = fine(visit(preset="own", dim="4", t="7"))
    assert "is fetched from this tab" in texts(at)
    assert at.query_params == {"preset": "own", "dim": "4", "t": "7"}, "kept until it is known what it says"
    fine(answer_of_tab(at, ""))
    sentence = problem(at)
    assert sentence is not None
    assert "paste it again" in sentence
    assert config(at) == Config(ROYAL, dim=4)


def test_what_the_tab_kept_is_opened_with_all_that_the_address_says() -> None:
    at = fine(answer_of_tab(visit(preset="own", dim="4", t="7", word="zebra"), packed_quickly(OWN)))
    assert config(at) == Config(OWN, dim=4)
    assert (moment(at), chosen_word(at), draft(at), problem(at)) == (7, "zebra", OWN, None)
    assert at.query_params == {"text": packed(OWN), "dim": "4", "t": "7", "word": "zebra"}, "short: it is there now"


@pytest.mark.parametrize("answer", ["!", "eJw", "\ud800", "A" * 100_000, packed_quickly("?!")])
def test_what_the_tab_kept_is_read_like_any_link(answer: str) -> None:
    at = fine(answer_of_tab(visit(preset="own", dim="4"), answer))
    assert "cannot be followed" in str(problem(at))
    assert config(at).text == ROYAL


def test_a_text_in_a_link_with_half_a_character_opens() -> None:
    half = "a b \ud800 c d. a b. c d."
    at = fine(visit(text=packed(half)))
    assert draft(at) == config(at).text == half
    assert at.text_area(key="pasted").value == "a b ? c d. a b. c d."
    at.text_area(key="pasted").set_value("?!").run()
    fine(next(button for button in at.button if button.label == "Put it back into the box").click().run())
    assert draft(at) == config(at).text == half
    for page in PAGES:
        fine(go(at, page))
    assert latest_run(at).corpus.vocabulary.words == ("a", "b", "c", "d")


def test_the_address_holds_a_short_text_and_the_tab_a_long_one() -> None:
    at = visit(epochs="1")
    at.text_area(key="pasted").set_value(OWN).run()
    assert config(at).text == OWN
    for page in PAGES:
        fine(go(at, page))
        assert at.query_params == {"text": packed(OWN), "epochs": "1"}
        assert sent_to_tab(at) == ""
    fine(report(go(at, "training"), "training", t=5, word=2))
    assert set(at.query_params) == {"text", "epochs", "t", "word"}
    rng = np.random.default_rng(1)
    long = " ".join([f"w{i}" for i in rng.integers(0, 4_000, 6_000)])
    go(at, "text").text_area(key="pasted").set_value(long).run()
    assert at.query_params == {"preset": "own", "epochs": "1"}, "the word that was chosen is not in this text"
    assert unpacked(sent_to_tab(at)) == long
    at.radio(key="preset").set_value("loop").run()
    assert sent_to_tab(at) == "", "it is not kept when it has made way"


def test_a_text_that_is_too_long_is_sent_to_the_tab_once() -> None:
    """It comes into the box, and stands in use then: with the press that has it trained it need not go again."""
    long = " ".join([f"w{i}" for i in np.random.default_rng(1).integers(0, 4_000, 60_000)])
    at = paste(long)
    sent = sent_to_tab(at, "draft")
    assert unpacked(sent) == long
    train_whole(at)
    assert config(at).text == long
    assert sent_to_tab(at) is None, "the tab has it"
    fine(answer_of_tab(at, None, unknown=True))
    assert sent_to_tab(at) == sent, "unless it says that it has not"
    assert sent_to_tab(fine(answer_of_tab(at, None))) is None


def test_a_link_made_with_a_text_keeps_it_over_a_reload_and_drops_it_with_the_text() -> None:
    at = visit(text=packed(OWN), t="3")
    assert config(at).text == OWN
    assert at.query_params == {"text": packed(OWN), "t": "3"}
    at.radio(key="preset").set_value("loop").run()
    assert at.query_params == {"preset": "loop"}
    at.text_area(key="pasted").set_value(OWN + " a zebra eats.").run()
    assert at.query_params == {"text": packed(OWN + " a zebra eats.")}, "another text takes its place"


@pytest.mark.parametrize("kept", ["!", "eJw", "\ud800", "A" * 100_000], ids=["mark", "part", "half", "long"])
def test_a_refused_text_that_the_tab_kept_is_read_like_any_link(kept: str) -> None:
    at = visit(preset="royal", epochs="2")
    before = draft(at)
    fine(answer_of_tab(at, None, draft=kept))
    assert (config(at).text, draft(at)) == (ROYAL, before)
    assert problem(at) is None


def test_what_the_tab_kept_comes_back_once() -> None:
    """Its answer may be read again, after the visitor has done something else."""
    at = fine(answer_of_tab(visit(preset="royal", epochs="2"), None, draft=""))
    assert draft(at) == ""
    next(button for button in at.button if button.label == "Put it back into the box").click().run()
    fine(answer_of_tab(at, None, draft=""))
    assert draft(at) == ROYAL


# --- changing what is trained, and being refused --------------------------------------------------------------


def test_presets_fill_the_box() -> None:
    at = visit()
    for key in ("bank", "loop"):
        at.radio(key="preset").set_value(key).run()
        assert fine(at).text_area(key="pasted").value == PRESETS[key].text
        assert config(at) == Config(PRESETS[key].text)
        assert at.query_params == {"preset": key}


def test_no_preset_is_marked_while_the_text_is_ones_own() -> None:
    at = visit()
    at.text_area(key="pasted").set_value(OWN).run()
    assert at.radio(key="preset").value is None
    fine(go(go(at, "training"), "text"))
    assert at.radio(key="preset").value is None, "back on the page, whose widgets began anew"
    assert at.text_area(key="pasted").value == OWN


def test_settings_survive_another_text() -> None:
    at = visit(preset="royal", dim="3")
    at.text_area(key="pasted").set_value(OWN).run()
    assert config(at) == Config(OWN, dim=3)
    at.radio(key="preset").set_value("loop").run()
    assert config(at) == Config(PRESETS["loop"].text, dim=3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("window", 5),
        ("dim", 300),
        ("epochs", 2),
        ("seed", 9),
        ("min_count", 2),
        ("learning_rate", 0.7),
        ("init_scale", 1),
    ],
)
def test_every_number_takes_effect_and_stands_in_the_link(name: str, value: float) -> None:
    at = visit(page="training", epochs="1")
    setting(at, name).set_value(value).run()
    assert problem(fine(at)) is None
    assert getattr(config(at), name) == value
    assert float(at.query_params[name]) == value
    assert latest_run(at).config == config(at)


def test_every_choice_takes_effect() -> None:
    at = visit(page="training", epochs="1")
    for name, value in (("objective", "negative"), ("architecture", "cbow"), ("batching", "minibatch")):
        setting(at, name).set_value(value).run()
        assert getattr(latest_run(fine(at)).config, name) == value
    for name, value in (("negatives", 2), ("batch_size", 5), ("noise_power", 1.0)):  # these have only now appeared
        setting(at, name).set_value(value).run()
        assert getattr(latest_run(fine(at)).config, name) == value
    for name, value in (("decay", False), ("lowercase", False), ("dynamic_window", True)):
        setting(at, name).set_value(value).run()
        assert getattr(latest_run(fine(at)).config, name) is value


def test_an_impossible_setting_keeps_the_old_one_and_says_so() -> None:
    at = visit(preset="royal", epochs="2", t="7", word="queen", page="training")
    before = config(at)
    setting(at, "min_count").set_value(1000).run()
    assert "Nothing was changed" in str(problem(fine(at)))
    assert config(at) == before
    assert setting(at, "min_count").value == 1
    assert at.query_params == {"preset": "royal", "epochs": "2", "t": "7", "word": "queen"}
    assert problem(fine(go(at, "text"))) is not None
    fine(at.button(key="watch").click().run())
    assert record(at)[0]["id"] == Run(before).name, "the text in the box is trained"
    go(at, "training")
    setting(at, "dim").set_value(4).run()
    assert problem(fine(at)) is None  # the complaint goes with the next change that succeeds


def test_a_refused_text_stays_in_the_box_and_nothing_else_changes() -> None:
    at = visit(preset="royal", epochs="2", t="7", word="queen")
    before = config(at)
    at.text_area(key="pasted").set_value("lonely").run()
    assert "only one distinct word" in str(problem(fine(at)))
    assert at.text_area(key="pasted").value == "lonely"
    assert config(at) == before
    assert at.query_params == {"preset": "royal", "epochs": "2", "t": "7", "word": "queen"}
    at.button(key="watch").click().run()
    assert fine(at).text_area(key="pasted").value == "lonely", "it does not go on with another text than the one there"
    assert "Still in use, here and on all pages: Royal family." in [caption.value for caption in at.caption]
    assert at.text_area(key="pasted").value == "lonely"
    for page in PAGES:
        fine(go(at, page))
    assert go(at, "text").text_area(key="pasted").value == "lonely"
    at.text_area(key="pasted").set_value(OWN).run()
    assert problem(at) is None
    assert config(at).text == OWN


def test_doing_what_a_refusal_advises_trains_the_text_in_the_box() -> None:
    at = visit(preset="royal", epochs="2", min_count="2")
    at.text_area(key="pasted").set_value("one two three four").run()
    assert "set the minimum count to 1" in str(problem(at))
    setting(at, "min_count").set_value(1).run()
    assert at.text_area(key="pasted").value == "one two three four"
    assert config(at).text == "one two three four"
    assert problem(at) is None


def test_a_long_file_is_trained_whole_and_stays_whole() -> None:
    at = visit(epochs="1")
    text = "a b c d. " + " " * 2_100_000 + "b c d a."
    at.file_uploader(key="upload").upload("long.txt", text.encode()).run()
    assert problem(fine(at)) is None
    assert config(at).text == text
    at.run()
    assert config(at).text == text


# --- the way back to one's own text ---------------------------------------------------------------------------


def back(at: AppTest, place: str) -> AppTest:
    here = open_settings(at) if place == "settings" else at
    return fine(here.button(key=f"own_text_{place}").click().run())


def test_a_preset_puts_ones_own_text_aside_with_its_moment_and_word() -> None:
    at = visit(epochs="2")
    assert not has_way_back(at)
    at.text_area(key="pasted").set_value(OWN).run()
    fine(report(go(at, "training"), "training", t=5, word=2))
    before, address = config(at), dict(at.query_params)
    assert not has_way_back(go(at, "text"))
    at.radio(key="preset").set_value("loop").run()
    at.radio(key="preset").set_value("bank").run()
    assert at.text_area(key="pasted").value == PRESETS["bank"].text
    back(at, "text")
    assert config(at) == before
    assert at.text_area(key="pasted").value == OWN
    assert at.query_params == address
    assert not has_way_back(at)


def test_a_refused_text_comes_back_with_its_sentence() -> None:
    at = visit(preset="royal", epochs="2")
    at.text_area(key="pasted").set_value("lonely").run()
    sentence = problem(fine(at))
    go(at, "teach").button(key="show_0").click().run()
    assert problem(at) is None
    back(go(at, "training"), "settings")
    assert problem(fine(go(at, "text"))) == sentence
    assert at.text_area(key="pasted").value == "lonely"
    assert config(at) == Config(ROYAL, epochs=2)


def test_another_own_text_takes_the_place_of_the_one_put_aside() -> None:
    at = visit(epochs="2")
    for text in (OWN, OWN + " the end is near."):
        at.text_area(key="pasted").set_value(text).run()
        at.radio(key="preset").set_value("loop").run()
    assert config(back(go(at, "teach"), "teach")).text == text


def test_use_my_own_text_empties_the_box_of_a_preset_and_keeps_ones_own() -> None:
    at = fine(visit(page="start", preset="royal", epochs="2"))
    press(at, "door_text", "text")
    assert at.text_area(key="pasted").value == ""
    assert "The box is empty" in texts(at)
    assert config(at) == Config(ROYAL, epochs=2), "still in use"
    assert at.radio(key="preset").value is None
    fine(at.button(key="watch").click().run())
    assert "There is no text in the box yet" in texts(at)
    fine(setting(go(at, "training"), "dim").set_value(3).run())
    assert (problem(at), config(at).dim) == (None, 3), "an empty box stands in nobody's way"
    go(at, "text").radio(key="preset").set_value("royal").run()
    assert at.text_area(key="pasted").value == ROYAL, "the same preset can be chosen again"
    at.text_area(key="pasted").set_value(OWN).run()
    press(go(at, "start"), "door_text", "text")
    assert at.text_area(key="pasted").value == OWN


def test_ones_own_text_comes_back_after_the_box_was_emptied() -> None:
    at = visit(epochs="2")
    at.text_area(key="pasted").set_value(OWN).run()
    at.button(key="clear").click().run()
    at.radio(key="preset").set_value("loop").run()
    press(go(at, "start"), "door_text", "text")
    assert at.text_area(key="pasted").value == ""
    at.radio(key="preset").set_value("bank").run()
    press(go(at, "start"), "door_text", "text")
    back(at, "text")
    assert (config(at).text, at.text_area(key="pasted").value) == (OWN, OWN)


# --- the moment and the word ----------------------------------------------------------------------------------


def test_where_the_player_rests_goes_with_the_visitor() -> None:
    at = visit(preset="royal", epochs="2", page="training")
    words = latest_run(at).corpus.vocabulary.words
    fine(report(at, "training", t=55, word=3))
    assert (at.query_params["t"], at.query_params["word"]) == ("55", words[3])
    fine(go(at, "text"))
    fine(go(at, "update"))
    header, _ = record(at)
    assert (header["t"], header["word"]) == (55, 3)
    assert ledger(at)[0]["update"] == 55
    fine(report(at, "update", t=56, word=3))
    assert ledger(at)[0]["update"] == 56
    fine(go(at, "training"))
    assert record(at)[0]["t"] == 56


@pytest.mark.parametrize(
    "moment",
    [
        {"t": -1},
        {"t": 10**12},
        {"t": None},
        {"t": "12"},
        {"t": math.nan},
        {"t": [1]},
        {"word": -1},
        {"word": 10**6},
        {"word": "king"},
        {"word": math.nan},
        {},
    ],
    ids=str,
)
def test_a_report_that_makes_no_sense_changes_nothing(moment: dict[str, Any]) -> None:
    at = visit(preset="royal", epochs="2", t="7", word="queen", page="training")
    fine(report(at, "training", **moment))
    assert at.query_params == {"preset": "royal", "epochs": "2", "t": "7", "word": "queen"}


def test_a_report_of_before_the_player_was_sent_elsewhere_is_not_taken_over() -> None:
    at = visit(preset="royal", epochs="2", page="training")
    fine(report(at, "training", t=55, word=3, command=record(at)[0]["command"] + 1))
    assert at.query_params == {"preset": "royal", "epochs": "2"}
    fine(report(at, "training", t=55, word=3, command=record(at)[0]["command"]))
    assert at.query_params["t"] == "55"


def test_a_word_stays_chosen_as_long_as_ones_own_text_has_it() -> None:
    at = visit(text=packed(OWN), epochs="2", word="zebra")
    at.text_area(key="pasted").set_value(f"{OWN} a zebra sleeps.").run()
    assert chosen_word(fine(at)) == "zebra"
    assert at.query_params["word"] == "zebra"
    at.text_area(key="pasted").set_value("a cat sees a dog. a dog sees a cat.").run()
    assert chosen_word(fine(at)) is None
    assert "word" not in at.query_params


def test_a_report_about_another_run_is_not_taken_over() -> None:
    at = visit(preset="royal", epochs="2", page="training")
    fine(report(at, "training", t=55, word=3, run="00c0ffee-320"))
    assert at.query_params == {"preset": "royal", "epochs": "2"}
    fine(report(at, "training", t=55, word=3))
    setting(at, "dim").set_value(4).run()  # the player still says where it rested in the old run
    assert "t" not in fine(at).query_params
    assert record(at)[0]["t"] == 0


def test_the_same_report_twice_does_not_undo_what_came_between() -> None:
    at = visit(preset="royal", epochs="2", page="training")
    report(at, "training", t=55, word=3)
    assert fine(gone_elsewhere(at, 9)).query_params["t"] == "9"  # the player still says 55


def test_at_the_end_stays_at_the_end_when_a_setting_changes() -> None:
    at = visit(preset="royal", epochs="2", page="training")
    n_steps = latest_run(at).n_steps
    report(at, "training", t=n_steps, word=0)
    setting(at, "epochs").set_value(3).run()
    assert latest_run(at).n_steps == n_steps * 3 // 2
    assert record(at)[0]["t"] == n_steps * 3 // 2
    assert at.query_params["t"] == str(n_steps * 3 // 2)


def test_the_record_is_packed_once_and_sent_again_unchanged() -> None:
    at = visit(preset="royal", epochs="2", page="training")

    def sent() -> bytes:
        return bytes(sent_to(at, "w2v_player")[0].bytes)

    first = sent()
    report(at, "training", t=55, word=3)
    assert sent() == first  # else the browser would be sent megabytes at every rest
    fine(go(at, "update"))
    fine(go(at, "training"))
    assert sent() != first
    assert record(at)[0]["t"] == 55


# --- short memories -------------------------------------------------------------------------------------------


def test_only_the_last_few_runs_and_plans_are_kept() -> None:
    at = visit(preset="royal", epochs="1", page="training")
    for dim in range(1, 8):
        setting(at, "dim").set_value(dim).run()
        for page in ("update", "text", "training"):
            fine(go(at, page))
    assert 1 <= training.KEPT_TRAINED["update"] <= 3
    assert [c.dim for c in kept_runs(at)] == list(range(8 - training.KEPT_TRAINED["update"], 8))
    assert len(kept_plans(at)) <= prepared.KEPT_PLANS
    for name, kept in everything_kept(at).items():
        assert len(kept) <= 6, name
    setting(at, "dim").set_value(6).run()
    kept_run = latest_run(at)
    at.run()
    assert latest_run(at) is kept_run


def test_a_text_is_taken_over_though_a_click_broke_that_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that waits ends a callback at its next look into the session: here the one about the text in the box."""
    at = visit(epochs="1")
    looks = iter([RerunException(RerunData())])
    inner = choosing.change

    def change(**changes: Any) -> None:
        for waiting in looks:
            raise waiting
        inner(**changes)

    monkeypatch.setattr(choosing, "change", change)
    fine(at.text_area(key="pasted").set_value(OWN).run())
    assert next(looks, None) is None, "it was broken off"
    fine(at.run())
    assert config(at).text == draft(at) == OWN
    assert problem(at) is None


def test_two_visitors_share_nothing() -> None:
    one, two = visit(epochs="1"), visit(epochs="1")
    one.text_area(key="pasted").set_value(OWN).run()
    fine(go(one, "training"))
    fine(go(two, "training"))
    assert record(one)[0]["words"] != record(two)[0]["words"]
    assert "zebra" not in texts(two) + str(record(two)[0])


# --- training that takes a while ------------------------------------------------------------------------------


class Spy:
    """Stands in for the clockwork of training: counts slices and can break in between two of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.progress: list[tuple[float, str]] = []
        self.break_after: int | None = None
        self.slices = 0
        inner = Gate.turn

        def turn(gate: Gate, patient: bool = False) -> Any:
            self.slices += 1
            if self.slices == self.break_after:
                st.stop()  # as a click elsewhere does: the script ends, the session stays
            return inner(gate, patient)

        monkeypatch.setattr(Gate, "turn", turn)
        monkeypatch.setattr(gate, "SLICE_SECONDS", 0.0)  # one step of the generator to a slice


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch, trained_anew: None) -> Spy:
    return Spy(monkeypatch)


def test_a_short_training_shows_no_bar(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "QUIET_SECONDS", 60.0)
    spy.break_after = 5
    at = fine(visit(preset="royal", epochs="5", page="start"))
    assert not at.progress
    assert config(at) not in kept_runs(at)


def test_a_long_training_shows_how_far_it_is_and_goes_on_after_a_click(
    spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "QUIET_SECONDS", 0.0)
    spy.break_after = 6
    at = fine(visit(preset="royal", epochs="5", page="start"))
    (bar,) = at.progress
    assert 0 < bar.value < 100
    done = int(bar.text.split("Training: ")[1].split(" of ")[0].replace(",", ""))
    assert f"of {5 * 192:,} updates" in bar.text
    assert 0 < done < 5 * 192
    at.run()  # the next run of the script goes on where this one was, and does not start again
    run = latest_run(fine(at))
    assert not at.progress
    assert run.stopped is None
    assert run.n_steps == 5 * 192
    assert spy.slices < 6 + math.ceil((run.n_steps - done) / 64) + 4
    same = Run(run.config)
    assert np.array_equal(run.parameters(run.n_steps).V, same.parameters(same.n_steps).V)


def test_stop_keeps_what_is_trained_and_it_can_be_finished(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "QUIET_SECONDS", 0.0)
    spy.break_after = 6
    at = fine(visit(preset="royal", epochs="5", page="start"))
    at.button(key="stop_training").click().run()
    run = latest_run(fine(at))
    assert run.stopped is not None
    assert run.stopped.reason == "asked"
    assert 0 < run.n_steps < 5 * 192
    sentence = f"You stopped after {run.n_steps:,} of {5 * 192:,} updates"
    assert any(e.value.startswith(sentence) for e in at.text)
    straight = Run(run.config)
    assert np.array_equal(run.parameters(run.n_steps).U, straight.parameters(run.n_steps).U)
    assert record(at)[0]["n_steps"] == run.n_steps
    for page in ("start", "update", "training"):
        fine(go(at, page))
        assert any(e.value.startswith(sentence) for e in at.text)
    next(b for b in at.button if b.label == "Train it to the end").click().run()
    assert latest_run(fine(at)).n_steps == 5 * 192
    assert not any("You stopped" in e.value for e in at.text)


def test_another_setting_drops_the_training_under_way(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "QUIET_SECONDS", 0.0)
    spy.break_after = 6
    at = fine(visit(preset="royal", epochs="5", page="start"))
    spy.break_after = spy.slices + 3
    go(at, "training")
    setting(at, "dim").set_value(3).run()
    assert latest_run(fine(at)).config.dim == 3
    assert latest_run(at).n_steps == 5 * 192
    assert not training_under_way(at)


@pytest.mark.usefixtures("trained_anew")
def test_a_click_at_the_very_end_of_training_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = st.empty
    interrupted: list[bool] = []

    class Slot:
        """A click that came during the last slice interrupts the script at its next command: here."""

        def __init__(self) -> None:
            self.inner = empty()

        def empty(self) -> None:
            if not interrupted:
                interrupted.append(True)
                st.stop()
            self.inner.empty()

        def container(self) -> Any:
            return self.inner.container()

    monkeypatch.setattr(st, "empty", Slot)
    monkeypatch.setattr(gate, "QUIET_SECONDS", -1.0)  # the progress bar comes after the first slice,
    monkeypatch.setattr(gate, "SLICE_SECONDS", 0.0)  # which is as short as can be
    at = fine(visit(preset="royal", page="training"))
    assert interrupted
    fine(at.run())
    assert latest_run(at).n_steps == 7680


def test_the_pages_answer_while_a_step_is_shown_quickly() -> None:
    """A step at the default size, from the report of the player to the finished page."""
    at = visit(preset="royal", page="update")
    report(at, "update", t=1, word=0)
    seconds = []
    for t in range(2, 12):
        begun = time.process_time()
        report(at, "update", t=t, word=0)
        seconds.append(time.process_time() - begun)
    fine(at)
    assert sorted(seconds)[5] < 0.25  # a real server needs a tenth of this: AppTest copies every message


def test_a_shipped_text_is_trained_once_for_all_visitors_and_a_text_of_ones_own_for_each() -> None:
    def trained_by_two(of: Config) -> list[Run]:
        return [latest_run(fine(visit(of, "training"))) for _ in range(2)]

    first, second = trained_by_two(Config(PRESETS["royal"].text, seed=5, epochs=2))
    assert first is second
    first, second = trained_by_two(Config("The boat is red.\nThe boat is old.", epochs=2))
    assert first is not second
    large = Config(PRESETS["royal"].text, seed=5, epochs=12, dim=300)
    assert Run(large).n_bytes > for_all.LARGEST_BYTES
    first, second = trained_by_two(large)
    assert first is not second


def test_what_is_in_a_shipped_text_is_found_out_once_for_all_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []
    judge = lambda text, corpus: judged.append(text) or judge_text(text, corpus)  # noqa: E731
    monkeypatch.setattr(prepared, "judge_text", judge)
    shipped, own = PRESETS["royal"].text, "The boat is red.\nThe boat is old."
    for text in (shipped, shipped, own, own):
        fine(visit(Config(text, emoji=True, turkish=True)))  # as no other test reads it
    assert judged == [shipped, own, own]


def test_of_what_was_trained_for_all_the_last_is_kept() -> None:
    runs = [Run(Config(PRESETS["loop"].text, epochs=1, dim=1, seed=seed)) for seed in range(for_all.KEPT + 1)]
    for run in runs[:-1]:
        for_all.keep(run.config, run)
    assert for_all.trained(runs[0].config) is runs[0], "and it is the last that was asked for now"
    for_all.keep(runs[-1].config, runs[-1])
    assert for_all.trained(runs[0].config) is runs[0]
    assert for_all.trained(runs[1].config) is None


# --- a rate that is far too large -----------------------------------------------------------------------------


def test_divergence_is_said_with_the_update_and_the_rest_is_kept() -> None:
    at = fine(visit(preset="royal", learning_rate="60", decay="false", t="20", page="training"))
    run = latest_run(at)
    assert run.stopped is not None
    assert run.stopped.reason == "diverged"
    assert 0 < run.n_steps < run.plan.n_steps
    for page in ("start", "training", "update"):
        fine(go(at, page))
        assert any(f"stopped before update {run.stopped.at:,}:" in e.value for e in at.text)
        assert record(at)[0]["n_steps"] == run.n_steps
    fine(report(at, "update", t=run.n_steps, word=0))
    assert ledger(at)[0]["update"] == run.n_steps - 1
    fine(go(at, "text"))
    setting(at, "learning_rate").set_value(0.2).run()
    fine(go(at, "training"))
    assert latest_run(at).stopped is None


@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
@pytest.mark.parametrize("query", [{"learning_rate": "1e6"}, {"learning_rate": "1e6", "init_scale": "100"}], ids=len)
def test_an_absurd_rate_leaves_every_page_working(objective: str, architecture: str, query: dict[str, str]) -> None:
    at = fine(visit(objective=objective, architecture=architecture, **query, page="training"))
    run = latest_run(at)
    assert run.stopped is not None
    assert run.n_steps == run.stopped.at < 50
    assert np.isfinite(run.parameters(run.n_steps).V).all()
    for page in PAGES:
        fine(go(at, page))
    fine(go(at, "update"))
    assert any("no update" in e.value for e in at.text) == (run.n_steps == 0)


def test_a_click_that_waits_ends_no_callback_before_what_was_typed_is_taken_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who types and presses a button at once brings two runs, of which the second ends the first where it can.

    Streamlit calls a callback once. At every point where it could end the one that takes over a text, this is done.
    """
    typed, change = "a lamb a ram a lamb a sheep", choosing.change_text
    at = visit()
    inside, taken_over = list[bool](), list[bool]()

    def changed(text: str) -> None:
        inside.append(True)
        change(text)
        inside.clear()

    def ends_here(_: ScriptRunner) -> None:
        if inside:
            taken = list(inside)
            inside.clear()  # what is asked here is no such point
            taken_over.append(own_text.draft() == now.config().text == typed)
            inside.extend(taken)

    monkeypatch.setattr(choosing, "change_text", changed)
    monkeypatch.setattr(ScriptRunner, "_maybe_handle_execution_control_request", ends_here)
    at.text_area(key="pasted").set_value(typed).run()
    assert config(fine(at)).text == typed
    assert all(taken_over), taken_over


def test_a_script_that_ends_as_training_does_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that waits ends it where what was trained is kept: the next one keeps it, and trains nothing anew."""
    keep, trained, walk = for_all.keep, list[Any](), Run.train

    def ends_here(*of: Any) -> None:
        monkeypatch.setattr(for_all, "keep", keep)
        st.stop()

    monkeypatch.setattr(for_all, "keep", ends_here)
    monkeypatch.setattr(Run, "train", staticmethod(lambda *of: trained.append(of) or walk(*of)))
    at = visit(Config("a lamb a ram a lamb a sheep", epochs=2), "training")
    assert not sent_to(at, "w2v_player")
    fine(at.run())
    assert len(trained) == 1
    assert latest_run(at).n_steps == len(record(at)[1]["losses"]) > 0
