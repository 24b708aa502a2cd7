"""Threads and child processes, asked for in one place, for some systems start none.

Python in a browser has neither, and a locked-down server may refuse both. Whoever asks here is told, and does the same
work in the thread that called, to the same bits.
"""

import logging
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

Pool = Executor | None
"""Threads to hand work to; None where there are none, and the calling thread does it all."""

REFUSED = (RuntimeError, OSError, ImportError)
"""How a refusal shows: "can't start new thread", "does not support processes", and no module at all."""

_log = logging.getLogger(__name__)


@contextmanager
def threads(n: int) -> Iterator[Pool]:
    """Give a pool of n threads, all of them running, or None where not so many can be started."""
    with ThreadPoolExecutor(n) as pool:
        yield pool if _all_start(pool, n) else None


def _all_start(pool: ThreadPoolExecutor, n: int) -> bool:
    """Start the n threads of a new pool now; it would start each when work comes, and fail in the middle of it."""
    begin = threading.Event()
    try:
        for _ in range(n):
            pool.submit(begin.wait)  # keeps its thread busy, so that the next one needs another
    except REFUSED as error:
        _log.info("no threads, all work is done in the calling one: %s", error)
        return False
    finally:
        begin.set()
    return True


class Done(NamedTuple):
    """A child process that has ended: its exit code (negative: the signal) and what it wrote."""

    code: int
    output: bytes
    errors: bytes


def run_script(arguments: Sequence[str], message: bytes, seconds: float, environment: Mapping[str, str]) -> Done | None:
    """Run a Python script in a child process to its end; None where no child can be started.

    arguments   : the script and what it is given
    message     : what it reads on its standard input
    seconds     : after which it is ended
    environment : variables that it gets besides those of this process

    Raises TimeoutError when the time was up.
    """
    try:
        import subprocess  # here, for not every Python has what it needs

        done = subprocess.run(
            [_python(), *arguments],
            input=message,
            capture_output=True,
            timeout=seconds,
            env=os.environ | dict(environment),
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)
    except REFUSED as error:
        _log.info("no child process can be started: %s", error)
        return None
    except subprocess.TimeoutExpired:
        raise TimeoutError from None


def _python() -> str:
    """Return the path of the running Python; one inside another program may have none."""
    if not sys.executable:
        raise OSError("this Python does not know its own program")
    return sys.executable
