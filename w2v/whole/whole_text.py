"""Training on a whole text at once, from its counts, with sentences kept aside to judge it by.

`counts.py` and `holdout.py` count the pairs, `spectral_start.py` reads the first vectors off the counts,
`full_batch.py` (full softmax) or `negative_batch.py` (negative sampling) differentiates, `alternating_newton.py`
moves the vectors (for negative sampling along the path of `expected_sgd.py`), `early_stopping.py` judges,
`training.py` goes from pass to pass, and the run that comes of it is here.

Words that stand only in sentences kept aside. The vocabulary is that of the whole text, so such a word has a
probability too: l2 holds every vector near the unigram guess, in which each word has half a pair more than were
counted. Pairs that are kept aside are scored by log P(o|c) like all others, none is left out. (gensim, given the same
vocabulary, has such words as leaves of its tree, whose inner nodes it shares with others: finite as well.)
"""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property, partial

from w2v.arrays import Floats
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counts import Counts
from w2v.objectives import Objective
from w2v.parameters import Parameters
from w2v.slices import finished
from w2v.way_out import no_pairs
from w2v.whole.checkpoints import FRAME_BYTES, Frame
from w2v.whole.checks import check_numbers, check_whole_text
from w2v.whole.holdout import default_share, split_counts
from w2v.whole.training import Ended, History, Pairs, PassTraining

NO_BETTER = "This is no better than guessing by how often each word occurs: the vectors say little yet about words."
LEARNS_MORE = "A longer text, or full softmax, learns more."


@dataclass(frozen=True, slots=True)
class Progress:
    """How far training has come.

    n_passes     : passes done
    max_passes   : when it ends at the latest
    loss         : mean loss over all pairs learned from, at the parameters after this pass, nats
    heldout_loss : mean loss over the pairs kept aside, nats; None when nothing is kept aside
    seconds      : until the parameters after this pass were there, counting included
    so_far       : makes the run as it would be if training stopped here; valid until the next pass
    """

    n_passes: int
    max_passes: int
    loss: float
    heldout_loss: float | None
    seconds: float
    so_far: "Callable[[], WholeTextRun]"


Training = Generator[Progress, bool | None, "WholeTextRun"]


