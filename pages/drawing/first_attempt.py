"""The common first attempt beside word2vec: what both say near one word, and how much of the pairs they learn."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.drawing.colors import AXIS, DARK_DOT, DARK_INK, DOT, INK
from pages.drawing.words import escaped
from w2v.arrays import Floats, Ints

HEIGHT = 420
ATTEMPT, OURS, TEXT = "this network", "word2vec", "the text"


def answers(words: Sequence[str], attempt: Floats, ours: Floats, in_text: Floats, dark: bool) -> go.Figure:
    """What network, word2vec and text say of each of a few words (n,), as shares; the network's may be below 0."""
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    places = [str(i) for i in range(len(words))]  # two words may have the same label
    made = go.Figure()
    outline = {"color": "rgba(0,0,0,0)", "line": {"color": ink, "width": 2}}
    for name, values, marker in (
        (TEXT, in_text, outline),
        (OURS, ours, {"color": dot}),
        (ATTEMPT, attempt, {"color": AXIS, "pattern": {"shape": "/", "fgcolor": ink}}),
    ):
        hover = [f"{escaped(word)}, {name}: {value:.4f}" for word, value in zip(words, values.tolist(), strict=True)]
        bars = {"x": values, "y": places, "orientation": "h", "marker": marker}
        made.add_trace(go.Bar(name=name, hovertext=hover, hoverinfo="text", **bars))
    axis = {"tickfont": {"size": 13, "color": ink}}
    labels = {"type": "category", "tickvals": places, "ticktext": [escaped(word) for word in words]}
    made.update_yaxes(autorange="reversed", **labels, **axis)
    made.update_xaxes(zeroline=True, zerolinecolor=ink, zerolinewidth=2, **axis)
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"size": 13, "color": ink}}
    made.update_layout(height=HEIGHT, bargap=0.25, margin={"l": 10, "r": 10, "t": 40, "b": 10}, legend=legend)
    return made


def learned(attempt: tuple[Ints, Floats], ours: tuple[Ints, Floats], now: float, unit: str, dark: bool) -> go.Figure:
    """How much of what can be learned both have learned: each (n,) moments and (n,) shares, below 0 when worse.

    now : the present moment;  unit : what is counted along the axis
    """
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    made = go.Figure()
    for name, (at, share), line in (
        (OURS, ours, {"color": dot, "width": 3}),
        (ATTEMPT, attempt, {"color": ink, "width": 3, "dash": "dot"}),
    ):
        made.add_trace(go.Scatter(x=at, y=100 * np.maximum(share, -1.0), mode="lines", line=line, name=name))
    made.add_vline(x=now, line={"color": AXIS, "width": 2})
    made.add_hline(y=0, line={"color": AXIS, "dash": "dash", "width": 2})
    axis = {"tickfont": {"size": 13, "color": ink}}
    made.update_xaxes(title={"text": unit, "font": {"size": 13, "color": ink}}, **axis)
    title = {"text": "learned, % (below 0: worse than guessing)", "font": {"size": 13, "color": ink}}
    made.update_yaxes(title=title, range=[-105, 105], **axis)
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"size": 13, "color": ink}}
    made.update_layout(height=HEIGHT, margin={"l": 10, "r": 10, "t": 40, "b": 10}, legend=legend, hovermode="x")
    return made
