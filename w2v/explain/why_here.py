"""Why a word stands where it does: who is most like it, what stands near it, and what it shares with its nearest."""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats
from w2v.explain.company import Company
from w2v.neighbours import nearest
from w2v.parameters import Parameters

MOST = 5  # words in each list
MOST_SHARED = 6


@dataclass(frozen=True, slots=True)
class Alike:
    """A word that is like the word in question.

    cosine   : of its v with that of the word
    together : how often the two stand beside each other
    shared   : ids of the neighbors that both have, the most telling first
    """

    word: int
    cosine: float
    together: int
    shared: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """A word, what the model says of it near the word in question, and what the text says."""

    word: int
    said: float
    in_text: float


@dataclass(frozen=True, slots=True)
class WhyHere:
    """The answer for one word at one moment.

    word    : its id
    alike   : the words most like it, the likest first; none whose vector points across or against its own
    company : the words that the model expects near it, the likeliest first
    """

    word: int
    alike: tuple[Alike, ...]
    company: tuple[Expected, ...]

    @property
    def shared(self) -> tuple[int, ...]:
        """What it has in common with the word that is most like it."""
        return self.alike[0].shared if self.alike else ()

    @property
    def never_together(self) -> bool:
        """Whether it never stands beside the word that is most like it."""
        return bool(self.alike) and self.alike[0].together == 0


def why_here(
    parameters: Parameters,
    word: int,
    said: Floats,
    in_text: Floats,
    company: Company,
    *,
    by: Floats | None = None,
    most: int = MOST,
) -> WhyHere:
    """Return why a word stands where it does.

    said    : (n_words,) what the model says of each word near it
    in_text : (n_words,) what the text says of each, which `said` heads for
    by      : (n_words,) by what the likeliest are chosen, where that is not `said` itself
    most    : words in each list
    """
    beside = company.row(word)
    near = [(other, cosine) for other, cosine in nearest(parameters.V, word, most) if cosine > 0]
    likeliest = np.argsort(-(said if by is None else by), kind="stable")[:most]
    return WhyHere(
        word=word,
        alike=tuple(
            Alike(other, cosine, int(beside[other]), company.shared(word, other, MOST_SHARED)) for other, cosine in near
        ),
        company=tuple(Expected(int(o), float(said[o]), float(in_text[o])) for o in likeliest),
    )