@dataclass(frozen=True, eq=False)
class WholeTextRun:
    """A model trained on a whole text, with its passes.

    config         : what was trained
    corpus         : its text, cut into words
    counts         : the pairs learned from
    heldout_counts : the pairs of the sentences kept aside; its `total` is 0 when there are none
    holdout        : share of the sentences that was asked to be kept aside
    l2             : how strongly vectors were held back in the best pass, in units of summed pairs
    losses         : (n_passes,) mean loss over all pairs learned from, after each pass, nats: `losses[i - 1]` is
                     that of `parameters(i)`. Computed in float32 for more than 300 words, right to 1e-4
    heldout_losses : (n_passes,) the same over the pairs kept aside; nan when there are none
    seconds        : time spent here, counting included, without what was done between two reports
    ended          : "max_passes" (or no step led downhill any more), "heldout" (the held-out loss had stopped
                     falling) or "asked" (by whoever drove the training)
    frames         : V and U after 0, 1, ..., n_passes passes; None for some passes of a large model, whose
                     frames would take more than 128 MB, or what was allowed
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
    frames: tuple[Frame | None, ...]

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
        return self._pairs.best_pass(self.losses, self.heldout_losses)

    @property
    def kept(self) -> tuple[int, ...]:
        """The passes whose parameters can be had, in order; 0, `best` and `n_passes` are always among them."""
        return tuple(i for i, frame in enumerate(self.frames) if frame is not None)

    @property
    def objective(self) -> Objective:
        """The objective of the Config, for the words of this text."""
        return self._pairs.objective

    @cached_property
    def floor(self) -> float:
        """The lowest mean loss any model can have on the pairs learned from."""
        return self.objective.floor(self.counts)

    @property
    def unigram_loss(self) -> float:
        """The loss of guessing by how often each word is a target, on the pairs learned from."""
        return self._pairs.unigram_loss

    @cached_property
    def heldout_unigram_loss(self) -> float:
        """The same on the pairs kept aside, the guess still made from those learned from; nan when there are none."""
        return self.objective.unigram_loss(self.counts, self.heldout_counts)

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self.config, self.corpus, self.counts, self.heldout_counts)

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

    @staticmethod
    def train(
        config: Config,
        *,
        holdout: float | None = None,
        l2: float | None = None,
        max_passes: int | None = None,
        corpus: Corpus | None = None,
        start: "WholeTextRun | None" = None,
        frame_bytes: int = FRAME_BYTES,
    ) -> Training:
        """Train, yielding `Progress` after every pass; the return value is the WholeTextRun.

        Send True to stop: what was trained so far is returned. For `holdout`, `l2` and `max_passes` see
        `train_whole_text`. `start`, a run of the same Config and holdout, is
        gone on with from its last pass for `max_passes` more, with its own l2 and whatever the held-out loss
        does. A `corpus` already made from this Config spares making it again.
        `frame_bytes` is what the frames of all passes may take; of a larger run, some passes are not kept.
        Raises ValueError in one sentence, before the first yield, for a text or setting that cannot be trained.
        """
        begun = time.perf_counter()
        corpus = corpus or Corpus.read(config.text, config.reading, min_count=config.min_count)
        holdout = default_share(config, corpus) if holdout is None else holdout
        l2 = 0.0 if l2 is None and not config.hold_back else l2
        check_numbers(holdout, l2, max_passes)
        check_whole_text(config, corpus)
        if start:
            pairs, holdout, before = start._pairs, start.holdout, start._history
        else:
            pairs, before = Pairs(config, corpus, *split_counts(config, corpus, holdout)), None
        if pairs.counts.total == 0:
            raise no_pairs()
        training = PassTraining(pairs, before, l2, max_passes, begun, frame_bytes)

        def run(ended: Ended) -> WholeTextRun:
            left = training.history(ended)
            return WholeTextRun(pairs.config, pairs.corpus, pairs.counts, pairs.heldout, holdout, **vars(left))

        passes = training.passes()
        asked: bool | None = None
        try:
            while True:
                done = passes.send(asked)
                asked = yield Progress(
                    done.n_passes, done.max_passes, done.loss, done.heldout_loss, done.seconds, partial(run, "asked")
                )
        except StopIteration as end:
            return run(end.value)

    @property
    def _history(self) -> History:
        return History(self.l2, self.losses, self.heldout_losses, self.seconds, self.ended, self.frames)


def train_whole_text(
    config: Config, *, holdout: float | None = None, l2: float | None = None, max_passes: int | None = None
) -> WholeTextRun:
    """Train on all pairs of a text at once, and return the run with its passes.

    holdout    : share of the sentences kept aside, 0 to 0.5; the pass with their lowest loss is the best, and full
                 softmax stops soon after it. None is a tenth, but 0 for negative sampling of 20,000 words or more:
                 it goes to the end of its 20 epochs and learns from everything. A text of one sentence has nothing
                 to keep aside and is trained as with 0
    l2         : how strongly vectors are held back: l2 / 2 times their squared distances from the unigram guess is
                 added to the summed loss. None tries several and takes the best for the sentences kept aside, or 0
                 when there are none or the Config says not to. Negative sampling has 0: its many small steps hold
                 back enough
    max_passes : passes at most

    Of the Config count text, objective ("softmax" or "negative"), dim, window, seed, min_count, lowercase, hold_back,
    dynamic_window, subsample and the settings of negative sampling; the rest, `trainer` included, belongs to others.
    Dynamic windows and subsampling are drawn once for full softmax, and anew for each of the 20 epochs of negative
    sampling.
    Raises ValueError in one sentence for a text or setting that cannot be trained.
    """
    return finished(WholeTextRun.train(config, holdout=holdout, l2=l2, max_passes=max_passes))


def no_better_than_guessing(run: WholeTextRun, i: int) -> bool:
    """Return whether the model after pass i guesses the pairs it learned from no better than frequencies do."""
    return i > 0 and float(run.losses[i - 1]) >= run.unigram_loss
