"""`w2v train counts.npz`: trained, saved, gone on with, stopped and killed."""

import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.counted_cases import small_cells
from tests.test_counts_run import counted_text
from tests.test_whole_text import ROYAL, made_text
from w2v import load_vectors, train_counts
from w2v.cli import count_command, counts_training, given_texts
from w2v.cli.command_line import main
from w2v.counting.counted_text import CountSettings
from w2v.counting.counting import counting
from w2v.files import counts_run_files
from w2v.files.counts_files import save_counts
from w2v.files.counts_run_reader import read_counts_run
from w2v.whole import counts_run

COUNTED = counted_text(ROYAL)


@pytest.fixture(autouse=True)
def counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    save_counts("counts.npz", COUNTED)
    return Path("counts.npz")


def test_counts_are_trained_saved_and_gone_on_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "counts.npz", "--dim", "6", "--max-passes", "3", "--out", "run.npz"]) == 0
    said = capsys.readouterr()
    assert "Training takes about 1 MB of memory." in said.err
    assert f"{COUNTED.counts.total:,} learned from, {COUNTED.heldout.total:,} kept aside" in said.out
    assert "run.npz (a run that can be gone on with)" in said.out
    run = train_counts(COUNTED, dim=6, max_passes=3)
    assert read_counts_run(Path("run.npz").read_bytes()).history.losses.tobytes() == run.losses.tobytes()
    assert main(["train", "counts.npz", "--go-on", "run.npz", "--max-passes", "2", "--out", "more.bin"]) == 0
    assert load_vectors("more.bin").words == COUNTED.vocabulary.words
    assert main(["neighbors", "run.npz", "king"]) == 0
    assert "passes    5" in capsys.readouterr().out


