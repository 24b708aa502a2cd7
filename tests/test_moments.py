"""What every training answers alike, the trainers by name, and one driver for several Configs at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.session import memory, now, training
from pages.session.gate import Gate
from tests.visitor import ROOT, broken_off_at, fine, in_small_slices
from w2v import PRESETS, Config, Corpus, Moments, Run, train_whole_text
from w2v.moments import Training
from w2v.slices import finished
from w2v.whole.passes import Passes
from w2v.whole.trainers import TRAINERS, trainer_of

ROYAL = PRESETS["royal"].text
CONFIGS = {
    "updates": Config(ROYAL, dim=4, epochs=3),
    "updates, CBOW": Config(ROYAL, "cbow", dim=4, epochs=2, batching="window"),
    "updates, negative": Config(ROYAL, objective="negative", dim=4, epochs=3),
    "updates, hierarchical": Config(ROYAL, objective="hierarchical", dim=4, epochs=3),
    "passes": Config(ROYAL, dim=4, trainer="passes"),
    "passes, by heart": Config(ROYAL, dim=4, trainer="passes", hold_back=False),
    "passes, negative": Config(ROYAL, objective="negative", dim=4, trainer="passes"),
}


def begun(config: Config) -> Training:
    """A training of a Config that has not done anything yet."""
    corpus, trainer = Corpus.from_text(config.text), trainer_of(config)
    return trainer.train(config, corpus, trainer.prepare(config, corpus))


def stopped(training: Training, after: int) -> Moments:
    """What comes of a training that is asked to stop at its nth report."""
    for _ in range(after):
        next(training)
    with pytest.raises(StopIteration) as end:
        training.send(True)
    moments: Moments = end.value.value
    return moments


# --- one face -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_every_training_answers_the_same_questions(config: Config) -> None:
    moments = finished(begun(config))
    last = moments.n_moments - 1
    assert moments.config == config
    assert moments.unit == TRAINERS[config.trainer].unit
    assert moments.stopped is None
    assert 0 <= moments.best <= last
    assert moments.floor < moments.guess
    assert moments.telling_word in range(len(moments.corpus.vocabulary))
    for t in (0, moments.best, last):
        assert moments.parameters(t).V.shape == (len(moments.corpus.vocabulary), config.dim)
    for t in (-1, last + 1):
        with pytest.raises(IndexError, match=f"{t}"):
            moments.parameters(t)
    for most in (2, 5, 1000):
        frames = moments.keyframes(most)
        assert frames == sorted(set(frames))
        assert (frames[0], frames[-1], len(frames) <= most) == (0, last, True)
    at, losses = moments.loss_curve(50)
    assert len(at) == len(losses) > 1
    assert list(at) == sorted(set(at))
    assert (at[0] >= 0, at[-1]) == (True, last)
    assert (losses > moments.floor).all()
    assert losses[-1] < losses[0], "it has learned something"


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_the_end_of_the_curve_is_the_loss_of_the_last_moment(config: Config) -> None:
    moments = finished(begun(config))
    model = moments.parameters(moments.n_moments - 1)
    _, losses = moments.loss_curve()
    if isinstance(moments, Run):
        assert losses[-1] == moments.plan.goal.mean_loss(model)
    elif config.objective == "softmax":
        assert isinstance(moments, Passes)
        scores = model.V @ model.U.T
        log_P = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        pairs = moments.run.counts.matrix.tocoo()
        assert losses[-1] == pytest.approx(-(pairs.data @ log_P[pairs.row, pairs.col]) / pairs.data.sum(), rel=1e-9)


def test_no_two_trainings_have_one_name() -> None:
    names = {finished(begun(config)).name for config in CONFIGS.values()}
    assert len(names) == len(CONFIGS)
    config = CONFIGS["passes"]
    assert stopped(begun(config), 2).name not in names, "nor one that is shorter"
    assert finished(begun(config)).name in names, "the same again has the same"


# --- the trainers ---------------------------------------------------------------------------------------------


def test_a_trainer_makes_what_its_own_door_makes() -> None:
    steps, passes = CONFIGS["updates"], CONFIGS["passes"]
    run, through = Run(steps), finished(begun(steps))
    assert np.array_equal(run.parameters(run.n_steps).V, through.parameters(run.n_steps).V)
    whole, through = train_whole_text(passes), finished(begun(passes))
    assert np.array_equal(whole.parameters(whole.n_passes).V, through.parameters(through.n_moments - 1).V)
    assert np.array_equal(whole.losses, through.loss_curve()[1])


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_stopped_it_keeps_what_it_has_and_says_so(config: Config) -> None:
    moments = stopped(begun(config), 2)
    assert moments.stopped is not None
    assert moments.stopped.reason == "asked"
    assert moments.stopped.at == moments.n_moments - 1 > 0
    whole = finished(begun(config))
    assert moments.n_moments < whole.n_moments
    t = moments.n_moments - 1
    assert np.array_equal(moments.parameters(t).V, whole.parameters(t).V)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_what_can_be_watched_can_be_looked_at_on_the_way(config: Config) -> None:
    training = begun(config)
    next(training)
    headway = next(training)
    assert 0 < headway.done <= headway.total
    assert (headway.so_far is not None) == trainer_of(config).watchable
    if headway.so_far is not None:
        assert headway.so_far().n_moments == headway.done + 1


def test_passes_go_on_where_they_ended() -> None:
    trainer = trainer_of(CONFIGS["passes"])
    before = finished(begun(CONFIGS["passes"]))
    assert trainer.go_on is not None
    after = finished(trainer.go_on(before, 3))
    assert after.n_moments == before.n_moments + 3
    assert np.array_equal(after.loss_curve()[1][:-3], before.loss_curve()[1])


@pytest.mark.parametrize("trainer", TRAINERS)
def test_what_cannot_be_trained_is_refused_before_anything_is_done(trainer: str) -> None:
    config = Config("one. two. three.", trainer=trainer)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^No two words of this text stand in one sentence"):
        trainer_of(config).prepare(config, Corpus.from_text(config.text))


# --- several at once ------------------------------------------------------------------------------------------

APP = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from dataclasses import replace
from pages.session import coming, now, training
coming.begin()
wanted = [replace(now.config(), dim=dim) for dim in (2, 3, 4)]
wanted.append(replace(now.config(), trainer="passes", dim=5))
held = training.trained_moments(*wanted)
for moments in held:
    st.text(f"{{moments.config.dim}}: {{moments.n_moments}} {{moments.unit}}")
st.button("again", on_click=training.train_again, args=wanted)
"""


