"""Bad input: every file trains, is refused, or is asked about, in one sentence; no word is ever read as markup."""

import html
import json
import re
import unicodedata
from html import escape
from typing import Any

import numpy as np
import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from pages.parts.compare import page as compare_page
from pages.parts.text import choose as choose_text
from pages.parts.text.choose import GOES_ON
from pages.parts.variants import page as variants_page
from pages.parts.words import page as words_page
from pages.session.memory import LONG_TEXT
from tests.hostile import ASK, EITHER, MARKUP, REFUSE, TRAIN, File, files
from tests.visitor import (
    PAGES,
    config,
    draft,
    elements,
    fine,
    go,
    latest_run,
    open_settings,
    problem,
    record,
    report,
    sent_to,
    strings,
    texts,
    visit,
)
from w2v import Config, Corpus, Run, read_text

FILES = files()
by_name = pytest.mark.parametrize("file", FILES, ids=[f.name for f in FILES])
ENCODING_NAMES = {codec: name for name, codec in choose_text.ENCODINGS.items()}


def one_sentence(sentence: str | None) -> str:
    """A complaint that can be read out: short, plain, in one line, without a word of the text or a stack trace."""
    assert sentence
    assert len(sentence) < 350, sentence
    assert not re.search(r"[\n\r\t<>{}]|Traceback|Error\b|\bcodec\b", sentence), sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    return sentence


def test_there_is_a_file_of_each_kind() -> None:
    assert len(FILES) >= 39
    assert len({f.name for f in FILES}) == len(FILES)
    assert {f.expect for f in FILES} == {TRAIN, REFUSE, ASK, EITHER}
    assert files() == FILES


# --- the model alone ------------------------------------------------------------------------------------------


@by_name
def test_the_model_trains_or_refuses(file: File) -> None:
    run, complaint = None, ""
    try:
        run = Run(Config(read_text(file.data), epochs=1, dim=2, objective="negative", negatives=1))
    except ValueError as error:
        complaint = str(error)
    if run is None:
        assert file.expect != TRAIN, complaint
        one_sentence(complaint)
        if file.expect == ASK:
            assert "encoding" in complaint
            assert file.encoding is not None
            assert "\ufffd" not in read_text(file.data, file.encoding)
            assert Run(Config(read_text(file.data, file.encoding), epochs=1, dim=2)).n_steps > 0
        return
    assert file.expect in (TRAIN, EITHER)
    assert run.n_steps > 0
    vocabulary = run.corpus.vocabulary
    assert len(set(vocabulary.words)) == len(vocabulary) >= 2
    for word in vocabulary.words:
        assert 1 <= len(word) <= 64
        assert not re.search(r"[\s<>`$*_|\\/@=+#%&{}()\[\]:;.,!?\"\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", word)


# --- through the page -----------------------------------------------------------------------------------------


@by_name
def test_an_upload_trains_or_is_refused_on_the_page(file: File) -> None:
    at = visit(preset="royal", dim="2", epochs="1", objective="negative", negatives="1", t="7", word="queen")
    before, address, box = config(at), dict(at.query_params), at.text_area(key="pasted").value
    at.file_uploader(key="upload").upload("../<b>name</b>.txt", file.data).run()
    sentence = problem(fine(at))
    if config(at) == before:
        assert file.expect != TRAIN
        one_sentence(sentence)
        assert at.query_params == address
        if file.expect == ASK:
            assert at.text_area(key="pasted").value == box
            answer_which_encoding(at, file)
        else:
            fine(go(at, "training"))  # the pages go on with the text from before
            assert record(at)[0]["words"][0] == "the"
        return
    assert file.expect in (TRAIN, EITHER)
    assert sentence is None
    for page in ("training", "update", "text"):
        fine(go(at, page))
    assert latest_run(at).config.text == read_text(file.data)
    assert any(element.value.startswith("../<b>name</b>.txt \u00b7 ") for element in at.text), "its name, as plain text"
    assert not any("../<b>" in str(element.value) for kind in (at.caption, at.markdown) for element in kind)


def answer_which_encoding(at: AppTest, file: File) -> None:
    at.selectbox(key="encoding").set_value(ENCODING_NAMES[file.encoding]).run()
    uploader = at.file_uploader(key="upload")
    uploader.clear()
    at.run()
    at.file_uploader(key="upload").upload("again.txt", file.data).run()
    assert problem(fine(at)) is None
    assert config(at).text == read_text(file.data, file.encoding)
    fine(go(at, "training"))


PASTED = [f for f in FILES if f.expect != ASK and len(f.data) < 1_000_000 and not f.name.startswith(("a", "r", "UTF"))]


@pytest.mark.parametrize("file", PASTED, ids=[f.name for f in PASTED])
def test_a_paste_trains_or_is_refused_on_the_page(file: File) -> None:
    text = file.data.decode("utf-8", "replace")  # what somebody sees who opens it in an editor, and copies
    at = visit(preset="royal", dim="2", epochs="1", objective="negative", negatives="1")
    before = config(at)
    at.text_area(key="pasted").set_value(text).run()
    sentence = problem(fine(at))
    assert draft(at) == text
    held = at.text_area(key="pasted").value
    assert held == text if len(text) <= LONG_TEXT else text.startswith(held.removesuffix(GOES_ON))
    if sentence is not None or not text:
        assert file.expect != TRAIN
        assert config(at) == before
        if text:
            one_sentence(sentence)
        return
    fine(go(at, "training"))
    assert latest_run(at).config.text == text


