"""How long the nearest of 200,000 words take, beside one plain product of the same vectors with one of them."""

import statistics

import numpy as np

from bench._report import Figure, in_turns, one_thread, ratio, show
from w2v import WordVectors

N_WORDS, DIM, NEAREST = 200_000, 300, 10
REPEATS = 15
TIME_TARGET = 50.0  # ms
RATIO_TARGET = 2.0


def main() -> list[Figure]:
    """Measure both in turns, in one thread, and print; return the figures."""
    one_thread()
    rows = np.random.default_rng(0).standard_normal((N_WORDS, DIM), dtype=np.float32)
    vectors = WordVectors(tuple([f"w{i}" for i in range(N_WORDS)]), rows)
    del rows  # they were copied
    vectors.nearest("w0", NEAREST)  # what is made once for all
    one = vectors.vectors[7].copy()
    took = in_turns({"near": lambda: vectors.nearest("w7", NEAREST), "product": lambda: vectors.vectors @ one}, REPEATS)
    name = f"the {NEAREST} nearest of {N_WORDS:,} words of {DIM} dimensions"
    figures = [
        Figure(name, 1000 * statistics.median(took["near"]), "ms", TIME_TARGET),
        Figure(f"{name}, beside one matrix-vector product", ratio(took, "near", to="product"), "times", RATIO_TARGET),
    ]
    show(figures)
    return figures


if __name__ == "__main__":
    main()
