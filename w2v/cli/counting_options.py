"""The options of `python -m w2v count`."""

import argparse
import os
from collections.abc import Callable
from typing import Any

from w2v.cli.subcommand import add_command
from w2v.cli.text_options import add_reading_options
from w2v.cli.typed import count, number, size
from w2v.counting.counted_text import CountSettings
from w2v.counting.counting import MEMORY

_ABOUT = """\
Each TEXT is a file, a folder with all that is in it, a pattern such as 'books/*.txt.gz', an address that fsspec knows
such as s3://bucket/*.txt, or - for standard input, which is kept in the temporary folder, since texts are read twice:
once for their words, once for the pairs of those that are kept. A file that is named twice, or lies in a folder that is
named too, is counted once. What is packed by gzip, bzip2, xz or Zstandard is unpacked on the way. Memory does not grow
with the texts, only with the counts; those that outgrow --memory become sorted runs in the temporary folder, which are
merged at the end.

What has counts in it already, from this command, is added, to the last pair, and texts beside it are counted as it
was. Parts that are to be added later must be counted over the same words: with --min-count 1, or with one --vocabulary;
that of counts brings their settings too.

Ctrl-C keeps what was counted until then beside --out, in a file that ends in .unfinished; the same command goes on from
there. On a cluster the first blocks of the texts are kept, as far as their counts were added up; it goes on behind
them, where the files still have their sizes and times. What comes out is the same for any number of processes or
machines, and any --memory.
"""
_EXAMPLES = (
    "a.txt b.txt.gz --window 5 --out counts.npz",
    "books/ --min-count 10 --limit 100000 --out counts.npz",
    "january.npz february.npz --out year.npz",
    "more.txt --vocabulary counts.npz --out more.npz",
)


def add_count(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add the command and its options to the parser."""
    usual = CountSettings()
    parser = add_command(
        commands,
        "count",
        run,
        summary="count texts of any size, to train on them",
        description="Count the words of texts, and the pairs of a center and a context word, and save the counts.",
        about=_ABOUT,
        examples=_EXAMPLES,
        only_given=True,
    )
    parser.add_argument("texts", metavar="TEXT", nargs="+", help="see below")
    parser.add_argument("--out", metavar="FILE.npz", required=True, help="where to save the counts")
    parser.add_argument("--force", action="store_true", help="write over what is there")
    parser.add_argument("--encoding", help="of the texts, such as cp1252 or shift_jis (UTF-8)")
    parser.add_argument(
        "--skip-unreadable", action="store_true", help="leave out files that cannot be read, and name them"
    )

    what = parser.add_argument_group("what is counted")
    what.add_argument("--window", type=count, metavar="N", help=f"radius of the window in words ({usual.window})")
    what.add_argument("--min-count", type=count, metavar="N", help=f"leave out rarer words ({usual.min_count})")
    what.add_argument(
        "--limit", dest="most_words", type=count, metavar="N", help="keep the N most frequent words at most (all)"
    )
    what.add_argument(
        "--vocabulary",
        metavar="FILE",
        help="keep these words instead: those of counts, or the first one of each line; a text is then read once",
    )
    what.add_argument(
        "--holdout", type=number(0, 0.5), metavar="SHARE", help=f"of the sentences, kept aside ({usual.holdout})"
    )
    what.add_argument("--seed", type=count, metavar="N", help=f"which ones ({usual.seed})")
    add_reading_options(what)

    how = parser.add_argument_group("how")
    how.add_argument("--processes", type=count, metavar="N", help="how many count (one for each processor)")
    how.add_argument(
        "--memory", type=size, metavar="SIZE", help=f"for counts while they grow, such as 4G ({MEMORY // 2**30}G)"
    )
    how.add_argument("--temp", metavar="FOLDER", help="for what needs more (the one of the system)")
    how.add_argument(
        "--scheduler", metavar="ADDRESS", help="of a Dask cluster that counts, whose machines must reach the texts too"
    )


def processes(given: dict[str, Any]) -> int:
    """Return how many processes are to count."""
    if "processes" in given:
        return int(given["processes"])
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
