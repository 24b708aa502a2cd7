"""What `w2v train` takes: every text that `w2v count` does, packed, several, from a folder, a pattern or a pipe."""

import bz2
import errno
import gzip
import io
import lzma
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zstandard

from tests.counted_cases import equal, prose
from tests.test_whole_text import ROYAL
from w2v import (
    Config,
    CountSettings,
    count_texts,
    load_counts,
    load_vectors,
    read_saved_run,
    train_counts,
    train_whole_text,
)
from w2v.cli import count_command, given_texts
from w2v.cli.command_line import main
from w2v.counting.runs import DiskRun
from w2v.files.counts_run_reader import read_counts_run

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}
HALVES = ROYAL[: ROYAL.index(".") + 1], ROYAL[ROYAL.index(".") + 1 :].strip()
QUICK = ("--dim", "4", "--max-passes", "2")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def train(*arguments: str, out: str = "out.npz", code: int = 0) -> None:
    assert main(["train", *arguments, *QUICK, "--force", "--out", out]) == code


def trained_text() -> str:
    """The text of the run that was saved, of which all is as if it had been trained on alone."""
    saved = read_saved_run(Path("out.npz").read_bytes())
    run = train_whole_text(Config(saved.config.text, dim=4, window=5, trainer="passes"), max_passes=2)
    assert saved.losses.tobytes() == run.losses.tobytes()
    return saved.config.text


def given_on_standard_input(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data), fileno=lambda: 0))


# --- read as a whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_text_is_the_text(packing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = PACKERS[packing](ROYAL.encode())
    Path(f"book.txt.{packing}").write_bytes(packed)
    train(f"book.txt.{packing}")
    assert trained_text() == ROYAL
    given_on_standard_input(packed, monkeypatch)
    train("-")
    assert trained_text() == ROYAL


def test_several_texts_are_one_in_which_each_begins_a_new_line() -> None:
    Path("books").mkdir()
    Path("books/b.txt.gz").write_bytes(gzip.compress(HALVES[1].encode()))
    Path("books/a.txt").write_bytes(HALVES[0].encode())
    Path("books/.hidden").write_bytes(b"\0")
    for names in (["books"], ["books/*"], ["books/a.txt", "books/b.txt.gz"], ["books/a.txt", "books"]):
        train(*names)
        assert trained_text() == "\n".join(HALVES)
    train("books/b.txt.gz", "books/a.txt")
    assert trained_text() == "\n".join(reversed(HALVES))


def test_options_reach_each_of_several_texts(capsys: pytest.CaptureFixture[str]) -> None:
    for name, half in zip("ab", HALVES, strict=True):
        Path(f"{name}.html").write_text(f"<html><body><p>{half}</p></body></html>", encoding="utf-16")
    train("a.html", "b.html", "--strip", "--encoding", "utf-16")
    assert trained_text().split() == ROYAL.split()
    assert main(["train", "a.html", "b.html", "--strip", "--steps", "--epochs", "1", "--out", "steps.txt"]) == 0
    assert "king" in load_vectors("steps.txt").words


