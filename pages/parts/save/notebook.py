"""One update as a file of its own that needs NumPy alone: a Python script, and the same as a Jupyter notebook.

It holds the text, its words and every vector as it was before the update, with all digits; then the very lines of
NumPy that One update shows, each with its value beside it; then it prints all digits of what came out. So whoever runs
it gets the numbers of the app. Words of the text stand in it as Python strings and in comments, never as code and never
as Markdown.
"""

import json
import pprint
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pages.components.update_pictures.lines import Line, as_text, forward_lines, indented, loop, numpy_lines
from pages.drawing.objective_words import words_of
from pages.drawing.words import shown
from pages.parts.shared.strip import model_in_words
from w2v import Run, Step
from w2v.arrays import Floats
from w2v.explain.in_the_text import in_the_text

MOST_NUMBERS = 50_000  # vectors before the update, and numbers that it prints: about a megabyte
LONGEST_TEXT = 20_000  # characters; of a longer text there is only the sentence
WIDTH = 110  # letters of a line of words

ABOUT = """One update of word2vec in bare NumPy, every number of it: update {t:,} of {n:,}, counted from 0.
The model: {model}.
Its vectors were drawn with seed {seed}, and moved by the {t:,} updates before. Python and NumPy are all it needs."""
SYMBOLS = """`V[w]` is the input vector of word number `w`, with which it guesses, and `U[w]` its output vector, by
which it is guessed. `c` is the number of the center word, `o` that of the true word, `rate` the learning rate.

$$s_w = \\mathbf u_w \\cdot \\mathbf h \\qquad e_w = P_w - y_w \\qquad
\\mathbf u_w \\leftarrow \\mathbf u_w - \\eta\\, e_w \\mathbf h \\qquad
\\mathbf h \\leftarrow \\mathbf h - \\eta \\sum_w e_w \\mathbf u_w$$

Where one guesses from several words, **h** is the mean of their vectors, and each of them moves by an equal share."""
BEFORE = "What was there before this update"
LINES = "The update, as the page One update has it; beside the lines, what came out"
ALL_DIGITS = "All digits: what moved, and the same prediction with the new vectors"


@dataclass(frozen=True)
class _Part:
    """A cell of the notebook: what stands above it, and its code."""

    title: str
    code: str


def too_much(run: Run, t: int) -> str | None:
    """Return a sentence about why update t cannot be written out, or None where it can."""
    if not words_of(run.plan.objective).alone:
        return f"There are no lines of NumPy for {run.plan.objective.title}."
    before = run.parameters(t)
    vectors = before.V.size + (0 if before.U is before.V else before.U.size)
    epoch = run.plan.epoch_of(t)
    groups = run.plan.epoch(epoch).group_start[t - int(run.plan.epoch_start[epoch]) :]
    n_examples = int(groups[1] - groups[0])
    rows = len(before.U) if run.plan.objective.all_rows else 1 + run.plan.objective.n_draws
    numbers = max(vectors, n_examples * (rows + before.dim))
    if numbers <= MOST_NUMBERS:
        return None
    return f"This update has {numbers:,} numbers, too many to write them all out: {MOST_NUMBERS:,} fit."


def script(run: Run, t: int) -> bytes:
    """Return update t, 0 <= t < n_steps, as a Python script, UTF-8.

    Raises ValueError in one sentence where it has too many numbers.
    """
    parts = [f"# {i}. {part.title}\n\n{part.code}" for i, part in enumerate(_parts(run, t), 1)]
    return "\n\n".join([f'"""{_about(run, t)}"""', "import numpy as np", *parts]).encode()


def notebook(run: Run, t: int) -> bytes:
    """Return the same as a Jupyter notebook, format 4.5, UTF-8. Raises ValueError likewise."""
    cells = [_cell(0, "markdown", f"# Update {t:,}\n\n{_about(run, t)}\n\n{SYMBOLS}")]
    for number, part in enumerate(_parts(run, t), 1):
        first = "import numpy as np\n\n" if number == 1 else ""
        cells.append(_cell(2 * number - 1, "markdown", f"## {number}. {part.title}"))
        cells.append(_cell(2 * number, "code", first + part.code))
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": python, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    made = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source.splitlines(keepends=True)}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _about(run: Run, t: int) -> str:
    return ABOUT.format(t=t, n=run.plan.n_steps, model=model_in_words(run.config), seed=run.config.seed)


