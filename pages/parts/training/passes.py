"""Training by passes: the player, what its two curves say, and the words of a pass."""

import numpy as np
import streamlit as st

from pages.drawing.numbers import counted, number
from pages.drawing.words import shown
from pages.parts.save.menu import export_passes_button
from pages.parts.shared import tables, watch
from pages.parts.shared.center_word import find_word, probability_name, row_of
from pages.session import now, training
from w2v import nearest
from w2v.whole.passes import Passes
from w2v.whole.whole_text import (
    LEARNS_MORE,
    NO_BETTER,
    WholeTextRun,
    no_better_than_guessing,
)

NEAR = 12  # words in the two short lists
LITTLE, MUCH = 0.1, 0.5  # of what is gained on the text, the share gained on sentences kept aside
MEMORIZING = 0.002  # nats by which the held-out loss must have risen to be called rising


def show(passes: Passes) -> None:
    """What is on Training: the line on top, the player, what the two curves say, and the words of a pass."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):  # where the live line was
        st.text(trained_in_short(passes), width="stretch")
        if st.button(f"{training.MORE_PASSES} more passes", key="more_passes", width="content"):
            training.train_more()
            st.rerun()  # the whole page: it shows the training now
        export_passes_button(passes)
    watch.show(passes, "training", ("map", "loss", "transport"), around=365)
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
    run, t = passes.run, now.moment(passes)
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
    t = now.moment(passes)
    parameters, words = passes.parameters(t), passes.corpus.vocabulary.words
    find_word(passes)
    word = now.word_id(passes)
    row = row_of(passes, word)
    near = nearest(parameters.V, word, NEAR)
    never = sum(1 for i, _ in near if row.counts[i] == 0)
    st.text(
        f"{shown(words[word])} occurs {counted(int(passes.corpus.vocabulary.counts[word]), 'time')}. Of the "
        f"{len(near)} words most like it, {never} never {'stands' if never == 1 else 'stand'} beside it: similar is "
        "not the same as occurring together."
    )
    left, right = st.columns(2)
    with left:
        st.markdown(f"**Company**: the words that the model expects near it, after pass {passes.at[t]}")
        order = np.argsort(-row.expected, kind="stable")[:NEAR]
        tables.table(
            {
                "word": [words[i] for i in order],
                probability_name(passes): row.P[order],
                "the text says": row.counts[order] / max(1, row.total),
            },
            key="company",
            formats={probability_name(passes): tables.share_column(), "the text says": tables.share_column()},
        )
    with right:
        st.markdown("**Replaceable by**: the words whose vectors point the same way")
        tables.table(
            {
                "word": [words[i] for i, _ in near],
                "cosine": [cosine for _, cosine in near],
                "occurs": [int(passes.corpus.vocabulary.counts[i]) for i, _ in near],
                "beside it": [int(row.counts[i]) for i, _ in near],
            },
            key="replaceable",
            formats={"cosine": tables.number_format()},
        )
