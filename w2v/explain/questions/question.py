"""What a kind of question is: a value with its settings, which can be asked of a moment of any run."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from w2v.explain.questions.asked import Asked
from w2v.explain.questions.scene import Scene


@dataclass(frozen=True, slots=True)
class Question(ABC):
    """A kind of question; its fields are what can be said about it in a lesson. ValueError for what cannot be.

    name : in lessons, and in the table of kinds
    """

    name: ClassVar[str]

    @abstractmethod
    def ask(self, scene: Scene) -> Asked | None:
        """Ask it of a moment of a run; None where it makes no sense there."""


def check(is_fine: bool, name: str, wanted: str) -> None:
    """Raise ValueError in one sentence, unless a field is as it should be."""
    if not is_fine:
        raise ValueError(f"{name} must be {wanted}.")


def is_number(said: object) -> bool:
    """Say whether a field holds a number."""
    return isinstance(said, int | float) and not isinstance(said, bool)
