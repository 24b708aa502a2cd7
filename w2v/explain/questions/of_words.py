"""Questions about one word: which word becomes most like it, what is expected near it, and in which order."""

from dataclasses import dataclass
from itertools import permutations
from typing import ClassVar

import numpy as np

from w2v.arrays import Floats
from w2v.explain.questions.asked import ALIKE, GUESSES, Asked, OneOf, OnScale, listed
from w2v.explain.questions.question import Question, check, is_number
from w2v.explain.questions.scene import WHEN, Scene, When, is_when

ALIKE_GAP = 0.1  # of cosines, which one sees
EXPECTED_GAP = 0.04  # of probabilities, likewise
MOST_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Nearest(Question):
    """Which of four words is most like the word at some moment.

    at : that moment
    """

    name: ClassVar[str] = "nearest"
    at: When = "end"

    def __post_init__(self) -> None:
        check(is_when(self.at), "at", WHEN)

    def ask(self, scene: Scene) -> Asked | None:
        """None where fewer than three words can be told apart, or none points the same way."""
        at = scene.when(self.at)
        cosines = scene.cosines(at).copy()
        cosines[scene.word] = -np.inf
        right = int(np.argmax(cosines))
        if scene.n_words < 3 or cosines[right] < ALIKE_GAP:
            return None
        now = scene.cosines(scene.t)
        tempting = [
            *_likeliest(scene.in_text)[:2],
            *_likeliest(now)[:2],
            *scene.shuffled(list(range(scene.n_words)), ""),
        ]
        others = [w for w in dict.fromkeys(tempting) if w != scene.word and cosines[w] <= cosines[right] - ALIKE_GAP][
            : MOST_OPTIONS - 1
        ]
        if len(others) < 2:
            return None
        shown = scene.shuffled([right, *others], self.name)
        by_cosine = sorted(shown, key=lambda w: -cosines[w])
        of = listed([f"{scene.name(w)} {scene.voice.number(float(cosines[w]))}" for w in by_cosine])
        verb = "is" if at == scene.t else "will be"
        return Asked(
            f"Which of these words {verb} most like {scene.named} {scene.in_words(at)}?",
            OneOf(tuple(map(scene.name, shown)), shown.index(right)),
            f"Cosine with {scene.named}: {of}.",
            at,
            "map",
            (ALIKE,) if at == scene.t else (),
        )


@dataclass(frozen=True, slots=True)
class Probability(Question):
    """How likely the model finds a word near the word at some moment, on a scale from 0 to 100 %.

    context : that word, None for the one that stands there most often;  at : the moment
    tolerance : how many points an answer may be off and still be right
    """

    name: ClassVar[str] = "probability"
    context: str | None = None
    at: When = "end"
    tolerance: float = 10

    def __post_init__(self) -> None:
        check(self.context is None or isinstance(self.context, str), "context", "a word")
        check(is_when(self.at), "at", WHEN)
        check(is_number(self.tolerance) and 1 <= self.tolerance <= 30, "tolerance", "a number of points from 1 to 30")

    def ask(self, scene: Scene) -> Asked | None:
        """None where the model gives no probabilities, or the text has no such neighbor."""
        context = self._context(scene)
        if context is None or not scene.objective.sums_to_one:
            return None
        at = scene.when(self.at)
        p, ratio = float(scene.said(at)[context]), float(scene.in_text[context])
        percent, other = scene.voice.percent, scene.name(context)
        verb = "does" if at == scene.t else "will"
        return Asked(
            f"How likely {verb} it find {other} near {scene.named} {scene.in_words(at)}?",
            OnScale(100 * p, self.tolerance),
            f"{other[0].upper()}{other[1:]}: {percent(p)}; the text says {percent(ratio)}.",
            at,
            "guesses",
            (GUESSES,) if at == scene.t else (),
        )

    def _context(self, scene: Scene) -> int | None:
        if self.context is not None and self.context in scene.moments.corpus.vocabulary.ids:
            return scene.moments.corpus.vocabulary.ids[self.context]
        return int(np.argmax(scene.in_text)) if scene.in_text.any() else None


@dataclass(frozen=True, slots=True)
class Order(Question):
    """In which order three words stand: by how likely they are near the word, or by how much they are like it.

    by : "expected" or "alike";  at : at which moment
    """

    name: ClassVar[str] = "order"
    by: str = "expected"
    at: When = "end"

    def __post_init__(self) -> None:
        check(self.by in _MEASURES, "by", " or ".join(f'"{name}"' for name in _MEASURES))
        check(is_when(self.at), "at", WHEN)

    def ask(self, scene: Scene) -> Asked | None:
        """None where no three words are so far apart that one sees it."""
        at, measure = scene.when(self.at), _MEASURES[self.by]
        values = measure.values(scene, at)
        if values is None:
            return None
        values = values.copy()
        values[scene.word] = -np.inf
        picked: list[int] = []
        for w in _likeliest(values):
            if np.isfinite(values[w]) and (not picked or values[w] <= values[picked[-1]] - measure.gap):
                picked.append(w)
        if len(picked) < 3:
            return None
        right = (picked[0], picked[len(picked) // 2], picked[-1])
        wrong = [order for order in permutations(right) if order != right]
        kept = scene.shuffled(list(range(len(wrong))), f"{self.name} wrong")[: MOST_OPTIONS - 1]
        orders = [right, *(wrong[i] for i in kept)]
        shown = [orders[i] for i in scene.shuffled(list(range(len(orders))), self.name)]
        of = listed([f"{scene.name(w)} {measure.written(scene, float(values[w]))}" for w in right])
        return Asked(
            measure.title.format(word=scene.named, when=scene.in_words(at)),
            OneOf(tuple([", ".join(map(scene.name, order)) for order in shown]), shown.index(right)),
            f"{of[0].upper()}{of[1:]}.",
            at,
            measure.about,
            (measure.covers,) if at == scene.t else (),
        )


def _likeliest(values: Floats) -> list[int]:
    """Return the ids of all words, the largest value first; ties in order of id."""
    return [int(w) for w in np.argsort(-values, kind="stable")]


@dataclass(frozen=True, slots=True)
class _Expected:
    """How likely words are near the word."""

    title: str = "Which order is right {when}: most often expected near {word} first?"
    about: str = "guesses"
    covers: str = GUESSES
    gap: float = EXPECTED_GAP

    def values(self, scene: Scene, t: int) -> Floats | None:
        return scene.said(t) if scene.objective.sums_to_one else None

    def written(self, scene: Scene, value: float) -> str:
        return scene.voice.percent(value)


@dataclass(frozen=True, slots=True)
class _Alike:
    """How much words are like the word."""

    title: str = "Which order is right {when}: most like {word} first?"
    about: str = "map"
    covers: str = ALIKE
    gap: float = ALIKE_GAP

    def values(self, scene: Scene, t: int) -> Floats | None:
        return scene.cosines(t)

    def written(self, scene: Scene, value: float) -> str:
        return scene.voice.number(value)


_MEASURES: dict[str, _Expected | _Alike] = {"expected": _Expected(), "alike": _Alike()}
