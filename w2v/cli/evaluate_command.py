"""`python -m w2v evaluate`: compare vectors with what people say, and say how their file was read."""

import argparse
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from w2v.cli.subcommand import add_command
from w2v.cli.typed import count
from w2v.cli.vectors_option import add_vectors
from w2v.cli.ways_out import about
from w2v.counted import counted
from w2v.files.formats import load
from w2v.judgments.evaluation import (
    MOST_FREQUENT,
    AnalogyResult,
    AnalogyTest,
    PairTest,
    analogies,
    in_all,
    read_test,
    similarity,
)
from w2v.judgments.tables import LeftOut
from w2v.word_vectors import WordVectors

_NAMED_LINES = 3  # of those left out

_ABOUT = """\
Compare vectors with what people say. FILE has word pairs with scores (WordSim-353, SimLex-999, MEN: Spearman's rank
correlation) or analogy questions (Google's questions-words.txt: share of right answers, by section).
"""
_READING = """\
Pairs stand in a table, divided by tabs, commas, semicolons or blanks. Which columns have the two words and the score
is taken from the names in the header, else from what they hold, and printed. Where more than one reading is possible
the table is refused; then say which to take: --words 2,3 --score 4, or --words word1,word2 --score mean. Lines that
cannot be read are left out, counted and named.

Words are looked up whatever their case, as gensim does; of words that differ in case only the first counts. What has
no vector is left out and counted.
"""
_EXAMPLES = (
    "vectors.txt wordsim353.tsv",
    "vectors.txt wordsim353.tsv --words 1,2 --score 3",
    "vectors.bin questions-words.txt",
)


class Evaluation(NamedTuple):
    """What to print: lines for standard output, and sentences that warn, for standard error."""

    lines: list[str]
    warnings: list[str]


def add_evaluate(commands: Any, about_vectors: str, run: Callable[[argparse.Namespace], int]) -> None:
    """Add the command `evaluate`, which calls `run` with the options given, to an argument parser's commands."""
    parser = add_command(
        commands,
        "evaluate",
        run,
        summary="agreement with WordSim-353, SimLex-999 or analogy questions",
        description=_ABOUT,
        about=f"{about_vectors}\n{_READING}",
        examples=_EXAMPLES,
    )
    add_vectors(parser, "--vectors-encoding")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--words", type=_two, metavar="I,J", help="the columns of the two words: numbers from 1, or names in the header"
    )
    parser.add_argument("--score", metavar="K", help="the column of the score, likewise")
    parser.add_argument("--encoding", help="of FILE, such as cp1252 or utf-16-le (UTF-8)")
    parser.add_argument(
        "--most-frequent",
        type=count,
        default=MOST_FREQUENT,
        metavar="N",
        help=f"use the first N words of the vectors only ({MOST_FREQUENT:,}; fewer are faster)",
    )


def evaluate(chosen: argparse.Namespace, vectors: WordVectors) -> Evaluation:
    """Read the file, compare, and say all that matters. Raises ValueError in one sentence that names the file."""
    with about(chosen.file):
        test = read_test(load(chosen.file), encoding=chosen.encoding, words=chosen.words, score=chosen.score)
    if isinstance(test, PairTest):
        return _pairs(chosen, vectors, test)
    return _questions(chosen, vectors, test)


def _pairs(chosen: argparse.Namespace, vectors: WordVectors, test: PairTest) -> Evaluation:
    result = similarity(vectors, test, chosen.most_frequent)
    names = [f' "{name}"' if name else "" for name in test.names] or [""] * 3
    a, b, k = (f"{column + 1}{name}" for column, name in zip(test.columns, names, strict=True))
    value = "none: too few pairs found, or all alike" if result.spearman is None else f"{result.spearman:.4f}"
    named = "" if test.header is None else f", named in line {test.header:,}"
    lines = [
        f"words             columns {a} and {b}{named}",
        f"score             column {k}{f' ({test.why})' if test.why else ''}",
        *_left_out(test.left_out),
        f"pairs found       {result.n_found:,} of {result.n_pairs:,}",
        f"Spearman's rho    {value}",
    ]
    if result.n_found:
        return Evaluation(lines, [])
    first = test.pairs[0]
    warning = f'the first is read as "{first.a}" and "{first.b}" with the score {first.score:g}'
    if all(word[-2:] in ("-n", "-v", "-j", "-a", "-r") for word in (first.a, first.b)):
        warning += ", with parts of speech at the end of words, as in MEN's lemma form: take its natural form"
    return Evaluation(lines, [f"{chosen.file}: no pair has both its words in {chosen.vectors}; {warning}."])


def _questions(chosen: argparse.Namespace, vectors: WordVectors, test: AnalogyTest) -> Evaluation:
    results = analogies(vectors, test, chosen.most_frequent)
    total = in_all(results)
    lines = [f"{'right':>8}{'found':>8}{'asked':>8}{'of found':>10}  section"]
    for r in (*results, total):
        share = f"{100 * r.n_right / r.n_found:.1f} %" if r.n_found else "-"
        lines.append(f"{r.n_right:8,}{r.n_found:8,}{r.n_questions:8,}{share:>10}  {r.name}")
    lines += [f"read              {test.why}"] if test.why else []
    lines += _left_out(test.left_out)
    if total.n_found:
        return Evaluation(lines, _right_anyway(chosen, total))
    a, b, c, d = test.sections[0].questions[0]
    return Evaluation(
        lines,
        [
            f"{chosen.file}: no question has all its words in {chosen.vectors}; the first is read as "
            f'"{a}" is to "{b}" as "{c}" is to "{d}".'
        ],
    )


def _right_anyway(chosen: argparse.Namespace, total: AnalogyResult) -> list[str]:
    if not total.n_nearest:
        return []
    are = "is" if total.n_nearest == 1 else "are"
    return [
        f"{chosen.file}: {total.n_nearest:,} of the {counted(total.n_right, 'right answer')} {are} the word nearest to "
        "the third anyway, whatever the first two are."
    ]


def _left_out(lines: Sequence[LeftOut]) -> list[str]:
    """One line on those that could not be read: how many, and the first of them; none when all were read."""
    if not lines:
        return []
    named = "; ".join([f"line {line.number:,} ({line.why})" for line in lines[:_NAMED_LINES]])
    more = len(lines) - _NAMED_LINES
    return [f"lines left out    {len(lines):,}: {named}{f'; and {more:,} more' if more > 0 else ''}"]


def _two(value: str) -> tuple[str, str]:
    first, _, second = value.partition(",")
    if not first.strip() or not second.strip():
        raise argparse.ArgumentTypeError("it must be two columns with a comma between, as in 1,2 or word1,word2")
    return first.strip(), second.strip()
