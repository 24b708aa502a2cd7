"""The rows of one word as strips of numbers, one bar for each: as center, as context, and the one row of both."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.subplots import make_subplots

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
    height = (HEIGHT + ABOVE) * len(strips)
    made = make_subplots(
        len(strips), 1, subplot_titles=[strip.title for strip in strips], vertical_spacing=ABOVE / height
    )
    most = max(float(abs(strip.values).max()) for strip in strips) or 1.0
    for at, strip in enumerate(strips, 1):
        places = [str(i) for i in range(1, len(strip.values) + 1)]
        values = strip.values.tolist()
        made.add_trace(
            go.Bar(
                x=places,
                y=values,
                marker=markers[strip.role],
                text=[number(x, 2) for x in values] if len(values) <= FEW else None,
                textposition="outside",
                textangle=0,
                textfont={"size": 13, "color": ink},
                constraintext="none",
                cliponaxis=False,
                hovertext=[f"number {place}: {x:.6g}" for place, x in zip(places, values, strict=True)],
                hoverinfo="text",
            ),
            row=at,
            col=1,
        )
    made.update_xaxes(type="category", showticklabels=False, showgrid=False)
    made.update_yaxes(
        range=[-1.4 * most, 1.4 * most], showticklabels=False, showgrid=False, zerolinecolor=ink, zerolinewidth=1
    )
    made.update_annotations(font={"size": 14, "color": ink}, x=0, xanchor="left")
    margins = {"l": 0, "r": 0, "t": ABOVE, "b": 0, "pad": 0}
    made.update_layout(
        height=height, margin=margins, showlegend=False, bargap=0.35, plot_bgcolor=SHADE,
        uniformtext={"mode": "hide", "minsize": 13},
    )  # fmt: skip
    return made
