"""What a question is asked of: a training, one moment of it, one word; and when something is, in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from w2v.arrays import Floats
from w2v.explain.company import Company
from w2v.explain.questions.asked import Voice
from w2v.goal import share_of_the_way
from w2v.learning import prediction
from w2v.moments import Moments
from w2v.neighbours import cosine_similarity, nearest
from w2v.objectives import OBJECTIVES, Objective
from w2v.run import Run

When = str | int
_PERCENT = re.compile(r"(\d{1,3}) %")
WHEN = '"start", "end", "now", "next", a number, or a share such as "20 %"'


def is_when(said: object) -> bool:
    """Say whether this names a moment as `moment_at` reads it."""
    if isinstance(said, str):
        share = _PERCENT.fullmatch(said)
        return said in ("start", "end", "now", "next") or (share is not None and int(share[1]) <= 100)
    return isinstance(said, int) and not isinstance(said, bool) and said >= 0


def moment_at(said: When, here: int, last: int, best: int | None = None) -> int:
    """Return the moment that is meant, 0 to `last`.

    said : see WHEN;  here : what "now" is;  best : what "end" is, the last if None
    """
    if isinstance(said, int):
        return min(said, last)
    if share := _PERCENT.fullmatch(said):
        return round(last * int(share[1]) / 100)
    return {"start": 0, "now": here, "next": min(here + 1, last), "end": last if best is None else best}[said]


@dataclass(frozen=True, eq=False)
class Scene:
    """Where a question is asked.

    moments : what was trained;  t : the moment;  word : the id of the word it is about
    company : which words stand beside which in the text
    voice   : how words and numbers are written;  fill : puts what the run says into a sentence that has gaps
    """

    moments: Moments
    t: int
    word: int
    company: Company
    voice: Voice = field(default_factory=Voice)
    fill: Callable[[str], str] = str

    @property
    def run(self) -> Run | None:
        """What was trained, where single updates can be looked at; else None."""
        return self.moments if isinstance(self.moments, Run) else None

    @cached_property
    def objective(self) -> Objective:
        """How its predictions are scored."""
        config = self.moments.config
        return OBJECTIVES[config.objective].of_text(self.moments.corpus.vocabulary.counts, config)

    @property
    def n_words(self) -> int:
        """Size of the vocabulary."""
        return len(self.moments.corpus.vocabulary)

    def name(self, word: int) -> str:
        """Return a word in a sentence."""
        return self.voice.word(self.moments.corpus.vocabulary.words[word])

    @property
    def named(self) -> str:
        """The word it is about, in a sentence."""
        return self.name(self.word)

    def when(self, said: When) -> int:
        """Return the moment that is meant."""
        return moment_at(said, self.t, self.moments.n_moments - 1, self.moments.best)

    def in_words(self, t: int) -> str:
        """Say when moment t is."""
        if t in (self.moments.best, self.moments.n_moments - 1):
            return "at the end"
        if t == self.t:
            return "now"
        share = round(100 * t / (self.moments.n_moments - 1))
        if not self.voice.in_numbers and share and self.when(f"{share} %") == t:
            return f"after {share} % of the training"
        return f"after {self.moments.unit} {t:,}"

    def said(self, t: int) -> Floats:
        """Return what the model says at moment t of every word near this one, (n_words,)."""
        return prediction(self.moments.parameters(t), (self.word,), self.objective)

    @cached_property
    def in_text(self) -> Floats:
        """(n_words,) what it heads for: what the text says."""
        return self.objective.target(self.company.learned, self.word)

    def cosines(self, t: int) -> Floats:
        """Return how alike every word is to this one at moment t, (n_words,)."""
        return cosine_similarity(self.moments.parameters(t).V, self.word)

    @cached_property
    def nearest(self) -> int:
        """The id of the other word that is most like it at the end; itself where there is no other."""
        near = nearest(self.moments.parameters(self.moments.best).V, self.word, 1)
        return near[0][0] if near else self.word

    def mean_loss(self, t: int) -> float:
        """Return the mean loss at moment t over all that is learned from, nats."""
        if self.run is not None:
            return self.run.plan.goal.mean_loss(self.run.parameters(t))
        at, losses = self.moments.loss_curve()
        return float(np.interp(t, [0, *at], [self.moments.guess, *losses]))  # passes begin by guessing

    def learned(self, t: int) -> float:
        """Return how much of what can be learned is learned at moment t, 0 to 1."""
        return max(0.0, share_of_the_way(self.mean_loss(t), self.moments.guess, self.moments.floor))

    def shuffled(self, words: list[int], kind: str) -> list[int]:
        """Return these in an order that says nothing, always the same for the same question."""
        drawn = np.random.default_rng([self.moments.config.seed, self.t, self.word, *kind.encode()])
        return [words[i] for i in drawn.permutation(len(words))]
