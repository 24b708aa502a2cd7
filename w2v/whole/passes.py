"""The passes of a whole text as moments (`moments.py`): what every page can look at, a moment being a pass here.

A `WholeTextRun` may have let some passes go for memory's sake, and more are let go here. So moments are numbered anew,
without gaps; `at` says which pass each is.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from w2v.arrays import Floats
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.goal import share_of_the_way
from w2v.moments import LONG_ENOUGH, Stopped, Unit, name_of
from w2v.parameters import Parameters
from w2v.whole.whole_text import WholeTextRun

TELLING_AMONG = 300  # most frequent words
KEPT_BYTES = 30_000_000  # of vectors, in single precision: all passes of 200,000 words of Shakespeare


class Passes:
    """A `WholeTextRun` that answers as `Moments`.

    run : what was trained; of a large model, only as many passes are kept as fit into `KEPT_BYTES`, the start, the
          best and the last among them
    at  : (n_moments,) the number of the pass of each moment: 0, 1, 2, ... unless some were let go
    """

    unit: Unit = "pass"

    def __init__(self, run: WholeTextRun) -> None:
        first = run.parameters(0)
        most = max(3, KEPT_BYTES // (first.V.nbytes // 2 + first.U.nbytes // 2))  # frames are kept in single precision
        wanted = {run.kept[i] for i in np.linspace(0, len(run.kept) - 1, min(most, len(run.kept))).round().astype(int)}
        self.at = tuple(sorted({*wanted, run.best} & {*run.kept}))
        frames = tuple(frame if i in self.at else None for i, frame in enumerate(run.frames))
        self.run = replace(run, frames=frames)

    @property
    def config(self) -> Config:
        """What was trained."""
        return self.run.config

    @property
    def corpus(self) -> Corpus:
        """Its text, cut into words."""
        return self.run.corpus

    @property
    def n_moments(self) -> int:
        """How many passes are kept, the start among them."""
        return len(self.at)

    @property
    def best(self) -> int:
        """The moment of the best pass."""
        return self.at.index(self.run.best)

    @cached_property
    def to_the_best(self) -> "Passes":
        """The same as if training had ended at the best pass; itself where it did."""
        run, best = self.run, self.run.best
        if best == run.n_passes:
            return self
        losses, heldout = run.losses[:best], run.heldout_losses[:best]
        return Passes(replace(run, losses=losses, heldout_losses=heldout, frames=run.frames[: best + 1]))

    @property
    def name(self) -> str:
        """See `Moments`."""
        return name_of(self.config, self.n_moments, self.unit)

    @property
    def n_bytes(self) -> int:
        """How much memory its past takes: of the parameters that are kept, and of what was counted."""
        frames: int = sum(V.nbytes + U.nbytes for V, U in filter(None, self.run.frames))
        matrices = [counts.matrix for counts in (self.run.counts, self.run.heldout_counts)]
        return frames + int(sum(m.data.nbytes + m.indices.nbytes + m.indptr.nbytes for m in matrices))

    @property
    def floor(self) -> float:
        """See `Moments`."""
        return self.run.floor

    @property
    def guess(self) -> float:
        """The mean loss of guessing by how often each word occurs: that is where passes begin."""
        return self.run.unigram_loss

    def share_of_the_way(self, loss: float) -> float:
        """Return how far `loss` has come from guessing (0, also for what is worse) to the floor (1)."""
        return max(0.0, share_of_the_way(loss, self.guess, self.floor))

    @property
    def stopped(self) -> Stopped | None:
        """Set when whoever drove the training asked it to stop."""
        return Stopped(self.run.n_passes, "asked") if self.run.ended == "asked" else None

    def parameters(self, t: int) -> Parameters:
        """Return the parameters at moment t, those of pass `at[t]`. Raises IndexError outside 0 .. n_moments - 1."""
        if not 0 <= t < self.n_moments:
            raise IndexError(f"There is no moment {t}: these passes have the moments 0 to {self.n_moments - 1}.")
        return self.run.parameters(self.at[t])

    def losses(self, t: int) -> tuple[float, float]:
        """Return the mean loss at moment t > 0 of the pairs learned from and of those kept aside, nats.

        The second is nan when none are kept aside. The start has no losses.
        """
        return float(self.run.losses[self.at[t] - 1]), float(self.run.heldout_losses[self.at[t] - 1])

    def keyframes(self, most: int) -> list[int]:
        """Return up to `most` moments, spread evenly, the first and the last among them."""
        picks = np.linspace(0, self.n_moments - 1, min(most, self.n_moments))
        return [int(t) for t in np.unique(picks.round())]

    def loss_curve(self, most: int = 200) -> tuple[Sequence[float], Floats]:
        """Return where all passes lie among the moments, and the mean loss after each, nats; both (n_passes,).

        A pass that was let go lies between two moments. All are returned, whatever `most` is: passes are few.
        """
        return np.interp(
            np.arange(1, self.run.n_passes + 1), self.at, np.arange(len(self.at))
        ).tolist(), self.run.losses

    @cached_property
    def telling_word(self) -> int:
        """The id of a frequent word whose neighbors differ most from those of any word: one to begin with.

        See `Counts.telling`; among the most frequent words that are not very short.
        """
        telling = self.run.counts.telling(TELLING_AMONG)
        words = self.corpus.vocabulary.words[:TELLING_AMONG]
        long = np.array([len(word) >= LONG_ENOUGH for word in words])
        return int(np.argmax(np.where(long, telling, telling.min() - 1)))
