"""Pictures that stand still: arrays in, Plotly figures out. Knows no page and no session."""

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from w2v import Counts

COUNT_MATRIX_ALT = "Heat map: how often each word (column) stands near each center word (row)."
LABEL_LETTERS = 40


def plain(word: str) -> str:
    """Return a word as Plotly may show it: short, without invisible controls, never as markup."""
    visible = "".join([c for c in word if c.isprintable()])
    return escape(visible[:LABEL_LETTERS], quote=False)


def count_matrix(words: Sequence[str], counts: Counts, most: int) -> go.Figure:
    """COUNT(center, context) of the most frequent words as a heat map, words in the order of the vocabulary."""
    cells = np.stack([counts.row(c)[:most] for c in range(len(words))])
    names = [plain(w) for w in words]
    figure = go.Figure(
        go.Heatmap(
            z=cells,
            x=names,
            y=names,
            colorscale=[[0.0, "rgba(213,94,0,0)"], [1.0, "#D55E00"]],
            hovertemplate="center %{y}, context %{x}: %{z}<extra></extra>",
            colorbar={"title": {"text": "count"}},
        )
    )
    figure.update_xaxes(type="category", title="context word", side="top", tickfont={"size": 13})
    figure.update_yaxes(type="category", title="center word", autorange="reversed", tickfont={"size": 13})
    figure.update_layout(height=max(420, 22 * len(words) + 160), margin={"l": 10, "r": 10, "t": 10, "b": 10})
    return figure
