"""The lines of NumPy that did an update, each with its values beside it. The code is the truth: a test runs it.

It begins with V and U as they were and ends with V_new and U_new, the same to the last bit as in `w2v/learning.py`.
Words stand in comments only, beside their ids.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from pages.drawing.numbers import first_numbers, number, shape, vector
from pages.drawing.objective_words import ObjectiveWords, words_of
from pages.drawing.words import shown
from w2v import Run, Step, Trace

MOST_EXAMPLES = 12  # that are written out
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


def numpy_lines(run: Run, step: Step, trace: Trace, most: int = MOST_EXAMPLES) -> tuple[Line, ...]:
    """Return the lines for an update; the values are those of one of its examples, `trace`.

    most : of how many examples all are written out; of more, one
    """
    head = _head(run, step, trace, most)
    body = [*forward_lines(run, trace), *_backward(run, trace)]
    if len(step.traces) == 1:
        return (*head, *body, *_new(run, step, trace))
    return (*head, *indented([*body, *_add_up(run, trace)]), *_results(step, trace))


def forward_lines(run: Run, trace: Trace) -> list[Line]:
    """Return the lines that predict: from V and U, whatever they are then, to P and the loss."""
    return [_hidden(run, trace), *(Line(code, said) for code, said in _words(run).forward(trace))]


def loop(run: Run) -> str:
    """Return the line by which the examples of an update are gone through, where it has several."""
    return f"for {_inputs(run)}, {_words(run).loop} in examples:"


def indented(lines: Sequence[Line]) -> list[Line]:
    """Return lines as they stand in that loop."""
    return [Line(textwrap.indent(line.code, "    "), line.said) for line in lines]


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


def _head(run: Run, step: Step, trace: Trace, most: int) -> list[Line]:
    """Which words, which rate; with several examples, the loop over them."""
    if len(step.traces) == 1:
        numbers = f"o, rate = {trace.example.target}, {step.learning_rate!r}"
        if not _words(run).knows_o:
            numbers = f"rate = {step.learning_rate!r}"
        given = Line(
            _wrapped(f"{_inputs(run)} = {_list_or_id(run, trace)}"), f"input: {_names(run, trace.example.inputs)}"
        )
        rows = [Line(_wrapped(code), said) for code, said in _words(run).rows(trace, lambda ids: _names(run, ids))]
        return [given, Line(numbers, f"predict {_name(run, trace.example.target)}"), *rows]
    lines = []
    n, at = len(step.traces), step.traces.index(trace) + 1
    if n <= most:
        each = [_example_code(run, one) for one in step.traces]
        lines.append(Line("examples = [\n" + "".join([f"    {e},\n" for e in each]) + "]", f"{n} of them"))
    else:
        lines.append(Line("", f"examples: a list of {n:,} like {_example_code(run, trace)}"))
    mean = run.config.reduction == "mean"
    rate = f"rate = {step.learning_rate!r}" + (" / len(examples)" if mean else "")
    beside = (
        f"beside: number {at:,}, from {_names(run, trace.example.inputs)} predict {_name(run, trace.example.target)}"
    )
    return [
        *lines,
        Line(rate, "their gradients are averaged" if mean else "their gradients are added"),
        Line(_copies(run), "every gradient is taken at the old V and U"),
        Line(loop(run), beside),
    ]


def _hidden(run: Run, trace: Trace) -> Line:
    if run.config.architecture == "cbow":
        return Line("h = V[inputs].mean(axis=0)", vector(trace.h))
    return Line("h = V[c]", vector(trace.h))


def _backward(run: Run, trace: Trace) -> list[Line]:
    if _words(run).whole_U:
        o = trace.example.target
        said = f"{shape(trace.error)}  error[o] = {number(float(trace.error[o]))}, no other below 0"
        return [Line("error = P - (np.arange(len(U)) == o)", said), Line("grad_h = error @ U", vector(trace.grad_h))]
    return [
        Line("error = P - y", vector(trace.error)),
        Line("grad_h = error @ U[rows]", vector(trace.grad_h)),
    ]


def _new(run: Run, step: Step, trace: Trace) -> list[Line]:
    """The descent of an update of one example."""
    row = trace.example.target if _words(run).whole_U else int(trace.rows[0])
    first = trace.example.inputs[0]
    moved_U, moved_V = first_numbers(step.after.U[row]), first_numbers(step.after.V[first])
    if _words(run).whole_U:
        lines = [Line("U_new = U - rate * np.outer(error, h)", f"every row; row o: {moved_U}")]
    else:
        n = len(set(trace.rows.tolist()))
        lines = [
            Line("U_new = U.copy()", f"{n} of {len(step.before.U):,} rows will move"),
            Line(CHANGE_U, "a row that is listed twice moves twice"),
            Line(SUBTRACT_U, f"row {row}: {moved_U}"),
        ]
    lines.append(_new_V(run, step, trace))
    if run.config.architecture == "cbow":
        return [
            *lines,
            Line(SHARE, "each context word gets an equal share"),
            Line(SUBTRACT_V, f"row {first}: {moved_V}"),
        ]
    return [*lines, Line("V_new[c] -= rate * grad_h", f"row c: {moved_V}")]


def _new_V(run: Run, step: Step, trace: Trace) -> Line:
    if run.config.one_vector:
        return Line("V_new = U_new", "one matrix: a word has one vector")
    return Line("V_new = V.copy()", f"{len(set(trace.example.inputs))} of {len(step.before.V):,} rows will move")


def _copies(run: Run) -> str:
    return "V_new = U_new = V.copy()" if run.config.one_vector else "V_new, U_new = V.copy(), U.copy()"


def _add_up(run: Run, trace: Trace) -> list[Line]:
    """What one of several examples adds to the update."""
    if _words(run).whole_U:
        lines = [Line("U_new -= rate * np.outer(error, h)", "every row")]
    else:
        lines = [Line(CHANGE_U, ""), Line(SUBTRACT_U, f"{len(trace.rows)} rows")]
    if run.config.architecture == "cbow":
        return [*lines, Line(SHARE, "an equal share"), Line(SUBTRACT_V, "each context word")]
    return [*lines, Line("V_new[c] -= rate * grad_h", "one row")]


def _results(step: Step, trace: Trace) -> list[Line]:
    first = trace.example.inputs[0]
    return [Line("", f"after all of them row {first} of V_new: {first_numbers(step.after.V[first])}")]


# --- values and names -----------------------------------------------------------------------------------------


def _words(run: Run) -> ObjectiveWords:
    return words_of(run.plan.objective)


def _inputs(run: Run) -> str:
    return "inputs" if run.config.architecture == "cbow" else "c"


def _list_or_id(run: Run, trace: Trace) -> str:
    inputs = trace.example.inputs
    return str(list(inputs)) if run.config.architecture == "cbow" else str(inputs[0])


def _example_code(run: Run, trace: Trace) -> str:
    """One example as the loop takes it apart."""
    inputs = str(list(trace.example.inputs)) if run.config.architecture == "cbow" else str(trace.example.inputs[0])
    return f"({inputs}, {_words(run).example(trace)})"


def _wrapped(code: str) -> str:
    return "\n".join(textwrap.wrap(code, LONGEST, subsequent_indent="    ", break_long_words=False))


def _name(run: Run, word: int) -> str:
    return shown(run.corpus.vocabulary.words[word])


def _names(run: Run, ids: Sequence[int]) -> str:
    shown = ", ".join([_name(run, i) for i in ids[:MOST_WORDS]])
    return shown + (f" and {len(ids) - MOST_WORDS} more" if len(ids) > MOST_WORDS else "")
