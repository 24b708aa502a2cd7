"""What training heads for: the counts of the examples it really sees, and the losses they imply."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from w2v.arrays import Floats
from w2v.counts import Counts
from w2v.objectives import Objective
from w2v.parameters import Parameters

_NO_ROOM = 1e-12  # nats between guessing and the floor that are nothing but rounding


def share_of_the_way(loss: float, guess: float, floor: float) -> float:
    """Return how far a loss has come from guessing (0) to the floor (1); below 0 it is worse than guessing.

    Where guessing is as good as any model can be, to the last digits, 1 is returned.
    """
    room = guess - floor
    return (guess - loss) / room if room > _NO_ROOM else 1.0


@dataclass(frozen=True, eq=False)
class Goal:
    """The examples of a run, counted, and the best and the laziest loss for them.

    counts    : row i counts the targets predicted from `inputs[i]`
    inputs    : the input words of each row: (c,) for skip-gram, the sorted context words for CBOW
    objective : what the losses are measured with

    All losses are means per example in nats; for negative sampling, expectations over its draws.
    """

    counts: Counts
    inputs: tuple[tuple[int, ...], ...]
    objective: Objective

    @cached_property
    def _row_numbers(self) -> dict[tuple[int, ...], int]:
        return {words: row for row, words in enumerate(self.inputs)}

    def row_of(self, inputs: tuple[int, ...]) -> int:
        """Return the row of these input words; their order does not matter. Raises KeyError for unseen ones."""
        return self._row_numbers[tuple(sorted(inputs))]

    def target(self, row: int) -> Floats:
        """Return what the model should say of every word for these inputs, (n_words,).

        For both softmaxes the count ratio. For negative sampling the share of true words among all times
        the word was asked about, which its sigma(u . v) heads for (Levy and Goldberg 2014, section 3.1).
        """
        return self.objective.target(self.counts, row)

    @cached_property
    def floor(self) -> float:
        """No model of any size has a lower mean loss on these examples."""
        return self.objective.floor(self.counts)

    @cached_property
    def unigram(self) -> float | None:
        """The loss of a guess that knows how often words occur but ignores the input; None for negative sampling."""
        return self.objective.unigram_loss(self.counts) if self.objective.sums_to_one else None

    @cached_property
    def uniform(self) -> float:
        """The loss of knowing nothing: all words alike, or, for negative sampling, every answer one half."""
        return self.objective.uniform_loss(self.counts)

    def share_of_the_way(self, loss: float) -> float:
        """Return how far `loss` has come from guessing (0) to the floor (1)."""
        return share_of_the_way(loss, self.uniform, self.floor)

    def hidden(self, parameters: Parameters, rows: slice) -> Floats:
        """Return h for a block of rows, (rows, dim): the mean of each row's input vectors."""
        inputs = self.inputs[rows]
        if all(len(words) == 1 for words in inputs):
            return parameters.V[[words[0] for words in inputs]]
        return np.array([parameters.V[list(words)].mean(axis=0) for words in inputs])

    def mean_loss(self, parameters: Parameters) -> float:
        """Return the mean loss over all examples at these parameters: the curve that heads for the floor."""
        total = 0.0
        for rows in self.counts.row_blocks():
            for part in self.objective.losses(self.counts.matrix[rows], self.hidden(parameters, rows), parameters.U):
                total += part
        return total / self.counts.total
