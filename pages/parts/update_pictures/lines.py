"""The lines of NumPy that did an update, each with its values beside it. The code is the truth: a test runs it.

It begins with V and U as they were and ends with V_new and U_new, the same to the last bit as in `w2v/learning.py`.
Words stand in comments only, beside their ids.
"""

import textwrap
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass

from pages.parts.export_fonts import plain_label
from pages.parts.numbers import number, percent
from w2v import HierarchicalSoftmax, NegativeSampling, Run, Softmax, Step, Trace

MOST_EXAMPLES = 12  # that are written out
MOST_VALUES = 3  # of a vector
MOST_WORDS = 5
COLUMN = 48  # letters of code, at most, before the values; where a line is longer its value comes after it
LONGEST = 72  # letters of a line of code; a longer list goes on below
NO_LETTERS = "\n\r\0\f\v"
CHANGE_U, SUBTRACT_U = "change = rate * np.outer(error, h)", "np.subtract.at(U_new, rows, change)"
SHARE, SUBTRACT_V = "share = rate * (grad_h / len(inputs))", "np.subtract.at(V_new, inputs, share)"


@dataclass(frozen=True)
class Line:
    """One line of code and what came out of it."""

    code: str
    said: str


def numpy_lines(run: Run, step: Step, trace: Trace) -> tuple[Line, ...]:
    """Return the lines for an update; the values are those of one of its examples, `trace`."""
    head = _head(run, step, trace)
    body = [_hidden(run, trace), *_forward(run, step, trace), *_backward(run, trace)]
    if len(step.traces) == 1:
        return (*head, *body, *_new(run, step, trace))
    indented = [Line(textwrap.indent(line.code, "    "), line.said) for line in [*body, *_add_up(run, trace)]]
    return (*head, *indented, *_results(step, trace))


def as_text(lines: Sequence[Line]) -> str:
    """Return the lines as one text, the values as comments in a column of their own."""
    ends = [len(line.code.split("\n")[-1]) for line in lines]
    width = max([n for n in ends if n <= COLUMN], default=0)
    rows = []
    for line in lines:
        *above, last = line.code.split("\n")
        said = "".join(c for c in line.said if c not in NO_LETTERS)
        rows += above
        rows.append(f"{last.ljust(width)}  # {said}" if said else last)
    return "\n".join(rows)


# --- the parts ------------------------------------------------------------------------------------------------


def _head(run: Run, step: Step, trace: Trace) -> list[Line]:
    """Which words, which rate; with several examples, the loop over them."""
    if len(step.traces) == 1:
        numbers = f"o, rate = {trace.example.target}, {step.learning_rate!r}"
        if isinstance(run.plan.objective, HierarchicalSoftmax):
            numbers = f"rate = {step.learning_rate!r}"
        given = Line(
            _wrapped(f"{_inputs(run)} = {_list_or_id(run, trace)}"), f"input: {_names(run, trace.example.inputs)}"
        )
        return [given, Line(numbers, f"predict {_name(run, trace.example.target)}"), *_rows(run, trace)]
    lines = []
    n, at = len(step.traces), step.traces.index(trace) + 1
    if n <= MOST_EXAMPLES:
        each = [_example_code(run, one) for one in step.traces]
        lines.append(Line("examples = [\n" + "".join([f"    {e},\n" for e in each]) + "]", f"{n} of them"))
    else:
        lines.append(Line("", f"examples: a list of {n:,} like {_example_code(run, trace)}"))
    mean = run.config.reduction == "mean"
    rate = f"rate = {step.learning_rate!r}" + (" / len(examples)" if mean else "")
    names = {"softmax": "o", "negative": "rows", "hierarchical": "rows, y"}[run.config.objective]
    beside = (
        f"beside: number {at:,}, from {_names(run, trace.example.inputs)} predict {_name(run, trace.example.target)}"
    )
    return [
        *lines,
        Line(rate, "their gradients are averaged" if mean else "their gradients are added"),
        Line("V_new, U_new = V.copy(), U.copy()", "every gradient is taken at the old V and U"),
        Line(f"for {_inputs(run)}, {names} in examples:", beside),
    ]


def _rows(run: Run, trace: Trace) -> list[Line]:
    """Which rows of U take part, where not all do."""
    if isinstance(run.plan.objective, Softmax):
        return []
    ids = [int(i) for i in trace.rows]
    if isinstance(run.plan.objective, NegativeSampling):
        code = _wrapped("rows = [o, " + ", ".join(map(str, ids[1:])) + "]")
        return [Line(code, f"o, then drawn: {_names(run, ids[1:]) or 'none'}")]
    return [
        Line(_wrapped(f"rows = {ids}"), f"the {len(ids)} nodes on the way to the word"),
        Line(_wrapped(f"y = np.array({trace.labels.astype(int).tolist()})"), "the turns to take, 1 minus the code"),
    ]


def _hidden(run: Run, trace: Trace) -> Line:
    if run.config.architecture == "cbow":
        return Line("h = V[inputs].mean(axis=0)", _vector(trace.h))
    return Line("h = V[c]", _vector(trace.h))


