"""Where names stand beside their dots: no two overlap, none is cut. Pixels, y pointing down, as on paper.

A picture that stands still is named once, by `place_once`. In pictures that follow each other a `Placer` also sees to
it that no name jumps about. In both, dots on one spot share one name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pages.drawing.shared_labels import MARGIN, members, share_names, starts
from w2v.arrays import Floats, Ints

Bools = NDArray[np.bool_]

STILL_PLACES = ((0, -1), (1, 0), (-1, 0), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))  # above, right, left, below, ...
STILL_SLANT = (0.7, 1.0)  # aside and up or down at a corner, of what there is beside and above: as Plotly does
PLACES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))  # right, left, above, below, ...
FREQUENT = 12  # so many of the most frequent words may cover dots of others
PICTURES_BEFORE_RETURN = 2  # in which a hidden name must find room before it comes back
GAP = 3.0  # px between dot and name
OF_A_MARK, OF_A_DOT = 6.0, 3.0  # px around a marked dot, and around another one
COVERED_NAME = 1000  # a name under another one is as bad as so many dots
COVERED_MARK = 20  # and a marked dot as so many
TOGETHER = 4  # so many names of marked dots find their places all at once
EDGE = 2.0  # px of paper beyond a name
APART = np.array([-5.0, -1.0, 5.0, 1.0])  # px by which a name's box grows for the others


@dataclass(frozen=True)
class StillName:
    """A name of a picture that stands still: which of `STILL_PLACES` it has, and the dots whose words are in it."""

    place: int
    words: tuple[int, ...]


def place_once(
    dots: Floats,
    sizes: Floats,
    gaps: Floats,
    marked: Sequence[int],
    most: int,
    frame: tuple[float, float],
    always: int | None = None,
) -> dict[int, StillName]:
    """Return the dots to name, each with its name.

    The marked ones come first and are named in any case, where they cover least; then the others in their order, where
    their name covers no other name and no dot.
    dots : (n, 2);  sizes : (n, 2) of the words;  gaps : (n, 2) between each dot and its name, beside it and above
    most : so many names, but for marked ones; with 0 words that are not marked are in none
    always : so many of the marked ones are named in any case, the others where their name covers no other; None for all
    frame : width and height of the picture, inside which a name stands if it is no wider than half of it
    """
    order = list(dict.fromkeys([*marked, *range(len(dots) if most else 0)]))
    host_of = share_names(dots[order], sizes[order, 0].tolist(), frame[0] / 2 - gaps[:, 0].max(initial=0.0))
    first, sure = set(marked), set(marked[:always])
    around = np.full((len(dots), 1), OF_A_DOT)
    around[list(marked)] = OF_A_MARK
    drawn = np.hstack([dots - around, dots + around])  # (n, 4)
    weights = np.where(around[:, 0] == OF_A_MARK, COVERED_MARK, 1)  # (n,)
    named, taken = dict[int, StillName](), np.empty((0, 4))
    asked = []  # (dot, words of its name, boxes of its places, how much each covers of dots)
    for host, several in members(host_of).items():
        i, words = order[host], tuple(order[member] for member in several)
        size = np.array([starts(sizes[list(words), 0].tolist())[-1], sizes[list(words), 1].max()])
        boxes = _boxes(dots[i], size, gaps[i], STILL_PLACES, STILL_SLANT)  # (n_places, 4)
        covers = np.delete(_overlap(boxes, drawn) * weights, list(words), axis=1).sum(axis=1)
        asked.append((i, words, boxes, np.where(_inside(boxes, *frame), covers, np.inf)))
    few = [name for name in asked if first & set(name[1])][:TOGETHER]
    places = _together([boxes for _, _, boxes, _ in few], [covers for *_, covers in few])
    for (i, words, boxes, _), place in zip(few, places, strict=True):
        if sure & set(words) or not _overlap(boxes[place : place + 1], taken).any():
            named[i] = StillName(place, words)
            taken = np.vstack([taken, boxes[place] + APART])
    for i, words, boxes, covered in asked[len(few) :]:
        covers = covered + COVERED_NAME * _overlap(boxes, taken).sum(axis=1)
        place = int(covers.argmin())
        bearable = covers[place] < COVERED_NAME if first & set(words) else covers[place] == 0 and len(named) < most
        if sure & set(words) or bearable:
            named[i] = StillName(place, words)
            taken = np.vstack([taken, boxes[place] + APART])
    return named


def _together(boxes: Sequence[Floats], covers: Sequence[Floats]) -> list[int]:
    """Return a place for each of a few names, so that together they cover least: each other, and dots.

    boxes : (n_places, 4) of each;  covers : (n_places,) of each, how much of the dots
    """
    n = len(boxes)
    total = np.zeros((len(STILL_PLACES),) * n)
    for i in range(n):
        total += covers[i].reshape([-1 if axis == i else 1 for axis in range(n)])
        for j in range(i):
            both = COVERED_NAME * _overlap(boxes[j] + APART, boxes[i])
            total += both.reshape([len(STILL_PLACES) if axis in (i, j) else 1 for axis in range(n)])
    return [int(place) for place in np.unravel_index(total.argmin(), total.shape)]


def place_where_free(
    dots: Floats, sizes: Floats, gap: Floats, others: Floats, frame: tuple[float, float]
) -> dict[int, int]:
    """Return the dots to name, in their order as far as there is room, each with the number of one of `STILL_PLACES`.

    A name covers no other name and none of these dots, and of the others (m, 2) as few as possible.
    sizes : (n, 2) of the words of the first n dots;  dots, gap, frame : see `place_once`
    """
    taken = np.hstack([dots - OF_A_MARK, dots + OF_A_MARK])  # (n, 4)
    places: dict[int, int] = {}
    for i in range(len(sizes)):
        boxes = _boxes(dots[i], sizes[i], gap, STILL_PLACES[:4])  # not at corners, where names would nearly touch
        free = _inside(boxes, *frame) & ~_overlap(boxes, taken).any(axis=1)
        if free.any():
            covers = _overlap(boxes, np.hstack([others, others])).sum(axis=1)
            places[i] = int(np.where(free, covers, np.inf).argmin())
            taken = np.vstack([taken, boxes[places[i]]])
    return places


@dataclass
class Placer:
    """Places names picture by picture, the most important first.

    sizes : (n, 2) width and height of each name
    radii : (n_dots,) of all dots; the first n dots have the names
    """

    sizes: Floats
    radii: Floats
    _place: list[int] = field(default_factory=list)
    _free_for: list[int] = field(default_factory=list)
    host_of: list[int] = field(default_factory=list)  # of the last picture: see `share_names`

    def __post_init__(self) -> None:
        self._place = [-1] * len(self.sizes)
        self._free_for = [PICTURES_BEFORE_RETURN] * len(self.sizes)

    def place(self, dots: Floats, width: float, height: float) -> list[tuple[float, float] | None]:
        """Return the left upper corner of each word, or None for one without room; dots (n_dots, 2) in px.

        Words in one name stand side by side, `MARGIN` apart.
        """
        reach = self.radii[:, None] + 1.0
        around = np.hstack([dots - reach, dots + reach])  # (n_dots, 4): left, top, right, bottom
        taken = np.empty((0, 4))
        corners: list[tuple[float, float] | None] = [None] * len(self.sizes)
        self.host_of = share_names(dots, self.sizes[:, 0].tolist(), width / 2, self.host_of)
        for i, words in members(self.host_of).items():
            begin = starts(self.sizes[words, 0].tolist())
            size = np.array([begin[-1], self.sizes[words, 1].max()])
            boxes = _boxes(dots[i], size, np.full(2, self.radii[i] + GAP), PLACES)  # (8, 4)
            free = _inside(boxes, width, height) & ~_overlap(boxes, taken).any(axis=1)
            covers = np.delete(_overlap(boxes, around), i, axis=1).sum(axis=1)  # dots under the name
            chosen = self._choose(i, free, covers)
            for word in words[1:]:  # it comes back at once when it has a name of its own again
                self._place[word], self._free_for[word] = -1, PICTURES_BEFORE_RETURN
            if chosen < 0:
                continue
            taken = np.vstack([taken, boxes[chosen] + APART])
            left, top = boxes[chosen, :2].tolist()
            for word, x in zip(words, begin):
                corners[word] = (left + x, top + (size[1] - float(self.sizes[word, 1])) / 2)
        return corners

    def joints(self, corners: Sequence[tuple[float, float] | None]) -> list[tuple[float, float]]:
        """Return the middle of the small dot before each word that stands in the name of another."""
        found = []
        for i, corner in enumerate(corners):
            if corner is not None and self.host_of[i] != i:
                found.append((corner[0] - MARGIN / 2, corner[1] + float(self.sizes[i, 1]) / 2))
        return found

    def _choose(self, i: int, free: Bools, covers: Ints) -> int:
        last = self._place[i]
        bearable = free & ((covers == 0) | (i < FREQUENT))
        if last >= 0 and bearable[last] and (covers[last] == 0 or not (bearable & (covers == 0)).any()):
            return last
        if not bearable.any():
            self._place[i], self._free_for[i] = -1, 0
            return -1
        self._free_for[i] += 1
        if last < 0 and self._free_for[i] < PICTURES_BEFORE_RETURN:
            return -1
        self._place[i] = int(np.where(bearable, covers, np.inf).argmin())
        return self._place[i]


def _inside(boxes: Floats, width: float, height: float) -> Bools:
    """Whether boxes (n, 4) lie on the paper, (n,)."""
    edges = np.array([width, height]) - EDGE
    inside: Bools = np.all(np.logical_and(boxes[:, :2] >= EDGE, boxes[:, 2:] <= edges), axis=1)
    return inside


def _boxes(
    dot: Floats,
    size: Floats,
    reach: Floats,
    places: Collection[tuple[int, int]],
    slant: tuple[float, float] = (0.7, 0.7),
) -> Floats:
    """The boxes of a name in its places around a dot, (n_places, 4): left, top, right, bottom.

    reach : between dot and name, beside it and above;  slant : so much of it at a corner
    """
    sides = np.array(places, dtype=np.float64)
    slanted = np.where((sides != 0).all(axis=1)[:, None], slant, 1.0)
    center = dot + sides * (reach * slanted + size / 2)
    boxes: Floats = np.hstack([center - size / 2, center + size / 2])
    return boxes


def _overlap(a: Floats, b: Floats) -> Bools:
    """Whether boxes a (n, 4) and b (m, 4) overlap, (n, m)."""
    left, right = a[:, None, :], b[None, :, :]
    apart = (left[..., :2] >= right[..., 2:]) | (right[..., :2] >= left[..., 2:])
    overlap: Bools = np.logical_not(apart.any(axis=2))
    return overlap
