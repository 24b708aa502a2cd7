"""Where no thread and no child process can be started, everything works all the same, to the same bits."""

import errno
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.everything import everything
from w2v import PRESETS, Config, ProjectionError, train_whole_text, tsne
from w2v.pictures import tsne as tsne_module
from w2v.pictures import tsne_here, tsne_process
from w2v.workers import Done, KeptScript, threads

ROOT = Path(__file__).resolve().parent.parent


def cloud(n_words: int, dim: int) -> np.ndarray:
    return np.random.default_rng(5).normal(size=(n_words, dim))


def refusing(error: BaseException, allowed: int = 0) -> Callable[..., Any]:
    """What stands in for a start: `allowed` times the real one, afterwards an error."""
    real, started = threading.Thread.start, []

    def start(self: Any, *_: object, **__: object) -> None:
        if len(started) >= allowed:
            raise error
        started.append(self)
        real(self)

    return start


NO_THREAD = RuntimeError("can't start new thread")
NO_PROCESS = [
    pytest.param(OSError(errno.ENOTSUP, "emscripten does not support processes."), id="browser"),
    pytest.param(PermissionError(errno.EPERM, "Operation not permitted"), id="forbidden"),
    pytest.param(BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), id="too many"),
    pytest.param(RuntimeError("can't start new thread"), id="no thread to read its output with"),
]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread and no child process can be started."""
    monkeypatch.setattr(threading.Thread, "start", refusing(NO_THREAD))
    monkeypatch.setattr(subprocess.Popen, "__init__", refusing(NO_PROCESS[0].values[0]))


# ------------------------------------------------------------------------------------------------- everything


def test_everything_public_comes_to_the_same_bits_where_nothing_can_be_started() -> None:
    command = [sys.executable, "-m", "tests.everything", "alone"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    alone, usual = json.loads(done.stdout), everything()
    assert alone["results"] == usual["results"]
    assert alone["left out"] == [], "tests/everything.py must use every public name"


# ---------------------------------------------------------------------------------------------------- threads


@pytest.mark.parametrize("allowed", [0, 1])
def test_a_pool_has_all_its_threads_or_is_none(monkeypatch: pytest.MonkeyPatch, allowed: int) -> None:
    before = threading.active_count()
    with threads(2) as pool:
        assert isinstance(pool, ThreadPoolExecutor)
        assert threading.active_count() == before + 2
        monkeypatch.setattr(threading.Thread, "start", refusing(NO_THREAD))
        meeting = threading.Barrier(2)
        assert len(list(pool.map(lambda _: meeting.wait(5), range(2)))) == 2  # both at once, and none is started anew
    monkeypatch.undo()
    monkeypatch.setattr(threading.Thread, "start", refusing(NO_THREAD, allowed))
    with threads(2) as pool:
        assert pool is None
    assert threading.active_count() == before


@pytest.mark.parametrize("allowed", [0, 1])
@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_a_whole_text_is_trained_without_threads(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, allowed: int, objective: Any
) -> None:
    config = Config(PRESETS["royal"].text, objective=objective, dim=6)
    usual = train_whole_text(config, max_passes=4)
    monkeypatch.setattr(threading.Thread, "start", refusing(NO_THREAD, allowed))
    with caplog.at_level(logging.INFO, "w2v"):
        alone = train_whole_text(config, max_passes=4)
    assert "can't start new thread" in caplog.text
    assert alone.losses.tobytes() == usual.losses.tobytes()
    assert [m.tobytes() for f in alone.frames for m in f or ()] == [m.tobytes() for f in usual.frames for m in f or ()]


ENDS_MEANWHILE = """
import atexit, threading

begun, ending, done = threading.Event(), threading.Event(), threading.Event()
threading._register_atexit(ending.set)  # what is registered later, by pools of threads, comes before

from w2v import Config, PRESETS, WholeTextRun

def train():
    try:
        training = WholeTextRun.train(Config(PRESETS["royal"].text, dim=6), max_passes=4)
        next(training)
        begun.set()
        ending.wait(60)
        print(sum(1 for _ in training))
    finally:
        done.set()

