"""Time travel and training: every moment is the one the straight walk went through, bit for bit."""

import itertools
import random
from collections.abc import Generator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import (
    ARCHITECTURES,
    BATCHINGS,
    OBJECTIVES,
    REDUCTIONS,
    oracle,
    same_bits,
    same_parameters,
    text_of,
    texts,
    writable_arrays,
)
from w2v import Config, Example, Parameters, Plan, Run, Step, step
from w2v import run as run_module
from w2v.goal import Goal

TEXT = text_of([[0, 1, 2, 3, 0, 4], [1, 3, 1, 2, 4, 0], [4, 2, 0]])
SMALL = {"dim": 3, "epochs": 4, "window": 2, "negatives": 2, "batch_size": 7}


def config_of(text: str = TEXT, **changed: object) -> Config:
    return Config(text, **{**SMALL, **changed})  # type: ignore[arg-type]


def straight_walk(config: Config) -> list[Step]:
    """The run as a plain loop over `step`, from the plan alone: no keyframes, no fast way."""
    plan = Plan(config)
    parameters, records = plan.initial_parameters(), []
    for t, (rate, group) in enumerate(plan.updates(0, plan.n_steps)):
        examples = [Example(inputs, target) for inputs, target, _ in group]
        draws = [d for _, _, d in group] if config.objective == "negative" else None
        parameters, record = step(
            parameters, examples, plan.objective, rate, draws, reduction=config.reduction, index=t
        )
        records.append(record)
    return records


def drive(
    training: Generator[tuple[int, int], bool | None, Run], stop_after: int | None = None
) -> tuple[list[tuple[int, int]], Run]:
    """Run a training to its end, or stop it after so many reports. Returns the reports and the Run."""
    reports = []
    try:
        reports.append(next(training))
        while True:
            reports.append(training.send(True if stop_after == len(reports) else None))
    except StopIteration as end:
        return reports, end.value


