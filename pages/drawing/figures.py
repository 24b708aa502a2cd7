"""Pictures that stand still: arrays in, Plotly figures out. Knows no page and no session."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from unicodedata import east_asian_width

import numpy as np
import plotly.graph_objects as go

from pages.drawing.colors import AXIS, CONTEXT, DARK_DOT, DARK_INK, DOT, INK, SHADE, clear
from pages.drawing.labels import place_once
from pages.drawing.words import LONGEST_WORD, escaped, whole
from w2v import Counts
from w2v.arrays import Floats

COUNT_MATRIX_ALT = "Heat map: how often each word (column) stands near each center word (row)."


def count_matrix(words: Sequence[str], counts: Counts, most: int) -> go.Figure:
    """COUNT(center, context) of the most frequent words as a heat map, words in the order of the vocabulary."""
    cells = np.stack([counts.row(c)[:most] for c in range(len(words))])
    names = [escaped(w) for w in words]
    places = [str(i) for i in range(len(words))]  # two words may have the same label
    figure = go.Figure(
        go.Heatmap(
            z=cells,
            x=places,
            y=places,
            customdata=np.array([[(c, o) for o in names] for c in names], dtype=object),
            colorscale=[[0.0, clear(CONTEXT)], [1.0, CONTEXT]],
            hovertemplate="center %{customdata[0]}, context %{customdata[1]}: %{z}<extra></extra>",
            colorbar={"title": {"text": "count"}},
        )
    )
    ticks = {"type": "category", "tickvals": places, "ticktext": names, "tickfont": {"size": 13}}
    figure.update_xaxes(title="context word", side="top", **ticks)
    figure.update_yaxes(title="center word", autorange="reversed", **ticks)
    figure.update_layout(height=max(420, 22 * len(words) + 160), margin={"l": 10, "r": 10, "t": 10, "b": 10})
    return figure


# --- maps that stand still ------------------------------------------------------------------------------------

HEIGHT = 470  # pixels of a map that stands alone
WIDTH = 640  # as wide as it is at least: see frame.css
ROW_HEIGHT, IN_A_ROW = 330, 3  # of pictures side by side
_BESIDE, _BELOW = 0.02, 0.08  # what is free between two of them, of the whole
SMALL = (280.0, 280.0)  # width and height of one of these, at least
_MARGIN, _ABOVE = 8, 36  # pixels around the pictures, and above them
_MARGINS: Mapping[str, int] = {"l": _MARGIN, "r": _MARGIN, "t": _ABOVE, "b": _MARGIN}
_LETTER, _LINE = 7.8, 17.0  # pixels of a letter and of a line of names
ALONE = (WIDTH - 2.0 * _MARGIN, float(HEIGHT - _ABOVE - _MARGIN))  # width and height of a map that stands alone
_GAPS = np.array([(12.0, 8.5), (10.0, 6.6), (8.0, 4.1)])  # pixels between a dot and its name, beside and above, by kind
_MOST_NAMES = 80
_NO_SPAN = 1e-300  # by less points do not differ: a scale would be more than a number can be
_ROOM = (14, 24)  # pixels at the ends of both axes, for outermost dots and for names above and below them
_STRAIGHT = ("top center", "middle right", "middle left", "bottom center")
SIDES = (*_STRAIGHT, "top right", "top left", "bottom right", "bottom left")  # Plotly's words for labels.STILL_PLACES
_BETWEEN, _BLANK = " \N{MIDDLE DOT} ", "\N{NO-BREAK SPACE}"  # two words in one name, and a name and its mark
_BARE: Mapping[str, Any] = {
    "showticklabels": False,
    "showgrid": False,
    "zeroline": False,
    "title": None,
    "constrain": "domain",  # else each change of the window's size would make the map smaller
}
CROWD = 60  # above so many words only some are named in space


@dataclass(frozen=True)
class Named:
    """A name of a map: on which side of its dot it stands, what it says, and the rows whose words these are."""

    side: str
    text: str
    words: tuple[int, ...]


def _kinds(n_words: int, marked: Sequence[int]) -> list[int]:
    """0 for the first marked word, the selected one, 1 for the other marked ones, 2 for the rest."""
    first, near = set(marked[:1]), set(marked[1:])
    return [0 if i in first else 1 if i in near else 2 for i in range(n_words)]


def _dots(names: Sequence[str], words: Sequence[str], marked: Sequence[int], dark: bool) -> dict[str, Any]:
    """Markers and names of a map: the first marked word a diamond, the others squares, the rest small discs."""
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    kinds = _kinds(len(words), marked)
    return {
        "mode": "markers+text",
        "text": list(names),
        "textposition": "top center",
        "textfont": {"size": 13, "color": ink},
        "hovertext": [escaped(word) for word in words],
        "hoverinfo": "text",
        "marker": {
            "symbol": [("diamond", "square", "circle")[k] for k in kinds],
            "size": [(12, 9, 5)[k] for k in kinds],
            "opacity": 1.0,
            "color": [(ink, dot, dot)[k] for k in kinds],
        },
        "showlegend": False,
    }


def _named_dots(words: Sequence[str], marked: Sequence[int], named: Mapping[int, Named], dark: bool) -> dict[str, Any]:
    """The same with the names that have room, each on its side."""
    sides = [named[i].side if i in named else SIDES[0] for i in range(len(words))]
    texts = [beside_mark(escape(named[i].text, quote=False), sides[i]) if i in named else "" for i in range(len(words))]
    return _dots(texts, words, marked, dark) | {"textposition": sides}


def beside_mark(text: str, side: str) -> str:
    """A name with a blank between it and its mark, which touch where Plotly lays them beside each other."""
    return {"middle right": f"{_BLANK}{text}", "middle left": f"{text}{_BLANK}"}.get(side, text)


def one_map(
    points: Floats, words: Sequence[str], marked: Sequence[int], dark: bool, always: int | None = None
) -> go.Figure:
    """Words at points (n_words, 2) on equal scales; any word that has no room for its name has it on hover.

    marked : rows to name before others; the first of them is the selected word
    always : so many of these are named in any case, the others where there is room; None for all
    """
    named = names_with_room(points, words, marked, always=always)
    dots, kinds = _named_dots(words, marked, named, dark), _kinds(len(words), marked)
    dots["textfont"]["size"] = [(15, 14, 13)[k] for k in kinds]
    dots["marker"]["size"] = [(13, 9, 6)[k] for k in kinds]
    (x, y), (across, up) = points.T, _ranges(points, ALONE)
    figure = go.Figure(go.Scatter(x=x, y=y, cliponaxis=False, **dots))
    figure.update_xaxes(**_BARE, range=across)
    figure.update_yaxes(**_BARE, range=up, scaleanchor="x")
    figure.update_layout(shapes=[_ground()], height=HEIGHT, margin=_MARGINS)
    return figure


def _ground(across: tuple[float, float] = (0.0, 1.0), up: tuple[float, float] = (0.0, 1.0)) -> dict[str, Any]:
    """The ground under a picture: its whole place, of which the axes may take less. Shares of the whole."""
    place = {"x0": across[0], "x1": across[1], "y0": up[0], "y1": up[1], "xref": "paper", "yref": "paper"}
    return {"type": "rect", "fillcolor": SHADE, "line": {"width": 0}, "layer": "below", **place}


def names_with_room(
    points: Floats,
    words: Sequence[str],
    marked: Sequence[int],
    frame: tuple[float, float] = ALONE,
    most: int = _MOST_NAMES,
    always: int | None = None,
) -> dict[int, Named]:
    """Choose the rows to name on a map: no name covers another one or a dot, and none is cut at the picture's edge.

    frame : width and height of the picture, px;  most : so many names, but for marked ones;  always : see `place_once`
    """
    letters = int((frame[0] / 2 - _GAPS.max()) / _LETTER)
    names = _cut_apart([whole(word) for word in words], min(letters, LONGEST_WORD))
    gaps = _GAPS[_kinds(len(words), marked)]
    placed = place_once(_on_paper(points, frame), sizes_of(names), gaps, marked, most, frame, always)
    return {
        i: Named(SIDES[name.place], _BETWEEN.join(names[word] for word in name.words), name.words)
        for i, name in placed.items()
    }


def _on_paper(points: Floats, frame: tuple[float, float]) -> Floats:
    """Where Plotly draws points (n, 2) with room around them on equal scales, in px from the left upper corner."""
    low, high = np.array(_ranges(points, frame)).T  # (2,), (2,)
    scale = float(np.min(np.array(frame) / (high - low)))
    placed: Floats = np.array(frame) / 2 + (points - (low + high) / 2) * (scale, -scale)
    return placed


def sizes_of(names: Sequence[str]) -> Floats:
    """Return about how wide and high names are in a picture, (n, 2) px."""
    return np.array([(_letters(name) * _LETTER, _LINE) for name in names]).reshape(-1, 2)


def _letters(name: str) -> int:
    """How many letters wide a name is: those of Chinese and Japanese count twice."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in name)


