"""A row of a full-batch step against the sum of the single examples it stands for, and against finite differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import texts
from w2v import (
    Corpus,
    Example,
    NegativeSampling,
    Parameters,
    Softmax,
    count_pairs,
    trace,
    unigram_noise,
)
from w2v.explain.center_row import center_row
from w2v.parameters import random_parameters


def some(corpus: Corpus, dim: int, seed: int) -> Parameters:
    n = len(corpus.vocabulary)
    return random_parameters(n, n, dim, 1.0, np.random.default_rng(seed))


@given(texts(), st.integers(1, 3), st.integers(1, 5), st.integers(0, 100))
def test_the_row_is_the_sum_of_its_examples(text: str, radius: int, dim: int, seed: int) -> None:
    corpus = Corpus.from_text(text)
    counts, parameters = count_pairs(corpus, radius), some(corpus, dim, seed)
    center = seed % len(corpus.vocabulary)
    row = center_row(parameters, counts, center, Softmax())
    traces = [
        (int(counts.matrix[center, o]), trace(parameters, Example((center,), o), Softmax()))
        for o in range(len(corpus.vocabulary))
        if counts.matrix[center, o]
    ]
    assert row.total == sum(n for n, _ in traces)
    gradient = sum((n * t.grad_V[0] for n, t in traces), np.zeros(dim))
    np.testing.assert_allclose(row.grad_v, gradient, rtol=1e-10, atol=1e-10)
    if not traces:
        assert math.isnan(row.loss)
        return
    assert row.loss == pytest.approx(sum(n * t.loss for n, t in traces) / row.total, rel=1e-12)
    assert row.loss >= row.floor - 1e-12
    assert row.error.sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("kind", ["softmax", "negative"])
def test_the_gradient_is_the_slope_of_the_loss(kind: str) -> None:
    corpus = Corpus.from_text("a b c a d. b a c d e. a b a c.")
    counts, before = count_pairs(corpus, 2), some(corpus, 3, 1)
    objective = Softmax() if kind == "softmax" else NegativeSampling(3, unigram_noise(corpus.vocabulary.counts, 0.75))
    row = center_row(before, counts, 0, objective)
    for j in range(3):
        losses = []
        for move in (1e-6, -1e-6):
            V = before.V.copy()
            V[0, j] += move
            losses.append(center_row(Parameters(V, before.U), counts, 0, objective).loss * row.total)
        assert row.grad_v[j] == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-6)


def test_a_row_at_its_counts_has_no_gradient() -> None:
    """With dim = n_words the scores can be anything: at log of the ratios the softmax is the counts."""
    corpus = Corpus.from_text("a b. a b. a c. b c a.")
    counts = count_pairs(corpus, 2)
    n = len(corpus.vocabulary)
    U = np.log(np.maximum(counts.matrix.toarray(), 1e-300)).T
    row = center_row(Parameters(np.eye(n), U), counts, 0, Softmax())
    np.testing.assert_allclose(row.error, 0, atol=1e-9)
    assert row.loss == pytest.approx(row.floor, abs=1e-12)