# --- words are never markup -----------------------------------------------------------------------------------

HOSTILE_WORD = re.compile(r"\bzq[\w'-]+|!\[|onerror|javascript:|:material/zqicon|<script|</b>")
PARTS = {"words": words_page.PARTS, "compare": compare_page.PARTS, "variants": variants_page.PARTS}  # of pages in parts
MAY_HOLD_WORDS = {  # what Streamlit shows as it is, and what only our own component reads
    ("text", "body"),
    ("text_area", "value"),
    ("text_area", "default"),
    ("selectbox", "options"),  # test_browser_words.py looks at these four
    ("selectbox", "raw_value"),
    ("multiselect", "options"),
    ("multiselect", "raw_values"),
    ("bidi_component", "json"),
    ("plotly_chart", "alt"),  # an attribute, read aloud
    ("arrow_data_frame", "data"),
}
SAFE_IN_LATEX = re.compile(r"[\w\u00b7'-]*")


def words_as_markup(at: AppTest) -> list[tuple[str, str, str]]:
    """Every place on the page where a hostile word stands in something that may be read as Markdown or HTML."""
    found = []
    for kind, proto in elements(at):
        for path, value in strings(proto):
            if (kind, path) in MAY_HOLD_WORDS or path in ("id", "js_content", "css_content"):
                continue
            if kind == "latex":
                value = without_plain_words(value)
            if kind == "plotly_chart" and path.endswith("spec"):
                value = without_escaped_words(value)
            found += [(kind, path, hit) for hit in HOSTILE_WORD.findall(value)]
    return found


def without_plain_words(latex: str) -> str:
    r"""Take out each \text{...} that holds nothing but letters, marks, digits, hyphens and apostrophes."""
    return re.sub(r"\\text\{([^{}]*)\}", lambda m: "" if SAFE_IN_LATEX.fullmatch(m[1]) else m[0], latex)


WRITTEN = ("ticktext", "text", "hovertext", "customdata", "name")  # places of a figure where words of a text stand


def without_escaped_words(spec: str) -> str:
    """Take out of a figure what is written in it, as far as that is escaped as it must be."""

    def rest(part: Any, written: bool = False) -> Any:
        if isinstance(part, dict):
            return {name: rest(value, name in WRITTEN) for name, value in part.items()}
        if isinstance(part, list):
            return [rest(value, written) for value in part]
        is_escaped = isinstance(part, str) and part == escape(html.unescape(part), quote=False)
        return "" if written and is_escaped else part

    return json.dumps(rest(json.loads(spec)))


def test_the_search_for_words_as_markup_can_find_some() -> None:
    def script() -> None:
        import streamlit as st

        st.text("zqplain")
        st.caption("see **zqstars**")
        st.radio("choose", ["zqoption"])
        st.button("zqlabel", help="zqhelp")
        st.expander("zqexpander")
        st.latex(r"\text{zqsafe} + \text{zqun$safe} + zq_bare")
        st.metric("number", "zqvalue")
        st.dataframe({"zqcolumn": ["zqcell"]})

    at = AppTest.from_function(script).run()
    assert not at.exception
    found = {hit for _, _, hit in words_as_markup(at)}
    assert {"zqstars", "zqoption", "zqlabel", "zqhelp", "zqexpander", "zqun", "zq_bare", "zqvalue"} <= found
    assert not {"zqplain", "zqsafe", "zqcell"} & found


def settings() -> list[dict[str, object]]:
    return [
        {},
        {"objective": "negative"},
        {"objective": "hierarchical"},
        {"architecture": "cbow", "window": 4},
        {"architecture": "cbow", "objective": "negative", "batching": "minibatch"},
        {"batching": "full", "min_count": 5},
        {"subsample": 0.001, "dynamic_window": True},
        {"lowercase": False},
        {"pretokenized": True},
        {"emoji": True},
    ]


@pytest.mark.parametrize("setting", settings(), ids=str)
def test_no_word_is_shown_as_markup_on_any_page(setting: dict[str, object]) -> None:
    config = Config(MARKUP * 4 + "zqrare zqseldom. ", epochs=2, **setting)  # type: ignore[arg-type]
    at = visit(config)
    words = Corpus.read(config.text, config.reading, min_count=config.min_count).vocabulary.words
    whole = {"![zqimage](http://zqhost.example/x.png)", "<b>zqbold</b>", "$zqmath$", "=1+zqsum", ":material/zqicon:"}
    parts = {"zqplain", "zqbold", "zqimage", "zqmath", "zqsum", "zqcode", "zqicon"}
    assert config.min_count > 1 or (whole if config.pretokenized else parts) <= set(words)
    at.toggle(key="whole_matrix").set_value(True).run()
    for page in PAGES:
        open_settings(fine(go(at, page)))
        assert words_as_markup(at) == []
        if page in ("training", "update"):
            for word in words[:3]:
                report(at, page, t=words.index(word), word=words.index(word))
                assert words_as_markup(fine(at)) == []
                assert problem(at) is None
        for part in PARTS.get(page, ())[1:]:  # the first one is shown
            at.button_group(key=f"{page}_part").set_value(part.name).run()
            assert words_as_markup(fine(at)) == []
    at = go(at, "text")
    if not at.toggle(key="whole_matrix").value:
        at.toggle(key="whole_matrix").set_value(True).run()
    assert at.get("plotly_chart")
    assert words_as_markup(fine(at)) == []


