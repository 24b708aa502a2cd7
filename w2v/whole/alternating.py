"""The way downhill for a whole text: all rows of V, then all rows of U, each by its own small Newton step.

The rows of V are independent of each other once U stands, and nearly so those of U once V stands. A row's second
derivative is close to weight * (spread + outer(mean, mean)), with one `spread` for all rows (`full_batch.Side`),
so that one eigenvalue problem of size dim x dim serves them all. To the loss that gensim's hierarchical softmax has
after 20 epochs on a million pairs of Shakespeare it takes 2 passes from `spectral_start.py` and 5 from noise;
full-batch Adam at its best rate, with passes as dear, 5 and 14.

Where this model of the second derivative is wrong, a step is too long. So no row moves farther than its radius,
which grows while the row keeps its direction and is halved when it turns back (as in Rprop, Riedmiller and Braun
1993). A pass that ends higher than it began is taken back and all radii are halved.

At the pace of `gentle.py` a step is one of gradient descent at some rate, but implicit and so never too long: what
stochastic descent does on average. It need not lead downhill, and no step is taken back.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from w2v.whole.full_batch import Batch, Losses, Reals, Side
from w2v.whole.gentle import Pace

DAMPING = 0.06
FIRST_RADIUS, LARGEST_RADIUS = 1.2, 1.5
GROW, SHRINK = 1.3, 0.5
FLOOR_SHARE = 1 / 15  # of the mean pairs of a word: as if every word had that many more, so that rare ones go slowly
QUICK_PASSES = 2
NUDGE = 0.01
RETRIES = 6


class Rows:
    """The matrix of all rows of one kind, V or U, on its way.

    at   : (n_rows, dim) where the rows are
    home : (n_rows, dim) where they are pulled to by `l2`
    """

    def __init__(self, at: Reals, home: Reals) -> None:
        self.at, self.home = at, home
        self.radius = np.full((len(at), 1), FIRST_RADIUS, at.dtype)
        self._last = np.zeros_like(at)

    def penalty(self, l2: float) -> float:
        """Return l2 / 2 times the squared distances from home."""
        away = self.at - self.home
        return 0.5 * l2 * float(np.einsum("ij,ij->", away, away, dtype=np.float64))

    def move(self, side: Side, l2: float, floor: float, pace: Pace | None) -> None:
        """Take one step: for every row solve (weight + floor) (spread + DAMPING + outer(mean, mean)) + l2.

        At a pace: solve weight (spread + outer(mean, mean)) + l2 + friction.
        A side of fewer rows moves these, the first ones.
        """
        k, dtype = len(side.grad), self.at.dtype
        at, home = self.at[:k], self.home[:k]
        values, axes = np.linalg.eigh(side.spread)
        values, axes = np.maximum(values, 0).astype(dtype), axes.astype(dtype)
        grad, weight = side.grad + l2 * (at - home), (side.weight + floor)[:, None]
        if pace is None:
            curvature = weight * (values + DAMPING) + l2  # (k, dim) along the axes
        else:
            curvature = weight * values + l2 + pace.friction
            if side.slopes is not None:
                pull = (pace.shaking * side.slopes)[:, None]
                grad += pull * at
                curvature = np.maximum(curvature, pull)  # or it would pull beyond zero
        step = grad @ axes / curvature
        if side.mean is not None:  # Sherman and Morrison: the inverse with one more outer product
            mean = side.mean @ axes
            across = mean / curvature
            along = weight * (mean * step).sum(axis=1, keepdims=True)
            step -= across * (along / (1 + weight * (mean * across).sum(axis=1, keepdims=True)))
        self.at = self.at.copy()
        self.at[:k] -= self._within_radius((step @ axes.T).astype(dtype))

    def near_home(self) -> Reals:
        """Return a place beside home: at home itself, V and U can stand so that neither moves the other."""
        beside = self.home + NUDGE * np.random.default_rng(0).standard_normal(self.home.shape)
        return beside.astype(self.home.dtype)

    def _within_radius(self, step: Reals) -> Reals:
        radius, last = self.radius[: len(step)], self._last[: len(step)]
        agree = (step * last).sum(axis=1, keepdims=True)
        radius *= np.where(agree > 0, GROW, np.where(agree < 0, SHRINK, 1.0)).astype(radius.dtype)
        np.minimum(radius, LARGEST_RADIUS, out=radius)
        length = np.sqrt((step * step).sum(axis=1, keepdims=True))
        step *= np.minimum(1.0, radius / np.maximum(length, np.finfo(step.dtype).tiny))
        last[:] = step
        return step


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where a pass has come to, and what the next one needs.

    V, U   : the parameters
    losses : there
    value  : what goes down: the summed loss of the pairs learned from and the penalty
    side   : how to move V from there
    ready  : when V and U were there, on the clock of `time.perf_counter`; their losses take another half pass
    """

    V: Reals
    U: Reals
    losses: Losses
    value: float
    side: Side
    ready: float


