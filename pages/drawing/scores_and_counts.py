"""Scores of a model against what the counts say, a dot for each pair, and the line where both are the same."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.drawing.colors import AXIS, CONTEXT, DARK_DOT, DARK_INK, DOT, INK
from pages.drawing.numbers import number
from pages.drawing.words import escaped
from w2v.explain.pmi import PmiScores

MOST = 2_000  # dots, of the most frequent pairs
NAMED = 12  # of the selected word


def figure(scores: PmiScores, words: Sequence[str], selected: int, in_numbers: bool, dark: bool) -> go.Figure:
    """What the text says across, what the model says up; the pairs of the selected word stand out, some by name."""
    ink = DARK_INK if dark else INK
    frequent = np.argsort(-scores.times, kind="stable")[:MOST]
    made = go.Figure()
    if len(frequent):
        both = np.concatenate([scores.shifted[frequent], scores.scores[frequent]])
        ends = [float(both.min()), float(both.max())]
        line = {"color": AXIS, "dash": "dash", "width": 2}
        made.add_trace(go.Scatter(x=ends, y=ends, mode="lines", line=line, name="both the same", hoverinfo="skip"))
    ours = scores.center[frequent] == selected
    name = f"{escaped(words[selected])} as center"
    for chosen, color, mark, size, said in (
        (frequent[~ours], DARK_DOT if dark else DOT, "circle", 6, "other pairs"),
        (frequent[ours], CONTEXT, "diamond", 11, name),
    ):
        x, y = scores.shifted[chosen], scores.scores[chosen]
        pairs = [(escaped(words[scores.center[i]]), escaped(words[scores.context[i]])) for i in chosen]
        places = zip(pairs, x.tolist(), y.tolist(), strict=True)
        hover = [f"{c}, {o}: text {number(a)}, model {number(b)}" for (c, o), a, b in places]
        named = [o if said is name and i < NAMED else "" for i, (_, o) in enumerate(pairs)]
        made.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="markers+text",
                name=said,
                text=named,
                textposition="top center",
                textfont={"size": 13, "color": ink},
                hovertext=hover,
                hoverinfo="text",
                marker={"color": color, "symbol": mark, "size": size},
            )
        )
    across, up = ("PMI(c, o) \u2212 log k, from the counts", "u \u00b7 v, the score") if in_numbers else (
        "more often together than by chance: the text", "the model's score"
    )  # fmt: skip
    axis = {"tickfont": {"size": 13, "color": ink}, "zeroline": False}
    made.update_xaxes(title={"text": across, "font": {"size": 14, "color": ink}}, **axis)
    made.update_yaxes(title={"text": up, "font": {"size": 14, "color": ink}}, **axis)
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"size": 13, "color": ink}}
    made.update_layout(height=460, margin={"l": 10, "r": 10, "t": 40, "b": 10}, legend=legend)
    return made
