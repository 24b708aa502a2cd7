"""The options of `python -m w2v train`, and which of them go together."""

import argparse
from collections.abc import Callable
from typing import Any

from w2v.cli.subcommand import add_command
from w2v.cli.text_options import TEXT_OPTIONS, add_reading_options, add_text_options
from w2v.cli.typed import count, number
from w2v.cli.ways import WAYS, Way
from w2v.config import LIMITS, NOT_OF_PAIRS, Config
from w2v.files.formats import NAMES
from w2v.objectives import OBJECTIVES
from w2v.reading.tokens import MAX_TOKENS
from w2v.whole.budget import MOST_MINUTES
from w2v.whole.holdout import SHORT_TEXT

LONG_TEXT = 50_000  # letters, from which words must occur five times
DIM, WINDOW = 100, 5

_BOTH = (
    "dim",
    "window",
    "seed",
    "min_count",
    "lowercase",
    "turkish",
    "pretokenized",
    "pairs",
    "emoji",
    "dynamic_window",
    "subsample",
    "subsample_formula",
)
_TURNED_OFF = {"decay": "--constant-rate", "lowercase": "--keep-case"}  # what is usual, by the option that ends it
CONFIG_OPTIONS = (*_BOTH, *WAYS["steps"].settings)  # those that are fields of a Config

_ABOUT = f"""\
Two ways to train. --whole (the default) is exact full softmax on all pairs of the text at once, from their counts:
fast for whole books, and of all that was compared the soonest to agree with people on which words are alike
(docs/large-texts.md); it keeps a share of the sentences aside, stops by itself when they get no better, and saves the
best pass. --whole --objective negative is negative sampling with all pairs and the expected negatives, for 20 epochs
of a usual training; it keeps sentences aside only of texts below {SHORT_TEXT:,} words, which it would learn by heart.
--steps goes through the text update by update, as word2vec.c does, with any objective; choosing --architecture cbow,
--pairs, --one-vector, or --objective negative or hierarchical without --whole, means --steps.

The ending of --out chooses the format:
{chr(10).join(f"  {ending}  {name}" for ending, name in NAMES.items())}
A .tsv is a folder. What is there already is not written over without --force. An .npz holds the text as well.

Each TEXT is what it is for w2v count: a file, packed by gzip, bzip2, xz or Zstandard or not, a folder, a pattern such
as 'books/*.txt.gz', an address such as s3://bucket/*.txt, or - for standard input. Several are trained on as one text,
in which each begins a new line. What has more than 5 MB in all, unpacked, and several with more than {MAX_TOKENS:,}
words, are counted first, piece by piece; options that do not go with it are refused then. To keep such counts, and to
train on them more than once, use w2v count.

Counts of up to 200,000 different words are trained on as with --whole, in time and memory that do not depend on how
long the text was; what is set when a text is counted stays. A run of counts is gone on with when the counts are named
again. With --checkpoint-minutes a training on counts that was killed is gone on with by the same command, and comes to
the same end; a checkpoint is named as --out, with .unfinished behind it.

With --minutes it is measured how long a pass takes here, and what is chosen is said before it begins: all passes exact
where there is time for them, else quick ones, which go over the frequent words first; --objective negative is --whole
then. The first pass is always gone to its end, for before that there is nothing to save; where it alone takes longer
than there is time, that is said too.

Ctrl-C, SIGTERM and closing the terminal stop the training, save what was trained and end with exit code 130, 143 and
129; a second one ends at once and saves nothing. A link as --out is written through.

At the end: the loss in nats per prediction and how many times better than blind guessing that is (how many times
more probability the right word gets, as a geometric mean); the floor, which is the lowest loss that any model can
reach on these pairs; and the held-out loss, the one of sentences that were not learned from.
"""
_EXAMPLES = (
    "book.txt --dim 100 --window 5 --out vectors.txt",
    "book.txt --steps --objective negative --epochs 5 --out vectors.bin",
    "books/ b.txt.gz --minutes 60 --out library.txt",
    "book.txt --out run.npz",
    "--go-on run.npz --max-passes 10 --out more.npz",
    "counts.npz --out large.npz --checkpoint-minutes 10",
    "counts.npz --go-on large.npz --max-passes 5 --out larger.npz",
    "- --min-count 1 --out projector.tsv < poem.txt",
)


