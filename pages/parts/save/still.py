"""A map as a picture to keep: where everything on it stands, in pixels. `still_png` and `still_svg` write it down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pages.components.player.record import map_basis
from pages.drawing import colors
from pages.drawing.fitting import Box, fitted
from pages.drawing.labels import Placer
from pages.drawing.marks import GROUP_SHAPES
from pages.drawing.numbers import percent
from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.save.gif_fonts import fonts_for
from w2v import Moments
from w2v.arrays import Floats
from w2v.counted import counted
from w2v.pictures.axes import Basis
from w2v.pictures.groups import given_groups
from w2v.whole.passes import Passes

SIZE = (1200, 800)
SHARP = 2  # pixels of the PNG to one of these
NAME, TITLE, NOTE = 17, 28, 17  # size of letters
_MAP: Box = (24, 96, 1176, 752)
_ROOM = (40, 30)  # px of the map's paper around the dots
_WIDEST = 0.4  # of the paper, for one name


@dataclass(frozen=True)
class View:
    """Which picture of the words is wanted.

    t      : the moment it shows;  method : how it was made, in a few words
    points : (n, 2) where the words stand: the most frequent, or these `ids`
    note   : one sentence on what it is, for its lower edge
    kinds  : "v" or "u", or "vu" where the points of all v are followed by those of all u
    """

    t: int
    method: str
    points: Floats
    note: str
    ids: Sequence[int] | None = None
    kinds: str = "v"


@dataclass(frozen=True)
class Mark:
    """A mark on the paper: around which place, how large, in which color and shape."""

    x: float
    y: float
    radius: float
    color: str
    shape: str


@dataclass(frozen=True)
class Writing:
    """A plain text: its left end, its middle, its width, the size of its letters, its color."""

    text: str
    x: float
    y: float
    width: float
    size: int
    color: str


@dataclass(frozen=True)
class Still:
    """Everything on the picture. The title says what it is; it is the first of the writings, too."""

    title: str
    writings: tuple[Writing, ...]
    names: tuple[Writing, ...]
    marks: tuple[Mark, ...]
    map: Box


def after(moments: Moments, t: int) -> str:
    """Say how much was learned at moment t: "after 300 updates"."""
    if isinstance(moments, Passes):
        return f"after {counted(moments.at[t], 'pass', 'passes')}" if t else "before the first pass"
    return f"after {counted(t, 'update')}" if t else "before the first update"


def note_of(basis: Basis, in_numbers: bool = False) -> str:
    """Say how a plane was chosen, and how much of the vectors is seen on it.

    in_numbers : for those who asked for numbers, who know of variance
    """
    if len(basis.mean) <= 2:
        return f"Exact: the vectors have {'one dimension' if len(basis.mean) == 1 else 'two dimensions'}."
    of_what = "the variance" if in_numbers else "how the words differ"
    return f"Two axes, the same for the whole run (PCA): {percent(float(basis.explained.sum()))} of {of_what}."


def view_of_run(moments: Moments, t: int, in_numbers: bool = False) -> View:
    """Return the view that the player shows of moment t; for `in_numbers` see `note_of`."""
    basis = map_basis(moments)
    return View(t, "PCA", basis(moments.parameters(t).V[:SHOWN_WORDS]), note_of(basis, in_numbers))


def still(moments: Moments, view: View, text: str, model: str) -> Still:
    """Lay out the picture of a view.

    text, model : what was learned from, and what learned, in a few words
    """
    words, counts = moments.corpus.vocabulary.words, moments.corpus.vocabulary.counts
    ids = list(range(len(view.points))) if view.ids is None else list(view.ids)
    kinds = [kind for kind in view.kinds for _ in ids]
    ids *= len(view.kinds)
    dots = fitted(view.points, _MAP, _ROOM)
    radii = 4.0 + 2.5 * np.sqrt(counts[ids] / counts.max())
    groups = given_groups(moments, len(words)) if view.kinds != "vu" else None
    group_of = None if groups is None else groups[ids].tolist()
    title = f"{shown(text)}: {view.method}, {after(moments, view.t)}"
    writings = [
        _written(title, _MAP[0], 36, TITLE, colors.INK),
        _written(model, _MAP[0], 72, NOTE, colors.MUTED),
        _written(view.note, _MAP[0], 776, NOTE, colors.MUTED),
    ]
    if group_of is not None:
        right = _written("Same color and shape: used alike in this text.", 0, 776, NOTE, colors.MUTED)
        writings.append(replace(right, x=_MAP[2] - right.width))
    return Still(
        title,
        tuple(writings),
        _names([words[i] for i in ids], dots, radii),
        tuple(_marks(dots, radii, kinds, group_of)),
        _MAP,
    )


def _names(words: Sequence[str], dots: Floats, radii: Floats) -> tuple[Writing, ...]:
    left, top, right, bottom = _MAP
    texts = [_written(_short(word, (right - left) * _WIDEST), 0, 0, NAME, colors.INK) for word in words]
    sizes = np.array([(text.width, NAME + 2.0) for text in texts])
    placer = Placer(sizes, radii)
    corners = placer.place(dots - (left, top), right - left, bottom - top)
    placed = [
        Writing(text.text, left + corner[0], top + corner[1] + (NAME + 2.0) / 2, text.width, NAME, colors.INK)
        for text, corner in zip(texts, corners)
        if corner is not None
    ]
    dot = _written("\N{MIDDLE DOT}", 0, 0, NAME, colors.MUTED)
    between = [
        Writing(dot.text, left + x - dot.width / 2, top + y, dot.width, NAME, colors.MUTED)
        for x, y in placer.joints(corners)
    ]
    return (*placed, *between)


def _short(word: str, widest: float) -> str:
    text = shown(word)
    cut = text
    while _written(cut, 0, 0, NAME, "").width > widest and len(text) > 1:
        text = text[:-1]
        cut = f"{text}\N{HORIZONTAL ELLIPSIS}"
    return cut


def _written(text: str, x: float, y: float, size: int, color: str) -> Writing:
    (font,) = fonts_for([text], SHARP * size)
    return Writing(text, x, y, font.getlength(text) / SHARP, size, color)


def _marks(dots: Floats, radii: Floats, kinds: Sequence[str], group_of: Sequence[int] | None) -> list[Mark]:
    """The marks, the most frequent last, on top. Groups differ in color and shape; words in none are gray, below."""
    found = []
    for i, ((x, y), radius) in enumerate(zip(dots.tolist(), radii.tolist(), strict=True)):
        color, shape = (colors.DOT, "disc") if kinds[i] == "v" else (colors.CONTEXT, "diamond")
        if group_of is not None:
            number = group_of[i]
            color = colors.GROUPS[number] if number >= 0 else colors.AXIS
            shape = GROUP_SHAPES[number] if number >= 0 else "disc"
        found.append(Mark(x, y, radius, color, shape))
    found.reverse()
    found.sort(key=lambda mark: mark.color != colors.AXIS)
    return found