class Alternating:
    """V and U on their way downhill together, one pass at a time.

    batch    : a `SoftmaxBatch`, or a batch of another objective with the same methods
    V, U     : where to begin
    homes    : where V and U are pulled to by l2
    l2       : l2 / 2 times the squared distances from home is added to the summed loss
    fresh    : whether this is a beginning: then the first passes may be quick ones, and one that is worse than
               home is not used
    pace     : that of pass i, to follow stochastic descent; None for full steps downhill
    frequent : by how many words, the most frequent ones, the quick passes go; None for no such passes

    In a quick pass the frequent words as centers move all of U: with a fifth of the words those can be most of the
    pairs. In the very first one only these rows of V move.
    """

    def __init__(
        self,
        batch: Batch,
        V: Reals,
        U: Reals,
        homes: tuple[Reals, Reals],
        l2: float,
        fresh: bool = True,
        pace: Callable[[int], Pace] | None = None,
        frequent: int | None = None,
    ) -> None:
        self.batch, self.l2 = batch, l2
        self.V, self.U = Rows(V, homes[0]), Rows(U, homes[1])
        self._pace = pace
        self._floor = 0.0 if pace else batch.total / batch.n_words * FLOOR_SHARE
        self._fresh = fresh
        self._frequent = frequent
        self._n_passes = 0
        self._state: State | None = None

    @property
    def state(self) -> State:
        """Where things stand."""
        if self._state is None:
            self._state = self._look()
        return self._state

    def advance(self) -> bool:
        """Do one pass; return False, and stay, when no step leads downhill any more."""
        quick = self._frequent if self._n_passes < QUICK_PASSES else None
        if self._n_passes == 0 and quick:
            self._hurry(quick)
            return True
        if self._fresh and not self.state.losses.loss < self.batch.home_loss():
            self.go_to(self.V.near_home(), self.U.near_home())
        self._fresh = False
        before = self.state
        for _ in range(RETRIES):
            self._move_V(before.side)
            self._move_U(quick)
            self._state = self._look()
            if self._pace or self._state.value < before.value:
                self._n_passes += 1
                return True
            self.go_to(before.V, before.U)
            self.V.radius *= SHRINK
            self.U.radius *= SHRINK
            self._state, quick = before, None
        return False

    def go_to(self, V: Reals, U: Reals) -> None:
        """Go on from elsewhere."""
        self.V.at, self.U.at = V, U
        self._state = None

    def _hurry(self, quick: int) -> None:
        """Do the first pass, with the frequent words only."""
        self._move_U(quick)
        self._move_V(self.batch.input_side(self.V.at, self.U.at, quick)[1])
        self._move_U(quick)
        self._state = self._look()
        self._n_passes = 1

    def _move_V(self, side: Side) -> None:
        self.V.move(side, self.l2, self._floor, self._pace_now())

    def _move_U(self, n_centers: int | None) -> None:
        side = self.batch.output_side(self.V.at, self.U.at, n_centers)
        self.U.move(side, self.l2, self._floor, self._pace_now())

    def _pace_now(self) -> Pace | None:
        return self._pace(self._n_passes) if self._pace else None

    def _look(self) -> State:
        V, U = self.V.at, self.U.at
        ready = time.perf_counter()
        losses, side = self.batch.input_side(V, U)
        assert losses is not None
        value = losses.loss * self.batch.total + self.V.penalty(self.l2) + self.U.penalty(self.l2)
        return State(V, U, losses, value, side, ready)
