"""The schedule of a run: rates, epochs, draws and subsampling, each random thing from a stream of its own."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import ARCHITECTURES, OBJECTIVES, oracle, same_parameters, text_of, texts, writable_arrays
from w2v import Config, HierarchicalSoftmax, NegativeSampling, Plan, Softmax, huffman_tree, plan_checks, unigram_noise
from w2v.objectives.negative import REDRAWS

TEXT = text_of([[0, 1, 2, 3, 0, 4], [1, 3, 1, 2, 4, 0], [4, 2, 0]])
RANDOM = {"objective": "negative", "dynamic_window": True, "subsample": 0.05}


def drawn(plan: Plan) -> list[object]:
    """Everything a plan drew, as plain values."""
    start = plan.initial_parameters()
    updates = [(rate, [(i, t, d.tolist()) for i, t, d in group]) for rate, group in plan.updates(0, plan.n_steps)]
    return [start.V.tolist(), start.U.tolist(), updates]


# --- one seed, one run ---------------------------------------------------------------------------------------


@given(st.integers(0, 2**32 - 1))
def test_the_same_config_draws_the_same(seed: int) -> None:
    config = Config(TEXT, seed=seed, epochs=3, **RANDOM)  # type: ignore[arg-type]
    assert drawn(Plan(config)) == drawn(Plan(config))


def test_another_seed_draws_something_else_everywhere() -> None:
    one, other = (Plan(Config(TEXT, seed=seed, epochs=3, **RANDOM)) for seed in (1, 2))  # type: ignore[arg-type]
    assert not same_parameters(one.initial_parameters(), other.initial_parameters())
    assert one.epoch(0).targets.tolist() != other.epoch(0).targets.tolist()
    static = [Plan(Config(TEXT, seed=seed, objective="negative")) for seed in (1, 2)]
    assert static[0].epoch(0).targets.tolist() == static[1].epoch(0).targets.tolist()
    assert static[0].draws(0).tolist() != static[1].draws(0).tolist()


def test_each_epoch_draws_anew() -> None:
    plan = Plan(Config(TEXT, epochs=3, **RANDOM))  # type: ignore[arg-type]
    targets = [plan.epoch(number).targets.tolist() for number in range(3)]
    assert targets[0] != targets[1] != targets[2]
    plan = Plan(Config(TEXT, epochs=2, objective="negative"))
    assert plan.draws(0).tolist() != plan.draws(1).tolist()


def test_streams_do_not_disturb_each_other() -> None:
    """What is drawn for one purpose does not depend on how much is drawn for the others."""
    base = Config(TEXT, epochs=2, dim=4, **RANDOM)  # type: ignore[arg-type]

    def plan(**changed: object) -> Plan:
        return Plan(Config(**{**vars(base), **changed}))  # type: ignore[arg-type]

    windows = [e.targets.tolist() for e in (plan().epoch(0), plan(dim=7).epoch(0), plan(negatives=9).epoch(0))]
    assert windows[0] == windows[1] == windows[2], "windows must not depend on dim or negatives"
    assert plan(objective="softmax").epoch(1).targets.tolist() == plan().epoch(1).targets.tolist()
    assert same_parameters(plan().initial_parameters(), plan(negatives=9, window=3).initial_parameters())
    assert plan(dim=7).draws(1).tolist() == plan().draws(1).tolist(), "draws must not depend on dim"


def test_no_two_purposes_share_a_stream() -> None:
    """If they did, the numbers behind the first vectors would also decide the first negatives and dropped words."""
    text = text_of([[0, 1, 2, 3] * 100])
    plan = Plan(Config(text, objective="negative", init_scale=0.5, dim=100, epochs=1))
    assert isinstance(plan.objective, NegativeSampling)
    start = plan.initial_parameters()
    uniform = (np.concatenate([start.V.ravel(), start.U.ravel()]) + 0.5)[:800]  # from 0 to 1
    draws = plan.draws(0).ravel()[:800]
    agree = float((np.searchsorted(np.cumsum(plan.objective.noise), uniform) == draws).mean())
    assert agree < 0.4, f"one in four should agree by accident, came {agree}"

    kept = Plan(Config(text, subsample=0.0625, epochs=1)).epoch(0).windows.center_at  # each word: 1 in 2
    agree = float((np.isin(np.arange(400), kept) == (uniform[:400] < 0.5)).mean())
    assert abs(agree - 0.5) < 0.15, f"one in two should agree by accident, came {agree}"
    negatives_of_kept = Plan(Config(text, objective="negative", subsample=0.0625, epochs=1)).draws(0).ravel()[:400]
    agree = float(((negatives_of_kept < 2) == np.isin(np.arange(400), kept)).mean())
    assert abs(agree - 0.5) < 0.15, f"one in two should agree by accident, came {agree}"


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_epochs_can_be_asked_for_in_any_order(order: list[int]) -> None:
    config = Config(TEXT, epochs=4, **RANDOM)  # type: ignore[arg-type]
    plan = Plan(config)
    for number in order:
        fresh = Plan(config)
        assert plan.draws(number).tolist() == fresh.draws(number).tolist()
        assert plan.epoch(number).inputs.tolist() == fresh.epoch(number).inputs.tolist()


# --- rates and epochs ----------------------------------------------------------------------------------------


@given(texts(), st.sampled_from(ARCHITECTURES), st.integers(1, 5), st.sampled_from(["pair", "window", "full"]))
def test_updates_can_be_asked_for_in_any_stretch(text: str, architecture: str, epochs: int, batching: str) -> None:
    config = Config(text, architecture=architecture, epochs=epochs, batching=batching, **RANDOM)  # type: ignore[arg-type]
    try:
        plan = Plan(config)
    except ValueError:
        return  # the subsampling left nothing
    whole = drawn(plan)[2]
    assert isinstance(whole, list)
    assert len(whole) == plan.n_steps
    for start in range(0, plan.n_steps, 3):
        stop = min(plan.n_steps, start + 3)
        some = [(rate, [(i, t, d.tolist()) for i, t, d in group]) for rate, group in plan.updates(start, stop)]
        assert some == whole[start:stop]


@given(texts(), st.integers(1, 5))
def test_epochs_follow_each_other(text: str, epochs: int) -> None:
    plan = Plan(Config(text, epochs=epochs))
    each = len(plan.epoch(0).targets)
    assert plan.static
    assert plan.epoch_start.tolist() == [each * e for e in range(epochs + 1)]
    assert plan.n_steps == each * epochs
    assert [plan.epoch_of(t) for t in range(plan.n_steps)] == [t // each for t in range(plan.n_steps)]
    assert plan.epoch_of(plan.n_steps) == epochs - 1, "the end belongs to the last epoch"


def test_an_epoch_can_be_empty() -> None:
    """With heavy subsampling some epochs have no pair at all, and no update belongs to them."""
    plan = Plan(Config(text_of([[0, 1, 0, 1]]), subsample=0.05, epochs=200))
    sizes = np.diff(plan.epoch_start)
    assert 0 in sizes
    assert sizes.max() > 0
    for t in range(plan.n_steps):
        start, end = plan.epoch_start[plan.epoch_of(t) : plan.epoch_of(t) + 2]
        assert start <= t < end
    assert len(list(plan.updates(0, plan.n_steps))) == plan.n_steps


def test_the_rate_falls_in_a_straight_line_to_0_at_the_end() -> None:
    plan = Plan(Config(TEXT, learning_rate=0.3))
    assert plan.rate(0) == 0.3
    assert plan.rate(plan.n_steps) == 0
    rates = [plan.rate(t) for t in range(plan.n_steps + 1)]
    np.testing.assert_allclose(np.diff(rates), -0.3 / plan.n_steps, atol=1e-15)
    constant = Plan(Config(TEXT, learning_rate=0.3, decay=False))
    assert {constant.rate(t) for t in range(constant.n_steps)} == {0.3}


# --- negatives -----------------------------------------------------------------------------------------------


def test_a_drawn_target_is_drawn_again_ten_times_then_dropped() -> None:
    """99 of 100 words are w00: as a target it is met p^11 of the time, and then dropped."""
    text = text_of([[0] * 33 + [1] + [0] * 66] * 20)
    plan = Plan(Config(text, objective="negative", negatives=20, noise_power=1.0, window=1, epochs=1))
    assert isinstance(plan.objective, NegativeSampling)
    targets, draws, p = plan.epoch(0).targets, plan.draws(0), plan.objective.noise[0]
    assert p == 0.99
    frequent, rare = draws[targets == 0], draws[targets == 1]
    assert set(np.unique(frequent)) == {-1, 1}, "the target itself is never among the draws"
    assert set(np.unique(rare)) == {0}
    expected, came = p ** (1 + REDRAWS), float((frequent == -1).mean())
    deviation = math.sqrt(expected * (1 - expected) / frequent.size)
    assert abs(came - expected) < 5 * deviation, f"expected {expected} dropped, came {came}"


def test_dropped_draws_are_left_out_of_the_update() -> None:
    text = text_of([[0] * 33 + [1] + [0] * 66])
    plan = Plan(Config(text, objective="negative", negatives=5, noise_power=1.0, window=1, epochs=1))
    groups = [group for _, group in plan.updates(0, plan.n_steps)]
    for ((_, target, draws),), row in zip(groups, plan.draws(0)):
        assert draws is not None
        assert draws.tolist() == [word for word in row if word >= 0]
        assert target not in draws
    assert any(len(group[0][2]) == 0 for group in groups), "here some updates have no negative at all"


def test_negatives_are_drawn_as_often_as_the_noise_says() -> None:
    known = oracle("closed_forms")
    config = Config(text_of(known["sentences"]), objective="negative", negatives=50, epochs=20)
    plan = Plan(config)
    assert isinstance(plan.objective, NegativeSampling)
    noise = unigram_noise(known["counts"], 0.75)
    assert plan.objective.noise == pytest.approx(noise, rel=1e-14)
    targets = np.tile(plan.epoch(0).targets, 20)
    draws = np.concatenate([plan.draws(epoch) for epoch in range(20)])
    for target in (0, 3, 16):
        some = draws[targets == target].ravel()
        came = np.bincount(some[some >= 0], minlength=17) / len(some)
        expected = np.where(np.arange(17) == target, 0, noise / (1 - noise[target]))
        deviation = np.sqrt(expected * (1 - expected) / len(some))
        assert (np.abs(came - expected) <= 5 * deviation + 1e-9).all(), f"expected {expected}, came {came}"


@pytest.mark.parametrize("power", [0.0, 1.0, -1.0])
def test_noise_power(power: float) -> None:
    plan = Plan(Config(TEXT, objective="negative", noise_power=power))
    assert isinstance(plan.objective, NegativeSampling)
    assert plan.objective.noise == pytest.approx(unigram_noise(plan.corpus.vocabulary.counts, power))


@pytest.mark.parametrize(("counts", "power"), [([], 0.75), ([0, 0], 0.75), ([3, -1], 0.75), ([3, 0], -1.0)])
def test_noise_is_made_of_counts_that_can_be_drawn_from(counts: list[int], power: float) -> None:
    with pytest.raises(ValueError, match=r"^Noise is made of counts that are not negative"):
        unigram_noise(counts, power)


# --- subsampling ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", ["paper", "word2vec.c"])
def test_frequent_words_are_dropped_as_often_as_the_formula_says(formula: str) -> None:
    rng = np.random.default_rng(0)
    ids = rng.choice(4, size=20_000, p=[0.6, 0.3, 0.09, 0.01])
    threshold, epochs = 0.05, 3
    config = Config(text_of([ids.tolist()]), subsample=threshold, subsample_formula=formula, window=1, epochs=epochs)  # type: ignore[arg-type]
    plan = Plan(config)
    f = np.bincount(ids) / len(ids)
    keep = np.sqrt(threshold / f) if formula == "paper" else (np.sqrt(f / threshold) + 1) * threshold / f
    keep = np.minimum(keep, 1)
    kept = np.zeros(4)
    for epoch in range(epochs):
        kept += np.bincount(plan.epoch(epoch).windows.centers, minlength=4)
    n = epochs * np.bincount(ids)
    deviation = np.sqrt(keep * (1 - keep) / n)
    assert (np.abs(kept / n - keep) <= 5 * deviation + 1e-9).all(), f"expected {keep}, came {kept / n}"
    assert kept[3] == n[3], "a rare word is always kept"


def test_windows_close_over_dropped_words_but_not_over_sentences() -> None:
    plan = Plan(Config(text_of([[0, 1] * 30, [0, 2] * 30]), subsample=0.02, window=1, epochs=1))
    windows = plan.epoch(0).windows
    kept = windows.center_at
    assert len(kept) < 119
    for at, start, end in zip(kept, windows.context_start, windows.context_start[1:]):
        same = kept[(kept < 60) == (at < 60)]
        place = int(np.searchsorted(same, at))
        expected = [*same[max(0, place - 1) : place], *same[place + 1 : place + 2]]
        assert windows.context_at[start:end].tolist() == expected, f"the neighbors of word {at}"


# --- the rest ------------------------------------------------------------------------------------------------


def test_objectives_are_made_from_the_counts_of_the_text() -> None:
    assert isinstance(Plan(Config(TEXT)).objective, Softmax)
    plan = Plan(Config(TEXT, objective="hierarchical"))
    assert isinstance(plan.objective, HierarchicalSoftmax)
    assert plan.objective.tree == huffman_tree(plan.corpus.vocabulary.counts.tolist())
    negative = Plan(Config(TEXT, objective="negative", negatives=7)).objective
    assert isinstance(negative, NegativeSampling)
    assert negative.k == 7


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_initial_parameters_fit_the_objective(objective: str) -> None:
    start = Plan(Config(TEXT, objective=objective, dim=3, init_scale=0.25)).initial_parameters()  # type: ignore[arg-type]
    assert (start.V.shape, start.U.shape) == ((5, 3), (4 if objective == "hierarchical" else 5, 3))
    assert 0.15 < max(np.abs(start.V).max(), np.abs(start.U).max()) <= 0.25


@pytest.mark.parametrize("settings", [{}, {"architecture": "cbow"}, RANDOM], ids=str)
def test_a_plan_gives_out_nothing_that_can_be_written_to(settings: dict[str, object]) -> None:
    plan = Plan(Config(TEXT, epochs=2, **settings))  # type: ignore[arg-type]
    assert writable_arrays(plan.epoch(0)) == []
    assert not plan.epoch_start.flags.writeable
    if plan.config.objective == "negative":
        assert not plan.draws(0).flags.writeable


def refusal(config: Config) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        Plan(config)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_texts_and_settings_that_cannot_be_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nothing to train on" in refusal(Config("..."))
    assert "No two words" in refusal(Config(text_of([[0], [1]])))
    assert "No two words" in refusal(Config(text_of([[0, 1], [0, 1]]), subsample=1e-9, epochs=2))
    many = text_of([[*range(30), *range(20), *range(20)]])
    monkeypatch.setattr(Softmax, "most_words", 20)
    sentence = refusal(Config(many))
    assert "raise the minimum count to 2" in sentence
    assert "or choose negative sampling" in sentence
    Plan(Config(many, min_count=2))
    Plan(Config(many, objective="negative"))
    monkeypatch.setattr(plan_checks, "MAX_EXAMPLES", 1000)
    assert "at most 3 epochs" in refusal(Config(many, objective="negative"))
    Plan(Config(many, objective="negative", epochs=3))
    assert "at most 3 epochs" in refusal(Config(many, objective="negative", subsample=0.9))
    monkeypatch.setattr(plan_checks, "MAX_GROUP_CELLS", 1000)
    assert "smaller batches" in refusal(Config(many, objective="negative", epochs=1, batching="full"))
    Plan(Config(many, objective="negative", epochs=1, batching="window"))
