"""What the ledger of One update was sent, held against the record of the step it shows."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from w2v import Run, Step, Trace


def check_record(run: Run, step: Step, number: int, header: dict[str, Any], arrays: dict[str, Any]) -> None:
    """Everything that is sent of one example: each number is the record's own, in the order of the ledger."""
    trace, words, tree = step.traces[number], run.corpus.vocabulary.words, run.config.objective == "hierarchical"
    ids = header["row_ids"]
    assert sorted(ids) == sorted(trace.rows.tolist()), "every row that took part, as often as it did"
    assert header["row_names"] == [f"node {i}" if tree else words[i] for i in ids]
    assert header["row_times"] == [Counter(trace.rows.tolist())[i] for i in ids]
    places: dict[tuple[int, float], list[int]] = {}  # a word drawn twice has two, each with its own last digits
    for k in np.argsort(-np.abs(trace.error), kind="stable")[::-1].tolist():
        places.setdefault((int(trace.rows[k]), float(trace.labels[k])), []).append(k)
    at = [places[i, y].pop() for i, y in zip(ids, arrays["y"].tolist())]
    for name, true in (("score", trace.scores), ("P", trace.P), ("error", trace.error)):
        assert np.array_equal(arrays[name], true[at]), name
    assert np.array_equal(arrays["u"], step.before.U[ids])
    assert np.array_equal(arrays["new_u"], step.after.U[ids])
    assert np.array_equal(arrays["grad_u"], np.outer(trace.error[at], trace.h))
    assert np.array_equal(arrays["h"], trace.h)
    assert np.array_equal(arrays["grad_h"], trace.grad_h)
    check_order(run, trace, ids, arrays)
    inputs = header["input_ids"]
    assert dict(zip(inputs, header["input_times"])) == Counter(trace.example.inputs)
    assert np.array_equal(arrays["v"], step.before.V[inputs])
    assert np.array_equal(arrays["new_v"], step.after.V[inputs])
    assert np.allclose(arrays["grad_v"], trace.grad_h / len(trace.example.inputs), rtol=1e-15)
    if len(step.traces) == 1 and not run.config.one_vector:  # the equation on the card, with repeats counted
        times = np.array(header["input_times"])[:, None]
        assert np.allclose(arrays["v"] - step.learning_rate * times * arrays["grad_v"], arrays["new_v"], atol=1e-15)
        times = np.array(header["row_times"])[:, None]
        if run.config.objective != "softmax" or (times == 1).all():
            moved = arrays["u"] - step.learning_rate * times * arrays["grad_u"]
            assert np.allclose(moved, arrays["new_u"], atol=1e-15)
        assert "moved_u" not in arrays
    else:
        assert np.allclose(arrays["u"] + arrays["moved_u"], arrays["new_u"], atol=1e-15)
        assert np.allclose(arrays["v"] + arrays["moved_v"], arrays["new_v"], atol=1e-15)
    assert np.array_equal(arrays["table"], step.before.V[header["table_ids"]])
    assert (header["loss"], header["loss_of_all"], header["rate"]) == (trace.loss, step.loss, step.learning_rate)
    assert header["moved"] == [
        int((a != b).any(axis=1).sum()) for a, b in ((step.before.V, step.after.V), (step.before.U, step.after.U))
    ]
    if run.config.objective == "softmax":
        shift = trace.scores.max()
        assert header["Z"] == pytest.approx(np.exp(trace.scores - shift).sum(), rel=1e-14)
        assert header["log_sum"] - arrays["score"][0] == pytest.approx(trace.loss, rel=1e-12)
        assert arrays["stack"].sum() == pytest.approx(header["Z"])
        assert np.array_equal(arrays["stack"], np.exp(trace.scores - shift)[at])
        assert np.array_equal(arrays["weight"], arrays["stack"])
    check_said(run, step, trace, header, arrays)


def check_order(run: Run, trace: Trace, ids: list[int], arrays: dict[str, Any]) -> None:
    """The true word first, then by the size of the error."""
    if run.config.objective == "hierarchical":
        assert ids == trace.rows.tolist(), "from the root down"
        return
    assert ids[0] == trace.example.target
    assert arrays["y"][0] == 1
    assert (np.diff(np.abs(arrays["error"][1:])) <= 0).all()


def check_said(run: Run, step: Step, trace: Trace, header: dict[str, Any], arrays: dict[str, Any]) -> None:
    """Each word has its answers before and after exactly once."""
    ids = [] if run.config.objective == "hierarchical" else header["row_ids"]
    said = dict(zip(ids + header["other_ids"], range(10**6)))
    assert sorted(said) == list(range(run.plan.n_words))
    for name, parameters in (("before", step.before), ("after", step.after)):
        shown = np.concatenate([arrays[name], arrays[f"other_{name}"]])
        h = parameters.V[list(trace.example.inputs)].mean(axis=0)
        assert np.allclose(shown, run.plan.objective.over_vocabulary(parameters.U, h)[ids + header["other_ids"]])
    goal = run.plan.goal
    wanted = goal.target(goal.row_of(trace.example.inputs))[ids + header["other_ids"]]
    assert np.array_equal(np.concatenate([arrays["wanted"], arrays["other_wanted"]]), wanted)
