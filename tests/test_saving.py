"""`train --out`: nothing that somebody had is lost, and a place that takes nothing is one sentence, no half a file."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.test_atomic_write import inside, posix
from tests.test_command_line import TEXT, complaint
from w2v import load_vectors, read_saved_run
from w2v.cli.command_line import main
from w2v.files.formats import NAMES

ROOT = Path(__file__).resolve().parent.parent
QUICK = ("--dim", "2", "--max-passes", "1")


@pytest.fixture
def text(tmp_path: Path) -> str:
    """The name of a text."""
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "text.txt")


def said_last(done: subprocess.CompletedProcess[bytes]) -> str:
    """The sentence with which a command failed."""
    assert done.returncode == 1, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    sentence = done.stderr.decode().splitlines()[-1]
    assert re.fullmatch(r".+[^.]\.", sentence), sentence
    return sentence


# --- the text itself --------------------------------------------------------------------------------------------


def other_names(book: Path) -> dict[str, str]:
    """Ways to name the same file."""
    folder = book.parent
    os.link(book, folder / "hard.txt")
    (folder / "soft.txt").symlink_to("book.txt")
    (folder / "softer.vec").symlink_to("soft.txt")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    return {
        "the same name": str(book),
        "a relative path": os.path.relpath(book, ROOT),
        "a roundabout path": f"{folder}/../{folder.name}/./book.txt",
        "a link": str(folder / "soft.txt"),
        "a link to a link": str(folder / "softer.vec"),
        "a hard link": str(folder / "hard.txt"),
        "a link to its folder": str(folder / "again" / "book.txt"),
    }


@posix
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_the_text_itself_is_never_written_over(
    force: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    subtests: pytest.Subtests,
) -> None:
    book = tmp_path / "book.txt"
    book.write_text(TEXT, encoding="utf-8")
    names = other_names(book)
    before = inside(tmp_path)
    for way, name in names.items():
        with subtests.test(way):
            said = complaint(capsys, "train", str(book), *QUICK, *force, "--out", name)
            assert said == f"--out: {Path(name)} is the text itself: choose another name.\n"
            said = complaint(capsys, "train", name, *QUICK, *force, "--out", str(book))
            assert said == f"--out: {book} is the text itself: choose another name.\n"
            with monkeypatch.context() as patch, Path(name).open(encoding="utf-8") as piped:
                patch.setattr(sys, "stdin", piped)
                said = complaint(capsys, "train", "-", *QUICK, *force, "--out", str(book))
            assert said == f"--out: {book} is the text itself: choose another name.\n"
            assert inside(tmp_path) == before
    with book.open("rb") as piped:  # once more as a shell does it
        command = [sys.executable, "-m", "w2v", "train", "-", *QUICK, *force, "--out", str(book)]
        done = subprocess.run(command, stdin=piped, capture_output=True, cwd=ROOT, check=False, timeout=60)
    assert said_last(done) == f"--out: {book} is the text itself: choose another name."
    assert inside(tmp_path) == before


def test_a_text_in_the_folder_that_is_to_be_written_is_not_lost(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out.tsv"
    folder.mkdir()
    for name, said in (("metadata.tsv", "is the text itself"), ("diary.txt", "with other things in it")):
        (folder / name).write_text(TEXT, encoding="utf-8")
        before = inside(folder)
        assert said in complaint(capsys, "train", str(folder / name), *QUICK, "--force", "--out", str(folder))
        assert inside(folder) == before
        (folder / name).unlink()


@posix
def test_a_saved_run_is_replaced_by_a_longer_one_but_not_by_its_vectors(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run.npz"
    assert main(["train", text, *QUICK, "--out", str(run)]) == 0
    capsys.readouterr()
    before = run.read_bytes()
    again = ["train", "--go-on", str(run), "--max-passes", "2", "--out"]
    assert "is there already" in complaint(capsys, *again, str(run))
    (tmp_path / "link.txt").symlink_to(run)
    assert "is the saved run itself" in complaint(capsys, *again, str(tmp_path / "link.txt"), "--force")
    assert run.read_bytes() == before
    assert main([*again, str(run), "--force"]) == 0
    assert read_saved_run(run.read_bytes()).done == 3


# --- what is there already --------------------------------------------------------------------------------------


@posix
def test_a_link_is_written_through(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "far").mkdir()
    there, nothing, tables = (tmp_path / "far" / name for name in ("there.txt", "nothing.txt", "tables"))
    there.write_text("what was there")
    tables.mkdir()
    for target in (there, nothing, tables):
        link = (tmp_path / target.name).with_suffix(".tsv" if target is tables else ".txt")
        link.symlink_to(target)
        if target is there:
            assert "is there already" in complaint(capsys, "train", text, *QUICK, "--out", str(link))
        assert main(["train", text, *QUICK, "--force", "--out", str(link)]) == 0
        assert link.is_symlink()
        assert not target.is_symlink()
        assert load_vectors(target).dim == 2
    assert sorted(path.name for path in (tmp_path / "far").iterdir()) == ["nothing.txt", "tables", "there.txt"]


@posix
def test_what_is_no_file_is_not_replaced_by_one(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "pipe.tsv").symlink_to("pipe.txt")
    (tmp_path / "link.txt").symlink_to(folder)
    (tmp_path / "null.bin").symlink_to(os.devnull)
    (tmp_path / "round.txt").symlink_to("about.txt")
    (tmp_path / "about.txt").symlink_to("round.txt")
    (tmp_path / "nowhere.txt").symlink_to("no folder/x.txt")
    before = sorted((path.name, path.lstat().st_mode) for path in tmp_path.iterdir())
    for name, said in {
        "pipe.txt": "is no plain file",
        "pipe.tsv": "is a file, and a folder",
        "link.txt": "is a folder",
        "null.bin": "is no plain file",
        "round.txt": "cannot be written",
        "nowhere.txt": f"There is no folder {tmp_path / 'no folder'}",
        f"{'x' * 300}.txt": "cannot be written: File name too long",
    }.items():
        for force in ([], ["--force"]):
            sentence = complaint(capsys, "train", text, *QUICK, *force, "--out", str(tmp_path / name))
            assert sentence.startswith("--out: ")
            assert said in sentence
    assert sorted((path.name, path.lstat().st_mode) for path in tmp_path.iterdir()) == before


def test_a_name_may_be_as_long_as_any(text: str, tmp_path: Path) -> None:
    out = tmp_path / f"{'x' * (200 if os.name == 'nt' else 251)}.txt"
    assert main(["train", text, *QUICK, "--out", str(out)]) == 0
    assert load_vectors(out).dim == 2


# --- the place is tried, and a disk may be full or gone ---------------------------------------------------------


@contextmanager
def room_for(n_bytes: int) -> Iterator[None]:
    """No file of this process can become longer."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