atexit.register(done.wait, 60)
threading.Thread(target=train, daemon=True).start()
begun.wait(60)
"""


def test_a_program_that_ends_while_it_trains_has_nothing_to_complain_of() -> None:
    """As a server of the app does after Ctrl-C, whose pages are trained in threads that end with it."""
    done = subprocess.run([sys.executable, "-c", ENDS_MEANWHILE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "3\n")


# -------------------------------------------------------------------------------------------- child processes


@pytest.mark.parametrize("error", NO_PROCESS)
def test_no_child_process_is_seen_however_it_is_refused(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(subprocess.Popen, "__init__", refusing(error))
    assert KeptScript(["no script"], {}).ask(b"", 5) is None


def test_a_python_without_processes_or_a_program_of_its_own_has_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "subprocess", None)  # importing it raises ImportError
        assert KeptScript(["no script"], {}).ask(b"", 5) is None
    for program in ("", None):
        monkeypatch.setattr(sys, "executable", program)
        assert KeptScript(["no script"], {}).ask(b"", 5) is None


ECHO = """
import os, sys, time
while length := sys.stdin.buffer.read(8):
    said = sys.stdin.buffer.read(int.from_bytes(length, "little"))
    if said == b"wait":
        time.sleep(20)
    if said in (b"4", b"0"):
        print("as asked", file=sys.stderr)
        sys.exit(int(said))
    answer = b" ".join([said, os.environ["WISH"].encode(), str(os.getpid()).encode()])
    sys.stdout.buffer.write(len(answer).to_bytes(8, "little") + answer)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Callable[[bytes, float], list[bytes] | Done]]:
    """Ask a script that answers with what it was told, its wish and its number."""
    path = tmp_path / "script.py"
    path.write_text(ECHO)
    script = KeptScript([str(path)], {"WISH": "all"})

    def ask(message: bytes, seconds: float = 20) -> list[bytes] | Done:
        done = script.ask(message, seconds)
        assert done is not None
        return done.output.split() if done.output else done

    yield ask
    script.end()


def test_a_script_answers_one_message_after_another(echo: Callable[..., Any]) -> None:
    said, wish, number = echo(b"hello")
    assert (said, wish) == (b"hello", b"all")
    long = b"x" * 300_000  # more than a pipe holds
    assert echo(long) == [long, b"all", number]


def test_a_script_that_has_ended_is_started_once_more(echo: Callable[..., Any]) -> None:
    first = echo(b"hello")[2]
    ended = echo(b"4")
    assert (ended.code, ended.errors.strip()) == (4, b"as asked")
    second = echo(b"hello")[2]
    assert second != first
    assert echo(b"0").code == 0, "it had the chance of a second start, and ended that time too"
    assert echo(b"hello")[2] != second


def test_a_script_that_takes_too_long_is_ended(echo: Callable[..., Any]) -> None:
    first = echo(b"hello")[2]
    with pytest.raises(TimeoutError):
        echo(b"wait", 0.3)
    assert echo(b"hello")[2] != first
    for seconds in (0.0, -1.0):
        with pytest.raises(TimeoutError):
            echo(b"hello", seconds)


# ------------------------------------------------------------------------------------------------------ t-SNE


def test_a_child_that_drew_one_picture_draws_the_next_to_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tsne_module, "KEPT", [])
    first = tsne(cloud(40, 6), perplexity=8, seed=4)
    (child,) = tsne_module.KEPT
    other = tsne(cloud(160, 6), perplexity=8, seed=5)
    assert [child] == tsne_module.KEPT
    assert tsne(cloud(40, 6), perplexity=8, seed=4).tobytes() == first.tobytes()
    child.end()
    assert tsne(cloud(160, 6), perplexity=8, seed=5).tobytes() == other.tobytes()
    child.end()


def test_a_child_that_nobody_asks_goes_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    impatient = tsne_module.SCRIPT.read_text().replace("IDLE_SECONDS = 120.0", "IDLE_SECONDS = 0.2")
    assert "= 0.2" in impatient
    (tmp_path / "impatient.py").write_text(impatient)
    child = KeptScript([str(tmp_path / "impatient.py")], {})
    begun = time.monotonic()
    assert child.ask(b"", 20) == Done(0, b"", b""), "no message is the end of its input"
    monkeypatch.setattr(tsne_module, "KEPT", [child])
    first = tsne(cloud(6, 3), perplexity=2, seed=1)
    while not child.has_ended:
        assert time.monotonic() - begun < 60
        time.sleep(0.05)
    assert np.array_equal(tsne(cloud(6, 3), perplexity=2, seed=1), first)
    child.end()


