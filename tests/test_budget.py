"""Training in the time that somebody gives: what is chosen, that it ends, and that losses stay what they are."""

import copy
from typing import Any

import numpy as np
import pytest

from tests.test_counts_run import counted_text
from tests.test_whole_text import ROYAL, goal_of, made_text
from w2v import CountsRun, Softmax, train_counts
from w2v.slices import finished
from w2v.whole import budget
from w2v.whole.budget import Budget, budget_of
from w2v.whole.counts_run import config_of_counts
from w2v.whole.full_batch import SoftmaxBatch

COUNTED = counted_text(made_text(450, 4_000))
QUICK = Budget(1e9, None, 3, "")


@pytest.mark.parametrize(
    ("objective", "minutes", "chosen", "said"),
    [
        ("softmax", 10.0, (None, 0), "all passes are exact"),
        ("softmax", 9.9, (None, 3), "most frequent words, the centers of 88% of the pairs, are gone over 4 times"),
        ("negative", 100.0, (None, 0), "there is time for 100 minutes for all 40"),
        ("negative", 20.0, (12, 0), "is gone in 12 passes, not 40"),
        ("negative", 1.0, (8, 0), "is gone in 8 passes, not 40"),
    ],
)
def test_what_is_chosen_fits_the_time(
    objective: str, minutes: float, chosen: tuple[int | None, int], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "seconds_of_pass", lambda *_: 100.0)
    found = budget_of(COUNTED, config_of_counts(COUNTED.settings, objective=objective), minutes)
    assert (found.max_passes, found.quick_rounds) == chosen
    assert found.seconds == 60 * minutes
    assert "One pass over all pairs takes about 2 minutes here" in found.sentence
    assert said in found.sentence


@pytest.mark.parametrize(
    ("objective", "seconds", "rounds", "said"),
    [
        ("softmax", 599.0, 3, "for 10 minutes: quick passes"),
        ("softmax", 300.0, 3, "for 5 minutes: quick passes"),
        ("softmax", 230.0, 0, "here: in 4 minutes there is time for 2 exact passes, not for quick ones."),
        ("softmax", 200.0, 0, "here: in 3 minutes there is time for 1 exact pass, not for quick ones."),
        (
            "softmax",
            60.0,
            0,
            "2 minutes here. The first pass alone takes about 2 minutes, longer than the 60 s that there are",
        ),
        ("negative", 799.0, 0, "in 8 passes, not 40. There is time for about 7 of them."),
        ("negative", 149.0, 0, "in 8 passes, not 40. The first pass alone takes about 2 minutes, longer than the 2"),
    ],
)
def test_a_first_pass_that_takes_too_long_is_said_before_it_begins(
    objective: str, seconds: float, rounds: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what there is that begins soonest where nothing is in time, and what learns most where more is."""
    monkeypatch.setattr(budget, "seconds_of_pass", lambda *_: 100.0)
    monkeypatch.setattr(budget, "frequent_words", lambda _: 225)
    found = budget_of(COUNTED, config_of_counts(COUNTED.settings, objective=objective), seconds / 60)
    assert found.quick_rounds == rounds
    assert said in found.sentence


@pytest.mark.parametrize("rounds", [0, 3])
@pytest.mark.parametrize("n_words", [399, 450])
def test_what_a_first_pass_costs_is_what_it_does(n_words: int, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in rows of V that meet all words, of which a usual pass has two for each word."""
    n_rows: list[int] = []
    for name in ("model_of_V", "model_of_U"):
        usual = getattr(SoftmaxBatch, name)

        def counting(self: Any, V: Any, U: Any, n: int | None = None, usual: Any = usual) -> Any:
            n_rows.append(len(V) if n is None else n)
            return usual(self, V, U, n)

        monkeypatch.setattr(SoftmaxBatch, name, counting)
    counted = counted_text(made_text(n_words, 4_000))
    training = CountsRun.train(
        counted, config_of_counts(counted.settings, dim=4), l2=5.0, budget=Budget(1e9, None, rounds, "")
    )
    next(training)
    training.close()
    n = len(counted.vocabulary)
    known = budget.passes_of_first(n, budget.frequent_words(counted.counts), rounds)
    assert sum(n_rows) / (2 * n) == pytest.approx(known)


@pytest.mark.parametrize("minutes", [0, -1, float("nan"), float("inf"), 1e9])
def test_minutes_that_make_no_sense_are_refused(minutes: float) -> None:
    with pytest.raises(ValueError, match="must be a number above 0 and at most 525,600"):
        train_counts(COUNTED, dim=4, minutes=minutes)


def test_the_time_of_a_pass_is_measured() -> None:
    assert 0 < budget.seconds_of_pass(300, 10) < 10


def test_losses_of_quick_passes_are_those_of_all_pairs() -> None:
    config = config_of_counts(COUNTED.settings, dim=12)
    run = finished(CountsRun.train(COUNTED, config, l2=5.0, max_passes=4, budget=QUICK))
    for counts, losses in ((run.counts, run.losses), (run.heldout_counts, run.heldout_losses)):
        known = [goal_of(counts, Softmax()).mean_loss(run.parameters(i + 1)) for i in range(4)]
        np.testing.assert_allclose(losses, known, atol=1e-4)
    assert (np.diff(run.losses) < 0).all()


def test_a_quick_pass_learns_more_than_another() -> None:
    config = config_of_counts(COUNTED.settings, dim=12)
    quick, usual = (
        finished(CountsRun.train(COUNTED, config, l2=5.0, max_passes=3, budget=given)) for given in (QUICK, None)
    )
    assert quick.losses[-1] < usual.losses[-1] - 0.01


def test_quick_passes_that_were_stopped_come_to_the_same_end() -> None:
    config = config_of_counts(COUNTED.settings, dim=8)
    known = finished(CountsRun.train(COUNTED, config, budget=QUICK))
    training = CountsRun.train(COUNTED, config, budget=QUICK)
    for _ in range(3):
        progress = next(training)
    history, midway = progress.so_far().history, copy.deepcopy(progress.midway())
    resumed = finished(CountsRun.train(COUNTED, config, start=history, midway=midway))
    assert resumed.losses.tobytes() == known.losses.tobytes()


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_when_the_time_is_over_no_pass_is_begun_but_the_first(objective: str) -> None:
    config = config_of_counts(COUNTED.settings, dim=5, objective=objective)
    run = finished(CountsRun.train(COUNTED, config, budget=Budget(0.0, None, 0, "")))
    assert (run.n_passes, run.ended) == (1, "time")


def test_minutes_are_enough_for_a_small_text(capsys: Any) -> None:
    run = train_counts(counted_text(ROYAL), dim=4, minutes=5)
    assert run.losses.tobytes() == train_counts(counted_text(ROYAL), dim=4).losses.tobytes()
    assert capsys.readouterr() == ("", ""), "the library says nothing by itself"
