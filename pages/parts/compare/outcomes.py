"""What came of each training that is compared, made once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pages.drawing.comparison import Loss
from pages.drawing.numbers import percent
from pages.drawing.words import SHOWN_WORDS
from pages.session import memory
from pages.session.gate import GATE
from w2v import Moments, Run
from w2v.arrays import Floats, Ints
from w2v.explain.side_by_side import came_to_rest, maps_alike, share_learned
from w2v.whole.passes import Passes

KEPT = 12
CURVE = 120  # moments of a curve
NEAR = 3  # nearest words of which it is seen when they last changed


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of one training.

    called : its value of the setting, in words;  moments : the training;  share : how far it came, 1 is the floor
    loss   : its curve
    rest   : (n_words,) in which epoch or pass the nearest word of each of the most frequent words last changed, 0 for
             one that it had from the start;  rest_of_three : the same of the three nearest, in whichever order
    """

    called: str
    moments: Moments
    share: float
    loss: Loss
    rest: Ints
    rest_of_three: Ints


def outcome(called: str, moments: Moments) -> Outcome:
    """Return what came of a training."""

    def make(_: object) -> tuple[float, tuple[Floats, Floats], Ints, Ints]:
        def work() -> tuple[float, tuple[Floats, Floats], Ints, Ints]:
            at, loss = moments.loss_curve(CURVE)
            rests = [came_to_rest(moments, SHOWN_WORDS, n).changed for n in (1, NEAR)]
            one, three = (np.array([epoch_of(moments, t) for t in rest.tolist()]) for rest in rests)
            return share_learned(moments), (epochs_at(moments, np.asarray(at)), np.asarray(loss)), one, three

        return GATE.do(work)

    share, (at, loss), one, three = memory.keep("outcomes", KEPT, moments.name, make)
    said = f"{called}: {percent(max(0.0, share))} learned"
    return Outcome(called, moments, share, Loss(said, at, loss, moments.floor), one, three)


def maps(outcomes: Sequence[Outcome]) -> list[Floats]:
    """Return the maps of all, laid alike."""
    names = tuple(one.moments.name for one in outcomes)
    runs = [one.moments for one in outcomes]
    return memory.keep("maps_alike", 2, names, lambda _: GATE.do(lambda: maps_alike(runs, SHOWN_WORDS)))


def epochs_at(moments: Moments, at: Floats) -> Floats:
    """Return where moments lie in epochs, or passes."""
    if isinstance(moments, Passes):
        return np.interp(at, np.arange(moments.n_moments), moments.at)
    assert isinstance(moments, Run)
    return at * (moments.config.epochs / max(1, moments.plan.n_steps))


def epoch_of(moments: Moments, t: int) -> int:
    """Return in which epoch or pass moment t was reached, counted from 1; 0 for the start."""
    if isinstance(moments, Passes):
        return moments.at[t]
    assert isinstance(moments, Run)
    return moments.plan.epoch_of(t - 1) + 1 if t else 0
