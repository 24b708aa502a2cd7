"""The way downhill for a whole text: all input vectors, then all output vectors, each with a shared preconditioner."""

from typing import Any

import numpy as np

from w2v.full_batch import FullBatch, Reals

LONGEST_STEP = 0.7
DAMPING = 0.05
SMOOTH = 50.0
SMALL = 0.05


class Alternating:
    """V and U on their way downhill."""

    def __init__(self, batch: FullBatch, dim: int, l2: float, rng: np.random.Generator) -> None:
        self.batch, self.l2 = batch, l2
        n_words = batch.n_words
        expected = batch.n + 0.5
        self.share = expected / expected.sum()
        self.base = np.log(self.share) / max(1.0, float(np.abs(np.log(self.share)).max()))
        dtype = batch.n.dtype
        self.V = (SMALL * rng.standard_normal((n_words, dim))).astype(dtype)
        self.U = (SMALL * rng.standard_normal((n_words, dim))).astype(dtype)
        self.V[:, 0] = 1.0
        self.U[:, 0] = np.log(self.share)
        self.free = np.arange(dim) > 0

    def parameters(self) -> tuple[Any, Any]:
        return self.V.copy(), self.U.copy()

    def advance(self) -> tuple[float, float]:
        batch, V, U, eye = self.batch, self.V, self.U, np.eye(self.V.shape[1])
        _, _, grad = batch.losses_and_grad_V(V, U)
        if self.l2:
            grad = grad + self.l2 * np.where(self.free, V, 0)
        p = self.share.astype(np.float64)
        mean = p @ U
        M = (U * p[:, None]).T @ U - np.outer(mean, mean)
        self.V = V - _clipped((grad / (batch.n + SMOOTH)[:, None]) @ np.linalg.inv(M + DAMPING * eye))
        self.V = self.V.astype(V.dtype)
        V = self.V
        grad, expected = batch.grad_U(V, U)
        if self.l2:
            grad = grad + self.l2 * np.where(self.free, U, 0)
        q = batch.n / batch.n.sum()
        M = (V * q[:, None]).T @ V
        weight = np.maximum(batch.n, expected) + SMOOTH
        self.U = (U - _clipped((grad / weight[:, None]) @ np.linalg.inv(M + DAMPING * eye))).astype(U.dtype)
        loss, other, _ = batch.losses_and_grad_V(self.V, self.U)
        return loss, other


def _clipped(step: Reals) -> Reals:
    length = np.sqrt((step * step).sum(axis=1, keepdims=True))
    return step * np.minimum(1.0, LONGEST_STEP / np.maximum(length, 1e-12))
