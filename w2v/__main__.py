"""The command line: `python -m w2v --help`."""

import sys

from w2v.cli import interrupts


def run() -> int:
    """Run the command that this process was started for, and return its exit code."""
    interrupts.take_over()
    from w2v.cli.command_line import main  # takes a moment, in which Ctrl-C may come

    try:
        return main()
    finally:
        interrupts.let_end()


if __name__ == "__main__":
    sys.exit(run())
