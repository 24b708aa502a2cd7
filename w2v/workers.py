"""Threads and child processes, asked for in one place, for some systems start none.

Python in a browser has neither, and a locked-down server may refuse both. Whoever asks here is told, and does the same
work in the thread that called, to the same bits.
"""

import logging
import os
import signal
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import IO, Any, NamedTuple

Pool = Executor | None
"""Threads to hand work to; None where there are none, and the calling thread does it all."""

REFUSED = (RuntimeError, OSError, ImportError)
"""How a refusal shows: "can't start new thread", "does not support processes", and no module at all."""

_LONGEST_ANSWER = 2**30  # bytes: longer ones are none

_log = logging.getLogger(__name__)


class _Threads(ThreadPoolExecutor):
    """Threads, until the program begins to end: then they take no more work, and whoever has some does it."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> "Future[Any]":
        try:
            return super().submit(work, *given, **named)
        except RuntimeError as error:
            _log.info("threads take no more work, it is done in the calling one: %s", error)
        done = Future[Any]()
        done.set_result(work(*given, **named))
        return done


@contextmanager
def threads(n: int) -> Iterator[Pool]:
    """Give a pool of n threads, all of them running, or None where not so many can be started."""
    with _Threads(n) as pool:
        yield pool if _all_start(pool, n) else None


def _all_start(pool: ThreadPoolExecutor, n: int) -> bool:
    """Start the n threads of a new pool now; it would start each when work comes, and fail in the middle of it."""
    begin = threading.Event()
    try:
        for _ in range(n):
            ThreadPoolExecutor.submit(pool, begin.wait)  # keeps its thread busy, so that the next one needs another
    except REFUSED as error:
        _log.info("no threads, all work is done in the calling one: %s", error)
        return False
    finally:
        begin.set()
    return True


def in_background(work: Callable[[], None]) -> None:
    """Do some work in a thread of its own, which ends with the program; in this one where no other can be started."""
    try:
        threading.Thread(target=work, daemon=True).start()
    except REFUSED as error:
        _log.info("no thread, the work is done in the calling one: %s", error)
        work()


class Done(NamedTuple):
    """What a child process answered: its exit code (0 where it goes on, negative: the signal), and what it wrote."""

    code: int
    output: bytes
    errors: bytes


class KeptScript:
    """A Python script in a child process that answers one message after another, so that it need not begin anew.

    arguments   : the script and what it is given
    environment : variables that it gets besides those of this process

    A message stands on its standard input, an answer on its standard output, each after its length (8 bytes, the least
    first). It ends when its input does. Asked when it has ended, for whatever reason, it is started once more.
    """

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self.arguments = tuple(arguments)
        self._environment = dict(environment)
        self._child: Any = None  # subprocess.Popen
        self._errors: IO[bytes]
        self._finish: Callable[[], object]

    def ask(self, message: bytes, seconds: float) -> Done | None:
        """Return the answer; None where no child process can be started, or no thread that watches the time.

        Raises TimeoutError when the time was up; then the child is ended.
        """
        if seconds <= 0:
            raise TimeoutError
        try:
            done = None if self.has_ended else self._answer(message, seconds)
            if done is None or (done.code == 0 and not done.output):  # none yet, or it had gone as nobody asked
                self._start()
                done = self._answer(message, seconds)
            return done
        except REFUSED as error:
            if isinstance(error, TimeoutError):
                raise
            _log.info("no child process can be started: %s", error)
            self.end()
            return None

    def end(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._finish()
            self._child = None

    @property
    def has_ended(self) -> bool:
        """Whether there is no child at present."""
        return self._child is None or self._child.poll() is not None

    def _start(self) -> None:
        import subprocess  # here, for not every Python has what it needs

        self.end()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  and no pipe, which would be full at some time
        try:
            self._child = subprocess.Popen(
                [_python(), *self.arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=os.environ | self._environment,
            )
        except BaseException:
            self._errors.close()
            raise
        self._finish = weakref.finalize(self, _end, self._child, self._errors)  # at the end of this process as well

    def _answer(self, message: bytes, seconds: float) -> Done:
        child, deadline = self._child, time.monotonic() + seconds
        watch = threading.Timer(seconds, child.kill)
        watch.start()
        try:
            with suppress(OSError):  # it has ended: what it wrote before says why
                child.stdin.write(len(message).to_bytes(8, "little") + message)
                child.stdin.flush()
            length = int.from_bytes(child.stdout.read(8), "little")
            answer = child.stdout.read(length) if length <= _LONGEST_ANSWER else b""
            code = 0 if answer else child.wait()
        finally:
            watch.cancel()
        if not answer and time.monotonic() >= deadline:
            self.end()
            raise TimeoutError
        self._errors.seek(0)
        return Done(code, answer, b"" if answer else self._errors.read())


def _end(child: Any, errors: IO[bytes]) -> None:
    child.kill()
    child.communicate()
    errors.close()


def _python() -> str:
    """Return the path of the running Python; one inside another program may have none."""
    if not sys.executable:
        raise OSError("this Python does not know its own program")
    return sys.executable


# --- processes that do what is handed to them -------------------------------------------------------------------


class Helper:
    """A process that does one task after another, each when it is sent.

    make, arguments : `make(*arguments)` is made once there, and called with its tasks

    Raises one of `REFUSED` where none can be started.
    """

    def __init__(self, make: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
        from multiprocessing import get_context  # here, for not every Python has what it needs

        context = get_context("spawn")
        self._connection: Any
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_help, args=(theirs, make, arguments), daemon=True)
        try:
            with theirs, _deaf(), _no_main_module():
                self._process.start()
        except BaseException:
            self._connection.close()
            raise

    def hand(self, task: Any) -> None:
        """Send it a task. Raises OSError where it was lost."""
        self._connection.send(task)

    def answer(self) -> tuple[bool, Any]:
        """Return whether its task went well, with what came of it or what it raised. OSError, EOFError: it was lost."""
        is_well, answer = self._connection.recv()
        return is_well, answer

    def end(self) -> None:
        """End it."""
        self._connection.close()
        self._process.kill()
        self._process.join()


def with_answers(helpers: Iterable[Helper]) -> list[Helper]:
    """Wait until some of them have answered, or are lost, and return these."""
    from multiprocessing.connection import wait

    by_connection = {helper._connection: helper for helper in helpers}
    return [by_connection[connection] for connection in wait(list(by_connection))]


@contextmanager
def _deaf() -> Iterator[None]:
    """Let what is started here never hear of Ctrl-C, which is for the process that the user sees."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which would come with the first of them, and lets this process hear again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Let what is started here not run the program that this process runs, such as a page of an app, as it comes."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _help(connection: Any, make: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
    """Answer tasks until nobody is there who gives them."""
    with suppress(OSError, EOFError):
        work = make(*arguments)
        while True:
            task = connection.recv()
            try:
                answer = True, work(task)
            except Exception as problem:  # noqa: BLE001  whatever it is, it is raised where the task came from
                answer = False, problem
            connection.send(answer)