@pytest.fixture
def many_keyframes_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory for about four keyframes of the small runs here, so that the stride doubles again and again."""
    monkeypatch.setattr(run_module, "KEYFRAME_BYTES", 1000)


# --- replay equals walk --------------------------------------------------------------------------------------

SAMPLING = [{}, {"dynamic_window": True}, {"subsample": 0.1}, {"dynamic_window": True, "subsample": 0.1}]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("batching", BATCHINGS)
def test_replay_is_the_walk_bit_for_bit(
    architecture: str, objective: str, batching: str, many_keyframes_dropped: None
) -> None:
    order = random.Random(0)
    for reduction, sampling in itertools.product(REDUCTIONS, SAMPLING):
        config = config_of(
            architecture=architecture,
            objective=objective,
            batching=batching,
            reduction=reduction,
            epochs=3,
            **sampling,
        )
        walk, run = straight_walk(config), Run(config)
        assert run.n_steps == len(walk)
        moments = list(range(run.n_steps))
        order.shuffle(moments)
        for t in moments:
            came, expected = run.step(t), walk[t]
            at = f"update {t} of {config}"
            assert same_parameters(came.before, expected.before), f"before {at}"
            assert same_parameters(came.after, expected.after), f"after {at}"
            assert same_parameters(run.parameters(t), expected.before), f"moment {t} of {config}"
            assert (came.loss, came.learning_rate) == (expected.loss, expected.learning_rate), at
            assert run.losses[t] == expected.loss, at
            assert [x.example for x in came.traces] == [x.example for x in expected.traces]
            for one, other in zip(came.traces, expected.traces):
                assert same_bits(one.P, other.P), at
                assert same_bits(one.rows, other.rows), at
        assert same_parameters(run.parameters(run.n_steps), walk[-1].after)


def test_the_keyframes_really_were_thinned_out(many_keyframes_dropped: None) -> None:
    """Or the test above would not see a replay from a far keyframe."""
    config = config_of(epochs=40)
    run, records = Run(config), straight_walk(config)
    kept = run.keyframes(1000)
    frame = 2 * 5 * 3 * 8  # bytes
    assert len(kept) <= 1000 // frame + 1, f"{len(kept)} keyframes of {frame} bytes do not fit into 1000 bytes"
    assert max(np.diff(kept)) >= 256, f"expected keyframes hundreds of updates apart, came {kept}"
    assert kept[0] == 0
    assert kept[-1] == run.n_steps
    for t in (1, 255, 257, 500, run.n_steps - 1):
        assert same_parameters(run.parameters(t), records[t].before), f"moment {t}"


def test_keyframes_are_near_enough_for_a_quick_jump() -> None:
    """While there is memory, a jump replays fewer than 64 examples."""
    run = Run(config_of(epochs=40))
    assert max(np.diff(run.keyframes(10_000))) <= 64
    batched = Run(config_of(epochs=40, batching="full"))
    assert max(np.diff(batched.keyframes(10_000))) == 1


@settings(max_examples=25)
@given(texts(), st.sampled_from(ARCHITECTURES), st.sampled_from(OBJECTIVES), st.data())
def test_any_text_can_be_travelled(text: str, architecture: str, objective: str, data: st.DataObject) -> None:
    config = config_of(text, architecture=architecture, objective=objective, learning_rate=0.05)
    walk, run = straight_walk(config), Run(config)
    t = data.draw(st.integers(0, run.n_steps - 1))
    assert same_parameters(run.step(t).after, walk[t].after)
    assert same_parameters(run.parameters(t), walk[t].before)


def test_steps_are_numbered_and_know_their_epoch() -> None:
    run = Run(config_of())
    each = run.n_steps // 4
    records = [run.step(t) for t in range(run.n_steps)]
    assert [r.index for r in records] == list(range(run.n_steps))
    assert [r.epoch for r in records] == [t // each for t in range(run.n_steps)]
    for before, after in zip(records, records[1:]):
        assert same_parameters(before.after, after.before)


def test_moments_outside_the_run_do_not_exist() -> None:
    run = Run(config_of())
    for t in (-1, run.n_steps + 1):
        with pytest.raises(IndexError, match=f"no moment {t}"):
            run.parameters(t)
    for t in (-1, run.n_steps):
        with pytest.raises(IndexError, match=f"no update {t}"):
            run.step(t)


def test_the_same_config_gives_the_same_bits_and_another_seed_others() -> None:
    for objective in OBJECTIVES:
        one, two, other = (Run(config_of(objective=objective, seed=seed)) for seed in (1, 1, 2))
        assert same_bits(one.losses, two.losses)
        for t in (0, 17, one.n_steps):
            assert same_parameters(one.parameters(t), two.parameters(t))
            assert not same_parameters(one.parameters(t), other.parameters(t))


def test_what_a_run_gives_out_cannot_be_changed() -> None:
    run = Run(config_of())
    for record in (run.parameters(0), run.parameters(5), run.parameters(run.n_steps), run.step(5)):
        assert writable_arrays(record) == []
    assert not run.losses.flags.writeable
    assert not run.loss_curve()[1].flags.writeable


# --- training, step by step ----------------------------------------------------------------------------------


@pytest.mark.parametrize("batching", BATCHINGS)
def test_progress_is_reported_up_to_the_end(batching: str) -> None:
    config = config_of(epochs=30, batching=batching)
    reports, run = drive(Run.train(config))
    done = [now for now, _ in reports]
    assert done == sorted(set(done)), f"progress should only grow, came {done}"
    assert done[-1] == run.n_steps == run.plan.n_steps
    assert {planned for _, planned in reports} == {run.n_steps}
    assert run.stopped is None
    assert len(reports) > 5, f"expected many reports, came {reports}"
    assert same_parameters(run.parameters(run.n_steps), Run(config).parameters(run.n_steps))


@pytest.mark.parametrize("stop_after", [1, 2, 5])
def test_stopping_keeps_what_was_trained(stop_after: int, many_keyframes_dropped: None) -> None:
    """A stopped run is the beginning of the full run, with its rates, which fall as they were planned to."""
    config = config_of(epochs=30)
    reports, run = drive(Run.train(config), stop_after)
    full = Run(config)
    assert run.n_steps == reports[-1][0] < full.n_steps
    assert run.stopped is not None
    assert (run.stopped.at, run.stopped.reason) == (run.n_steps, "asked")
    assert same_bits(run.losses, full.losses[: run.n_steps])
    for t in range(0, run.n_steps + 1, 7):
        assert same_parameters(run.parameters(t), full.parameters(t))
    last = run.n_steps - 1
    assert same_parameters(run.step(last).after, full.step(last).after)
    assert same_parameters(run.parameters(run.n_steps), full.parameters(run.n_steps))
    moments, curve = run.loss_curve()
    assert moments[-1] == run.n_steps
    assert len(curve) == len(moments)


def test_stopping_at_the_very_end_is_no_stop() -> None:
    reports, _ = drive(Run.train(config_of()))
    _, run = drive(Run.train(config_of()), stop_after=len(reports))
    assert run.stopped is None


def test_a_text_that_cannot_be_trained_is_refused_before_the_first_report() -> None:
    with pytest.raises(ValueError, match="nothing to train on"):
        next(Run.train(config_of("...")))


def test_a_plan_made_before_can_be_used() -> None:
    config = config_of()
    plan = Plan(config)
    _, run = drive(Run.train(config, plan))
    assert run.plan is plan
    assert run.corpus is plan.corpus
    assert same_bits(run.losses, Run(config).losses)


# --- divergence ----------------------------------------------------------------------------------------------


def largest(parameters: Parameters) -> float:
    values = np.concatenate([parameters.V.ravel(), parameters.U.ravel()])
    return float(np.abs(values).max()) if np.isfinite(values).all() else np.inf


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("batching", BATCHINGS)
@pytest.mark.parametrize("rate", [30.0, 1000.0, 1e6])
def test_a_diverging_run_ends_before_the_update_that_breaks_it(
    architecture: str, objective: str, batching: str, rate: float
) -> None:
    """No parameter above 1,000 in any moment, and the next update would have made one. No warning either."""
    config = config_of(
        architecture=architecture, objective=objective, batching=batching, reduction="sum", learning_rate=rate
    )
    run = Run(config)
    for t in range(run.n_steps + 1):
        assert largest(run.parameters(t)) <= 1000, f"moment {t} of {run.n_steps}"
    assert np.isfinite(run.losses).all()
    assert len(run.losses) == run.n_steps
    assert np.isfinite(run.loss_curve()[1]).all()
    if run.stopped is None:
        assert run.n_steps == run.plan.n_steps
        return
    assert (run.stopped.at, run.stopped.reason) == (run.n_steps, "diverged")
    with np.errstate(all="ignore"):
        broken = straight_walk(config)[run.n_steps]
    assert same_parameters(broken.before, run.parameters(run.n_steps))
    assert largest(broken.after) > 1000, "the update after the end should have broken the bound"


def test_a_run_can_break_at_its_first_update() -> None:
    """Then it has no updates at all, and its only moment is the start."""
    config = config_of(learning_rate=1e6, batching="full", reduction="sum")
    reports, run = drive(Run.train(config))
    assert run.n_steps == 0
    assert run.stopped is not None
    assert (run.stopped.at, run.stopped.reason) == (0, "diverged")
    assert reports == [(0, run.plan.n_steps)]
    assert run.losses.shape == (0,)
    assert same_parameters(run.parameters(0), run.plan.initial_parameters())
    moments, curve = run.loss_curve()
    assert moments == [0]
    assert np.isfinite(curve).all()
    with pytest.raises(IndexError, match="no update 0"):
        run.step(0)


def test_divergence_in_the_middle_of_a_run_is_found_to_the_update(many_keyframes_dropped: None) -> None:
    runs = [Run(config_of(epochs=40, learning_rate=1.0, decay=False, objective="negative", seed=s)) for s in range(5)]
    late = [run for run in runs if run.stopped and run.n_steps > 64 and run.n_steps % 64 != 0]
    assert late, f"this test wants a run that ends late and between two reports, came {[r.stopped for r in runs]}"
    run = late[0]
    config = run.config
    with np.errstate(all="ignore"):
        walk = straight_walk(config)
    first = next(t for t, record in enumerate(walk) if largest(record.after) > 1000)
    assert run.stopped is not None
    assert run.stopped.at == first, f"update {first} breaks the run, but it says {run.stopped.at}"
    assert same_parameters(run.parameters(first), walk[first].before)
    assert same_parameters(run.parameters(first - 1), walk[first - 1].before)


# --- the loss curve ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_curve_is_the_mean_loss_at_its_moments_and_falls_towards_the_floor(
    architecture: str, objective: str
) -> None:
    text = text_of(oracle("closed_forms")["sentences"])
    run = Run(config_of(text, architecture=architecture, objective=objective, dim=8, epochs=40))
    moments, curve = run.loss_curve(most=9)
    assert len(moments) <= 9
    assert (moments[0], moments[-1]) == (0, run.n_steps)
    for t, loss in zip(moments, curve):
        assert loss == run.plan.goal.mean_loss(run.parameters(t))
    goal = run.plan.goal
    assert (curve >= goal.floor).all(), f"the floor is {goal.floor}, but came {curve.min()}"
    assert goal.share_of_the_way(curve[-1]) > 0.5, f"{curve[0]} -> {curve[-1]}, floor {goal.floor}"


def test_full_batches_at_a_small_rate_go_straight_downhill() -> None:
    for objective in ("softmax", "hierarchical"):
        run = Run(config_of(objective=objective, batching="full", learning_rate=0.05, epochs=100))
        assert (np.diff(run.losses) < 0).all()
        moments, curve = run.loss_curve()
        assert curve[:-1] == pytest.approx(run.losses[moments[:-1]], rel=1e-12), "the loss of a full batch is the mean"


def test_each_moment_of_the_curve_is_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(config_of(epochs=20))
    moments, curve = run.loss_curve()
    monkeypatch.setattr(Goal, "mean_loss", lambda *_: pytest.fail("it is evaluated again"))
    again = run.loss_curve()
    assert (again[0], again[1].tolist()) == (moments, curve.tolist())
    assert run.loss_curve(2)[1].tolist() == curve[[0, -1]].tolist()


def test_few_moments_are_evaluated_where_each_is_costly(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(config_of(epochs=20))
    monkeypatch.setattr(run_module, "CURVE_CELLS", 3 * 5 * 5)
    assert len(run.loss_curve()[0]) == 3
    monkeypatch.setattr(run_module, "CURVE_CELLS", 1)
    assert run.loss_curve()[0] == [0, run.n_steps]


def test_keyframes_are_spread_over_the_run() -> None:
    run = Run(config_of(epochs=40))
    some: Any = run.keyframes(5)
    assert len(some) == 5
    assert (some[0], some[-1]) == (0, run.n_steps)
    assert np.ptp(np.diff(some)) <= 64