def add_train(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add the command and its options to the parser."""
    parser = add_command(
        commands,
        "train",
        run,
        summary="train on texts and save the vectors",
        description="Train word vectors on texts (UTF-8, or another --encoding) and save them.",
        about=_ABOUT,
        examples=_EXAMPLES,
        only_given=True,
    )
    parser.add_argument(
        "texts", metavar="TEXT", nargs="*", help="a file, a folder, a pattern, - for standard input; or counts"
    )
    parser.add_argument("--out", metavar="FILE", required=True, help="where to save; the ending chooses the format")
    parser.add_argument("--force", action="store_true", help="write over what is there")
    parser.add_argument("--encoding", help="of the text, such as cp1252 or shift_jis (UTF-8)")
    add_text_options(parser)
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
    add_reading_options(model)
    model.add_argument(
        "--pairs", action="store_true", help="the text is training pairs, in^in|out^out,in|out,...: learn from these"
    )
    model.add_argument("--dynamic-window", action="store_true", help="draw each radius from 1 to the window")
    _number(model, "--subsample", "threshold for dropping frequent words at random, such as 0.001 (0: never)")
    model.add_argument("--subsample-formula", choices=("word2vec.c", "paper"), help="(word2vec.c)")

    model.add_argument("--objective", choices=tuple(OBJECTIVES), help="(softmax); hierarchical with --steps only")
    _number(model, "--negatives", f"of negative sampling: negative words for each pair ({Config.negatives})")
    _number(model, "--noise-power", f"and they are drawn by count to this power ({Config.noise_power})")

    steps = parser.add_argument_group("with --steps only")
    steps.add_argument("--architecture", choices=("skip-gram", "cbow"), help="(skip-gram)")
    _number(steps, "--epochs", f"passes over the text ({Config.epochs})")
    _number(steps, "--learning-rate", f"of the first update ({Config.learning_rate})")
    steps.add_argument("--constant-rate", dest="decay", action="store_false", help="the rate does not fall")
    steps.add_argument("--batching", choices=("pair", "window", "minibatch", "full"), help="what one update is (pair)")
    _number(steps, "--batch-size", f"examples in a minibatch ({Config.batch_size})")
    steps.add_argument("--reduction", choices=("mean", "sum"), help="of the gradients in an update (mean)")
    _number(steps, "--init-scale", f"the first vectors are uniform within this ({Config.init_scale})")
    steps.add_argument("--one-vector", action="store_true", help="one vector per word, as center and context, not two")

    whole = parser.add_argument_group("with --whole only")
    whole.add_argument(
        "--holdout", type=number(0), metavar="SHARE", help="of the sentences, kept aside (0.1; see above)"
    )
    whole.add_argument(
        "--l2", type=number(0), metavar="X", help="how strongly vectors are held back (chosen by itself)"
    )
    whole.add_argument("--max-passes", type=count, metavar="N", help="passes at most, or how many more with --go-on")
    whole.add_argument(
        "--minutes",
        type=number(0, MOST_MINUTES, is_above=True),
        metavar="N",
        help="time that training may take, counting aside; what is chosen for it is said (see below)",
    )

    counts = parser.add_argument_group("with counts, and texts that are counted first")
    counts.add_argument(
        "--checkpoint-minutes",
        type=number(0),
        metavar="N",
        help="save every so many minutes what is needed to go on; the same command does so after a crash",
    )


def check_usage(chosen: argparse.Namespace, given: dict[str, Any]) -> None:
    """End with a sentence on usage when options do not go together."""
    error = chosen.parser.error
    if ("texts" in given) == ("go_on" in given):
        error("name a text, or a saved run with --go-on, and not both")
    settings = (*CONFIG_OPTIONS, "holdout", "l2", "minutes", "encoding", "trainer", *TEXT_OPTIONS)
    ours = [name for name in settings if name in given]
    if "go_on" in given and ours:
        error("a run that is gone on with keeps its settings: only --max-passes and --out go with --go-on")
    if "join_lines" in given and "pretokenized" in given:
        error("--join-lines cannot go with --pretokenized, for which lines are sentences")
    not_of_pairs = (*NOT_OF_PAIRS, "architecture", "strip", "join_lines", "segment")
    if "pairs" in given and (useless := [name for name in not_of_pairs if name in given]):
        error(f"{', '.join(map(option_of, useless))} cannot go with --pairs, which say by themselves what is learned")
    if "checkpoint_minutes" in given:
        error("--checkpoint-minutes goes with counts: count the text first, with w2v count")
    if "texts" in given:
        way = way_of(given)
        wrong = [name for other in WAYS.values() if other is not way for name in other.settings if name in given]
        wrong = [name for name in wrong if name not in _known_to_both(given)]
        if wrong:
            error(f"{', '.join(map(option_of, wrong))} cannot go with {way.option}{way.instead}")


def option_of(setting: str) -> str:
    """Return the option by which a setting is chosen."""
    return _TURNED_OFF.get(setting) or f"--{setting.replace('_', '-')}"


def way_of(given: dict[str, Any]) -> Way:
    """Return the way that was asked for, by its name or by a setting that only one of them has."""
    needs_steps = given.get("architecture") == "cbow" or {"one_vector", "pairs"} & given.keys()
    another = _asks_for_another(given) and not ("minutes" in given and OBJECTIVES[given["objective"]].has_passes)
    return WAYS[given.get("trainer") or ("steps" if needs_steps or another else "whole")]


def _known_to_both(given: dict[str, Any]) -> tuple[str, ...]:
    """Options of --steps whose values are right for --whole too, which is skip-gram with one of two objectives."""
    objective = OBJECTIVES[given.get("objective", Config.objective)]
    of_objective = ("objective", *objective.settings) if objective.has_passes else ()
    return (*of_objective, *(["architecture"] if given.get("architecture") == Config.architecture else []))


def _asks_for_another(given: dict[str, Any]) -> bool:
    """Whether an objective is asked for, and not the usual one."""
    return bool(given.get("objective", Config.objective) != Config.objective)


# --- numbers on the command line --------------------------------------------------------------------------------


def _number(group: Any, option: str, words: str) -> None:
    """An option for a number of a Config, within its limits."""
    name = option.removeprefix("--").replace("-", "_")
    low, high = LIMITS[name]
    whole = isinstance(getattr(Config, name), int)
    reads = number(low, high, is_whole=whole)
    group.add_argument(option, type=reads, metavar="N" if whole else "X", help=words)
