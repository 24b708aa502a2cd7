"""Counting, before word2vec: n-grams, ratios from windows, and the likelihood of a window and of the whole text."""

from contextlib import nullcontext

import numpy as np
import streamlit as st

from pages.drawing import likelihood_formulas as formulas
from pages.drawing.numbers import number
from pages.drawing.objective_words import words_of
from pages.drawing.words import shown
from pages.parts.shared import strip, tables
from pages.session import memory, now, training
from w2v import (
    Likelihood,
    NgramTable,
    Plan,
    Run,
    Window,
    WindowProbability,
    corpus_likelihood,
    count_likelihood,
    guess_likelihood,
    ngram_table,
    window_at,
    window_counts,
    window_probability,
    window_ratio,
)

WORDS_AROUND = 8  # of the chosen word, in the line that shows the sentence
WORDS_AFTER = 2  # how far behind the selected word the first choice is
MOST_ROWS = 50  # words in the table of ratios
TABLE_HEIGHT = 212  # pixels of a table of five rows; its place is reserved
MOST_CELLS = 4_000_000  # rows x words that are summed without asking: about half a second a moment
TOO_MANY_CELLS = 60_000_000  # that are not summed at all

SMALLEST = "5\u00b710\u207b\u00b3\u00b2\u2074"  # of the numbers a computer keeps
COUNTS = r"P_{\text{counts}}"  # the symbol for a product of ratios

ENDS = {
    "once": "The words before it stand in this text only once: the ratio is 1 of 1 and says nothing.",
    "start": "The sentence begins here: there are no more words before it.",
    "long": "Even longer histories are left out here.",
    "never": "This does not stand in the text: the ratio is 0, however good the phrase may be.",
}


@st.fragment
def section(plan: Plan) -> None:
    """Show everything about counting when it is asked for; nothing is computed or trained before."""
    if not st.toggle("Counting, before word2vec: n-grams, ratios and the likelihood", key="counting"):
        return
    sentence, position = _choose(plan)
    _ngrams(plan, sentence, position)
    window = window_at(plan, sentence, position)
    _near(plan, int(plan.corpus.encoded[sentence][position]), window)
    if not plan.objective.sums_to_one:
        _counts_only(plan, window)
        return
    run = training.present()
    assert isinstance(run, Run)  # a plan is here only of a text that is trained update by update
    strip.stopped_note(run)
    _window(run, window)
    _whole_text(run)


# --- the place ------------------------------------------------------------------------------------------------


def _choose(plan: Plan) -> tuple[int, int]:
    """Let the visitor choose a word by its place; words are shown as plain text, never as labels."""
    encoded = plan.corpus.encoded
    first = memory.keep("counting_place", 1, (plan.config, now.word_id(plan)), lambda key: _first_place(plan, key[1]))
    left, middle, right = st.columns([1, 1, 4], vertical_alignment="bottom")
    with left:
        sentence = int(st.number_input("Sentence", 1, len(encoded), first[0] + 1)) - 1
    length = len(encoded[sentence])
    default = first[1] if sentence == first[0] else length - 1
    with middle:
        position = int(st.number_input("Word", 1, length, default + 1)) - 1
    with right:
        st.text(_in_its_sentence(plan, sentence, position))
    return sentence, position


def _first_place(plan: Plan, word: int) -> tuple[int, int]:
    """Return the sentence where the selected word first stands, and a place in it that has words before it."""
    for number_, sentence in enumerate(plan.corpus.encoded):
        places = np.flatnonzero(sentence == word)
        if len(places) and len(sentence) > 1:
            return number_, min(int(places[0]) + WORDS_AFTER, len(sentence) - 1)
    return 0, len(plan.corpus.encoded[0]) - 1


def _in_its_sentence(plan: Plan, sentence: int, position: int) -> str:
    words = [shown(word) for word in plan.corpus.sentences[sentence]]
    before = words[max(0, position - WORDS_AROUND) : position]
    after = words[position + 1 : position + 1 + WORDS_AROUND]
    start = ["..."] if position > WORDS_AROUND else []
    end = ["..."] if position + WORDS_AROUND + 1 < len(words) else []
    return " ".join([*start, *before, f"[ {words[position]} ]", *after, *end])


# --- counts ---------------------------------------------------------------------------------------------------


