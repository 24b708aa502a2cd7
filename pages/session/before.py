"""Another loss behind that of what is looked at: of the time before a setting was changed, so that one sees what the
change did, or of a run that a guide compares with.
"""

from dataclasses import dataclass

import numpy as np

from pages.session import memory, now
from w2v import Config, Moments, Run
from w2v.arrays import Floats
from w2v.whole.trainers import trainer_of

MOMENTS = 120


@dataclass(frozen=True, eq=False)
class Curve:
    """The loss of another training of the same text.

    at   : (n,) when, in epochs or passes, so that it can be laid beside one with other updates
    loss : (n,)
    name : what the line is called;  means : the same in a sentence that says what the line is
    of   : the name of the training
    """

    at: Floats
    loss: Floats
    name: str
    means: str
    of: str


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
    return _curve_of(moments, "before", "from before a setting was changed")


def compare_with(moments: Moments, name: str, means: str) -> None:
    """Lay the loss of another training of the same text beside that of what is looked at."""
    there: Curve | None = memory.recall("before")
    if there is None or there.of != moments.name:
        memory.remember(before=_curve_of(moments, name, means))


def laid_beside(moments: Moments) -> tuple[dict[str, str], dict[str, Floats]] | None:
    """Return the names and the arrays of the other curve for a record, as it lies beside what is trained now."""
    other: Curve | None = memory.recall("before")
    if other is None:
        return None
    arrays = {"before_t": other.at * _moments_in_epoch(moments), "before_loss": other.loss}
    return {"before_name": other.name, "before_means": other.means}, arrays


def _curve_of(moments: Moments, name: str, means: str) -> Curve:
    at, loss = moments.loss_curve(MOMENTS)
    return Curve(np.asarray(at) / _moments_in_epoch(moments), np.asarray(loss), name, means, moments.name)


def _moments_in_epoch(moments: Moments) -> float:
    """Return how many moments an epoch has: updates; a pass is one."""
    return max(1, moments.plan.n_steps) / moments.config.epochs if isinstance(moments, Run) else 1.0
