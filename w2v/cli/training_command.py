"""`python -m w2v train`: train on a text, show how it goes, save what was trained, and say what came of it."""

import argparse
import math
import sys
import textwrap
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TypeVar

from w2v.cli import console
from w2v.cli.console import plain, say, tell
from w2v.cli.interrupts import Stopping, exit_code, say_when_stopped
from w2v.cli.out_option import check_out, save_out
from w2v.config import LIMITS, Config
from w2v.files.formats import NAMES, load, read_all
from w2v.files.saved_run_reader import read_saved_run
from w2v.files.saved_runs import SavedRun
from w2v.objectives import OBJECTIVES
from w2v.reading.decoding import MAX_BYTES, read_text
from w2v.run import Run
from w2v.whole.holdout import SHORT_TEXT, n_draws
from w2v.whole.whole_text import LEARNS_MORE, NO_BETTER, Progress, WholeTextRun, no_better_than_guessing

LONG_TEXT = 50_000  # letters, from which words must occur five times
DIM, WINDOW = 100, 5

_BOTH = ("dim", "window", "seed", "min_count", "lowercase", "dynamic_window", "subsample", "subsample_formula")
_STEPS = (
    "architecture", "objective", "epochs", "learning_rate", "decay", "batching", "batch_size", "reduction",
    "negatives", "noise_power", "init_scale",
)  # fmt: skip
_WHOLE = ("holdout", "l2", "max_passes")

_ABOUT = f"""\
Two ways to train. --whole (the default) is exact full softmax on all pairs of the text at once, from their counts:
fast for whole books; it keeps a share of the sentences aside, stops by itself when they get no better, and saves the
best pass. --whole --objective negative is negative sampling with all pairs and the expected negatives, for 20 epochs
of a usual training; it keeps sentences aside only of texts below {SHORT_TEXT:,} words, which it would learn by heart.
--steps goes through the text update by update, as word2vec.c does, with any objective; choosing --architecture cbow,
or --objective negative or hierarchical without --whole, means --steps.

The ending of --out chooses the format:
{chr(10).join(f"  {ending}  {name}" for ending, name in NAMES.items())}
A .tsv is a folder. What is there already is not written over without --force. An .npz holds the text as well.

Ctrl-C, SIGTERM and closing the terminal stop the training, save what was trained and end with exit code 130, 143 and
129; a second one ends at once and saves nothing. A link as --out is written through.

At the end: the loss in nats per prediction and how many times better than blind guessing that is (how many times
more probability the right word gets, as a geometric mean); the floor, which is the lowest loss that any model can
reach on these pairs; and the held-out loss, the one of sentences that were not learned from.
"""
_EXAMPLES = (
    "train book.txt --dim 100 --window 5 --out vectors.txt",
    "train book.txt --steps --objective negative --epochs 5 --out vectors.bin",
    "train book.txt --out run.npz",
    "train --go-on run.npz --max-passes 10 --out more.npz",
    "train - --min-count 1 --out projector.tsv < poem.txt",
)

Outcome = TypeVar("Outcome", Run, WholeTextRun)


