"""A fourth objective in one class, here: everything that asks objectives works with it, and no other file knows it."""

import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
import pytest

from pages.components.ledger.record import update_record
from pages.components.player.record import run_record
from pages.components.update_pictures.checking import NONE, checking_record, choices
from pages.components.update_pictures.lines import as_text, numpy_lines
from pages.components.update_pictures.motion import motion_record
from pages.components.update_pictures.network import network_record
from pages.drawing.objective_words import words_of
from pages.parts.save.notebook import too_much
from tests.cases import same_bits
from w2v import (
    Config,
    Counts,
    Goal,
    Objective,
    Run,
    corpus_log_likelihood,
    gradient_check,
    prediction,
    read_saved_run,
    saved_run,
)
from w2v.arrays import Floats, Ints
from w2v.objectives import ALL_ROWS, OBJECTIVES, Rows, Settings

TEXT = "the queen builds a bridge\nthe king builds a castle\na cat sleeps and a dog sleeps\nsalt and pepper"


@dataclass(frozen=True)
class Hinge(Objective):
    """The true word's score must be larger than every other's by 1 (Crammer and Singer 2001, summed over all words).

    loss = sum over the others w of max(0, 1 + s_w - s_o), and error = P - label is its slope.
    """

    name: ClassVar[str] = "hinge"
    title: ClassVar[str] = "hinge loss"
    idea: ClassVar[str] = "the true word beats all others by a margin"
    symbol: ClassVar[str] = "score"
    sums_to_one: ClassVar[bool] = False
    all_rows: ClassVar[bool] = True
    most_words: ClassVar[int] = 30

    @classmethod
    def of_text(cls, counts: Ints, settings: Settings) -> Self:
        return cls()

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        labels = np.zeros(n_rows)
        labels[target] = 1.0
        return ALL_ROWS, labels

    def predict(self, scores: Floats, labels: Floats) -> tuple[Floats, float]:
        short = np.where(labels == 1.0, 0.0, np.maximum(0.0, 1.0 + scores - labels @ scores))
        P = (short > 0).astype(float)
        return P + labels * (1.0 - P.sum()), float(short.sum())

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        return U @ h

    def floor(self, counts: object) -> float:
        return 0.0

    def uniform_loss(self, counts: Counts) -> float:
        return counts.matrix.shape[1] - 1.0  # all scores alike: each of the others is 1 short

    def unigram_loss(self, counts: object, heldout: object = None) -> float:
        return float("nan")


@pytest.fixture(autouse=True)
def hinge(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The line in the table."""
    monkeypatch.setitem(OBJECTIVES, "hinge", Hinge)
    return


def config(architecture: str = "skip-gram", **settings: object) -> Config:
    wanted = {"dim": 6, "epochs": 12, "learning_rate": 0.05} | settings
    return Config(TEXT, architecture=architecture, objective="hinge", **wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_a_run_learns_with_it(architecture: str) -> None:
    run = Run(config(architecture))
    goal: Goal = run.plan.goal
    start, end = (goal.mean_loss(run.parameters(t)) for t in (0, run.n_steps))
    assert run.n_steps == run.plan.n_steps
    assert goal.floor == 0 < end < 0.6 * start
    assert goal.unigram is None
    assert goal.target(0) == pytest.approx(goal.counts.ratio(0))
    assert 0.4 < goal.share_of_the_way(end) < 1


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_its_mean_loss_is_the_mean_of_the_losses_of_all_examples(architecture: str) -> None:
    run = Run(config(architecture, epochs=1, learning_rate=0.0))  # nothing moves, so all updates see one model
    assert run.plan.goal.mean_loss(run.parameters(0)) == pytest.approx(float(run.losses.mean()), rel=1e-12)


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_its_gradient_is_the_slope_of_its_loss(architecture: str) -> None:
    run = Run(config(architecture))
    for t in range(0, run.n_steps, 97):
        step = run.step(t)
        check = gradient_check(step.before, step.traces[0], run.plan.objective)
        assert check.n_wrong == 0, f"update {t}: {check.difference.max()} apart, {check.allowed} allowed"
        assert gradient_check(step.before, step.traces[0], run.plan.objective, mistake="sign").n_wrong > 0


def test_links_files_and_refusals_know_it() -> None:
    asked = config()
    assert Config.from_query(asked.to_query()) == asked
    run = Run(asked)
    again = read_saved_run(saved_run(run))
    assert again.config == asked
    (frame,) = again.frames
    assert frame is not None
    assert (frame[1] == run.parameters(run.n_steps).U).all()
    with pytest.raises(ValueError, match="softmax, negative, hierarchical, hinge, not 'other'"):
        Config(TEXT, objective="other")
    with pytest.raises(ValueError, match="hinge loss can be stepped through with 30"):
        Run(Config(" ".join(f"word{i}" for i in range(31)), objective="hinge"))
    with pytest.raises(ValueError, match="gives no P"):
        corpus_log_likelihood(run.parameters(0), run.plan)


def test_its_rows_have_names_and_what_it_says_can_be_read() -> None:
    run = Run(config())
    words = run.corpus.vocabulary.words
    assert [run.plan.objective.row_name(i, words) for i in range(run.plan.objective.n_rows(len(words)))] == list(words)
    now = run.parameters(run.n_steps)
    assert prediction(now, (0,), run.plan.objective) == pytest.approx(now.U @ now.V[0])


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
@pytest.mark.parametrize("batching", ["pair", "window"])
def test_the_records_and_words_of_the_pages_know_it(architecture: str, batching: str, tmp_path: Path) -> None:
    run = Run(config(architecture, batching=batching))
    header, arrays = run_record(run)
    assert (header["objective"], header["n_rows"], "draws" in arrays) == ("hinge", run.plan.n_words, False)
    step = run.step(7)
    trace = step.traces[-1]
    assert update_record(run, step, 0, "words")
    assert "repeat" not in choices(run.config) or architecture == "cbow"
    words = run.corpus.vocabulary.words
    assert {o["word"] for o in network_record(run, step, trace)["outputs"]} <= set(words)
    assert {p["role"] for p in motion_record(run, step, trace)["points"]} == {"target", "asked"}
    assert checking_record(run, step, trace, NONE)["passed"]
    assert "goes from" in network_record(run, step, trace)["said"]
    said = words_of(run.plan.objective)
    assert [e for e in said.equations(trace, 0, "x") if "nats" in e]
    assert said.heads_for(run.plan.objective) == "What hinge loss says of a word does not head for these ratios."

    assert "expected" in said.row_error(3)
    assert said.holds_elsewhere(0.3) == "", "nobody knows"

    file = tmp_path / "lines.py"  # the lines of NumPy call the objective, and do what was done
    file.write_text(as_text(numpy_lines(run, step, trace)), encoding="utf-8")
    given = {"np": np, "V": step.before.V.copy(), "U": step.before.U.copy(), "objective": run.plan.objective}
    done = runpy.run_path(str(file), init_globals=given)
    assert same_bits(done["V_new"], step.after.V)
    assert same_bits(done["U_new"], step.after.U)
    assert too_much(run, 7) == "There are no lines of NumPy for hinge loss.", "a file of its own could not call it"