def test_no_word_of_a_complaint_or_a_link_is_shown_as_markup() -> None:
    bad = "<b>zqbold</b>![zqimage](http://zqhost.example/x.png)"
    for name in ("dim", "preset", "decay", "word"):
        at = fine(visit(**{"epochs": "1", name: bad}))
        for page in PAGES:
            fine(go(at, page))
            assert words_as_markup(at) == []
    at = visit()
    at.text_area(key="pasted").set_value("![zqbold](zqbold)").run()
    assert problem(at)
    assert words_as_markup(fine(at)) == []


def test_hostile_words_reach_the_player_as_they_are() -> None:
    at = fine(visit(Config(MARKUP * 2, epochs=1), "training"))
    header, _ = record(at)
    assert header["words"] == list(latest_run(at).corpus.vocabulary.words)
    assert {"zqdon't", "zq-dash", "zqimage"} <= set(header["words"])


def test_messages_hold_no_bytes_of_javascript_made_from_words() -> None:
    """The code sent to the browser is the same for every text: words travel as data only."""

    def code(at: AppTest) -> set[str]:
        sent: list[Message] = [p for kind, p in elements(at) if kind == "bidi_component"]
        return {value for p in sent for path, value in strings(p) if path in ("js_content", "css_content")}

    plain = visit(Config("one two three. two one three.", epochs=1), "training")
    wicked = visit(Config(MARKUP * 2, epochs=1), "training")
    assert code(fine(plain)) == code(fine(wicked))


# --- words that turn or hide what stands beside them: a text is cut without such marks, files of vectors have them ----

TURNED = " ".join(f"{word}{mark}{word}" for word in ("zqone", "zqtwo", "zqsix") for mark in "\u202e\u2066\u200f\u200b")
KEEPS_THEM = {"bidi_component", "text_area"}  # the player is given words as data, and the box holds the visitor's text


def hidden_marks(at: AppTest) -> list[tuple[str, str]]:
    """(kind of element, what it shows) wherever a mark is shown that could turn or hide what stands beside it."""
    said = [(kind, value) for kind, message in elements(at) if kind not in KEEPS_THEM for _, value in strings(message)]
    said += [("dataframe", str(value)) for d in at.dataframe for value in d.value.to_numpy().ravel()]
    return [(kind, value) for kind, value in said if any(unicodedata.category(c) in ("Cf", "Zl", "Zp") for c in value)]


def test_no_word_of_opened_vectors_turns_or_hides_what_stands_beside_it() -> None:
    words = TURNED.split(" ")
    rows = np.random.default_rng(2).normal(size=(len(words), 4)).round(3)
    at = fine(visit(page="map"))
    lines = [f"{len(words)} 4", *(" ".join([word, *map(str, row)]) for word, row in zip(words, rows.tolist()))]
    at.file_uploader(key="opened_file").upload("v.txt", "\n".join(lines).encode(), "text/plain")
    fine(at.run())
    at.text_input(key="opened_word").set_value(words[2]).run()
    for name, word in zip("abc", words):
        at.text_input(key=f"opened_{name}").set_value(word)
    fine(at.run())
    assert f"Nearest to {words[2].replace(words[2][5], '')}, of all {len(words)} words:" in texts(at)
    typed = {field.value for field in at.text_input}
    assert [found for found in hidden_marks(at) if found[1] not in typed] == []
    fine(go(at, "words"))
    for part in PARTS["words"]:
        at.button_group(key="words_part").set_value(part.name).run()
        assert hidden_marks(fine(at)) == []
        drawn = sent_to(at, "w2v_word_pictures")
        assert all(word not in sent.json for sent in drawn for word in map(json.dumps, words))


@pytest.mark.parametrize(
    "lines",
    [
        "\u202eno 4\nfile 1",
        "2 2\nzq\u2066one 1 x\nzqtwo 1 2",
        "2 2\nzq\u202eone 1 2\nzq\u202eone 3 4",
        "zq\u202eone 1 2\nzqtwo 1",
    ],
)
def test_no_word_in_a_complaint_about_vectors_turns_what_stands_beside_it(lines: str) -> None:
    at = fine(visit(page="map"))
    at.file_uploader(key="opened_file").upload("v.txt", lines.encode(), "text/plain")
    fine(at.run())
    assert hidden_marks(at) == []
