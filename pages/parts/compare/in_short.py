"""What came of trainings side by side, in sentences: what each learned, what is enough, which word changed last."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from pages.drawing.numbers import percent
from pages.drawing.words import quoted
from pages.parts.compare.outcomes import Outcome
from pages.parts.compare.settings import Setting
from w2v.explain.side_by_side import nearest_words
from w2v.moments import Unit

COUNTED: dict[Unit, tuple[str, str]] = {"update": ("epoch", "epochs"), "pass": ("pass", "passes")}
NEARLY = 0.05  # of what can be learned: so much less is about as much


def in_short(outcomes: Sequence[Outcome], word: str) -> str:
    """Say what differed: how much each learned, and the nearest word of the selected one."""
    shares = [_learned(one) for one in outcomes]
    learned = ", ".join(f"{share} with {one.called}" for share, one in zip(shares, outcomes, strict=True))
    if len(set(shares)) == 1 < len(shares):
        learned = f"{shares[0]} {_in_all(len(shares))}"
    return f"Learned: {learned}. {_nearest(outcomes, word)}".rstrip()


def _nearest(outcomes: Sequence[Outcome], word: str) -> str:
    some = [one for one in outcomes if one.config.dim > 1]  # of one dimension half of all words are equally near
    near = Counter(found[0] for one in some if (found := nearest_words(one.vectors, word, 1)))
    if not near:
        return ""
    (nearest, times), n = near.most_common(1)[0], near.total()
    begins = "The" if len(some) == len(outcomes) else "With more than one dimension the"
    said = f"{begins} word nearest to {quoted(word)} is"
    if n == 1:
        return f"{said} {quoted(nearest)}."
    if times == 1:
        return f"{said} another one in each: {', '.join(map(quoted, near))}."
    return f"{said} {quoted(nearest)} {_in_all(n) if times == n else f'in {times} of {n}'}."


def _in_all(n: int) -> str:
    return "in both" if n == 2 else f"in all {n}"


def _learned(one: Outcome) -> str:
    return percent(max(0.0, one.share))


def enough(outcomes: Sequence[Outcome], setting: Setting) -> str:
    """Say of a setting that is a number of things which of them are about enough; nothing of others."""
    if setting.counts is None or len(outcomes) < 2 or any(one.stopped for one in outcomes):
        return ""
    rising = sorted(outcomes, key=lambda one: int(setting.value_of(one.config)))
    most = max(one.share for one in rising)
    first = next(i for i, one in enumerate(rising) if one.share >= most - NEARLY)
    of_first, are = rising[first], _are(rising[first], setting)
    if first == 0:
        return f"Even {of_first.called} {are} about enough here."
    best, fewer = percent(max(0.0, most)), rising[:first]
    values = [setting.value_of(one.config) for one in fewer[:-1]]
    names = f"{', '.join(values)} and {fewer[-1].called}" if values else fewer[-1].called
    most_of_fewer = percent(max(0.0, *[one.share for one in fewer]))
    those = "are" if values else _are(fewer[-1], setting)
    said = f"{names} {those} not enough here: {'at most ' if values else ''}{most_of_fewer} instead of {best}."
    if first == len(rising) - 1:
        return f"{said} More than {of_first.called} may be better still."
    return f"{said} {of_first.called} {are} about enough: {_learned(of_first)}."


def _are(one: Outcome, setting: Setting) -> str:
    return "is" if setting.value_of(one.config) == "1" else "are"


def how_many_updates(outcomes: Sequence[Outcome], setting: Setting) -> str:
    """Say how many updates were made where that is what differs."""
    if setting.name != "batching" or len(outcomes) < 2:
        return ""
    return f"Updates made: {', '.join(f'{one.length:,} with {one.called}' for one in outcomes)}."


def units(outcomes: Sequence[Outcome]) -> str:
    """Say it where the losses are of different kinds."""
    if len({one.config.objective for one in outcomes}) == 1:
        return ""
    return " Each objective counts its loss in its own way: look how near each comes to its own line."


def last_to_change(outcomes: Sequence[Outcome]) -> str:
    """Say of each training which word was the last whose nearest word changed, and when."""
    said = []
    for one in outcomes:
        word = int(np.argmax(one.rest_by))
        said.append(f"{quoted(one.vectors.words[word])} with {one.called} ({_when(one, word)})")
    return f"The last word to change its nearest word: {', '.join(said)}."


def _when(one: Outcome, word: int) -> str:
    if not one.rest[word]:
        return "never"
    within = f"in {COUNTED[one.unit][0]} {one.rest[word]:,}"
    return f"{within}, by update {one.rest_by[word]:,}" if one.unit == "update" else within
