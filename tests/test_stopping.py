"""Ctrl-C, SIGTERM, and outputs that are full or closed: what was trained is kept, and there is no traceback."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.test_command_line import TEXT, facts
from w2v import WordVectors, load_vectors, read_saved_run, word2vec_text
from w2v.cli.command_line import main
from w2v.cli.interrupts import AGAIN, Interrupted, Stopping
from w2v.slices import finished

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals to another process, and devices, of POSIX")
ROOT = Path(__file__).resolve().parent.parent
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
NOTHING_YET = "Stopped: nothing was trained yet, so nothing is saved."
LONG = ("--steps", "--dim", "50", "--epochs", "2000")


@pytest.fixture(autouse=True)
def commands_heed_a_closed_terminal() -> Iterator[None]:
    """Where `nohup` keeps these tests, they would hand down to each command that it should ignore that, too."""
    inherited = signal.signal(signal.SIGHUP, lambda *_: None)  # what is done here, no other process inherits
    yield
    signal.signal(signal.SIGHUP, inherited)


@pytest.fixture
def text(tmp_path: Path) -> str:
    """The name of a short text."""
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "text.txt")


@pytest.fixture
def vectors(tmp_path: Path) -> str:
    """The name of a file of vectors."""
    table = np.random.default_rng(1).normal(size=(20, 2))
    (tmp_path / "vectors.txt").write_bytes(word2vec_text(WordVectors(tuple(f"w{i}" for i in range(20)), table)))
    return str(tmp_path / "vectors.txt")


def book(n_words: int) -> str:
    """A long text of 3,000 different words."""
    words = np.random.default_rng(3).zipf(1.3, n_words) % 3000
    return "\n".join(" ".join(f"w{i}" for i in row) for row in words.reshape(-1, 12))


def start(*arguments: str, python: Sequence[str] = (), **options: Any) -> subprocess.Popen[bytes]:
    """Start a command."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen([sys.executable, *python, "-m", "w2v", *arguments], cwd=ROOT, **pipes)


def wait_for(process: subprocess.Popen[bytes], pattern: str, times: int = 1) -> None:
    """Read standard error until so many lines of it match."""
    assert process.stderr is not None
    while times:
        line = process.stderr.readline()
        assert line, f"it ended before it said {pattern}"
        times -= bool(re.search(pattern, line.decode()))


def ended(process: subprocess.Popen[bytes], *numbers: int) -> tuple[int, str, str]:
    """Send signals, all at the same moment, and return the exit code and what was said on both outputs."""
    if len(numbers) > 1:
        process.send_signal(signal.SIGSTOP)
    for number in numbers:
        process.send_signal(number)
    if len(numbers) > 1:
        process.send_signal(signal.SIGCONT)
    try:
        out, err = ((told or b"").decode() for told in process.communicate(timeout=60))
    finally:
        process.kill()  # one that does not end must not go on beside the other tests
    assert "Traceback" not in err, err
    assert "Exception ignored" not in err, err
    return process.returncode, out, err


# --- signals: nothing to keep -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize(
    ("imported", "sentence"),
    [
        *((module, "Stopped.") for module in ("numpy.version", "numpy.linalg", "w2v.windows", "argparse")),
        ("scipy.sparse._base", NOTHING_YET),  # comes when pairs are counted
    ],
)
def test_a_signal_while_modules_are_still_imported(
    name: str, imported: str, sentence: str, text: str, tmp_path: Path
) -> None:
    number = getattr(signal, name)
    process = start("train", text, "--out", str(tmp_path / "x.txt"), python=("-X", "importtime"))
    wait_for(process, rf"\| +{imported}$")
    code, out, err = ended(process, number)
    said = [line for line in err.splitlines() if not line.startswith("import time:")]
    assert (code, out, said) == (128 + number, "", [sentence])
    assert os.listdir(tmp_path) == ["text.txt"]


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_while_words_are_counted(name: str, tmp_path: Path) -> None:
    number, out = getattr(signal, name), tmp_path / "x.tsv"
    process = start("train", "-", "--min-count", "1", "--dim", "300", "--out", str(out), stdin=subprocess.PIPE)
    assert process.stdin is not None
    with process.stdin as given:
        given.write(book(240_000).encode())  # a pipe holds 64 kB: when all of this is taken, the place was tried
    process.stdin = None
    assert ended(process, number) == (128 + number, "", f"{NOTHING_YET}\n")
    assert os.listdir(tmp_path) == []


