"""`python -m w2v count`: count texts of any size, show how it goes, and save the counts, finished or not."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import fields, replace
from functools import partial, reduce
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from w2v.cli.console import plain, say
from w2v.cli.counting_options import processes
from w2v.cli.interrupts import Interrupted, Stopping, exit_code, say_when_stopped
from w2v.cli.meter import drive
from w2v.cli.ways_out import about
from w2v.counted import counted
from w2v.counting.counted_text import CountedText, CountSettings
from w2v.counting.counting import MEMORY, AnotherError, Plan, Progress, counting
from w2v.counting.on_cluster import ClusterPlan, counting_on_cluster
from w2v.counting.pieces import Spooled, Texts, sources_of
from w2v.counting.runs import total_of
from w2v.counting.sources import Source
from w2v.counting.tally import Tally
from w2v.files.atomic_write import is_same_file
from w2v.files.counts_files import holds_counts, load_counts, load_tally, save_tally
from w2v.files.formats import check_target
from w2v.reading.characters import Reading
from w2v.reading.text_cells import cells
from w2v.reading.unpacking import Ahead
from w2v.way_out import WayOut

ENDING = ".unfinished"
Counted = TypeVar("Counted", bound=Tally | None)


class _Asked(NamedTuple):
    """What is to be counted: texts, and counts to which theirs are added."""

    texts: list[Source | Spooled]
    counts: list[CountedText]


def count(chosen: argparse.Namespace) -> int:
    """Count as was asked, save, and say what came of it. Returns the exit code."""
    given, out = vars(chosen), Path(chosen.out)
    say_when_stopped("Stopped: nothing was counted yet, so nothing is saved.")
    _check_out(out, given)
    unfinished = out.with_name(out.name + ENDING)
    stopping = Stopping().begin()
    try:
        with _temporary(given) as name:
            folder = Path(name)
            asked = _sorted_out(sources_of(given["texts"], folder, [out, unfinished]), out)
            tally, left_out = _tally(asked, given, folder, unfinished, stopping)
            for sentence in left_out:
                say(f"Left out: {sentence}")
            if tally.reached:
                save_tally(unfinished, tally, replace=True)
                say(f"Stopped: what was counted is kept in {unfinished}; the same command goes on from there.")
                return exit_code(stopping.asked)
            save_tally(out, tally, replace=given.get("force", False))
            unfinished.unlink(missing_ok=True)
            _report(tally, out)  # while its runs are on the disk
        return 0
    finally:
        stopping.end()


def count_first(texts: Sequence[Source | Spooled], given: dict[str, Any], stopping: Stopping) -> CountedText:
    """Count texts as a step of another command; `given` are the options of `count` that it takes.

    Raises Interrupted when that was stopped.
    """
    with _temporary(given) as name:
        folder = Path(name)
        kept = [text._replace(path=folder / text.path.name) if isinstance(text, Spooled) else text for text in texts]
        plan = Plan(_how(given, [])[0], None, processes(given), MEMORY, folder)
        work = counting(Texts(kept, given.get("encoding")), plan, None)
        try:
            tally = drive(work, _say_progress, stopping)
        except WayOut as problem:
            if "temp" not in dict(problem.settings):
                raise
            raise ValueError(
                f"{problem.problem}: use w2v count, with --temp or more --memory, and train on that."
            ) from None
        if not tally.reached:
            return tally.counted()  # while its runs are on the disk
    say_when_stopped("Stopped while the text was counted: nothing is saved. To keep what is counted, use w2v count.")
    raise Interrupted(stopping.asked)


def _check_out(out: Path, given: dict[str, Any]) -> None:
    if out.suffix.lower() != ".npz":
        raise ValueError(f"--out: {out} should end in .npz.")
    try:
        check_target(out, given.get("force", False))
    except ValueError as problem:
        raise ValueError(f"--out: {problem}") from None


def _temporary(given: dict[str, Any]) -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix="w2v-", dir=given.get("temp"))
    except OSError as problem:
        raise ValueError(f"The temporary folder cannot be made: {problem.strerror or problem}.") from None


def _sorted_out(sources: Iterable[Source | Spooled], out: Path) -> _Asked:
    """Tell texts from counts, by their bytes."""
    asked = _Asked([], [])
    for source in sources:
        if isinstance(source, Source) and not source.is_far and _holds_counts(source):
            with about(source.name):
                found = load_counts(source.path)
                if asked.counts:
                    asked.counts[0].settings.check_same(found.settings)
            asked.counts.append(found)
        elif isinstance(source, Source) and is_same_file(source.path, out):
            raise ValueError(f"--out: {out} is one of the texts: choose another name.")
        else:
            asked.texts.append(source)
    return asked


def _holds_counts(source: Source) -> bool:
    if source.is_pipe:  # of which nothing must be read that is not kept
        return False
    try:
        with source.opened() as file:
            return holds_counts(file.read(512))
    except ValueError:  # said when it is read
        return False


def _tally(
    asked: _Asked, given: dict[str, Any], folder: Path, unfinished: Path, stopping: Stopping
) -> tuple[Tally, list[str]]:
    """Count the texts, and add what was counted before. Returns also what was left out, a sentence each."""
    settings, vocabulary = _how(given, asked.counts)
    if asked.counts:
        asked.counts[0].settings.check_same(settings)
    encoding, skips = given.get("encoding"), given.get("skip_unreadable", False)
    left_out: list[str] = []
    tally: Tally | None = None
    if "scheduler" in given:
        files = [source for source in asked.texts if isinstance(source, Source)]
        if streams := [source.name for source in asked.texts if isinstance(source, Spooled)]:
            name = streams[0][0].upper() + streams[0][1:]
            raise ValueError(f"{name} cannot be counted on a cluster: save it as a file there.")
        there = ClusterPlan(given["scheduler"], settings, vocabulary, encoding, skips)
        tally = _going_on(unfinished, partial(counting_on_cluster, files, there, left_out), stopping)
        if tally is None:
            raise Interrupted(stopping.asked)
    elif asked.texts:
        plan = Plan(settings, vocabulary, processes(given), given.get("memory", MEMORY), folder)
        texts = Texts(asked.texts, encoding, skips)
        tally = _going_on(unfinished, partial(counting, texts, plan), stopping)
        left_out = texts.left_out
    if tally is None or (asked.counts and not tally.reached):
        parts = [*asked.counts, *([tally.counted()] if tally else [])]
        tally = Tally.of(reduce(CountedText.plus, parts))
    return tally, left_out


def _going_on(
    unfinished: Path, count: Callable[[Tally | None], Generator[Progress, bool | None, Counted]], stopping: Stopping
) -> Counted:
    """Count, and go on from where the same command was stopped, if it was."""
    with about(str(unfinished)):
        begun = load_tally(unfinished) if unfinished.exists() else None
    try:
        return drive(count(begun), _say_progress, stopping)
    except AnotherError as problem:
        raise ValueError(f"{unfinished}: {problem}") from None


def _how(given: dict[str, Any], counts: list[CountedText]) -> tuple[CountSettings, tuple[str, ...] | None]:
    """Return what is asked for, and the words to keep, None for those that occur often enough.

    What is not asked for is as in counts that are to be added to, or whose vocabulary is taken; words are those of the
    vocabulary, or of such counts if some were left out.
    """
    before, words = CountSettings(), None
    if counts:
        before = counts[0].settings
        words = None if all(one.is_complete for one in counts) else counts[0].vocabulary.words
    if "vocabulary" in given:
        source = Source(given["vocabulary"], given["vocabulary"])
        if _holds_counts(source):
            with about(source.name):
                tally = load_tally(source.path)
            before, words = tally.settings, tally.vocabulary.words
        else:
            with source.opened() as file:
                lines = "".join(cells(Ahead(file), given.get("encoding"))).splitlines()
            words = tuple(dict.fromkeys(line.split()[0] for line in lines if line.strip()))
    of_reading = {field.name: given[field.name] for field in fields(Reading) if field.name in given}
    others = {field.name: given[field.name] for field in fields(CountSettings) if field.name in given}
    return replace(before, reading=replace(before.reading, **of_reading), **others), words


def _say_progress(progress: Progress) -> tuple[float, str]:
    """Say how far it is: 0 to 1, and words."""
    if not progress.n_tokens:
        return 0.0, "waiting for the first words"
    what = "words" if progress.n_pass < progress.n_passes else "pairs"
    speed = round(progress.n_new / max(progress.seconds, 1e-6))
    said = f"counting {what}: {counted(progress.n_tokens, 'word')} read, {speed:,} a second"
    left = progress.seconds_left
    return progress.share or 0.0, said if left is None else f"{said}, {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _report(tally: Tally, out: Path) -> None:
    n_kept = int(tally.vocabulary.counts.sum())
    learned, aside = (2 * total_of(run) for run in (tally.learned, tally.heldout))
    kept = f" to learn from, {aside:,} kept aside" if tally.settings.holdout else ""
    rows = [
        ("words", f"{len(tally.vocabulary):,} different, {n_kept:,} in all, of {tally.n_tokens:,} in the texts"),
        ("pairs", f"{learned:,}{kept}"),
        ("saved", f"{plain(str(out))} (counts)"),
    ]
    for name, value in rows:
        print(f"{name:<10}{value}")
    sys.stdout.flush()
