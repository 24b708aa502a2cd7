"""Tables to save: the loss of every update, and all numbers of one update. Plain CSV that spreadsheets can open.

Text stands in quotes and numbers without, so that a reader can tell the word "1" from the number 1, and the words
nan, null and NA from gaps (in pandas: `read_csv(..., keep_default_na=False)`). Numbers have all their digits.
"""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, repeat

from w2v.learning import Step
from w2v.run import Run
from w2v.whole.whole_text import WholeTextRun

MOST_CELLS = 2_000_000  # of one table: about 40 MB
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBERS_OF_A_ROW = 8

Cell = str | int | float


def safe_cell(word: str) -> str:
    """Return a word for a cell: one that a spreadsheet would take for a formula gets a leading apostrophe."""
    return f"'{word}" if word.startswith(_STARTS_A_FORMULA) else word


def table_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return any table as CSV in UTF-8, with a mark by which spreadsheets know it, and every text by `safe_cell`."""
    safe = ([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return ("\ufeff" + _csv(header, safe)).encode("utf-8", "replace")


def losses_csv(run: Run) -> bytes:
    """Return the losses of a run, one row for each moment 0 .. n_steps, as CSV in UTF-8.

    update, epoch : both counted from 0
    center        : the center word of the window that this update learned from, by `safe_cell`
    context       : of its context words those that it learned from, with blanks between them
    loss          : of the examples of this update, nats, `run.losses`; empty in the last row, where none follows
    mean_loss     : over all examples at this moment, nats, `run.loss_curve`; empty between the moments it was taken
    floor         : the lowest mean loss that any model can reach, nats

    Where an update learned from several windows, center and context are empty, as in the last row.
    """
    moments, curve = run.loss_curve()
    mean = dict(zip(moments, curve.tolist(), strict=True))
    losses: list[Cell] = [*run.losses.tolist(), ""]
    floor, epoch_of = run.plan.goal.floor, run.plan.epoch_of
    windows = chain(_windows_of(run), repeat(("", "")))
    rows = (
        [t, epoch_of(t), *window, loss, mean.get(t, ""), floor]
        for (t, loss), window in zip(enumerate(losses), windows, strict=False)
    )
    return _csv(("update", "epoch", "center", "context", "loss", "mean_loss", "floor"), rows).encode()


def _windows_of(run: Run) -> Iterator[tuple[str, str]]:
    """Yield center and context of each update, as cells."""
    same = list(_windows_of_epoch(run, 0)) if run.plan.static else None
    left = run.n_steps
    for number in range(run.config.epochs):
        for window in islice(same or _windows_of_epoch(run, number), left):
            yield window
            left -= 1


def _windows_of_epoch(run: Run, number: int) -> Iterator[tuple[str, str]]:
    examples, words = run.plan.epoch(number), run.corpus.vocabulary.words
    around = examples.targets if run.config.architecture == "skip-gram" else examples.inputs
    starts = examples.group_start if around is examples.targets else examples.input_start[examples.group_start]
    bounds = zip(pairwise(examples.group_start.tolist()), pairwise(starts.tolist()), strict=True)
    for (first, end), (low, high) in bounds:
        window = int(examples.window[first])
        if window != examples.window[end - 1]:
            yield "", ""
            continue
        context = " ".join([words[i] for i in around[low:high].tolist()])
        yield safe_cell(words[int(examples.windows.centers[window])]), safe_cell(context)


def passes_csv(run: WholeTextRun) -> bytes:
    """Return the losses of a whole text, one row for each pass from 1 on, as CSV in UTF-8.

    loss, heldout_loss : mean loss of the pairs learned from and of those kept aside, nats; the latter may be empty
    floor, unigram     : the lowest mean loss that any model can reach, and that of guessing by word frequency, nats
    """
    aside = run.heldout_losses.tolist() if run.heldout_counts.total else [""] * run.n_passes
    rows = ([i + 1, loss, aside[i], run.floor, run.unigram_loss] for i, loss in enumerate(run.losses.tolist()))
    return _csv(("pass", "loss", "heldout_loss", "floor", "unigram"), rows).encode()


def update_csv(step: Step, words: Sequence[str]) -> bytes:
    """Return the whole record of one update as CSV in UTF-8, with a mark by which spreadsheets know it.

    words : (n_words,) the vocabulary

    One row for each vector that took part, example by example: first the input vectors ("v"), then the output
    vectors ("u"). `row` is its row in V or U; `word` is the word, or "node 3" for a row of a tree. Output vectors
    have score, P, y and error. Then the entries before the update, the gradient of this example's loss, and the
    entries after the update (which sums or averages over its examples).
    Raises ValueError in one sentence when the table would be too large.
    """
    if table_cells(step) > MOST_CELLS:
        raise ValueError(
            f"This update has too many numbers for one table: it learns from {len(step.traces):,} examples."
        )
    dim = step.before.V.shape[1]
    header = [
        "update",
        "epoch",
        "learning_rate",
        "example",
        "loss",
        "vector",
        "row",
        "word",
        "score",
        "P",
        "y",
        "error",
    ]
    header += [f"{name}_{i + 1}" for name in ("before", "gradient", "after") for i in range(dim)]
    return ("\ufeff" + _csv(header, _update_rows(step, words))).encode()


def table_cells(step: Step) -> int:
    """Return how many numbers the table of an update has."""
    dim = step.before.dim
    vectors = sum([len(trace.rows) + len(trace.example.inputs) for trace in step.traces])
    return vectors * (_NUMBERS_OF_A_ROW + 3 * dim)


def _update_rows(step: Step, words: Sequence[str]) -> Iterable[list[Cell]]:
    before, after = step.before, step.after
    tree = len(before.U) != len(words)  # the rows of U are inner nodes
    for number, trace in enumerate(step.traces):
        about: list[Cell] = [step.index, step.epoch, step.learning_rate, number, trace.loss]
        for i, gradient in zip(trace.example.inputs, trace.grad_V, strict=True):
            vectors = [*before.V[i].tolist(), *gradient.tolist(), *after.V[i].tolist()]
            yield [*about, "v", i, safe_cell(words[i]), "", "", "", "", *vectors]
        columns = (trace.scores, trace.P, trace.labels, trace.error)
        numbers = zip(*(column.tolist() for column in columns), strict=True)
        for i, four, gradient in zip(trace.rows.tolist(), numbers, trace.grad_U, strict=True):
            name = f"node {i}" if tree else safe_cell(words[i])
            vectors = [*before.U[i].tolist(), *gradient.tolist(), *after.U[i].tolist()]
            yield [*about, "u", i, name, *four, *vectors]


def _csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(header)
    writer.writerows([_finite(cell) for cell in row] for row in rows)
    return sheet.getvalue()


def _finite(cell: Cell) -> Cell:
    """A gap for what no spreadsheet takes for a number: infinity, and not a number."""
    return "" if isinstance(cell, float) and not math.isfinite(cell) else cell
