"""What every training by passes leaves behind, whether its pairs came from a text at hand or from counts."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Generic, TypeVar

from w2v.config import Config
from w2v.corpus import Vocabulary
from w2v.counts import Counts
from w2v.objectives import Objective
from w2v.parameters import Parameters
from w2v.whole.training import Ended, History, Midway, Pairs, PassTraining


@dataclass(frozen=True, eq=False, kw_only=True)
class PassRun(History, ABC):
    """A model trained by passes over all pairs; `History` has its losses, what has ended it, and its frames.

    config         : how it was trained
    counts         : the pairs learned from
    heldout_counts : the pairs kept aside; its `total` is 0 when there are none
    """

    config: Config
    counts: Counts
    heldout_counts: Counts

    @property
    @abstractmethod
    def vocabulary(self) -> Vocabulary:
        """The words."""

    @property
    def window(self) -> int:
        """How far from the center context words are learned from."""
        return self.config.window

    @property
    def n_passes(self) -> int:
        """How many passes were done."""
        return len(self.losses)

    @cached_property
    def best(self) -> int:
        """The number of passes after which the held-out loss was lowest; all of them when nothing was kept aside.

        With negative sampling only passes count whose model guesses what it learned from better than by frequency,
        if there are such. Its held-out loss is lowest early, because what comes after the frequencies makes it too
        sure of itself, while the neighbors of words get better to the end.
        """
        return self.pairs.best_pass(self.losses, self.heldout_losses)

    @property
    def kept(self) -> tuple[int, ...]:
        """The passes whose parameters can be had, in order; `best` and `n_passes` are always among them.

        So is 0, the start, but for a run of counts that was saved and loaded.
        """
        return tuple(i for i, frame in enumerate(self.frames) if frame is not None)

    @property
    def objective(self) -> Objective:
        """The objective of the Config, for the words of this text."""
        return self.pairs.objective

    @cached_property
    def floor(self) -> float:
        """The lowest mean loss any model can have on the pairs learned from."""
        return self.objective.floor(self.counts)

    @property
    def unigram_loss(self) -> float:
        """The loss of guessing by how often each word is a target, on the pairs learned from."""
        return self.pairs.unigram_loss

    @cached_property
    def heldout_unigram_loss(self) -> float:
        """The same on the pairs kept aside, the guess still made from those learned from; nan when there are none."""
        return self.objective.unigram_loss(self.counts, self.heldout_counts)

    @cached_property
    def pairs(self) -> Pairs:
        """What was trained, to go on with."""
        return Pairs(self.config, self.vocabulary, self.counts, self.heldout_counts)

    @property
    def history(self) -> History:
        """What its passes have left, to go on from."""
        return History(
            l2=self.l2,
            losses=self.losses,
            heldout_losses=self.heldout_losses,
            seconds=self.seconds,
            ended=self.ended,
            frames=self.frames,
        )

    def parameters(self, i: int) -> Parameters:
        """Return the parameters after i passes, 0 <= i <= n_passes.

        Raises IndexError outside, and LookupError for a pass of a large model that is not among `kept`.
        """
        if not 0 <= i <= self.n_passes:
            raise IndexError(f"There is no pass {i}: this run has the passes 0 to {self.n_passes}.")
        frame = self.frames[i]
        if frame is None:
            raise LookupError(f"Pass {i} of this large model was not kept; {', '.join(map(str, self.kept))} were.")
        return Parameters(*frame)


Trained = TypeVar("Trained", bound=PassRun)


@dataclass(frozen=True, slots=True)
class Progress(Generic[Trained]):
    """How far training has come.

    n_passes     : passes done; 0 before the first, where the losses are nan and None
    max_passes   : when it ends at the latest
    loss         : mean loss over all pairs learned from, at the parameters after this pass, nats
    heldout_loss : mean loss over the pairs kept aside, nats; None when nothing is kept aside
    seconds      : until the parameters after this pass were there, counting included
    so_far       : makes the run as it would be if training stopped here; valid until the next pass
    midway       : makes what is needed besides it to go on as if training had never stopped; valid as long
    """

    n_passes: int
    max_passes: int
    loss: float
    heldout_loss: float | None
    seconds: float
    so_far: Callable[[], Trained]
    midway: Callable[[], Midway]


Passing = Generator[Progress[Trained], bool | None, Trained]
"""A training by passes: yields after each, stops when True is sent, returns the run."""


def trained(training: PassTraining, run: Callable[[History], Trained], show_start: bool = False) -> Passing[Trained]:
    """Train; `run` makes a run of what the passes have left. For `show_start` see `PassTraining.passes`."""

    def so_far(ended: Ended) -> Trained:
        return run(training.history(ended))

    passes = training.passes(show_start)
    asked: bool | None = None
    try:
        while True:
            done = passes.send(asked)
            asked = yield Progress(
                done.n_passes,
                done.max_passes,
                done.loss,
                done.heldout_loss,
                done.seconds,
                partial(so_far, "asked"),
                training.midway,
            )
    except StopIteration as end:
        return so_far(end.value)
