"""Blocks of scores: whatever their size, the same numbers; single precision is right for a large vocabulary."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from scipy.special import logsumexp

from w2v import Counts, NegativeSampling, unigram_noise
from w2v.counts import sparse_counts
from w2v.whole import blocks
from w2v.whole.full_batch import Batch, SoftmaxBatch
from w2v.whole.negative_batch import NegativeBatch

LARGE = 5_000


def made_counts(n_words: int, n_pairs: int, seed: int = 0) -> Counts:
    """Pairs of words whose shares are as in Zipf's law."""
    share = 1.0 / np.arange(1, n_words + 1)
    centers, words = np.random.default_rng(seed).choice(n_words, (2, n_pairs), p=share / share.sum())
    return Counts(sparse_counts(centers, words, n_words, n_words))


def batch_of(objective: str, counts: Counts, heldout: Counts | None, dtype: Any, pool: Any = None) -> Batch:
    if objective == "softmax":
        return SoftmaxBatch(counts, heldout, dtype, pool)
    noise = unigram_noise(counts.target_totals + 1)
    return NegativeBatch(counts, NegativeSampling(3, noise), heldout, dtype, pool)


@pytest.mark.parametrize("objective", ["softmax", "negative"])
@pytest.mark.parametrize("length", [1.0, 8.0])
def test_losses_of_a_large_vocabulary_are_right_to_four_places(objective: str, length: float) -> None:
    counts, heldout = made_counts(LARGE, 40_000), made_counts(LARGE, 4_000, seed=1)
    V, U = np.random.default_rng(0).normal(size=(2, LARGE, 4)) * (length / 2)
    V[:, 0], U[:, 0] = 1, np.log(counts.target_totals + 0.5)
    found, known = (
        batch_of(objective, counts, heldout, dtype).model_of_V(V.astype(dtype), U.astype(dtype))[0]
        for dtype in (np.float32, np.float64)
    )
    assert found is not None
    assert known is not None
    assert found.loss == pytest.approx(known.loss, abs=1e-4)
    assert found.heldout == pytest.approx(known.heldout, abs=1e-4)


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_blocks_of_any_size_give_the_same_numbers(objective: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = made_counts(70, 2_000)
    V, U = np.random.default_rng(0).normal(size=(2, 70, 5))

    def arrays(pool: Any = None) -> list[Any]:
        batch = batch_of(objective, counts, counts, np.float64, pool)
        (losses, of_V), of_U = batch.model_of_V(V, U), batch.model_of_U(V, U, 40)
        assert losses is not None
        return [
            losses.loss,
            losses.heldout,
            of_V.grad,
            of_V.covariance,
            of_U.grad,
            of_U.covariance,
            of_U.mean,
            of_U.weight,
        ]

    known = arrays()
    monkeypatch.setattr(blocks, "TILE_WORDS", 16)
    monkeypatch.setattr(blocks, "BLOCK_CELLS", 70 * 3)
    with ThreadPoolExecutor(2) as pool:
        for found in (arrays(), arrays(pool)):
            for one, other in zip(found, known):
                np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("length", [0.1, 3.0, 60.0])
def test_exponentials_are_those_of_the_scores_and_never_too_large(length: float, dtype: Any) -> None:
    rng = np.random.default_rng(0)
    V, U = (length * rng.normal(size=(n, 3)) for n in (9, 2_100))
    U += 50  # a constant for each center, which P(w|c) does not see
    room = blocks.Room([slice(0, 9)], len(U), dtype)
    tiles, shift = blocks.Scores(U.astype(dtype)).exponentials(V.astype(dtype), room)
    weights = np.concatenate([tile for _, tile in tiles], axis=1)
    assert np.isfinite(weights).all()
    log_Z = shift + np.log(weights.sum(axis=1))
    exact = V.astype(dtype).astype(float) @ U.astype(dtype).astype(float).T
    np.testing.assert_allclose(log_Z, logsumexp(exact, axis=1), rtol=1e-5 if dtype == np.float32 else 1e-12, atol=1e-5)
