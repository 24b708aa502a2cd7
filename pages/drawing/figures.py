"""Pictures that stand still: arrays in, Plotly figures out. Knows no page and no session."""

from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.drawing.colors import AXIS, COUNTED, DARK_DOT, DARK_INK, DOT, INK, SHADE, clear
from pages.drawing.labels import place_once
from pages.drawing.words import escaped
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
            colorscale=[[0.0, clear(COUNTED)], [1.0, COUNTED]],
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
_WIDTH = 760  # about as wide as it is at least
_LETTER, _LINE = 7.8, 17.0  # pixels of a letter and of a line of names
_GAP = np.array([8.0, 4.0])  # pixels between a dot and its name, beside it and above
_MOST_NAMES = 80
_ROOM_ALONE, _ROOM_IN_A_ROW, _ROOM_ABOVE = 0.07, 0.22, 0.06  # at the ends of an axis, for names of outermost dots
_SIDES = ("top center", "middle right", "middle left", "bottom center")  # labels.STILL_PLACES, as Plotly calls them
_BARE: Mapping[str, Any] = {"showticklabels": False, "showgrid": False, "zeroline": False, "title": None}
CROWD = 60  # above so many words only some are named in space


def _kinds(n_words: int, marked: Sequence[int]) -> list[int]:
    """0 for the first marked word, the selected one, 1 for the other marked ones, 2 for the rest."""
    first, near = set(marked[:1]), set(marked[1:])
    return [0 if i in first else 1 if i in near else 2 for i in range(n_words)]


def _dots(words: Sequence[str], marked: Sequence[int], dark: bool) -> dict[str, Any]:
    """Markers and names of a map: the first marked word a diamond, the others squares, the rest small discs."""
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    named = set(marked) if marked else set(range(len(words)))
    kinds, names = _kinds(len(words), marked), [escaped(word) for word in words]
    return {
        "mode": "markers+text",
        "text": [name if i in named else "" for i, name in enumerate(names)],
        "textposition": "top center",
        "textfont": {"size": 13, "color": ink},
        "hovertext": names,
        "hoverinfo": "text",
        "marker": {
            "symbol": [("diamond", "square", "circle")[k] for k in kinds],
            "size": [(12, 9, 5)[k] for k in kinds],
            "opacity": 1.0,
            "color": [(ink, dot, dot)[k] for k in kinds],
        },
        "showlegend": False,
    }


def one_map(points: Floats, words: Sequence[str], marked: Sequence[int], dark: bool) -> go.Figure:
    """Words at points (n_words, 2) on equal scales; any word that has no room for its name has it on hover.

    marked : rows to name in any case; the first of them is the selected word
    """
    dots, kinds = _dots(words, marked, dark), _kinds(len(words), marked)
    names = dots["hovertext"]
    named = names_with_room(points, [len(unescape(name)) for name in names], marked)
    dots["text"] = [name if i in named else "" for i, name in enumerate(names)]
    dots["textposition"] = [named.get(i, _SIDES[0]) for i in range(len(words))]
    dots["textfont"]["size"] = [(15, 14, 13)[k] for k in kinds]
    dots["marker"]["size"] = [(13, 9, 6)[k] for k in kinds]
    x, y = points.T
    figure = go.Figure(go.Scatter(x=x, y=y, cliponaxis=False, **dots))
    figure.update_xaxes(**_BARE, range=_with_room(x, _ROOM_ALONE))
    figure.update_yaxes(**_BARE, range=_with_room(y, _ROOM_ABOVE), scaleanchor="x")
    figure.update_layout(plot_bgcolor=SHADE, height=HEIGHT, margin={"l": 8, "r": 8, "t": 36, "b": 8})
    return figure


def names_with_room(points: Floats, letters: Sequence[int], marked: Sequence[int]) -> dict[int, str]:
    """Choose the rows to name in `one_map`, and on which side of its dot each name stands: no name covers another.

    letters : how long each name is
    """
    span = np.maximum(np.ptp(points, axis=0), 1e-300)
    spread = span * (1 + 2 * np.array([_ROOM_ALONE, _ROOM_ABOVE]))
    scale = min(_WIDTH / float(spread[0]), HEIGHT / float(spread[1]))
    sizes = np.array([(n * _LETTER, _LINE) for n in letters]).reshape(-1, 2)
    places = place_once(points * (scale, -scale), sizes, _GAP, marked, _MOST_NAMES)
    return {i: _SIDES[place] for i, place in places.items()}


def side_by_side(
    pictures: Sequence[Floats], titles: Sequence[str], words: Sequence[str], marked: Sequence[int], dark: bool
) -> go.Figure:
    """Pictures (n_words, 2) of the same words in rows of three, each on scales of its own.

    titles : one a picture, our own words only;  marked : ids of words to name, the first of them the selected one
    """
    rows = -(-len(pictures) // 3)
    figure = make_subplots(rows, 3, subplot_titles=titles, horizontal_spacing=0.02, vertical_spacing=0.08)
    for i, points in enumerate(pictures):
        x, y = points.T
        dots = _dots(words, marked, dark) | {"textposition": _name_places(points, marked)}
        place = {"row": i // 3 + 1, "col": i % 3 + 1}
        figure.add_trace(go.Scatter(x=x, y=y, cliponaxis=False, **dots), **place)
        figure.update_xaxes(range=_with_room(x, _ROOM_IN_A_ROW), **place)
        figure.update_yaxes(range=_with_room(y, _ROOM_ABOVE), scaleanchor=f"x{i + 1 if i else ''}", **place)
    figure.update_xaxes(**_BARE)
    figure.update_yaxes(**_BARE)
    figure.update_annotations(font={"size": 14, "color": DARK_INK if dark else INK}, yshift=5)
    figure.update_layout(plot_bgcolor=SHADE, height=330 * rows, margin={"l": 8, "r": 8, "t": 34, "b": 8})
    return figure


def _with_room(values: Floats, share: float) -> list[float]:
    """The range of an axis that leaves room for names beside the outermost dots: so much of it at either end."""
    low, high = float(values.min()), float(values.max())
    room = share * (high - low) or 1.0
    return [low - room, high + room]


def _name_places(points: Floats, marked: Sequence[int]) -> list[str]:
    """Where the name of each dot stands: those of marked words on the side away from the middle of them."""
    places = ["top center"] * len(points)
    away = points[list(marked)] - points[list(marked)].mean(axis=0) if len(marked) else points[:0]
    for i, (dx, dy) in zip(marked, away):
        if abs(dx) > abs(dy):
            places[i] = "middle right" if dx > 0 else "middle left"
        else:
            places[i] = "top center" if dy > 0 else "bottom center"
    return places


def three_axes(
    points: Floats, words: Sequence[str], shares: Sequence[float] | Floats, marked: Sequence[int], dark: bool
) -> go.Figure:
    """Words in space: points (n_words, 3) along three axes with these shares of the variance. To be turned by hand."""
    x, y, z = points.T
    dots = _dots(words, [], dark)
    kinds = _kinds(len(words), marked)
    dots["marker"]["symbol"] = [("diamond", "square", "circle")[k] for k in kinds]
    dots["marker"]["size"] = [(7, 6, 4)[k] for k in kinds]
    if len(words) > CROWD:
        dots["text"] = [name if i in marked or i < CROWD // 2 else "" for i, name in enumerate(dots["text"])]
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
