"""The record of the picture of push and pull: where the vectors stand in the plane, and where the update moves them."""

from typing import Any

import numpy as np

from pages.drawing.numbers import number, percent
from pages.drawing.words import SHOWN_WORDS, quoted_row, row_label, shown
from w2v import Run, Step, Trace
from w2v.arrays import Floats, Ints
from w2v.explain.push_pull import PushPull, push_pull

MOST_ARROWS = 40
LONGEST_ARROW = 0.3  # of the size of the cloud, when steps are drawn longer than they are
LONGEST_PUSH = 0.12  # the pushes are many and small, and so may be drawn longer still
ROUNDING = 1e-12  # a drift below this is none


def motion_record(run: Run, step: Step, trace: Trace) -> dict[str, Any]:
    """Return the vectors and their steps in a plane.

    points   : [{row, id, word, x, y, dx, dy, error, role}] rows of U; dx, dy the step, 0 where none is drawn
    inputs   : [{id, word, x, y, dx, dy}] the input vectors;  h : [x, y]
    centroid : {x, y, dx, dy, drift}, the mean of all of U
    factor   : how many times longer than the steps their arrows are;  push_factor : the same for pushes
    """
    moved = push_pull(step, trace, run.config.reduction)
    plane, of_words = moved.plane, run.plan.objective.words_in_U
    words = run.corpus.vocabulary.words
    order = np.argsort(-np.abs(moved.errors), kind="stable")
    rows = _drawn(moved, order, len(step.before.U))
    at, steps = plane(step.before.U[rows]), np.zeros((len(rows), 2))
    errors = np.zeros(len(rows))
    errors[: len(order)] = moved.errors[order][: len(rows)]
    most = min(MOST_ARROWS, len(order), len(rows))
    steps[:most] = moved.steps_U[order[:most]] @ plane.components.T
    inputs = plane(step.before.V[moved.words])
    input_steps = moved.steps_V @ plane.components.T
    h = plane(trace.h[None])[0]
    center, drift = plane(moved.centroid[None])[0], moved.drift @ plane.components.T
    everything = np.concatenate([at, inputs, h[None], center[None], np.zeros((1, 2))])
    extent = float(np.ptp(everything, axis=0).max())
    pushes = steps[errors > 0]
    factor = _factor(LONGEST_ARROW * extent, np.concatenate([steps, input_steps]))
    push_factor = max(factor, _factor(LONGEST_PUSH * extent, pushes))
    names = [row_label(run, i) for i in rows.tolist()]
    return {
        "kind": "motion",
        "exact": run.config.dim <= 2,
        "axes": _axes(run.config.dim),
        "points": [
            {
                "row": int(row),
                "id": int(row) if of_words else None,
                "word": name,
                "x": float(x),
                "y": float(y),
                "dx": float(dx),
                "dy": float(dy),
                "error": float(error),
                "role": _role(run, trace, int(row), i < len(order)),
            }
            for i, (row, name, (x, y), (dx, dy), error) in enumerate(
                zip(rows.tolist(), names, at, steps, errors, strict=True)
            )
        ],
        "inputs": [
            {
                "id": int(i),
                "word": shown(words[i]),
                "x": float(x),
                "y": float(y),
                "dx": float(dx),
                "dy": float(dy),
            }
            for i, (x, y), (dx, dy) in zip(moved.words, inputs, input_steps, strict=True)
        ],
        "h": [float(x) for x in h],
        "centroid": {
            "x": float(center[0]),
            "y": float(center[1]),
            "dx": float(drift[0]),
            "dy": float(drift[1]),
            "drift": float(np.linalg.norm(moved.drift)),
        },
        "factor": factor,
        "push_factor": push_factor,
        "note": _note(run, moved, len(rows), len(step.before.U), (factor, push_factor)),
        "said": _said(run, moved, order),
    }


