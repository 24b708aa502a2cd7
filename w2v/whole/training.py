"""One training on a whole text, pass by pass: it moves the vectors, judges each pass and keeps its parameters."""

import time
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from threadpoolctl import ThreadpoolController

from w2v.arrays import Floats, frozen_floats
from w2v.config import Config
from w2v.corpus import Vocabulary
from w2v.counts import Counts
from w2v.objectives import OBJECTIVES, Objective
from w2v.whole.alternating_newton import AlternatingNewton, Momentum, State
from w2v.whole.blocks import WORKERS
from w2v.whole.checkpoints import Checkpoints, Frame
from w2v.whole.early_stopping import EarlyStopping, best_pass
from w2v.whole.holdout import n_draws
from w2v.whole.optimiser import optimiser
from w2v.workers import Pool, threads

MAX_PASSES = 40
L2_PER_PAIR = 3.0  # times the pairs per word of the text: the pairs of one window say partly the same
LARGE_L2_SHARE = 0.5  # of the usual l2, tried first where words are many: see `counts_run.py`
_START = 0  # stream of randomness, numbered as in `plan.py`

Ended = Literal["max_passes", "heldout", "asked", "time"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """What is trained.

    config     : how
    vocabulary : the words, with their counts in the text
    counts     : the pairs to learn from
    heldout    : the pairs of the sentences kept aside; its `total` is 0 when there are none
    is_large   : whether the words are so many that training is begun as `counts_run.py` says
    """

    config: Config
    vocabulary: Vocabulary
    counts: Counts
    heldout: Counts
    is_large: bool = False

    @cached_property
    def objective(self) -> Objective:
        """The objective that the Config names, for the words of this text."""
        return OBJECTIVES[self.config.objective].of_text(self.vocabulary.counts, self.config)

    @cached_property
    def unigram_loss(self) -> float:
        """The mean loss of guessing by how often each word is a target, on the pairs to learn from, nats."""
        return self.objective.unigram_loss(self.counts)

    def best_pass(self, losses: Floats, heldout_losses: Floats) -> int:
        """Return how many passes make the best model, given the losses of the first ones: see `PassRun.best`."""
        if self.heldout.total == 0:
            return len(losses)
        return best_pass(losses, heldout_losses, self.unigram_loss if self.objective.on_schedule else np.inf)

    def usual_l2(self) -> float:
        """Return the l2 to try first: in proportion to the pairs for each word of the text that is learned from."""
        share = self.counts.total / max(1, self.counts.total + self.heldout.total)
        n_tokens = max(1, round(share * int(self.vocabulary.counts.sum())))
        per_pair = L2_PER_PAIR * (LARGE_L2_SHARE if self.is_large else 1.0)
        return per_pair * self.counts.total / n_tokens


@dataclass(frozen=True, eq=False, kw_only=True)
class History:
    """What the passes of a training have left.

    l2             : how strongly vectors were held back in the best pass, in units of summed pairs
    losses         : (n_passes,) mean loss over all pairs learned from, after each pass, nats: `losses[i - 1]` is
                     that of the parameters after pass i. Computed in float32 for more than 300 words, right to 1e-4
    heldout_losses : (n_passes,) the same over the pairs kept aside; nan when there are none
    seconds        : time spent here, counting included, without what was done between two reports
    ended          : "max_passes" (or no step led downhill any more), "heldout" (the held-out loss had stopped
                     falling), "asked" (by whoever drove the training) or "time" (that was given was over)
    frames         : V and U after 0, 1, ..., n_passes passes; None for some passes of a large model, whose
                     frames would take more than 128 MB, or what was allowed
    """

    l2: float = 0.0
    losses: Floats = field(default_factory=lambda: frozen_floats([]))
    heldout_losses: Floats = field(default_factory=lambda: frozen_floats([]))
    seconds: float = 0.0
    ended: Ended = "max_passes"
    frames: tuple[Frame | None, ...] = ()


@dataclass(frozen=True, eq=False)
class Midway:
    """What a training on its way knows besides its history: with both it comes to the same end, bit for bit.

    planned  : passes at most
    stopping : what says when it ends, and what l2 is
    momentum : of the optimiser
    """

    planned: int
    stopping: EarlyStopping
    momentum: Momentum


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass that was done: how many there are now, their end at the latest, its losses, and the time till then."""

    n_passes: int
    max_passes: int
    loss: float
    heldout_loss: float | None
    seconds: float


class PassTraining:
    """A training on its way.

    pairs       : what is trained
    before      : the history to go on from; None to begin
    l2          : None to find the best one for the sentences kept aside
    n_passes    : to do; None for the usual number
    begun       : when it began, on the clock of `time.perf_counter`
    frame_bytes : what the parameters of all passes may take
    midway      : with the history of then, to go on as if it had never stopped; else going on adds passes
    seconds     : after which no more pass is begun that would not end before
    quick_rounds : of quick passes, where there is no time for others
    """

    def __init__(
        self,
        pairs: Pairs,
        before: History | None,
        l2: float | None,
        n_passes: int | None,
        begun: float,
        frame_bytes: int,
        midway: Midway | None = None,
        seconds: float = float("inf"),
        quick_rounds: int = 0,
    ) -> None:
        self.pairs, self.before, self.begun = pairs, before or History(), begun
        self.from_scratch = before is None or midway is not None
        self._midway, self._most_seconds, self._quick_rounds = midway, seconds, quick_rounds
        self.has_heldout = pairs.heldout.total > 0
        # An objective on a schedule follows it to the end, whatever is kept aside: see `early_stopping.py`
        self.stops_early = self.has_heldout and self.from_scratch and not pairs.objective.on_schedule
        self.losses, self.heldout_losses = self.before.losses.tolist(), self.before.heldout_losses.tolist()
        self.planned = len(self.losses) + (MAX_PASSES if n_passes is None else n_passes)
        self.checkpoints = Checkpoints(self.before.frames, frame_bytes)
        if not self.from_scratch:
            first_l2 = self.before.l2
        elif l2 is not None:
            first_l2 = float(l2)
        else:
            first_l2 = pairs.usual_l2() if self.stops_early else 0.0
        self.stopping = EarlyStopping(first_l2, search=l2 is None and first_l2 > 0)
        if midway:
            self.planned, self.stopping = midway.planned, midway.stopping
        self._ended: Ended = "heldout" if self.stopping.has_searched else "max_passes"

    def passes(self, show_start: bool = False) -> Generator[Pass, bool | None, Ended]:
        """Do the passes; yields after each, stops when True is sent, returns why it ended.

        show_start : whether to yield before the first one too; who sends True there has one pass all the same
        """
        blas = ThreadpoolController()
        with threads(WORKERS) as pool:
            with blas.limit(limits=1, user_api="blas"):  # the workers are the threads
                at = self._at = self._optimiser(pool)
            if self._midway and self._is_over(at, moved=True):
                return self._ended
            asked: bool | None = None
            if show_start:
                asked = yield from self._told(Pass(len(self.losses), self.planned, float("nan"), None, self._seconds()))
            longest, began = 0.0, self._seconds()
            while len(self.losses) < self.planned:
                if longest and self._seconds() + longest > self._most_seconds:
                    return "time"
                with blas.limit(limits=1, user_api="blas"):
                    moved = at.advance()
                if moved:
                    asked = (yield from self._told(self._record(at.state))) or asked
                    if asked:
                        return "asked"
                if self._is_over(at, moved):
                    break
                longest, began = max(longest, self._seconds() - began), self._seconds()
        return self._ended

    def _is_over(self, at: AlternatingNewton, moved: bool) -> bool:
        """Return whether this is the end; where another l2 may do better, go on with that."""
        if not self.stops_early:
            return not moved
        if moved and not self.stopping.out_of_patience():
            return False
        self._ended = "heldout"
        if not self.stopping.try_next_l2():
            return True
        at.l2 = self.stopping.l2
        at.go_to(*self.checkpoints[self._best()])
        return False

    def midway(self) -> Midway:
        """Return what it knows besides its history; valid until the next pass."""
        return Midway(self.planned, self.stopping, self._at.momentum)

    def _told(self, report: Pass) -> Generator[Pass, bool | None, bool | None]:
        """Yield a report and return what was sent; what the listener does meanwhile is not training."""
        left = time.perf_counter()
        asked = yield report
        self.begun += time.perf_counter() - left
        return asked

    def _seconds(self) -> float:
        """How long it has taken until now."""
        return self.before.seconds + time.perf_counter() - self.begun

    def history(self, ended: Ended) -> History:
        """Return what the passes so far have left, arrays read-only."""
        stopping = self.stopping
        return History(
            l2=stopping.history[stopping.best][1] if self.from_scratch and stopping.history else stopping.l2,
            losses=frozen_floats(self.losses),
            heldout_losses=frozen_floats(self.heldout_losses),
            seconds=self._seconds(),
            ended=ended,
            frames=self.checkpoints.frozen(),
        )

    def _optimiser(self, pool: Pool) -> AlternatingNewton:
        """Return the optimiser, where the last pass ended or at the vectors to begin with."""
        pairs, config = self.pairs, self.pairs.config
        made = optimiser(
            pairs.objective,
            pairs.counts,
            pairs.heldout if self.has_heldout else None,
            config.dim,
            self.stopping.l2,
            pool,
            last=self.checkpoints[-1] if self.before.frames else None,
            rng=np.random.default_rng([config.seed, _START, 0]),
            planned=self.planned,
            done=0 if self._midway else len(self.losses),
            n_draws=n_draws(config),
            momentum=self._midway.momentum if self._midway else None,
            quick_rounds=self._quick_rounds,
            settles_rare=pairs.is_large,
        )
        if not self.before.frames:
            self.checkpoints.begin(made.V.rows, made.U.rows)
        return made

    def _record(self, state: State) -> Pass:
        """Keep what a pass has come to."""
        loss, heldout_loss = state.losses
        self.losses.append(loss)
        self.heldout_losses.append(float("nan") if heldout_loss is None else heldout_loss)
        if heldout_loss is not None:
            self.stopping.record(heldout_loss)
        self.checkpoints.add(state.V, state.U, self._best())
        seconds = self.before.seconds + state.ready - self.begun
        return Pass(len(self.losses), self.planned, loss, heldout_loss, seconds)

    def _best(self) -> int:
        return self.pairs.best_pass(np.array(self.losses), np.array(self.heldout_losses))
