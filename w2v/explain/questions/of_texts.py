"""Questions about the text alone: what stands near a word, and how often it meets the word that became most like it."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from w2v.counted import counted
from w2v.explain.questions.asked import Asked, OneOf, SomeOf, listed
from w2v.explain.questions.question import Question
from w2v.explain.questions.scene import Scene

MOST_BESIDE, MOST_BARS = 2, 4


@dataclass(frozen=True, slots=True)
class Beside(Question):
    """Which of these words stand near the word in the text; several can be right."""

    name: ClassVar[str] = "beside"

    def ask(self, scene: Scene) -> Asked | None:
        """None where nothing stands near it, or everything does."""
        times = scene.company.row(scene.word)
        near = [int(w) for w in np.argsort(-times, kind="stable") if times[w] and w != scene.word][:MOST_BESIDE]
        far = [w for w in scene.shuffled(list(range(scene.n_words)), "far") if not times[w] and w != scene.word]
        far = far[: MOST_BARS - len(near)]
        if not near or not far:
            return None
        shown = scene.shuffled(near + far, self.name)
        of = listed([f"{scene.name(w)} {counted(int(times[w]), 'time')}" for w in near])
        return Asked(
            f"Which of these words stand near {scene.named} in the text?",
            SomeOf(tuple(map(scene.name, shown)), frozenset(i for i, w in enumerate(shown) if w in near)),
            f"Near {scene.named} stand {of}, the others never.",
            scene.t,
            "pairs",
        )


@dataclass(frozen=True, slots=True)
class Together(Question):
    """How often the word stands near the word that is most like it at the end."""

    name: ClassVar[str] = "together"

    def ask(self, scene: Scene) -> Asked | None:
        """None where there is no other word."""
        if scene.n_words < 2:
            return None
        nearest = scene.nearest
        right, occurs = scene.company.together(scene.word, nearest), int(scene.company.occurs[scene.word])
        others = [n for n in dict.fromkeys([0, occurs, 2 * occurs + 1, 1]) if n != right][:2]
        options = sorted([right, *others])
        shared = scene.company.shared(scene.word, nearest, 3)
        near = f"stand near each other {counted(right, 'time')}" if right else "never stand near each other"
        both = f" Both stand near {listed(list(map(scene.name, shared)))}." if shared else ""
        return Asked(
            f"How often does {scene.named} stand near {scene.name(nearest)} in the text?",
            OneOf(tuple([counted(n, "time") if n else "never" for n in options]), options.index(right)),
            f"They {near}.{both}",
            scene.t,
        )
