"""How long it takes to go to any moment of a long run, and how that compares with training again up to there.

25,000 updates of full softmax with 168 words and 20 dimensions.
"""

import time

import numpy as np

from bench._report import Figure, one_thread, quantile, show
from bench.updates import SENTENCE
from w2v import Config, Plan, Run

N_WORDS, DIM, EPOCHS = 168, 20, 25
JUMPS = 500
AGAIN = 12  # of them, to train again up to there
TARGET = 10.0  # ms


def main() -> list[Figure]:
    """Measure and print; return the figures."""
    one_thread()
    config = Config(text_of_a_thousand_pairs(), dim=DIM, epochs=EPOCHS)
    plan = Plan(config)
    assert (plan.n_words, plan.n_steps) == (N_WORDS, 25_000)
    begun = time.perf_counter()
    run = train(config, plan, plan.n_steps)
    to_train = time.perf_counter() - begun
    start = run.parameters(0)
    n_keyframes = len(run.keyframes(run.n_steps + 1))

    rng = np.random.default_rng(0)
    moments = rng.integers(0, run.n_steps + 1, JUMPS).tolist()
    jumps = []
    for t in moments:
        begun = time.perf_counter()
        run.parameters(t)
        jumps.append(1000 * (time.perf_counter() - begun))

    ratios = []
    for t in moments[:AGAIN]:
        begun = time.perf_counter()
        again = train(config, plan, t)
        walk = time.perf_counter() - begun
        begun = time.perf_counter()
        run.parameters(t)
        ratios.append(walk / (time.perf_counter() - begun))
        there = run.parameters(again.n_steps)
        np.testing.assert_array_equal(there.V, again.parameters(again.n_steps).V, "the jump and the walk differ")

    figures = [
        Figure("jump in 25,000 updates: median", quantile(jumps, 0.5), "ms", TARGET),
        Figure("jump: 95 of 100 take at most", quantile(jumps, 0.95), "ms"),
        Figure("jump: the slowest", max(jumps), "ms"),
        Figure("jump: training again takes longer", quantile(ratios, 0.5), "times"),
        Figure("training these 25,000 updates", to_train, "s"),
        Figure(f"its {n_keyframes:,} keyframes", n_keyframes * (start.V.nbytes + start.U.nbytes) / 1e6, "MB"),
    ]
    show(figures)
    return figures


def text_of_a_thousand_pairs() -> str:
    """Return 20 sentences of 14 words: with window 2 each has 50 pairs of center and context."""
    length = SENTENCE + 4
    words = [f"w{i % N_WORDS}" for i in np.random.default_rng(0).permutation(20 * length)]
    return "\n".join(" ".join(words[i : i + length]) for i in range(0, len(words), length))


def train(config: Config, plan: Plan, until: int) -> Run:
    """Train from the start until at least `until` updates are done."""
    training = Run.train(config, plan)
    try:
        done, _ = next(training)
        while True:
            done, _ = training.send(done >= until)
    except StopIteration as end:
        run: Run = end.value
        return run


if __name__ == "__main__":
    main()
