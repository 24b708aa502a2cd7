"""Scores of a model against what the counts say, a dot for each pair, and the line where both are the same."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.drawing.colors import AXIS, DARK_DOT, DARK_INK, DOT, INK
from pages.drawing.figures import SIDES, beside_mark, sizes_of
from pages.drawing.labels import place_where_free
from pages.drawing.numbers import number
from pages.drawing.words import escaped, shown
from w2v.arrays import Floats, Ints
from w2v.explain.pmi import PmiScores

MOST = 2_000  # dots, of the most frequent pairs
MANY = 400  # dots, which are smaller then
NAMED = 12  # of the selected word
HEIGHT, ABOVE, BELOW = 460, 40, 60  # pixels
NARROW = 290.0  # of a phone: names that have room there have room on wider paper too
FREE = 0.08  # of the range, beyond the outermost dots
GAP = np.array([11.0, 7.0])  # pixels between a diamond and its name, beside it and above


def figure(scores: PmiScores, words: Sequence[str], selected: int, in_numbers: bool, dark: bool) -> go.Figure:
    """What the text says across, what the model says up; the pairs of the selected word stand out, some by name."""
    ink, dot = (DARK_INK, DARK_DOT) if dark else (INK, DOT)
    frequent = np.argsort(-scores.times, kind="stable")[:MOST]
    ours, others = pairs_of(scores, selected)[:MOST], frequent[scores.center[frequent] != selected]
    shown_pairs = np.concatenate([ours, others])
    made = go.Figure()
    if len(shown_pairs):
        both = np.concatenate([scores.shifted[shown_pairs], scores.scores[shown_pairs]])
        ends = [float(both.min()), float(both.max())]
        line = {"color": AXIS, "dash": "dash", "width": 2}
        made.add_trace(go.Scatter(x=ends, y=ends, mode="lines", line=line, name="both the same", hoverinfo="skip"))
        size = 6 if len(others) <= MANY else 4
        made.add_trace(_dots(scores, words, others, name="other pairs", marker={"color": AXIS, "size": size}))
        limits = _limits(ends)
        made.update_xaxes(range=limits)
        made.update_yaxes(range=limits)
    if len(ours):
        marker = {"color": dot, "symbol": "diamond", "size": 11}
        chosen = _dots(scores, words, ours, name=f"{escaped(words[selected])} as center", marker=marker)
        places = _places(scores, words, ours, others, limits)
        sides = [SIDES[places.get(i, 0)] for i in range(len(ours))]
        names = [escaped(words[scores.context[pair]]) if i in places else "" for i, pair in enumerate(ours)]
        chosen.update(
            mode="markers+text",
            text=[beside_mark(name, side) if name else "" for name, side in zip(names, sides, strict=True)],
            textposition=sides,
            textfont={"size": 13, "color": ink},
            cliponaxis=False,
        )
        made.add_trace(chosen)
    across, up = ("PMI(c, o) \u2212 log k, from the counts", "u \u00b7 v, the score") if in_numbers else (
        "the text: more than by chance", "the model's score"
    )  # fmt: skip
    axis = {"tickfont": {"size": 13, "color": ink}, "zeroline": False}
    made.update_xaxes(title={"text": across, "font": {"size": 14, "color": ink}}, **axis)
    made.update_yaxes(title={"text": up, "font": {"size": 14, "color": ink}}, **axis)
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"size": 13, "color": ink}}
    made.update_layout(height=HEIGHT, margin={"l": 10, "r": 10, "t": ABOVE, "b": 10}, legend=legend)
    return made


def pairs_of(scores: PmiScores, word: int) -> Ints:
    """Return the numbers of the pairs of which a word is the center, the most frequent first."""
    ours = np.flatnonzero(scores.center == word)
    found: Ints = ours[np.argsort(-scores.times[ours], kind="stable")]
    return found


def _dots(scores: PmiScores, words: Sequence[str], pairs: Ints, **look: object) -> go.Scatter:
    x, y = scores.shifted[pairs], scores.scores[pairs]
    names = [f"{escaped(words[scores.center[i]])}, {escaped(words[scores.context[i]])}" for i in pairs]
    places = zip(names, x.tolist(), y.tolist(), strict=True)
    hover = [f"{name}: text {number(a)}, model {number(b)}" for name, a, b in places]
    return go.Scatter(x=x, y=y, mode="markers", hovertext=hover, hoverinfo="text", **look)


def _limits(ends: Sequence[float]) -> tuple[float, float]:
    """Return where both axes begin and end."""
    free = FREE * (ends[1] - ends[0]) or 1.0
    return ends[0] - free, ends[1] + free


def _places(
    scores: PmiScores, words: Sequence[str], ours: Ints, others: Ints, limits: tuple[float, float]
) -> dict[int, int]:
    """Return which pairs of the selected word are named, and on which side of their dots."""
    frame = (NARROW, float(HEIGHT - ABOVE - BELOW))

    def on_paper(pairs: Ints) -> Floats:  # (n, 2) px from the left upper corner
        low, high = limits
        points = np.stack([scores.shifted[pairs] - low, high - scores.scores[pairs]], axis=1)
        placed: Floats = points / (high - low) * frame
        return placed

    names = [shown(words[scores.context[i]]) for i in ours[:NAMED]]
    return place_where_free(on_paper(ours), sizes_of(names), GAP, on_paper(others), frame)
