"""The two ways to train, as the command line knows them: how each begins, goes on, says how far it is, and reports."""

import math
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from w2v.cli.console import say
from w2v.config import Config
from w2v.files.saved_runs import SavedRun
from w2v.moments import Moments
from w2v.objectives import OBJECTIVES
from w2v.run import Run
from w2v.whole.budget import Budget, Counted, budget_of
from w2v.whole.holdout import n_draws
from w2v.whole.pass_run import Passing, PassRun, Progress
from w2v.whole.passes import Passes
from w2v.whole.whole_text import LEARNS_MORE, NO_BETTER, WholeTextRun, no_better_than_guessing


@dataclass(frozen=True, slots=True)
class Way:
    """One way to train.

    option   : what asks for it
    trainer  : its name in a Config
    settings : names of the options that go with it alone
    instead  : what to say to somebody who gave it options of the other way
    train    : begins, with a Config and the options that were given, among which can be a corpus or plan that was made
               already; yields its progress, stops when True is sent,
               returns the run
    go_on    : the same for a saved run. Raises ValueError in one sentence when that cannot be gone on with
    is_new   : whether progress of a run that is gone on with has come beyond what was saved
    progress : makes of progress how far it is, 0 to 1, and words
    report   : says what came of it: names and values
    stopped  : whether a run ended because it was asked to
    moments  : makes of a run what can be looked at
    """

    option: str
    trainer: str
    settings: tuple[str, ...]
    instead: str
    train: Callable[[Config, dict[str, Any]], Generator[Any, bool | None, Any]]
    go_on: Callable[[SavedRun, dict[str, Any]], Generator[Any, bool | None, Any]]
    is_new: Callable[[SavedRun, Any], bool]
    progress: Callable[[Any], tuple[float, str]]
    report: Callable[[Any], list[tuple[str, str]]]
    stopped: Callable[[Any], bool]
    moments: Callable[[Any], Moments]


# --- update by update -------------------------------------------------------------------------------------------

_OF_STEPS = (
    "architecture", "objective", "epochs", "learning_rate", "decay", "batching", "batch_size", "reduction",
    "negatives", "noise_power", "init_scale", "one_vector",
)  # fmt: skip


def _train_steps(config: Config, given: dict[str, Any]) -> Generator[tuple[int, int], bool | None, Run]:
    return Run.train(config, given.get("plan"))


def _go_on_with_steps(saved: SavedRun, given: dict[str, Any]) -> Generator[tuple[int, int], bool | None, Run]:
    if "max_passes" in given:
        raise ValueError(f"{given['go_on']} was trained step by step: it has no passes to go on with.")
    if saved.ended != "asked":
        raise ValueError(f"{given['go_on']} was trained step by step to its end: there is nothing to go on with.")
    return saved.go_on()


def _are_steps_new(saved: SavedRun, progress: tuple[int, int]) -> bool:
    return progress[0] > saved.done


def _say_step(progress: tuple[int, int]) -> tuple[float, str]:
    done, planned = progress
    return done / max(1, planned), f"update {done:,} of {planned:,}"


def _report_steps(run: Run) -> list[tuple[str, str]]:
    goal = run.plan.goal
    loss = goal.mean_loss(run.parameters(run.n_steps))
    blind = goal.uniform if goal.objective.sums_to_one else None  # negative sampling answers several questions
    report = [_words(run), ("pairs", f"{goal.counts.total:,}"), _loss(loss, blind), ("floor", f"{goal.floor:.4f} nats")]
    note = ""
    if run.stopped is not None and run.stopped.reason == "diverged":
        note = ": the next one made a parameter too large; try a smaller --learning-rate"
    return [*report, ("updates", f"{run.n_steps:,} of {run.plan.n_steps:,}{note}")]


def _were_steps_stopped(run: Run) -> bool:
    return run.stopped is not None and run.stopped.reason == "asked"


