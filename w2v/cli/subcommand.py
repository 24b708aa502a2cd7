"""How each command is introduced: what it does, what there is to say about it below its options, and examples."""

import argparse
import textwrap
from collections.abc import Callable, Sequence
from typing import Any


def add_command(
    commands: Any,
    name: str,
    run: Callable[[argparse.Namespace], int],
    *,
    summary: str,
    description: str,
    about: str,
    examples: Sequence[str],
    only_given: bool = False,
) -> argparse.ArgumentParser:
    """Add a command, which calls `run` with the options given, to a parser's commands; return its own parser.

    summary     : its line in the list of commands
    description : what stands above its options, with `about` and the examples below them
    only_given  : whether options that nobody gave are left out of those, where they have no default of their own
    """
    lines = textwrap.indent("\n".join([f"python -m w2v {name} {example}" for example in examples]), "  ")
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=f"{about}\nexamples:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS if only_given else None,
    )
    parser.set_defaults(run=run, parser=parser)
    return parser
