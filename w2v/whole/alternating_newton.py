"""The optimiser for a whole text: all rows of V, then all rows of U, each by its own small Newton step.

The rows of V are independent of each other once U stands, and nearly so those of U once V stands. A row's second
derivative is close to weight * (covariance + outer(mean, mean)), with one `covariance` for all rows
(`full_batch.QuadraticModel`), so that one eigenvalue problem of size dim x dim serves them all. To the loss that
gensim's hierarchical softmax has after 20 epochs on a million pairs of Shakespeare it takes 2 passes from
`spectral_start.py` and 5 from noise; full-batch Adam at its best rate, with passes as dear, 5 and 14.

Where this model of the second derivative is wrong, a step is too long. So no row moves farther than its trust
radius, which grows while the row keeps its direction and is halved when it turns back (as in Rprop, Riedmiller and
Braun 1993). A pass that ends higher than it began is taken back and all radii are halved.

On the schedule of `expected_sgd.py` a step is one of gradient descent with some step size, but implicit and so never
too long: what stochastic descent does on average. It need not lead downhill, and no step is taken back.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from w2v.whole.blocks import Reals
from w2v.whole.expected_sgd import ScheduledStep
from w2v.whole.full_batch import Batch, Losses, QuadraticModel

DAMPING = 0.06
INITIAL_RADIUS, MAX_RADIUS = 1.2, 1.5
GROW, SHRINK = 1.3, 0.5
PSEUDO_COUNT_SHARE = 1 / 15  # of the mean pairs of a word: as if each had that many more, so that rare ones go slowly
WARM_UP_PASSES = 2
PERTURBATION = 0.01
MAX_ATTEMPTS = 6


class ParameterBlock:
    """One of the two matrices, V or U, on its way.

    rows       : (n_rows, dim) where it is
    prior_mean : (n_rows, dim) where `l2` pulls it to
    """

    def __init__(self, rows: Reals, prior_mean: Reals) -> None:
        self.rows, self.prior_mean = rows, prior_mean
        self.trust_radius = np.full((len(rows), 1), INITIAL_RADIUS, rows.dtype)
        self.last_step = np.zeros_like(rows)

    def penalty(self, l2: float) -> float:
        """Return l2 / 2 times the squared distances from the prior mean."""
        deviation = self.rows - self.prior_mean
        return 0.5 * l2 * float(np.einsum("ij,ij->", deviation, deviation, dtype=np.float64))

    def take_step(self, model: QuadraticModel, l2: float, pseudo_count: float, scheduled: ScheduledStep | None) -> None:
        """Take one step: for every row solve (weight + pseudo_count) (covariance + DAMPING + outer(mean, mean)) + l2.

        On a schedule: solve weight (covariance + outer(mean, mean)) + l2 + inverse_step_size.
        A model of fewer rows moves these, the first ones.
        """
        k, dtype = len(model.grad), self.rows.dtype
        rows, prior_mean = self.rows[:k], self.prior_mean[:k]
        eigenvalues, axes = np.linalg.eigh(model.covariance)
        eigenvalues, axes = np.maximum(eigenvalues, 0).astype(dtype), axes.astype(dtype)
        grad, weight = model.grad + l2 * (rows - prior_mean), (model.weight + pseudo_count)[:, None]
        if scheduled is None:
            curvature = weight * (eigenvalues + DAMPING) + l2  # (k, dim) along the axes
        else:
            curvature = weight * eigenvalues + l2 + scheduled.inverse_step_size
            if model.slopes is not None:
                shrinkage = (scheduled.noise_variance * model.slopes)[:, None]
                grad += shrinkage * rows
                curvature = np.maximum(curvature, shrinkage)  # or it would shrink beyond zero
        step = grad @ axes / curvature
        if model.mean is not None:  # Sherman and Morrison: the inverse with one more outer product
            mean = model.mean @ axes
            scaled_mean = mean / curvature
            along = weight * (mean * step).sum(axis=1, keepdims=True)
            step -= scaled_mean * (along / (1 + weight * (mean * scaled_mean).sum(axis=1, keepdims=True)))
        self.rows = self.rows.copy()
        self.rows[:k] -= self._within_trust_radius((step @ axes.T).astype(dtype))

    def near_prior_mean(self) -> Reals:
        """Return a point beside the prior mean: at it, V and U can stand so that neither moves the other."""
        noise = np.random.default_rng(0).standard_normal(self.prior_mean.shape)
        return (self.prior_mean + PERTURBATION * noise).astype(self.prior_mean.dtype)

    def _within_trust_radius(self, step: Reals) -> Reals:
        radius, last_step = self.trust_radius[: len(step)], self.last_step[: len(step)]
        agreement = (step * last_step).sum(axis=1, keepdims=True)
        radius *= np.where(agreement > 0, GROW, np.where(agreement < 0, SHRINK, 1.0)).astype(radius.dtype)
        np.minimum(radius, MAX_RADIUS, out=radius)
        length = np.sqrt((step * step).sum(axis=1, keepdims=True))
        step *= np.minimum(1.0, radius / np.maximum(length, np.finfo(step.dtype).tiny))
        last_step[:] = step
        return step


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where a pass has come to, and what the next one needs.

    V, U           : the parameters
    losses         : there
    penalised_loss : what goes down: the summed loss of the pairs learned from and the l2 penalty
    model_of_V     : how to move V from there
    ready          : when V and U were there, on the clock of `time.perf_counter`; their losses take another half pass
    """

    V: Reals
    U: Reals
    losses: Losses
    penalised_loss: float
    model_of_V: QuadraticModel
    ready: float


