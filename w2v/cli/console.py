"""What a command says in a terminal or a pipe, whatever becomes of them: closed, full, or with nobody who reads."""

import os
import sys
import unicodedata
from contextlib import suppress
from typing import TextIO


def prepare() -> None:
    """Make standard output and error UTF-8 whatever the locale says, and let those that are closed lead nowhere."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:  # `>&-`: the number must be taken, or the next file that is opened gets it
            opened = os.open(os.devnull, os.O_RDONLY if mode == "r" else os.O_WRONLY)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(sentence: str) -> None:
    """Print a sentence on standard error, if it takes any."""
    tell(f"{plain(sentence)}\n")


def tell(text: str) -> None:
    """Write on standard error at once, if it takes any: nothing is given up because nobody listens."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """Let a stream that takes no more lead nowhere, or Python would complain of what is left in it at the very end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


def plain(word: str) -> str:
    """Return a word as a terminal may show it: control characters, which could command it, are spelled out."""
    return "".join([c if not unicodedata.category(c).startswith("C") else ascii(c)[1:-1] for c in word])