def _forward(run: Run, step: Step, trace: Trace) -> list[Line]:
    o = trace.example.target
    if isinstance(run.plan.objective, Softmax):
        return [
            Line("scores = U @ h", f"{_shape(trace.scores)}  scores[o] = {number(float(trace.scores[o]))}"),
            Line("shifted = scores - scores.max()", f"max = {number(trace.shift)}, so that exp cannot overflow"),
            Line("weights = np.exp(shifted)", f"weights[o] = {number(float(trace.weights[o]))}"),
            Line("P = weights / weights.sum()", f"sum Z = {number(trace.Z)}, P[o] = {percent(float(trace.P[o]))}"),
            Line("loss = np.log(weights.sum()) - shifted[o]", f"{number(trace.loss)} nats"),
        ]
    single = len(step.traces) == 1
    negative = isinstance(run.plan.objective, NegativeSampling)
    true = [Line("y = np.arange(len(rows)) == 0", "1 for the true word, 0 for the drawn ones")] if negative else []
    if not single and not negative:
        true = []  # the examples bring y along
    return [
        *true,
        Line("scores = U[rows] @ h", _vector(trace.scores)),
        Line("P = np.exp(-np.logaddexp(0, -scores))", f"sigmoid: {_vector(trace.P)}"),
        Line("wrong = np.where(y, -scores, scores)", "the score of the other answer"),
        Line("loss = np.logaddexp(0, wrong).sum()", f"{number(trace.loss)} nats"),
    ]


def _backward(run: Run, trace: Trace) -> list[Line]:
    if isinstance(run.plan.objective, Softmax):
        o = trace.example.target
        said = f"{_shape(trace.error)}  error[o] = {number(float(trace.error[o]))}, no other below 0"
        return [Line("error = P - (np.arange(len(U)) == o)", said), Line("grad_h = error @ U", _vector(trace.grad_h))]
    return [
        Line("error = P - y", _vector(trace.error)),
        Line("grad_h = error @ U[rows]", _vector(trace.grad_h)),
    ]


def _new(run: Run, step: Step, trace: Trace) -> list[Line]:
    """The descent of an update of one example."""
    row = int(trace.rows[0]) if not isinstance(run.plan.objective, Softmax) else trace.example.target
    first = trace.example.inputs[0]
    moved_U, moved_V = _numbers(step.after.U[row]), _numbers(step.after.V[first])
    if isinstance(run.plan.objective, Softmax):
        lines = [Line("U_new = U - rate * np.outer(error, h)", f"every row; row o: {moved_U}")]
    else:
        n = len(set(trace.rows.tolist()))
        lines = [
            Line("U_new = U.copy()", f"{n} of {len(step.before.U):,} rows will move"),
            Line(CHANGE_U, "a row that is listed twice moves twice"),
            Line(SUBTRACT_U, f"row {row}: {moved_U}"),
        ]
    if run.config.architecture == "cbow":
        lines.append(
            Line("V_new = V.copy()", f"{len(set(trace.example.inputs))} of {len(step.before.V):,} rows will move")
        )
        return [
            *lines,
            Line(SHARE, "each context word gets an equal share"),
            Line(SUBTRACT_V, f"row {first}: {moved_V}"),
        ]
    lines.append(Line("V_new = V.copy()", f"1 of {len(step.before.V):,} rows will move"))
    return [*lines, Line("V_new[c] -= rate * grad_h", f"row c: {moved_V}")]


def _add_up(run: Run, trace: Trace) -> list[Line]:
    """What one of several examples adds to the update."""
    if isinstance(run.plan.objective, Softmax):
        lines = [Line("U_new -= rate * np.outer(error, h)", "every row")]
    else:
        lines = [Line(CHANGE_U, ""), Line(SUBTRACT_U, f"{len(trace.rows)} rows")]
    if run.config.architecture == "cbow":
        return [*lines, Line(SHARE, "an equal share"), Line(SUBTRACT_V, "each context word")]
    return [*lines, Line("V_new[c] -= rate * grad_h", "one row")]


def _results(step: Step, trace: Trace) -> list[Line]:
    first = trace.example.inputs[0]
    return [Line("", f"after all of them row {first} of V_new: {_numbers(step.after.V[first])}")]


# --- values and names -----------------------------------------------------------------------------------------


def _inputs(run: Run) -> str:
    return "inputs" if run.config.architecture == "cbow" else "c"


def _list_or_id(run: Run, trace: Trace) -> str:
    inputs = trace.example.inputs
    return str(list(inputs)) if run.config.architecture == "cbow" else str(inputs[0])


def _example_code(run: Run, trace: Trace) -> str:
    """One example as the loop takes it apart."""
    rows = [int(i) for i in trace.rows]
    parts = {
        "softmax": f"{trace.example.target}",
        "negative": f"{rows}",
        "hierarchical": f"{rows}, np.array({trace.labels.astype(int).tolist()})",
    }
    inputs = str(list(trace.example.inputs)) if run.config.architecture == "cbow" else str(trace.example.inputs[0])
    return f"({inputs}, {parts[run.config.objective]})"


def _wrapped(code: str) -> str:
    return "\n".join(textwrap.wrap(code, LONGEST, subsequent_indent="    ", break_long_words=False))


def _shape(values: Sized) -> str:
    return f"({len(values):,},)"


def _vector(values: Iterable[float]) -> str:
    """(8,)  0.123 -0.456 0.789 ..."""
    listed = list(values)
    return f"{_shape(listed)}  {_numbers(listed)}"


def _numbers(values: Iterable[float]) -> str:
    numbers = [number(float(x)) for x in values]
    return " ".join(numbers[:MOST_VALUES]) + (" \u2026" if len(numbers) > MOST_VALUES else "")


def _name(run: Run, word: int) -> str:
    return plain_label(run.corpus.vocabulary.words[word])


def _names(run: Run, ids: Sequence[int]) -> str:
    shown = ", ".join([_name(run, i) for i in ids[:MOST_WORDS]])
    return shown + (f" and {len(ids) - MOST_WORDS} more" if len(ids) > MOST_WORDS else "")
