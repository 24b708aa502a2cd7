"""A question whose options and answer its author wrote."""

from dataclasses import dataclass
from typing import ClassVar

from w2v.explain.questions.asked import Asked, OneOf, SomeOf
from w2v.explain.questions.question import Question, check
from w2v.explain.questions.scene import WHEN, Scene, When, is_when

MOST_OPTIONS = 6
LONGEST = 300  # characters of a sentence
LONGEST_OPTION = 80


@dataclass(frozen=True, slots=True)
class Choice(Question):
    """A question with options of its author's own.

    question : the question;  options : two to six, all different
    right    : those of them that are right; one can be chosen where one is right, several where several are
    why      : what is said when it is answered;  then : the moment to look at then
    """

    name: ClassVar[str] = "choice"
    question: str
    options: tuple[str, ...]
    right: tuple[str, ...]
    why: str = ""
    then: When = "now"

    def __post_init__(self) -> None:
        options, right = _texts(self.options), _texts(self.right)
        check(_is_sentence(self.question) and self.question.strip() != "", "question", f"a sentence, {_most(LONGEST)}")
        check(_is_sentence(self.why), "why", f"a sentence, {_most(LONGEST)}")
        told_apart = 2 <= len(options) <= MOST_OPTIONS and len({*options}) == len(options)
        check(told_apart, "options", f"a list of 2 to {MOST_OPTIONS} different texts, each {_most(LONGEST_OPTION)}")
        check(bool(right) and {*right} < {*options}, "right", "one of the options, or several but not all")
        check(is_when(self.then), "then", WHEN)
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "right", right)

    def ask(self, scene: Scene) -> Asked | None:
        """Always makes sense, as far as its author knows."""
        options = tuple(map(scene.fill, self.options))
        numbers = frozenset(self.options.index(one) for one in self.right)
        answers = OneOf(options, min(numbers)) if len(numbers) == 1 else SomeOf(options, numbers)
        return Asked(scene.fill(self.question), answers, scene.fill(self.why), scene.when(self.then))


def _is_sentence(said: object) -> bool:
    return isinstance(said, str) and len(said) <= LONGEST


def _texts(said: object) -> tuple[str, ...]:
    """Return a list of short texts, or a single one, as a tuple; an empty one for anything else."""
    listed = (said,) if isinstance(said, str) else tuple(said) if isinstance(said, list | tuple) else ()
    return listed if all(isinstance(one, str) and 0 < len(one) <= LONGEST_OPTION for one in listed) else ()


def _most(letters: int) -> str:
    return f"at most {letters} characters"