def test_only_the_command_takes_signals_over(tmp_path: Path) -> None:
    """Another program that imports w2v while it starts, and has w2v among its arguments, keeps its own ways."""
    (tmp_path / "tool").mkdir()
    (tmp_path / "tool" / "__init__.py").write_text("import w2v")
    (tmp_path / "tool" / "__main__.py").write_text("import signal; print(signal.getsignal(signal.SIGTERM).name)")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    for arguments in (["-m", "tool", "w2v", "-m", "w2v"], ["-mtool", "-mw2v"]):
        done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
        assert done.stdout == b"SIG_DFL\n"
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-mw2v", "--help"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    wait_for(process, r"\| +numpy.version$")
    assert ended(process, signal.SIGINT)[0] == 130


def test_ctrl_c_while_a_text_is_awaited(tmp_path: Path) -> None:
    process = start("neighbors", "-", "king", python=("-X", "importtime"), stdin=subprocess.PIPE)
    wait_for(process, r"\| w2v.cli.command_line")
    code, out, err = ended(process, signal.SIGINT)
    assert (code, out, err.splitlines()[-1]) == (130, "", "Stopped.")


# --- signals: what was trained is kept --------------------------------------------------------------------------


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_keeps_the_updates_that_were_made(name: str, text: str, tmp_path: Path) -> None:
    number, out = getattr(signal, name), tmp_path / "stopped.npz"
    process = start("train", text, *LONG, "--out", str(out))
    wait_for(process, "update ")
    code, said, progress = ended(process, number)
    assert code == 128 + number, progress
    saved = read_saved_run(out.read_bytes())
    assert saved.ended == "asked"
    assert 0 < saved.done == len(saved.losses)
    assert facts(said)["updates"].startswith(f"{saved.done:,} of ")
    again = finished(saved.replay())
    assert (saved.frames[-1][0] == again.parameters(saved.done).V).all()


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_keeps_the_passes_over_a_whole_text(name: str, tmp_path: Path) -> None:
    number, out = getattr(signal, name), tmp_path / "stopped.txt"
    (tmp_path / "book.txt").write_text(book(60_000))
    whole = ("--min-count", "1", "--holdout", "0", "--max-passes", "4000", "--out", str(out))
    process = start("train", str(tmp_path / "book.txt"), *whole)
    wait_for(process, "pass ")
    code, said, progress = ended(process, number)
    assert code == 128 + number, progress
    assert "Stopping as soon as what there is can be kept; asked once more it ends at once.\n" in progress
    assert "saved as .npz, it could be gone on with" in progress
    assert 1 <= int(facts(said)["passes"]) < 4000
    assert load_vectors(out).dim == 100
    assert sorted(os.listdir(tmp_path)) == ["book.txt", "stopped.txt"]


@pytest.mark.parametrize("numbers", [(signal.SIGINT, signal.SIGTERM), (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)])
def test_signals_at_the_same_moment_are_one(numbers: tuple[int, ...], text: str, tmp_path: Path) -> None:
    """`timeout` sends its signal twice, a terminal that is closed may send another one: that is not impatience."""
    out = tmp_path / "x.npz"
    process = start("train", text, *LONG, "--out", str(out))
    wait_for(process, "update ")
    code, _, progress = ended(process, *numbers)
    assert code - 128 in numbers, progress
    assert read_saved_run(out.read_bytes()).done > 0


