"""The worksheet of an update: the whole calculation on paper, with numbers that a pocket calculator can do.

What is computed and rounded, `w2v/explain/by_hand.py` does. Its two pages say what is asked, in which order, and have
the answers.
"""

from pages.drawing.objective_words import words_of
from pages.parts.save.worksheets.sheet import DENSE, Sheet
from pages.parts.save.worksheets.update_first_page import first_page
from pages.parts.save.worksheets.update_second_page import second_page
from pages.parts.save.worksheets.worked import Worked
from pages.parts.shared.strip import model_in_words, text_name
from w2v import Run, Step
from w2v.explain.by_hand import by_hand, too_much_by_hand
from w2v.explain.in_the_text import in_the_text

AROUND = 4  # words of the sentence beside the window
FEW_INPUTS = 4
TITLE = "Worksheet: one update of word2vec"


def update_sheet(run: Run, step: Step, solved: bool) -> bytes:
    """Return the worksheet of an update as HTML for print; of several examples, of the first one.

    Raises ValueError in one sentence where there is none.
    """
    if problem := problem_of_update(run, step):
        raise ValueError(problem)
    hand = by_hand(step, 0, run.plan.objective, run.config.reduction, run.config.one_vector)
    made = Worked(run, step, step.traces[0], hand, in_the_text(run.plan, step.index, around=AROUND), Sheet(solved))
    about = f"{text_name(run.config)}: {model_in_words(run.config)}. Update {step.index:,} of {run.plan.n_steps:,}."
    dense = sum(map(len, made.place.words)) > DENSE or len(hand.inputs) > FEW_INPUTS
    return made.sheet.page(TITLE, about, [*first_page(made), *second_page(made)], dense)


def problem_of_update(run: Run, step: Step) -> str | None:
    """Return a sentence about why there is no worksheet of an update, or None where there is one."""
    if not words_of(run.plan.objective).alone:
        return f"There is no worksheet for {run.plan.objective.title}."
    return too_much_by_hand(step.traces[0])
