"""A finished run, and the way to any moment of it: walk once, keep keyframes, replay the few updates between."""

from collections.abc import Generator, Iterable
from itertools import islice

import numpy as np

from w2v.arrays import Floats, frozen, frozen_floats
from w2v.config import Config
from w2v.corpus import Corpus, Vocabulary
from w2v.learning import Raw, Step, descend, step
from w2v.moments import Stopped, Unit, name_of
from w2v.parameters import Parameters, copies
from w2v.plan import Plan
from w2v.slices import finished
from w2v.windows import Example

KEYFRAME_BYTES = 32_000_000
CURVE_CELLS = 60_000_000  # rows x words x moments that one loss curve may evaluate
LARGEST_PARAMETER = 1e3
CELLS_PER_UPDATE = 5_000  # numbers copied at a keyframe, for each update since the last one


class Run:
    """A trained model with its whole past.

    `parameters(0)` is the start, `parameters(n_steps)` the end, and `step(t)` the record of the update that turns
    `parameters(t)` into `parameters(t + 1)`. Each is bit for bit what the straight walk went through. What it shares
    with other trainings, see `Moments`.

    config, plan, corpus : what was trained, in which order
    n_steps              : updates done; fewer than `plan.n_steps` if the run was stopped
    losses               : (n_steps,) `Step.loss` of each update, nats
    stopped              : None, or why it ended early. A run whose update would make a parameter larger than
                           1,000 or not finite ends before that update (it is looked for every few updates,
                           then found exactly).
    """

    unit: Unit = "update"
    config: Config
    plan: Plan
    corpus: Corpus
    vocabulary: Vocabulary
    n_steps: int
    losses: Floats
    stopped: Stopped | None
    _mean_losses: dict[int, float]  # over all examples, of moments at which somebody asked

    def __init__(self, config: Config) -> None:
        self.__dict__.update(finished(Run.train(config)).__dict__)

    @staticmethod
    def train(config: Config, plan: Plan | None = None) -> Generator[tuple[int, int], bool | None, "Run"]:
        """Train, yielding (updates done, updates planned) every few updates; the return value is the Run.

        Send True to stop: what was trained so far is returned as a Run that says so. A `plan` already made from
        this Config spares making it again.
        Raises ValueError in one sentence, before the first yield, for a text or setting that cannot be trained.
        """
        run = object.__new__(Run)
        plan = plan or Plan(config)
        run.config, run.plan, run.corpus, run.vocabulary = config, plan, plan.corpus, plan.corpus.vocabulary
        run.stopped, run._mean_losses = None, {}
        return (yield from run._walk())

    def _walk(self) -> Generator[tuple[int, int], bool | None, "Run"]:
        plan, planned = self.plan, self.plan.n_steps
        start = plan.initial_parameters()
        V, U = copies(start.V, start.U)
        stride = self._first_stride()
        self._keyframes = {0: start}
        self._stride = stride
        losses = np.zeros(planned)
        updates = plan.updates(0, planned)
        t = 0
        while t < planned and self.stopped is None:
            end = min(planned, t + stride)
            with np.errstate(all="ignore"):
                losses[t:end] = self._descend(V, U, islice(updates, end - t))
            if _is_sound(V, U):
                t = end
            else:
                V, U, t = self._last_sound(t, end)
                self.stopped = Stopped(t, "diverged")
            if t % self._stride == 0 or t == planned or self.stopped:
                self._keep(t, V, U)
            if (yield t, planned) and t < planned and self.stopped is None:
                self.stopped = Stopped(t, "asked")
        self.n_steps = t
        self._keep(t, V, U)
        self.losses = losses[:t].copy()
        frozen(self.losses)
        return self

    @property
    def n_moments(self) -> int:
        """The moments 0 .. n_steps."""
        return self.n_steps + 1

    @property
    def best(self) -> int:
        """The end: nothing was kept aside to judge the moments by."""
        return self.n_steps

    @property
    def name(self) -> str:
        """See `Moments`."""
        return name_of(self.config, self.n_moments, self.unit)

    @property
    def floor(self) -> float:
        """See `Moments`."""
        return self.plan.goal.floor

    @property
    def guess(self) -> float:
        """The mean loss of knowing nothing: all words alike."""
        return self.plan.goal.uniform

    @property
    def telling_word(self) -> int:
        """See `Moments`."""
        return self.plan.telling_word

    @property
    def n_bytes(self) -> int:
        """How much memory its past takes: of the parameters that are kept."""
        return sum(frame.V.nbytes + frame.U.nbytes for frame in self._keyframes.values())

    def parameters(self, t: int) -> Parameters:
        """Return the parameters at moment t, 0 <= t <= n_steps. Raises IndexError outside."""
        if not 0 <= t <= self.n_steps:
            raise IndexError(f"There is no moment {t}: this run has the moments 0 to {self.n_steps}.")
        if t in self._keyframes:
            return self._keyframes[t]
        nearest = t - t % self._stride
        frame = self._keyframes[nearest]
        V, U = copies(frame.V, frame.U)
        with np.errstate(all="ignore"):
            self._advance(V, U, nearest, t)
        return Parameters.adopt(V, U)

    def step(self, t: int) -> Step:
        """Return the full record of update t, 0 <= t < n_steps. Raises IndexError outside."""
        if not 0 <= t < self.n_steps:
            raise IndexError(f"There is no update {t}: this run has the updates 0 to {self.n_steps - 1}.")
        ((rate, raw),) = self.plan.updates(t, t + 1)
        examples = [Example(inputs, target) for inputs, target, _ in raw]
        draws = [drawn for _, _, drawn in raw]
        _, record = step(
            self.parameters(t),
            examples,
            self.plan.objective,
            rate,
            None if draws[0] is None else draws,  # type: ignore[arg-type]
            reduction=self.config.reduction,
            index=t,
            epoch=self.plan.epoch_of(t),
        )
        return record

    def keyframes(self, most: int) -> list[int]:
        """Return at most `most` moments, spread over the run, both ends among them, that cost no replay."""
        kept = sorted(self._keyframes)
        picks = np.unique(np.linspace(0, len(kept) - 1, max(2, most)).round().astype(int))
        return [kept[i] for i in picks]

    def loss_curve(self, most: int = 200) -> tuple[list[int], Floats]:
        """Return moments and the mean loss over *all* examples at each: the smooth curve behind `losses`.

        Evaluates at most `most` moments, fewer for large vocabularies, always both ends, and each of them once.
        """
        return finished(self.loss_curve_in_slices(most))

    def loss_curve_in_slices(self, most: int) -> Generator[None, None, tuple[list[int], Floats]]:
        """Return the same as work that comes in slices: see `slices`."""
        cells = len(self.plan.goal.inputs) * self.plan.n_words
        moments = self.keyframes(max(2, min(most, CURVE_CELLS // max(1, cells))))
        for t in moments:
            if t not in self._mean_losses:
                self._mean_losses[t] = self.plan.goal.mean_loss(self._keyframes[t])
                yield
        return moments, frozen_floats([self._mean_losses[t] for t in moments])

    def _advance(self, V: Floats, U: Floats, start: int, stop: int) -> list[float]:
        return self._descend(V, U, self.plan.updates(start, stop))

    def _descend(self, V: Floats, U: Floats, updates: Iterable[tuple[float, list[Raw]]]) -> list[float]:
        objective, reduction = self.plan.objective, self.config.reduction
        return [descend(V, U, group, objective, rate, reduction)[2] for rate, group in updates]

    def _last_sound(self, start: int, stop: int) -> tuple[Floats, Floats, int]:
        """Find the update that breaks the parameters and return the state before it, with its number."""
        last = max(m for m in self._keyframes if m <= start)
        V, U = copies(self._keyframes[last].V, self._keyframes[last].U)
        with np.errstate(all="ignore"):
            self._advance(V, U, last, start)
            for t in range(start, stop):
                before = copies(V, U)
                self._advance(V, U, t, t + 1)
                if not _is_sound(V, U):
                    return *before, t
        return V, U, stop

    def _first_stride(self) -> int:
        """Updates between two keyframes at first, and between two looks at how large the parameters are.

        64 examples' worth, so that a jump replays fewer than that. Without full softmax an update touches a few
        rows only, and copying large matrices that often would cost more than the updates: there it is longer.
        """
        examples = self.plan.epoch(0)
        per_update = len(examples.targets) / max(1, len(examples.group_start) - 1)
        worth = 64
        if not self.plan.objective.all_rows:
            cells = self.config.dim * (self.plan.n_words + self.plan.objective.n_rows(self.plan.n_words))
            worth = max(worth, 1 << (cells // CELLS_PER_UPDATE).bit_length())
        return max(1, worth >> max(0, int(per_update) - 1).bit_length())

    def _keep(self, t: int, V: Floats, U: Floats) -> None:
        self._keyframes[t] = Parameters.adopt(*copies(V, U))
        while len(self._keyframes) > 2 and len(self._keyframes) * (V.nbytes + U.nbytes) > KEYFRAME_BYTES:
            self._stride *= 2
            self._keyframes = {m: p for m, p in self._keyframes.items() if m % self._stride == 0 or m == t}


def _is_sound(V: Floats, U: Floats) -> bool:
    # a comparison with nan is false
    return bool(np.abs(V).max() <= LARGEST_PARAMETER and np.abs(U).max() <= LARGEST_PARAMETER)