def several() -> AppTest:
    """A page that wants four models at once, three by updates and one by passes."""
    at = AppTest.from_string(APP, default_timeout=60)
    at.query_params["epochs"] = "5"
    return at


def said(at: AppTest) -> list[str]:
    """What the page says of each."""
    return [t.value for t in at.text]


def test_one_page_can_have_several_trained() -> None:
    at = fine(several().run())
    updates = Run(Config(ROYAL, epochs=5, dim=2)).n_moments
    assert said(at)[:3] == [f"{dim}: {updates} update" for dim in (2, 3, 4)]
    assert said(at)[3].startswith("5: ")
    assert said(at)[3].endswith("pass")
    assert not at.progress


def test_what_a_script_finishes_that_was_not_over_yet_is_not_lost(
    monkeypatch: pytest.MonkeyPatch, trained_anew: None
) -> None:
    """A page that is loaded anew while it is trained: its session has two scripts for a moment, and one training."""
    turn, finished_by_another = Gate.turn, []

    @contextmanager
    def turn_after_another(self: Gate, patient: bool = False) -> Iterator[None]:
        if not finished_by_another and memory.recall("training") is not None:
            config = replace(now.config(), dim=2)
            finished_by_another.append(config)
            training.trained_moments(config)
        with turn(self, patient):
            yield

    monkeypatch.setattr(Gate, "turn", turn_after_another)
    at = fine(several().run())
    assert finished_by_another
    assert said(at)[0].startswith("2: ")


def broken_off(at: AppTest) -> None:
    """Run the page and leave it in the middle of its training, as a click elsewhere does."""
    with broken_off_at(25):
        fine(at.run())


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, trained_anew: None) -> None:
    """Training in the smallest slices, with its bar from the first."""
    in_small_slices(monkeypatch)


@pytest.mark.usefixtures("slow")
def test_several_show_how_far_they_are_and_go_on_after_a_click() -> None:
    at = several()
    broken_off(at)
    (shown,) = at.progress
    assert shown.text.startswith("Training 2 of 4: ")
    assert len(said(fine(at.run()))) == 4


@pytest.mark.usefixtures("slow")
def test_stop_keeps_those_that_are_trained_and_leaves_out_the_rest() -> None:
    at = several()
    broken_off(at)
    at.button(key="stop_training").click().run()
    whole, part = said(fine(at))
    assert whole.startswith("2: ")
    assert part.startswith("3: ")
    assert int(part.split()[1]) < int(whole.split()[1])
    assert said(fine(at.run())) == [whole, part], "nor does the next run of the page begin with them"
    at.button[0].click().run()
    assert len(said(fine(at))) == 4
