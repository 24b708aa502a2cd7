"""What the tests of the model share: made-up texts, small problems drawn by hypothesis, and recorded numbers."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from w2v import (
    Corpus,
    Example,
    HierarchicalSoftmax,
    NegativeSampling,
    Objective,
    Parameters,
    Softmax,
    Step,
    step,
    unigram_noise,
)

ORACLES = Path(__file__).parent / "oracles"
ARCHITECTURES = ("skip-gram", "cbow")
OBJECTIVES = ("softmax", "negative", "hierarchical")
BATCHINGS = ("pair", "window", "minibatch", "full")
REDUCTIONS = ("sum", "mean")


def oracle(name: str) -> dict[str, Any]:
    """Numbers that another program, or arithmetic by other means, came to."""
    return json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))


def text_of(sentences: Sequence[Sequence[int]]) -> str:
    """A text with one made-up word for each number: [[0, 1], [1]] becomes two lines, "w00 w01" and "w01"."""
    return "\n".join(" ".join(f"w{number:02d}" for number in sentence) for sentence in sentences)


def corpus_of(sentences: Sequence[Sequence[int]]) -> Corpus:
    return Corpus.from_text(text_of(sentences))


# Strategies are made once: that takes hypothesis longer than to draw from them.


@cache
def texts(most_words: int = 6, most_sentences: int = 4, most_length: int = 9) -> st.SearchStrategy[str]:
    """Texts of a few short sentences in which at least one pair can be learned."""
    sentence = st.lists(st.integers(0, most_words - 1), min_size=1, max_size=most_length)
    return st.lists(sentence, min_size=1, max_size=most_sentences).filter(_can_be_learned).map(text_of)


def _can_be_learned(sentences: list[list[int]]) -> bool:
    return len({word for s in sentences for word in s}) >= 2 and any(len(s) >= 2 for s in sentences)


@dataclass(frozen=True, eq=False)
class Problem:
    """One update to be made: everything `step` is given, but for the rate."""

    parameters: Parameters
    examples: tuple[Example, ...]
    objective: Objective
    draws: list[list[int]] | None
    reduction: str

    def step(self, learning_rate: float, parameters: Parameters | None = None) -> tuple[Parameters, Step]:
        at = parameters or self.parameters
        return step(at, self.examples, self.objective, learning_rate, self.draws, reduction=self.reduction)

    def draws_of(self, number: int) -> list[int] | None:
        return self.draws[number] if self.draws is not None else None


@cache
def _examples_of(architecture: str, n_words: int, most: int) -> st.SearchStrategy[tuple[Example, ...]]:
    word = st.integers(0, n_words - 1)
    inputs = st.lists(word, min_size=1, max_size=1 if architecture == "skip-gram" else 5).map(tuple)
    return st.lists(st.builds(Example, inputs, word), min_size=1, max_size=most).map(tuple)


@cache
def _counts_of(n_words: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, 20), min_size=n_words, max_size=n_words)


@cache
def _some_of(n_words: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, n_words - 1), min_size=0, max_size=5)


_SIZES = st.tuples(st.integers(2, 6), st.integers(1, 4))  # n_words, dim
_SEEDS = st.integers(0, 2**32 - 1)


@cache
@st.composite
def problems(
    draw: st.DrawFn, architecture: str | None = None, objective: str | None = None, most_examples: int = 4
) -> Problem:
    """Any small update. Few words, so that repeated inputs, repeated draws and draws of the target are common."""
    architecture = architecture or draw(st.sampled_from(ARCHITECTURES))
    objective = objective or draw(st.sampled_from(OBJECTIVES))
    n_words, dim = draw(_SIZES)
    examples = draw(_examples_of(architecture, n_words, most_examples))
    counts = draw(_counts_of(n_words))
    of_name = {
        "softmax": Softmax,
        "negative": lambda: NegativeSampling(3, unigram_noise(counts)),
        "hierarchical": lambda: HierarchicalSoftmax(np.array(counts)),
    }[objective]()
    some = _some_of(n_words)
    draws = [draw(some) for _ in examples] if objective == "negative" else None
    rng = np.random.default_rng(draw(_SEEDS))
    U = rng.normal(size=(of_name.n_rows(n_words), dim))
    parameters = Parameters(rng.normal(size=(n_words, dim)), U)
    return Problem(parameters, examples, of_name, draws, draw(st.sampled_from(REDUCTIONS)))


# The textbook: the same loss, written as the papers have it, with Python numbers and loops and nothing of ours.


def textbook_loss(V: Any, U: Any, problem: Problem) -> float:
    """The loss of a whole group: a sum over its examples, or their mean."""
    losses = [
        example_loss(V, U, example, problem.objective, problem.draws_of(number))
        for number, example in enumerate(problem.examples)
    ]
    return math.fsum(losses) / (len(losses) if problem.reduction == "mean" else 1)


def example_loss(V: Any, U: Any, example: Example, objective: Objective, draws: Sequence[int] | None) -> float:
    h = [math.fsum(V[i][d] for i in example.inputs) / len(example.inputs) for d in range(len(V[0]))]

    def score(row: int) -> float:
        return math.fsum(u * x for u, x in zip(U[row], h))

    if isinstance(objective, Softmax):
        scores = [score(row) for row in range(len(U))]
        return log_sum_exp(scores) - scores[example.target]
    if isinstance(objective, NegativeSampling):
        assert draws is not None
        return math.fsum([softplus(-score(example.target)), *(softplus(score(word)) for word in draws)])
    assert isinstance(objective, HierarchicalSoftmax)
    path = zip(objective.tree.nodes[example.target], objective.tree.codes[example.target])
    return math.fsum(softplus(score(node) if code == 1 else -score(node)) for node, code in path)


def softplus(x: float) -> float:
    """log(1 + e^x) = -log sigma(-x)."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def log_sum_exp(scores: Sequence[float]) -> float:
    largest = max(scores)
    return largest + math.log(math.fsum(math.exp(s - largest) for s in scores))


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and a.tobytes() == b.tobytes()


def same_parameters(a: Parameters, b: Parameters) -> bool:
    return same_bits(a.V, b.V) and same_bits(a.U, b.U)


def writable_arrays(record: object) -> list[str]:
    """The names of all arrays of a record (and of the records in it) that somebody could still write to."""
    writable = []
    names = getattr(record, "__slots__", None) or vars(record)
    for name in names:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, np.ndarray):
                writable += [name] if item.flags.writeable else []
            elif type(item).__module__.startswith("w2v."):
                writable += [f"{name}.{inner}" for inner in writable_arrays(item)]
    return writable
