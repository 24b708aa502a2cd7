"""What Share hands on: a link that holds everything, and keeps from others what one chooses; a file for long texts."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.session import reach, shared_file, sharing
from pages.session.link import COMFORTABLE, LONGEST, Limits, Link, read
from tests.hostile import MARKUP
from tests.visitor import (
    chosen_word,
    config,
    draft,
    fine,
    go,
    has_way_back,
    labels,
    moment,
    open_menu,
    paste,
    problem,
    texts,
    visit,
)
from w2v import PRESETS, Config

FOX = Config("The red fox runs over the hill. The grey fox sleeps under the hill.", dim=3, epochs=2, seed=4)
NAMES = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def of_words(n: int) -> Config:
    """A text of so many words that hardly gets shorter by packing."""
    words = np.random.default_rng(1).choice(NAMES, n).tolist()
    return replace(FOX, text=". ".join(" ".join(words[i : i + 9]) for i in range(0, n, 9)), epochs=1)


def shared(at: AppTest) -> str:
    """The link that the menu shows."""
    (link,) = [code.value for code in at.code if not code.value.startswith("<")]
    return link


def said(at: AppTest) -> Link:
    """What that link says."""
    return read(dict(parse_qsl(urlsplit(shared(at)).query)))


def test_the_link_holds_everything_and_keeps_from_others_what_one_chooses() -> None:
    at = open_menu(visit(FOX, "training", t="7", word="fox", level="numbers"), "share")
    assert said(at) == Link(FOX, 7, "fox", packed=said(at).packed, level="numbers")
    assert f"{len(shared(at)):,} characters" in texts(at)
    assert "whoever has the link or the file can read it" in texts(at)
    before = dict(at.query_params)
    for name in ("share_settings", "share_pages"):
        fine(at.checkbox(key=name).uncheck().run())
    fine(at.checkbox(key="share_alone").check().run())
    assert said(at).limits == Limits(("settings", "pages"))
    assert said(at).present
    fine(at.checkbox(key="share_moves").uncheck().run())
    assert said(at).limits == Limits(("pages",), True), "where nothing can be moved, settings need not be hidden"
    assert dict(at.query_params) == before, "nothing changes for oneself"
    assert {"Settings", "Save"} <= labels(at)
    open_menu(at, "share_frame")
    frame = next(code.value for code in at.code if code.value.startswith("<iframe"))
    assert "&amp;embed=true" in frame
    assert "present" not in frame
    at = open_menu(visit(FOX, "training", hide="pages"), "share")
    assert said(at).limits == Limits(("pages",)), "what is kept from oneself is kept from others"


@pytest.mark.parametrize(("n", "link", "file"), [(150, True, False), (900, True, True), (6000, False, True)])
def test_a_longer_text_is_offered_as_a_file(n: int, link: bool, file: bool) -> None:
    at = open_menu(visit(of_words(n), "training"), "share")
    assert ("too long for a link" in texts(at)) == (not link)
    assert ("Save a file that opens the same" in labels(at)) == file
    assert ("Some programs cut off the end" in texts(at)) == (link and file)
    if link:
        assert said(at).config == of_words(n)
        assert (len(shared(at)) > COMFORTABLE) == file
        assert len(shared(at)) <= LONGEST


def test_in_several_networks_one_chooses_and_the_code_is_of_that_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "url_of", lambda page: f"http://localhost:8501/{page}")
    at = open_menu(visit(FOX, "training", t="7"), "share")
    assert "It works on this computer only." in texts(at)
    both = ("http://192.168.1.20:8501/training?a=1", f"http://10.0.0.7:8501/training?{'b' * 2_000}")
    monkeypatch.setattr(reach, "addresses_for_others", lambda *_: both)
    fine(at.run())
    assert shared(at) == both[0]
    fine(at.radio(key="share_network").set_value("10.0.0.7").run())
    assert shared(at) == both[1]
    fine(at.button(key="share_qr").click().run())
    assert "holds at most 1,273" in texts(at)
    assert not at.code, "the menu is closed, which would lie over it"
    assert "holds at most" not in texts(fine(at.run())), "once"


def upload(at: AppTest, key: str, data: bytes, name: str = "word2vec.w2v") -> AppTest:
    if key == "shared_file":
        at = open_menu(go(at, "start"), "shared_file_menu")
    return fine(at.file_uploader(key=key).upload(name, data).run())


OWN = "My own text is here. My own text stays here."


@pytest.mark.parametrize("key", ["upload", "shared_file"])
def test_a_file_opens_on_text_and_on_start_and_ones_own_text_is_kept(key: str) -> None:
    what = Link(replace(of_words(9_000), text=of_words(9_000).text + MARKUP), t=7, word="zqplain", level="numbers")
    at = upload(paste(OWN), key, shared_file.write("map", replace(what, limits=Limits(("pages",)))))
    fine(go(at, "map"))
    assert (config(at), moment(at), chosen_word(at)) == (what.config, 7, "zqplain")
    assert at.query_params["hide"] == "pages"
    assert at.query_params["level"] == "numbers"
    royal = Link(Config(PRESETS["royal"].text), t=700)
    at = upload(paste(OWN), key, shared_file.write("training", royal), "renamed.txt")
    fine(go(at, "text"))
    assert (config(at), moment(at)) == (royal.config, 700)
    assert has_way_back(at)
    fine(at.button(key="own_text_text").click().run())
    assert config(at).text == OWN


@pytest.mark.parametrize("key", ["upload", "shared_file"])
@pytest.mark.parametrize(
    "data",
    [
        b"The king rules the land.",
        shared_file.write("training", Link(replace(FOX, text="alone"))),
        shared_file.write("training", Link(FOX)).replace(b'"dim":"3"', b'"dim":"0"'),
    ],
    ids=["no such file", "one word", "a setting that cannot be"],
)
def test_a_file_that_cannot_be_opened_changes_nothing(key: str, data: bytes) -> None:
    at = upload(paste(OWN), key, data)
    assert problem(at) is not None
    assert str(problem(at)).endswith("Nothing was changed.")
    assert (config(at).text, draft(at)) == (OWN, OWN)
