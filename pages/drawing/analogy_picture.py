"""a - b + c as a picture: the parallelogram of three words and their sum, and where the words that are found stand."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.drawing.colors import AXIS, DARK_DOT, DARK_INK, DOT, INK, SHADE
from pages.drawing.words import escaped, shown
from w2v.explain.analogies import Parallelogram

MINUS = "\N{MINUS SIGN}"
SUM = f"a {MINUS} b + c"
HEIGHT = 380  # pixels
_ABOVE, _BELOW, _RIGHT = "top center", "bottom center", "middle right"
_ROOM = (0.25, 0.12)  # at the ends of both axes for names, as shares of the length


def in_letters(a: str, b: str, c: str) -> str:
    """Write a - b + c as plain text."""
    return f"{shown(a)} {MINUS} {shown(b)} + {shown(c)}"


def analogy_picture(seen: Parallelogram, inputs: Sequence[str], others: Sequence[str], dark: bool) -> go.Figure:
    """Arrows from b to a and, the same one, from c to the sum; words straight above or below the plane as rings.

    inputs : the words a, b, c, which must not all be one;  others : the words of `seen.others`
    """
    points = np.concatenate([seen.corners, seen.others])  # a, b, c, the sum, and others
    names = [*map(escaped, inputs), SUM, *map(escaped, others)]
    n = len(others)
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    marker = {
        "symbol": ["square"] * 3 + ["diamond"] + ["circle-open"] * n,
        "size": [10] * 3 + [13] + [11] * n,
        "color": [dot] * 3 + [ink] + [dot] * n,
        "line": {"width": 2},
        "opacity": 1.0,
    }
    figure = go.Figure(
        go.Scatter(
            x=points[:, 0],
            y=points[:, 1],
            mode="markers+text",
            text=names,
            textposition=[_BELOW, _BELOW, _ABOVE, _ABOVE] + [_RIGHT] * n,  # c never lies below a and b
            textfont={"size": 14, "color": ink},
            hoverinfo="text",
            marker=marker,
            cliponaxis=False,
            showlegend=False,
        )
    )
    at_a, at_b, at_c, at_sum = seen.corners.tolist()
    for start, end in ((at_b, at_c), (at_a, at_sum)):
        ends = {"x0": start[0], "y0": start[1], "x1": end[0], "y1": end[1]}
        figure.add_shape(type="line", layer="below", line={"color": AXIS, "width": 1.5, "dash": "dash"}, **ends)
    for start, end in ((at_b, at_a), (at_c, at_sum)):
        ends = {"ax": start[0], "ay": start[1], "x": end[0], "y": end[1]}
        look = {"arrowcolor": ink, "arrowwidth": 1.5, "arrowhead": 2, "standoff": 7, "startstandoff": 7}
        figure.add_annotation(text="", xref="x", yref="y", axref="x", ayref="y", **ends, **look)
    across, up = (_range(values, room) for values, room in zip(points.T, _ROOM, strict=True))
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False}
    figure.update_xaxes(range=across, **bare)
    figure.update_yaxes(range=up, scaleanchor="x", **bare)
    figure.update_layout(plot_bgcolor=SHADE, height=HEIGHT, margin={"l": 8, "r": 8, "t": 36, "b": 8})
    return figure


def _range(values: np.ndarray, room: float) -> list[float]:
    low, high = float(values.min()), float(values.max())
    more = room * (high - low) or 1.0
    return [low - more, high + more]
