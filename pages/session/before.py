"""The loss as it was before a setting was changed: drawn behind the new one, so that one sees what the change did."""

from dataclasses import dataclass

import numpy as np

from pages.session import memory, now
from w2v import Config, Moments, Run
from w2v.arrays import Floats
from w2v.whole.trainers import trainer_of

MOMENTS = 120


@dataclass(frozen=True, eq=False)
class Curve:
    """The loss of an earlier training of the same text.

    at   : (n,) when, in epochs or passes, so that it can be laid beside one with other updates
    loss : (n,)
    """

    at: Floats
    loss: Floats


def curve_before(wanted: Config) -> Curve | None:
    """Return the loss of what is trained now, if it can be compared with that of a Config that will take its place."""
    now_there, moments = now.config(), memory.kept("trained").get(now.config())
    if (now_there.text, now_there.objective, now_there.architecture, trainer_of(now_there).unit) != (
        wanted.text,
        wanted.objective,
        wanted.architecture,
        trainer_of(wanted).unit,
    ):
        return None
    if moments is None:  # several changes in a row: what was seen last stays
        earlier: Curve | None = memory.recall("before")
        return earlier
    at, loss = moments.loss_curve(MOMENTS)
    return Curve(np.asarray(at) / _moments_in_epoch(moments), np.asarray(loss))


def laid_beside(moments: Moments) -> tuple[Floats, Floats] | None:
    """Return the moments and the losses of the curve before, as they lie beside those of what is trained now."""
    before: Curve | None = memory.recall("before")
    return None if before is None else (before.at * _moments_in_epoch(moments), before.loss)


def _moments_in_epoch(moments: Moments) -> float:
    """Return how many moments an epoch has: updates; a pass is one."""
    return max(1, moments.plan.n_steps) / moments.config.epochs if isinstance(moments, Run) else 1.0
