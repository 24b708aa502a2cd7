"""How much longer one update takes than its bare arithmetic: in training, and with its full record.

Three ways through the same updates of the same run, in turns: the formulas written out in this file on two NumPy
arrays; `Run.train`, as the app trains, with its keyframes, losses and checks; and `step`, which returns the whole
record of each update. The first and the last must end at the same numbers as the second.
"""

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench._report import Figure, in_turns, one_thread, print_table, ratio, show
from w2v import Config, Example, HierarchicalSoftmax, NegativeSampling, Parameters, Plan, Run, Softmax, step
from w2v.slices import finished

TRAINING_TARGET = 1.3
RECORD_TARGET = 2.0  # both for full softmax; the other two objectives are there to be read
REPEATS = 15
SENTENCE = 10  # words

Floats = NDArray[np.float64]
Arguments = tuple[Any, ...]

SIZES = ((12, 5, 3_000), (50, 10, 3_000), (300, 20, 2_000), (1000, 50, 1_800))  # words, dim, updates about
OTHERS = ((50, 10, 2_000), (1000, 50, 1_800))


def main() -> list[Figure]:
    """Measure all sizes and print them; return the figures that have targets."""
    one_thread()
    figures: list[Figure] = []
    rows = []
    jobs = [("softmax", *size) for size in SIZES]
    jobs += [(name, *size) for name in ("negative", "hierarchical") for size in OTHERS]
    for objective, n_words, dim, n_updates in jobs:
        row, measured = measure(objective, n_words, dim, n_updates)
        rows.append(row)
        figures += measured
    print("Microseconds of one update; a record also holds all vectors before and after, which for the last two")
    print("objectives are far more than what an update touches.")
    print_table(("", "bare", "training", "recorded", "trained updates/s"), rows)
    show(figures)
    return figures


def measure(objective: str, n_words: int, dim: int, n_updates: int) -> tuple[list[str], list[Figure]]:
    """Return one row of the table of times, and the two ratios."""
    text = made_text(n_words, max(1, 480 // n_words))
    pairs = Plan(Config(text, window=1, epochs=1)).n_steps
    settings: dict[str, Any] = {"objective": objective, "dim": dim, "window": 1, "learning_rate": 0.05}
    config = Config(text, epochs=max(1, round(n_updates / pairs)), **settings)
    plan = Plan(config)
    updates = list(plan.updates(0, plan.n_steps))
    rates = [rate for rate, _ in updates]
    raw = [group[0] for _, group in updates]
    examples = [Example(inputs, target) for inputs, target, _ in raw]
    start = plan.initial_parameters()
    bare, arguments = bare_update(plan, raw)
    ends: dict[str, Parameters] = {}

    def by_hand() -> None:
        V, U = start.V.copy(), start.U.copy()
        bare(V, U, rates, *arguments)
        ends["bare"] = Parameters(V, U)

    def training() -> None:
        ends["training"] = trained(config, plan)

    def recorded() -> None:
        now = start
        for example, rate, (_, _, draws) in zip(examples, rates, raw):
            now, _ = step(now, (example,), plan.objective, rate, None if draws is None else [draws])
        ends["recorded"] = now

    seconds = in_turns({"bare": by_hand, "training": training, "recorded": recorded}, REPEATS)
    for name, end in ends.items():
        for ours, theirs in ((end.V, ends["training"].V), (end.U, ends["training"].U)):
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9, err_msg=f"{name} is another update")

    each = {name: statistics.median(times) / plan.n_steps for name, times in seconds.items()}
    title = f"{objective} {n_words} x {dim}"
    targets = (TRAINING_TARGET, RECORD_TARGET) if objective == "softmax" else (None, None)
    row = [title, *(f"{1e6 * each[name]:.1f}" for name in ends), f"{1 / each['training']:,.0f}"]
    return row, [
        Figure(f"{title}: training / bare", ratio(seconds, "training", "bare"), "x", targets[0]),
        Figure(f"{title}: recorded / bare", ratio(seconds, "recorded", "bare"), "x", targets[1]),
    ]


def made_text(n_words: int, times: int, seed: int = 0) -> str:
    """Return a text of `n_words` different words, each `times` times, in any order, ten to a sentence."""
    rng = np.random.default_rng(seed)
    words = [f"w{i}" for _ in range(times) for i in rng.permutation(n_words)]
    return "\n".join(" ".join(words[i : i + SENTENCE]) for i in range(0, len(words), SENTENCE))


def trained(config: Config, plan: Plan) -> Parameters:
    """Train to the end and return where it ended."""
    run = finished(Run.train(config, plan))
    return run.parameters(run.n_steps)


# --- the same updates, bare -----------------------------------------------------------------------------------


def bare_update(plan: Plan, raw: Sequence[Any]) -> tuple[Any, Arguments]:
    """Return the bare loop for a plan's objective, and its arguments after V, U and the rates."""
    centers = [inputs[0] for inputs, _, _ in raw]
    targets = [target for _, target, _ in raw]
    objective = plan.objective
    if isinstance(objective, Softmax):
        return bare_softmax, (centers, targets)
    if isinstance(objective, NegativeSampling):
        rows = [np.array([target, *draws]) for _, target, draws in raw]
        labels = [np.eye(1, len(r))[0] for r in rows]
        return bare_negative_sampling, (centers, rows, labels)
    assert isinstance(objective, HierarchicalSoftmax)
    return bare_hierarchical_softmax, (centers, [objective.paths[target] for target in targets])


def bare_softmax(V: Floats, U: Floats, rates: list[float], centers: list[int], targets: list[int]) -> list[float]:
    losses = []
    for rate, center, target in zip(rates, centers, targets):
        h = V[center]
        scores = U @ h
        scores -= scores.max()
        P = np.exp(scores)
        Z = P.sum()
        P /= Z
        losses.append(float(np.log(Z) - scores[target]))
        P[target] -= 1.0
        grad_h = P @ U
        U -= rate * (P[:, None] * h)
        V[center] -= rate * grad_h
    return losses


def bare_negative_sampling(
    V: Floats, U: Floats, rates: list[float], centers: list[int], all_rows: list[Any], all_labels: list[Floats]
) -> list[float]:
    losses = []
    for rate, center, rows, labels in zip(rates, centers, all_rows, all_labels):
        h = V[center]
        vectors = U[rows]
        scores = vectors @ h
        P = 1.0 / (1.0 + np.exp(-scores))
        losses.append(float(-np.log(P[0]) - np.log(1.0 - P[1:]).sum()))
        error = P - labels
        grad_h = error @ vectors
        np.subtract.at(U, rows, rate * (error[:, None] * h))  # a word may have been drawn twice
        V[center] -= rate * grad_h
    return losses


def bare_hierarchical_softmax(
    V: Floats, U: Floats, rates: list[float], centers: list[int], paths: list[tuple[Any, Floats]]
) -> list[float]:
    losses = []
    for rate, center, (rows, labels) in zip(rates, centers, paths):
        h = V[center]
        vectors = U[rows]
        scores = vectors @ h
        P = 1.0 / (1.0 + np.exp(-scores))
        losses.append(float(-np.log(np.where(labels == 1.0, P, 1.0 - P)).sum()))
        error = P - labels
        grad_h = error @ vectors
        U[rows] = vectors - rate * (error[:, None] * h)  # no node is twice on a path
        V[center] -= rate * grad_h
    return losses


if __name__ == "__main__":
    main()
