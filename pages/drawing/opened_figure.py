"""One map of words that stands still, with as many names as have room: arrays in, a Plotly figure out."""

from collections.abc import Sequence
from html import unescape

import numpy as np
import plotly.graph_objects as go

from pages.drawing.figures import DARK_DOT, DARK_INK, DOT, INK
from pages.drawing.words import escaped
from w2v.arrays import Floats

HEIGHT = 470
_WIDTH = 760  # about as wide as the map is at least
_LETTER, _LINE = 7.8, 17.0  # pixels of a letter and of a line of names
_MOST_NAMES = 80


def one_map(points: Floats, words: Sequence[str], marked: Sequence[int], dark: bool) -> go.Figure:
    """Words at points (n_words, 2) on equal scales; any word that has no room for its name has it on hover.

    marked : rows to name in any case; the first of them is the selected word
    """
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    first, near = set(marked[:1]), set(marked[1:])
    names = [escaped(word) for word in words]
    named = names_with_room(points, [len(unescape(name)) for name in names], marked)
    kinds = [0 if i in first else 1 if i in near else 2 for i in range(len(words))]
    x, y = points.T
    dots = go.Scatter(
        x=x,
        y=y,
        mode="markers+text",
        text=[name if i in named else "" for i, name in enumerate(names)],
        textposition=[named.get(i, "top center") for i in range(len(words))],
        textfont={"size": [(15, 14, 13)[k] for k in kinds], "color": ink},
        hovertext=names,
        hoverinfo="text",
        marker={
            "symbol": [("diamond", "square", "circle")[k] for k in kinds],
            "size": [(13, 9, 6)[k] for k in kinds],
            "opacity": 1.0,
            "color": [(ink, dot, dot)[k] for k in kinds],
        },
        showlegend=False,
    )
    figure = go.Figure(dots)
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "title": None}
    figure.update_xaxes(**bare)
    figure.update_yaxes(**bare, scaleanchor="x")
    figure.update_layout(plot_bgcolor="rgba(128,144,160,0.12)", height=HEIGHT, margin={"l": 8, "r": 8, "t": 36, "b": 8})
    return figure


def names_with_room(points: Floats, letters: Sequence[int], marked: Sequence[int]) -> dict[int, str]:
    """Choose the rows to name, and on which side of its dot each name stands, so that no name covers another.

    The marked rows come first and are named in any case; then the others in their order, where there is room above.
    letters : how long each name is
    """
    span = np.ptp(points, axis=0)
    scale = min(_WIDTH / max(float(span[0]), 1e-300), HEIGHT / max(float(span[1]), 1e-300))
    boxes = np.zeros((0, 4))  # left, lower, right, upper of each name, in pixels
    named: dict[int, str] = {}
    for i in dict.fromkeys([*marked, *range(len(points))]):
        x, y = points[i] * scale
        wide = letters[i] * _LETTER
        sides = {
            "top center": (x - wide / 2, y + 4, x + wide / 2, y + 4 + _LINE),
            "middle right": (x + 8, y - _LINE / 2, x + 8 + wide, y + _LINE / 2),
            "middle left": (x - 8 - wide, y - _LINE / 2, x - 8, y + _LINE / 2),
            "bottom center": (x - wide / 2, y - 4 - _LINE, x + wide / 2, y - 4),
        }
        free = [side for side, box in sides.items() if not _covers(box, boxes)]
        if i in marked:
            side = (free or ["top center"])[0]
        elif free[:1] == ["top center"] and len(named) < _MOST_NAMES:
            side = free[0]
        else:
            continue
        named[i] = side
        boxes = np.vstack([boxes, sides[side]])
    return named


def _covers(box: tuple[float, float, float, float], boxes: Floats) -> bool:
    left, lower, right, upper = box
    return bool(((boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < upper) & (boxes[:, 3] > lower)).any())
