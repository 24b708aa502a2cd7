"""One update on its page: the ledger, and below it the equations and every vector before and after."""

import numpy as np
import streamlit as st

from pages.components.ledger import update_view
from pages.components.ledger.record import CARDS, target_place
from pages.drawing import formulas
from pages.drawing.objective_words import words_of
from pages.drawing.words import SHOWN_WORDS
from pages.parts.shared import frame, tables
from pages.session import guiding, memory, now
from pages.session.levels import LEVELS
from w2v import Run, Step, Trace
from w2v.explain.questions.asked import GUESSES, UPDATE

LAST_SHOWN = {UPDATE: 5, GUESSES: 3}  # of the cards, where those after it would give an answer away


def ledger(run: Run, t: int) -> tuple[Step, Trace]:
    """Show the ledger of update t of a run, and return its record and the example that is shown.

    Nothing here is computed, all of it is read from the record.
    """
    step = memory.keep("steps", 2, (run.config, t), lambda _: run.step(t))
    chooser = st.container()  # always there, so that the ledger keeps its place and is not made anew
    number = 0
    if len(step.traces) > 1:
        with chooser:
            number = _choose_example(run, step)
    with frame.placeholder("ledger"):
        last = min([LAST_SHOWN[name] for name in guiding.covered() if name in LAST_SHOWN], default=CARDS)
        level = update_view(run, step, number, level=now.level(), levels=LEVELS, key="ledger", last=last)
    if level != now.level():
        now.set_level(level)
        st.rerun()  # the whole page: the choice on top and the player say the same
    return step, step.traces[number]


def details(run: Run, step: Step, trace: Trace) -> None:
    """Show the equations, for those who chose algebra, and every vector before and after."""
    words = run.corpus.vocabulary.words
    if now.level() == "algebra":
        _equations(run, step, trace, words)
    _all_vectors(run, step, words)


def _choose_example(run: Run, step: Step) -> int:
    together = "averaged" if run.config.reduction == "mean" else "added"
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.text("Example", width="content")
        chosen = st.number_input(
            "Example of this update",
            1,
            len(step.traces),
            1,
            key=f"example_of_{step.index}",
            width=140,
            label_visibility="collapsed",
        )
        st.text(f"of {len(step.traces):,} in this update, their gradients {together}: 7 and 8 show what all did.")
    return int(chosen) - 1


def _equations(run: Run, step: Step, trace: Trace, words: tuple[str, ...]) -> None:
    """The same in equations with the numbers of the true word put in; of a tree, of the first turn to it."""
    row = target_place(trace)
    name = row_name(run, trace, row, words)
    st.markdown("**The equations of the true word, with their numbers**")
    st.latex(formulas.hidden(trace, words))  # one below the other: side by side, vectors of eight numbers are cut
    st.latex(formulas.dot_product(name, step.before.U[trace.rows[row]], trace.h, float(trace.scores[row])))
    for equation in words_of(run.plan.objective).equations(trace, row, name):
        st.latex(equation)
    st.latex(formulas.error(name, float(trace.P[row]), float(trace.labels[row]), float(trace.error[row])))
    st.latex(formulas.grad_h(trace))
    st.latex(formulas.grad_u(name, float(trace.error[row]), trace.h, trace.grad_U[row]))
    _moves(run, step, trace, row, name, words)


def row_name(run: Run, trace: Trace, row: int, words: tuple[str, ...]) -> str:
    """Return the LaTeX name of a row: its word, or the number of its tree node."""
    index = int(trace.rows[row])
    return formulas.tex_word(run.plan.objective.row_name(index, words))


def _moves(run: Run, step: Step, trace: Trace, row: int, name: str, words: tuple[str, ...]) -> None:
    if len(step.traces) > 1:
        return  # several examples move a vector together: no equation of one would be true
    if run.config.one_vector:
        _moves_of_words(step, trace, words)
        return
    for place, word in list(enumerate(trace.example.inputs))[:4]:
        if trace.example.inputs.count(word) == 1:
            st.latex(
                formulas.moved(
                    formulas.v(words[word]),
                    step.before.V[word],
                    step.learning_rate,
                    trace.grad_V[place],
                    step.after.V[word],
                )
            )
    index = int(trace.rows[row])
    if int((trace.rows == index).sum()) == 1:
        st.latex(
            formulas.moved(
                formulas.u(name),
                step.before.U[index],
                step.learning_rate,
                trace.grad_U[row],
                step.after.U[index],
            )
        )


def _moves_of_words(step: Step, trace: Trace, words: tuple[str, ...]) -> None:
    """The same where a word has one vector: both parts of its gradient together, for the inputs and the true word."""
    inputs = np.array(trace.example.inputs)
    for word in list(dict.fromkeys([*trace.example.inputs[:4], trace.example.target])):
        gradient = trace.grad_V[inputs == word].sum(axis=0) + trace.grad_U[trace.rows == word].sum(axis=0)
        before, after = step.before.V[word], step.after.V[word]
        st.latex(formulas.moved(formulas.v(words[word]), before, step.learning_rate, gradient, after))


def _all_vectors(run: Run, step: Step, words: tuple[str, ...]) -> None:
    box = st.expander("Every vector before and after", on_change="rerun", key="every_vector_box")
    if not box.open:
        return
    with box:
        matrices = [
            ("Input vectors V", "input vectors", "v", step.before.V, step.after.V),
            ("Output vectors U", "output vectors", "u", step.before.U, step.after.U),
        ]
        if run.config.one_vector:
            matrices = [("Vectors, V and U in one", "vectors", "v", step.before.V, step.after.V)]
        moved = [np.flatnonzero((before != after).any(axis=1)) for *_, before, after in matrices]
        counted = [
            f"{len(rows):,} of {len(before):,} {kind}"
            for (_, kind, _, before, _), rows in zip(matrices, moved, strict=True)
        ]
        st.caption(f"{' and '.join(counted)} changed. The changed ones come first.")
        for (title, _, symbol, before, after), changed in zip(matrices, moved, strict=True):
            st.markdown(title)
            order = np.concatenate([changed, np.setdiff1d(np.arange(len(before)), changed)])[:SHOWN_WORDS]
            of_words = symbol == "v" or run.plan.objective.words_in_U
            names = [words[i] if of_words else run.plan.objective.row_name(i, words) for i in order]
            columns: dict[str, object] = {"word" if of_words else "node": names}
            for i in range(run.config.dim):
                columns[f"{symbol}{i + 1} before"] = before[order, i]
                columns[f"{symbol}{i + 1} after"] = after[order, i]
            tables.table(columns, key=f"all_{symbol}", formats=_numbers(columns), height=320)
            if len(before) > SHOWN_WORDS:
                st.caption(f"The first {SHOWN_WORDS} of {len(before):,}.")


def _numbers(columns: dict[str, object]) -> dict[str, object]:
    return {name: tables.number_format() for name in list(columns)[1:]}
