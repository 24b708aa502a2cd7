"""Training on a whole text at once, from its counts, with sentences kept aside to judge it by.

`counts.py` and `holdout.py` count the pairs, `spectral_start.py` reads the first vectors off the counts,
`full_batch.py` (full softmax) or `negative_batch.py` (negative sampling) differentiates, `alternating.py` moves the
vectors (for negative sampling at the pace of `gentle.py`), `early_stopping.py` judges.

Words that stand only in sentences kept aside. The vocabulary is that of the whole text, so such a word has a
probability too: l2 holds every vector near the unigram guess, in which each word has half a pair more than were
counted. Pairs that are kept aside are scored by log P(o|c) like all others, none is left out. (gensim, given the same
vocabulary, has such words as leaves of its tree, whose inner nodes it shares with others: finite as well.)
"""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from threadpoolctl import ThreadpoolController

from w2v.arrays import Floats, frozen, frozen_floats
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counts import Counts
from w2v.objectives import MAX_WORDS, NegativeSampling, unigram_noise
from w2v.objectives.negative import negative_floor
from w2v.parameters import Parameters
from w2v.slices import finished
from w2v.whole.alternating import Alternating, State
from w2v.whole.early_stopping import EarlyStopping
from w2v.whole.full_batch import WORKERS, Reals, SoftmaxBatch
from w2v.whole.gentle import pace, small_start
from w2v.whole.holdout import n_draws, split_counts, usual_share
from w2v.whole.negative_batch import NegativeBatch
from w2v.whole.spectral_start import spectral_start, unigram_home
from w2v.workers import Pool, threads

MAX_PASSES = 40
L2_PER_PAIR = 3.0  # times the pairs per word of the text: the pairs of one window say partly the same
DOUBLE_PRECISION_UP_TO = 300  # words: below, it costs nothing
QUICK_FROM, QUICK_SHARE = 400, 0.88  # words in the vocabulary; pairs: see `alternating.py`
FRAME_BYTES = 128 * 2**20
NO_PAIRS = (
    "No two words of this text stand in one sentence: put some words on one line, "
    "lower the minimum count or the subsampling."
)
NO_BETTER = "This is no better than guessing by how often each word occurs: the vectors say little yet about words."
LEARNS_MORE = "A longer text, or full softmax, learns more."
_START = 0  # stream of randomness, numbered as in `plan.py`


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


Ended = Literal["max_passes", "heldout", "asked"]
Training = Generator[Progress, bool | None, "WholeTextRun"]
Frame = tuple[Reals, Reals]
"""V and U."""


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
        return _best(self, self.losses, self.heldout_losses)

    @property
    def kept(self) -> tuple[int, ...]:
        """The passes whose parameters can be had, in order; 0, `best` and `n_passes` are always among them."""
        return tuple(i for i, frame in enumerate(self.frames) if frame is not None)

    @cached_property
    def floor(self) -> float:
        """The lowest mean loss any model can have on the pairs learned from."""
        if self.config.objective == "negative":
            return negative_floor(self.counts, negative_sampling(self))
        return self.counts.floor

    @cached_property
    def unigram_loss(self) -> float:
        """The loss of guessing by how often each word is a target, on the pairs learned from."""
        if self.config.objective == "negative":
            return NegativeBatch(self.counts, negative_sampling(self)).home_loss()
        return self.counts.unigram_loss

    @cached_property
    def heldout_unigram_loss(self) -> float:
        """The loss of guessing by frequency on the pairs kept aside: -sum_o H(o)/H log P(o); nan when there are none.

        P comes from the pairs learned from, each count raised by one, since some words are only among those aside.
        With negative sampling the guess is the one of `NegativeBatch.home_loss`.
        """
        if self.heldout_counts.total == 0:
            return float("nan")
        if self.config.objective == "negative":
            return NegativeBatch(self.counts, negative_sampling(self), self.heldout_counts).home_loss(aside=True)
        raised = self.counts.target_totals + 1.0
        aside = self.heldout_counts.target_totals
        return float(-(aside * np.log(raised / raised.sum())).sum() / aside.sum())

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
        corpus = corpus or Corpus.from_text(config.text, lowercase=config.lowercase, min_count=config.min_count)
        holdout = usual_share(config, corpus) if holdout is None else holdout
        l2 = 0.0 if l2 is None and not config.hold_back else l2
        _check_numbers(holdout, l2, max_passes)
        check_whole_text(config, corpus)
        counts, heldout = split_counts(config, corpus, holdout)
        if counts.total == 0:
            raise ValueError(NO_PAIRS)
        run = start or WholeTextRun(
            config, corpus, counts, heldout, holdout, 0.0, _NONE, _NONE, 0.0, "max_passes", frames=()
        )
        return (yield from _Walk(run, l2, max_passes, begun, start is None, frame_bytes).train())


