"""Where names stand beside their dots: no two overlap. Positions and sizes in pixels, y pointing down, as on paper.

A picture that stands still is named once, by `place_once`. In pictures that follow each other a `Placer` also sees to
it that no name jumps about.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Floats, Ints

Bools = NDArray[np.bool_]

STILL_PLACES = ((0, -1), (1, 0), (-1, 0), (0, 1))  # above, right, left, below
PLACES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))  # right, left, above, below, ...
FREQUENT = 12  # so many of the most frequent words may cover dots of others
PICTURES_BEFORE_RETURN = 2  # in which a hidden name must find room before it comes back
GAP = 3.0  # px between dot and name
APART = np.array([-5.0, -1.0, 5.0, 1.0])  # px by which a name's box grows for the others


def place_once(dots: Floats, sizes: Floats, gap: Floats, marked: Collection[int], most: int) -> dict[int, int]:
    """Return the dots to name, and in which of `STILL_PLACES` each name stands.

    The marked ones come first and are named in any case; then the others in their order, where there is room above.
    dots : (n, 2);  sizes : (n, 2) of the names;  gap : (2,) between dot and name, beside it and above
    most : so many names, but for marked ones
    """
    taken = np.empty((0, 4))
    named: dict[int, int] = {}
    for i in dict.fromkeys([*marked, *range(len(dots))]):
        boxes = _boxes(dots[i], sizes[i], gap, STILL_PLACES)  # (4, 4)
        free: Bools = np.logical_not(_overlap(boxes, taken).any(axis=1))
        place = int(free.argmax())  # the first that is free, or else above
        if i in marked or (free[0] and len(named) < most):
            named[i] = place
            taken = np.vstack([taken, boxes[place]])
    return named


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

    def __post_init__(self) -> None:
        self._place = [-1] * len(self.sizes)
        self._free_for = [PICTURES_BEFORE_RETURN] * len(self.sizes)

    def place(self, dots: Floats, width: float, height: float) -> list[tuple[float, float] | None]:
        """Return the left upper corner of each name, or None for one without room; dots (n_dots, 2) in px."""
        reach = self.radii[:, None] + 1.0
        around = np.hstack([dots - reach, dots + reach])  # (n_dots, 4): left, top, right, bottom
        taken = np.empty((0, 4))
        corners: list[tuple[float, float] | None] = []
        for i, dot in enumerate(dots[: len(self.sizes)]):
            boxes = _boxes(dot, self.sizes[i], np.full(2, self.radii[i] + GAP), PLACES)  # (8, 4)
            inside = (boxes[:, :2] >= 2).all(axis=1) & (boxes[:, 2] <= width - 2) & (boxes[:, 3] <= height - 2)
            free = inside & ~_overlap(boxes, taken).any(axis=1)
            covers = np.delete(_overlap(boxes, around), i, axis=1).sum(axis=1)  # dots under the name
            chosen = self._choose(i, free, covers)
            if chosen < 0:
                corners.append(None)
            else:
                taken = np.vstack([taken, boxes[chosen] + APART])
                corners.append((float(boxes[chosen, 0]), float(boxes[chosen, 1])))
        return corners

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


def _boxes(dot: Floats, size: Floats, reach: Floats, places: Collection[tuple[int, int]]) -> Floats:
    """The boxes of a name in its places around a dot, (n_places, 4): left, top, right, bottom."""
    sides = np.array(places, dtype=np.float64)
    slanted = np.where((sides != 0).all(axis=1), 0.7, 1.0)[:, None]
    center = dot + sides * (reach * slanted + size / 2)
    boxes: Floats = np.hstack([center - size / 2, center + size / 2])
    return boxes


def _overlap(a: Floats, b: Floats) -> Bools:
    """Whether boxes a (n, 4) and b (m, 4) overlap, (n, m)."""
    left, right = a[:, None, :], b[None, :, :]
    apart = (left[..., :2] >= right[..., 2:]) | (right[..., :2] >= left[..., 2:])
    overlap: Bools = np.logical_not(apart.any(axis=2))
    return overlap
