"""Pictures that stand still: their numbers are the counts, and words in them are never markup."""

import json
from html import unescape

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.drawing import comparison, figures
from pages.drawing.labels import STILL_PLACES, STILL_SLANT
from pages.drawing.words import LONGEST_WORD, escaped, quoted, shown
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


GAPS = {"diamond": (12, 8.5), "square": (10, 6.6), "circle": (8, 4.1)}  # px beside a mark and above it
PLACES = dict(zip(figures.SIDES, STILL_PLACES, strict=True))


def boxes_of(figure: go.Figure, number: int, size: tuple[float, float]) -> list[tuple[float, float, float, float]]:
    """Where Plotly writes the names of one picture that is so large: left, top, right and bottom in pixels."""
    trace, suffix = figure.data[number], str(number + 1) if number else ""
    (left, right), (low, high) = (figure.layout[f"{axis}axis{suffix}"].range for axis in "xy")
    scale = min(size[0] / (right - left), size[1] / (high - low))  # equal on both axes
    found = []
    points = zip(trace.x, trace.y, trace.text, trace.textposition, trace.marker.symbol, strict=True)
    for x, y, text, side, shape in points:
        if text:
            at = (size[0] / 2 + (x - (left + right) / 2) * scale, size[1] / 2 - (y - (low + high) / 2) * scale)
            wide = sum(7 * len(word) + 12 for word in unescape(text).strip().split(" \u00b7 ")) - 12
            right_of, below = PLACES[side]
            beside, above = GAPS[shape]
            beside *= STILL_SLANT[0] if below else 1
            center = (at[0] + right_of * (beside + wide / 2), at[1] + below * (above + 8.5))
            found.append((center[0] - wide / 2, center[1] - 8.5, center[0] + wide / 2, center[1] + 8.5))
    return found


spots = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=25)


@given(spots, st.integers(0, 2**32 - 1))
def test_no_name_is_cut_at_the_edge_of_a_map(places: list[tuple[float, float]], seed: int) -> None:
    points, rng = np.array(places), np.random.default_rng(seed)
    words = ["".join(rng.choice(list("abc"), rng.integers(1, 40))) for _ in places]
    marked = rng.permutation(len(places))[:4].tolist()
    alone = figures.one_map(points, words, marked, dark=False)
    row = figures.side_by_side([points, -points], ["one", "two"], [words] * 2, [marked] * 2, dark=True)
    assert all(trace.cliponaxis is False for trace in (*alone.data, *row.data))
    for figure, number, (width, height) in (
        (alone, 0, figures.ALONE),
        (row, 0, figures.SMALL),
        (row, 1, figures.SMALL),
    ):
        named = {
            word for i, text in enumerate(figure.data[number].text) if text for word in text.strip().split(" \u00b7 ")
        }
        sure = marked if figure is alone else marked[:1]
        assert {words[i][:10] for i in sure} <= {word[:10] for word in named}, "the marked words have names"
        for wider in (1, 2):
            for left, top, right, bottom in boxes_of(figure, number, (wider * width, height)):
                assert left >= 0
                assert top >= -2, "a line is two pixels higher than its letters at both ends"
                assert right <= wider * width
                assert bottom <= height + 2


def test_in_a_crowd_of_marked_words_only_the_selected_one_is_named_in_any_case() -> None:
    """The nearest words of one that was asked about stand close together, and are named beside the map, too."""
    rng = np.random.default_rng(5)
    points = np.concatenate([0.02 * rng.normal(size=(30, 2)), rng.normal(size=(60, 2))])
    words, marked = [f"word{i}" for i in range(len(points))], [4, *range(4), *range(5, 30)]
    crowded = figures.one_map(points, words, marked, dark=False)
    free = figures.one_map(points, words, marked, dark=False, always=1)
    for figure, few in ((crowded, 1), (free, 0)):
        boxes = np.array(boxes_of(figure, 0, figures.ALONE))
        apart = (boxes[:, None, :2] >= boxes[None, :, 2:]).any(2) | (boxes[None, :, :2] >= boxes[:, None, 2:]).any(2)
        assert (~apart & ~np.eye(len(boxes), dtype=bool)).any() == few, "names lie on each other"
    assert "word4" in free.data[0].text[4]


def test_dots_on_one_spot_share_a_name_in_pictures_that_stand_still() -> None:
    points = np.array([[0.0, 0.0], [40.0, 10.0], [0.1, 0.1], [-40.0, -20.0]])
    words = ["king", "<b>", "queen", "bread"]
    (dots,) = figures.one_map(points, words, [1], dark=False).data
    assert [text.strip() for text in dots.text] == ["king \u00b7 queen", "&lt;b&gt;", "", "bread"]
    dots, _ = figures.side_by_side(
        [points, points[:, ::-1]], ["one", "two"], [words] * 2, [[2, 0, 3]] * 2, dark=False
    ).data
    assert [text.strip() for text in dots.text] == ["", "", "queen \u00b7 king", "bread"], (
        "the selected word first, and marked ones alone"
    )


def test_the_frame_of_a_map_is_fitted_to_its_words() -> None:
    points = np.array([[0.0, 0.0], [4.0, 1.0], [2.0, 3.0]])
    words = ["january", "december", "saturday"]
    layout = figures.side_by_side([points, -points], ["one", "two"], [words] * 2, [[1, 0]] * 2, dark=False).layout
    for axis, values in ((layout.xaxis, points[:, 0]), (layout.yaxis, points[:, 1]), (layout.xaxis2, -points[:, 0])):
        low, high = axis.range
        assert low < values.min() < values.max() < high
        assert np.ptp(values) > 0.8 * (high - low)
    same = figures.one_map(np.zeros((2, 2)), words[:2], [0], dark=False)
    assert same.layout.xaxis.range[0] < 0 < same.layout.xaxis.range[1], "dots on one spot have an axis too"


def test_a_number_behind_a_word_from_right_to_left_stays_behind_it() -> None:
    assert quoted("king") == "“king”"
    hebrew = "\u05de\u05dc\u05da"
    assert quoted(hebrew) == f"“\u2068{hebrew}\u2069”"


def test_losses_that_hardly_fall_are_seen_to_fall() -> None:
    """Of a long text trained as a whole the first pass has learned most: from 0 on the rest is a straight line."""
    at = np.arange(3.0)
    steep = comparison.Loss("steep", at, np.array([3.0, 2.0, 1.9]), 1.8)
    level = comparison.Loss("level", at, np.array([2.95, 2.92, 2.91]), 2.9)
    for curves in ([steep, level], [level]):
        least, most = min(curve.floor for curve in curves), max(curve.loss.max() for curve in curves)
        for figure in comparison.losses(curves, "passes", dark=False):
            begin, end = figure.layout.yaxis.range
            assert begin < least < most < end
            assert (begin == 0) == (steep in curves)
            assert most - least > 0.3 * (end - begin)
