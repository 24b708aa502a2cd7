"""Questions about a whole training: how much it will have learned, and how far a flat picture of it can be trusted."""

from dataclasses import dataclass
from typing import ClassVar

from w2v.counted import counted
from w2v.explain.questions.asked import TRUST, Asked, OnScale
from w2v.explain.questions.question import Question, check, is_number
from w2v.explain.questions.scene import WHEN, Scene, When, is_when
from w2v.pictures.axes import pca_basis
from w2v.pictures.honesty import honesty

MOST_WORDS = 2_000  # of which each dot is compared with each


@dataclass(frozen=True, slots=True)
class Learned(Question):
    """How much of what the text allows will be learned at some moment, on a scale from 0 to 100 %.

    at : that moment;  tolerance : how many points an answer may be off
    """

    name: ClassVar[str] = "learned"
    at: When = "end"
    tolerance: float = 10

    def __post_init__(self) -> None:
        check(is_when(self.at), "at", WHEN)
        check(is_number(self.tolerance) and 1 <= self.tolerance <= 30, "tolerance", "a number of points from 1 to 30")

    def ask(self, scene: Scene) -> Asked | None:
        """None where guessing is as good as anything can be, or what is asked stands on the page already."""
        at, number = scene.when(self.at), scene.voice.number
        if at == scene.t or scene.moments.guess - scene.moments.floor < 1e-3:
            return None
        share = min(1.0, scene.learned(at))
        said = f"Learned: {scene.voice.percent(share)}."
        if scene.voice.in_numbers:
            said += f" The mean loss is {number(scene.mean_loss(at))} nats, the floor {number(scene.moments.floor)}."
        return Asked(
            f"How much of what this text allows will it have learned {scene.in_words(at)}?",
            OnScale(100 * share, self.tolerance),
            said,
            at,
            "loss",
        )


@dataclass(frozen=True, slots=True)
class Honest(Question):
    """For how many words the closest dot on a flat map (PCA of this moment) is the true nearest word, in %.

    tolerance : how many points an answer may be off
    """

    name: ClassVar[str] = "honest"
    tolerance: float = 15

    def __post_init__(self) -> None:
        check(is_number(self.tolerance) and 1 <= self.tolerance <= 30, "tolerance", "a number of points from 1 to 30")

    def ask(self, scene: Scene) -> Asked | None:
        """None of two words, where the map cannot lie, and of too many."""
        if not 3 <= scene.n_words <= MOST_WORDS:
            return None
        V = scene.moments.parameters(scene.t).V
        found = honesty(V, pca_basis(V, min(2, V.shape[1]))(V))
        right = int(found.agrees.sum())
        kept = scene.voice.percent(found.variance_kept)
        return Asked(
            "For how many of all words is the closest dot the true nearest word?",
            OnScale(100 * found.nearest_agree, self.tolerance),
            f"For {right:,} of {counted(scene.n_words, 'word')}. The picture keeps {kept} of how the vectors differ.",
            scene.t,
            "map",
            (TRUST,),
        )
