"""A moment that is to become a step of the visitor's lesson: asked for on its page, which knows nothing of lessons."""

from typing import Any

from pages.session import memory, now

PAGES = frozenset({"text", "training", "map", "update", "words", "variants"})  # that a step can be on


def ask_for_step() -> None:
    """Have what is looked at added to the lesson. To be called by a button."""
    memory.remember(step_asked=True)


def is_step_asked() -> bool:
    """Say whether a step was asked for; asked once."""
    asked = bool(memory.recall("step_asked"))
    memory.remember(step_asked=False)
    return asked


def say_of_step(sentence: str) -> None:
    """Have this said of the step, as long as the same is looked at."""
    memory.remember(step_said=(_looked_at(), sentence))


def said_of_step() -> str:
    """Return what is to be said of the step that was asked for here; "" where none was."""
    of, sentence = memory.recall("step_said") or (None, "")
    return sentence if of == _looked_at() else ""


def _looked_at() -> Any:
    return now.page(), now.config(), memory.recall("t"), now.word(), memory.recall("part")