def _drawn(moved: PushPull, order: Ints, n_rows: int) -> Ints:
    """Return the rows of U that are drawn, those with the largest errors first, then those that take no part."""
    taking_part = moved.rows[order]
    others = np.setdiff1d(np.arange(n_rows), taking_part)
    rows: Ints = np.concatenate([taking_part, others])[:SHOWN_WORDS]
    return rows


def _role(run: Run, trace: Trace, row: int, takes_part: bool) -> str:
    if not takes_part:
        return "still"
    objective = run.plan.objective
    if objective.words_in_U and row == trace.example.target:
        return "target"
    return "drawn" if objective.has_draws else "asked"


def _axes(dim: int) -> list[str]:
    if dim == 1:
        return ["dimension 1", ""]
    return ["dimension 1", "dimension 2"] if dim == 2 else ["along h", "across"]


def _factor(room: float, steps: Floats) -> float:
    """Return 1, 2, 5, 10, ...: with it the longest arrow is no longer than `room`; never below 1."""
    longest = float(np.linalg.norm(steps, axis=1).max(initial=0.0))
    if longest <= 0 or room <= longest:
        return 1.0
    power = 10.0 ** np.floor(np.log10(room / longest))
    return float(max(f for f in (1, 2, 5) if f * power <= room / longest * (1 + 1e-12)) * power)


def _note(run: Run, moved: PushPull, n_drawn: int, n_rows: int, factors: tuple[float, float]) -> str:
    dim = run.config.dim
    if dim <= 2:
        where = "Exact: the vectors have " + ("one dimension" if dim == 1 else "two dimensions")
    else:
        kept = percent(float(moved.plane.explained.sum()))
        where = f"The plane through h that keeps most of U: {kept} of its variance"
    longer = ["as long as the steps" if f == 1 else f"{f:,.0f} times as long as the steps" for f in factors]
    arrows = f"arrows {longer[0]}"
    if factors[1] != factors[0]:
        arrows += f", those of pushes {factors[1]:,.0f} times"
    which = f", {n_drawn:,} of {n_rows:,} vectors" if n_drawn < n_rows else ""
    both = "; each word has one vector, so that an input takes both its steps" if run.config.one_vector else ""
    return f"{where}; {arrows}{which}{both}"


def _said(run: Run, moved: PushPull, order: Ints) -> str:
    """The picture in one sentence."""
    objective = run.plan.objective

    def name(place: int) -> str:
        return quoted_row(run, int(moved.rows[place]))

    def length(place: int) -> str:
        return number(float(np.linalg.norm(moved.steps_U[place])))

    pulled = [int(i) for i in order if moved.errors[i] < 0]
    pushed = [int(i) for i in order if moved.errors[i] > 0]
    parts = []
    if pulled:
        rest = f", as are {len(pulled) - 1:,} more" if len(pulled) > 1 else ""
        parts.append(f"{name(pulled[0])} is pulled towards h by {length(pulled[0])}{rest}")
    if pushed:
        others = "" if len(pushed) == 1 else f" of {len(pushed):,}"
        most = "is pushed away" if len(pushed) == 1 else f"is pushed away the furthest{others}"
        parts.append(f"{name(pushed[0])} {most}, by {length(pushed[0])}")
    drift = float(np.linalg.norm(moved.drift))
    if drift == 0:
        parts.append("the centroid of U does not move at all")
    elif drift < ROUNDING * (1.0 + float(np.abs(moved.centroid).max())):
        parts.append(f"the centroid of U moves by {number(drift)}: not at all, but for rounding")
    elif run.config.one_vector:
        parts.append(
            f"the centroid of U moves by {number(drift)}, since the input's vector is in it and takes both steps"
        )
    elif objective.words_in_U and not objective.rows_sum_to_one:
        parts.append(f"the centroid of U moves by {number(drift)}, which full softmax would never let it")
    else:
        parts.append(f"the centroid of U moves by {number(drift)}")
    sentence = "; ".join(parts) + "."
    return sentence[0].upper() + sentence[1:] if not objective.words_in_U or not (pulled or pushed) else sentence
