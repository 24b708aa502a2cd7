"""Training for a visitor: any number of Configs, with a bar and a Stop that keeps, or before their eyes.

Each works at the gate in slices, so that clicks of all others are answered in between.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pages.session import for_all, garbage, gate, memory, notebook, now
from pages.session.bar import Bar
from pages.session.gate import GATE
from pages.session.notebook import Occasion
from pages.session.prepared import corpus_of, prepared_of
from w2v import Config, Moments
from w2v.moments import Headway, Training, Unit
from w2v.whole.trainers import trainer_of

KEPT_TRAINED: Mapping[Unit, int] = {"update": 2, "pass": 1}  # and all that a page wants at once
HELD_BYTES = 20_000_000  # of runs that a page wanted together, when another page is looked at
MORE_PASSES = 10
PLURAL: Mapping[Unit, str] = {"update": "updates", "pass": "passes"}
WATCHED_SECONDS = 0.5  # how long one visitor trains before the page that watches it is drawn again


@dataclass
class _UnderWay:
    """A training that was begun: of what, how far it is, what was last made of that to be seen, and what came of it."""

    config: Config
    training: Training
    headway: Headway | None = None
    seen: Any = None
    is_new: bool = False  # what is seen, and no page has shown it
    ended: Moments | None = None


def trained_moments(*wanted: Config) -> tuple[Moments, ...]:
    """Return what is trained of each Config, training first what is not there, with a progress bar and a Stop.

    Stop keeps what is trained so far; what was not begun by then is left out. A click elsewhere interrupts the
    script, not the training: the next call goes on where this one was.
    """
    bar, kept = _stopping_bar(), memory.kept("trained")
    if len(wanted) > 1:
        memory.remember(together=(memory.recall("page"), wanted))
    for number, one in enumerate(wanted):
        if one in kept or memory.recall("left_out") == wanted:
            continue
        _train(one, f"Training {number + 1} of {len(wanted)}" if len(wanted) > 1 else "Training", bar)
        if memory.recall("stop") and not kept.keys() >= set(wanted):
            memory.remember(left_out=wanted)
    bar.take_away()
    keep_trained(wanted)
    return tuple([kept[one] for one in wanted if one in kept])


def trained_already(*wanted: Config) -> tuple[Moments, ...]:
    """Return what is trained of these Configs, training nothing; Configs that are not are left out."""
    kept = memory.kept("trained")
    for one in wanted:
        if one not in kept and (there := for_all.trained(one)) is not None:
            kept[one] = there
    return tuple([kept[one] for one in wanted if one in kept])


def want(*wanted: Config) -> None:
    """Have all of these trained by the next `trained_moments` of them, those that were stopped or left out anew."""
    memory.remember(left_out=None)
    for one in wanted:
        if (there := memory.kept("trained").get(one)) is not None and there.stopped and there.stopped.reason == "asked":
            del memory.kept("trained")[one]


def is_to_be_watched() -> bool:
    """Say whether the present Config is to be trained before their eyes: see `train_a_little`."""
    return now.trainer().watchable and now.config() not in memory.kept("trained")


def present_moments() -> Moments:
    """Return what is trained of the present Config."""
    return trained_moments(now.config())[0]


def train_again(*wanted: Config) -> None:
    """Forget what was trained of these, or else of the present Config, so that it is trained anew."""
    memory.remember(left_out=None)
    for one in wanted or (now.config(),):
        memory.kept("trained").pop(one, None)


def train_more() -> None:
    """Go on with the present training for some more passes."""
    before, more = memory.kept("trained").pop(now.config(), None), now.trainer().go_on
    if before is not None and more is not None:
        memory.remember(t=now.END)
        _begin(now.config(), more(before, MORE_PASSES))


def ask_to_stop() -> None:
    """Stop the training that is under way at its next chance; what is trained so far is kept."""
    memory.remember(stop=True)


def seen_of_training() -> Any:
    """Return what was last made of the present training to be seen, or None before its first pass."""
    under_way = _under_way(now.config())
    return None if under_way is None else under_way.seen


def train_a_little(see: Callable[[Headway], Any]) -> None:
    """Go on with the present training for a moment, while the page that watches it is shown.

    see : makes of how far it is what the page shows of it at its next run
    """
    if now.config() in memory.kept("trained"):
        return
    under_way = _under_way(now.config()) or _begin(now.config())
    first = under_way.seen is None  # shown as soon as it is there, and the first pass too
    if under_way.is_new:
        under_way.is_new = False
        gate.leave_processors()  # else the first pass would keep the browser from drawing it
    seconds = WATCHED_SECONDS if under_way.headway is not None and under_way.headway.done else 0
    if (under_way.headway is None or not first) and _is_done_after_turn(under_way, seconds, watched=not first):
        keep_trained([now.config()])
        now.send_player()
        garbage.give_back()  # what training itself needed
        return
    _look(under_way, see)


def _look(under_way: _UnderWay, see: Callable[[Headway], Any]) -> None:
    """Make what is seen of a training, in a turn of its own: pictures of five books at once stop all others."""
    headway = under_way.headway
    assert headway is not None
    under_way.seen = GATE.do(lambda: see(headway))


def begin_ahead(wanted: Config, see: Callable[[Headway], Any] | None = None) -> None:
    """Begin what a visitor is likely to ask for next, up to its first picture, so that this is there when they do.

    What the present Config trains goes first.
    see : as in `train_a_little`; without it there is no picture yet, and nothing that would have to wait for the work
          of others is begun
    """
    if see is None and not GATE.is_free:
        return
    present, under_way = now.config(), memory.recall("training")
    is_wanted = trainer_of(wanted).watchable and wanted not in memory.kept("trained")
    if not is_wanted or (under_way is not None and under_way.config == present):
        return
    under_way = _under_way(wanted) or _begin(wanted)
    if under_way.headway is None and _is_done_after_turn(under_way, 0, watched=True):
        return
    if see is not None and under_way.seen is None:
        _look(under_way, see)
        under_way.is_new = True


def make_of_each(
    name: str,
    wanted: tuple[Config, ...],
    make: Callable[[Moments], Any],
    *,
    most: int,
    occasion: Occasion = "asked",
    most_bytes: int = 0,
    stopped_too: bool = False,
) -> None:
    """Train one Config after another, and keep under `name` what is made of each, where all they are is too much.

    make        : makes it, at the gate;  most : of what was made, so many are kept, the last ones
    occasion    : why they are trained, for the notebook
    most_bytes  : that the trainings may take which are kept besides, those of the present Config not counted
    stopped_too : whether one that Stop breaks off is made something of

    Stop leaves out all after the one that it breaks off, until `ask_for_each`; a click elsewhere interrupts as in
    `trained_moments`. In the whole script: Stop in a fragment would wait until all is trained.
    """
    bar, made, kept = _stopping_bar(), memory.kept(name), memory.kept("trained")
    for number, one in enumerate(wanted):
        if one in made:
            made.move_to_end(one)
            continue
        if memory.recall("left_out") == wanted:
            break
        if one not in kept:
            _train(one, f"Training {number + 1} of {len(wanted)}", bar)
        moments = kept[one]
        _make_room(wanted, most_bytes)
        if memory.recall("stop"):
            memory.remember(left_out=wanted)
        if stopped_too or moments.stopped is None or moments.stopped.reason != "asked":
            made[one] = make(moments)
            notebook.note(moments, occasion)
    bar.take_away()
    while len(made) > most:
        made.popitem(last=False)
    if not made.keys() >= set(wanted):
        memory.remember(left_out=wanted)


def _make_room(wanted: tuple[Config, ...], most_bytes: int) -> None:
    """Let go of what was trained of these, the present Config aside, until the rest fits, the first ones first."""
    kept = memory.kept("trained")
    there = [one for one in wanted if one in kept and one != now.config()]
    while there and sum(kept[one].n_bytes for one in there) > most_bytes:
        del kept[there.pop(0)]
    if there:
        memory.remember(together=(memory.recall("page"), tuple(there)))


def _stopping_bar() -> Bar:
    """Return the bar of a training, whose button asks it to stop."""
    return Bar("Stop and keep what is trained", "stop_training", ask_to_stop)


def ask_for_each() -> None:
    """Have `make_of_each` go on, also with what Stop left out."""
    memory.remember(left_out=None, stop=False)


def _train(wanted: Config, said: str, bar: Bar) -> None:
    """Train to the end, or until Stop is pressed; what another visitor has trained is there already."""
    if (there := for_all.trained(wanted)) is not None:
        memory.kept("trained")[wanted] = there
        return
    under_way, units = _under_way(wanted) or _begin(wanted), PLURAL[trainer_of(wanted).unit]
    while not _is_done_after_turn(under_way, gate.SLICE_SECONDS):
        if (at := under_way.headway) is not None:
            bar.show(at.done / at.total, f"{said}: {at.done:,} of {at.total:,} {units}")


def _is_done_after_turn(under_way: _UnderWay, seconds: float, watched: bool = False) -> bool:
    """Go on with a training for one turn at the gate; return whether it is done, and kept then.

    watched : it is seen how far it is, so that it gives way to those who wait for something
    """
    with GATE.turn(patient=watched):
        if under_way.config in memory.kept("trained"):  # by a script of this session that was not over yet
            return True
        until = time.monotonic() + seconds
        try:
            stop = memory.recall("stop") and under_way.headway is not None
            while under_way.ended is None:
                under_way.headway = under_way.training.send(True if stop else None)
                stop = False
                if time.monotonic() >= until or (watched and GATE.n_waiting):
                    return False
        except StopIteration as end:
            under_way.ended = end.value  # at once: a click that waits may end the script before it is kept
        for_all.keep(under_way.config, under_way.ended)
        memory.kept("trained")[under_way.config] = under_way.ended
        memory.remember(training=None)
        return True


def _under_way(wanted: Config) -> _UnderWay | None:
    """Return the training of this Config that was begun, or None."""
    under_way: _UnderWay | None = memory.recall("training")
    return under_way if under_way is not None and under_way.config == wanted else None


def _begin(wanted: Config, training: Training | None = None) -> _UnderWay:
    training = training or trainer_of(wanted).train(wanted, corpus_of(wanted), prepared_of(wanted))
    under_way = _UnderWay(wanted, training)
    memory.remember(training=under_way, stop=False)
    return under_way


def keep_trained(wanted: Collection[Config]) -> None:
    """Keep what a page wants now, and of all else that was trained the last few; all of it stands in the notebook."""
    kept = memory.kept("trained")
    for one in wanted:
        if one in kept:
            kept.move_to_end(one)
            notebook.note(kept[one])
    held = _held()
    for unit, most in KEPT_TRAINED.items():
        of_unit = [one for one, moments in kept.items() if moments.unit == unit]
        for one in of_unit[:-most]:
            if one not in wanted and one not in held:
                del kept[one]


def _held() -> Collection[Config]:
    """Return what was last wanted together, as long as the page that wants it is looked at, or it takes little room."""
    together: tuple[str, tuple[Config, ...]] | None = memory.recall("together")
    if together is None or together[0] == memory.recall("page"):
        return () if together is None else together[1]
    runs = [run for one in together[1] if (run := memory.kept("trained").get(one)) is not None]
    return together[1] if sum(run.n_bytes for run in runs) <= HELD_BYTES else ()
