"""`python -m w2v train counts.npz`: train on counts of a text of any size, with checkpoints to go on from.

A text that is too large to be read as a whole is counted first.
"""

import argparse
import os
import time
from pathlib import Path
from typing import Any

from w2v.cli.console import say
from w2v.cli.count_command import ENDING, count_text
from w2v.cli.interrupts import Stopping, say_when_stopped
from w2v.cli.meter import drive
from w2v.cli.out_option import check_out, save_out
from w2v.cli.outcome import tell_outcome
from w2v.cli.training_options import option_of
from w2v.cli.ways import WAYS
from w2v.cli.ways_out import about
from w2v.config import Config
from w2v.counting.counted_text import CountedText
from w2v.files.atomic_write import write_parts
from w2v.files.counts_files import holds_counts, load_counts
from w2v.files.counts_run_files import SavedCountsRun, write_counts_run
from w2v.files.counts_run_reader import read_counts_run
from w2v.files.formats import load
from w2v.reading.decoding import MAX_BYTES
from w2v.whole.budget import budget_of
from w2v.whole.checks import check_counts
from w2v.whole.counts_run import CountsRun, config_of_counts
from w2v.whole.memory import needed_bytes, said_bytes
from w2v.whole.pass_run import Passing, Progress

_OF_COUNTING = ("window", "min_count", "holdout", "lowercase", "turkish", "emoji", "pretokenized", "encoding")
_OF_MODEL = ("dim", "objective", "seed", "negatives", "noise_power")
_OF_TRAINING = ("l2", "max_passes")
_OTHERS = ("text", "out", "force", "go_on", "checkpoint_minutes", "minutes", "trainer", "run", "parser")
_WAY = WAYS["whole"]  # says how far it is and what came of it


def are_counts(name: str | None) -> bool:
    """Whether a file is one of counts, seen from its bytes."""
    try:
        with open(name or "", "rb") as file:
            return holds_counts(file.read(512))
    except (OSError, ValueError):
        return False


def is_large(name: str | None) -> bool:
    """Whether a text is too large to be read as a whole."""
    try:
        return name is not None and os.stat(name).st_size > MAX_BYTES
    except (OSError, ValueError):
        return False


def train_on_counts(chosen: argparse.Namespace) -> int:
    """Train as was asked, save, and say what came of it. Returns the exit code."""
    given, out = vars(chosen), Path(chosen.out)
    force, name = given.get("force", False), given["text"]
    _check_usage(chosen, given)
    say_when_stopped("Stopped: nothing was trained yet, so nothing is saved.")
    check_out(out, force, name, given.get("go_on"))
    unfinished = out.with_name(out.name + ENDING)
    stopping = Stopping()
    try:
        with about(name):
            counted = load_counts(name) if are_counts(name) else count_text(name, given, stopping)
        training = _training(counted, given, unfinished)
        minutes = given.get("checkpoint_minutes")
        if minutes is not None:
            training = _with_checkpoints(training, unfinished, 60 * minutes)
        run: CountsRun = drive(training, _WAY.progress, stopping)
        with stopping:
            save_out(run, out, force)
            unfinished.unlink(missing_ok=True)
            return tell_outcome(_WAY.report(run), [], out, stopping, _WAY.stopped(run))
    finally:
        stopping.end()


def _check_usage(chosen: argparse.Namespace, given: dict[str, Any]) -> None:
    """End with a sentence on usage when options do not go with counts."""
    error, known = chosen.parser.error, (*_OF_MODEL, *_OF_TRAINING, *_OTHERS)
    is_text = not are_counts(given["text"])
    what = f"a text of more than {MAX_BYTES // 2**20} MB" if is_text else "counts"
    if wrong := [name for name in given if name not in (*known, *(_OF_COUNTING if is_text else ()))]:
        why = "" if is_text else ": it is chosen when a text is counted"
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
    say(f"Training takes about {said_bytes(needed_bytes(counted, config.dim))} of memory.")
    if "minutes" in given:
        check_counts(config, counted)
        asked["budget"] = budget_of(counted, config, given["minutes"])
        say(asked["budget"].sentence)
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