def _cut_apart(names: Sequence[str], letters: int) -> list[str]:
    """Names of at most so many letters, cut at their ends, or in the middle where two would read the same."""
    cut = [_cut(name, letters) for name in names]
    times = Counter(cut)
    return [_cut(name, letters, letters // 2) if times[short] > 1 else short for name, short in zip(names, cut)]


def _cut(name: str, letters: int, last: int = 0) -> str:
    """A name of at most so many letters, so many of them its last ones."""
    if _letters(name) <= letters:
        return name
    end = name[len(name) - last :]
    while last and _letters(end) > last:
        end = end[1:]
    while _letters(name) > letters - 1 - _letters(end):
        name = name[:-1]
    return f"{name}\N{HORIZONTAL ELLIPSIS}{end}"


def side_by_side(
    pictures: Sequence[Floats],
    titles: Sequence[str],
    words: Sequence[Sequence[str]],
    marked: Sequence[Sequence[int]],
    dark: bool,
    most: int = 0,
    frame: tuple[float, float] = SMALL,
) -> go.Figure:
    """Pictures (n_words, 2) in rows, each on scales of its own.

    titles : one a picture, our own words only;  words : of each picture
    marked : rows of each to name, the first of them the selected word, the others where their name covers no other
    most   : so many names beside these
    frame  : width and height of each at least, px
    """
    columns, ink = min(IN_A_ROW, len(pictures)), DARK_INK if dark else INK
    rows = -(-len(pictures) // columns)
    wide, high = (1 + _BESIDE) / columns, (1 + _BELOW) / rows  # of the whole, with what is free after each
    dots, layout = [], dict[str, Any]()
    titled, shaded = [], []
    for i, (points, names, first) in enumerate(zip(pictures, words, marked, strict=True)):
        number, left, top = i + 1 if i else "", i % columns * wide, 1 - i // columns * high
        x, y = (left, left + wide - _BESIDE), (max(0.0, top - high + _BELOW), top)
        across, up = _ranges(points, frame)
        named = names_with_room(points, names, first, frame, most if first else _MOST_NAMES, always=1)
        place = {"x": points[:, 0], "y": points[:, 1], "xaxis": f"x{number}", "yaxis": f"y{number}"}
        dots.append({**_named_dots(names, first, named, dark), **place, "name": titles[i], "cliponaxis": False})
        layout[f"xaxis{number}"] = {**_BARE, "range": across, "domain": x, "anchor": f"y{number}"}
        scale = {"anchor": f"x{number}", "scaleanchor": f"x{number}"}
        layout[f"yaxis{number}"] = {**_BARE, "range": up, "domain": y, **scale}
        titled.append(title_above(titles[i], ink, sum(x) / 2, top) | {"yshift": 5})
        shaded.append(_ground(x, y))
    height = ROW_HEIGHT * rows
    return go.Figure(  # all at once: each change of a figure that is there takes Plotly some milliseconds
        dots, {**layout, "annotations": titled, "shapes": shaded, "height": height, "margin": _MARGINS}
    )


def title_above(title: str, ink: str, middle: float = 0.5, top: float = 1.0) -> dict[str, Any]:
    """A title over a picture, or over one of several: our own words only. Where, as shares of the whole."""
    place = {"x": middle, "y": top, "xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "bottom"}
    return {"text": title, "showarrow": False, "font": {"size": 14, "color": ink}, **place}


def _ranges(points: Floats, frame: tuple[float, float]) -> list[list[float]]:
    """The ranges of both axes of a map: its points (n, 2), and room at their ends."""
    found = []
    for values, size, room in zip(points.T, frame, _ROOM, strict=True):
        low, high = float(values.min()), float(values.max())
        span = high - low
        more = span * room / (size - 2 * room) if span > _NO_SPAN else 1.0
        found.append([low - more, high + more])
    return found


def three_axes(
    points: Floats, words: Sequence[str], shares: Sequence[float] | Floats, marked: Sequence[int], dark: bool
) -> go.Figure:
    """Words in space: points (n_words, 3) along three axes with these shares of the variance. To be turned by hand."""
    x, y, z = points.T
    named = range(len(words)) if len(words) <= CROWD else {*marked, *range(CROWD // 2)}
    dots = _dots([escaped(word) if i in named else "" for i, word in enumerate(words)], words, marked, dark)
    dots["marker"]["size"] = [(7, 6, 4)[k] for k in _kinds(len(words), marked)]
    figure = go.Figure(go.Scatter3d(x=x, y=y, z=z, **dots))
    ink = DARK_INK if dark else INK
    titles = [f"axis {i + 1}: {100 * float(share):.0f} %" for i, share in enumerate(shares)]
    axis = {"showticklabels": False, "showbackground": False, "gridcolor": AXIS, "color": ink}
    figure.update_layout(
        scene={
            name: {**axis, "title": {"text": title, "font": {"size": 14}}}
            for name, title in zip(("xaxis", "yaxis", "zaxis"), titles)
        }
        | {"aspectmode": "data"},
        height=520,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return figure
