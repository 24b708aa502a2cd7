"""`w2v train --minutes`: of a text and of counts, what is chosen is said before, and ends in time."""

from pathlib import Path

import pytest

from tests.counted_cases import prose
from tests.test_whole_text import ROYAL
from w2v import load_vectors, read_saved_run
from w2v.cli import given_texts
from w2v.cli.command_line import main
from w2v.whole import budget


@pytest.fixture(autouse=True)
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A short text, in the folder one is in."""
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text(ROYAL, encoding="utf-8")
    return tmp_path


def train(*arguments: str, out: str = "out.npz") -> None:
    assert main(["train", *arguments, "--dim", "4", "--force", "--out", out]) == 0


def test_a_text_that_has_time_enough_is_trained_as_without(capsys: pytest.CaptureFixture[str]) -> None:
    train("text.txt", out="known.npz")
    capsys.readouterr()
    train("text.txt", "--minutes", "5")
    assert "here: in 5 minutes all passes are exact.\n" in capsys.readouterr().err
    known, run = (read_saved_run(Path(name).read_bytes()) for name in ("known.npz", "out.npz"))
    assert run.losses.tobytes() == known.losses.tobytes()
    assert run.config == known.config


@pytest.mark.parametrize("max_bytes", [2**20, 100])
def test_what_is_chosen_is_said_before_it_begins(
    max_bytes: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read as a whole or counted first: the same is done in the same time."""
    monkeypatch.setattr(budget, "seconds_of_pass", lambda *_: 100.0)
    monkeypatch.setattr(given_texts, "MAX_BYTES", max_bytes)
    Path("text.txt").write_text(prose(400), encoding="utf-8")
    for minutes, said in (
        ("10", "all passes are exact."),
        ("9", "quick passes, in which the "),
        ("0.1", "The first pass alone takes about "),
    ):
        train("text.txt", "--min-count", "1", "--minutes", minutes, out="vectors.txt")
        error = capsys.readouterr().err
        assert error.index(said) < error.index("pass 1 of at most ")


def test_when_the_time_is_over_what_there_is_is_saved_and_can_be_gone_on_with(
    capsys: pytest.CaptureFixture[str],
) -> None:
    train("text.txt", "--minutes", "1e-9")
    assert "passes    1; the time was over\n" in capsys.readouterr().out
    saved = read_saved_run(Path("out.npz").read_bytes())
    assert (saved.done, saved.ended) == (1, "time")
    train_on = ["train", "--go-on", "out.npz", "--max-passes", "2", "--out", "more.npz"]
    assert main(train_on) == 0
    assert read_saved_run(Path("more.npz").read_bytes()).done == 3


def test_negative_sampling_in_a_given_time_goes_to_all_pairs_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    train("text.txt", "--objective", "negative", "--minutes", "5")
    said = capsys.readouterr()
    assert "there is time for 5 minutes for all 40.\n" in said.err
    assert "model     negative sampling" in said.out
    assert read_saved_run(Path("out.npz").read_bytes()).config.trainer == "passes"
    train("text.txt", "--objective", "negative", "--epochs", "1", out="steps.txt")
    assert "king" in load_vectors("steps.txt").words
