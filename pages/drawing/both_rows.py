"""The rows of one word as strips of numbers, one bar for each: as center, as context, and the one row of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pages.drawing.colors import CONTEXT, DARK_CONTEXT, DARK_DOT, DARK_INK, DOT, INK, SHADE
from pages.drawing.numbers import number
from w2v.arrays import Floats

CENTER_ROW, CONTEXT_ROW, ONE_ROW = range(3)  # what a row is for
FEW = 12  # numbers that are written beside their bars, where there is room
HEIGHT, ABOVE = 112, 30  # pixels of a strip, and of the line over it


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """One row: what it is for, the line over it, and its numbers (dim,)."""

    role: int
    title: str
    values: Floats


def figure(strips: Sequence[Strip], dark: bool) -> go.Figure:
    """The strips below each other, number under number, all on one scale; each in the color of what its row is for."""
    ink = DARK_INK if dark else INK
    center, context = (DARK_DOT, DARK_CONTEXT) if dark else (DOT, CONTEXT)
    markers = {
        CENTER_ROW: {"color": center},
        CONTEXT_ROW: {"color": context},
        ONE_ROW: {"pattern": {"shape": "/", "bgcolor": center, "fgcolor": context, "size": 10, "solidity": 0.5}},
    }
    height, bars, layout = (HEIGHT + ABOVE) * len(strips), [], dict[str, Any]()
    most = max(float(abs(strip.values).max()) for strip in strips) or 1.0
    share = HEIGHT / (height - ABOVE)  # of all that lies below the first line
    for i, strip in enumerate(strips):
        places = [str(number) for number in range(1, len(strip.values) + 1)]
        values, axis, top = strip.values.tolist(), i + 1 if i else "", 1 - i * (HEIGHT + ABOVE) / (height - ABOVE)
        bars.append(
            {
                "type": "bar",
                "x": places,
                "y": values,
                "xaxis": f"x{axis}",
                "yaxis": f"y{axis}",
                "marker": markers[strip.role],
                "text": [number(x, 2) for x in values] if len(values) <= FEW else None,
                "textposition": "outside",
                "textangle": 0,
                "textfont": {"size": 13, "color": ink},
                "constraintext": "none",
                "cliponaxis": False,
                "hovertext": [f"number {place}: {x:.6g}" for place, x in zip(places, values, strict=True)],
                "hoverinfo": "text",
            }
        )
        bare = {"showticklabels": False, "showgrid": False}
        layout[f"xaxis{axis}"] = {**bare, "type": "category", "anchor": f"y{axis}"}
        layout[f"yaxis{axis}"] = {
            **bare,
            "anchor": f"x{axis}",
            "domain": [max(0.0, top - share), top],
            "range": [-1.4 * most, 1.4 * most],
            "zerolinecolor": ink,
            "zerolinewidth": 1,
        }
        layout.setdefault("annotations", []).append(
            {"text": strip.title, "x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left"}
            | {"yanchor": "bottom", "showarrow": False, "font": {"size": 14, "color": ink}}
        )
    return go.Figure(  # all at once: each change of a figure that is there takes Plotly some milliseconds
        bars,
        {
            **layout,
            "height": height,
            "margin": {"l": 0, "r": 0, "t": ABOVE, "b": 0, "pad": 0},
            "showlegend": False,
            "bargap": 0.35,
            "plot_bgcolor": SHADE,
            "uniformtext": {"mode": "hide", "minsize": 13},
        },
    )