def add_train(commands: Any, shape: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add the command and its options to the parser."""
    examples = textwrap.indent("\n".join([f"python -m w2v {example}" for example in _EXAMPLES]), "  ")
    parser = commands.add_parser(
        "train",
        help="train on a text and save the vectors",
        description="Train word vectors on a text (UTF-8, or another --encoding) and save them.",
        epilog=f"{_ABOUT}\nexamples:\n{examples}",
        formatter_class=shape,
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument("text", metavar="TEXT", nargs="?", help="the text file, or - for standard input")
    parser.add_argument("--out", metavar="FILE", required=True, help="where to save; the ending chooses the format")
    parser.add_argument("--force", action="store_true", help="write over what is there")
    parser.add_argument("--encoding", help="of the text, such as cp1252 or shift_jis (UTF-8)")
    parser.add_argument(
        "--go-on", metavar="RUN.npz", help="go on with a saved run instead of a text; its settings stay"
    )
    trainer = parser.add_mutually_exclusive_group()
    trainer.add_argument("--whole", dest="trainer", action="store_const", const="whole", help="all pairs at once")
    trainer.add_argument("--steps", dest="trainer", action="store_const", const="steps", help="update by update")

    model = parser.add_argument_group("the model")
    _number(model, "--dim", f"length of the vectors ({DIM})")
    _number(model, "--window", f"radius of the window in words ({WINDOW})")
    _number(model, "--min-count", f"leave out rarer words (5 for texts of {LONG_TEXT:,} letters or more, else 1)")
    _number(model, "--seed", f"from which all that is random is drawn ({Config.seed})")
    model.add_argument("--keep-case", dest="lowercase", action="store_false", help="do not fold case")
    model.add_argument("--dynamic-window", action="store_true", help="draw each radius from 1 to the window")
    _number(model, "--subsample", "threshold for dropping frequent words at random, such as 0.001 (0: never)")
    model.add_argument("--subsample-formula", choices=("word2vec.c", "paper"), help="(word2vec.c)")

    steps = parser.add_argument_group("with --steps only")
    steps.add_argument("--architecture", choices=("skip-gram", "cbow"), help="(skip-gram)")
    steps.add_argument("--objective", choices=tuple(OBJECTIVES), help="(softmax)")
    _number(steps, "--epochs", f"passes over the text ({Config.epochs})")
    _number(steps, "--learning-rate", f"of the first update ({Config.learning_rate})")
    steps.add_argument("--constant-rate", dest="decay", action="store_false", help="the rate does not fall")
    steps.add_argument("--batching", choices=("pair", "window", "minibatch", "full"), help="what one update is (pair)")
    _number(steps, "--batch-size", f"examples in a minibatch ({Config.batch_size})")
    steps.add_argument("--reduction", choices=("mean", "sum"), help="of the gradients in an update (mean)")
    _number(steps, "--negatives", f"negative words for each pair ({Config.negatives})")
    _number(steps, "--noise-power", f"they are drawn by count to this power ({Config.noise_power})")
    _number(steps, "--init-scale", f"the first vectors are uniform within this ({Config.init_scale})")

    whole = parser.add_argument_group("with --whole only")
    whole.add_argument("--holdout", type=_real, metavar="SHARE", help="of the sentences, kept aside (0.1; see above)")
    whole.add_argument("--l2", type=_real, metavar="X", help="how strongly vectors are held back (chosen by itself)")
    whole.add_argument("--max-passes", type=_natural, metavar="N", help="passes at most, or how many more with --go-on")
    parser.set_defaults(run=run, parser=parser)


def train(chosen: argparse.Namespace) -> int:
    """Train as was asked, save, and say what came of it. Returns the exit code."""
    given, out = vars(chosen), Path(chosen.out)
    force = given.get("force", False)
    _check_usage(chosen, given)
    say_when_stopped("Stopped: nothing was trained yet, so nothing is saved.")
    check_out(out, force, given.get("text"), given.get("go_on"))
    stopping = Stopping()
    try:
        run = _trained(given, stopping)
        with stopping:
            save_out(run, out, force)
            return _report(run, out, stopping)
    finally:
        stopping.end()


def _report(run: Run | WholeTextRun, out: Path, stopping: Stopping) -> int:
    """Say what came of it, as far as anybody listens. Returns the exit code."""
    code = 0
    for note in run.corpus.notes:
        say(note)
    report = _report_whole(run) if isinstance(run, WholeTextRun) else _report_steps(run)
    try:
        for name, value in [*report, ("saved", f"{plain(str(out))} ({NAMES[out.suffix.lower()]})")]:
            print(f"{name:<10}{value}")
        sys.stdout.flush()
    except BrokenPipeError:
        console.drop(sys.stdout)
    except OSError as problem:
        console.drop(sys.stdout)
        say(f"{out} is saved, but what came of it cannot be printed: {problem.strerror or problem}.")
        code = 1
    if not stopping.asked:
        return code
    if out.suffix.lower() != ".npz" and _stopped_early(run):
        say("Stopped early and saved; saved as .npz, it could be gone on with.")
    return exit_code(stopping.asked)


def _stopped_early(run: Run | WholeTextRun) -> bool:
    ended = run.ended if isinstance(run, WholeTextRun) else run.stopped and run.stopped.reason
    return ended == "asked"


def _check_usage(chosen: argparse.Namespace, given: dict[str, Any]) -> None:
    """End with a sentence on usage when options do not go together."""
    error = chosen.parser.error
    if ("text" in given) == ("go_on" in given):
        error("name a text, or a saved run with --go-on, and not both")
    ours = [name for name in (*_BOTH, *_STEPS, "holdout", "l2", "encoding", "trainer") if name in given]
    if "go_on" in given and ours:
        error("a run that is gone on with keeps its settings: only --max-passes and --out go with --go-on")
    if "text" in given:
        other, trainer = (_WHOLE, "--steps") if _steps(given) else (_STEPS, "--whole")
        wrong = [name for name in other if name in given]
        if trainer == "--whole" and _asks_for_another(given):
            objective = OBJECTIVES[given["objective"]]
            if objective.has_passes:  # both ways know it
                wrong = [name for name in wrong if name not in ("objective", *objective.settings)]
        if wrong:
            names = ", ".join(f"--{_OPTION_NAMES.get(name, name.replace('_', '-'))}" for name in wrong)
            add = "" if trainer == "--steps" else "; add --steps"
            error(f"{names} cannot go with {trainer}{add}")


_OPTION_NAMES = {"decay": "constant-rate"}


def _asks_for_another(given: dict[str, Any]) -> bool:
    """Whether an objective is asked for, and not the usual one."""
    return bool(given.get("objective", Config.objective) != Config.objective)


def _needs_steps(given: dict[str, Any]) -> bool:
    return given.get("architecture") == "cbow" or _asks_for_another(given)


def _steps(given: dict[str, Any]) -> bool:
    """Whether the text is trained update by update."""
    return given.get("trainer") == "steps" or (given.get("trainer") is None and _needs_steps(given))


# --- training ---------------------------------------------------------------------------------------------------


def _trained(given: dict[str, Any], stopping: Stopping) -> Run | WholeTextRun:
    if "go_on" in given:
        saved = _saved_run(given["go_on"])
        if saved.trainer == "whole":
            return _drive(saved.go_on_whole(given.get("max_passes")), _say_pass, stopping)
        if "max_passes" in given:
            raise ValueError(f"{given['go_on']} was trained step by step: it has no passes to go on with.")
        if saved.ended != "asked":
            raise ValueError(f"{given['go_on']} was trained step by step to its end: there is nothing to go on with.")
        return _drive(saved.go_on(), _say_step, stopping, lambda progress: progress[0] > saved.done)
    config = _config(given)
    if config.trainer == "steps":
        return _drive(Run.train(config), _say_step, stopping)
    options = {name: given[name] for name in _WHOLE if name in given}
    return _drive(WholeTextRun.train(config, **options), _say_pass, stopping)


def _config(given: dict[str, Any]) -> Config:
    name = given["text"]
    try:
        data = read_all(sys.stdin.buffer, MAX_BYTES) if name == "-" else load(name, MAX_BYTES)
        text = read_text(data, given.get("encoding"))
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None
    settings = {name: given[name] for name in (*_BOTH, *_STEPS) if name in given}
    usual = {"dim": DIM, "window": WINDOW, "min_count": 5 if len(text) >= LONG_TEXT else 1}
    trained = {"trainer": "steps" if _steps(given) else "passes", "hold_back": given.get("l2") != 0}
    return Config(text, **{**usual, **settings, **trained})


def _saved_run(name: str) -> SavedRun:
    try:
        return read_saved_run(load(name))
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None


def _drive(
    training: Generator[Any, bool | None, Outcome],
    say_progress: Callable[[Any], tuple[float, str]],
    stopping: Stopping,
    is_new: Callable[[Any], bool] = lambda _: True,
) -> Outcome:
    """Train to the end, or until a signal once `is_new` says there is something to keep; show how far it is."""
    meter = _Meter()
    stop: bool | None = None
    try:
        while True:
            try:
                progress = training.send(stop)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            if is_new(progress):
                say_when_stopped("Stopped at once: nothing is saved.")
                stopping.begin()
            meter.show(*say_progress(progress), last=bool(stopping.asked))
            stop = bool(stopping.asked) or None
    finally:
        meter.end()


def _say_step(progress: tuple[int, int]) -> tuple[float, str]:
    done, planned = progress
    return done / max(1, planned), f"update {done:,} of {planned:,}"


def _say_pass(progress: Progress) -> tuple[float, str]:
    words = f"pass {progress.n_passes} of at most {progress.max_passes}, loss {progress.loss:.4f}"
    if progress.heldout_loss is not None:
        words += f", held out {progress.heldout_loss:.4f}"
    return progress.n_passes / max(1, progress.max_passes), f"{words}, {progress.seconds:.1f} s"


class _Meter:
    """How far it is, on standard error: a bar that moves in a terminal, else a line now and then."""

    WIDTH = 24
    TIMES_A_SECOND = 10
    SECONDS_BETWEEN_LINES = 2.0

    def __init__(self) -> None:
        self.terminal = sys.stderr.isatty()
        self.shown, self.waiting = -math.inf, ""

    def show(self, share: float, words: str, last: bool = False) -> None:
        pause = 1 / self.TIMES_A_SECOND if self.terminal else self.SECONDS_BETWEEN_LINES
        filled = "#" * round(self.WIDTH * share)
        self.waiting = f"\r[{filled:.<{self.WIDTH}}] {100 * share:3.0f} %  {words}\x1b[K" if self.terminal else words
        now = time.monotonic()
        if last or now - self.shown >= pause:
            self.shown = now
            self._write()

    def end(self) -> None:
        self._write()
        if self.terminal and self.shown > -math.inf:
            tell("\n")

    def _write(self) -> None:
        if self.waiting:
            tell(self.waiting if self.terminal else f"{self.waiting}\n")
            self.waiting = ""


# --- what came of it --------------------------------------------------------------------------------------------


def _report_whole(run: WholeTextRun) -> list[tuple[str, str]]:
    aside, draws = run.heldout_counts.total, n_draws(run.config)
    kept = f" learned from, {round(aside / draws):,} kept aside" if aside else ""
    each = " in an epoch, on average" if draws > 1 else ""
    report = [_words(run), ("pairs", f"{round(run.counts.total / draws):,}{kept}{each}")]
    best = run.best
    if best:
        blind = run.counts.uniform_loss if OBJECTIVES[run.config.objective].sums_to_one else None
        report += [_loss(float(run.losses[best - 1]), blind), ("floor", f"{run.floor:.4f} nats")]
        if aside:
            report.append(("held out", f"{run.heldout_losses[best - 1]:.4f} nats"))
        if no_better_than_guessing(run, best):
            report.append(("take care", f"{NO_BETTER} {LEARNS_MORE}"))
    report.append(("passes", f"{run.n_passes}{f', the best was {best}' if best < run.n_passes else ''}"))
    return [*report, ("seconds", f"{run.seconds:.1f}")]


def _report_steps(run: Run) -> list[tuple[str, str]]:
    goal = run.plan.goal
    loss = goal.mean_loss(run.parameters(run.n_steps))
    blind = goal.uniform if goal.objective.sums_to_one else None  # negative sampling answers several questions
    report = [_words(run), ("pairs", f"{goal.counts.total:,}"), _loss(loss, blind), ("floor", f"{goal.floor:.4f} nats")]
    note = ""
    if run.stopped is not None and run.stopped.reason == "diverged":
        note = ": the next one made a parameter too large; try a smaller --learning-rate"
    return [*report, ("updates", f"{run.n_steps:,} of {run.plan.n_steps:,}{note}")]


def _words(run: Run | WholeTextRun) -> tuple[str, str]:
    vocabulary = run.corpus.vocabulary
    return "words", f"{len(vocabulary):,} different, {int(vocabulary.counts.sum()):,} in all"


def _loss(loss: float, blind: float | None) -> tuple[str, str]:
    times = f", {math.exp(blind - loss):,.2f} times better than guessing ({blind:.4f})" if blind is not None else ""
    return "loss", f"{loss:.4f} nats{times}"


# --- numbers on the command line --------------------------------------------------------------------------------


def _number(group: Any, option: str, words: str) -> None:
    """An option for a number of a Config, within its limits."""
    name = option.removeprefix("--").replace("-", "_")
    low, high = LIMITS[name]
    whole = isinstance(getattr(Config, name), int)

    def number(value: str) -> int | float:
        try:
            read = int(value) if whole else float(value)
        except ValueError:
            read = math.nan
        if not low <= read <= high:
            kind = "a whole number" if whole else "a number"
            raise argparse.ArgumentTypeError(f"it must be {kind} from {low:g} to {high:g}")
        return read

    group.add_argument(option, type=number, metavar="N" if whole else "X", help=words)


def _real(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError("it must be a number of at least 0")
    return number


def _natural(value: str) -> int:
    if not (value.isascii() and value.isdigit()) or int(value[:10]) < 1:
        raise argparse.ArgumentTypeError("it must be a whole number of at least 1")
    return int(value[:10])
