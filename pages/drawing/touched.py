"""All vectors of a model as small squares, those that one pair moves lit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import plotly.graph_objects as go

from pages.drawing import colors
from pages.drawing.words import escaped
from w2v import Run
from w2v.explain.two_ways import Way

LINE, LONG_LINE, FEW = 15, 40, 150  # squares in a line, of models with more rows than a few too
MOST = 2_000  # squares of one matrix
SQUARE, SMALL, ABOVE = 24, 10, 34  # pixels
TURNS = "turns on the way down the tree"
OF_WORDS = {True: "words as they are predicted", False: TURNS}


@dataclass(frozen=True, slots=True)
class Kind:
    """What becomes of a row: its mark, its colors in light and dark, their name, and how legend and square say it."""

    mark: str
    color: str
    dark: str
    named: str
    says: str


UP, DOWN = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"
KINDS = (
    Kind("", colors.QUIET, colors.DARK_QUIET, "pale", "stays where it is"),
    Kind("\N{BLACK CIRCLE}", colors.DOT, colors.DARK_DOT, "blue", "the input"),
    Kind(UP, colors.CONTEXT, colors.DARK_CONTEXT, "orange", "the right answer: should say yes"),
    Kind(DOWN, colors.PUSHED, colors.DARK_PUSHED, "grey", "any other word: should say no"),
    Kind(
        "\N{MULTIPLICATION SIGN}", colors.DRAWN, colors.DARK_DRAWN, "purple", "drawn as a wrong answer: should say no"
    ),
    Kind(UP, colors.CONTEXT, colors.DARK_CONTEXT, "orange", "should turn up in the tree"),
    Kind(DOWN, colors.CONTEXT, colors.DARK_CONTEXT, "orange", "should turn down in the tree"),
)
STAYS, INPUT, YES, NO, DRAWN_NO, TURNS_UP, TURNS_DOWN = range(len(KINDS))


def kinds(run: Run, way: Way) -> tuple[list[int], list[int]]:
    """Return for each row of V, then of U, what becomes of it: its number in KINDS."""
    V, U = [STAYS] * len(run.corpus.vocabulary), [STAYS] * len(way.step.before.U)
    for word in way.inputs.tolist():
        V[word] = INPUT
    right, wrong = (TURNS_UP, TURNS_DOWN) if run.plan.objective.branches is not None else (YES, NO)
    drawn = set(way.drawn.tolist())
    for row, label in zip(way.trace.rows.tolist(), way.trace.labels.tolist(), strict=True):
        if U[row] != right:  # a true word may be drawn too
            U[row] = right if label == 1 else DRAWN_NO if row in drawn else wrong
    return V, U


def legend(ways: Sequence[tuple[Run, Way]]) -> str:
    """Say what the squares mean that occur in the pictures of some ways."""
    of_all = [kinds(run, way) for run, way in ways]
    there = sorted({kind for V, U in of_all for kind in (*V, *U)} - {STAYS})
    if all(_is_small(V, U) for V, U in of_all):
        said = [f"{KINDS[kind].mark} {KINDS[kind].named}: {KINDS[kind].says}" for kind in there]
    else:  # no marks, by which turns up and down are told apart
        said = [
            f"{KINDS[kind].named}: {TURNS if kind in (TURNS_UP, TURNS_DOWN) else KINDS[kind].says}" for kind in there
        ]
    return f"{'; '.join(dict.fromkeys(said))}; {KINDS[STAYS].named}: {KINDS[STAYS].says}."


def figure(run: Run, way: Way, in_numbers: bool, dark: bool) -> go.Figure:
    """Both matrices, a square for each row, of a large one the first so many and all that move."""
    words, objective = run.corpus.vocabulary.words, run.plan.objective
    of_V, of_U = kinds(run, way)
    names = [objective.row_name(row, words) for row in range(len(of_U))]
    line, size = (LINE, SQUARE) if _is_small(of_V, of_U) else (LONG_LINE, SMALL)
    lines = [ceil(min(len(of), MOST) / line) for of in (of_V, of_U)]
    v, u = (" (V)", " (U)") if in_numbers else ("", "")
    titles = (f"words as input{v}", f"{OF_WORDS[objective.words_in_U]}{u}")
    height = size * sum(lines) + 2 * ABOVE
    share = (1 - ABOVE / height) / sum(lines)  # of the height of the picture, for one line
    tops = (1.0, lines[1] * share)
    ink = colors.DARK_INK if dark else colors.INK
    return go.Figure(
        [
            _squares(of_V, words, line, dark).update(xaxis="x", yaxis="y"),
            _squares(of_U, names, line, dark).update(xaxis="x2", yaxis="y2"),
        ],
        {  # make_subplots would take eight times as long as all the rest
            **{
                f"xaxis{at}": {
                    "visible": False, "range": [-0.5, line - 0.5], "anchor": f"y{at}", "domain": [0.0, 1.0],
                }
                for at in ("", 2)
            },
            **{
                f"yaxis{at}": {
                    "visible": False, "autorange": "reversed", "anchor": f"x{at}",
                    "domain": [max(top - n_lines * share, 0.0), top],
                }
                for at, top, n_lines in zip(("", 2), tops, lines)
            },
            "annotations": [
                {
                    "text": title, "font": {"size": 14, "color": ink}, "showarrow": False,
                    "x": 0, "xanchor": "left", "xref": "paper", "y": top, "yanchor": "bottom", "yref": "paper",
                }
                for title, top in zip(titles, tops)
            ],
            "height": height,
            "margin": {"l": 0, "r": 0, "t": ABOVE, "b": 0},
            "showlegend": False,
        },
    )  # fmt: skip


def _is_small(V: Sequence[int], U: Sequence[int]) -> bool:
    return max(len(V), len(U)) <= FEW


def _squares(of: Sequence[int], names: Sequence[str], line: int, dark: bool) -> go.Heatmap:
    """Rows as squares, line after line; of many those that move first, so that none of them is left out."""
    order = range(len(of)) if len(of) <= MOST else sorted(range(len(of)), key=lambda row: of[row] == STAYS)[:MOST]
    cells = [of[row] for row in order]
    said = [f"{escaped(names[row])}: {KINDS[of[row]].says}" for row in order]
    empty = -len(cells) % line
    steps = [kind.dark if dark else kind.color for kind in KINDS]
    scale = [[edge / len(steps), color] for i, color in enumerate(steps) for edge in (i, i + 1)]
    in_lines = [len(cells) // line + bool(empty), line]
    return go.Heatmap(
        z=np.array([*cells, *[np.nan] * empty]).reshape(in_lines),
        text=np.array([*[KINDS[of[row]].mark for row in order], *[""] * empty]).reshape(in_lines),
        hovertext=np.array([*said, *[""] * empty], dtype=object).reshape(in_lines),
        texttemplate="%{text}" if line == LINE else None,
        textfont={"size": 14, "color": colors.ON_DARK_COLOR if dark else colors.ON_COLOR},
        hoverinfo="text", colorscale=scale, zmin=-0.5, zmax=len(steps) - 0.5, showscale=False, xgap=2, ygap=2,
    )  # fmt: skip
