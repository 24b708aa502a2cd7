"""What pages say of passes over a whole text: the two curves, the words of a pass, one row of a full-batch step."""

import numpy as np
import streamlit as st

from pages.parts import controls, formulas, map_page, state, views
from pages.parts.export import export_passes_button
from pages.parts.numbers import counted, number
from pages.parts.watch import watch
from w2v import Softmax, nearest
from w2v.center_row import CenterRow, center_row
from w2v.counts import n_pairs
from w2v.whole.passes import Passes
from w2v.whole_text import (
    LEARNS_MORE,
    NO_BETTER,
    WholeTextRun,
    negative_sampling,
    no_better_than_guessing,
)

MOST_ROWS = 300  # words in one table
NEAR = 12  # words in the two short lists
LITTLE, MUCH = 0.1, 0.5  # of what is gained on the text, the share gained on sentences kept aside
MEMORIZING = 0.002  # nats by which the held-out loss must have risen to be called rising


def training(passes: Passes) -> None:
    """What is on Training: the line on top, the player, what the two curves say, and the words of a pass."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):  # where the live line was
        st.text(trained_in_short(passes), width="stretch")
        if st.button(f"{state.MORE_PASSES} more passes", key="more_passes", width="content"):
            state.train_more()
            st.rerun()  # the whole page: it shows the training now
        export_passes_button(passes)
    watch(passes, "training", ("map", "loss", "transport"), around=365)
    st.text(memorizing(passes))
    words_of(passes)


def trained_in_short(passes: Passes) -> str:
    """Say how many passes there are, and which is shown first."""
    run = passes.run
    said = f"Trained: {counted(run.n_passes, 'pass', 'passes')}"
    if run.heldout_counts.total and run.n_passes > 1:
        best = "the last" if run.best == run.n_passes else f"pass {run.best}"
        said += (
            f"; best on sentences kept aside is {best}"
            if run.config.objective == "softmax"
            else f"; the best is {best}"
        )
    if passes.n_moments <= run.n_passes:
        said += f"; {passes.n_moments - 1} of them are kept to be looked at"
    return f"{said}."


def memorizing(passes: Passes) -> str:
    """Say what the two curves say: how far from guessing to the floor, and from where on it learns by heart."""
    run, t = passes.run, state.moment(passes)
    number_of = passes.at[t]
    if t == 0:
        if passes.config.objective == "negative":
            return "Before the first pass the vectors are small and random."
        return "Before the first pass: vectors read off the counts, by a singular value decomposition."
    loss, heldout = passes.losses(t)
    said = (
        f"After pass {number_of} of {run.n_passes} the loss is {number(loss)} nats; guessing by frequency has "
        f"{number(run.unigram_loss)}, and no model can have less than {number(run.floor)} on this text."
    )
    if no_better_than_guessing(run, number_of):
        said += f" {NO_BETTER}"
        if number_of == run.n_passes:
            said += f" {LEARNS_MORE}"
    if not run.heldout_counts.total:
        return f"{said} {_nothing_aside(run)}"
    said += (
        f" On sentences it never saw the loss is {number(heldout)} (guessing there: {number(run.heldout_unigram_loss)})"
    )
    lowest = int(np.argmin(run.heldout_losses)) + 1
    if run.l2 == 0 and float(run.heldout_losses[-1] - run.heldout_losses[lowest - 1]) > MEMORIZING:
        return f"{said}, lowest after pass {lowest} and rising since: from there on it learns this text by heart."
    if run.l2 > 0 and run.n_passes > run.best:
        said += f", lowest after pass {run.best}"
        if run.ended == "heldout":
            said += "; the passes after it tried to hold the vectors back less, or more"
    if passes.config.objective != "softmax" or number_of != run.best:
        return f"{said}."
    share = (run.heldout_unigram_loss - heldout) / max(1e-12, run.unigram_loss - loss)
    much = "Little" if share < LITTLE else "Part" if share < MUCH else "Most"
    return f"{said}. {much} of what it learned also holds for text that it has not read."


def _nothing_aside(run: WholeTextRun) -> str:
    if run.holdout > 0:
        return "The text is too short to keep sentences aside, so nothing says how much of this is memorizing."
    if run.config.objective == "negative":
        return "It learns from every sentence of the text: none is kept aside."
    return "No sentences were kept aside, so nothing says how much of this is memorizing."


# --- the words of a pass ---------------------------------------------------------------------------------------


def words_of(passes: Passes) -> None:
    """Company beside replaceable by: the likeliest context words of a word, and the words that are used like it."""
    t = state.moment(passes)
    parameters, words = passes.parameters(t), passes.corpus.vocabulary.words
    find_word(passes)
    word = state.word_id(passes)
    row = row_of(passes, word)
    near = nearest(parameters.V, word, NEAR)
    never = sum(1 for i, _ in near if row.counts[i] == 0)
    st.text(
        f"{_short(words[word])} occurs {counted(int(passes.corpus.vocabulary.counts[word]), 'time')}. Of the "
        f"{len(near)} words most like it, {never} never {'stands' if never == 1 else 'stand'} beside it: similar is "
        "not the same as occurring together."
    )
    left, right = st.columns(2)
    with left:
        st.markdown(f"**Company**: the words that the model expects near it, after pass {passes.at[t]}")
        order = np.argsort(-row.expected, kind="stable")[:NEAR]
        views.table(
            {
                "word": [words[i] for i in order],
                _said(passes): row.P[order],
                "the text says": row.counts[order] / max(1, row.total),
            },
            key="company",
            formats={_said(passes): _bar(), "the text says": _bar()},
        )
    with right:
        st.markdown("**Replaceable by**: the words whose vectors point the same way")
        views.table(
            {
                "word": [words[i] for i, _ in near],
                "cosine": [cosine for _, cosine in near],
                "occurs": [int(passes.corpus.vocabulary.counts[i]) for i, _ in near],
                "beside it": [int(row.counts[i]) for i, _ in near],
            },
            key="replaceable",
            formats={"cosine": views.number_format()},
        )


def find_word(passes: Passes) -> None:
    """A box to choose any word of the text, also one that the map does not show."""

    def take() -> None:
        wanted = (state.value("find_word") or "").strip()  # of the present text: Streamlit keeps this function
        wanted = wanted.lower() if state.config().lowercase else wanted
        if wanted in state.corpus().vocabulary.ids:
            state.notice(wanted)

    st.text_input("Word", placeholder="Type a word of the text", key="find_word", on_change=take, width=280)
    wanted = (state.value("find_word") or "").strip()
    if wanted and wanted.lower() not in passes.corpus.vocabulary.ids and wanted not in passes.corpus.vocabulary.ids:
        st.text(f"{_short(wanted)} is not among the {len(passes.corpus.vocabulary):,} words that were trained.")


def row_of(passes: Passes, word: int) -> CenterRow:
    """Return what the pairs of one center word say at the pass on show. The pairs kept aside are not among them."""
    key = (passes.name, state.moment(passes), word)
    return state.keep("rows", 4, key, lambda _: _row(passes, word))


def _row(passes: Passes, word: int) -> CenterRow:
    objective = negative_sampling(passes.run) if passes.config.objective == "negative" else Softmax()
    return center_row(passes.parameters(state.moment(passes)), passes.run.counts, word, objective)


def _said(passes: Passes) -> str:
    return "\u03c3(u \u00b7 v)" if passes.config.objective == "negative" else "P(o | word)"


def _bar() -> object:
    return st.column_config.ProgressColumn(format="percent", min_value=0.0, max_value=1.0)


def _short(word: str) -> str:
    return map_page.shown(word)


# --- the other pages --------------------------------------------------------------------------------------------


def one_update(passes: Passes) -> None:
    """What is on One update: the row of one center word in a full-batch step."""
    watch(passes, "update", ("transport",))
    find_word(passes)
    _one_row(passes)


def _one_row(passes: Passes) -> None:
    word, t = state.word_id(passes), state.moment(passes)
    words, row = passes.corpus.vocabulary.words, row_of(passes, state.word_id(passes))
    st.text(
        f"Center {_short(words[word])}, after pass {passes.at[t]}: {row.total:,} pairs of the text begin with it. "
        "They all look up the same vector, so their gradients add up to one row."
    )
    if row.total == 0:
        st.text("No other word of its sentences is left beside it, so no gradient reaches its input vector.")
        return
    negative = passes.config.objective == "negative"
    name = formulas.tex_word(words[word])
    with views.card("1  Scores", "Its input vector times every output vector."):
        st.latex(rf"s_w = \mathbf{{u}}_w \cdot \mathbf{{v}}_{{{name}}}")
    with views.card(
        "2  Expected against counted",
        "Each question answered by itself, once for each pair and draw."
        if negative
        else "The softmax, times the number of pairs, is how often each word should have been seen.",
    ):
        if negative:
            st.latex(r"e_w = \sigma(s_w)\,\bigl(\mathrm{COUNT}(c, w) + k\, n_c\, q_w\bigr) - \mathrm{COUNT}(c, w)")
        else:
            st.latex(rf"e_w = n_c\, P(w \mid c) - \mathrm{{COUNT}}(c, w), \qquad n_c = {row.total}")
        order = np.argsort(-np.abs(row.error), kind="stable")[:MOST_ROWS]
        columns = {
            "word": [words[i] for i in order],
            "score": row.scores[order],
            _said(passes): row.P[order],
            "expected": row.expected[order],
            "counted": row.counts[order],
            "error": row.error[order],
        }
        formats = {name: views.number_format() for name in ("score", "expected", "error", _said(passes))}
        views.table(columns, key="row", formats=formats)
        if len(order) < len(passes.corpus.vocabulary):
            st.caption(f"The {len(order):,} words with the largest errors, of {len(passes.corpus.vocabulary):,}.")
    with views.card("3  Gradient", "All output vectors, weighted by their errors: one vector for all these pairs."):
        st.latex(
            r"\frac{\partial J}{\partial \mathbf{v}_c} = \sum_w e_w \mathbf{u}_w = " + formulas.tex_vector(row.grad_v)
        )
        st.text(_loss_of(row, negative))


def _loss_of(row: CenterRow, negative: bool) -> str:
    if negative:
        return f"The loss of this row is {number(row.loss)} nats a pair, its negatives included."
    reached = "" if not np.isfinite(row.floor) else f"; the counts of this word allow no less than {number(row.floor)}"
    return f"The loss of this row is {number(row.loss)} nats a pair{reached}."


def health() -> None:
    """What to expect of a whole text."""
    corpus, config = state.corpus(), state.config()
    vocabulary, n_sentences = corpus.vocabulary, len(corpus.sentence_lengths)
    often = round(vocabulary.counts.sum() / len(vocabulary))
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{corpus.n_tokens:,}** tokens \u00b7 **{len(vocabulary):,}** words \u00b7 "
            f"**{n_sentences:,}** {'sentence' if n_sentences == 1 else 'sentences'} \u00b7 "
            f"**{n_pairs(corpus, config.window):,}** pairs"
        )
        st.markdown(
            ":material/check_circle: This text is trained as a whole: every pass learns from all of its pairs at "
            f"once, exactly. On average a word occurs {counted(often, 'time')}."
        )
        for note in corpus.notes:
            st.text(note)
        if corpus.n_dropped:
            st.text(f"The minimum count of {config.min_count} leaves out {corpus.n_dropped:,} words.")
        controls.broken_lines()
