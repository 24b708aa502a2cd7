"""`python -m w2v train`: train on a text, show how it goes, save what was trained, and say what came of it."""

import argparse
import textwrap
from itertools import chain
from pathlib import Path
from typing import Any

from w2v.cli.console import plain, say
from w2v.cli.count_command import ENDING
from w2v.cli.counts_training import are_counts, train_on_counts
from w2v.cli.given_texts import Whole, as_one, given_texts, places_of, read_whole
from w2v.cli.interrupts import Stopping, say_when_stopped
from w2v.cli.meter import drive
from w2v.cli.out_option import check_out, save_out
from w2v.cli.outcome import tell_outcome
from w2v.cli.text_notes import notes_of_text
from w2v.cli.training_choices import choose
from w2v.cli.training_options import CONFIG_OPTIONS, DIM, LONG_TEXT, WINDOW, check_usage, way_of
from w2v.cli.ways import WAYS, Way
from w2v.cli.ways_out import about
from w2v.config import Config
from w2v.explain.company import Company
from w2v.explain.health import Judgement, judge_text
from w2v.explain.learned import in_words, is_end, what_was_learned
from w2v.files.counts_run_files import SavedCountsRun
from w2v.files.counts_run_reader import read_run
from w2v.files.formats import files_of, load
from w2v.files.saved_runs import SavedRun
from w2v.moments import Moments
from w2v.reading.for_machines import said_of_inside
from w2v.run import Run
from w2v.whole.whole_text import WholeTextRun

WIDE = 80  # letters in a line


def train(chosen: argparse.Namespace) -> int:
    """Train as was asked, save, and say what came of it. Returns the exit code."""
    given, out = vars(chosen), Path(chosen.out)
    force, names = given.get("force", False), given.get("texts", [])
    if not names:
        check_usage(chosen, given)
    say_when_stopped("Stopped: nothing was trained yet, so nothing is saved.")
    texts = given_texts(names, [*files_of(out), out.with_name(out.name + ENDING)])
    check_out(out, force, places_of(texts), given.get("go_on"))
    if any(map(are_counts, names)):
        return train_on_counts(chosen, [])
    wholes = read_whole(texts)
    if wholes is None:
        return train_on_counts(chosen, texts)
    check_usage(chosen, given)
    stopping = Stopping()
    try:
        way, run = _trained(given, wholes, stopping)
        with stopping:
            save_out(run, out, force)
            return _report(way, run, out, stopping)
    finally:
        stopping.end()


def _report(way: Way, run: Run | WholeTextRun, out: Path, stopping: Stopping) -> int:
    """Say what came of it, as far as anybody listens. Returns the exit code."""
    judged = judge_text(run.config.text, run.corpus)
    if judged.verdict == "poor" and not said_of_inside(run.config.text):  # that was said before
        say(judged.expectation)
    return tell_outcome(way.report(run), _learned(way.moments(run), judged), out, stopping, way.stopped(run))


def _learned(moments: Moments, judged: Judgement) -> list[str]:
    """Return what was learned as lines under each other; none of a training that broke off."""
    if not is_end(moments, moments.best):
        return []
    corpus, words = moments.corpus, moments.corpus.vocabulary.words
    company = Company.of_text(corpus, moments.config.window)
    learned = what_was_learned(moments, moments.best, company, judged)
    said = in_words(learned, lambda i: f'"{plain(words[i])}"')
    return textwrap.wrap(
        f"{'learned':<10}{said}", WIDE, subsequent_indent=" " * 10, break_long_words=False, break_on_hyphens=False
    )


def _trained(given: dict[str, Any], texts: list[Whole], stopping: Stopping) -> tuple[Way, Run | WholeTextRun]:
    if "go_on" in given:
        saved = _saved_run(given["go_on"])
        way = WAYS[saved.trainer]
        training = way.go_on(saved, given)
        return way, drive(training, way.progress, stopping, lambda progress: way.is_new(saved, progress))
    way = way_of(given)
    way, config, made, chosen = choose(way, _config(as_one(texts, given), given, way), given)
    for note in chain(notes_of_text(config), chosen):
        say(note)
    return way, drive(way.train(config, {**given, **made}), way.progress, stopping)


def _config(text: str, given: dict[str, Any], way: Way) -> Config:
    settings = {name: given[name] for name in CONFIG_OPTIONS if name in given}
    usual = {"dim": DIM, "window": WINDOW, "min_count": 5 if len(text) >= LONG_TEXT else 1}
    usual |= {"pretokenized": True} if given.get("segment") else {}
    trained = {"trainer": way.trainer, "hold_back": given.get("l2") != 0}
    return Config(text, **{**usual, **settings, **trained})


def _saved_run(name: str) -> SavedRun:
    with about(name):
        saved = read_run(load(name))
        if isinstance(saved, SavedCountsRun):
            raise ValueError(f"This run was trained on counts: name these too, as in train counts.npz --go-on {name}.")
        return saved
