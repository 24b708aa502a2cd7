"""Training on a whole text at once, from its counts, with sentences kept aside to judge it by.

`counts.py` and `holdout.py` count the pairs (of larger texts `counting/`), `spectral_start.py` reads the first vectors
off the counts, `full_batch.py` (full softmax) or `negative_batch.py` (negative sampling) differentiates, both with
scores that come block by block from `blocks.py`. `alternating_newton.py` moves the vectors (for negative sampling along
the path of `expected_sgd.py`), `early_stopping.py` judges, `training.py` goes from pass to pass, and `pass_run.py` has
what comes of it: here of a text at hand, in `counts_run.py` of counts, with `memory.py` and `budget.py` for large ones.

Words that stand only in sentences kept aside. The vocabulary is that of the whole text, so such a word has a
probability too: l2 holds every vector near the unigram guess, in which each word has half a pair more than were
counted. Pairs that are kept aside are scored by log P(o|c) like all others, none is left out. (gensim, given the same
vocabulary, has such words as leaves of its tree, whose inner nodes it shares with others: finite as well.)
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from w2v.config import Config
from w2v.corpus import Corpus, Vocabulary
from w2v.slices import finished
from w2v.way_out import no_pairs
from w2v.whole.budget import UNLIMITED, Budget
from w2v.whole.checkpoints import FRAME_BYTES
from w2v.whole.checks import check_numbers, check_whole_text
from w2v.whole.holdout import default_share, split_counts
from w2v.whole.pass_run import Passing, PassRun, trained
from w2v.whole.training import History, Pairs, PassTraining

NO_BETTER = "This is no better than guessing by how often each word occurs: the vectors say little yet about words."
LEARNS_MORE = "A longer text, or full softmax, learns more."


@dataclass(frozen=True, eq=False, kw_only=True)
class WholeTextRun(PassRun):
    """A model trained on a whole text, with its passes; `PassRun` and `History` have the rest.

    corpus  : the text, cut into words
    holdout : share of the sentences that was asked to be kept aside
    """

    corpus: Corpus
    holdout: float

    @property
    def vocabulary(self) -> Vocabulary:
        """The words."""
        return self.corpus.vocabulary

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
        show_start: bool = False,
        budget_of: Callable[[Pairs], Budget] | None = None,
    ) -> Passing["WholeTextRun"]:
        """Train, yielding `Progress` after every pass; the return value is the WholeTextRun.

        Send True to stop: what was trained so far is returned. For `holdout`, `l2` and `max_passes` see
        `train_whole_text`. `start`, a run of the same Config and holdout, is
        gone on with from its last pass for `max_passes` more, with its own l2 and whatever the held-out loss
        does. A `corpus` already made from this Config spares making it again.
        `frame_bytes` is what the frames of all passes may take; of a larger run, some passes are not kept.
        With `show_start` the vectors to begin with can be looked at too: it yields once more, before the first pass,
        and where True is sent there it stops after that pass.
        Raises ValueError in one sentence, before the first yield, for a text or setting that cannot be trained.
        """
        begun = time.perf_counter()
        corpus = corpus or Corpus.read(config.text, config.reading, min_count=config.min_count)
        holdout = default_share(config, corpus) if holdout is None else holdout
        l2 = 0.0 if l2 is None and not config.hold_back else l2
        check_numbers(holdout, l2, max_passes)
        check_whole_text(config, corpus)
        if start:
            pairs, corpus, holdout, before = start.pairs, start.corpus, start.holdout, start.history
        else:
            pairs, before = Pairs(config, corpus.vocabulary, *split_counts(config, corpus, holdout)), None
        if pairs.counts.total == 0:
            raise no_pairs(config.min_count, config.subsample, config.pairs)
        budget = budget_of(pairs) if budget_of else UNLIMITED
        max_passes = budget.max_passes if max_passes is None else max_passes

        def run(left: History) -> WholeTextRun:
            return WholeTextRun(
                config=pairs.config,
                corpus=corpus,
                counts=pairs.counts,
                heldout_counts=pairs.heldout,
                holdout=holdout,
                **vars(left),
            )

        training = PassTraining(
            pairs, before, l2, max_passes, begun, frame_bytes, seconds=budget.seconds, quick_rounds=budget.quick_rounds
        )
        return (yield from trained(training, run, show_start))


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


def no_better_than_guessing(run: PassRun, i: int) -> bool:
    """Return whether the model after pass i guesses the pairs it learned from no better than frequencies do."""
    return i > 0 and float(run.losses[i - 1]) >= run.unigram_loss
