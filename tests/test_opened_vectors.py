"""Vectors of another program on Map: they are opened, drawn, asked, closed; their words are never markup."""

import io
import json
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from pages.drawing.figures import ALONE, SIDES, SMALL, names_with_room, one_map
from pages.drawing.labels import STILL_PLACES
from pages.parts.map.open_button import BYTES, MEGABYTES
from tests.browser import ROOT, Server, player, wait_idle
from tests.browsing import SLOW, link_says, rests_at, visit
from tests.cases import same_parameters
from tests.visitor import config, draft, fine, go, is_whole, latest_run, moment, passes_of, problem, table, texts
from tests.visitor import visit as open_app
from w2v import (
    PRESETS,
    Config,
    Run,
    WordVectors,
    honesty,
    pca_basis,
    projector_zip,
    saved_run,
    train_whole_text,
    word2vec_binary,
    word2vec_text,
)
from w2v.explain.oddities import oddity

CONFIG = Config(PRESETS["royal"].text, epochs=1)
HOSTILE = ("<b>bold</b>", "![i](http://x.test/i.png)", "$x^2$", "a&amp;b", "{{x}}", ":red[r]")


def some(n_words: int = 40, dim: int = 6, more: tuple[str, ...] = HOSTILE) -> WordVectors:
    words = (*(f"word{i}" for i in range(n_words - len(more))), *more)
    return WordVectors(words, np.random.default_rng(4).normal(size=(n_words, dim)).astype(np.float32))


def opened(data: bytes, name: str = "vectors.txt", written: str | None = None, **more: bytes) -> AppTest:
    """Map, with a file just uploaded, or several; `written` is the choice of how its words are written."""
    at = fine(open_app(CONFIG, "map"))
    if written is not None:
        at.selectbox(key="opened_encoding").set_value(written).run()
    for called, content in {name: data, **more}.items():
        at.file_uploader(key="opened_file").upload(called, content, "application/octet-stream")
    return fine(at.run())


@pytest.mark.parametrize("write", [word2vec_text, word2vec_binary])
def test_opened_vectors_are_drawn_with_how_far_to_trust_it(write: object) -> None:
    vectors = some()
    at = opened(write(vectors))  # type: ignore[operator]
    rows = vectors.vectors.astype(np.float64)
    seen = honesty(rows, pca_basis(rows)(rows))
    said = texts(at)
    assert "The vectors you opened: 40 words, 6 dimensions." in said
    assert f"keeps {100 * seen.variance_kept:.0f} % of the variance" in said
    assert re.search(rf"for {100 * seen.nearest_agree:.0f} % of them\.|for \d\.\d % of them\.", said)
    near = table(at, "word", "cosine")
    expected = vectors.nearest("word0", 10)
    assert near["word"].tolist() == [word for word, _ in expected]
    assert near["cosine"].tolist() == pytest.approx([cosine for _, cosine in expected])


def test_asking_for_a_word_an_analogy_and_closing() -> None:
    vectors = some()
    at = opened(word2vec_text(vectors))
    at.text_input(key="opened_word").set_value("$x^2$").run()
    assert table(fine(at), "word", "cosine")["word"].tolist() == [word for word, _ in vectors.nearest("$x^2$", 10)]
    at.text_input(key="opened_word").set_value("![no](http://x.test)").run()
    assert "![no](http://x.test) is not among the 40 words." in [t.value for t in fine(at).text]
    for name, word in zip("abc", ("WORD1", "word2", "<b>bold</b>")):
        at.text_input(key=f"opened_{name}").set_value(word)
    at.run()
    answers = vectors.analogy("word1", "word2", "<b>bold</b>", 5)
    assert ", ".join(f"{word} ({cosine:.3f})" for word, cosine in answers) in [t.value for t in fine(at).text]
    at.toggle(key="opened_inputs").set_value(True).run()
    answers = vectors.analogy("word1", "word2", "<b>bold</b>", 5, exclude_inputs=False)
    assert ", ".join(f"{word} ({cosine:.3f})" for word, cosine in answers) in [t.value for t in fine(at).text]
    next(b for b in at.button if b.label == "Close these vectors").click().run()
    assert "you opened" not in texts(fine(at))


