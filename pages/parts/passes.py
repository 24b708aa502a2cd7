"""The passes of a whole text with the face of a run, for the pages that look at moments: a moment is a pass here."""

import numpy as np

from pages.parts.player.record import run_id
from w2v import Config, Corpus, Parameters, WholeTextRun


class Passes:
    """A WholeTextRun as the pages see it: moment i is the model after i passes.

    run : what was trained
    """

    stopped = None

    def __init__(self, run: WholeTextRun) -> None:
        self.run = run

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
        """How many passes there are."""
        return self.run.n_passes

    @property
    def name(self) -> str:
        """What the player calls it."""
        return f"passes-{run_id(self.config, self.n_steps)}"

    def parameters(self, t: int) -> Parameters:
        """Return the model after t passes."""
        return self.run.parameters(t)

    def keyframes(self, most: int) -> list[int]:
        """Return up to `most` passes, spread evenly, the first and the last among them."""
        return np.unique(np.linspace(0, self.n_steps, min(most, self.n_steps + 1)).round().astype(int)).tolist()
