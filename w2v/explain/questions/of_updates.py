"""Questions about one update, and about how wrong the model is: which bars fall, how many vectors move, the loss."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from w2v.counted import counted
from w2v.explain.questions.asked import UPDATE, Asked, OneOf, SomeOf, listed
from w2v.explain.questions.question import Question, check
from w2v.explain.questions.scene import WHEN, Scene, When, is_when
from w2v.learning import Step, prediction, trace

MOST_RISING, MOST_BARS = 2, 4
LEAST_CHANGE = 0.0005  # of a bar: one sees it
FEWEST_POINTS = 0.01  # of what can be learned: a smaller change of it is not asked about
FALLS, RISES, STAYS = "It falls", "It rises", "It stays as it is"
BETTER, WORSE, AS_GOOD = "They get better", "They get worse", "They stay as good as they are"  # without numbers


@dataclass(frozen=True, slots=True)
class Falls(Question):
    """Which of these bars of P(.|word) fall at this update; several can be right."""

    name: ClassVar[str] = "falls"

    def ask(self, scene: Scene) -> Asked | None:
        """None where no bar falls by as much as can be seen, or no other bar can be named beside it."""
        step = _step(scene)
        if step is None:
            return None
        before, after = scene.said(scene.t), scene.said(scene.t + 1)
        change = after - before
        percent = scene.voice.percent
        by_change = [int(w) for w in np.argsort(-np.abs(change), kind="stable") if abs(change[w]) >= LEAST_CHANGE]
        by_change.sort(key=lambda w: not scene.in_text[w])  # first those that stand near it, whose bars are on the page
        seen = [w for w in by_change if percent(float(before[w])) != percent(float(after[w]))]
        rising = [w for w in seen if change[w] > 0][:MOST_RISING]
        falling = [w for w in seen if change[w] < 0][: MOST_BARS - len(rising)]
        if not falling or len(rising) + len(falling) < 2:
            return None
        shown = scene.shuffled(rising + falling, self.name)
        of = listed([f"{scene.name(w)} {percent(before[w])} \N{RIGHTWARDS ARROW} {percent(after[w])}" for w in shown])
        return Asked(
            f"Which of these bars of {scene.named} fall at this update?",
            SomeOf(tuple(map(scene.name, shown)), frozenset(i for i, w in enumerate(shown) if w in falling)),
            f"{of[0].upper()}{of[1:]}.{_why_they_rise(scene, step, rising)}",
            _answered_at(scene, step),
            "guesses",
            (UPDATE,),
        )


def _why_they_rise(scene: Scene, step: Step, rising: list[int]) -> str:
    """Name the true word, and what rises only since the word itself moved; "" where there are several true words."""
    if len(step.traces) != 1:
        return ""
    true = step.traces[0].example.target
    unmoved = prediction(replace(step.after, V=step.before.V), (scene.word,), scene.objective)
    others = [scene.name(w) for w in rising if w != true and unmoved[w] <= scene.said(scene.t)[w]]
    along = f" {listed(others)} rose only because {scene.named} itself moved." if others else ""
    return f" The true word was {scene.name(true)}.{along}"


@dataclass(frozen=True, slots=True)
class Moves(Question):
    """How many vectors change at this update, input and output vectors counted."""

    name: ClassVar[str] = "moves"

    def ask(self, scene: Scene) -> Asked | None:
        """None where there are no single updates."""
        step = _step(scene)
        if step is None:
            return None
        inputs, outputs, n_all = moved(step)
        right, pair, all_of_U = inputs + outputs, len(step.traces[0].example.inputs) + 1, len(step.before.U) + 1
        others = [n for n in dict.fromkeys([pair, all_of_U, n_all, 1, n_all // 2]) if n != right and 0 < n <= n_all][:3]
        options = sorted([right, *others])
        which = [counted(inputs, "input vector"), counted(outputs, "output vector")] if outputs else []
        return Asked(
            f"There are {n_all:,} vectors. How many of them does this update change?",
            OneOf(tuple([f"{n:,}" for n in options]), options.index(right)),
            f"{right:,} of {n_all:,}" + (f": {listed(which)}." if which else ".") + _drawn_twice(scene, step),
            scene.t,
            "moves",
            (UPDATE,),
        )


def _drawn_twice(scene: Scene, step: Step) -> str:
    """Say which words chance drew more than once for one example, so that fewer vectors move than were drawn."""
    twice: set[int] = set()
    for one in step.traces:
        drawn = scene.objective.draws_of(one.rows)
        if drawn is not None:
            rows, times = np.unique(drawn, return_counts=True)
            twice |= {int(row) for row in rows[times > 1]}
    return f" Chance drew {listed([scene.name(w) for w in sorted(twice)])} more than once." if twice else ""


def moved(step: Step) -> tuple[int, int, int]:
    """Return how many rows of V and of U an update changed, and how many there are; with one matrix, rows of V."""
    before, after = step.before, step.after
    inputs = int((before.V != after.V).any(axis=1).sum())
    if before.U is before.V:
        return inputs, 0, len(before.V)
    return inputs, int((before.U != after.U).any(axis=1).sum()), len(before.V) + len(before.U)


@dataclass(frozen=True, slots=True)
class Loss(Question):
    """Whether the mean loss falls or rises from this moment to another.

    to : the other moment
    """

    name: ClassVar[str] = "loss"
    to: When = "end"

    def __post_init__(self) -> None:
        check(is_when(self.to), "to", WHEN)

    def ask(self, scene: Scene) -> Asked | None:
        """None where it hardly changes."""
        to = scene.when(self.to)
        before, after = scene.mean_loss(scene.t), scene.mean_loss(to)
        room = scene.moments.guess - scene.moments.floor
        if to == scene.t or abs(after - before) < FEWEST_POINTS * max(room, 0.1):
            return None
        percent, number = scene.voice.percent, scene.voice.number
        said = f"Learned: {percent(scene.learned(scene.t))} \N{RIGHTWARDS ARROW} {percent(scene.learned(to))}."
        if scene.voice.in_numbers:
            said = f"The mean loss: {number(before)} \N{RIGHTWARDS ARROW} {number(after)} nats. {said}"
        about = "what will the mean loss do" if scene.voice.in_numbers else "what becomes of its guesses"
        return Asked(
            f"From here to {_goal(scene, to)}: {about}?", _ways(scene, self.name, after > before), said, to, "loss"
        )


@dataclass(frozen=True, slots=True)
class PairLoss(Question):
    """Whether the loss of the very pair that this update learns from falls or rises by it."""

    name: ClassVar[str] = "pair_loss"

    def ask(self, scene: Scene) -> Asked | None:
        """None where there are no single updates, or one cannot see the change."""
        step = _step(scene)
        if step is None:
            return None
        before = float(sum(one.loss for one in step.traces))
        after = float(
            sum(
                trace(step.after, one.example, scene.objective, scene.objective.draws_of(one.rows)).loss
                for one in step.traces
            )
        )
        number, percent = scene.voice.number, scene.voice.percent
        if number(before) == number(after):
            return None
        true = step.traces[0].example.target
        inputs = step.traces[0].example.inputs
        said = [float(prediction(at, inputs, scene.objective)[true]) for at in (step.before, step.after)]
        numbers = f"The true word, {scene.name(true)}: {percent(said[0])} \N{RIGHTWARDS ARROW} {percent(said[1])}."
        if scene.voice.in_numbers:
            numbers = f"The loss: {number(before)} \N{RIGHTWARDS ARROW} {number(after)} nats. {numbers}"
        about = "what does its loss do" if scene.voice.in_numbers else "what becomes of the guesses"
        return Asked(
            f"If the same pair came again right after this update: {about}?",
            _ways(scene, self.name, after > before),
            numbers,
            _answered_at(scene, step),
            "guesses",
            (UPDATE,),
        )


def _step(scene: Scene) -> Step | None:
    """Return the update that follows the moment of a scene; None where there is none."""
    return scene.run.step(scene.t) if scene.run is not None and scene.t < scene.run.n_steps else None


def _answered_at(scene: Scene, step: Step) -> int:
    """Return the moment whose picture answers what is asked of an update.

    Before it the pair is marked, with what is pulled and pushed, if the word on show is its center; after it the next
    pair is. Of another word only the bars after it say anything.
    """
    return scene.t if any(scene.word in one.example.inputs for one in step.traces) else scene.t + 1


def _ways(scene: Scene, kind: str, rises: bool) -> OneOf:
    """Return falling, rising and staying as options; what stays is not asked about, so that it is never right."""
    ways = (FALLS, RISES, STAYS) if scene.voice.in_numbers else (BETTER, WORSE, AS_GOOD)
    shown = [ways[i] for i in scene.shuffled([0, 1, 2], kind)]
    return OneOf(tuple(shown), shown.index(ways[int(rises)]))


def _goal(scene: Scene, to: int) -> str:
    return "the end" if to in (scene.moments.best, scene.moments.n_moments - 1) else f"{scene.moments.unit} {to:,}"
