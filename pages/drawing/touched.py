"""All vectors of a model as small squares, those that one pair moves lit."""

from collections.abc import Sequence
from math import ceil

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.drawing.colors import CONTEXT, DARK_DOT, DARK_INK, DARK_QUIET, DOT, DRAWN, GRID, INK, WHITE
from pages.drawing.words import escaped
from w2v import Run
from w2v.explain.two_ways import Way

LINE, LONG_LINE, FEW = 15, 40, 150  # squares in a line, of models with more rows than a few too
MOST = 2_000  # squares of one matrix
SQUARE, SMALL, ABOVE = 24, 10, 34  # pixels
NOT_MOVED, INPUT, YES, NO = range(4)
MARKS = ("", "\N{BLACK CIRCLE}", "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}")
SAYS = ("stays", "moves: the input", "moves: should say yes", "moves: should say no")
OF_WORDS = {True: "words as they are predicted", False: "turns on the way down the tree"}
LEGEND = (
    f"{MARKS[INPUT]} input, {MARKS[YES]} should say yes, {MARKS[NO]} should say no; grey squares stay where they are."
)


def kinds(way: Way, n_words: int, n_rows: int) -> tuple[list[int], list[int]]:
    """Return for each row of V, then of U, what becomes of it: one of NOT_MOVED, INPUT, YES, NO."""
    V, U = [NOT_MOVED] * n_words, [NOT_MOVED] * n_rows
    for word in way.inputs.tolist():
        V[word] = INPUT
    for row, label in zip(way.trace.rows.tolist(), way.trace.labels.tolist(), strict=True):
        U[row] = YES if label == 1 or U[row] == YES else NO
    return V, U


def figure(run: Run, way: Way, dark: bool) -> go.Figure:
    """Both matrices, a square for each row, of a large one the first so many and all that move."""
    words, objective = run.corpus.vocabulary.words, run.plan.objective
    of_V, of_U = kinds(way, len(words), len(way.step.before.U))
    names = [objective.row_name(row, words) for row in range(len(of_U))]
    few = max(len(of_V), len(of_U)) <= FEW
    line, size = (LINE, SQUARE) if few else (LONG_LINE, SMALL)
    lines = [ceil(min(len(of), MOST) / line) for of in (of_V, of_U)]
    made = make_subplots(
        2, 1, row_heights=lines, subplot_titles=("V: words as input", f"U: {OF_WORDS[objective.words_in_U]}"),
        vertical_spacing=ABOVE / (size * sum(lines) + 2 * ABOVE),
    )  # fmt: skip
    for at, (of, said) in enumerate(((of_V, words), (of_U, names)), 1):
        made.add_trace(_squares(of, said, line, dark), row=at, col=1)
    made.update_xaxes(visible=False, range=[-0.5, line - 0.5])
    made.update_yaxes(visible=False, autorange="reversed")
    ink = DARK_INK if dark else INK
    made.update_annotations(font={"size": 14, "color": ink}, x=0, xanchor="left")
    margins = {"l": 0, "r": 0, "t": ABOVE, "b": 0}
    made.update_layout(height=size * sum(lines) + 2 * ABOVE, margin=margins, showlegend=False)
    return made


def _squares(of: Sequence[int], names: Sequence[str], line: int, dark: bool) -> go.Heatmap:
    """Rows as squares, line after line; of many those that move first, so that none of them is left out."""
    order = range(len(of)) if len(of) <= MOST else sorted(range(len(of)), key=lambda row: of[row] == NOT_MOVED)[:MOST]
    cells = [of[row] for row in order]
    said = [f"{escaped(names[row])}: {SAYS[of[row]]}" for row in order]
    empty = -len(cells) % line
    colors = (DARK_QUIET if dark else GRID, DARK_DOT if dark else DOT, CONTEXT, DRAWN)
    scale = [[edge / len(colors), color] for i, color in enumerate(colors) for edge in (i, i + 1)]
    in_lines = [len(cells) // line + bool(empty), line]
    return go.Heatmap(
        z=np.array([*cells, *[np.nan] * empty]).reshape(in_lines),
        text=np.array([*[MARKS[of[row]] for row in order], *[""] * empty]).reshape(in_lines),
        hovertext=np.array([*said, *[""] * empty], dtype=object).reshape(in_lines),
        texttemplate="%{text}" if len(of) <= FEW else None,
        textfont={"size": 13, "color": WHITE},
        hoverinfo="text", colorscale=scale, zmin=-0.5, zmax=len(colors) - 0.5, showscale=False, xgap=2, ygap=2,
    )  # fmt: skip
