"""`python -m w2v count`: texts and counts in, counts out, one sentence where something will not do."""

import errno
import gzip
import io
import os
import re
import shlex
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zstandard

from tests.counted_cases import equal, prose, small_cells
from w2v import CountSettings, count_texts, load_counts
from w2v.cli.command_line import main
from w2v.counting.runs import DiskRun
from w2v.reading.characters import Reading


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with two texts."""
    monkeypatch.chdir(tmp_path)
    for seed, name in enumerate(("a.txt", "b.txt")):
        (tmp_path / name).write_text(prose(80, seed), encoding="utf-8")
    return tmp_path


def count(*arguments: str) -> int:
    return main(["count", *arguments, "--processes", "1"])


@pytest.mark.parametrize("memory", ["1G", "2K"])
def test_texts_are_counted_and_saved(place: Path, capsys: pytest.CaptureFixture[str], memory: str) -> None:
    how = ("--window", "3", "--min-count", "4", "--limit", "20", "--memory", memory)
    assert count("a.txt", "b.txt", *how, "--out", "counts.npz") == 0
    counted = load_counts("counts.npz")
    equal(counted, count_texts(["a.txt", "b.txt"], CountSettings(window=3, min_count=4, most_words=20)))
    said = capsys.readouterr()
    n, aside = counted.counts.total, counted.heldout.total
    n_kept = int(counted.vocabulary.counts.sum())
    assert said.out.splitlines() == [
        f"words     20 different, {n_kept:,} in all, of 1,440 in the texts",
        f"pairs     {n:,} to learn from, {aside:,} kept aside",
        "saved     counts.npz (counts)",
    ]
    assert "counting pairs: 1,440 words read, " in said.err
    assert {path.name for path in place.iterdir()} == {"a.txt", "b.txt", "counts.npz"}


def test_options_say_how_a_text_is_read(place: Path) -> None:
    (place / "c.txt").write_bytes("T\u00eate-\u00e0 #t\u00eate\nX".encode("cp1252"))
    options = ("--encoding", "cp1252", "--pretokenized", "--keep-case", "--min-count", "1", "--holdout", "0")
    assert count("c.txt", *options, "--emoji", "--turkish", "--seed", "3", "--out", "c.npz") == 0
    counted = load_counts("c.npz")
    reading = Reading(lowercase=False, pretokenized=True, emoji=True, turkish=True)
    assert counted.settings == CountSettings(min_count=1, holdout=0.0, seed=3, reading=reading)
    assert counted.vocabulary.words == ("#t\u00eate", "T\u00eate-\u00e0", "X")


def test_standard_input_is_a_text_too(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(Path("a.txt").read_bytes())))
    assert count("-", "--out", "counts.npz") == 0
    equal(load_counts("counts.npz"), count_texts("a.txt"))


@pytest.mark.parametrize("options", [("--min-count", "1"), ("--vocabulary", "words.txt"), ("--vocabulary", "both.npz")])
def test_counts_are_added_to_counts_and_to_texts(place: Path, options: tuple[str, str]) -> None:
    Path("words.txt").write_text("w1 99\nw2\n\nw3\n", encoding="utf-8")
    assert count("a.txt", "b.txt", "--out", "both.npz") == 0
    for name in "ab":
        assert count(f"{name}.txt", *options, "--out", f"{name}.npz") == 0
    assert count("a.txt", "b.txt", *options, "--out", "whole.npz") == 0
    assert count("a.npz", "b.npz", "--out", "sum.npz") == 0
    assert count("a.npz", "b.txt", "--out", "a.npz", "--force") == 0
    for name in ("sum.npz", "a.npz"):
        equal(load_counts(name), load_counts("whole.npz"))


def test_ctrl_c_keeps_what_was_counted_and_the_same_command_goes_on(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small_cells(monkeypatch)
    whole = count_texts("a.txt")
    texts = monkeypatch.context
    read = Path.open

    def stop(self: Path, *arguments: Any, **how: Any) -> Any:
        if self.name == "a.txt":
            signal.raise_signal(signal.SIGINT)
        return read(self, *arguments, **how)

    with texts() as patch:
        patch.setattr(Path, "open", stop)
        assert count("a.txt", "--out", "counts.npz") == 130
    assert "what was counted is kept in counts.npz.unfinished; the same command goes on" in capsys.readouterr().err
    assert not Path("counts.npz").exists()
    assert count("a.txt", "--min-count", "1", "--out", "counts.npz") == 1
    assert (
        "counts.npz.unfinished: This was begun with other settings: remove it to count anew." in capsys.readouterr().err
    )
    assert count("a.txt", "--out", "counts.npz") == 0
    equal(load_counts("counts.npz"), whole)
    assert not Path("counts.npz.unfinished").exists()


def test_unreadable_files_are_named_and_left_out_where_that_is_asked(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "c.txt").write_bytes(b"caf\xe9")
    assert count(".", "--out", "counts.npz") == 1
    assert "./c.txt: This file is not valid UTF-8" in capsys.readouterr().err
    assert count(".", "--out", "counts.npz", "--skip-unreadable") == 0
    assert "Left out: ./c.txt: This file is not valid UTF-8" in capsys.readouterr().err
    equal(load_counts("counts.npz"), count_texts(["a.txt", "b.txt"]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.txt", "--out", "counts.txt"), "--out: counts.txt should end in .npz."),
        (("a.txt", "--out", "."), "--out: . should end in .npz."),
        (("a.txt", "--out", "none/counts.npz"), "--out: There is no folder none."),
        (("a.txt", "--out", "taken.npz"), "--out: taken.npz is there already: choose another name, or add --force"),
        (("taken.npz", "--out", "taken.npz", "--force"), "--out: taken.npz is one of the texts: choose another name."),
        (("none.txt", "--out", "c.npz"), "none.txt: This file cannot be read: No such file or directory."),
        (("a.txt", "--min-count", "999", "--out", "c.npz"), "try --min-count "),
        (("a.txt", "--temp", "none", "--out", "c.npz"), "The temporary folder cannot be made: No such file"),
        (("a3.npz", "a5.npz", "--out", "c.npz"), "a5.npz: The window differs (3 and 5)"),
        (("a3.npz", "a.txt", "--window", "4", "--out", "c.npz"), "The window differs (3 and 4)"),
        (("a.txt", "--encoding", "utf-16", "--out", "c.npz"), "a.txt: This file is not valid utf-16: try --encoding"),
        (("a.txt", "--vocabulary", "none.txt", "--out", "c.npz"), "none.txt: This file cannot be read"),
        (("a.txt", "--vocabulary", "/dev/null", "--out", "c.npz"), "A vocabulary to count with has two words or more"),
    ],
)
def test_what_will_not_do_is_one_sentence(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    (place / "taken.npz").write_text("a text", encoding="utf-8")
    for window in ("3", "5"):
        assert count("a.txt", "--window", window, "--out", f"a{window}.npz") == 0
    capsys.readouterr()
    before = {path.name for path in place.iterdir()}
    assert count(*arguments) == 1
    error = capsys.readouterr().err.splitlines()
    assert said in error[-1]
    assert len(error) == 1 or "--min-count" in arguments, "it is said before anything is counted"
    assert {path.name for path in place.iterdir()} == before


@pytest.mark.parametrize("bad", [("--window", "0"), ("--holdout", "0.9"), ("--memory", "much"), ("--limit", "x")])
def test_options_that_are_no_numbers_are_not_understood(place: Path, bad: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as ended:
        count("a.txt", "--out", "c.npz", *bad)
    assert ended.value.code == 2


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(DiskRun, "write", full)
    (place / "temp").mkdir()
    assert count("a.txt", "--memory", "2K", "--temp", "temp", "--out", "c.npz") == 1
    error = capsys.readouterr().err.splitlines()[-1]
    assert "takes no more (No space left on device): try --temp FOLDER, or --memory 8G." in error
    assert list((place / "temp").iterdir()) == []
    assert {path.name for path in place.iterdir()} == {"a.txt", "b.txt", "temp"}


def test_the_commands_of_the_readme_work(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Texts of any size")[1].split("\n## ")[0]
    commands = re.findall(r"^python -m w2v (count .+?)(?: +#.*)?$", section, re.MULTILINE)
    assert len(commands) == 4
    for folder in ("books", "news"):
        (place / folder).mkdir()
    for name, packed in {"books/a": bytes, "b.txt.gz": gzip.compress, "news/c.txt.zst": zstandard.compress}.items():
        (place / name).write_bytes(packed(prose(400).encode()))
    (place / "more.txt").write_text(prose(100), encoding="utf-8")
    for command in commands:
        assert main(shlex.split(command)) == 0, capsys.readouterr().err  # none is refused for what another one wrote
    both = load_counts("counts.npz").plus(load_counts("added.npz"))
    equal(load_counts("all.npz"), both)
