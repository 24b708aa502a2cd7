"""Over time: which words were nearest to the selected one, from the first moment of the training to its last."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pages.parts.shared.story import moment_in_words
from pages.parts.words import last_changes, picture
from pages.parts.words.subject import Subject
from pages.session import memory
from pages.session.gate import GATE
from w2v import Moments, Run
from w2v.explain.over_time import NEAREST, NearestOverTime, nearest_over_time
from w2v.whole.passes import Passes

MOMENTS = 41  # the start, and the ends of 40 epochs or passes
FEW = 10  # epochs
TICKS = 8
HEIGHT = 310  # px
NO_PAST = "Vectors from a file have no past: only a training shows which words were nearest before."
HINT = "Click a moment to go there. The dotted line is the present one."
WORDS = "A click on a word asks about it."


def show(subject: Subject) -> None:
    """The places of the nearest words as lines from left to right."""
    if subject.trained is None:
        picture.instead(NO_PAST)
        return
    moments, word = subject.trained.moments, subject.word
    at = moments_to_draw(moments)

    def make(_: Any) -> NearestOverTime:
        return GATE.finish(nearest_over_time(moments, word, at))

    found = memory.keep("over_time", 8, (moments.name, word), make)
    last = found.ranks[-1]
    lines = [
        subject.named(other)
        | {
            "values": found.ranks[:, i].tolist(),
            "color": i if last[i] <= NEAREST else "muted",
            "thin": bool(last[i] > NEAREST),
        }
        for i, other in enumerate(found.words.tolist())
    ]
    panel = {"title": "Place among the words most like it", "height": HEIGHT, "places": NEAREST, "lines": lines}
    said = in_short(subject, found)
    picture.show(subject.record("time", said, panels=[panel], strip=None, **time_axis(moments, at, WORDS)))
    if len(found.words):
        last_changes.show(subject, moments, int(found.words[0]))


def moments_to_draw(moments: Moments) -> list[int]:
    """Return the moments of a picture over time: ends of epochs, since P goes up and down within each.

    Of few epochs, other moments between them too; of passes, passes.
    """
    if not isinstance(moments, Run):
        return moments.keyframes(MOMENTS)
    ends = [*(int(t) for t in moments.plan.epoch_start if t < moments.n_steps), moments.n_steps]
    if len(ends) <= FEW:
        return moments.keyframes(MOMENTS)
    return [ends[i] for i in np.unique(np.linspace(0, len(ends) - 1, min(MOMENTS, len(ends))).round().astype(int))]


def time_axis(moments: Moments, at: Sequence[int], more: str = "") -> dict[str, Any]:
    """Return what a picture over time needs of its moments: what they are called, and what stands below them.

    more : what else one can do there
    """
    if isinstance(moments, Run):
        starts = [int(t) for t in moments.plan.epoch_start if t <= moments.n_steps]
        unit, marks = "epoch", [(t, epoch) for epoch, t in enumerate(starts)]
    else:
        assert isinstance(moments, Passes)
        unit, marks = "pass", list(enumerate(moments.at))
    step = max(1, -(-len(marks) // TICKS))
    ticks = [{"t": t, "name": f"{number:,}"} for t, number in marks[::step]]
    ticks[0]["name"] = f"{unit} {ticks[0]['name']}"
    return {
        "at": list(at),
        "names": [moment_in_words(moments, t) for t in at],
        "ticks": ticks,
        "hint": f"{HINT} {more}".rstrip(),
    }


def in_short(subject: Subject, found: NearestOverTime) -> str:
    """Say which word is nearest at the end, and how many came and went at the moments that are drawn."""
    if not len(found.words):
        return f"{subject.quoted(found.word)} is the only word."
    said = f"{subject.quoted(int(found.words[0]))} ends nearest to {subject.quoted(found.word)}."
    gone = found.ever - int((found.ranks[-1] <= NEAREST).sum())
    if not gone:
        return said
    others = "other word was" if gone == 1 else "other words were"
    return f"{said} {gone} {others} among the {NEAREST} nearest before, at the {len(found.at)} moments drawn here."
