"""Pictures that stand still: their numbers are the counts, and words in them are never markup."""

import json
from html import unescape

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.drawing import figures
from pages.drawing.words import LONGEST_WORD, escaped, shown
from tests.hostile import MARKUP
from w2v import Corpus, count_pairs, cut_windows

TEXT = "the king wears a crown. the queen wears a crown. the king and the queen."


@given(st.text(max_size=80))
def test_a_word_is_short_visible_and_no_markup(word: str) -> None:
    label = escaped(word)
    assert "<" not in label
    assert ">" not in label
    assert unescape(label) == shown(word) or "&" in word
    assert 1 <= len(shown(word)) <= LONGEST_WORD == 40
    assert all(c.isprintable() for c in shown(word))


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("king", "king"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("<a href='http://host.example'>x</a>", "&lt;a href='http://host.example'&gt;x&lt;/a&gt;"),
        ("a\u202eb\u200bc\x00d", "abcd"),
        ("don't", "don't"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "\u2026"),
        ("\u200b", "(blank)"),
    ],
)
def test_some_words(word: str, label: str) -> None:
    assert escaped(word) == label


def test_the_count_matrix_holds_the_counts() -> None:
    corpus = Corpus.from_text(TEXT)
    words = corpus.vocabulary.words
    figure = figures.count_matrix(words, count_pairs(corpus, 2), 40)
    (cells,) = figure.data
    brute = np.zeros((len(words), len(words)))
    for window in cut_windows(corpus, 2):
        for other in window.context:
            brute[window.center, other] += 1
    assert np.array_equal(cells.z, brute)
    assert list(cells.x) == list(cells.y) == [str(i) for i in range(len(words))]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == dict(zip(cells.x, words, strict=True))
    assert tuple(cells.customdata[1][2]) == (words[1], words[2])


def test_words_that_look_like_numbers_or_dates_stay_words() -> None:
    corpus = Corpus.from_text("1 2 3 1 2 2024-01-01 7 1e5 2")
    figure = figures.count_matrix(corpus.vocabulary.words, count_pairs(corpus, 2), 40)
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "category"


def test_only_the_most_frequent_words_are_drawn() -> None:
    corpus = Corpus.from_text(" ".join(f"w{i}" for i in range(90)))
    figure = figures.count_matrix(corpus.vocabulary.words[:40], count_pairs(corpus, 2), 40)
    (cells,) = figure.data
    assert np.shape(cells.z) == (40, 40)
    assert figure.layout.height >= 40 * 20


def test_no_word_stands_in_a_template_or_a_title() -> None:
    corpus = Corpus.from_text(MARKUP * 3)
    figure = figures.count_matrix(corpus.vocabulary.words, count_pairs(corpus, 2), 40)
    spec = json.loads(figure.to_json())
    for trace in spec["data"]:
        trace["x"] = trace["y"] = trace["z"] = trace["customdata"] = []
    for axis in ("xaxis", "yaxis"):
        spec["layout"][axis]["ticktext"] = []
    assert "zq" not in json.dumps(spec)


def test_two_long_words_with_the_same_beginning_stay_apart() -> None:
    words = ["x" * 50 + "a", "x" * 50 + "b", "c"]
    figure = figures.count_matrix(words, count_pairs(Corpus.from_text(" ".join(words)), 2), 40)
    assert len(set(figure.data[0].x)) == 3


def test_the_names_of_outermost_dots_are_not_cut() -> None:
    points = np.array([[0.0, 0.0], [4.0, 1.0], [2.0, 3.0]])
    words = ["january", "december", "saturday"]
    alone = figures.one_map(points, words, [1], dark=False)
    row = figures.side_by_side([points, -points], ["one", "two"], words, [1, 0], dark=False)
    layout = row.layout
    for trace in (*alone.data, *row.data):
        assert trace.cliponaxis is False, "a name may reach over the edge of the plot"
    for x, y, dots, least in (
        (alone.layout.xaxis, alone.layout.yaxis, points, 0.05),
        (layout.xaxis, layout.yaxis, points, 0.2),
        (layout.xaxis2, layout.yaxis2, -points, 0.2),
    ):
        for axis, values, share in ((x, dots[:, 0], least), (y, dots[:, 1], 0.05)):
            low, high = axis.range
            assert values.min() - low >= share * np.ptp(values)
            assert high - values.max() >= share * np.ptp(values)
    same = figures.one_map(np.zeros((2, 2)), words[:2], [0], dark=False)
    assert same.layout.xaxis.range[0] < 0 < same.layout.xaxis.range[1], "dots on one spot have an axis too"