def test_the_line_on_top_is_about_what_is_looked_at() -> None:
    at = fine(open_app(CONFIG, "map"))
    about_text, about_vectors = "Royal family", "vectors from a file  \u00b7  40 words, 6 dimensions"

    def line() -> str:
        return next(said.value for said in at.caption if "  \u00b7  " in said.value)

    assert line().startswith(about_text)
    at.file_uploader(key="opened_file").upload("v.txt", word2vec_text(some()), "text/plain")
    fine(at.run())
    assert line() == about_vectors
    fine(go(at, "words"))
    assert line() == about_vectors
    fine(go(at, "training"))
    assert line().startswith(about_text), "which shows the text"
    fine(go(at, "map"))
    next(b for b in at.button if b.label == "Close these vectors").click().run()
    assert line().startswith(about_text)


def test_opened_vectors_by_tsne() -> None:
    at = opened(word2vec_text(some()))
    at.radio(key="opened_picture").set_value("t-SNE").run()
    assert "The vectors you opened: 40 words" in texts(fine(at))
    assert "This is PCA instead" not in texts(at)


def test_a_saved_run_opens_as_itself_and_is_gone_on_with() -> None:
    wanted = Config("a b c\nb a c\nb <b>c</b> ![x](y)", "cbow", "negative", dim=3, epochs=4, seed=5, window=1)
    run = Run(wanted)
    at = opened(saved_run(run), "run.npz")
    assert config(at) == wanted
    assert draft(at) == wanted.text
    assert moment(at) == run.n_steps
    assert same_parameters(latest_run(at).parameters(run.n_steps), run.parameters(run.n_steps))
    assert problem(at) is None


def test_a_saved_run_that_cannot_be_stepped_through_changes_nothing() -> None:
    members = dict(np.load(io.BytesIO(saved_run(Run(Config("a b c", epochs=1))))))
    settings = json.loads(bytes(members["about"]))
    settings["config"] |= {"min_count": 9}
    members["about"] = np.frombuffer(json.dumps(settings).encode(), np.uint8)
    packed = io.BytesIO()
    np.savez(packed, **members)
    at = opened(packed.getvalue(), "run.npz")
    assert config(at) == CONFIG
    assert any("set the minimum count" in t.value for t in at.text), texts(at)


def test_a_run_over_a_whole_text_opens_as_one() -> None:
    run = train_whole_text(CONFIG, max_passes=2)
    at = opened(saved_run(run), "run.npz")
    assert is_whole(at)
    np.testing.assert_array_equal(passes_of(at).run.losses, run.losses)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"2 2\na x 2\nb y z\n", "There are no word vectors in this file: line 2 has something else"),
        (b"0.5\t1\n2.5\t3\n", "open it together with the file of its words"),
        (b"\x80\x04\x95 gensim.models.word2vec Word2Vec", "Word2Vec.load('vectors.txt').wv.save_word2vec_format"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"", "This file is empty"),
        (b"1000000000 300\n", "The first line promises 1,000,000,000 words"),
        (b"PK" + bytes(MEGABYTES * BYTES - 2), "This archive has more than 20 MB"),
    ],
)
def test_a_broken_file_is_refused_and_the_map_stays(data: bytes, said: str) -> None:
    at = opened(data)
    assert any(t.value.startswith(("Line", "This", "The")) and said in t.value for t in at.text), texts(at)
    assert "you opened" not in texts(at)


@pytest.mark.parametrize(
    "vectors",
    [
        WordVectors(("alone",), np.ones((1, 3))),
        WordVectors(("a", "b"), np.zeros((2, 3))),
        WordVectors(("a", "b", "c"), np.array([[1.0], [2], [-1]])),
        some(500, 3, ()),
    ],
    ids=["one word", "zeros", "one dimension", "more than are drawn"],
)
@pytest.mark.parametrize("picture", ["PCA", "t-SNE"])
def test_unusual_vectors_are_no_trouble(vectors: WordVectors, picture: str) -> None:
    at = opened(word2vec_text(vectors))
    at.radio(key="opened_picture").set_value(picture).run()
    assert f"{len(vectors):,} word{'s' * (len(vectors) > 1)}, " in texts(fine(at))
    assert not re.search(r"\b1 (words|dimensions)\b", texts(at))


FAR = np.random.default_rng(3).normal(size=(9, 3))