def test_a_text_that_begins_as_bzip2_does_is_a_text() -> None:
    text = f"BZh9 {ROYAL}"
    Path("text.txt").write_text(text, encoding="utf-8")
    train("text.txt")
    assert trained_text() == text


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="there are no names of pipes here")
@pytest.mark.parametrize("packing", ["gz", None])
def test_a_pipe_by_its_name_is_read_once(packing: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell makes one of <(command): read as a whole, counted first, or counted by itself."""
    data = PACKERS[packing](LARGE.encode()) if packing else LARGE.encode()
    with pipe_with(data) as name:
        train(name)
    assert trained_text() == LARGE
    monkeypatch.setattr(given_texts, "MAX_BYTES", 1000)
    with pipe_with(data) as name:
        train(name, *HOW)
    assert losses() == by_counts(LARGE)
    with pipe_with(data) as name:
        assert main(["count", name, *HOW, "--out", "counts.npz"]) == 0
    equal(load_counts("counts.npz"), count_texts(io.BytesIO(LARGE.encode()), CountSettings(window=3, min_count=2)))
    Path("large").write_bytes(data)
    with pipe_with(b"king\nqueen\n") as name:
        assert main(["count", "large", "--vocabulary", name, "--out", "two.npz"]) == 0
    assert set(load_counts("two.npz").vocabulary.words) == {"king", "queen"}


@contextmanager
def pipe_with(data: bytes) -> Iterator[str]:
    reading, writing = os.pipe()
    with open(reading, "rb"), open(writing, "wb") as file:
        writer = threading.Thread(target=lambda: (file.write(data), file.close()))
        writer.start()
        yield f"/dev/fd/{reading}"
        writer.join()


# --- counted first ----------------------------------------------------------------------------------------------

LARGE = "\n".join([ROYAL] * 4)
HOW = ("--window", "3", "--min-count", "2")


def by_counts(*texts: str) -> bytes:
    """The losses of a training on what is counted of these texts."""
    counted = count_texts([io.BytesIO(text.encode()) for text in texts], CountSettings(window=3, min_count=2))
    return train_counts(counted, dim=4, max_passes=2).losses.tobytes()


def losses() -> bytes:
    return read_counts_run(Path("out.npz").read_bytes()).history.losses.tobytes()


@pytest.mark.parametrize("packing", ["gz", None])
def test_a_large_text_is_counted_first_also_packed_and_on_standard_input(
    packing: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(given_texts, "MAX_BYTES", 1000)
    data = PACKERS[packing](LARGE.encode()) if packing else LARGE.encode()
    assert len(data) < 1000 or not packing, "it is large when it is unpacked"
    Path("large").write_bytes(data)
    train("large", *HOW)
    assert losses() == by_counts(LARGE)
    given_on_standard_input(data, monkeypatch)
    train("-", *HOW)
    assert losses() == by_counts(LARGE)
    assert "counting pairs" in capsys.readouterr().err
    assert {path.name for path in Path().iterdir()} == {"large", "out.npz"}
    with pytest.raises(SystemExit):
        train("large", "--steps")
    assert "--steps cannot go with a text of more than 0 MB" in capsys.readouterr().err


@pytest.mark.parametrize(("constant", "most"), [("MAX_BYTES", 1500), ("MAX_TOKENS", 250)])
def test_several_texts_that_are_large_together_are_counted_first(
    constant: str, most: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_text(ROYAL * 2, encoding="utf-8")
    Path("b.txt").write_text(ROYAL * 2, encoding="utf-8")
    train("a.txt", "b.txt")
    assert len(trained_text()) > most
    monkeypatch.setattr(given_texts, constant, most)
    train("a.txt", "b.txt", *HOW)
    assert losses() == by_counts(ROYAL * 2, ROYAL * 2)
    with pytest.raises(SystemExit):
        train("a.txt", "b.txt", "--strip")
    assert "--strip cannot go with texts of more than" in capsys.readouterr().err


def test_counts_that_outgrow_memory_while_a_text_is_counted_first_are_trained_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(given_texts, "MAX_BYTES", 1000)
    monkeypatch.setattr(count_command, "MEMORY", 2048)
    Path("large").write_text(prose(80), encoding="utf-8")
    train("large", *HOW)
    assert losses() == by_counts(prose(80))


def test_a_full_disk_names_what_this_command_can_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(DiskRun, "write", full)
    monkeypatch.setattr(given_texts, "MAX_BYTES", 1000)
    monkeypatch.setattr(count_command, "MEMORY", 2048)
    Path("large").write_text(prose(80), encoding="utf-8")
    train("large", *HOW, code=1)
    said = "takes no more (No space left on device): use w2v count, with --temp or more --memory, and train on that.\n"
    assert capsys.readouterr().err.endswith(said)


# --- what will not do -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["none.txt"], "none.txt: This file cannot be read: No such file or directory."),
        (["a.txt", "none.txt"], "none.txt: This file cannot be read: No such file or directory."),
        (["none*"], "none*: There is no file that fits this pattern."),
        (["empty"], "empty: There is no file in this folder."),
        (["a.txt", "latin.txt"], "latin.txt: This file is not valid UTF-8"),
        (["cut.gz"], "cut.gz: This file is damaged or cut off: it cannot be unpacked to its end."),
        (["picture.png.gz"], "picture.png.gz: This file is a picture (PNG), not a plain text"),
        (["a.txt", "vectors.txt"], "--out: vectors.txt is the text itself: choose another name."),
    ],
)
def test_what_will_not_do_is_one_sentence(names: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    for name in ("a.txt", "vectors.txt"):
        Path(name).write_text(ROYAL, encoding="utf-8")
    Path("latin.txt").write_bytes(b"caf\xe9 " * 9)
    Path("cut.gz").write_bytes(gzip.compress(ROYAL.encode())[:-9])
    Path("picture.png.gz").write_bytes(gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(99)))
    before = {path.name for path in Path().iterdir()}
    train(*names, out="vectors.txt", code=1)
    error = capsys.readouterr().err
    assert error.startswith(said)
    assert error.count("\n") == 1
    assert {path.name for path in Path().iterdir()} == before
    assert Path("vectors.txt").read_text(encoding="utf-8") == ROYAL


@pytest.mark.parametrize("out", ["vectors.txt", "tables.tsv"])
def test_what_is_written_is_no_text_of_its_folder(out: str) -> None:
    Path("a.txt").write_text(ROYAL, encoding="utf-8")
    tables = []
    for _ in range(2):
        train(".", out=out)
        tables.append(load_vectors(out))
    assert tables[0].words == tables[1].words
    assert tables[0].vectors.tobytes() == tables[1].vectors.tobytes()


def test_counts_are_trained_on_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(ROYAL, encoding="utf-8")
    assert main(["count", "a.txt", "--min-count", "1", "--out", "counts.npz"]) == 0
    for names in (["counts.npz", "a.txt"], ["a.txt", "counts.npz"], ["counts.npz", "counts.npz"]):
        with pytest.raises(SystemExit) as ended:
            train(*names)
        assert ended.value.code == 2
        assert "counts are trained on alone: add what is named beside them first" in capsys.readouterr().err
