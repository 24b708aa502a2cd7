"""a - b + c of a visitor: which words were chosen, what is found at a moment, and by other seeds."""

from collections.abc import Container
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages.session import memory, now
from pages.session.gate import GATE
from pages.session.training import ask_for_each, make_of_each
from w2v import PRESETS, Config, Moments
from w2v.explain.analogies import Analogy, solve
from w2v.neighbours import Directions

PART = "analogy"  # of Words, in the address
IN_ADDRESS = {"b": "minus", "c": "plus", "d": "expected"}
N_SEEDS = 10
KEPT = 24
MOST_SEEDS = 2**32
EXACT_BYTES = 2 * 2**20  # of vectors; larger ones are kept of each seed in single precision

Vectors = NDArray[np.floating[Any]]


def chosen(known: Container[str]) -> tuple[str | None, str | None, str | None]:
    """Return b, c and the expected word d as they were chosen; where these are no words here, the first suggestion."""
    asked = [now.asked_more(name) for name in IN_ADDRESS.values()]
    suggested = suggestions()
    if suggested and not (any(asked) and all(word in known for word in asked if word)):
        return suggested[0][1:]
    b, c, d = asked
    return b, c, d


def choose(known: Container[str], **words: str | None) -> None:
    """Take over words for b, c or d, by these names; the address keeps them."""
    before = {name: word if word in known else None for name, word in zip(IN_ADDRESS, chosen(known), strict=True)}
    now.ask_more(**{IN_ADDRESS[name]: word for name, word in (before | words).items()})


def suggestions() -> tuple[tuple[str, str, str, str], ...]:
    """Return a, b, c and d of the questions that come with the present text."""
    preset = now.config().preset
    return PRESETS[preset].analogies if preset else ()


def answer(of: Any, vectors: Vectors | Directions, inputs: tuple[int, int, int]) -> Analogy:
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


def is_waiting() -> bool:
    """Say whether seeds are asked for that are neither trained nor left out by Stop: see `train_seeds`."""
    wanted = seeds()
    return are_asked() and not memory.kept("seeds").keys() >= set(wanted) and memory.recall("left_out") != wanted


def train_seeds() -> None:
    """Train the seeds that are asked for, while the part that shows them is looked at."""
    with st.container():  # there in any case: what follows keeps its number
        if memory.recall("part") == PART and is_waiting():
            make_of_each("seeds", seeds(), _vectors, most=N_SEEDS, occasion="seeds")


def answers_of_seeds(inputs: tuple[int, int, int]) -> list[tuple[int, Analogy]]:
    """Return what is found at the end of the training by each seed that is trained."""
    made = memory.kept("seeds")
    return [(one.seed, answer(("seed", one), made[one], inputs)) for one in seeds() if one in made]


def _vectors(moments: Moments) -> Vectors:
    def make() -> Vectors:
        V = moments.parameters(moments.best).V
        return V if V.nbytes <= EXACT_BYTES else V.astype(np.float32)

    return GATE.do(make)