@pytest.mark.parametrize(
    ("table", "said", "is_all"),
    [
        (np.ones((1, 3)), "There is only one word, so there is nothing to compare it with.", True),
        (np.ones((4, 3)), "All vectors are equal: all words stand on one spot", True),
        (np.zeros((4, 3)), "All vectors are zeros: they point nowhere", True),
        (
            np.arange(1.0, 6)[:, None],
            "Each vector is one number: all words on the same side of 0 point the same",
            False,
        ),
        (FAR[:2], "There are only two words: each is the nearest to the other", False),
        (FAR * [1e36, 1, 1], "The largest number is ", False),
        (FAR * (np.arange(9) > 0)[:, None], "1 word has a vector of zeros, which points nowhere", False),
        (FAR * (np.arange(9) > 1)[:, None], "2 words have vectors of zeros, which point nowhere.", False),
        (FAR[[0, 1, 2, 3, 3, 3, 4]], "3 words share their vector with another word", False),
    ],
)
def test_a_map_that_means_little_says_what_it_is(table: np.ndarray, said: str, is_all: bool) -> None:
    at = opened(word2vec_text(WordVectors(tuple(f"word{i}" for i in range(len(table))), table)))
    lines = [t.value for t in at.text]
    (opened_now,) = [line for line in lines if "The vectors you opened" in line]
    assert said in opened_now
    assert any("of the variance" in line for line in lines) != is_all, "no numbers where they mean nothing"
    assert oddity(some(40, 6).vectors) is None


def test_two_tables_of_the_projector_are_opened_together_and_zipped() -> None:
    rows, labels = b"1\t2\n3\t4.5\n5\t6\n", b"bank\nbank\nriver\n"
    packed = projector_zip(WordVectors(("bank", "river"), np.array([[1, 2], [5, 6.0]])))
    for at in (opened(rows, "w2v_tensor.tsv", **{"w2v_metadata.tsv": labels}), opened(packed, "projector.zip")):
        assert "The vectors you opened: 2 words, 2 dimensions." in texts(at)
    both = opened(rows, "w2v_tensor.tsv", **{"w2v_metadata.tsv": labels})
    assert "1 word is there again (line 2 of w2v_metadata.tsv): its first vector is kept." in texts(both)
    assert "each row of numbers needs one line" in texts(opened(rows, "a.tsv", **{"b.tsv": b"x\n"}))


def test_how_words_are_written_can_be_chosen() -> None:
    data = "3 2\nsüß 1 2\nWörter 3 4\nb 5 7\n".encode("cp1252")
    assert "In line 2 the word is not valid UTF-8" in texts(opened(data))
    assert "Nearest to Wörter" in texts(opened(data, written="Windows, Western Europe (cp1252)"))
    replaced = texts(opened(data, written="Unicode (UTF-8), letters that are not valid replaced"))
    assert "2 words have letters that are not valid UTF-8, which were replaced (the first in line 2)." in replaced


def test_of_what_the_browser_cut_the_last_row_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.map.open_button.MEGABYTES", 1)
    rows = b"".join([b"word%07d" % i + b" 0.5 -1.25" * 500 + b"\n" for i in range(300)])
    at = opened(rows[:BYTES])
    assert f"The vectors you opened: {BYTES // (len(rows) // 300):,} words, 1,000 dimensions." in texts(at)
    assert "The first 1 MB were read; files of vectors mostly list words by frequency." in texts(at)


def test_no_name_covers_another_one_or_a_dot_and_marked_words_have_theirs() -> None:
    points = np.random.default_rng(2).normal(size=(300, 2))
    words, marked = [f"<b>{i}" for i in range(300)], [250, 7, 8]
    named = names_with_room(points, words, marked)
    assert set(marked) <= set(named)
    assert 20 < len(named) <= 80
    assert set(marked) <= {word for name in named.values() for word in name.words}
    scale = min((ALONE[0] - 28) / np.ptp(points[:, 0]), (ALONE[1] - 48) / np.ptp(points[:, 1]))
    pixels = points * (scale, -scale)
    sides = dict(zip(SIDES, STILL_PLACES, strict=True))
    boxes = {}
    for i, name in named.items():
        size = np.array([sum(7 * len(words[k]) + 12 for k in name.words) - 12, 16])
        beside, above = sides[name.side]
        middle = pixels[i] + (beside, above) * (np.array([5.6 if above else 8.0, 4.0]) + size / 2)
        boxes[i] = (middle - size / 2, middle + size / 2)
    for i, (low, high) in boxes.items():
        for j, (other_low, other_high) in boxes.items():
            assert i == j or (low >= other_high).any() or (other_low >= high).any()
        under = np.flatnonzero(((pixels > low) & (pixels < high)).all(axis=1)).tolist()
        assert set(under) <= set(named[i].words) or set(named[i].words) & set(marked), "no name covers another dot"
    figure = one_map(points, words, marked, dark=False)
    (dots,) = figure.data
    assert [i for i, text in enumerate(dots.text) if text] == sorted(named)
    assert all("<" not in text for text in (*dots.text, *dots.hovertext))
    assert dots.text[250].strip().split(" \u00b7 ") == [f"&lt;b&gt;{i}" for i in named[250].words]
    assert [dots.marker.symbol[i] for i in (250, 7, 0)] == ["diamond", "square", "circle"]
    assert min(dots.textfont.size) >= 13