def test_how_long_a_pass_takes_is_said_where_it_is_long_and_something_is_shown_before_the_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["train", "counts.npz", "--dim", "6", "--max-passes", "2", "--force", "--out", "vectors.txt"]
    assert main(asked) == 0
    assert "takes about 1 MB of memory.\nthe first pass is under way\npass 1 of at most 2" in capsys.readouterr().err
    monkeypatch.setattr(counts_training, "seconds_of_pass", lambda *_: 301.0)
    assert main(asked) == 0
    said = "A pass over all pairs takes about 5 minutes here. Ctrl-C keeps those that are done.\nthe first pass"
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code", "problem"),
    [
        (["counts.npz", "--window", "3"], 2, "--window cannot go with counts: it is chosen when a text is counted"),
        (["counts.npz", "--keep-case"], 2, "--keep-case cannot go with counts: it is chosen when a text is counted"),
        (["counts.npz", "--steps"], 2, "--steps cannot go with counts"),
        (["counts.npz", "--go-on", "run.npz", "--dim", "5"], 2, "keeps its settings"),
        (["text.txt", "--checkpoint-minutes", "3"], 2, "count the text first, with w2v count"),
        (["counts.npz", "--objective", "hierarchical"], 1, "full softmax or negative sampling"),
        (["other.npz", "--go-on", "run.npz"], 1, "run.npz: This run was trained on other counts"),
        (["--go-on", "run.npz"], 1, "run.npz: This run was trained on counts: name these too"),
        (["counts.npz"], 1, "out.npz.unfinished: it was left by a training with other settings"),
    ],
)
def test_what_will_not_do_is_said(
    options: list[str], code: int, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    save_counts("other.npz", counted_text(ROYAL + " the king reigns"))
    Path("text.txt").write_text(ROYAL)
    assert main(["train", "counts.npz", "--dim", "4", "--max-passes", "1", "--out", "run.npz"]) == 0
    if len(options) == 1:
        Path("run.npz").rename("out.npz.unfinished")
    with pytest.raises(SystemExit) if code == 2 else nullcontext() as ended:
        assert main(["train", *options, "--out", "out.npz"]) == code
    assert ended is None or ended.value.code == code
    assert problem in capsys.readouterr().err
    assert not Path("out.npz").exists()


def test_counts_of_an_empty_file_are_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.txt").write_text("")
    assert main(["count", "empty.txt", "--min-count", "1", "--out", "empty.npz"]) == 0
    capsys.readouterr()
    for more in ([], ["--minutes", "1"]):
        assert main(["train", "empty.npz", *more, "--out", "out.txt"]) == 1
        said = "There is nothing to train on: these counts have no words, so count more text.\n"
        assert capsys.readouterr().err == said


def test_the_window_that_is_said_is_that_of_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    Path("text.txt").write_text(ROYAL)
    assert main(["count", "text.txt", "--window", "40", "--min-count", "1", "--out", "wide.npz"]) == 0
    assert main(["train", "wide.npz", "--dim", "6", "--max-passes", "1", "--out", "wide.txt"]) == 0
    assert "model     full softmax, 6 dimensions, window 40\n" in capsys.readouterr().out


def test_a_text_too_large_to_be_read_as_a_whole_is_counted_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(given_texts, "MAX_BYTES", 1_000)
    text, options = Path("large.txt"), ["--window", "3", "--min-count", "2", "--holdout", "0.2"]
    text.write_text(ROYAL * 4)
    trained = ["--dim", "6", "--max-passes", "3", "--out"]
    assert main(["train", "large.txt", *options, *trained, "at_once.npz"]) == 0
    said = capsys.readouterr()
    assert "counting pairs" in said.err
    assert main(["count", "large.txt", *options, "--out", "its_counts.npz"]) == 0
    assert main(["train", "its_counts.npz", *trained, "by_counts.npz"]) == 0
    at_once, by_counts = (read_counts_run(Path(f"{name}.npz").read_bytes()) for name in ("at_once", "by_counts"))
    assert at_once.history.losses.tobytes() == by_counts.history.losses.tobytes()
    assert {path.name for path in Path().iterdir()} == {
        *("counts.npz", "large.txt", "its_counts.npz", "at_once.npz", "by_counts.npz")
    }
    with pytest.raises(SystemExit):
        main(["train", "large.txt", "--steps", "--dynamic-window", "--out", "other.npz"])
    assert "--dynamic-window cannot go with a text of more than 0 MB" in capsys.readouterr().err


def test_counting_a_large_text_is_stopped_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(given_texts, "MAX_BYTES", 1_000)
    Path("large.txt").write_text(ROYAL * 4)
    small_cells(monkeypatch)

    def interrupted(*arguments: Any) -> Any:
        work, sent = counting(*arguments), None
        while True:
            try:
                sent = yield work.send(sent)
            except StopIteration as end:
                return end.value
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(count_command, "counting", interrupted)
    assert main(["train", "large.txt", "--out", "stopped.npz"]) == 130
    assert (
        "Stopped while the text was counted: nothing is saved. To keep what is counted, use w2v count."
        in capsys.readouterr().err
    )
    assert not list(Path().glob("stopped*"))


def test_a_training_that_was_killed_comes_to_the_same_end() -> None:
    """By the same command, as if it had not been killed, to the last bit."""
    counted = counted_text(made_text(700, 6_000), CountSettings(window=3, min_count=1, holdout=0.0))
    save_counts("large.npz", counted)
    command = ["train", "large.npz", "--dim", "30", "--l2", "0", "--max-passes", "30", "--out", "killed.npz"]
    checkpoint = Path("killed.npz.unfinished")
    with subprocess.Popen(
        [sys.executable, "-m", "w2v", *command, "--checkpoint-minutes", "0"],
        cwd=Path.cwd(),
        env={"PYTHONPATH": str(Path(counts_run_files.__file__).parents[2])},
        stderr=subprocess.DEVNULL,
    ) as child:
        while not checkpoint.exists() and child.poll() is None:
            time.sleep(0.002)
        child.kill()
    assert child.returncode == -signal.SIGKILL, "it was killed in the middle"
    assert not Path("killed.npz").exists()
    assert read_counts_run(checkpoint.read_bytes()).midway is not None
    assert main(command) == 0
    assert not checkpoint.exists()
    known = train_counts(counted, dim=30, l2=0, max_passes=30)
    history = read_counts_run(Path("killed.npz").read_bytes()).history
    assert history.losses.tobytes() == known.losses.tobytes()
    for ours, theirs in zip(history.frames[-1] or (), known.frames[-1] or (), strict=True):
        assert ours.tobytes() == theirs.tobytes()


def test_a_checkpoint_that_cannot_be_written_ends_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("w2v.cli.counts_training.write_counts_run", full)
    command = ["train", "counts.npz", "--dim", "4", "--max-passes", "1", "--checkpoint-minutes", "0"]
    assert main([*command, "--out", "vectors.txt"]) == 0
    assert "vectors.txt.unfinished cannot be written: No space left on device" in capsys.readouterr().err
    assert len(load_vectors("vectors.txt")) == len(COUNTED.vocabulary)
    assert [path.name for path in Path.cwd().iterdir() if "unfinished" in path.name or "part" in path.name] == []


def test_what_is_chosen_for_the_time_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for minutes, chosen, came in (
        ("5", "all passes are exact", "passes"),
        ("1e-9", "The first pass alone takes about", "1; the time was over"),
    ):
        assert main(["train", "counts.npz", "--dim", "4", "--minutes", minutes, "--out", f"{minutes}.txt"]) == 0
        said = capsys.readouterr()
        assert chosen in said.err
        assert came in said.out


@pytest.mark.parametrize(
    ("large", "options", "is_said"), [(5, [], True), (5, ["--l2", "2"], False), (5_000, [], False)]
)
def test_where_the_search_for_l2_begins_lower_that_is_said(
    large: int,
    options: list[str],
    is_said: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(counts_run, "LARGE", large)
    assert main(["train", "counts.npz", "--dim", "4", "--max-passes", "1", "--out", "out.txt", *options]) == 0
    assert ("the search for l2 begins with half of what is usual" in capsys.readouterr().err) == is_said