def train_with_room_for(n_bytes: int, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Train in a process of its own that has only room for so much in each file."""
    code = "import resource, runpy, sys\nlimit = int(sys.argv.pop(1))\n"
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\nrunpy.run_module('w2v', run_name='__main__')"
    command = [sys.executable, "-B", "-c", code, str(n_bytes), "train", *arguments]
    return subprocess.run(command, capture_output=True, cwd=ROOT, check=False, timeout=60)


@posix
@pytest.mark.parametrize("ending", NAMES)
def test_a_place_that_takes_nothing_is_known_before_training(
    ending: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with room_for(0):  # one sentence: no pass was made
        said = complaint(capsys, "train", text, *QUICK, "--out", str(folder / f"x{ending}"))
    assert said == f"--out: {folder / f'x{ending}'} cannot be written: File too large.\n"
    assert inside(folder) == {}
    if sys.platform == "linux":
        said = complaint(capsys, "train", text, *QUICK, "--out", f"/proc/x{ending}")
        assert said.startswith(f"--out: /proc/x{ending} cannot be written: ")


@posix
@pytest.mark.parametrize("ending", NAMES)
@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_is_one_sentence_and_leaves_all_as_it_was(
    ending: str, there: bool, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"folder/x{ending}"
    out.parent.mkdir()
    if there:
        assert main(["train", text, *QUICK, "--out", str(out)]) == 0
    before = inside(tmp_path)
    capsys.readouterr()
    with room_for(100):
        code = main(["train", text, *QUICK, "--force", "--out", str(out)])
    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert "Traceback" not in said.err
    assert said.err.splitlines()[-1] == f"Nothing was saved: {out} cannot be written: File too large."
    assert "pass 1 of " in said.err
    assert inside(tmp_path) == before


@posix
def test_a_full_disk_is_one_sentence_of_a_process_of_its_own(text: str, tmp_path: Path) -> None:
    """Nothing is added to it when the process ends."""
    out = tmp_path / "x.npz"
    before = inside(tmp_path)
    done = train_with_room_for(0, text, *QUICK, "--out", str(out))
    assert said_last(done) == f"--out: {out} cannot be written: File too large."
    assert done.stderr.count(b"\n") == 1, "no pass was made"
    done = train_with_room_for(100, text, *QUICK, "--out", str(out))
    assert said_last(done) == f"Nothing was saved: {out} cannot be written: File too large."
    assert b"pass 1 of " in done.stderr
    assert inside(tmp_path) == before


@posix
@pytest.mark.parametrize("what", ["vanishes", "is taken"])
def test_a_place_that_changes_while_it_trains(what: str, tmp_path: Path) -> None:
    book, folder = tmp_path / "book.txt", tmp_path / "folder"
    words = np.random.default_rng(3).integers(0, 300, (2000, 12))
    book.write_text("\n".join(" ".join(f"w{i}" for i in row) for row in words))
    folder.mkdir()
    out = folder / "x.txt"
    process = subprocess.Popen(
        [sys.executable, "-m", "w2v", "train", str(book), "--holdout", "0", "--max-passes", "4000", "--out", str(out)],
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stderr is not None
    assert next(line for line in process.stderr if line.startswith(b"pass "))  # after what it says of the text
    assert inside(folder) == {}, "nothing lies there meanwhile"
    if what == "vanishes":
        folder.rmdir()
        said = f"Nothing was saved: There is no folder {folder}."
    else:
        out.write_bytes(b"mine")
        said = f"Nothing was saved: {out} is there already: choose another name, or add --force to write over it."
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode().splitlines()[-1]) == (1, said)
    assert inside(tmp_path) == {"book.txt": book.read_bytes()} | (
        {} if what == "vanishes" else {"folder": None, "folder/x.txt": b"mine"}
    )