@pytest.mark.browser
def test_gensims_file_in_the_browser(page: Page, app_server: Server, tmp_path: Path) -> None:
    vectors = some(120, 10)
    keyed = KeyedVectors(vectors.dim)
    keyed.add_vectors(list(vectors.words), vectors.vectors)
    keyed.save_word2vec_format(f"{tmp_path}/vectors.bin", binary=True)
    visit(page, app_server, "/map", preset="royal", epochs="1")
    page.get_by_role("button", name="Open vectors or a run").click()
    page.locator("input[type=file]").set_input_files(f"{tmp_path}/vectors.bin")
    expect(page.get_by_text("The vectors you opened: 120 words, 10 dimensions.")).to_be_visible(timeout=SLOW)
    expect(page.locator(".js-plotly-plot .textpoint").first).to_be_visible(timeout=SLOW)
    page.get_by_label("Word").first.fill("<b>bold</b>")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nearest to <b>bold</b>, of all 120 words:")).to_be_visible(timeout=SLOW)
    expect(page.locator(".js-plotly-plot .textpoint", has_text="<b>bold</b>")).to_have_count(1, timeout=SLOW)
    assert page.locator(".js-plotly-plot b, .js-plotly-plot a, .js-plotly-plot image").count() == 0
    page.get_by_role("button", name="Close these vectors").click()
    expect(player(page)).to_be_visible(timeout=SLOW)
    wait_idle(page)
    run = Run(Config(PRESETS["hot_cold"].text, epochs=2))
    (tmp_path / "run.npz").write_bytes(saved_run(run))
    large = b"40000 150\n" + b"".join([b"word%05d " % i + bytes(600) for i in range(40_000)])
    (tmp_path / "large.bin").write_bytes(large)
    page.get_by_role("button", name="Open vectors or a run").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "large.bin")
    n = (MEGABYTES * BYTES - len("40000 150\n")) // 610
    expect(page.get_by_text(f"The vectors you opened: {n:,} words, 150 dimensions.")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Close these vectors").click()
    expect(player(page)).to_be_visible(timeout=SLOW)
    (tmp_path / "numbers.tsv").write_text("1\t2\n3\t4\n", encoding="utf-8")
    (tmp_path / "words.tsv").write_text("some\nwords\n", encoding="utf-8")
    page.get_by_role("button", name="Open vectors or a run").click()
    page.locator("input[type=file]").set_input_files([tmp_path / "numbers.tsv", tmp_path / "words.tsv"])
    expect(page.get_by_text("The vectors you opened: 2 words, 2 dimensions.")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Close these vectors").click()
    expect(player(page)).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Open vectors or a run").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "run.npz")
    link_says(page, preset="hot_cold", epochs="2")
    rests_at(page, run.n_steps)


def test_the_server_takes_files_as_large_as_the_box_names() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] == MEGABYTES


def test_long_words_that_begin_alike_can_be_told_apart_on_a_map() -> None:
    points = np.array([[0.0, 0.0], [40.0, 30.0], [80.0, -30.0], [120.0, 10.0]])
    words = ["internationalisation", "internationalises", "lighthousekeepers", "x" * 50 + "y"]
    named = names_with_room(points, words, [0, 1, 2, 3], SMALL)
    assert [named[i].text for i in range(3)] == [
        "interna\u2026lisation",
        "interna\u2026onalises",
        "lighthousekeepe\u2026",
    ]
    assert named[3].text == "x" * 15 + "\u2026"
