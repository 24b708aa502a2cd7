"""`python -m w2v train counts.npz`: train on counts of a text of any size, with checkpoints to go on from.

Texts that are too large to be read as a whole are counted first.
"""

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from w2v.cli.console import say
from w2v.cli.count_command import ENDING, count_first
from w2v.cli.given_texts import Given, said_size
from w2v.cli.interrupts import Stopping
from w2v.cli.meter import drive
from w2v.cli.out_option import save_out
from w2v.cli.outcome import tell_outcome
from w2v.cli.training_options import option_of
from w2v.cli.ways import WAYS, said_budget
from w2v.cli.ways_out import about
from w2v.config import Config
from w2v.counting.counted_text import CountedText
from w2v.files.atomic_write import write_parts
from w2v.files.counts_files import holds_counts, load_counts
from w2v.files.counts_run_files import SavedCountsRun, write_counts_run
from w2v.files.counts_run_reader import read_counts_run
from w2v.files.formats import load
from w2v.whole.budget import said_seconds, seconds_of_pass
from w2v.whole.checks import check_counts
from w2v.whole.counts_run import LARGE, CountsRun, config_of_counts, searches_lower
from w2v.whole.memory import needed_bytes, said_bytes
from w2v.whole.pass_run import Passing, Progress

_OF_COUNTING = ("window", "min_count", "holdout", "lowercase", "turkish", "emoji", "pretokenized", "encoding")
_OF_MODEL = ("dim", "objective", "seed", "negatives", "noise_power")
_OF_TRAINING = ("l2", "max_passes")
_OTHERS = ("texts", "out", "force", "go_on", "checkpoint_minutes", "minutes", "trainer", "run", "parser")
LONG = 5.0  # seconds of a pass, from which on it is said how long it takes
_WAY = WAYS["whole"]  # says how far it is and what came of it


def are_counts(name: str) -> bool:
    """Whether a file is one of counts, seen from its bytes."""
    if not os.path.isfile(name):  # of a pipe nothing must be read that is not kept
        return False
    try:
        with open(name, "rb") as file:
            return holds_counts(file.read(512))
    except OSError:
        return False


def train_on_counts(chosen: argparse.Namespace, texts: Sequence[Given]) -> int:
    """Train as was asked, save, and say what came of it. Returns the exit code.

    texts : to be counted first; none where counts are named
    """
    given, out = vars(chosen), Path(chosen.out)
    _check_usage(chosen, given, texts)
    unfinished = out.with_name(out.name + ENDING)
    stopping = Stopping()
    try:
        counted = count_first(texts, given, stopping) if texts else _loaded(*given["texts"])
        training = _training(counted, given, unfinished)
        minutes = given.get("checkpoint_minutes")
        if minutes is not None:
            training = _with_checkpoints(training, unfinished, 60 * minutes)
        run: CountsRun = drive(training, _WAY.progress, stopping, begun="the first pass is under way")
        with stopping:
            save_out(run, out, given.get("force", False))
            unfinished.unlink(missing_ok=True)
            return tell_outcome(_WAY.report(run), [], out, stopping, _WAY.stopped(run))
    finally:
        stopping.end()


def _loaded(name: str) -> CountedText:
    with about(name):
        return load_counts(name)


def _check_usage(chosen: argparse.Namespace, given: dict[str, Any], texts: Sequence[Given]) -> None:
    """End with a sentence on usage when options do not go with counts."""
    error, known = chosen.parser.error, (*_OF_MODEL, *_OF_TRAINING, *_OTHERS)
    if not texts and len(given["texts"]) > 1:
        error("counts are trained on alone: add what is named beside them first, with w2v count")
    what = said_size(texts) if texts else "counts"
    if wrong := [name for name in given if name not in (*known, *(_OF_COUNTING if texts else ()))]:
        why = "" if texts else ": it is chosen when a text is counted"
        error(f"{', '.join(map(option_of, wrong))} cannot go with {what}{why}")
    if given.get("trainer") == "steps":
        error(f"--steps cannot go with {what}, from which all pairs are learned at once")
    if "go_on" in given and any(name in given for name in (*_OF_MODEL, "l2", "minutes")):
        error("a run that is gone on with keeps its settings: only --max-passes and --out go with --go-on")


def _training(counted: CountedText, given: dict[str, Any], unfinished: Path) -> Passing[CountsRun]:
    """Begin, or go on where a run or a checkpoint ends."""
    if "go_on" in given:
        saved = _saved(given["go_on"], counted)
        midway = None if "max_passes" in given else saved.midway
        more = {name: given[name] for name in ("max_passes",) if name in given}
        return CountsRun.train(counted, saved.config, start=saved.history, midway=midway, **more)
    model = {name: given[name] for name in _OF_MODEL if name in given}
    config = config_of_counts(counted.settings, **model, hold_back=given.get("l2") != 0)
    asked: dict[str, Any] = {name: given[name] for name in _OF_TRAINING if name in given}
    check_counts(config, counted)
    say(f"Training takes about {said_bytes(needed_bytes(counted, config.dim))} of memory.")
    if searches_lower(counted, config, given.get("l2")):
        say(f"More than {LARGE:,} different words: the search for l2 begins with half of what is usual.")
    if "minutes" in given:
        asked["budget"] = said_budget(counted, config, given["minutes"])
    elif (one := seconds_of_pass(len(counted.vocabulary), config.dim)) >= LONG:
        say(f"A pass over all pairs takes about {said_seconds(one)} here. Ctrl-C keeps those that are done.")
    if not unfinished.exists():
        return CountsRun.train(counted, config, **asked)
    saved = _checkpoint(unfinished, counted, config)
    say(f"Going on from {unfinished}, after pass {len(saved.history.losses)}.")
    return CountsRun.train(counted, config, start=saved.history, midway=saved.midway, **asked)


def _saved(name: str, counted: CountedText) -> SavedCountsRun:
    with about(name):
        saved = read_counts_run(load(name))
        saved.check(counted)
        return saved


def _checkpoint(unfinished: Path, counted: CountedText, config: Config) -> SavedCountsRun:
    """Read what the same command has left. Raises ValueError in one sentence when it was another one."""
    saved = _saved(str(unfinished), counted)
    if saved.config != config or saved.midway is None:
        raise ValueError(f"{unfinished}: it was left by a training with other settings: give the same, or remove it.")
    return saved


def _with_checkpoints(training: Passing[CountsRun], place: Path, seconds: float) -> Passing[CountsRun]:
    """Save a training on its way after the first pass that ends so many seconds after the last time."""
    saved, asked = time.monotonic(), None
    while True:
        try:
            progress = training.send(asked)
        except StopIteration as end:
            run: CountsRun = end.value
            return run
        if time.monotonic() - saved >= seconds:
            _save(progress, place)
            saved = time.monotonic()
        asked = yield progress


def _save(progress: Progress[CountsRun], place: Path) -> None:
    """Save a checkpoint; where that fails training goes on, for it may still come to its end."""
    try:
        write_parts(place, lambda file: write_counts_run(progress.so_far(), file, progress.midway()), replace=True)
    except OSError as problem:
        say(f"{place} cannot be written: {problem.strerror or problem}. Training goes on without.")