# --- all pairs at once ------------------------------------------------------------------------------------------

_OF_PASSES = ("holdout", "l2", "max_passes")


def _train_whole(config: Config, given: dict[str, Any]) -> Passing[WholeTextRun]:
    how: dict[str, Any] = {name: given[name] for name in (*_OF_PASSES, "corpus") if name in given}
    if "minutes" in given:
        how["budget_of"] = partial(said_budget, config=config, minutes=given["minutes"])
    return WholeTextRun.train(config, **how)


def said_budget(counted: Counted, config: Config, minutes: float) -> Budget:
    """Choose what to do in so many minutes, and say it."""
    budget = budget_of(counted, config, minutes)
    say(budget.sentence)
    return budget


def _go_on_with_whole(saved: SavedRun, given: dict[str, Any]) -> Passing[WholeTextRun]:
    return saved.go_on_whole(given.get("max_passes"))


def _say_pass(progress: Progress[Any]) -> tuple[float, str]:
    words = f"pass {progress.n_passes} of at most {progress.max_passes}, loss {progress.loss:.4f}"
    if progress.heldout_loss is not None:
        words += f", held out {progress.heldout_loss:.4f}"
    return progress.n_passes / max(1, progress.max_passes), f"{words}, {progress.seconds:.1f} s"


def _report_whole(run: PassRun) -> list[tuple[str, str]]:
    aside, draws = run.heldout_counts.total, n_draws(run.config)
    kept = f" learned from, {round(aside / draws):,} kept aside" if aside else ""
    each = " in an epoch, on average" if draws > 1 else ""
    config = run.config
    model = f"{OBJECTIVES[config.objective].title}, {config.dim} dimensions, window {run.window}"
    report = [("model", model), _words(run), ("pairs", f"{round(run.counts.total / draws):,}{kept}{each}")]
    best = run.best
    if best:
        blind = run.counts.uniform_loss if OBJECTIVES[run.config.objective].sums_to_one else None
        report += [_loss(float(run.losses[best - 1]), blind), ("floor", f"{run.floor:.4f} nats")]
        if aside:
            report.append(("held out", f"{run.heldout_losses[best - 1]:.4f} nats"))
        if no_better_than_guessing(run, best):
            report.append(("take care", f"{NO_BETTER} {LEARNS_MORE}"))
    last = f", the best was {best}" if best < run.n_passes else ""
    report.append(("passes", f"{run.n_passes}{last}{'; the time was over' if run.ended == 'time' else ''}"))
    return [*report, ("seconds", f"{run.seconds:.1f}")]


# --- both -------------------------------------------------------------------------------------------------------


def _words(run: Run | PassRun) -> tuple[str, str]:
    vocabulary = run.vocabulary
    return "words", f"{len(vocabulary):,} different, {int(vocabulary.counts.sum()):,} in all"


def _loss(loss: float, blind: float | None) -> tuple[str, str]:
    times = f", {math.exp(blind - loss):,.2f} times better than guessing ({blind:.4f})" if blind is not None else ""
    return "loss", f"{loss:.4f} nats{times}"


WAYS: Mapping[str, Way] = {
    "steps": Way(
        "--steps",
        "steps",
        _OF_STEPS,
        instead="",
        train=_train_steps,
        go_on=_go_on_with_steps,
        is_new=_are_steps_new,
        progress=_say_step,
        report=_report_steps,
        stopped=_were_steps_stopped,
        moments=lambda run: run,
    ),
    "whole": Way(
        "--whole",
        "passes",
        (*_OF_PASSES, "minutes"),
        instead="; add --steps",
        train=_train_whole,
        go_on=_go_on_with_whole,
        is_new=lambda _saved, _progress: True,
        progress=_say_pass,
        report=_report_whole,
        stopped=lambda run: run.ended == "asked",
        moments=Passes,
    ),
}
"""Both by the names that they have in saved runs."""
