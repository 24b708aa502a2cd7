"""Training on a whole text at once: exact full softmax from the counts, with sentences kept aside to judge it by."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from w2v.alternating import Alternating
from w2v.arrays import Floats, frozen_floats
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counts import Counts
from w2v.full_batch import FullBatch
from w2v.holdout import split_counts
from w2v.parameters import Parameters
from w2v.plan import MAX_WORDS

MAX_PASSES = 40
PATIENCE = 3  # passes without a better held-out loss


@dataclass(frozen=True, slots=True)
class Progress:
    """How far training has come.

    n_passes     : passes done
    max_passes   : when it ends at the latest
    loss         : mean loss over all pairs learned from, at the parameters after this pass, nats
    heldout_loss : mean loss over the pairs kept aside, nats; None when nothing is kept aside
    seconds      : since the start, counting included
    so_far       : the run so far, as if training were stopped now
    """

    n_passes: int
    max_passes: int
    loss: float
    heldout_loss: float | None
    seconds: float
    so_far: "WholeTextRun | None" = None


Ended = Literal["max_passes", "heldout", "asked"]
Training = Generator[Progress, bool | None, "WholeTextRun"]


@dataclass(frozen=True, eq=False)
class WholeTextRun:
    """A model trained on a whole text, with all its passes.

    config         : what was trained
    corpus         : its text, cut into words
    counts         : the pairs learned from
    heldout_counts : the pairs of the sentences kept aside; its `total` is 0 when there are none
    holdout        : share of the sentences that was asked to be kept aside
    l2             : how strongly the vectors were held back
    losses         : (n_passes,) mean loss over all pairs learned from, after each pass, nats: `losses[i - 1]` is
                     that of `parameters(i)`
    heldout_losses : (n_passes,) the same over the pairs kept aside; nan when there are none
    seconds        : time spent, counting included
    ended          : "max_passes", "heldout" (the held-out loss had stopped falling) or "asked" (by whoever
                     drove the training)
    frames         : the parameters after 0, 1, ..., n_passes passes
    """

    config: Config
    corpus: Corpus
    counts: Counts
    heldout_counts: Counts
    holdout: float
    l2: float
    losses: Floats
    heldout_losses: Floats
    seconds: float
    ended: Ended
    frames: tuple[tuple[Any, Any], ...]

    @property
    def n_passes(self) -> int:
        """How many passes were done."""
        return len(self.losses)

    @property
    def best(self) -> int:
        """The number of passes after which the held-out loss was lowest; all of them when nothing was kept aside."""
        if self.n_passes == 0 or self.heldout_counts.total == 0:
            return self.n_passes
        return int(np.argmin(self.heldout_losses)) + 1

    @property
    def floor(self) -> float:
        """The lowest mean loss any model can have on the pairs learned from."""
        return self.counts.floor

    @property
    def unigram_loss(self) -> float:
        """The loss of guessing by how often each word is a target, on the pairs learned from."""
        return self.counts.unigram_loss

    def parameters(self, i: int) -> Parameters:
        """Return the parameters after i passes, 0 <= i <= n_passes. Raises IndexError outside."""
        if not 0 <= i <= self.n_passes:
            raise IndexError(f"There is no pass {i}: this run has the passes 0 to {self.n_passes}.")
        return Parameters(*self.frames[i])

    @staticmethod
    def train(
        config: Config,
        *,
        holdout: float = 0.1,
        l2: float | None = None,
        max_passes: int | None = None,
        corpus: Corpus | None = None,
        start: "WholeTextRun | None" = None,
    ) -> Training:
        """Train, yielding `Progress` after every pass; the return value is the WholeTextRun.

        Send True to stop: what was trained so far is returned. `start`, a run of the same Config, is gone on with
        for `max_passes` more passes. A `corpus` already made from this Config spares making it again.
        Raises ValueError in one sentence, before the first yield, for a text or setting that cannot be trained.
        """
        begun = time.perf_counter()
        corpus = corpus or Corpus.from_text(config.text, lowercase=config.lowercase, min_count=config.min_count)
        _check(config, corpus, holdout, l2, max_passes)
        counts, heldout_counts = split_counts(config, corpus, holdout)
        if counts.total == 0:
            raise ValueError("No two words of this text stand in one sentence: put some words on one line.")
        watched = heldout_counts.total > 0
        l2 = start.l2 if start else l2 if l2 is not None else (20.0 if watched else 0.0)
        planned = (start.n_passes if start else 0) + (MAX_PASSES if max_passes is None else max_passes)
        dtype = np.float64 if len(corpus.vocabulary) <= 1_000 else np.float32
        batch = FullBatch(counts, heldout_counts if watched else None, dtype)
        walk = Alternating(batch, config.dim, l2, np.random.default_rng([config.seed, 0, 0]))
        frames = list(start.frames) if start else [walk.parameters()]
        losses = list(start.losses) if start else []
        heldout = list(start.heldout_losses) if start else []
        before = start.seconds if start else 0.0
        walk.V, walk.U = (m.astype(dtype) for m in frames[-1])
        ended: Ended = "max_passes"

        def so_far() -> WholeTextRun:
            return WholeTextRun(
                config,
                corpus,
                counts,
                heldout_counts,
                holdout,
                l2,
                frozen_floats(losses),
                frozen_floats(heldout),
                before + time.perf_counter() - begun,
                ended,
                tuple(frames),
            )

        while len(losses) < planned:
            loss, heldout_loss = walk.advance()
            losses.append(loss)
            heldout.append(heldout_loss)
            frames.append(walk.parameters())
            seconds = before + time.perf_counter() - begun
            asked = yield Progress(len(losses), planned, loss, heldout_loss if watched else None, seconds, so_far())
            if asked:
                ended = "asked"
                break
            if watched and len(losses) - 1 - int(np.argmin(heldout)) >= PATIENCE and start is None:
                ended = "heldout"
                break
        return so_far()


def train_whole_text(
    config: Config, *, holdout: float = 0.1, l2: float | None = None, max_passes: int | None = None
) -> WholeTextRun:
    """Train full softmax on all pairs of a text at once, and return the run with all its passes.

    holdout    : share of the sentences kept aside; training stops when their loss stops falling
    l2         : how strongly vectors are held back, in units of summed pairs; None chooses
    max_passes : passes at most

    Raises ValueError in one sentence for a text or setting that cannot be trained.
    """
    training = WholeTextRun.train(config, holdout=holdout, l2=l2, max_passes=max_passes)
    while True:
        try:
            next(training)
        except StopIteration as end:
            run: WholeTextRun = end.value
            return run


def check_whole_text(config: Config, corpus: Corpus) -> None:
    """Raise ValueError in one sentence if this text cannot be trained as a whole with these settings."""
    _check(config, corpus, 0.1, None, None)
    if all(len(sentence) < 2 for sentence in corpus.encoded):
        raise ValueError("No two words of this text stand in one sentence: put some words on one line.")


def _check(config: Config, corpus: Corpus, holdout: float, l2: float | None, max_passes: int | None) -> None:
    if config.architecture != "skip-gram":
        raise ValueError("A whole text is trained as skip-gram: CBOW has no counts to learn from.")
    if config.objective == "hierarchical":
        raise ValueError("A whole text is trained with full softmax or negative sampling: choose one of these.")
    n_words = len(corpus.vocabulary)
    if n_words > MAX_WORDS:
        enough = int(corpus.vocabulary.counts[MAX_WORDS]) + 1
        raise ValueError(
            f"This text has {n_words:,} different words, and a whole text can be trained with {MAX_WORDS:,}: "
            f"raise the minimum count to {enough}."
        )
    if not 0 <= holdout <= 0.5:
        raise ValueError("The share kept aside must be a number from 0 to 0.5.")
    if l2 is not None and not 0 <= l2 <= 1e9:
        raise ValueError("l2 must be a number of at least 0.")
    if max_passes is not None and max_passes < 0:
        raise ValueError("max_passes must be a whole number of at least 0.")