_NONE = frozen_floats([])


class _Walk:
    """One training on its way: what `WholeTextRun.train` keeps in mind from pass to pass."""

    def __init__(
        self, run: WholeTextRun, l2: float | None, max_passes: int | None, begun: float, fresh: bool, frame_bytes: int
    ) -> None:
        self.run, self.begun, self.fresh, self.frame_bytes = run, begun, fresh, frame_bytes
        self.watched = run.heldout_counts.total > 0
        # Negative sampling follows its schedule to the end, whatever is kept aside: see `early_stopping.py`
        self.judged = self.watched and fresh and run.config.objective == "softmax"
        self.losses, self.heldout_losses = run.losses.tolist(), run.heldout_losses.tolist()
        self.frames = list(run.frames)
        self.planned = run.n_passes + (MAX_PASSES if max_passes is None else max_passes)
        if not fresh:
            first_l2 = run.l2
        elif l2 is not None:
            first_l2 = float(l2)
        elif self.judged:
            first_l2 = L2_PER_PAIR * run.counts.total / _n_words_in_text(run)
        else:
            first_l2 = 0.0
        self.judge = EarlyStopping(first_l2, choose=l2 is None and first_l2 > 0)

    def train(self) -> Training:
        """Do the passes."""
        blas, run = ThreadpoolController(), self.run
        ended: Ended = "max_passes"
        with threads(WORKERS) as pool:
            with blas.limit(limits=1, user_api="blas"):  # the workers are the threads
                walk = self._beginning(pool)
            while len(self.losses) < self.planned:
                with blas.limit(limits=1, user_api="blas"):
                    moved = walk.advance()
                if moved:
                    heldout_loss = self._note(walk.state)
                    seconds = run.seconds + walk.state.ready - self.begun
                    progress = Progress(
                        len(self.losses), self.planned, self.losses[-1], heldout_loss, seconds, self._so_far
                    )
                    left = time.perf_counter()
                    asked = yield progress
                    self.begun += time.perf_counter() - left  # what the listener does is not training
                    if asked:
                        ended = "asked"
                        break
                if not self.judged:
                    if moved:
                        continue
                    break
                if not moved or self.judge.enough():
                    ended = "heldout"
                    if not self.judge.next_l2():
                        break
                    walk.l2 = self.judge.l2
                    walk.go_to(*self._frame(self._best()))
        return self._finished(ended)

    def _beginning(self, pool: Pool) -> Alternating:
        run, dim = self.run, self.run.config.dim
        n_words = len(run.corpus.vocabulary)
        dtype = np.float64 if n_words <= DOUBLE_PRECISION_UP_TO else np.float32
        heldout = run.heldout_counts if self.watched else None
        rng = np.random.default_rng([run.config.seed, _START, 0])
        if run.config.objective == "negative":
            negative = NegativeBatch(run.counts, negative_sampling(run), heldout, dtype, pool)
            if self.fresh:
                V, U = small_start(n_words, dim, rng)
                self.frames = [(V.astype(dtype), U.astype(dtype))]
            V, U = self._frame(-1)
            planned = pace(self.planned, run.n_passes, n_draws(run.config))
            return Alternating(negative, V, U, (0 * V, 0 * U), self.judge.l2, fresh=False, pace=planned)
        softmax = SoftmaxBatch(run.counts, heldout, dtype, pool)
        homes = unigram_home(run.counts, dim, dtype)
        if self.fresh:
            self.frames = [spectral_start(run.counts, homes, rng, held_back=self.judge.l2 > 0)]
        frequent = frequent_words(run.counts) if self.fresh and n_words >= QUICK_FROM else None
        return Alternating(softmax, *self._frame(-1), homes, self.judge.l2, self.fresh, frequent=frequent)

    def _note(self, state: State) -> float | None:
        """Remember a pass; return its held-out loss."""
        loss, heldout_loss = state.losses
        self.losses.append(loss)
        self.heldout_losses.append(float("nan") if heldout_loss is None else heldout_loss)
        self.frames.append((state.V, state.U))
        if heldout_loss is not None:
            self.judge.after_pass(heldout_loss)
        _thin_out(self.frames, self._best(), self.frame_bytes)
        return heldout_loss

    def _best(self) -> int:
        return _best(self.run, np.array(self.losses), np.array(self.heldout_losses))

    def _frame(self, i: int) -> Frame:
        frame = self.frames[i]
        assert frame is not None
        return frame

    def _so_far(self) -> WholeTextRun:
        return self._finished("asked")

    def _finished(self, ended: Ended) -> WholeTextRun:
        for frame in self.frames:
            for matrix in frame or ():
                frozen(matrix)
        run, judge = self.run, self.judge
        return WholeTextRun(
            config=run.config,
            corpus=run.corpus,
            counts=run.counts,
            heldout_counts=run.heldout_counts,
            holdout=run.holdout,
            l2=judge.history[judge.best][1] if self.fresh and judge.history else judge.l2,
            losses=frozen_floats(self.losses),
            heldout_losses=frozen_floats(self.heldout_losses),
            seconds=run.seconds + time.perf_counter() - self.begun,
            ended=ended,
            frames=tuple(self.frames),
        )


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


