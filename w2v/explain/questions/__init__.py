"""Questions whose answers are computed from a run, on any text: each kind is one value in the table `KINDS`.

A kind is asked of a moment of a training (`Scene`) and gives the question with its options and its answer (`Asked`), or
None where it makes no sense: of a text with one word, say. Another kind is a class with a name and a line in the table.
"""

from collections.abc import Mapping, Sequence

from w2v.explain.questions.asked import Asked
from w2v.explain.questions.choice import Choice
from w2v.explain.questions.of_bars import Draw
from w2v.explain.questions.of_runs import Honest, Learned
from w2v.explain.questions.of_texts import Beside, Together
from w2v.explain.questions.of_updates import Falls, Loss, Moves, PairLoss
from w2v.explain.questions.of_words import Nearest, Order, Probability
from w2v.explain.questions.question import Question
from w2v.explain.questions.scene import Scene

KINDS: Mapping[str, type[Question]] = {
    kind.name: kind
    for kind in (
        Falls,
        Moves,
        Loss,
        PairLoss,
        Nearest,
        Probability,
        Draw,
        Order,
        Learned,
        Honest,
        Beside,
        Together,
        Choice,
    )
}
"""Every kind of question by its name in a lesson."""


def first_that_fits(questions: Sequence[Question], scene: Scene) -> Asked | None:
    """Ask the first of these questions that makes sense here; None where none does."""
    return next((asked for one in questions if (asked := one.ask(scene)) is not None), None)
