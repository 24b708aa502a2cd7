"""word2vec without a browser: train on a text, ask for neighbors and analogies, compare with what people say.

Exit codes: 0 all went well; 1 something is wrong with a file, a word or a setting, in one sentence on standard error;
2 the command itself is not understood; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by a terminal that was closed (what
was trained is saved all the same).
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from w2v.cli import console, interrupts
from w2v.cli.console import plain, say
from w2v.cli.count_command import count as count_texts
from w2v.cli.counting_options import add_count
from w2v.cli.evaluate_command import add_evaluate, evaluate
from w2v.cli.subcommand import add_command
from w2v.cli.training_command import train
from w2v.cli.training_options import add_train
from w2v.cli.typed import count
from w2v.cli.vectors_option import VECTORS, add_vectors
from w2v.cli.ways_out import about, in_options
from w2v.counted import counted
from w2v.explain.oddities import oddity
from w2v.files.formats import load_vectors, read_stream
from w2v.word_vectors import WordVectors

OK, PROBLEM, USAGE = 0, 1, 2

_EXAMPLES = """\
examples:
  python -m w2v train book.txt --dim 100 --window 5 --out vectors.txt
  python -m w2v count books/ --out counts.npz
  python -m w2v neighbors vectors.txt alice queen
  python -m w2v analogy vectors.txt king man woman
  python -m w2v evaluate vectors.txt wordsim353.tsv

exit codes: 0 done; 1 a file, word or setting that will not do (one sentence says why); 2 a command that is not
understood; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by closing the terminal (train saves what it has all the same)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    console.prepare()
    interrupts.say_when_stopped("Stopped.")
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read our output, such as `head`, has enough
        console.drop(sys.stdout)
        return OK
    except OSError as problem:  # files were seen to before: this is standard output
        console.drop(sys.stdout)
        say(f"The output cannot be written: {problem.strerror or problem}.")
        return PROBLEM
    except (ValueError, MemoryError) as problem:
        said = in_options(problem) if isinstance(problem, ValueError) else str(problem)
        say(said or "There is not enough memory for this file: read its first words only, with --limit.")
        return PROBLEM
    except KeyboardInterrupt as stopped:
        say(interrupts.sentence())
        return stopped.code if isinstance(stopped, interrupts.Interrupted) else interrupts.exit_code(signal.SIGINT)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        chosen = _parser().parse_args(arguments)
    except SystemExit:
        sys.stdout.flush()  # --help
        raise
    code: int = chosen.run(chosen)
    return code


class _Parser(argparse.ArgumentParser):
    def print_help(self, file: Any = None) -> None:
        print(self.format_help(), end="", file=file)  # unlike argparse's own it does not pass over a full device

    def error(self, message: str) -> NoReturn:
        console.tell(self.format_usage())
        say(f"{self.prog}: {message}")
        raise SystemExit(USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        "python -m w2v",
        description="word2vec without a browser.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    add_train(commands, train)
    add_count(commands, count_texts)

    near = add_command(
        commands,
        "neighbors",
        _neighbors,
        summary="the most similar words",
        description="Print the words whose vectors are most similar (cosine) to each WORD.",
        about=VECTORS,
        examples=("vectors.txt alice queen", "vectors.bin -n 20 rabbit"),
    )
    add_vectors(near)
    near.add_argument("words", metavar="WORD", nargs="+", type=_word)
    near.add_argument("-n", type=count, default=10, help="how many neighbors (10)")

    like = add_command(
        commands,
        "analogy",
        _analogy,
        summary="king - man + woman = ?",
        description="Print the words most similar to A - B + C, each vector first made length 1 (3CosAdd).",
        about=VECTORS,
        examples=("vectors.txt king man woman", "vectors.txt --keep-inputs king man woman"),
    )
    add_vectors(like)
    for name in ("a", "b", "c"):
        like.add_argument(name, metavar=name.upper(), type=_word)
    like.add_argument("-n", type=count, default=10, help="how many answers (10)")
    like.add_argument("--keep-inputs", action="store_true", help="leave A, B and C among the answers: they often win")

    add_evaluate(commands, VECTORS, _evaluate)
    return parser


def _word(value: str) -> str:
    """A word as it was typed: UTF-8, whatever the locale made of it."""
    try:
        return os.fsencode(value).decode("utf-8")
    except UnicodeError:
        return value


# --- the commands that ask --------------------------------------------------------------------------------------


def _load(chosen: argparse.Namespace) -> WordVectors:
    name = chosen.vectors
    how: dict[str, Any] = {"limit": chosen.limit, "encoding": chosen.vectors_encoding, "errors": chosen.errors}
    with about(name, encoding=chosen.encoding_option):
        vectors = read_stream(sys.stdin.buffer, **how) if name == "-" else load_vectors(name, **how)
    for note in vectors.notes:
        say(f"{name}: {note}")
    return vectors


def _find(vectors: WordVectors, name: str, words: Sequence[str]) -> list[str]:
    """The words as the vectors spell them. Raises ValueError for those that are not there."""
    rows = [vectors.find(word) for word in words]
    missing = [f'"{plain(word)}"' for word, row in zip(words, rows, strict=True) if row is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise ValueError(f"{', '.join(missing)} {verb} not among the {counted(len(vectors), 'word')} of {name}.")
    return [vectors.words[row] for row in rows if row is not None]


def _print(found: list[tuple[str, float]]) -> None:
    for word, cosine in found:
        print(f"  {cosine:7.4f}  {plain(word)}")


def _neighbors(chosen: argparse.Namespace) -> int:
    vectors = _load(chosen)
    words = _find(vectors, chosen.vectors, chosen.words)
    if (odd := oddity(vectors.vectors)) and odd.is_all:
        say(f"{chosen.vectors}: {odd.sentence}")
    for word in words:
        print(plain(word))
        _print(vectors.nearest(word, chosen.n))
    return OK


def _analogy(chosen: argparse.Namespace) -> int:
    vectors = _load(chosen)
    a, b, c = _find(vectors, chosen.vectors, (chosen.a, chosen.b, chosen.c))
    print(f"{plain(a)} - {plain(b)} + {plain(c)}")
    _print(vectors.analogy(a, b, c, chosen.n, exclude_inputs=not chosen.keep_inputs))
    return OK


def _evaluate(chosen: argparse.Namespace) -> int:
    result = evaluate(chosen, _load(chosen))
    for warning in result.warnings:
        say(warning)
    for line in result.lines:
        print(plain(line))
    return OK