@dataclass(frozen=True, slots=True, eq=False)
class Momentum:
    """What the optimiser has learned on its way, besides V and U: with it, it goes on as if it had never stopped.

    n_passes     : passes done
    is_begun     : whether it has been seen to that V and U are better than guessing
    trust_radius : (n_rows, 1) of V and of U
    last_step    : (n_rows, dim) of V and of U
    quick_rounds : of its quick passes
    """

    n_passes: int
    is_begun: bool
    trust_radius: tuple[Reals, Reals]
    last_step: tuple[Reals, Reals]
    quick_rounds: int


class AlternatingNewton:
    """V and U on their way downhill together, one pass at a time.

    batch         : a `SoftmaxBatch`, or a batch of another objective with the same methods
    V, U          : where to begin
    prior_means   : where V and U are pulled to by l2
    l2            : l2 / 2 times the squared distances from there is added to the summed loss
    unigram_loss  : the mean loss of the prior means, to begin there where V and U are no better; None to go on from V
                    and U whatever they are
    schedule      : the step of pass i, to follow the expected path of SGD; None for full steps downhill
    warm_up_words : by how many words, the most frequent ones, the warm-up passes go; None for no such passes
    quick_rounds  : how often a quick pass goes over these words before all others; 0 for usual passes
    model_of_rare : J about the rows of V but the first so many, at the prior mean, given U; then a warm-up's first pass
                    ends with a step of theirs from there. None to leave them where they begin

    In a warm-up pass the frequent words as centers move all of U: with a fifth of the words those can be most of the
    pairs. In the very first one only these rows of V move.

    Quick passes are for large vocabularies and little time. In each of them U and the rows of V of the frequent words
    are moved in turn some rounds more, which costs little, and as in a warm-up pass these words alone move U. All rows
    of V move once, and losses are those of all pairs.
    """

    def __init__(
        self,
        batch: Batch,
        V: Reals,
        U: Reals,
        prior_means: tuple[Reals, Reals],
        l2: float,
        unigram_loss: float | None = None,
        schedule: Callable[[int], ScheduledStep] | None = None,
        warm_up_words: int | None = None,
        quick_rounds: int = 0,
        model_of_rare: Callable[[Reals, int], QuadraticModel] | None = None,
    ) -> None:
        self.batch, self.l2 = batch, l2
        self.V, self.U = ParameterBlock(V, prior_means[0]), ParameterBlock(U, prior_means[1])
        self._schedule = schedule
        self._pseudo_count = 0.0 if schedule else batch.total / batch.n_words * PSEUDO_COUNT_SHARE
        self._unigram_loss = unigram_loss
        self._warm_up_words, self._quick_rounds, self._model_of_rare = warm_up_words, quick_rounds, model_of_rare
        self._n_passes = 0
        self._state: State | None = None

    @property
    def state(self) -> State:
        """Where things stand."""
        if self._state is None:
            self._state = self._evaluate()
        return self._state

    def advance(self) -> bool:
        """Do one pass; return False, and stay, when no step leads downhill any more."""
        n_centers = self._warm_up_words if self._quick_rounds or self._n_passes < WARM_UP_PASSES else None
        if self._n_passes == 0 and n_centers:
            self._first_warm_up_pass(n_centers)
            return True
        if self._unigram_loss is not None and not self.state.losses.loss < self._unigram_loss:
            self.go_to(self.V.near_prior_mean(), self.U.near_prior_mean())
        self._unigram_loss = None
        before = self.state
        for _ in range(MAX_ATTEMPTS):
            self._step_V(before.model_of_V)
            self._quick_steps(n_centers)
            self._step_U(n_centers)
            self._state = self._evaluate()
            if self._schedule or self._state.penalised_loss < before.penalised_loss:
                self._n_passes += 1
                return True
            self.go_to(before.V, before.U)
            self.V.trust_radius *= SHRINK
            self.U.trust_radius *= SHRINK
            self._state, n_centers = before, None
        return False

    @property
    def momentum(self) -> Momentum:
        """What it has learned on its way; valid until the next pass."""
        both = (self.V, self.U)
        radius, step = (tuple([getattr(block, name) for block in both]) for name in ("trust_radius", "last_step"))
        return Momentum(self._n_passes, self._unigram_loss is None, radius, step, self._quick_rounds)

    def resume(self, momentum: Momentum) -> None:
        """Go on as if it had never stopped: V and U must be those of then."""
        self._n_passes, self._quick_rounds = momentum.n_passes, momentum.quick_rounds
        if momentum.is_begun:
            self._unigram_loss = None
        for block, radius, step in zip((self.V, self.U), momentum.trust_radius, momentum.last_step):
            block.trust_radius, block.last_step = radius.copy(), step.copy()

    def go_to(self, V: Reals, U: Reals) -> None:
        """Go on from elsewhere."""
        self.V.rows, self.U.rows = V, U
        self._state = None

    def _first_warm_up_pass(self, n_centers: int) -> None:
        """Do the first pass, with the frequent words only."""
        self._step_U(n_centers)
        self._step_V(self.batch.model_of_V(self.V.rows, self.U.rows, n_centers)[1])
        self._quick_steps(n_centers)
        self._step_U(n_centers)
        self._settle_rare(n_centers)
        self._state = self._evaluate()
        self._n_passes = 1

    def _settle_rare(self, n_frequent: int) -> None:
        """Let the rows of V of all other words take a step from the prior mean, where that is asked for."""
        if self._model_of_rare is None or n_frequent == len(self.V.rows):
            return
        prior_mean = self.V.prior_mean[n_frequent:]
        rare = ParameterBlock(prior_mean, prior_mean)
        rare.take_step(self._model_of_rare(self.U.rows, n_frequent), self.l2, self._pseudo_count, None)
        self.V.rows = np.concatenate([self.V.rows[:n_frequent], rare.rows])

    def _quick_steps(self, n_centers: int | None) -> None:
        """Move U and the frequent rows of V in turn, where that is asked for."""
        for _ in range(self._quick_rounds if n_centers else 0):
            self._step_U(n_centers)
            self._step_V(self.batch.model_of_V(self.V.rows, self.U.rows, n_centers)[1])

    def _step_V(self, model: QuadraticModel) -> None:
        self.V.take_step(model, self.l2, self._pseudo_count, self._scheduled_step())

    def _step_U(self, n_centers: int | None) -> None:
        model = self.batch.model_of_U(self.V.rows, self.U.rows, n_centers)
        self.U.take_step(model, self.l2, self._pseudo_count, self._scheduled_step())

    def _scheduled_step(self) -> ScheduledStep | None:
        return self._schedule(self._n_passes) if self._schedule else None

    def _evaluate(self) -> State:
        V, U = self.V.rows, self.U.rows
        ready = time.perf_counter()
        losses, model_of_V = self.batch.model_of_V(V, U)
        assert losses is not None
        penalised_loss = losses.loss * self.batch.total + self.V.penalty(self.l2) + self.U.penalty(self.l2)
        return State(V, U, losses, penalised_loss, model_of_V, ready)
