"""How much words expect themselves, in two models and in the text, as bars."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.drawing.colors import COUNTED, DARK_DOT, DARK_INK, DOT, INK
from pages.drawing.words import escaped
from w2v.arrays import Floats

MOST = 20  # words
ONE, TWO, TEXT = "one vector", "two vectors", "the text"


def figure(words: Sequence[str], one: Floats, two: Floats, in_text: Floats, dark: bool) -> go.Figure:
    """For each word what both models say of it beside itself, with a line where the text has it; all (n_words,)."""
    places = [str(i) for i in range(len(words))]  # two words may have the same label
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    names = [escaped(word) for word in words]
    made = go.Figure()
    for name, values, color in ((ONE, one, COUNTED), (TWO, two, dot)):
        made.add_trace(go.Bar(name=name, x=places, y=values, marker={"color": color}, customdata=names))
    lines = {"symbol": "line-ew", "size": 16, "line": {"width": 3, "color": ink}}
    made.add_trace(go.Scatter(name=TEXT, x=places, y=in_text, mode="markers", marker=lines, customdata=names))
    made.update_traces(hovertemplate="%{customdata}: %{y:.1%}<extra></extra>")
    made.update_xaxes(type="category", tickvals=places, ticktext=names, tickfont={"size": 13}, tickangle=-60)
    made.update_yaxes(tickformat=".0%", rangemode="tozero", tickfont={"size": 13})
    made.update_layout(
        height=380,
        margin={"l": 10, "r": 10, "t": 40, "b": 10},
        barmode="group",
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 14}},
    )
    return made
