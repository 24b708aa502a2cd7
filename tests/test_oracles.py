"""Our numbers against those of others: CS224N's published gradients, wevi's and gensim's recorded training."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from tests.cases import oracle
from w2v import (
    Example,
    HierarchicalSoftmax,
    HuffmanTree,
    NegativeSampling,
    Objective,
    Parameters,
    Softmax,
    step,
    trace,
    unigram_noise,
)
from w2v.objectives import sigmoid


def assert_close(came: Any, expected: Any, atol: float, what: str) -> None:
    np.testing.assert_allclose(came, expected, rtol=0, atol=atol, err_msg=what)


# --- CS224N: published losses and gradients of one window, with many repeated negatives ----------------------


@pytest.mark.parametrize("number", range(4))
def test_cs224n(number: int) -> None:
    known = oracle("cs224n")
    case = known["cases"][number]
    parameters = Parameters(known["V"], known["U"])
    objective: Objective = Softmax() if case["objective"] == "softmax" else NegativeSampling(10, np.full(5, 0.2))
    examples = [Example((case["center"],), word) for word in case["outside"]]
    after, record = step(parameters, examples, objective, 1.0, case["negatives"])
    assert record.loss == pytest.approx(case["loss"], abs=1e-10), f"{case['name']}: expected {case['loss']}"
    assert_close(parameters.V - after.V, case["dV"], 1e-7, f"{case['name']}: gradient of V (center vectors)")
    assert_close(parameters.U - after.U, case["dU"], 1e-7, f"{case['name']}: gradient of U (outside vectors)")


def test_cs224n_sigmoid() -> None:
    known = oracle("cs224n")["sigmoid"]
    assert_close(sigmoid(np.array(known["x"])), known["published"], 1e-8, "sigmoid")


# --- wevi: 100 updates of full softmax -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wevi_skip_gram", "wevi_many_targets", "wevi_cbow"])
def test_wevi(name: str) -> None:
    """One input and one target; one input and several targets at once; the mean of 2 or 3 inputs.

    Several targets are one update of several examples, with summed gradients. Its CBOW divides the gradient among
    the inputs on the way back, as ours does.
    """
    known = oracle(name)
    parameters = Parameters(known["V"], known["U"])
    for update, (inputs, targets) in enumerate(zip(known["inputs"], known["targets"]), start=1):
        examples = [Example(tuple(inputs), target) for target in targets]
        after, record = step(parameters, examples, Softmax(), known["learning_rate"])
        at, first = f"update {update}", record.traces[0]
        assert_close(first.h, known["hidden"][update - 1], 1e-13, f"hidden vector at {at}")
        assert_close(
            sum(t.grad_h for t in record.traces), known["grad_hidden"][update - 1], 1e-13, f"hidden error at {at}"
        )
        assert_close(record.loss, known["loss"][update - 1], 1e-12, f"loss at {at}")
        if str(update) in known["after"]:
            gradients, there = known["gradients"][str(update)], known["after"][str(update)]
            assert_close(first.P, gradients["P"], 1e-13, f"P at {at}")
            assert_close(sum(t.error for t in record.traces), gradients["error"], 1e-13, f"error at {at}")
            rate = known["learning_rate"]
            assert_close(parameters.V - after.V, rate * np.array(gradients["V"]), 1e-13, f"change of V at {at}")
            assert_close(parameters.U - after.U, rate * np.array(gradients["U"]), 1e-13, f"change of U at {at}")
            assert_close(after.V, there["V"], 1e-12, f"V after {at}")
            assert_close(after.U, there["U"], 1e-12, f"U after {at}")
        parameters = after
    assert update == 100


# --- gensim: four epochs of skip-gram, the other way round, one row of U at a time ---------------------------


class RoundedSigmoid:
    """word2vec.c's and gensim's table: 1000 values between -6 and 6, beyond which they skip the update.

    It is read at 83 places per unit (1000 / 6 / 2 in whole numbers), so that sigma(0) comes out as 0.494.
    """

    table = (1 / (1 + np.exp(-(np.arange(1000) / 1000 * 2 - 1) * 6))).astype(np.float32)

    def predict(self, scores: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
        inside = np.abs(scores) < 6
        place = np.where(inside, (scores + 6) * 83, 0).astype(int)
        return np.where(inside, self.table[place], labels), 0.0


@dataclass(frozen=True, eq=False)
class RoundedNegativeSampling(RoundedSigmoid, NegativeSampling):
    """Negative sampling with the rounded table."""


@dataclass(frozen=True, eq=False)
class RoundedHierarchicalSoftmax(RoundedSigmoid, HierarchicalSoftmax):
    """Hierarchical softmax with the rounded table."""


@dataclass(frozen=True, eq=False)
class Asked:
    """An objective of which only some rows are asked."""

    objective: Objective
    rows: np.ndarray
    labels: np.ndarray

    def rows_and_labels(self, target: int, draws: Any, n_rows: int) -> tuple[np.ndarray, np.ndarray]:
        return self.rows, self.labels

    def predict(self, scores: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
        return self.objective.predict(scores, labels)


def without_repeats(rows: list[int]) -> list[list[int]]:
    """The places in `rows`, cut into stretches in which no row stands twice: [7, 3, 7] becomes [[0, 1], [2]]."""
    stretches: list[list[int]] = [[]]
    for place, row in enumerate(rows):
        if row in [rows[other] for other in stretches[-1]]:
            stretches.append([])
        stretches[-1].append(place)
    return stretches


def replay(known: dict[str, Any], objective: Objective) -> Parameters:
    """Train as gensim did: predict the center from each context word, with the recorded negatives.

    gensim goes through the rows one by one: a negative drawn twice meets its own change the second time, where
    ours are all taken at the old U. So an example with a repeat is asked in two stretches here.
    """
    V = np.array(known["V"])
    U = np.zeros((objective.n_rows(len(V)), V.shape[1]))
    alpha = float(np.float32(known["alpha"]))  # as gensim holds it
    negatives = known.get("negatives", [None] * len(known["input"]))
    for word, target, draws in zip(known["input"], known["predicted"], negatives):
        rows, labels = objective.rows_and_labels(target, draws, len(U))
        grad_h = np.zeros(V.shape[1])
        for stretch in without_repeats(rows.tolist()):
            asked = Asked(objective, rows[stretch], labels[stretch])
            done = trace(Parameters(V, U), Example((word,), target), asked)  # type: ignore[arg-type]
            U[done.rows] -= alpha * done.grad_U
            grad_h += done.grad_h
        V[word] -= alpha * grad_h
    return Parameters(V, U)


def distance(came: Parameters, known: dict[str, Any]) -> float:
    return max(
        float(np.abs(came.V - known["final_V"]).max()), float(np.abs(came.U - known["final_U"][: len(came.U)]).max())
    )


def gensim_objectives(name: str) -> tuple[dict[str, Any], Objective, Objective]:
    """What gensim recorded, its objective with our exact sigmoid, and the same with its rounded table."""
    known = oracle(name)
    if name == "gensim_negative":
        arguments: tuple[Any, ...] = (3, unigram_noise(known["counts"]))
        return known, NegativeSampling(*arguments), RoundedNegativeSampling(*arguments)
    tree = HuffmanTree(tuple(map(tuple, known["nodes"])), tuple(map(tuple, known["codes"])))
    arguments = (known["counts"], tree)
    return known, HierarchicalSoftmax(*arguments), RoundedHierarchicalSoftmax(*arguments)


@pytest.mark.parametrize("name", ["gensim_negative", "gensim_hierarchical"])
def test_gensim(name: str) -> None:
    """With its table we land where it landed, but for its 32-bit rounding (6e-8 at every addition, for numbers near 1).

    With our exact sigmoid we land as far from it as its table is wrong.
    """
    known, exact, rounded = gensim_objectives(name)
    recorded = known["max_abs_difference"]
    off = distance(replay(known, rounded), known)
    assert off < 5e-7, f"with the rounded table we should end within 5e-7 of gensim, but came {off:.1e} away"
    came, expected = distance(replay(known, exact), known), recorded["exact"]
    assert came == pytest.approx(expected, rel=1e-4), f"exact, expected to end {expected} away, came {came}"


def test_gensim_draws_from_the_same_noise() -> None:
    """Its cumulative table is ours, rounded to 31 bits (it sums up in steps, so a few units may be lost)."""
    known = oracle("gensim_negative")
    ours = np.cumsum(unigram_noise(known["counts"])) * (2**31 - 1)
    assert_close(known["cum_table"], ours, 20, "cumulative noise")
