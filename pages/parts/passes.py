"""The passes of a whole text with the face of a run, for the pages that look at moments: a moment is a pass here."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from pages.parts.player.record import run_id
from w2v import Config, Corpus, Parameters, WholeTextRun
from w2v.arrays import Floats

LONG_ENOUGH = 4  # letters
AMONG = 300  # most frequent words


BYTES = 20_000_000  # of vectors kept for a visitor


class Passes:
    """A WholeTextRun as the pages see it: its moments are passes.

    run : what was trained; of a large model, only as many passes are kept as fit into `BYTES`
    at  : (n_steps + 1,) the number of the pass of each moment: 0, 1, 2, ... unless some were let go
    """

    stopped = None

    def __init__(self, run: WholeTextRun) -> None:
        first = run.parameters(0)
        most = max(3, BYTES // (first.V.nbytes // 2 + first.U.nbytes // 2))  # frames are kept in single precision
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
    def plan(self) -> "Passes":
        """Itself: of a plan, the pages want the words."""
        return self

    @property
    def n_words(self) -> int:
        """Size of the vocabulary."""
        return len(self.corpus.vocabulary)

    @property
    def n_steps(self) -> int:
        """The last moment."""
        return len(self.at) - 1

    @property
    def best(self) -> int:
        """The moment of the best pass."""
        return self.at.index(self.run.best)

    @property
    def name(self) -> str:
        """What the player calls it."""
        return f"passes-{run_id(self.config, self.n_steps)}"

    def parameters(self, t: int) -> Parameters:
        """Return the model of moment t."""
        return self.run.parameters(self.at[t])

    def losses(self, t: int) -> tuple[float, float]:
        """Return the mean loss at moment t > 0 of the pairs learned from and of those kept aside, nats."""
        return float(self.run.losses[self.at[t] - 1]), float(self.run.heldout_losses[self.at[t] - 1])

    @cached_property
    def moments_of_losses(self) -> Floats:
        """Where the losses of all passes lie among the moments, (n_passes,): those of passes let go, between."""
        moments: Floats = np.interp(np.arange(1, self.run.n_passes + 1), self.at, np.arange(len(self.at)))
        return moments

    def keyframes(self, most: int) -> list[int]:
        """Return up to `most` moments, spread evenly, the first and the last among them."""
        return np.unique(np.linspace(0, self.n_steps, min(most, self.n_steps + 1)).round().astype(int)).tolist()

    @cached_property
    def telling_word(self) -> int:
        """The id of a frequent word whose neighbors differ most from those of any word: one to begin with.

        Largest n_c KL(COUNT(c, .) / n_c || P(o)) among the most frequent words that are not very short, with the
        share taken off that chance alone would give (number of different neighbors less one, over 2).
        """
        counts = self.run.counts
        rows = counts.matrix[:AMONG].tocsr()
        n, different = counts.row_totals[:AMONG], np.diff(rows.indptr)
        of_row = np.repeat(np.arange(rows.shape[0]), different)
        share = counts.target_totals / max(1, counts.total)
        surprise = rows.data * np.log(rows.data / n[of_row] / share[rows.indices])
        telling = np.bincount(of_row, surprise, rows.shape[0]) - (different - 1) / 2
        words = self.corpus.vocabulary.words[:AMONG]
        long = np.array([len(word) >= LONG_ENOUGH for word in words])
        return int(np.argmax(np.where(long, telling, telling.min() - 1)))