def _parts(run: Run, t: int) -> list[_Part]:
    if problem := too_much(run, t):
        raise ValueError(problem)
    step = run.step(t)
    return [
        _Part(BEFORE, "\n".join(_before(run, step))),
        _Part(LINES, _update(run, step)),
        _Part(ALL_DIGITS, "\n".join(_after(run, step))),
    ]


# --- before ---------------------------------------------------------------------------------------------------


def _before(run: Run, step: Step) -> Iterator[str]:
    words, config = run.corpus.vocabulary.words, run.config
    if len(config.text) <= LONGEST_TEXT:
        yield _literal("text", config.text)
    if len(step.traces) == 1:
        place = in_the_text(run.plan, step.index)
        yield _literal("sentence", list(place.words)) + "  # or what of it stands around the window"
        yield f"center, context = {place.center}, {list(place.context)}  # which of these words they are"
        yield "print('Center', repr(sentence[center]), 'context', [sentence[i] for i in context])"
    yield _literal("words", list(words)) + "  # all that differ, by number"
    yield from _matrix("V", "input vectors", step.before.V, words)
    if config.one_vector:
        yield "U = V  # one vector for each word"
        yield "row_names = words"
        return
    names = [run.plan.objective.row_name(row, words) for row in range(len(step.before.U))]
    yield from _matrix("U", "output vectors", step.before.U, names)
    yield "row_names = words" if run.plan.objective.words_in_U else _literal("row_names", names)


def _literal(name: str, value: object) -> str:
    """Return an assignment of strings, with line breaks between them only."""
    return f"{name} = {pprint.pformat(value, width=WIDTH - len(name) - 3, compact=True)}"


def _matrix(name: str, says: str, rows: Floats, names: Sequence[str]) -> Iterator[str]:
    yield f"{name} = np.array([  # the {says}, one row each"
    for row, row_name in zip(rows, names, strict=True):
        yield f"    {row.tolist()},  # {shown(row_name)}"
    yield "])"


# --- the update, and after it ---------------------------------------------------------------------------------


def _update(run: Run, step: Step) -> str:
    """The lines that are shown; of several examples, each is printed as it passes."""
    lines = numpy_lines(run, step, step.traces[0], most=len(step.traces))
    if len(step.traces) == 1:
        return as_text(lines)
    *done, result = lines
    printed = Line(f"print({_inputs(run)}, 'loss', loss, 'P', P.tolist(), 'gradient of h', grad_h.tolist())", "")
    return as_text([*done, *indented([printed]), result])


def _after(run: Run, step: Step) -> Iterator[str]:
    rows = "range(len(U))" if words_of(run.plan.objective).whole_U else "rows"
    if len(step.traces) == 1:
        yield "print('Before: loss', loss, 'gradient of h', grad_h.tolist())"
        yield f"for row, p, e in zip({rows}, P, error):"
        yield "    print(repr(row_names[row]), 'P', p, 'error', e, 'gradient', (e * h).tolist())"
    yield "print('What moved')"
    for letter, names in (("V", "words"),) if run.config.one_vector else (("V", "words"), ("U", "row_names")):
        yield f"for row in np.flatnonzero(({letter} != {letter}_new).any(axis=1)):"
        yield f"    print('{letter.lower()}', repr({names}[row]), {letter}_new[row].tolist())"
    yield "print('After')"
    yield "V, U = V_new, U_new"
    again = [Line(line.code, "") for line in forward_lines(run, step.traces[0])]
    if len(step.traces) == 1:
        yield as_text(again)
        yield f"for row, p in zip({rows}, P):"
        yield "    print(repr(row_names[row]), 'P', p)"
        yield "print('loss', loss)"
        return
    yield loop(run)
    yield as_text(indented(again))
    yield f"    print({_inputs(run)}, 'loss', loss, 'P', P.tolist())"


def _inputs(run: Run) -> str:
    return "[words[i] for i in inputs]" if run.config.architecture == "cbow" else "repr(words[c])"
