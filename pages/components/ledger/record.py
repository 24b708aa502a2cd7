"""One update as one block of bytes: all that the ledger shows, as the model recorded it. Knows no page.

The rows of the ledger are put in order here; no number is made here but counts of rows and, for an update that
learns from several examples or has one vector per word, how far a vector moved (`after - before`).
"""

from collections import Counter
from typing import Any

import numpy as np

from pages.components.packing import pack
from pages.drawing.words import SHOWN_WORDS
from w2v import Run, Step, Trace, prediction
from w2v.arrays import Floats, Ints

MOST_NUMBERS = 30_000  # in one matrix: with long vectors fewer rows are sent
FEWEST_ROWS = 50
CARDS = 8


def most_rows(dim: int) -> int:
    """Return how many rows of a matrix with `dim` columns are sent."""
    return max(FEWEST_ROWS, min(SHOWN_WORDS, MOST_NUMBERS // dim))


def target_place(trace: Trace) -> int:
    """Return which entry of the trace's rows is the true word's; the first turn of its path in a tree."""
    target = trace.example.target
    if len(trace.rows) > target and trace.rows[target] == target:
        return target  # full softmax: one row for each word
    return 0


def row_order(run: Run, trace: Trace) -> Ints:
    """Return the entries of the trace's rows in the order of the ledger: the true word, then by |error|.

    The turns of a tree stay in their order, from the root down.
    """
    if not run.plan.objective.words_in_U:
        return np.arange(len(trace.rows))
    first = target_place(trace)
    order = np.argsort(-np.abs(trace.error), kind="stable")
    return np.concatenate([[first], order[order != first]])


def update_record(run: Run, step: Step, number: int, level: str, last: int = CARDS) -> bytes:
    """Return what the ledger shows of one example of an update, packed as for the player.

    number : which of the step's examples, from 0
    level  : how much is shown, by name;  last : the last card that is shown

    Shapes: r rows of U, m different input words, k other words, a rows of V, d dimensions.
    arrays : score weight P y error (r,), u grad_u new_u (r, d), of the rows in `row_ids`; stack (all rows,) every
             numerator of the softmax in the same order; h grad_h (d,); v grad_v new_v (m, d), grad_v for each time
             the word is listed; before after wanted (r or 0,) and other_before other_after other_wanted (k,): what is
             said of words before and after, and what the text says; table (a, d) rows of V; moved_u moved_v
             (after - before) when there are several examples or a word has one vector
    """
    trace = step.traces[number]
    most = most_rows(run.config.dim)
    order = row_order(run, trace)
    header, arrays = _outputs(run, step, trace, order, order[:most])
    for part, more in (_inputs(run, step, trace), _table(run, step, trace, most), _words(run, step, trace, order)):
        header |= part
        arrays |= more
    header |= _sizes(run, step, number, trace)
    header |= {"level": level, "last": last}
    return pack(header, arrays)


Parts = tuple[dict[str, Any], dict[str, Any]]


def _sizes(run: Run, step: Step, number: int, trace: Trace) -> dict[str, Any]:
    changed = [
        int((before != after).any(axis=1).sum())
        for before, after in ((step.before.V, step.after.V), (step.before.U, step.after.U))
    ]
    header: dict[str, Any] = {
        "update": step.index,
        "is_last": step.index == run.n_steps - 1,
        "epoch": step.epoch,
        "rate": step.learning_rate,
        "objective": run.config.objective,
        "cbow": run.config.architecture == "cbow",
        "one_vector": run.config.one_vector,
        "reduction": run.config.reduction,
        "examples": len(step.traces),
        "example": number,
        "dim": run.config.dim,
        "n_words": run.plan.n_words,
        "n_rows": len(trace.rows),
        "total_u": len(step.before.U),
        "moved": changed,
        "target": trace.example.target,
        "target_name": run.corpus.vocabulary.words[trace.example.target],
        "loss": trace.loss,
        "loss_of_all": step.loss,
    }
    if run.plan.objective.rows_sum_to_one:
        header |= {"shift": trace.shift, "Z": trace.Z, "log_sum": trace.log_sum}
    return header


def _outputs(run: Run, step: Step, trace: Trace, order: Ints, shown: Ints) -> Parts:
    rows = trace.rows[shown]
    objective = run.plan.objective
    times = Counter(trace.rows.tolist())
    words = run.corpus.vocabulary.words
    header = {
        "row_ids": rows.tolist(),
        "row_names": [objective.row_name(i, words) for i in rows.tolist()],
        "row_times": [times[i] for i in rows.tolist()],
    }
    arrays: dict[str, Any] = {
        "score": trace.scores[shown],
        "P": trace.P[shown],
        "y": trace.labels[shown],
        "error": trace.error[shown],
        "u": step.before.U[rows],
        "grad_u": trace.grad_U[shown],
        "new_u": step.after.U[rows],
    }
    if objective.rows_sum_to_one:
        weights = trace.weights
        arrays |= {"weight": weights[shown], "stack": weights[order]}
    if _parts_are_added(run, step):
        arrays["moved_u"] = step.after.U[rows] - step.before.U[rows]
    return header, arrays


def _inputs(run: Run, step: Step, trace: Trace) -> Parts:
    times = Counter(trace.example.inputs)
    ids = list(times)
    words = run.corpus.vocabulary.words
    places = [trace.example.inputs.index(i) for i in ids]
    header = {"input_ids": ids, "input_names": [words[i] for i in ids], "input_times": [times[i] for i in ids]}
    arrays: dict[str, Any] = {
        "h": trace.h,
        "grad_h": trace.grad_h,
        "v": step.before.V[ids],
        "grad_v": trace.grad_V[places],
        "new_v": step.after.V[ids],
    }
    if _parts_are_added(run, step):
        arrays["moved_v"] = step.after.V[ids] - step.before.V[ids]
    return header, arrays


def _parts_are_added(run: Run, step: Step) -> bool:
    """Whether a vector can move by more than its row's gradient here: by other examples, or by its other part."""
    return len(step.traces) > 1 or run.config.one_vector


def _table(run: Run, step: Step, trace: Trace, most: int) -> Parts:
    """Rows of V for the look-up the long way: all of them, or the first ones and those that are looked up."""
    ids = np.union1d(np.arange(min(most, run.plan.n_words)), trace.example.inputs)
    words = run.corpus.vocabulary.words
    header = {"table_ids": ids.tolist(), "table_names": [words[i] for i in ids.tolist()]}
    return header, {"table": step.before.V[ids]}


def _words(run: Run, step: Step, trace: Trace, order: Ints) -> Parts:
    """What is said of each word, before and after: of the words of the rows, and of others if rows are not all."""
    objective, inputs = run.plan.objective, trace.example.inputs
    before, after = prediction(step.before, inputs, objective), prediction(step.after, inputs, objective)
    goal = run.plan.goal
    wanted = goal.target(goal.row_of(inputs))
    shown = trace.rows[order[: most_rows(run.config.dim)]]
    if not objective.words_in_U:
        shown = shown[:0]
    arrays = _said("", before, after, wanted, shown)
    others = np.zeros(0, np.int64)
    if not objective.all_rows:
        others = np.argsort(-np.maximum(after, wanted), kind="stable")
        if objective.words_in_U:
            others = others[~np.isin(others, shown)]
        else:
            others = np.concatenate([[trace.example.target], others[others != trace.example.target]])
        others = others[:SHOWN_WORDS]
    words = run.corpus.vocabulary.words
    header = {"other_ids": others.tolist(), "other_names": [words[i] for i in others.tolist()]}
    return header, arrays | _said("other_", before, after, wanted, others)


def _said(prefix: str, before: Floats, after: Floats, wanted: Floats, ids: Ints) -> dict[str, Any]:
    return {f"{prefix}before": before[ids], f"{prefix}after": after[ids], f"{prefix}wanted": wanted[ids]}
