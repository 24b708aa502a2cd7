"""The question that is answered by drawing: how likely each word is near the word, in bars that are dragged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from w2v.arrays import Floats
from w2v.explain.questions.asked import GUESSES, Asked
from w2v.explain.questions.question import Question, check
from w2v.explain.questions.scene import WHEN, Scene, When, is_when
from w2v.explain.you_are_the_model import MOST_WORDS, Bars, Judged, bars_of, judge, mean_loss

GAP = 0.1  # nats that the bars can be better than guessing by frequency
TOLD = 3  # of the bars, the highest, in words


@dataclass(frozen=True, slots=True, eq=False)
class OnBars:
    """Shares of bars; the answer is a tuple of them, and right is one that is better than guessing by frequency.

    bars  : for which words;  names : of the bars, as labels have them;  told : (n_words,) what the text says
    judge : judges a distribution over the vocabulary;  percent : writes a share
    """

    bars: Bars
    names: tuple[str, ...]
    told: Floats
    judge: Callable[[Floats], Judged]
    percent: Callable[[float], str]

    def is_right(self, given: object) -> bool:
        """See `Answers`."""
        judged = self._judged(given)
        return judged is not None and judged.is_right

    def said(self, given: object) -> str:
        """See `Answers`: the highest bars."""
        judged = self._judged(given)
        return "" if judged is None else self._highest(judged.q)

    def right_said(self) -> str:
        """See `Answers`: what the text says."""
        return self._highest(self.told)

    def comment(self, given: object) -> str:
        """See `Answers`."""
        judged = self._judged(given)
        if judged is None:
            return ""
        mine, by_frequency = (self._learned(judged, loss) for loss in (judged.mine, judged.by_frequency))
        return f"You: {mine} learned; knowing only how often words occur: {by_frequency}."

    def _learned(self, judged: Judged, loss: float) -> str:
        share = judged.learned(loss)
        return self.percent(share) if share >= 0 else "nothing"

    def _judged(self, given: object) -> Judged | None:
        try:
            return self.judge(self.bars.guess(given)) if isinstance(given, tuple) else None
        except ValueError:
            return None

    def _highest(self, distribution: Floats) -> str:
        heights = self.bars.of(distribution)
        order = np.argsort(-heights, kind="stable")[:TOLD].tolist()
        return ", ".join([f"{self.names[i]} {self.percent(float(heights[i]))}" for i in order])


@dataclass(frozen=True, slots=True)
class Draw(Question):
    """How likely each word is near the word: the learner is the model, and both are judged by what the text says.

    words : so many have a bar of their own;  at : the moment at which the model is looked at
    """

    name: ClassVar[str] = "draw"
    words: int = 5
    at: When = "end"

    def __post_init__(self) -> None:
        check(
            type(self.words) is int and 2 <= self.words <= MOST_WORDS, "words", f"a whole number from 2 to {MOST_WORDS}"
        )
        check(is_when(self.at), "at", WHEN)

    def ask(self, scene: Scene) -> Asked | None:
        """None where the model gives no probabilities, and where no bars are better than guessing by frequency."""
        at, counts = scene.when(self.at), scene.company.learned
        if not scene.objective.sums_to_one or not counts.row_totals[scene.word]:
            return None
        words = scene.moments.corpus.vocabulary.words
        bars, P = bars_of(counts, scene.word, words, self.words), scene.said(at)

        def judged(q: Floats) -> Judged:
            found = judge(counts, scene.word, q, P)
            assert found is not None
            return found

        best = judged(bars.guess(bars.of(counts.ratio(scene.word)).tolist()))
        if best.mine > best.by_frequency - GAP:
            return None
        answers = OnBars(bars, tuple(bars.names(scene.name)), best.ratio, judged, scene.voice.percent)
        model = max(0.0, best.learned(mean_loss(best.seen, P)))
        return Asked(
            f"You are the model: how likely is each word near {scene.named}?",
            answers,
            f"The model {scene.in_words(at)}: {answers.percent(model)}. The text says: {answers.right_said()}.",
            at,
            "guesses",
            (GUESSES,),
        )
