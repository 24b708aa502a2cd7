"""Training on a text of any size from its counts alone: the passes of `whole_text.py`, without the text.

Full softmax sees a text only through COUNT(c, o), so that ten thousand words of text and a billion cost the same, once
they are counted. On the same pairs the run is that of `train_whole_text`, bit for bit, up to `LARGE` different words.

Beyond, where passes take long, the search for l2 begins with half of what is usual: there it ended on each text that
was looked at, speeches and a manual of software, with 5,400 to 11,600 different words. Begun there, no passes are spent
on the last thousandths of a nat for an l2 that is left afterwards. On 0.8 million words of speeches the same held-out
loss, 6.069 nats, is reached in 12 passes, not 17, and vectors are as like people as those of gensim's 20 epochs after
4 passes, not 20.

There, too, the first pass, in which frequent words alone move (`alternating_newton.py`), ends with a step of all other
rows of V, which costs next to nothing: from the unigram guess, where all of them have the same P(w|c). On such texts of
up to 18,800 different words what is held out is guessed better by 0.007 to 0.043 nats after it, the more the more words
there are. How much vectors are like people then went both ways on speeches, and up on the manual.

What was tried besides, and is not done. Quick passes (`budget.py`) to begin with, one or two of 2 rounds: they take as
much longer as they learn more. Warm-up passes up to the fourth one: they are as much shorter as they learn less. A
fourth of the usual l2: as like people sooner still, but what is held out is lost on the way, and the search goes back.
"""

import time
from dataclasses import dataclass, fields

from w2v.config import LIMITS, Config
from w2v.corpus import Vocabulary
from w2v.counting.counted_text import CountedText, CountSettings
from w2v.objectives import OBJECTIVES
from w2v.slices import finished
from w2v.whole.budget import UNLIMITED, Budget, budget_of
from w2v.whole.checkpoints import FRAME_BYTES
from w2v.whole.checks import check_counts, check_numbers
from w2v.whole.pass_run import Passing, PassRun, trained
from w2v.whole.training import History, Midway, Pairs, PassTraining

LARGE = 5_000  # different words


@dataclass(frozen=True, eq=False, kw_only=True)
class CountsRun(PassRun):
    """A model trained on a counted text, with its passes; `PassRun` and `History` have the rest.

    counted : the text as counts. `config` says how it was counted and trained, and its `text` is ""
    """

    counted: CountedText

    @property
    def vocabulary(self) -> Vocabulary:
        """The words."""
        return self.counted.vocabulary

    @property
    def window(self) -> int:
        """That of the counts, which may be larger than a Config can say."""
        return self.counted.settings.window

    @staticmethod
    def train(
        counted: CountedText,
        config: Config,
        *,
        l2: float | None = None,
        max_passes: int | None = None,
        start: History | None = None,
        midway: Midway | None = None,
        budget: Budget | None = None,
        frame_bytes: int = FRAME_BYTES,
    ) -> Passing["CountsRun"]:
        """Train, yielding `Progress` after every pass; the return value is the CountsRun.

        config : from `config_of_counts`
        start  : the history of a run on the same counts with the same Config, to be gone on with from its last pass
        midway : of the same moment, to come to the same end as if it had never stopped; see `Progress`
        budget : from `budget_of`, to end in time

        The rest is as in `WholeTextRun.train`. Raises ValueError in one sentence, before the first yield, for counts
        or settings that cannot be trained, or not in the memory of this machine.
        """
        begun = time.perf_counter()
        l2 = 0.0 if l2 is None and not config.hold_back else l2
        check_numbers(counted.settings.holdout, l2, max_passes)
        check_counts(config, counted)
        budget = budget or UNLIMITED
        max_passes = budget.max_passes if max_passes is None else max_passes
        is_large = len(counted.vocabulary) > LARGE
        pairs = Pairs(config, counted.vocabulary, counted.counts, counted.heldout, is_large)

        def run(left: History) -> CountsRun:
            return CountsRun(
                config=config, counted=counted, counts=pairs.counts, heldout_counts=pairs.heldout, **vars(left)
            )

        training = PassTraining(
            pairs, start, l2, max_passes, begun, frame_bytes, midway, budget.seconds, budget.quick_rounds
        )
        return (yield from trained(training, run))


def searches_lower(counted: CountedText, config: Config, l2: float | None) -> bool:
    """Return whether the search for l2 begins with less than what is usual; for the `l2` that is asked for, see there.

    An objective on a schedule has no search, nor has who wants no vector held back, or has nothing kept aside.
    """
    on_schedule = OBJECTIVES[config.objective].on_schedule
    searches = l2 is None and config.hold_back and counted.heldout.total > 0 and not on_schedule
    return searches and len(counted.vocabulary) > LARGE


def config_of_counts(
    settings: CountSettings,
    *,
    dim: int = 100,
    objective: str = "softmax",
    seed: int = 1,
    negatives: int = 5,
    noise_power: float = 0.75,
    hold_back: bool = True,
) -> Config:
    """Return how a counted text is trained: a Config without a text that says how it was counted, too.

    That is as far as a Config can say it: a window may be larger where nothing but counts is left of it.
    Raises ValueError in one sentence for a value that cannot be.
    """
    read = {f.name: getattr(settings.reading, f.name) for f in fields(settings.reading)}
    return Config(
        "",
        dim=dim,
        objective=objective,
        seed=seed,
        negatives=negatives,
        noise_power=noise_power,
        hold_back=hold_back,
        window=min(settings.window, int(LIMITS["window"][1])),
        min_count=min(settings.min_count, int(LIMITS["min_count"][1])),
        trainer="passes",
        **read,
    )


def train_counts(
    counted: CountedText,
    *,
    dim: int = 100,
    objective: str = "softmax",
    seed: int = 1,
    negatives: int = 5,
    noise_power: float = 0.75,
    l2: float | None = None,
    max_passes: int | None = None,
    minutes: float | None = None,
) -> CountsRun:
    """Train on a counted text of any size, and return the run with its passes.

    counted                : of up to 200,000 different words; what was kept aside was decided when it was counted
    dim, seed, noise_power : as in Config, objective ("softmax" or "negative") and negatives too
    l2, max_passes         : as in `train_whole_text`
    minutes                : that it may take; where these are too few for exact passes, see `budget.py`

    Raises ValueError in one sentence for counts or settings that cannot be trained, or not in the memory of this
    machine.
    """
    config = config_of_counts(
        counted.settings, dim=dim, objective=objective, seed=seed, negatives=negatives, noise_power=noise_power
    )
    check_counts(config, counted)  # before it is measured how long a pass takes
    budget = None if minutes is None else budget_of(counted, config, minutes)
    return finished(CountsRun.train(counted, config, l2=l2, max_passes=max_passes, budget=budget))
