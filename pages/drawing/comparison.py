"""Trainings side by side: what each has learned, as curves on the same axes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.drawing.colors import AXIS, DARK_DOT, DARK_INK, DOT, INK
from pages.drawing.figures import title_above
from w2v.arrays import Floats

LOSS_HEIGHT = 210  # pixels
FLAT = 0.8  # of the highest loss: where all are above that, the axis does not begin at 0
_ROOM = 1.06  # how much higher than the highest loss the axis goes


@dataclass(frozen=True, eq=False)
class Loss:
    """The loss of one training: at (n,) in epochs or passes, loss (n,) and its floor in nats."""

    title: str
    at: Floats
    loss: Floats
    floor: float


def distance_curve(at: Sequence[float] | Floats, distances: Floats, unit: str, dark: bool) -> go.Figure:
    """How far apart two trainings are on their way.

    at : (n,) in epochs or passes of the first;  distances : (n,) as shares;  unit : what is counted, in the plural
    """
    ink, line = DARK_INK if dark else INK, {"color": DARK_DOT if dark else DOT, "width": 3}
    figure = go.Figure(go.Scatter(x=at, y=100 * np.asarray(distances), mode="lines", line=line, name="distance, %"))
    figure.update_xaxes(title={"text": f"{unit} of the first", "font": {"size": 13}}, color=ink, tickfont={"size": 13})
    title = {"text": "distance, %", "font": {"size": 13}}
    figure.update_yaxes(title=title, rangemode="tozero", color=ink, tickfont={"size": 13})
    figure.update_layout(height=340, margin={"l": 8, "r": 8, "t": 12, "b": 8}, hovermode="x", showlegend=False)
    return figure


def losses(curves: Sequence[Loss], unit: str, dark: bool) -> list[go.Figure]:
    """The losses of several trainings, a picture each, all on the same axes, with its floor as a dashed line.

    unit : what is counted along the axis, in the plural. Titles are our own words only
    """
    longest = max(float(curve.at[-1]) for curve in curves)
    highest = max(float(curve.loss.max()) for curve in curves)
    least = min(min(curve.floor, float(curve.loss.min())) for curve in curves)
    heights = [0.0, highest * _ROOM]
    if least > FLAT * highest:  # from 0 on, one would see a line that hardly falls
        room = max(highest - least, 0.01) / 8
        heights = [least - room, highest + room]
    return [_loss(curve, longest, heights, unit, dark) for curve in curves]


def _loss(curve: Loss, longest: float, heights: list[float], unit: str, dark: bool) -> go.Figure:
    ink, line = DARK_INK if dark else INK, {"color": DARK_DOT if dark else DOT, "width": 3}
    floor, dashed = {"x": [0, longest], "y": [curve.floor] * 2}, {"color": AXIS, "width": 2, "dash": "dash"}
    axis = {"color": ink, "tickfont": {"size": 13}, "nticks": 5}
    below = {"text": unit, "font": {"size": 13}, "standoff": 4}
    return go.Figure(  # all at once, as in figures.py
        [
            {"x": curve.at, "y": curve.loss, "mode": "lines", "line": line, "name": "loss"},
            {**floor, "mode": "lines", "line": dashed, "name": "floor"},
        ],
        {
            "xaxis": {**axis, "range": [0, longest], "showgrid": False, "title": below},
            "yaxis": {**axis, "range": heights},
            "annotations": [title_above(curve.title, ink)],
            "showlegend": False,
            "height": LOSS_HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 30, "b": 8},
            "hovermode": "x",
        },
    )


QUALITY_HEIGHT = 420  # pixels of the two curves
MOST_MARKS = 70  # on a curve: more would run into each other


def quality(curve: Loss, at: Floats, values: Floats, what: str, unit: str, dark: bool) -> go.Figure:
    """The loss of one training over its quality, on one axis of time.

    at, values : (n,) where quality was measured, and what it was, nan where there is none;  what : its name
    """
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    titles = ["loss, and the lowest that the text allows", what]
    figure = make_subplots(2, 1, subplot_titles=titles, shared_xaxes=True, vertical_spacing=0.14)
    line = {"color": dot, "width": 3}
    figure.add_trace(go.Scatter(x=curve.at, y=curve.loss, mode="lines", line=line, name="loss"), row=1, col=1)
    ends = {"x": [0, float(curve.at[-1])], "y": [curve.floor, curve.floor]}
    dashed = {"color": AXIS, "width": 2, "dash": "dash"}
    figure.add_trace(go.Scatter(**ends, mode="lines", line=dashed, name="floor"), row=1, col=1)
    marks = {"color": dot, "size": 6}
    mode = "lines+markers" if len(values) <= MOST_MARKS else "lines"
    figure.add_trace(go.Scatter(x=at, y=values, mode=mode, line=line, marker=marks, name=what), row=2, col=1)
    figure.update_xaxes(range=[0, float(curve.at[-1])], color=ink, tickfont={"size": 13}, showgrid=False)
    figure.update_xaxes(title={"text": unit, "font": {"size": 13}, "standoff": 4}, row=2)
    figure.update_yaxes(color=ink, tickfont={"size": 13}, nticks=5)
    figure.update_yaxes(range=[0, float(curve.loss.max()) * _ROOM], row=1)
    figure.update_yaxes(range=[min(0.0, float(np.nanmin(values, initial=0.0))) - 0.05, 1.05], row=2)
    figure.update_annotations(font={"size": 14, "color": ink})
    margin = {"l": 8, "r": 8, "t": 30, "b": 8}
    figure.update_layout(showlegend=False, height=QUALITY_HEIGHT, margin=margin, hovermode="x")
    return figure
