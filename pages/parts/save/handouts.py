"""What a teacher hands out, as buttons: worksheets to print, blank and solved, and one update in NumPy."""

from functools import partial

import streamlit as st

from pages.parts.save import notebook
from pages.parts.save.offering import file_name, offer
from pages.parts.save.worksheets.counts_sheet import counts_sheet, problem_of_counts
from pages.parts.save.worksheets.update_sheet import problem_of_update, update_sheet
from pages.session import memory
from w2v import Config, Corpus, Run, Step

OF_WHOLE_TEXT = (
    "This text is trained as a whole: each pass learns from all its pairs at once, which no sheet of paper holds. With "
    "a shorter text there is a worksheet and a notebook of each update."
)

TO_PRINT = "A worksheet is saved as a file: open it in a browser, and print it from there."


def offer_update(run: Run, t: int) -> None:
    """The worksheet of an update, and the update as a notebook and a script; nothing of a run that has none.

    t : 0 .. n_steps, after the last update the last one
    """
    if run.n_steps == 0:
        return
    t = min(t, run.n_steps - 1)
    step, name = kept_step(run, t), f"{file_name(run.config)}-update-{t}"
    problem = problem_of_update(run, step)
    with st.container(horizontal=True, gap="small"):
        label = f"Worksheet of update {t:,}"
        offer(label, partial(update_sheet, run, step, False), f"{name}-worksheet.html", problem)
        offer(f"{label}, solved", partial(update_sheet, run, step, True), f"{name}-solved.html", problem)
    problem = notebook.too_much(run, t)
    with st.container(horizontal=True, gap="small"):
        offer(f"Update {t:,} as a notebook", partial(notebook.notebook, run, t), f"{name}.ipynb", problem)
        offer(f"Update {t:,} in Python", partial(notebook.script, run, t), f"{name}.py", problem)


def refuse_update(config: Config) -> None:
    """The same of a text that is trained as a whole: there is none, and it says why."""

    def none() -> bytes:
        raise ValueError(OF_WHOLE_TEXT)

    name = f"{file_name(config)}-pass"
    with st.container(horizontal=True, gap="small"):
        offer("Worksheet of an update", none, f"{name}-worksheet.html", OF_WHOLE_TEXT)
        offer("An update as a notebook", none, f"{name}.ipynb", OF_WHOLE_TEXT)


def offer_counts(config: Config, corpus: Corpus, word: int) -> None:
    """The worksheet of the first sentences of a text. word : id of the one to look at first, if it stands there."""
    name, problem = file_name(config), problem_of_counts(config, corpus)
    with st.container(horizontal=True, gap="small"):
        label = "Worksheet of the first sentences"
        offer(label, partial(counts_sheet, config, corpus, word, False), f"{name}-counts-worksheet.html", problem)
        offer(
            f"{label}, solved", partial(counts_sheet, config, corpus, word, True), f"{name}-counts-solved.html", problem
        )


def kept_step(run: Run, t: int) -> Step:
    """Return the record of update t, which the pages keep a while."""
    step: Step = memory.keep("steps", 2, (run.config, t), lambda _: run.step(t))
    return step
