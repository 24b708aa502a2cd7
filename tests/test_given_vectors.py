"""Vectors of any size that the app is given when it is started: read beside all else, shown to all, searched whole."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.words import SHOWN_WORDS
from pages.session import given
from tests.visitor import fine, go, texts, visit
from w2v import PRESETS, Config, WordVectors, load_vectors, nearest, word2vec_binary, word2vec_text
from w2v.files.formats import expected_bytes

N_WORDS = 5_000


@pytest.fixture
def vectors() -> WordVectors:
    rows = np.random.default_rng(0).standard_normal((N_WORDS, 8)).astype(np.float32)
    return WordVectors(tuple(f"word{i}" for i in range(N_WORDS)), rows)


@pytest.fixture(autouse=True)
def none_is_left() -> Iterator[None]:
    yield
    given.begin([])


def begin(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the app a file, and read it at once."""
    monkeypatch.setattr(given, "in_background", lambda work: work())
    given.begin(["--vectors", str(path)])


def come() -> AppTest:
    return visit(Config(PRESETS["loop"].text, epochs=1))


def test_all_visitors_see_one_copy_and_search_all_of_it(
    vectors: WordVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.bin"
    path.write_bytes(word2vec_binary(vectors))
    at = come()
    begin(path, monkeypatch)
    assert (
        "mine.bin is read for the pages Map and Words. Its vectors take about 1 MB of memory."
        in capsys.readouterr().err
    )
    found = given.given()
    assert found is not None
    assert found.vectors is not None
    assert found.vectors.vectors.dtype == np.float32
    fine(go(at, "map"))
    size = f"5,000 words, 8 dimensions. The map shows the first {SHOWN_WORDS}; the box finds any of them."
    assert f"The vectors of mine.bin: {size}" in texts(at)
    at.text_input(key="opened_word").set_value("word4999").run()
    assert "Nearest to word4999, of all 5,000 words:" in texts(fine(at))
    at.text_input(key="opened_word").set_value("Word499x").run()
    assert "Word499x is not among the 5,000 words." in texts(fine(at))
    at.text_input(key="opened_word").set_value("word499").run()
    at.text_input(key="opened_word").set_value("WORD49").run()
    assert "Nearest to word49," in texts(fine(at))
    fine(go(at, "words"))
    assert "The vectors of mine.bin have no past, and no text behind them." in texts(at)
    assert "words of this text" not in texts(at)
    assert at.selectbox(key="words_word").value == "word49"
    at.selectbox(key="words_word").set_value("word7").run()
    fine(go(at, "map"))
    assert at.text_input(key="opened_word").value == "word7"
    fine(go(at, "words"))
    (close,) = [button for button in at.button if button.label == "Close these vectors"]
    close.click().run()
    assert "The vectors of" not in texts(fine(at))
    fine(go(at, "map"))
    assert "The vectors of" not in texts(at)
    at.button(key="open_given").click().run()
    assert "The vectors of mine.bin: " in texts(fine(at))
    assert "The vectors of mine.bin: " in texts(fine(go(come(), "map"))), "and others"


def test_a_page_says_that_they_are_being_read_and_why_they_were_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, works, at = tmp_path / "mine.txt", list[Callable[[], None]](), come()
    path.write_bytes(b"2 3\na 1 2 3\nb 1 2 4\n")
    monkeypatch.setattr(given, "in_background", works.append)
    given.begin([f"--vectors={path}"])
    fine(go(at, "map"))
    assert "mine.txt is being read, and opens here when it is there. Its vectors take about 1 MB of memory." in texts(
        at
    )
    path.write_bytes(b"no vectors")
    works[0]()
    assert "mine.txt was not opened: " in texts(fine(at.run()))
    assert "is being read" not in texts(at)


def test_more_words_than_are_read_are_said(
    vectors: WordVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "MOST_WORDS", 100)
    path = tmp_path / "mine.txt.gz"
    path.write_bytes(gzip.compress(word2vec_text(vectors)))
    begin(path, monkeypatch)
    found = given.given()
    assert found is not None
    assert found.memory.endswith("known when they are unpacked.")
    assert found.vectors is not None
    assert len(found.vectors) == 100
    assert found.vectors.notes[0].startswith("The first 100 words were read")


@pytest.mark.parametrize("arguments", [[], ["--vectors"], ["-q", "tests"], ["--vectorsx", "a"]])
def test_nothing_is_read_where_nothing_is_named(arguments: list[str]) -> None:
    given.begin(arguments)
    assert given.given() is None


def test_memory_is_known_before(vectors: WordVectors, tmp_path: Path) -> None:
    for name, data, needed in (
        ("a.bin", word2vec_binary(vectors), vectors.vectors.nbytes),
        ("a.txt", word2vec_text(vectors), vectors.vectors.nbytes),
        ("glove.txt", b"a 1 2\nb 3 4\n", 12),
        ("a.gz", gzip.compress(word2vec_text(vectors)), None),
    ):
        (tmp_path / name).write_bytes(data)
        assert expected_bytes(tmp_path / name) == needed, name
    assert expected_bytes(tmp_path / "a.bin", 10) == 10 * 8 * 4
    assert expected_bytes(tmp_path / "nobody") is None
    read = load_vectors(tmp_path / "a.bin")
    assert nearest(read.directions, 3, 5) == nearest(vectors.vectors, 3, 5)
