"""A still picture of the map: its dots are the vectors, its words are plain text, and nothing on it is cut."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from playwright.sync_api import Page

from pages.components.player.record import map_basis
from pages.drawing import colors
from pages.drawing.fitting import fitted
from pages.drawing.numbers import percent
from pages.drawing.words import shown
from pages.parts.save.gif import CAPTION, Film, map_gif
from pages.parts.save.still import SHARP, SIZE, Still, View, after, still, view_of_run
from pages.parts.save.still_png import still_png
from pages.parts.save.still_svg import still_svg
from tests.browser import Server, wait_idle
from tests.browsing import SLOW, visit
from tests.test_export import hostile_run, pictures_of
from w2v import PRESETS, Config, ProjectionError, Run, align, train_whole_text
from w2v.pictures.groups import given_groups
from w2v.whole.passes import Passes

SVG = "{http://www.w3.org/2000/svg}"
ROYAL = Run(Config(PRESETS["royal"].text, epochs=5))


def picture_of(run: Run, t: int, **more: Any) -> Still:
    view = view_of_run(run, t)
    return still(run, View(**{**vars(view), **more}), "Royal family", "skip-gram")


def pixels(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_it_says_of_which_text_moment_and_method_it_is() -> None:
    assert picture_of(ROYAL, 300).title == "Royal family: PCA, after 300 updates"
    assert picture_of(ROYAL, 0).title == "Royal family: PCA, before the first update"
    assert picture_of(ROYAL, 1, method="t-SNE").title == "Royal family: t-SNE, after 1 update"
    passes = Passes(train_whole_text(Config(PRESETS["royal"].text, epochs=2)))
    assert after(passes, 0) == "before the first pass"
    assert after(passes, passes.n_moments - 1) == f"after {passes.at[-1]} passes"
    said = [writing.text for writing in picture_of(ROYAL, 300).writings]
    assert said[:2] == ["Royal family: PCA, after 300 updates", "skip-gram"]
    assert said[3] == "Same color and shape: used alike in this text."
    assert said[2].startswith("Two axes, the same for the whole run (PCA): ")


def test_how_much_it_shows_is_said_in_plain_words_and_to_those_who_ask_for_numbers_as_variance() -> None:
    kept = percent(float(map_basis(ROYAL).explained.sum()))
    two = f"Two axes, the same for the whole run (PCA): {kept} of"
    assert view_of_run(ROYAL, 300).note == f"{two} how the words differ."
    assert view_of_run(ROYAL, 300, in_numbers=True).note == f"{two} the variance."
    films = [Film(ROYAL, 2, (720, 540), in_numbers) for in_numbers in (False, True)]
    plain, numbers = (np.asarray(film.background.convert("L")) for film in films)
    differ = np.argwhere(plain != numbers)
    assert len(differ) > 50
    left, _, right, bottom = films[0].map_box
    assert ((differ >= (bottom - CAPTION - 4, left)) & (differ <= (bottom, right))).all(), "in its lower edge alone"


def in_layers(points: np.ndarray) -> list[int]:
    """The words in the order in which they are drawn: those in no group first, and then the frequent ones last."""
    group_of = given_groups(ROYAL, len(points))
    assert group_of is not None
    return sorted(range(len(points)), key=lambda i: (group_of[i] >= 0, -i))


def test_the_dots_stand_where_the_vectors_are_on_equal_scales() -> None:
    view = view_of_run(ROYAL, 300)
    picture = picture_of(ROYAL, 300)
    seen = np.array([(mark.x, -mark.y) for mark in picture.marks])
    fit = align(view.points[in_layers(view.points)], seen, scale=True)
    assert np.abs(fit - seen).max() < 1e-6
    left, top, right, bottom = picture.map
    spans = np.ptp(seen, axis=0) / (right - left - 80, bottom - top - 60)
    assert spans.max() == pytest.approx(1), "the frame is fitted to the words"


KINDS: dict[str, dict[str, Any]] = {
    "hostile words": {},
    "one dimension": {"dim": 1},
    "two dimensions": {"dim": 2},
    "all on one spot": {"init_scale": 0.0, "epochs": 1},
    "diverged": {"learning_rate": 300.0, "decay": False},
}


@pytest.mark.parametrize("settings", KINDS.values(), ids=KINDS)
def test_nothing_is_cut_and_no_words_stand_on_each_other(settings: dict[str, Any]) -> None:
    run = hostile_run(**settings)
    for t in (0, run.n_steps):
        picture = still(run, view_of_run(run, t), "your text", "skip-gram, full softmax, window 2, 300 dimensions")
        left, top, right, bottom = picture.map
        boxes = [(n.x, n.y - 9, n.x + n.width, n.y + 9) for n in picture.names if n.text != "\u00b7"]
        assert boxes
        for i, box in enumerate(boxes):
            assert box[0] >= left
            assert box[1] >= top
            assert box[2] <= right
            assert box[3] <= bottom
            for other in boxes[:i]:
                assert box[0] >= other[2] or other[0] >= box[2] or box[1] >= other[3] or other[1] >= box[3]
        for writing in picture.writings:
            assert writing.x + writing.width <= right + 0.01
        for mark in picture.marks:
            assert left + 20 < mark.x < right - 20
            assert top + 20 < mark.y < bottom - 20
        svg = still_svg(picture).decode()
        assert "nan" not in svg.replace(">nan<", "").lower()
        assert "inf" not in svg.lower()


def test_words_are_text_in_the_svg_and_never_markup() -> None:
    run = hostile_run()
    picture = still(run, view_of_run(run, run.n_steps), "<script>alert(1)</script>", "skip-gram")
    data = still_svg(picture)
    root = ElementTree.fromstring(data)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "rect", "polygon", "text"}
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert texts == [name.text for name in (*picture.names, *picture.writings)]
    plain = {shown(word) for word in run.corpus.vocabulary.words}
    assert {text for text in texts[: len(picture.names)] if not (text or "").endswith("\u2026")} - {"\u00b7"} <= plain
    assert len(plain & set(texts)) > 10
    assert root.find(f"{SVG}title").text == picture.title  # type: ignore[union-attr]
    assert b"<script" not in data
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "url(" not in value


def test_the_png_is_the_same_picture() -> None:
    picture = picture_of(ROYAL, 600)
    seen = pixels(still_png(picture))
    assert seen.shape == (SHARP * SIZE[1], SHARP * SIZE[0], 3)
    for mark in picture.marks[-8:]:  # the most frequent words lie on top
        middle = seen[int(SHARP * mark.y), int(SHARP * mark.x)]
        assert np.abs(middle - colors.rgb(mark.color)).max() < 90, mark
    for name in picture.names[:6]:
        box = seen[int(SHARP * (name.y - 9)) : int(SHARP * (name.y + 9)), int(SHARP * name.x) :][
            :, : int(SHARP * name.width)
        ]
        assert (box.max(axis=2) < 110).any(), f"{name.text} is written"
    left, top, right, bottom = (SHARP * edge for edge in picture.map)
    inside = seen[top:bottom, left:right]
    for edge in (inside[3], inside[-3], inside[:, 3], inside[:, -3]):
        assert (edge[6:-6] == 255).all(), "nothing reaches the edge"


def test_no_name_of_the_moving_picture_is_cut_at_its_edge() -> None:
    run = Run(Config(PRESETS["days_months"].text, epochs=5))
    for frame in pictures_of(map_gif(run, frames=10, size=(400, 320))):
        inside = frame[44 : 320 - 122, 14 : 400 - 14].astype(int)
        for edge in (inside[1:2], inside[:, 1:2], inside[:, -1:]):
            assert (edge.max(axis=2) > 100).all(), "no letter is on it"


def test_groups_of_a_preset_differ_in_color_and_shape() -> None:
    picture = picture_of(ROYAL, 600)
    looks = {(mark.color, mark.shape) for mark in picture.marks}
    assert looks == {
        ("#0072B2", "disc"),
        ("#D55E00", "square"),
        ("#009E73", "triangle"),
        ("#A8447F", "cross"),
        ("#8A6D00", "diamond"),
        (colors.AXIS, "disc"),
    }
    points = np.vstack([view_of_run(ROYAL, 600).points] * 2)
    both = picture_of(ROYAL, 600, points=points, ids=range(len(points) // 2), kinds="vu")
    assert {(mark.color, mark.shape) for mark in both.marks} == {(colors.DOT, "disc"), (colors.CONTEXT, "diamond")}


numbers = st.floats(-1.7e308, 1.7e308)


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.just(2)), elements=numbers))
def test_any_finite_points_are_fitted_into_their_box(points: np.ndarray) -> None:
    placed = fitted(points, (10, 20, 410, 320), (30, 20))
    assert np.isfinite(placed).all()
    assert (placed >= np.array([40, 40]) - 1e-6).all()
    assert (placed <= np.array([380, 300]) + 1e-6).all()


def test_what_is_not_a_number_is_not_drawn() -> None:
    with pytest.raises(ProjectionError, match="not finite"):
        fitted(np.array([[0.0, np.nan]]), (0, 0, 9, 9), (1, 1))


# --- where it is saved ------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_map_saves_the_picture_that_it_shows(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/map", preset="royal", epochs=5, t=300, word="king")
    page.get_by_role("button", name="Save this picture").click()
    saved = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Still picture, {kind}").click()
        saved[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
    assert list(saved) == ["word2vec-royal-map-300.png", "word2vec-royal-map-300.svg"]
    view = view_of_run(ROYAL, 300)
    note = "Two axes, the same for the whole run (PCA)."
    model = "skip-gram, full softmax, window 2, 8 dimensions"
    there = [float(at) for at in re.findall(r'points="([-\d.]+),', saved["word2vec-royal-map-300.svg"].decode())]
    again = still_svg(still(ROYAL, View(**{**vars(view), "note": note}), "Royal family", model))
    mine = [float(at) for at in re.findall(r'points="([-\d.]+),', again.decode())]
    assert there == pytest.approx(mine, abs=0.02)
    assert saved["word2vec-royal-map-300.png"].startswith(b"\x89PNG")
    assert b"<title>Royal family: PCA, after 300 updates</title>" in saved["word2vec-royal-map-300.svg"]


@pytest.mark.browser
def test_names_of_pictures_side_by_side_lie_inside_them(new_page: Callable[..., Page], app_server: Server) -> None:
    page = new_page(viewport={"width": 1024, "height": 900})
    visit(page, app_server, "/map", preset="days_months", epochs=5, t=300, word="saturday")
    page.get_by_role("button", name="t-SNE from 6 seeds").click()
    page.locator(".js-plotly-plot .textpoint").first.wait_for(timeout=4 * SLOW)
    wait_idle(page)
    names_lie_inside(page)
    narrow = page.evaluate(WIDTH)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function(f"narrow => {WIDTH} > narrow + 200", arg=narrow)
    wait_idle(page)
    names_lie_inside(page)


# Of what Plotly has drawn last.
WIDTH = "document.querySelector('.st-key-map_six_seeds .js-plotly-plot .main-svg').getBoundingClientRect().width"


def names_lie_inside(page: Page) -> None:
    found = page.locator(".st-key-map_six_seeds .js-plotly-plot").evaluate(
        """plot => ["xy", "x2y2", "x3y3", "x4y4", "x5y5", "x6y6"].map((name) => {
            const box = (element) => {
                const { left, top, right, bottom } = element.getBoundingClientRect();
                return [left, top, right, bottom];
            };
            const back = [...plot.querySelectorAll(".layer-below .shapelayer path")];
            const words = [...plot.querySelectorAll(`.subplot.${name} .textpoint text`)];
            return { words: words.map(box), texts: words.map((word) => word.textContent), backs: back.map(box) };
        })"""
    )
    assert len(found) == 6
    for number, one in enumerate(found):
        left, top, right, bottom = one["backs"][number]
        assert sum(text != "" for text in one["texts"]) >= 2
        for box in one["words"]:
            assert box[0] >= left - 1
            assert box[1] >= top - 1
            assert box[2] <= right + 1
            assert box[3] <= bottom + 1