def test_a_later_signal_ends_at_once_and_leaves_nothing(text: str, tmp_path: Path) -> None:
    """The training is held fast by a standard error that nobody reads, until the second Ctrl-C."""
    reading, writing = os.pipe()
    process = start("train", text, *LONG, "--out", str(tmp_path / "x.npz"), stderr=writing)
    with open(reading, "rb", buffering=0) as progress:
        assert b"update " in progress.read(1000)
        os.set_blocking(writing, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(writing, b".")
        os.set_blocking(writing, True)  # for the child too
        process.send_signal(signal.SIGINT)
        time.sleep(2 * AGAIN)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        os.close(writing)
        said = b"".join(iter(lambda: progress.read(2**16), b"")).decode()
    assert process.wait(timeout=60) == 130
    assert said.splitlines()[-1] == "Stopped at once: nothing is saved."
    assert "Traceback" not in said
    assert os.listdir(tmp_path) == ["text.txt"]
    assert process.stdout is not None
    process.stdout.close()


def test_a_closed_terminal_is_no_matter_after_nohup(text: str, tmp_path: Path) -> None:
    out = tmp_path / "x.npz"
    process = start(
        "train", text, *LONG, "--out", str(out), preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    wait_for(process, "update ")
    process.send_signal(signal.SIGHUP)
    wait_for(process, "update ")
    assert ended(process, signal.SIGTERM)[0] == 143
    assert read_saved_run(out.read_bytes()).ended == "asked"


def test_a_run_that_is_gone_on_with_is_never_replaced_by_a_shorter_one(text: str, tmp_path: Path) -> None:
    """Its updates are made again first; a signal meanwhile must not save those few in the place of all."""
    out = tmp_path / "run.npz"
    process = start("train", text, *LONG, "--out", str(out))
    wait_for(process, "update ", times=2)
    assert ended(process, signal.SIGTERM)[0] == 143
    before = out.read_bytes()
    process = start("train", "--go-on", str(out), "--force", "--out", str(out))
    wait_for(process, "update ")
    code, said, progress = ended(process, signal.SIGTERM)
    assert (code, said, progress.splitlines()[-1]) == (143, "", NOTHING_YET)
    assert out.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["run.npz", "text.txt"]


# --- outputs that take nothing ----------------------------------------------------------------------------------


def nobody_reads() -> int:
    """The writing end of a pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def closing(*numbers: int) -> Callable[[], None]:
    """What a child does first: `>&-` and the like."""
    return lambda: [os.close(number) for number in numbers] and None


full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
QUICK = ("--dim", "2", "--max-passes", "2")


@full
@pytest.mark.parametrize("command", ["--help", "train --help", "neighbors {} w1", "analogy {} w1 w2 w3"])
def test_a_full_device_as_output_is_one_sentence(command: str, vectors: str) -> None:
    with open("/dev/full", "wb") as device:
        code, _, err = ended(start(*command.format(vectors).split(), stdout=device))
        assert (code, err) == (1, "The output cannot be written: No space left on device.\n")
        assert ended(start(*command.format(vectors).split(), stdout=device, stderr=device))[0] == 1


@pytest.mark.parametrize("command", ["--help", "neighbors {} w1"])
def test_an_output_that_is_closed_or_not_read_is_no_problem(command: str, vectors: str) -> None:
    arguments = command.format(vectors).split()
    for options in (
        {"stdout": nobody_reads()},
        {"preexec_fn": closing(1)},
        {"preexec_fn": closing(1, 2)},
        {"preexec_fn": closing(0, 1, 2)},
    ):
        code, _, err = ended(start(*arguments, **options))
        assert (code, err) == (0, "")


@full
def test_usage_is_code_2_whatever_the_outputs_take() -> None:
    with open("/dev/full", "wb") as device:
        for options in ({"stderr": device}, {"preexec_fn": closing(2)}, {"preexec_fn": closing(1, 2)}):
            assert ended(start("fly", **options))[:2] == (2, "")


@full
def test_training_is_saved_whatever_the_outputs_take(text: str, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as device:
        for code, options in (
            (1, {"stdout": device}),
            (1, {"stdout": device, "stderr": device}),
            (0, {"stderr": device}),
            (0, {"stdout": nobody_reads()}),
            (0, {"stderr": nobody_reads()}),
            (0, {"stdout": nobody_reads(), "stderr": nobody_reads()}),
            (0, {"preexec_fn": closing(1)}),
            (0, {"preexec_fn": closing(2)}),
            (0, {"preexec_fn": closing(1, 2)}),
            (0, {"preexec_fn": closing(0, 1, 2)}),
        ):
            out = tmp_path / "x.txt"
            ending, _, err = ended(start("train", text, *QUICK, "--out", str(out), **options))
            assert ending == code, (options, err)
            assert load_vectors(out).dim == 2
            if options == {"stdout": device}:
                about = "is saved, but what came of it cannot be printed: No space left on device."
                assert err.splitlines()[-1] == f"{out} {about}"
            out.unlink()


def test_a_closed_input_is_a_sentence(tmp_path: Path) -> None:
    code, out, err = ended(start("train", "-", "--out", str(tmp_path / "x.txt"), preexec_fn=closing(0)))
    assert (code, out) == (1, "")
    assert "there is nothing to train on" in err.lower()
    assert err.count("\n") == 1


# --- in a program of one's own ----------------------------------------------------------------------------------


def test_outside_the_main_thread_a_training_runs_and_signals_are_left_alone(text: str, tmp_path: Path) -> None:
    """Python gives signals to the main thread alone, and does not let others ask for them."""
    before = [signal.getsignal(getattr(signal, name)) for name in SIGNALS]
    codes: list[int] = []
    command = ["train", text, *QUICK, "--out", str(tmp_path / "x.txt")]
    thread = threading.Thread(target=lambda: codes.append(main(command)))
    thread.start()
    thread.join()
    assert codes == [0]
    assert main([*command, "--force"]) == 0
    assert [signal.getsignal(getattr(signal, name)) for name in SIGNALS] == before


def test_a_later_signal_is_an_exception_and_the_next_ones_are_ignored_until_the_end() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Stopping() as stopping:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        assert stopping.asked == signal.SIGTERM
        time.sleep(1.2 * AGAIN)
        with pytest.raises(Interrupted) as interrupted:
            signal.raise_signal(signal.SIGINT)
        assert interrupted.value.code == 130
        for name in SIGNALS:
            signal.raise_signal(getattr(signal, name))
    assert signal.getsignal(signal.SIGTERM) == before
