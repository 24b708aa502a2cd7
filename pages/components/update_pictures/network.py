"""The record of the network picture: which words and neurons are drawn, their weights, and what update changes."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from pages.drawing.objective_words import words_of
from pages.drawing.words import quoted, row_label, shown
from w2v import Objective, Run, Step, Trace, trace
from w2v.arrays import Floats

ROWS = 12  # words or nodes in a layer
MOST_INPUTS = 8
NEURONS = 10  # hidden ones, when there are more than ROWS


def network_record(run: Run, step: Step, done: Trace) -> dict[str, Any]:
    """Return one example as a network: input, hidden and output layer, before and after the update.

    done : the example's trace

    inputs  : [{id, word, times, changed, before, after}], the last two are the row of V at the hidden neurons drawn
    hidden  : which entries of h are drawn;  h : {before, after}
    outputs : [{row, word, id, y, times, role, before, after}]; before and after hold u, score, P, error
    """
    objective, example = run.plan.objective, done.example
    words = run.corpus.vocabulary.words
    later = trace(step.after, example, objective, objective.draws_of(done.rows))
    dim = run.config.dim
    hidden = np.arange(dim) if dim <= ROWS else np.sort(np.argsort(-np.abs(done.h), kind="stable")[:NEURONS])
    places = _outputs(objective, done)
    ids = _inputs(objective, done, places, run.plan.n_words)
    changed = (step.before.V[ids] != step.after.V[ids]).any(axis=1)
    return {
        "kind": "network",
        "objective": run.config.objective,
        "cbow": run.config.architecture == "cbow",
        "n_inputs": len(example.inputs),
        "n_words": run.plan.n_words,
        "n_rows": len(set(done.rows.tolist())),
        "dim": dim,
        "hidden": hidden.tolist(),
        "h": {"before": _numbers(done.h[hidden]), "after": _numbers(later.h[hidden])},
        "inputs": [
            {
                "id": i,
                "word": shown(words[i]),
                "times": example.inputs.count(i),
                "changed": bool(moved),
                "before": _numbers(step.before.V[i, hidden]),
                "after": _numbers(step.after.V[i, hidden]),
            }
            for i, moved in zip(ids, changed, strict=True)
        ],
        "outputs": [_output(run, step, (done, later), place, hidden) for place in places],
        "note": _note(run, len(ids), len(places), len(set(done.rows.tolist())), len(hidden)),
        "said": _said(run, step, done, later),
    }


def _outputs(objective: Objective, done: Trace) -> list[int]:
    """Return the places in the trace's rows that are drawn, each row once."""
    target, rows = done.example.target, done.rows
    if objective.all_rows:
        by_error = np.argsort(-np.abs(done.error), kind="stable").tolist()
        return sorted(_first([target, *dict.fromkeys(done.example.inputs[:MOST_INPUTS]), *by_error], ROWS))
    _, first = np.unique(rows, return_index=True)
    return sorted(first.tolist())[:ROWS]  # in the order in which they are asked


def _inputs(objective: Objective, done: Trace, places: list[int], n_words: int) -> list[int]:
    """Return the words of the input layer: the inputs, the words of the output layer, then the most frequent ones."""
    inputs = list(dict.fromkeys(done.example.inputs))[:MOST_INPUTS]
    predicted = [int(done.rows[p]) for p in places] if objective.words_in_U else [done.example.target]
    return sorted(_first([*inputs, *predicted, *range(min(n_words, 2 * ROWS))], min(ROWS, n_words)))


def _first(ids: Iterable[int], n: int) -> list[int]:
    return list(dict.fromkeys(ids))[:n]


def _output(run: Run, step: Step, traces: tuple[Trace, Trace], place: int, hidden: Any) -> dict[str, Any]:
    done, _ = traces
    row = int(done.rows[place])
    objective, same = run.plan.objective, done.rows == row
    role = "target" if done.labels[place] == 1 and objective.words_in_U else ""
    if objective.has_draws and not role:
        role = "drawn"
    moments = {
        name: {
            "u": _numbers(parameters.U[row, hidden]),
            "score": float(one.scores[place]),
            "P": float(one.P[place]),
            "error": float(one.error[same].sum()),
        }
        for name, one, parameters in (("before", done, step.before), ("after", traces[1], step.after))
    }
    return {
        "row": row,
        "id": row if objective.words_in_U else None,
        "word": row_label(run, row),
        "y": float(done.labels[place]),
        "times": int(same.sum()),
        "role": role,
        **moments,
    }


def _numbers(values: Floats) -> list[float]:
    return [float(x) for x in values]


def _note(run: Run, n_inputs: int, n_outputs: int, n_rows: int, n_hidden: int) -> str:
    """Say how much of the network is drawn."""
    n_words, dim = run.plan.n_words, run.config.dim
    parts = []
    if run.plan.objective.all_rows:
        parts.append(f"{n_inputs} of {n_words:,} words" if n_inputs < n_words else f"all {n_words:,} words")
        if n_inputs < n_words:
            parts[-1] += ", those concerned most"
    else:
        asked = words_of(run.plan.objective).asked
        parts.append(f"{n_inputs} of {n_words:,} inputs")
        parts.append(f"{n_outputs} of {n_rows} {asked}" if n_outputs < n_rows else f"all {n_outputs} {asked}")
    if n_hidden < dim:
        parts.append(f"{n_hidden} of {dim} neurons, those with the largest h")
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:]


def _said(run: Run, step: Step, done: Trace, later: Trace) -> str:
    """The picture in one sentence."""
    words, example, dim = run.corpus.vocabulary.words, done.example, run.config.dim
    name = quoted(words[example.target])
    if len(example.inputs) == 1:
        hidden = f"Only the input {quoted(words[example.inputs[0]])} is on, so h is its row of V"
    else:
        hidden = f"The {len(example.inputs)} context words are on together, so h is the mean of their rows of V"
    numbers = f"{dim:,} numbers" if dim > 1 else "1 number"
    begin = f"{hidden}: {numbers}, no activation"
    return f"{begin}; {words_of(run.plan.objective).network(run, step, (done, later), name)}"
