"""Names beside their dots: those that share one are the same in Python and in the browser, and none is cut."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.drawing.labels import STILL_PLACES, STILL_SLANT, Placer, place_once
from pages.drawing.marks import GROUP_SHAPES, outline
from pages.drawing.shared_labels import MARGIN, share_names, starts
from tests.test_javascript import NO_NODE
from tests.test_layers import ROOT
from w2v.arrays import Floats

KIT = ROOT / "pages" / "components" / "kit"
SHARED = """
const { shareNames, startsOf } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
const said = JSON.parse(text).map(({ pictures, widths, widest }) => {
  const items = widths.map((ownWidth, i) => ({ key: `v${i}`, kind: "v", ownWidth, label: {} }));
  return pictures.map((points) => {
    items.forEach((item, i) => Object.assign(item, { x: points[i][0], y: points[i][1], width: item.ownWidth }));
    shareNames(items, widest);
    const hosts = items.map((item) => items.indexOf(item.within ?? item));
    return { hosts, starts: items.map((item) => (item.within ? [] : startsOf(item).map(([, x]) => x))) };
  });
});
console.log(JSON.stringify(said));
"""


def in_node(script: str, argument: str, given: object = None) -> object:
    """What a script for node prints, as JSON."""
    node = shutil.which("node") or shutil.which("nodejs")
    assert node, NO_NODE
    command = [node, "--input-type=module", "-e", script, argument]
    done = subprocess.run(command, input=json.dumps(given).encode(), capture_output=True, timeout=60, check=True)
    return json.loads(done.stdout)


def film(rng: np.random.Generator) -> dict[str, list[float] | list[list[list[float]]] | float]:
    """Words that move a little from picture to picture, many of them in clumps."""
    n = int(rng.integers(2, 30))
    clumps = rng.uniform(0, 300, (max(1, n // 3), 2))
    places = clumps[rng.integers(0, len(clumps), n)] + rng.normal(0, 5, (n, 2))
    pictures = [np.round(places + rng.normal(0, 3, (n, 2)), 3).tolist() for _ in range(6)]
    return {"pictures": pictures, "widths": rng.integers(10, 90, n).tolist(), "widest": float(rng.integers(80, 300))}


def test_python_and_the_browser_let_the_same_words_share_a_name() -> None:
    films = [film(np.random.default_rng(seed)) for seed in range(60)]
    said = in_node(SHARED, (KIT / "shared_labels.js").as_uri(), films)
    shared = 0
    for one, pictures in zip(films, said, strict=True):  # type: ignore[call-overload]
        before: Sequence[int] = ()
        widths = one["widths"]
        for points, theirs in zip(one["pictures"], pictures, strict=True):  # type: ignore[arg-type]
            before = share_names(np.array(points), widths, one["widest"], before)  # type: ignore[arg-type]
            assert before == theirs["hosts"]
            for host, begins in enumerate(theirs["starts"]):
                mine = [widths[i] for i, of in enumerate(before) if of == host]  # type: ignore[index]
                assert starts(mine)[:-1] == begins or not mine
                shared += len(mine) > 1
    assert shared > 300, "many names were shared"


SHAPES = """
const { mark } = await import(process.argv[1]);
const shapes = JSON.parse(await new Promise((done) => process.stdin.once("data", done)));
const said = shapes.map((shape) => {
  const corners = [];
  const note = (x, y) => corners.push([x, y]);
  const rect = (x, y, w, h) => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]].forEach(([a, b]) => note(a, b));
  mark({ beginPath() {}, closePath() {}, arc() {}, moveTo: note, lineTo: note, rect }, shape, 7, -3, 5);
  return corners;
});
console.log(JSON.stringify(said));
"""


def test_marks_have_the_same_shapes_in_both() -> None:
    theirs = in_node(SHAPES, (KIT / "marks.js").as_uri(), GROUP_SHAPES)
    for shape, corners in zip(GROUP_SHAPES, theirs, strict=True):  # type: ignore[call-overload]
        mine = outline(shape, 7, -3, 5)
        if shape == "disc":  # drawn as an arc there
            assert corners == []
            assert all(np.hypot(x - 7, y + 3) == pytest.approx(5) for x, y in mine)
        else:
            far = np.linalg.norm(np.array(corners)[:, None] - np.array(mine), axis=2)
            assert len(corners) == len(mine)
            assert far.min(axis=0) == pytest.approx(0, abs=1e-9)
            assert far.min(axis=1) == pytest.approx(0, abs=1e-9)


places = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300)), min_size=1, max_size=30)


def sizes_for(dots: Sequence[object], seed: int) -> Floats:
    return np.random.default_rng(seed).uniform((8, 9), (90, 16), (len(dots), 2))


@given(places, st.integers(0, 2**32 - 1))
def test_every_name_lies_on_the_paper_and_words_that_share_one_stand_in_a_row(
    dots: list[tuple[float, float]], seed: int
) -> None:
    at, sizes = np.array(dots), sizes_for(dots, seed)
    placer = Placer(sizes, np.full(len(dots), 4.0))
    for moved in (0.0, 3.0, 6.0):
        corners = placer.place(at + moved, 400, 300)
        for i, corner in enumerate(corners):
            if corner is None:
                continue
            assert min(corner) >= 2
            assert corner[0] + sizes[i, 0] <= 398 + 1e-9
            assert corner[1] + sizes[i, 1] <= 298 + 1e-9
            row = [j for j, host in enumerate(placer.host_of) if host == placer.host_of[i]]
            assert len(row) <= 3
            if (place := row.index(i)) > 0:
                before = corners[row[place - 1]]
                assert before is not None
                assert corner[0] == pytest.approx(before[0] + sizes[row[place - 1], 0] + MARGIN)
        assert len(placer.joints(corners)) == sum(
            corner is not None and placer.host_of[i] != i for i, corner in enumerate(corners)
        )


def test_words_on_one_spot_stand_in_one_name_from_picture_to_picture() -> None:
    sizes = np.full((3, 2), (40.0, 12.0))
    placer = Placer(sizes, np.full(3, 4.0))
    there = placer.place(np.array([[100.0, 100], [103, 100], [300, 200]]), 400, 300)
    assert placer.host_of == [0, 0, 2]
    assert all(there)
    (joint,) = placer.joints(there)
    assert joint[0] == there[0][0] + 40 + MARGIN / 2  # type: ignore[index]
    placer.place(np.array([[100.0, 100], [112, 100], [300, 200]]), 400, 300)
    assert placer.host_of == [0, 0, 2], "no name comes and goes with every pixel"
    apart = placer.place(np.array([[100.0, 100], [130, 130], [300, 200]]), 400, 300)
    assert placer.host_of == [0, 1, 2]
    assert all(apart), "a word has its own name at once"


@given(places, st.integers(0, 2**32 - 1))
def test_names_of_a_still_picture_lie_inside_its_frame(dots: list[tuple[float, float]], seed: int) -> None:
    at, sizes = np.array(dots), sizes_for(dots, seed)
    inner = 25 + at * (350 / 400, 250 / 300)  # there is always room above
    marked = np.random.default_rng(seed).permutation(len(dots))[:3].tolist()
    gap = np.array([8.0, 4.0])
    named = place_once(inner, sizes, np.full(inner.shape, gap), marked, 20, (400.0, 300.0))
    assert set(marked) <= {word for name in named.values() for word in name.words}
    for i, name in named.items():
        assert i == name.words[0]
        size = np.array([starts(sizes[list(name.words), 0].tolist())[-1], sizes[list(name.words), 1].max()])
        dx, dy = STILL_PLACES[name.place]
        middle = inner[i] + (dx, dy) * (gap * (STILL_SLANT if dx and dy else 1) + size / 2)
        assert (middle - size / 2 >= 2 - 1e-9).all()
        assert (middle + size / 2 <= np.array([398, 298]) + 1e-9).all()


def test_names_of_a_few_marked_dots_do_not_touch_and_leave_marks_free() -> None:
    """Places are found for all of them at once: one after the other, the last is left with what covers a mark."""
    dots = np.array([[140.0, 140.0], [140.0, 160.0], [170.0, 141.0], [105.0, 142.0], [185.0, 150.0]])
    sizes, gap = np.array([(31.0, 17.0), (39.0, 17.0), (39.0, 17.0), (31.0, 17.0), (39.0, 17.0)]), np.array([10.0, 6.6])
    named = place_once(dots, sizes, np.full(dots.shape, gap), [0, 1, 2, 3], 0, (280.0, 280.0), always=1)
    assert set(named) == {0, 1, 2, 3}
    boxes = []
    for i, name in named.items():
        dx, dy = STILL_PLACES[name.place]
        middle = dots[i] + (dx, dy) * (gap * (STILL_SLANT if dx and dy else 1) + sizes[i] / 2)
        boxes.append((middle - sizes[i] / 2, middle + sizes[i] / 2))
        for mark in range(4):
            beside = (boxes[-1][0] >= dots[mark] + 6).any() or (boxes[-1][1] <= dots[mark] - 6).any()
            assert mark == i or beside, "a name lies on a mark"
    for one, other in combinations(boxes, 2):
        left, right = sorted((one, other), key=lambda box: float(box[0][0]))
        free = right[0] - left[1]
        assert free[0] >= 5 or abs(left[0][1] - right[0][1]) >= 18 - 1e-9, "two names touch"
