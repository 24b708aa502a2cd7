"""Spectral initialisation: the unigram guess, and the leading singular vectors of what the counts have beyond it.

One coordinate of V is 1 and the same coordinate of U is the log of each word's share, so that P(o|c) is the share
of o whatever c is. The others come from a singular value decomposition. How much more often than that guess c and
o stand together is

    R(c, o) = log(1 + COUNT(c, o) / (E(c, o) + a)),   E(c, o) = n_c share_o,

zero where the count is zero, so that the matrix stays sparse; each entry is weighted by sqrt(E(c, o)), as the
loss weights it near the guess, and the best approximation of rank dim - 1 is split evenly over V and U. That is
a smoothed, sparse relative of factorising shifted PMI (Levy and Goldberg 2014) and of correspondence analysis;
the decomposition is that of Halko, Martinsson and Tropp 2011, a random sketch without power iterations.
"""

from typing import Any

import numpy as np
import scipy

from w2v.arrays import Floats, Sparse
from w2v.counts import Counts
from w2v.whole.blocks import Reals
from w2v.whole.halves import product, transposed_product
from w2v.workers import Pool

SMOOTHING = 0.5  # pairs added to every target: a word without pairs to learn from still gets some probability
OVERSAMPLING = 10
INITIAL_NOISE = 0.03
REGULARISED, UNREGULARISED = (0.3, 1.0), (0.03, 2.0)  # a, and the factor for the singular values: with l2, and without


def unigram_solution(counts: Counts, dim: int, dtype: Any) -> tuple[Reals, Reals]:
    """Return V and U that give every word its share as a target, whatever the center; both (n_words, dim)."""
    share = shares(counts)
    V, U = (np.zeros((len(share), dim), dtype) for _ in range(2))
    V[:, 0] = 1.0
    U[:, 0] = np.log(share)
    return V, U


def shares(counts: Counts) -> Floats:
    """Return the share of each word as a target, (n_words,), none of them 0."""
    targets = counts.target_totals + SMOOTHING
    share: Floats = targets / targets.sum()
    return share


def spectral_start(
    counts: Counts, prior_means: tuple[Reals, Reals], rng: np.random.Generator, regularised: bool, pool: Pool = None
) -> tuple[Reals, Reals]:
    """Return V and U to begin with, (n_words, dim) each, in the precision of `prior_means`.

    regularised : whether there will be an l2; then the start is nearer to the guess
    pool        : two threads, or None to do everything in this one
    """
    V, U = (
        mean + mean.dtype.type(INITIAL_NOISE) * (rng.random(mean.shape, mean.dtype) - mean.dtype.type(0.5))
        for mean in prior_means
    )
    n_words, dim = V.shape
    rank = min(dim, n_words) - 1
    if rank == 0:
        return V, U
    a, scale = REGULARISED if regularised else UNREGULARISED
    n = np.maximum(counts.row_totals, 1).astype(V.dtype)  # (n_words,)
    share = shares(counts).astype(V.dtype)  # (n_words,)
    matrix = counts.matrix
    expected = np.repeat(n, np.diff(matrix.indptr)) * share[matrix.indices]
    entries = np.sqrt(expected) * np.log(1 + matrix.data.astype(V.dtype) / (expected + V.dtype.type(a)))
    weighted = scipy.sparse.csr_array((entries, matrix.indices, matrix.indptr), matrix.shape)
    left, values, right = _truncated_svd(weighted, rank, rng, pool)
    # R is about left values right^T / sqrt(n share): half of it to each side, in equal lengths on average
    half = np.sqrt(V.dtype.type(scale) * values)
    balance = V.dtype.type(counts.total**0.25)
    found = slice(1, len(values) + 1)
    V[:, found] += left * half * (balance / np.sqrt(n))[:, None]
    U[:, found] += right * half * (1 / (balance * np.sqrt(share)))[:, None]
    return V, U


def _truncated_svd(matrix: Sparse, rank: int, rng: np.random.Generator, pool: Pool) -> tuple[Reals, Reals, Reals]:
    """Return the leading singular vectors and values, about: (n, rank), (rank,), (n, rank)."""
    n, dtype = matrix.shape[1], matrix.dtype
    sketch = rng.random((n, min(n, rank + OVERSAMPLING)), dtype) - dtype.type(0.5)
    basis = _orthonormal(transposed_product(matrix, sketch, pool))
    image = product(matrix, basis, pool)
    eigenvalues, eigenvectors = np.linalg.eigh((image.T @ image).astype(np.float64))
    eigenvalues, eigenvectors = eigenvalues[::-1][:rank], eigenvectors[:, ::-1][:, :rank]
    values = np.sqrt(np.maximum(eigenvalues, 1e-12 * max(eigenvalues[0], 1e-300)))
    return image @ (eigenvectors / values).astype(dtype), values.astype(dtype), basis @ eigenvectors.astype(dtype)


def _orthonormal(columns: Reals) -> Reals:
    """Return an orthonormal basis of the space of the columns, from the eigenvectors of their inner products."""
    eigenvalues, eigenvectors = np.linalg.eigh((columns.T @ columns).astype(np.float64))
    kept = eigenvalues > 1e-6 * eigenvalues[-1]
    basis: Reals = columns @ (eigenvectors[:, kept] / np.sqrt(eigenvalues[kept])).astype(columns.dtype)
    return basis