def test_tsne_draws_the_same_picture_in_this_process(request: pytest.FixtureRequest) -> None:
    matrix = cloud(151, 6)  # by Barnes and Hut
    matrix[3:7] = matrix[2]  # equal rows, on which scikit-learn's own start kills the process
    in_child = tsne(matrix, perplexity=8, seed=4)
    request.getfixturevalue("alone")
    assert tsne(matrix, perplexity=8, seed=4).tobytes() == in_child.tobytes()


@pytest.mark.usefixtures("alone")
def test_tsne_in_this_process_has_a_cap_and_the_same_checks() -> None:
    most = tsne_here.MOST_WORDS
    sentence = f"t-SNE of {most + 1:,} words needs .*: draw {most:,} words at most, or the principal axes"
    with pytest.raises(ProjectionError, match=sentence):
        tsne(cloud(most + 1, 3), perplexity=5, seed=1)
    bad = [(cloud(3, 2), {}), (np.full((9, 2), np.nan), {}), (cloud(9, 2), {"perplexity": 0})]
    bad += [(cloud(9, 2), {"init": np.full((9, 2), np.inf)}), (cloud(9, 2), {"init": np.ones((8, 2))})]
    for matrix, more in bad:
        with pytest.raises(ProjectionError):
            tsne(matrix, **{"perplexity": 5, "seed": 1} | more)
    for seconds in (0.0, -1.0):
        with pytest.raises(ProjectionError, match="did not finish in the time"):
            tsne(cloud(9, 2), perplexity=2, seed=1, seconds=seconds)


@pytest.mark.usefixtures("alone")
def test_as_many_words_as_may_be_take_a_few_seconds() -> None:
    begun = time.process_time()
    points = tsne(cloud(tsne_here.MOST_WORDS, 300), perplexity=1e9, seed=1)
    assert points.shape == (tsne_here.MOST_WORDS, 2)
    assert time.process_time() - begun < 20


@pytest.mark.usefixtures("alone")
def test_what_scikit_learn_cannot_do_here_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("All probabilities should be finite")

    with monkeypatch.context() as patch:
        patch.setattr(tsne_here, "embed", fail)
        with pytest.raises(ProjectionError, match=r"^t-SNE failed on these vectors; .*\.$"):
            tsne(cloud(6, 3), perplexity=2, seed=1)
    assert "All probabilities" in caplog.text
    monkeypatch.setitem(sys.modules, "sklearn.manifold", None)
    with pytest.raises(ProjectionError, match="needs scikit-learn"):
        tsne(cloud(6, 3), perplexity=2, seed=1)


@pytest.fixture
def loud_warnings() -> Iterator[None]:
    """NumPy raises what it usually passes over, as some programs ask it to."""
    with np.errstate(all="raise"):
        yield


@pytest.mark.usefixtures("alone", "loud_warnings")
def test_tsne_leaves_this_process_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "7"):
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
        if before:
            monkeypatch.setenv("OMP_NUM_THREADS", before)
        environment, limits = dict(os.environ), np.geterr()
        tsne(cloud(6, 3), perplexity=2, seed=1)
        assert dict(os.environ) == environment
        assert np.geterr() == limits


@pytest.mark.usefixtures("alone")
def test_one_picture_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    late: list[str] = []

    def draw_another(*arrays: Any) -> np.ndarray:
        try:
            tsne(cloud(6, 3), perplexity=2, seed=1, seconds=0.05)
        except ProjectionError as problem:
            late.append(str(problem))
        return tsne_process.embed(*arrays)

    monkeypatch.setattr(tsne_here, "embed", draw_another)
    assert tsne(cloud(6, 3), perplexity=2, seed=1).shape == (6, 2)
    assert "did not finish in the time" in late[0]
    assert tsne_module.CHILDREN.acquire(blocking=False)  # and turns were given back
    tsne_module.CHILDREN.release()
