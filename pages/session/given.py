"""Vectors that the app was given when it was started: `streamlit run app.py -- --vectors vectors.bin`.

Whoever starts the app names a file of their own machine, of any size; a visitor names none. It is read once, while
everybody goes on, and held once for all who look at it.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from w2v import WordVectors, load_vectors
from w2v.files.formats import expected_bytes
from w2v.workers import in_background

OPTION = "--vectors"
MOST_WORDS = 400_000  # the first ones are read, which in most files are the most frequent


@dataclass
class Given:
    """What was given: the name of the file, and what became of it.

    memory  : what its vectors take, in words, said before it is read
    vectors : as soon as they are there;  problem : one sentence, where they will not be
    """

    name: str
    memory: str
    vectors: WordVectors | None = None
    problem: str | None = None

    @property
    def is_being_read(self) -> bool:
        """Whether it is not known yet what comes of it."""
        return self.vectors is None and self.problem is None


_given: Given | None = None


def given() -> Given | None:
    """Return what was given, None if nothing was."""
    return _given


def begin(arguments: Sequence[str]) -> None:
    """Read what the arguments of the app name, if they name something, while others go on; say before what it takes."""
    global _given
    path = _path_in(arguments)
    _given = None if path is None else Given(Path(path).name, _memory_of(path))
    if _given is not None and path is not None:
        print(f"{_given.name} is read for the pages Map and Words. {_given.memory}", file=sys.stderr, flush=True)
        in_background(partial(_read, _given, path))


def _path_in(arguments: Sequence[str]) -> str | None:
    """Return what follows the option, or stands behind its equals sign."""
    for argument, after in zip(arguments, [*arguments[1:], None], strict=False):
        if argument == OPTION:
            return after
        if argument.startswith(f"{OPTION}="):
            return argument.removeprefix(f"{OPTION}=")
    return None


def _memory_of(path: str) -> str:
    needed = expected_bytes(path, MOST_WORDS)
    if needed is None:
        return "How much memory its vectors take is known when they are unpacked."
    return f"Its vectors take about {max(1, round(needed / 1e6)):,} MB of memory."


def _read(into: Given, path: str) -> None:
    try:
        into.vectors = _noted(load_vectors(path, limit=MOST_WORDS))
        into.vectors.directions  # noqa: B018  made here, so that nobody waits for it
    except ValueError as problem:
        into.problem = f"{into.name} was not opened: {problem}"
        print(into.problem, file=sys.stderr, flush=True)
    except MemoryError:
        into.problem = f"{into.name} was not opened: there is not enough memory for it."


def _noted(vectors: WordVectors) -> WordVectors:
    """Say so where there may be more words in the file."""
    if len(vectors) < MOST_WORDS:
        return vectors
    note = f"The first {MOST_WORDS:,} words were read; files of vectors mostly list words by frequency."
    return WordVectors(vectors.words, vectors.vectors, (note, *vectors.notes))
