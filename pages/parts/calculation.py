"""The cards of one update: from the look-up of a vector to the new probabilities, in numbers."""

import numpy as np
import streamlit as st

from pages.parts import formulas, state, views
from pages.parts.numbers import number, percent
from w2v import HierarchicalSoftmax, NegativeSampling, Run, Softmax, Step, Trace, prediction
from w2v.arrays import Ints

MOST_ROWS = 300  # words in one table


def show(run: Run, t: int) -> None:
    """Show update t of a run: nothing here is computed, all of it is read from its record."""
    step = state.keep("steps", 2, (run.config, t), lambda _: run.step(t))
    words = run.corpus.vocabulary.words
    trace = step.traces[_choose_example(step)]
    target = words[trace.example.target]
    st.text(_headline(step, trace, words))
    single = len(step.traces) == 1
    if not single:
        st.text(
            f"This update learns from {len(step.traces):,} examples together; their gradients are "
            f"{'averaged' if run.config.reduction == 'mean' else 'added'}. The first six cards show one of them, "
            "the seventh what all of them did."
        )
    row = target_row(trace)
    name = row_name(run, trace, row, words)
    _look_up(trace, words)
    _scores(run, step, trace, row, name, words)
    if isinstance(run.plan.objective, Softmax):
        _softmax(trace, row, name)
    else:
        _logistic(trace, row, name)
    _error(trace, row, name)
    _gradients(trace, row, name)
    _new_vectors(run, step, trace, row, name, words)
    _new_probabilities(run, step, trace, words, target)


def target_row(trace: Trace) -> int:
    """Return which entry of the trace's rows the equations are written out for: the target, or the last turn to it."""
    if len(trace.rows) > trace.example.target and trace.rows[trace.example.target] == trace.example.target:
        return trace.example.target  # full softmax: one row for each word
    return 0


def row_name(run: Run, trace: Trace, row: int, words: tuple[str, ...]) -> str:
    """Return the LaTeX name of a row: its word, or the number of its tree node."""
    index = int(trace.rows[row])
    return (
        rf"\text{{node {index}}}"
        if isinstance(run.plan.objective, HierarchicalSoftmax)
        else formulas.tex_word(words[index])
    )


def _choose_example(step: Step) -> int:
    if len(step.traces) == 1:
        return 0
    chosen = st.number_input(
        "Example of this update", 1, len(step.traces), 1, key=f"example_of_{step.index}", width=220
    )
    return int(chosen) - 1


def _headline(step: Step, trace: Trace, words: tuple[str, ...]) -> str:
    inputs = ", ".join([words[i][:40] for i in trace.example.inputs[:12]])
    role = "center" if len(trace.example.inputs) == 1 else "context"
    return (
        f"Update {step.index:,}, epoch {step.epoch + 1:,}, learning rate {number(step.learning_rate)}: "
        f"from {role} {inputs} predict {words[trace.example.target][:40]}"
    )


def _card(title: str, sentence: str) -> "st.delta_generator.DeltaGenerator":
    card = st.container(border=True, gap="small")
    card.markdown(f"**{title}.** {sentence}")
    return card


def _look_up(trace: Trace, words: tuple[str, ...]) -> None:
    many = len(trace.example.inputs) > 1
    with _card(
        "1  Look up" + (" and average" if many else ""),
        "The input vectors of the context words are averaged."
        if many
        else "The one-hot center times the matrix V is simply the center's row of V. There is no activation.",
    ):
        st.latex(formulas.hidden(trace, words))


def _scores(run: Run, step: Step, trace: Trace, row: int, name: str, words: tuple[str, ...]) -> None:
    with _card("2  Scores", "Each output vector is multiplied with it: a high score says that the two fit."):
        st.latex(formulas.dot_product(name, step.before.U[trace.rows[row]], trace.h, float(trace.scores[row])))
        shown = _most_moved(trace)
        columns: dict[str, object] = {_row_title(run): _row_labels(run, trace, shown, words)}
        columns["score s"] = trace.scores[shown]
        if isinstance(run.plan.objective, Softmax):
            columns["exp(s - max s)"] = trace.weights[shown]
            columns["P = exp / Z"] = trace.P[shown]
        else:
            columns["\u03c3(s)"] = trace.P[shown]
        columns["y"] = trace.labels[shown]
        columns["error"] = trace.error[shown]
        columns |= {f"u{i + 1}": step.before.U[trace.rows[shown], i] for i in range(min(run.config.dim, 12))}
        views.table(columns, key="scores", formats=_numbers(columns), height=282)
        if len(shown) < len(trace.rows):
            st.caption(f"The {len(shown):,} rows with the largest errors, of {len(trace.rows):,}.")


def _softmax(trace: Trace, row: int, name: str) -> None:
    with _card(
        "3  Softmax",
        "Shift by the largest score, take exp, divide by the sum Z over the whole vocabulary: all words compete.",
    ):
        st.latex(formulas.softmax(trace, row, name))
    with _card("4  Loss", "Minus the logarithm of what the true word was given: 0 would be certainty."):
        st.latex(formulas.softmax_loss(trace, row, name))


