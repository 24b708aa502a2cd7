"""The likelihood of a window and of the whole text, as the model has it at a moment, beside what the counts say."""

from contextlib import nullcontext

import streamlit as st

from pages.drawing import likelihood_formulas as formulas
from pages.drawing.numbers import number
from pages.parts.shared import strip, tables
from pages.session import allowed, memory, now
from w2v import (
    Likelihood,
    Plan,
    Run,
    Window,
    WindowProbability,
    corpus_likelihood,
    count_likelihood,
    guess_likelihood,
    window_counts,
    window_probability,
    window_ratio,
)

TABLE_HEIGHT = 212  # pixels of a table of five rows; its place is reserved
MOST_CELLS = 4_000_000  # rows x words that are summed without asking: about half a second a moment
TOO_MANY_CELLS = 60_000_000  # that are not summed at all

SMALLEST = "5\u00b710\u207b\u00b3\u00b2\u2074"  # of the numbers a computer keeps
COUNTS = r"P_{\text{counts}}"  # the symbol for a product of ratios


def no_window(plan: Plan) -> str:
    """Say why a word has no window."""
    if plan.static:
        return "This word stands alone in its sentence: it has no window."
    return "This word has no window in the first pass: it was left out by chance, or stands alone."


def one_window(run: Run, window: Window | None) -> None:
    """The card of one window: its probability by the model at a moment that is chosen here, and by the counts."""
    cbow, words = run.config.architecture == "cbow", run.corpus.vocabulary.words
    with strip.card(
        "3  A whole window",
        "One prediction: the center, given its context."
        if cbow
        else "Given the center, each context word is predicted by itself, so the probabilities are multiplied.",
    ):
        t = _moment(run)
        if window is None:
            st.text(no_window(run.plan))
            return
        said, counted = window_probability(run.parameters(t), run.plan, window), window_ratio(run.plan, window)
        st.latex(formulas.product(said, words, "P", cbow=cbow))
        st.latex(formulas.product(counted, words, COUNTS, cbow=cbow))
        together, before = window_counts(run.plan, window)
        columns = {
            "center c" if cbow else "context word o": [words[example.target] for example in said.examples],
            "P now": said.factors,
            "log P now": said.log_factors,
            "COUNT(context, c)" if cbow else "COUNT(c, o)": together,
            "COUNT(context)" if cbow else "COUNT(c)": before,
            "the text says": counted.factors,
        }
        formats = {
            "P now": tables.share_column(),
            "the text says": tables.share_column(),
            "log P now": tables.number_format(),
        }
        tables.table(columns, key="window_factors", formats=formats, height=TABLE_HEIGHT)
        st.text(f"At update {t:,} the model says P = {_small(said)} for this window, the counts say {_small(counted)}.")


def counts_only(plan: Plan, window: Window | None) -> None:
    """The same by the counts alone, for a model that says no probabilities."""
    cbow = plan.config.architecture == "cbow"
    with strip.card("3  A whole window", "The ratios of its words, multiplied."):
        if window is not None:
            counted = window_ratio(plan, window)
            st.latex(formulas.product(counted, plan.corpus.vocabulary.words, COUNTS, cbow=cbow))
        st.text(plan.objective.no_probability)
        st.text("Choose another objective in the settings to see the likelihood of a model.")


def _small(said: WindowProbability) -> str:
    return number(said.probability) if said.probability > 0 else f"10^{number(said.log10)}"


def _moment(run: Run) -> int:
    """Let the visitor choose the moment; it is the one of all other pages.

    The callback runs before the page, when only the session knows where the slider is.
    """
    if run.n_steps == 0:
        return 0

    def go() -> None:
        now.go_to(int(memory.widget_value("counting_moment")))

    memory.set_widget_value("counting_moment", now.moment(run))
    label = f"Moment of training: 0 is the start, {run.n_steps:,} the end"
    st.slider(label, 0, run.n_steps, key="counting_moment", on_change=go, disabled=allowed.is_locked())
    return now.moment(run)


def whole_text(run: Run, t: int) -> None:
    """The card of the likelihood of the whole text at moment t, beside what it can be compared with."""
    plan = run.plan
    with strip.card(
        "4  The whole text",
        "Multiplied over all windows: the likelihood L of the vectors \u03b8, or how probable they make the text. "
        "Training makes L larger and the loss J smaller.",
    ):
        n, cells = plan.goal.counts.total, len(plan.goal.inputs) * plan.n_words
        if cells > TOO_MANY_CELLS:
            st.text(
                f"These are {n:,} predictions, each over {plan.n_words:,} words: too many to add up here. Choose a "
                "larger minimum count or a shorter text."
            )
            return
        if cells > MOST_CELLS and not st.toggle(
            f"Add up all {n:,} predictions: this takes some seconds for each moment", key="counting_sum"
        ):
            return
        with st.spinner("Adding up") if cells > MOST_CELLS else nullcontext():
            start, known, end = (_likelihood(run, moment) for moment in (0, t, run.n_steps))
        st.latex(formulas.corpus(known, cbow=run.config.architecture == "cbow"))
        st.text(_why_logs(known))
        rows = {
            "all words alike": guess_likelihood(plan),
            "the start": start,
            f"now, moment {t:,}": known,
            "the end": end,
            "the counts themselves": count_likelihood(plan),
        }
        _likelihoods(rows)
        st.text(_of_what(run, n))


def _likelihood(run: Run, t: int) -> Likelihood:
    key = (run.name, t)
    return memory.keep("likelihoods", 40, key, lambda _: corpus_likelihood(run.parameters(t), run.plan))


def _likelihoods(rows: dict[str, Likelihood]) -> None:
    known = list(rows.values())
    columns = {
        "model": list(rows),
        "log L (nats)": [one.log_value for one in known],
        "L, as a power of 10": [one.log10 for one in known],
        "J (nats per prediction)": [one.loss for one in known],
        "as if each had P =": [one.typical for one in known],
    }
    formats = {name: tables.number_format() for name in list(columns)[1:4]} | {
        "as if each had P =": tables.share_column()
    }
    tables.table(columns, key="likelihoods_table", formats=formats, height=TABLE_HEIGHT)


def _why_logs(known: Likelihood) -> str:
    if known.value == 0:
        return (
            f"A computer keeps no number below {SMALLEST}: multiplied out, L is 0 there. The sum of the logarithms is "
            "an ordinary number, so one adds logarithms."
        )
    if known.log_value == 0:
        return "Every prediction is certain: the product is 1."
    return (
        f"A computer keeps no number below {SMALLEST}: from {number(known.zero_from)} predictions like these on, the "
        "product would come out as 0. So one adds logarithms."
    )


def _of_what(run: Run, n: int) -> str:
    epochs = "one epoch" if run.plan.static else f"all {run.config.epochs:,} epochs, as they were drawn"
    return (
        f"N = {n:,} predictions in {epochs}. J is the mean loss, the curve on Training; no model that sees only the "
        "center can be better than the counts."
        if run.config.architecture == "skip-gram"
        else f"N = {n:,} predictions in {epochs}. J is the mean loss, the curve on Training; no model that sees the "
        "context in any order can be better than the counts."
    )
