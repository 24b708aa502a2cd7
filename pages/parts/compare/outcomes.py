"""What came of each training that is compared, made once and kept: all that is shown of it, without its moments."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pages.drawing.comparison import Loss
from pages.drawing.numbers import percent
from pages.drawing.words import SHOWN_WORDS
from pages.session import memory, training
from pages.session.gate import GATE
from w2v import Config, Moments, Run, WordVectors
from w2v.arrays import Floats, Ints
from w2v.explain.side_by_side import best_vectors, came_to_rest, map_alike, share_learned
from w2v.moments import Unit
from w2v.whole.passes import Passes

KEPT = 12
CURVE = 120  # moments of a curve
NEAR = 3  # nearest words of which it is seen when they last changed
NAME = "outcomes"


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of one training.

    called  : its value of the setting, in words;  name : that of its moments, by which it is known again
    stopped : whether it ended before its plan, by Stop or because the rate was too large
    unit, config, telling_word : see `Moments`;  length : how many updates or passes
    vectors : v of the best moment
    share   : how far it came, 1 is the floor;  loss : its curve
    rest    : (n_words,) in which epoch or pass the nearest word of each of the most frequent words last changed, 0 for
              one that it had from the start;  rest_of_three : the same of the three nearest, in whichever order
    rest_by : (n_words,) the moment by which it was so, of those that were looked at
    """

    called: str
    name: str
    stopped: bool
    unit: Unit
    config: Config
    telling_word: int
    length: int
    vectors: WordVectors
    share: float
    loss: Loss
    rest: Ints
    rest_of_three: Ints
    rest_by: Ints

    def as_called(self, called: str) -> "Outcome":
        """Return it under another name; one that did not come to its end says so."""
        called = f"{called} (stopped)" if self.stopped else called
        title = f"{called}: {percent(max(0.0, self.share))} learned"
        return replace(self, called=called, loss=replace(self.loss, title=title))


def outcomes_of(wanted: Sequence[Config], trains: bool) -> Mapping[Config, Outcome]:
    """Return what came of each Config that is trained; if it `trains`, what is missing is trained first.

    Of large trainings nothing else is kept: six books would take a few hundred MB.
    """
    if trains:
        most_bytes = training.HELD_BYTES
        training.make_of_each(NAME, tuple(wanted), outcome, most=KEPT, most_bytes=most_bytes, stopped_too=True)
    made = memory.kept(NAME)
    for moments in training.trained_already(*wanted):
        if moments.config not in made or made[moments.config].name != moments.name:
            made[moments.config] = outcome(moments)
    return {one: made[one] for one in wanted if one in made}


def forget_stopped(wanted: Sequence[Config]) -> None:
    """Forget what came of those that were stopped: they are trained anew."""
    made = memory.kept(NAME)
    for one in wanted:
        if one in made and made[one].stopped:
            del made[one]


def outcome(moments: Moments) -> Outcome:
    """Return what came of a training, made in turns with other visitors."""
    return GATE.finish(_outcome(moments))


def _outcome(moments: Moments) -> Generator[None, None, Outcome]:
    share = share_learned(moments)
    yield
    at, loss = (yield from moments.loss_curve_in_slices(CURVE)) if isinstance(moments, Run) else moments.loss_curve()
    by, rests = [], []
    for n in (1, NEAR):
        by.append(came_to_rest(moments, SHOWN_WORDS, n).changed)
        rests.append(np.array([epoch_of(moments, t) for t in by[-1].tolist()]))
        yield
    return Outcome(
        called="",
        name=moments.name,
        stopped=moments.stopped is not None,
        unit=moments.unit,
        config=moments.config,
        telling_word=moments.telling_word,
        length=moments.n_moments - 1,
        vectors=best_vectors(moments),
        share=share,
        loss=Loss("", epochs_at(moments, np.asarray(at)), np.asarray(loss), moments.floor),
        rest=rests[0],
        rest_of_three=rests[1],
        rest_by=by[0],
    )


def map_of(one: Outcome, first: Outcome) -> Floats:
    """Return the map of one, laid like that of the first, which alone decides where it lies."""

    def make(_: object) -> Floats:
        return GATE.do(lambda: map_alike(one.vectors, first.vectors, SHOWN_WORDS))

    return memory.keep("maps_alike", KEPT, (one.name, first.name), make)


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
