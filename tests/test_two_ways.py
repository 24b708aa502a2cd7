"""The same pair in two models: found by its place, its vectors and multiplications counted one by one."""

from dataclasses import replace

import numpy as np
import pytest

from w2v import PRESETS, Config, Run
from w2v.explain.two_ways import LARGE, cost_at, multiplications, pair_at, place_of, way_at

ROYAL = Config(PRESETS["royal"].text, epochs=3)
OTHERS = [
    replace(ROYAL, objective="negative"),
    replace(ROYAL, objective="hierarchical"),
    replace(ROYAL, batching="minibatch"),
    replace(ROYAL, batching="window", dynamic_window=True),
]


@pytest.mark.parametrize("config", OTHERS)
@pytest.mark.parametrize("t", [0, 137, 400])
def test_the_same_pair_is_found_in_another_model_in_the_same_epoch(config: Config, t: int) -> None:
    ours = Run(replace(config, objective="softmax", batching="pair"))
    place = place_of(ours, t)
    center, context = pair_at(ours, place)
    (trace,) = ours.step(t).traces
    assert (trace.example.inputs, trace.example.target) == ((center,), context)
    way = way_at(Run(config), place)
    assert way is not None
    assert (way.trace.example.inputs, way.trace.example.target) == ((center,), context)
    assert way.step.epoch == ours.step(t).epoch


def test_with_cbow_it_is_the_window_of_the_pair() -> None:
    ours, cbow = Run(ROYAL), Run(replace(ROYAL, architecture="cbow"))
    place = place_of(ours, 300)
    center, context = pair_at(ours, place)
    way = way_at(cbow, place)
    assert way is not None
    assert way.trace.example.target == center
    assert context in way.trace.example.inputs
    assert pair_at(cbow, place_of(cbow, way.t))[0] == center


@pytest.mark.parametrize("config", [ROYAL, *OTHERS[:2], replace(ROYAL, architecture="cbow")])
def test_exactly_the_counted_vectors_move(config: Config) -> None:
    run = Run(config)
    for t in (0, 5, 99):
        way = way_at(run, place_of(run, t))
        assert way is not None
        before, after = way.step.before, way.step.after
        assert np.flatnonzero((before.V != after.V).any(axis=1)).tolist() == way.inputs.tolist()
        assert np.flatnonzero((before.U != after.U).any(axis=1)).tolist() == way.rows.tolist()
        assert way.n_numbers == (before.V != after.V).sum() + (before.U != after.U).sum()


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_with_one_vector_a_word_it_moves_once(objective: str) -> None:
    run = Run(replace(ROYAL, objective=objective, one_vector=True))
    for t in (0, 5, 99):
        way = way_at(run, place_of(run, t))
        assert way is not None
        moved = way.step.before.V != way.step.after.V
        assert way.n_vectors == moved.any(axis=1).sum()
        assert way.n_numbers == moved.sum()


def test_a_true_neighbor_that_was_drawn_is_found() -> None:
    run = Run(replace(ROYAL, objective="negative"))
    words, found = run.corpus.encoded, 0
    for t in range(60):
        way = way_at(run, place_of(run, t))
        assert way is not None
        (center,) = way.trace.example.inputs
        near = {
            other
            for sentence in words
            for i, word in enumerate(sentence)
            if word == center
            for j, other in enumerate(sentence)
            if i != j and abs(i - j) <= ROYAL.window
        }
        assert way.true_by_chance.tolist() == sorted(near & set(way.trace.rows[1:].tolist()))
        found += len(way.true_by_chance)
    assert found


class Counted:
    """A number that counts how often numbers are multiplied or divided."""

    times = 0

    def __mul__(self, other: object) -> "Counted":
        Counted.times += 1
        return self

    __truediv__ = __mul__

    def __add__(self, other: object) -> "Counted":
        return self

    __sub__ = __add__


@pytest.mark.parametrize(("n_rows", "n_inputs", "dim"), [(27, 1, 8), (6, 1, 3), (5, 4, 2)])
def test_multiplications_are_those_of_plain_loops(n_rows: int, n_inputs: int, dim: int) -> None:
    x, Counted.times = Counted(), 0
    n = Counted()
    if n_inputs > 1:
        for _ in range(dim):
            x / n  # the mean of the input vectors
    for _ in range(n_rows):
        for _ in range(dim):
            x + x * x  # score
            x - n * (x * x)  # rate * error * h, taken from the row
            x + x * x  # its part in the gradient of h
    for _ in range(dim):
        if n_inputs > 1:
            x / n
        x - n * x
    assert multiplications(n_rows, n_inputs, dim) == Counted.times


def test_what_it_would_cost_with_a_large_vocabulary() -> None:
    rows = {
        name: (cost_at(Run(replace(ROYAL, objective=name, epochs=1)).plan.objective, LARGE, 1, 1) - 1) // 4
        for name in ("softmax", "negative", "hierarchical")
    }
    assert rows == {"softmax": 50_000, "negative": 6, "hierarchical": 16}


def test_a_pair_that_was_never_reached_is_none() -> None:
    ours = Run(ROYAL)
    wild = Run(replace(ROYAL, learning_rate=1000.0, decay=False))
    assert wild.stopped is not None
    assert way_at(wild, place_of(ours, ours.n_steps - 1)) is None