def negative_sampling(run: WholeTextRun) -> NegativeSampling:
    """Return the negative sampling that a run's Config asks for."""
    return NegativeSampling(run.config.negatives, unigram_noise(run.corpus.vocabulary.counts, run.config.noise_power))


def _best(run: WholeTextRun, losses: Floats, heldout_losses: Floats) -> int:
    """Return `WholeTextRun.best` of these losses, the first ones of a training."""
    if len(losses) == 0 or run.heldout_counts.total == 0:
        return len(losses)
    counts = losses < run.unigram_loss if run.config.objective == "negative" else np.full(len(losses), True)
    return int(np.argmin(np.where(counts, heldout_losses, np.inf) if counts.any() else heldout_losses)) + 1


def no_better_than_guessing(run: WholeTextRun, i: int) -> bool:
    """Return whether the model after pass i guesses the pairs it learned from no better than frequencies do."""
    return i > 0 and float(run.losses[i - 1]) >= run.unigram_loss


def frequent_words(counts: Counts) -> int:
    """Return how many words, the most frequent ones, are the center of `QUICK_SHARE` of the pairs."""
    up_to = np.cumsum(counts.row_totals)
    return min(len(up_to), int(np.searchsorted(up_to, QUICK_SHARE * up_to[-1])) + 1)


def _thin_out(frames: list[Frame | None], best: int, most_bytes: int = FRAME_BYTES) -> None:
    """Forget frames in place until the rest fits into so many bytes: all but every second, fourth, ... are left."""
    V, U = frames[-1] or (_NONE, _NONE)
    always = (best, len(frames) - 1)
    stride = 1
    while (len(frames) // stride + len(always)) * (V.nbytes + U.nbytes) > most_bytes and stride < len(frames):
        stride *= 2
    for i in range(len(frames)):
        if i % stride and i not in always:
            frames[i] = None


def _n_words_in_text(run: WholeTextRun) -> int:
    """Return how many words of the text the pairs learned from come from, about."""
    share = run.counts.total / max(1, run.counts.total + run.heldout_counts.total)
    return max(1, round(share * int(run.corpus.vocabulary.counts.sum())))


def check_whole_text(config: Config, corpus: Corpus) -> None:
    """Raise ValueError in one sentence if this text, cut by this Config, cannot be trained as a whole."""
    if config.architecture != "skip-gram":
        raise ValueError("A whole text is trained as skip-gram: the contexts of CBOW are too many to be counted.")
    if config.objective == "hierarchical":
        raise ValueError("A whole text is trained with full softmax or negative sampling: choose one of these.")
    n_words = len(corpus.vocabulary)
    if n_words > MAX_WORDS:
        enough = int(corpus.vocabulary.counts[MAX_WORDS]) + 1  # counts fall: everything from MAX_WORDS on must go
        raise ValueError(
            f"This text has {n_words:,} different words, and a whole text can be trained with {MAX_WORDS:,}: "
            f"raise the minimum count to {enough}."
        )
    if corpus.sentence_lengths.max(initial=0) < 2:
        raise ValueError(NO_PAIRS)


def _check_numbers(holdout: float, l2: float | None, max_passes: int | None) -> None:
    if not 0 <= holdout <= 0.5:
        raise ValueError("The share of sentences kept aside must be a number from 0 to 0.5.")
    if l2 is not None and not 0 <= l2 <= 1e9:
        raise ValueError("l2 must be a number from 0 to 1e9.")
    if max_passes is not None and max_passes < 0:
        raise ValueError("max_passes must be a whole number of at least 0.")
