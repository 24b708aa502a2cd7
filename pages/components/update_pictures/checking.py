"""The record of the picture of the gradient check: every entry by formula and by central difference."""

from typing import Any

import numpy as np

from pages.drawing.numbers import number
from pages.drawing.words import quoted, quoted_row
from w2v import Config, GradientCheck, Run, Step, Trace, gradient_check
from w2v.objectives import OBJECTIVES

NONE = "nothing"
NAMES = {
    NONE: "nothing: the gradient as it is used",
    "expected": "forget the expected vector, \N{GREEK CAPITAL LETTER SIGMA} P u, in grad v",
    "push": "forget the push on the wrong words",
    "share": "forget to divide by the number of context words",
    "repeat": "count a repeated row only once",
    "place": "forget that V and U are one: leave out what a row gets as output",
    "sign": "take y \N{MINUS SIGN} P, the wrong sign",
}
"""What can be broken, by the keys of `w2v.explain.gradient_check.MISTAKES`."""


def choices(config: Config) -> list[str]:
    """Return what can be broken in a model of this kind, nothing first; for some examples it changes nothing."""
    cbow = config.architecture == "cbow"
    possible = {
        "share": cbow,
        "repeat": cbow or OBJECTIVES[config.objective].has_draws,
        "place": config.one_vector,
    }
    return [name for name in NAMES if possible.get(name, True)]


def checking_record(run: Run, step: Step, trace: Trace, mistake: str) -> dict[str, Any]:
    """Return the entries as columns: matrix (0 is V, 1 is U), row, column, analytic, numeric, difference."""
    check = gradient_check(
        step.before, trace, run.plan.objective, mistake=None if mistake == NONE else mistake, seed=run.config.seed
    )
    rows = np.unique(np.stack([check.matrix, check.row], axis=1), axis=0)
    return {
        "kind": "checking",
        "names": {f"{matrix}-{row}": _vector_name(run, int(matrix), int(row)) for matrix, row in rows.tolist()},
        "words_in_U": run.plan.objective.words_in_U,
        "matrix": check.matrix.tolist(),
        "row": check.row.tolist(),
        "column": check.column.tolist(),
        "analytic": check.analytic.tolist(),
        "numeric": check.numeric.tolist(),
        "difference": check.difference.tolist(),
        "allowed": check.allowed,
        "passed": check.passed,
        "worst": check.worst,
        "note": _note(check),
        "said": _said(run, check),
    }


def _vector_name(run: Run, matrix: int, row: int) -> str:
    return f"u of {quoted_row(run, row)}" if matrix == 1 else f"v of {quoted(run.corpus.vocabulary.words[row])}"


def _note(check: GradientCheck) -> str:
    checked = f"All {check.n_entries:,} entries"
    if len(check.numeric) < check.n_entries:
        checked = f"{len(check.numeric):,} of {check.n_entries:,} entries, drawn with the run's seed"
    return (
        f"{checked}; each moved by \u03b5 = {number(check.width)}, about the cube root of float64's last digit: with a "
        "larger \u03b5 the loss bends, with a smaller one its digits run out"
    )


def _said(run: Run, check: GradientCheck) -> str:
    """The picture in one sentence."""
    worst = check.worst
    where = f"{_vector_name(run, int(check.matrix[worst]), int(check.row[worst]))}, entry {check.column[worst] + 1}"
    difference = number(float(check.difference[worst]))
    if check.passed:
        begin = "The check passes" if check.mistake is None else "This mistake changes nothing here"
        return (
            f"{begin}: formula and central difference differ by {difference} at most ({where}), and "
            f"{number(check.allowed)} is allowed for rounding and the size of \u03b5."
        )
    begin = "The check fails" if check.mistake is not None else "The check fails, and it should not"
    return (
        f"{begin}: {check.n_wrong:,} of {len(check.numeric):,} entries are off, the worst by {difference} ({where}: "
        f"the formula says {number(float(check.analytic[worst]))}, the loss {number(float(check.numeric[worst]))})."
    )
