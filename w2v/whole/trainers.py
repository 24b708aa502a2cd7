"""The trainers by name: what `Config.trainer` says is trained, here and nowhere else.

    made = trainer.prepare(config, corpus)            refuses what cannot be trained
    training = trainer.train(config, corpus, made)    yields `Headway`, stops when True is sent, returns `Moments`

Whatever drives a training needs to know no more; what differs between trainers is a field of theirs. Another one is a
line in `TRAINERS` with something that answers as `Moments`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from w2v.config import Config
from w2v.corpus import Corpus
from w2v.moments import Headway, Training, Unit
from w2v.plan import Plan
from w2v.run import Run
from w2v.whole.checks import check_whole_text
from w2v.whole.pass_run import Passing, Progress
from w2v.whole.passes import KEPT_BYTES, Passes
from w2v.whole.whole_text import WholeTextRun

USUAL_PASSES = 10  # of a book
LARGE_BYTES = 16 * 2**20  # of vectors of single passes, where all of so many would be more than is kept


@dataclass(frozen=True, slots=True)
class Trainer:
    """One way to train.

    unit       : what it goes by
    watchable  : whether what it has so far can be looked at meanwhile (`Headway.so_far`)
    saved_as   : its name in saved runs
    ends       : how it can have ended, as saved runs put it
    saves_past : whether saved runs have the parameters of its moments; else they have the last, and all others follow
                 from the Config
    prepare    : makes of a Config and its words what training needs besides, in little time: the Plan, or None.
                 Raises ValueError in one sentence for a text or setting that cannot be trained
    train      : begins, with the Config, its words, and what was prepared
    go_on      : begins again where a training of the same Config ended, for so many units more; None where the end
                 is the end
    """

    unit: Unit
    watchable: bool
    saved_as: Literal["steps", "whole"]
    ends: tuple[str, ...]
    saves_past: bool
    prepare: Callable[[Config, Corpus], Any]
    train: Callable[[Config, Corpus, Any], Training]
    go_on: Callable[[Any, int], Training] | None = None


def trainer_of(config: Config) -> Trainer:
    """Return the trainer that a Config names; there is one for every name that a Config accepts."""
    return TRAINERS[config.trainer]


# --- update by update -------------------------------------------------------------------------------------------


def _train_by_updates(config: Config, _: Corpus, plan: Plan) -> Training:
    training = Run.train(config, plan)
    stop: bool | None = None
    try:
        while True:
            done, total = training.send(stop)
            stop = yield Headway(done, total)
    except StopIteration as end:
        run: Run = end.value
        return run


# --- by passes over all pairs -----------------------------------------------------------------------------------


def _train_by_passes(config: Config, corpus: Corpus, _: None) -> Training:
    return _as_moments(
        WholeTextRun.train(config, corpus=corpus, frame_bytes=_frame_bytes(config, corpus), show_start=True)
    )


def _more_passes(before: Passes, n: int) -> Training:
    run = before.run
    kept = _frame_bytes(run.config, run.corpus)
    return _as_moments(WholeTextRun.train(run.config, corpus=run.corpus, start=run, max_passes=n, frame_bytes=kept))


def _frame_bytes(config: Config, corpus: Corpus) -> int:
    """Return what the vectors of all passes may take: room for the usual number, unless there are too many words.

    Of those some have to go in any case, and a larger text takes more memory besides.
    """
    one = 8 * len(corpus.vocabulary) * config.dim  # V and U in single precision
    return KEPT_BYTES if one * (USUAL_PASSES + 1) <= KEPT_BYTES else LARGE_BYTES


def _as_moments(training: Passing[WholeTextRun]) -> Training:
    stop: bool | None = None
    try:
        while True:
            progress = training.send(stop)
            stop = yield Headway(progress.n_passes, progress.max_passes, partial(_so_far, progress))
    except StopIteration as end:
        return Passes(end.value)


def _so_far(progress: Progress[WholeTextRun]) -> Passes:
    return Passes(progress.so_far())


TRAINERS: Mapping[str, Trainer] = {
    "steps": Trainer(
        "update",
        watchable=False,
        saved_as="steps",
        ends=("finished", "asked", "diverged"),
        saves_past=False,
        prepare=Plan,
        train=_train_by_updates,
    ),
    "passes": Trainer(
        "pass",
        watchable=True,
        saved_as="whole",
        ends=("max_passes", "heldout", "asked", "time"),
        saves_past=True,
        prepare=check_whole_text,
        train=_train_by_passes,
        go_on=_more_passes,
    ),
}
"""Every trainer by its name in a Config."""