def _ngrams(plan: Plan, sentence: int, position: int) -> None:
    phrase = plan.corpus.encoded[sentence][: position + 1].tolist()
    table: NgramTable = memory.keep(
        "ngrams", 4, (plan.config, sentence, position), lambda _: ngram_table(plan.corpus, phrase)
    )
    with strip.card(
        "1  A word from the words before it",
        "An n-gram model only counts: how often did this word follow the n \u2212 1 words before it?",
    ):
        st.latex(formulas.ngram(next((row for row in reversed(table.rows) if row.before > 1), table.rows[0])))
        columns = {
            "n": [row.n for row in table.rows],
            "words before": [" ".join([shown(word) for word in row.history]) or "(none)" for row in table.rows],
            "next word": [row.word for row in table.rows],
            "COUNT(before, next)": [row.together for row in table.rows],
            "COUNT(before)": [row.before for row in table.rows],
            "ratio": [row.ratio for row in table.rows],
        }
        st.text(f"n = {table.rows[-1].n}: {ENDS[table.end]}")
        with st.container(height=TABLE_HEIGHT + 4, border=False):
            tables.table(columns, key="ngram_table", formats={"ratio": tables.share_column()}, height=TABLE_HEIGHT)


def _near(plan: Plan, center: int, window: Window | None) -> None:
    if plan.config.architecture == "cbow":
        _from_context(plan, window)
    else:
        _from_center(plan, center)


def _from_center(plan: Plan, center: int) -> None:
    words, counts = plan.corpus.vocabulary.words, plan.goal.counts
    together, before = counts.row(center), int(counts.row_totals[center])
    with strip.card(
        "2  The words near it, from counts of windows",
        "Skip-gram looks to both sides and forgets the order: how often does o stand in a window around c?",
    ):
        if before == 0:
            st.text("This word has no neighbor anywhere: there is nothing to count.")
            return
        order = np.argsort(-together, kind="stable")[: min(MOST_ROWS, int((together > 0).sum()))]
        st.latex(formulas.pair(words[center], words[order[0]], int(together[order[0]]), before))
        st.text(
            f"The center c is {shown(words[center])}. "
            + ("" if plan.static else "Counted over all passes, as their windows are drawn. ")
            + _heads_for(plan)
        )
        columns = {
            "context word o": [words[i] for i in order],
            "COUNT(c, o)": together[order],
            "COUNT(c)": np.full(len(order), before),
            "ratio": counts.ratio(center)[order],
        }
        with st.container(height=TABLE_HEIGHT + 4, border=False):
            tables.table(columns, key="pair_ratios", formats={"ratio": tables.share_column()}, height=TABLE_HEIGHT)


def _from_context(plan: Plan, window: Window | None) -> None:
    words = plan.corpus.vocabulary.words
    with strip.card(
        "2  The word from the words near it, from counts of windows",
        "CBOW predicts the center from all its neighbors together, in any order.",
    ):
        if window is None:
            st.text(_no_window(plan))
            return
        (together,), (before,) = window_counts(plan, window)
        context = [words[i] for i in sorted(window.context)]
        st.latex(formulas.bag(words[window.center], context, int(together), int(before)))
        st.text(
            "These words stand around a center only once: the ratio is 1 of 1 and says nothing. CBOW can learn all the "
            "same, because different contexts share words."
            if before == 1
            else f"These words stand around a center {before:,} times. " + _heads_for(plan)
        )


def _heads_for(plan: Plan) -> str:
    return words_of(plan.objective).heads_for(plan.objective)


def _no_window(plan: Plan) -> str:
    if plan.static:
        return "This word stands alone in its sentence: it has no window."
    return "This word has no window in the first pass: it was left out by chance, or stands alone."


# --- the model ------------------------------------------------------------------------------------------------


def _window(run: Run, window: Window | None) -> None:
    cbow, words = run.config.architecture == "cbow", run.corpus.vocabulary.words
    with strip.card(
        "3  A whole window",
        "One prediction: the center, given its context."
        if cbow
        else "Given the center, each context word is predicted by itself, so the probabilities are multiplied.",
    ):
        t = _moment(run)
        if window is None:
            st.text(_no_window(run.plan))
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
        st.text(f"At moment {t:,} the model says P = {_small(said)} for this window, the counts say {_small(counted)}.")


def _counts_only(plan: Plan, window: Window | None) -> None:
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
    """Let the visitor choose the moment; it is the one of all other pages."""
    if run.n_steps == 0:
        return 0

    def go() -> None:
        now.go_to(int(memory.value("counting_moment")))

    memory.hold("counting_moment", now.moment(run))
    label = f"Moment of training: 0 is the start, {run.n_steps:,} the end"
    st.slider(label, 0, run.n_steps, key="counting_moment", on_change=go)
    return now.moment(run)


def _whole_text(run: Run) -> None:
    plan, t = run.plan, now.moment(run)
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
    passes = "one pass over the text" if run.plan.static else f"all {run.config.epochs:,} passes, as they were drawn"
    return (
        f"N = {n:,} predictions in {passes}. J is the mean loss, the curve on Training; no model that sees only the "
        "center can be better than the counts."
        if run.config.architecture == "skip-gram"
        else f"N = {n:,} predictions in {passes}. J is the mean loss, the curve on Training; no model that sees the "
        "context in any order can be better than the counts."
    )


# --- small things ---------------------------------------------------------------------------------------------
