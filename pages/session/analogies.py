"""a - b + c of a visitor: which words were chosen, what is found at a moment, and by other seeds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pages.session import memory, now
from pages.session.gate import GATE
from pages.session.training import ask_for_each, made_of_each
from w2v import PRESETS, Config, Moments
from w2v.explain.analogies import Analogy, solve

N_SEEDS = 10
KEPT = 24
MOST_SEEDS = 2**32
EXACT_BYTES = 2 * 2**20  # of vectors; larger ones are kept of each seed in single precision

Vectors = NDArray[np.floating[Any]]


def chosen() -> tuple[str | None, str | None, str | None]:
    """Return b, c and the expected word d as they were chosen, else those of the first suggestion; None for none."""
    suggested = suggestions()
    first: Sequence[str | None] = suggested[0][1:] if suggested else (None, None, None)
    kept: Mapping[str, str | None] = memory.recall("analogy", {})
    b, c, d = (kept.get(name, word) for name, word in zip("bcd", first, strict=True))
    return b, c, d


def choose(**words: str | None) -> None:
    """Take over words for b, c or d, by these names."""
    memory.remember(analogy={**memory.recall("analogy", {}), **words})


def suggestions() -> tuple[tuple[str, str, str, str], ...]:
    """Return a, b, c and d of the questions that come with the present text."""
    preset = now.config().preset
    return PRESETS[preset].analogies if preset else ()


def answer(of: Any, vectors: Vectors, inputs: tuple[int, int, int]) -> Analogy:
    """Return what is found among vectors; `of` names them."""
    return memory.keep("analogies", KEPT, (of, inputs), lambda _: GATE.do(lambda: solve(vectors, *inputs)))


# --- other seeds --------------------------------------------------------------------------------------------------


def seeds() -> tuple[Config, ...]:
    """Return the present Config with its seed and the next nine."""
    config = now.config()
    return tuple(replace(config, seed=(config.seed + i) % MOST_SEEDS) for i in range(N_SEEDS))


def ask_for_seeds() -> None:
    """Have the present Config trained with ten seeds."""
    ask_for_each()
    memory.remember(seeds_of=now.config())


def are_asked() -> bool:
    """Say whether the present Config is to be trained with ten seeds."""
    return memory.recall("seeds_of") == now.config()


def answers_of_seeds(inputs: tuple[int, int, int]) -> list[tuple[int, Analogy]]:
    """Return what is found at the end of the training by each seed, training first what is not there."""
    wanted = seeds()
    found = made_of_each("seeds", wanted, _vectors)
    return [(one.seed, answer(("seed", one), vectors, inputs)) for one, vectors in zip(wanted, found, strict=False)]


def _vectors(moments: Moments) -> Vectors:
    V = moments.parameters(moments.best).V
    return V if V.nbytes <= EXACT_BYTES else V.astype(np.float32)
