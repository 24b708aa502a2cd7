"""How much words expect themselves, in two models and in the text, as bars."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.drawing.colors import AXIS, DARK_DOT, DARK_INK, DOT, INK
from pages.drawing.words import escaped
from w2v.arrays import Floats

MOST = 10  # words
ROW, AROUND = 34, 70  # pixels of a word's bars, and of the rest
ONE, TWO, TEXT = "one vector", "two vectors", "the text"


def figure(words: Sequence[str], one: Floats, two: Floats, in_text: Floats, dark: bool) -> go.Figure:
    """For each word what both models say of it beside itself, with a line where the text has it; all (n_words,)."""
    places = [str(i) for i in range(len(words))]  # two words may have the same label
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    names = [escaped(word) for word in words]
    striped = {"color": AXIS, "pattern": {"shape": "/", "fgcolor": ink, "fillmode": "overlay"}}
    lines = {"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": ink}}
    all_three = {"y": places, "customdata": names, "hovertemplate": "%{customdata}: %{x:.1%}<extra></extra>"}
    bar, font = {**all_three, "type": "bar", "orientation": "h", "cliponaxis": False}, {"size": 13, "color": ink}
    return go.Figure(  # all at once: see both_rows.py
        [
            {**bar, "name": ONE, "x": one, "marker": striped},
            {**bar, "name": TWO, "x": two, "marker": {"color": dot}},
            {**all_three, "name": TEXT, "x": in_text, "mode": "markers", "marker": lines, "cliponaxis": False},
        ],
        {
            "xaxis": {"tickformat": ".0%", "rangemode": "tozero", "tickfont": font, "nticks": 5},
            "yaxis": {"type": "category", "tickvals": places, "ticktext": names, "tickfont": font}
            | {"autorange": "reversed"},
            "height": ROW * len(words) + AROUND,
            "margin": {"l": 10, "r": 10, "t": 36, "b": 10},
            "barmode": "group",
            "bargap": 0.25,
            "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom", "font": font},
        },
    )
