"""Counting, before word2vec: n-grams, ratios from windows, and the likelihood of a window and of the whole text."""

import numpy as np
import streamlit as st

from pages.drawing import likelihood_formulas as formulas
from pages.drawing.objective_words import words_of
from pages.drawing.words import shown
from pages.parts.shared import strip, tables
from pages.parts.text import likelihood
from pages.parts.text.likelihood import TABLE_HEIGHT
from pages.session import memory, now, training
from w2v import (
    NgramTable,
    Plan,
    Run,
    Window,
    ngram_table,
    window_at,
    window_counts,
)

WORDS_AROUND = 8  # of the chosen word, in the line that shows the sentence
WORDS_AFTER = 2  # how far behind the selected word the first choice is
MOST_ROWS = 50  # words in the table of ratios


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
    sentence, position = _choose(plan, now.word_id(plan))
    if plan.config.pairs:
        st.text(
            "Training pairs are no running text: which word follows which cannot be counted, so there are no n-grams."
        )
    else:
        _ngrams(plan, sentence, position)
    window = window_at(plan, sentence, position)
    _near(plan, int(plan.corpus.encoded[sentence][position]), window)
    if not plan.objective.sums_to_one:
        likelihood.counts_only(plan, window)
        return
    run = training.present_moments()
    assert isinstance(run, Run)  # a plan is here only of a text that is trained update by update
    strip.stopped_note(run)
    likelihood.one_window(run, window)
    likelihood.whole_text(run, now.moment(run))


# --- the place ------------------------------------------------------------------------------------------------


def _choose(plan: Plan, selected: int) -> tuple[int, int]:
    """Let the visitor choose a word by its place; words are shown as plain text, never as labels."""
    encoded = plan.corpus.encoded
    first = memory.keep("counting_place", 1, (plan.config, selected), lambda _: _first_place(plan, selected))
    left, middle, right = st.columns([1, 1, 4], vertical_alignment="bottom")
    with left:
        sentence = int(st.number_input("Pair" if plan.config.pairs else "Sentence", 1, len(encoded), first[0] + 1)) - 1
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
            st.text(likelihood.no_window(plan))
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
