"""A question that was asked of a run: what can be answered, what is right, and the numbers that say so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

UPDATE, GUESSES, ALIKE, TRUST = GIVES_AWAY = ("update", "guesses", "alike", "trust")
"""What can give an answer away: what the update does, what is expected near the word, which words are most like it, how
far a picture can be trusted; all of it at the moment of the question."""


class Answers(Protocol):
    """What can be answered to a question, and what is right. Given answers are what a widget of the page holds."""

    def is_right(self, given: object) -> bool:
        """Say whether an answer is right."""
        ...

    def said(self, given: object) -> str:
        """Return an answer in words."""
        ...

    def right_said(self) -> str:
        """Return the right answer in words."""
        ...

    def comment(self, given: object) -> str:
        """Return how near an answer came, as a sentence; "" where there is only right and wrong."""
        ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several options is right; the answer is its number.

    options : in words, all different;  right : the number of the right one
    """

    options: tuple[str, ...]
    right: int

    def is_right(self, given: object) -> bool:
        """See `Answers`."""
        return given == self.right

    def said(self, given: object) -> str:
        """See `Answers`."""
        return self.options[given] if isinstance(given, int) and 0 <= given < len(self.options) else ""

    def right_said(self) -> str:
        """See `Answers`."""
        return self.options[self.right]

    def comment(self, _: object) -> str:
        """See `Answers`."""
        return ""


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Some of several options are right; the answer is the set of their numbers.

    options : in words, all different;  right : the numbers of the right ones
    """

    options: tuple[str, ...]
    right: frozenset[int]

    def is_right(self, given: object) -> bool:
        """See `Answers`."""
        return _numbers(given) == self.right

    def said(self, given: object) -> str:
        """See `Answers`."""
        return ", ".join([option for i, option in enumerate(self.options) if i in _numbers(given)]) or "none"

    def right_said(self) -> str:
        """See `Answers`."""
        return self.said(self.right)

    def comment(self, given: object) -> str:
        """See `Answers`."""
        as_it_is = sum((i in _numbers(given)) == (i in self.right) for i in range(len(self.options)))
        return f"You were right about {as_it_is} of {len(self.options)}."


@dataclass(frozen=True, slots=True)
class OnScale:
    """A place on a scale from 0 to 100 %; the answer is a percentage.

    right : the true one, 0 to 100;  tolerance : how many points an answer may be off
    """

    right: float
    tolerance: float

    def is_right(self, given: object) -> bool:
        """See `Answers`."""
        return isinstance(given, int | float) and abs(given - self.right) <= self.tolerance

    def said(self, given: object) -> str:
        """See `Answers`."""
        return f"{given} %"

    def right_said(self) -> str:
        """See `Answers`."""
        return f"{self.right:.1f} %"

    def comment(self, given: object) -> str:
        """See `Answers`."""
        off = given - self.right if isinstance(given, int | float) else 0.0
        if abs(off) < 1:
            return "You were less than a point off."
        return f"You were {abs(off):.0f} points too {'high' if off > 0 else 'low'}."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one moment of a run.

    title   : the question, in one or two sentences
    answers : what can be answered, and what is right
    numbers : what the run says: one or two sentences with the numbers
    then    : the moment to look at when it is answered
    about   : which part of the page shows it: "guesses", "moves", "loss", "map"; "" for none
    covers  : what gives the answer away already now, of GIVES_AWAY; what is to be looked up in the text does not
    """

    title: str
    answers: Answers
    numbers: str
    then: int
    about: str = ""
    covers: tuple[str, ...] = ()

    def feedback(self, given: object) -> str:
        """Return what is said to an answer: whether it is right, how near it came, and the numbers."""
        verdict = "Right." if self.answers.is_right(given) else "Not quite."
        return " ".join(filter(None, [verdict, self.answers.comment(given), self.numbers]))


@dataclass(frozen=True, slots=True)
class Voice:
    """How words of a text and numbers are written.

    word : a word in a sentence;  percent : a share;  number : any other;  in_numbers : whether losses are named
    """

    word: Callable[[str], str] = str
    percent: Callable[[float], str] = "{:.1%}".format
    number: Callable[[float], str] = "{:.3g}".format
    in_numbers: bool = False


def listed(parts: Sequence[str]) -> str:
    """Write a few things as a list: a, b and c."""
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last


def _numbers(given: object) -> frozenset[int]:
    return frozenset(given) if isinstance(given, frozenset | set | tuple | list) else frozenset()
