"""Whole texts: the same numbers as one update over all pairs, and a training that stops by itself."""

from w2v import Config, WholeTextRun, train_whole_text

TEXT = "the cat sat on the mat\n" * 5 + "a dog ran to the cat\n" * 5


def test_a_run_has_its_passes() -> None:
    run = train_whole_text(Config(TEXT), l2=0, max_passes=3)
    assert isinstance(run, WholeTextRun)
    assert run.n_passes == len(run.losses) == len(run.heldout_losses) <= 3
    assert run.floor < run.losses[-1] < run.losses[0]
