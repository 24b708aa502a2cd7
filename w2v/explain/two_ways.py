"""The same pair of words, at the same moment, in models that learn in different ways: what moves, and what it costs."""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Ints
from w2v.learning import Step, Trace
from w2v.objectives import Objective
from w2v.run import Run

LARGE = 50_000  # words of a vocabulary as it is in use


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pair of words stands in the training of a text: runs of the same text and windows have the same places.

    epoch  : number of the pass over the text, from 0
    window : number of the window in it, from 0
    slot   : which context word of the window, from 0
    """

    epoch: int
    window: int
    slot: int


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """What one model does with the pair.

    t      : number of the update
    step   : its record
    trace  : of this pair in it; with CBOW of the window in which the pair stands
    rows   : the rows of U that take part, each once, in order
    inputs : the rows of V that take part, each once, in order
    drawn  : the rows that were drawn to be wrong, as they were drawn; none where nothing is drawn
    true_by_chance : those of them, each once, that the text does have beside the input
    cost   : multiplications of this one example, see `multiplications`
    one_vector : whether V and U are one matrix, so that a row of both moves once
    """

    t: int
    step: Step
    trace: Trace
    rows: Ints
    inputs: Ints
    drawn: Ints
    true_by_chance: Ints
    cost: int
    one_vector: bool = False

    @property
    def n_vectors(self) -> int:
        """How many vectors move."""
        return len(np.union1d(self.rows, self.inputs)) if self.one_vector else len(self.rows) + len(self.inputs)

    @property
    def n_numbers(self) -> int:
        """How many numbers move."""
        return self.n_vectors * self.step.before.dim


def place_of(run: Run, t: int) -> Place:
    """Return where the first pair of update t stands; with CBOW the first context word of its window."""
    plan = run.plan
    epoch = plan.epoch_of(t)
    examples = plan.epoch(epoch)
    first = int(examples.group_start[t - int(plan.epoch_start[epoch])])
    return Place(epoch, int(examples.window[first]), max(0, int(examples.slot[first])))


def pair_at(run: Run, place: Place) -> tuple[int, int]:
    """Return the ids of the center and of the context word that stand at a place."""
    windows = run.plan.epoch(place.epoch).windows
    return int(windows.centers[place.window]), int(
        windows.context[int(windows.context_start[place.window]) + place.slot]
    )


def way_at(run: Run, place: Place) -> Way | None:
    """Return what a run did with the pair at a place; None if it ended before."""
    plan = run.plan
    examples = plan.epoch(place.epoch)
    first, past = np.searchsorted(examples.window, [place.window, place.window + 1]).tolist()
    example = min(first + place.slot, past - 1)  # CBOW has one example for the whole window
    group = int(np.searchsorted(examples.group_start, example, side="right")) - 1
    t = int(plan.epoch_start[place.epoch]) + group
    if t >= run.n_steps:
        return None
    step = run.step(t)
    trace = step.traces[example - int(examples.group_start[group])]
    drawn = plan.objective.draws_of(trace.rows)
    drawn = trace.rows[:0] if drawn is None else drawn
    seen = plan.goal.counts.row(plan.goal.row_of(trace.example.inputs))
    by_chance = np.unique(drawn[seen[drawn] > 0])
    inputs = trace.example.inputs
    cost = multiplications(len(trace.rows), len(inputs), step.before.dim)
    rows, inputs = np.unique(trace.rows), np.unique(inputs)
    return Way(t, step, trace, rows, inputs, drawn, by_chance, cost, run.config.one_vector)


def multiplications(n_rows: int, n_inputs: int, dim: int) -> int:
    """Return how many multiplications and divisions of vectors one example takes, in `learning.py`; exp is left out.

    Each row of U meets h four times: its score, its gradient, its part in the gradient of h, its move. The gradient
    of h is multiplied by the rate once; several inputs are divided by their number on the way in and on the way back.
    """
    return 4 * n_rows * dim + dim * (1 if n_inputs == 1 else 3)


def cost_at(objective: Objective, n_words: int, n_inputs: int, dim: int) -> int:
    """Return about how many multiplications one example would take with a vocabulary of `n_words`."""
    return multiplications(objective.rows_at(n_words), n_inputs, dim)