def _logistic(trace: Trace, row: int, name: str) -> None:
    with _card("3  A yes-or-no question for each row", "Each score becomes a number between 0 and 1 by itself."):
        st.latex(formulas.logistic(name, float(trace.scores[row]), float(trace.P[row])))
    with _card("4  Loss", "One logarithm for each question: of the answer where yes is right, else of one minus it."):
        st.latex(formulas.logistic_loss(trace))


def _error(trace: Trace, row: int, name: str) -> None:
    with _card(
        "5  Error", "What was said minus what should have been said. Negative pulls together, positive pushes apart."
    ):
        st.latex(formulas.error(name, float(trace.P[row]), float(trace.labels[row]), float(trace.error[row])))


def _gradients(trace: Trace, row: int, name: str) -> None:
    with _card(
        "6  Gradients", "The input side gets all output vectors, weighted by their errors; each output vector gets h."
    ):
        st.latex(formulas.grad_h(trace))
        st.latex(formulas.grad_u(name, float(trace.error[row]), trace.h, trace.grad_U[row]))


def _new_vectors(run: Run, step: Step, trace: Trace, row: int, name: str, words: tuple[str, ...]) -> None:
    with _card("7  New vectors", "Each vector moves against its gradient, by the learning rate."):
        if len(step.traces) == 1:
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
        _all_vectors(run, step, words)


def _all_vectors(run: Run, step: Step, words: tuple[str, ...]) -> None:
    with st.expander("Every vector before and after"):
        changed_v = np.flatnonzero((step.before.V != step.after.V).any(axis=1))
        changed_u = np.flatnonzero((step.before.U != step.after.U).any(axis=1))
        st.caption(
            f"{len(changed_v):,} of {len(step.before.V):,} input vectors and {len(changed_u):,} of "
            f"{len(step.before.U):,} output vectors changed. The changed ones come first."
        )
        for title, symbol, before, after, changed in (
            ("Input vectors V", "v", step.before.V, step.after.V, changed_v),
            ("Output vectors U", "u", step.before.U, step.after.U, changed_u),
        ):
            st.markdown(title)
            order = np.concatenate([changed, np.setdiff1d(np.arange(len(before)), changed)])[:MOST_ROWS]
            is_tree = symbol == "u" and isinstance(run.plan.objective, HierarchicalSoftmax)
            columns: dict[str, object] = {
                "node" if is_tree else "word": [f"node {i}" if is_tree else words[i] for i in order]
            }
            for i in range(run.config.dim):
                columns[f"{symbol}{i + 1} before"] = before[order, i]
                columns[f"{symbol}{i + 1} after"] = after[order, i]
            views.table(columns, key=f"all_{symbol}", formats=_numbers(columns), height=320)
            if len(before) > MOST_ROWS:
                st.caption(f"The first {MOST_ROWS} of {len(before):,}.")


def _new_probabilities(run: Run, step: Step, trace: Trace, words: tuple[str, ...], target: str) -> None:
    objective, inputs = run.plan.objective, trace.example.inputs
    before, after = prediction(step.before, inputs, objective), prediction(step.after, inputs, objective)
    goal = run.plan.goal
    wanted = goal.target(goal.row_of(inputs))
    what = "\u03c3(u \u00b7 h)" if isinstance(objective, NegativeSampling) else "P"
    with _card("8  What the model says now", "Before and after this update, beside what the counts of the text say."):
        now, then, text = (float(x[trace.example.target]) for x in (after, before, wanted))
        st.text(f"{target[:40]} had {percent(then)}, now has {percent(now)}; the text says {percent(text)}.")
        order = np.argsort(-np.maximum(after, wanted), kind="stable")[:MOST_ROWS]
        columns = {
            "word": [words[i] for i in order],
            f"{what} before": before[order],
            f"{what} after": after[order],
            "the text says": wanted[order],
        }
        bar = st.column_config.ProgressColumn(format="percent", min_value=0.0, max_value=1.0)
        formats = dict.fromkeys(list(columns)[1:], bar)
        views.table(columns, key="new_probabilities", formats=formats, height=282)


def _most_moved(trace: Trace) -> Ints:
    return np.argsort(-np.abs(trace.error), kind="stable")[:MOST_ROWS]


def _row_title(run: Run) -> str:
    return "node" if isinstance(run.plan.objective, HierarchicalSoftmax) else "word"


def _row_labels(run: Run, trace: Trace, shown: Ints, words: tuple[str, ...]) -> list[str]:
    if isinstance(run.plan.objective, HierarchicalSoftmax):
        return [f"node {int(i)}" for i in trace.rows[shown]]
    return [words[int(i)] for i in trace.rows[shown]]


def _numbers(columns: dict[str, object]) -> dict[str, object]:
    return {name: views.number_format() for name in list(columns)[1:]}
