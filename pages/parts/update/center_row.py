"""One update of a training by passes: the row of one center word in a full-batch step."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.drawing import formulas
from pages.drawing.objective_words import words_of
from pages.drawing.words import SHOWN_WORDS, quoted
from pages.parts.shared import strip, tables, watch
from pages.parts.shared.center_word import find_word, probability_name
from pages.parts.shared.cover import covered
from pages.session import now
from pages.session.told import row_of
from w2v.explain.center_row import CenterRow
from w2v.whole.passes import Passes


def show(passes: Passes) -> None:
    """What is on One update: the row of one center word in a full-batch step."""
    t, word = watch.show(passes, "update", ("transport",))
    find_word(passes)
    if not covered():
        _one_row(passes, t, word)


def _one_row(passes: Passes, t: int, word: int) -> None:
    words, row = passes.corpus.vocabulary.words, row_of(passes, t, word)
    st.text(
        f"Center {quoted(words[word])}, after pass {passes.at[t]}: {row.total:,} pairs of the text begin with it. "
        "They all look up the same vector, so their gradients add up to one row."
    )
    if row.total == 0:
        st.text("No other word of its sentences is left beside it, so no gradient reaches its input vector.")
        return
    if now.level() == "words":
        with strip.card(
            "Expected against counted",
            "How often the model expects each word near it, and how often the text has it there. Words that it expects "
            "too often are pushed away from it, those that it expects too seldom are pulled towards it.",
        ):
            _table(passes, row, ("expected", "counted", "error"))
        return
    said = words_of(passes.run.objective)
    name = formulas.tex_word(words[word])
    with strip.card("1  Scores", "Its input vector, to guess with, times every output vector, to be guessed by."):
        st.latex(rf"s_w = \mathbf{{u}}_w \cdot \mathbf{{v}}_{{{name}}}")
    with strip.card("2  Expected against counted", said.expects):
        st.latex(said.row_error(row.total))
        _table(passes, row, ("score", probability_name(passes), "expected", "counted", "error"))
    with strip.card("3  Gradient", "All output vectors, weighted by their errors: one vector for all these pairs."):
        st.latex(
            r"\frac{\partial J}{\partial \mathbf{v}_c} = \sum_w e_w \mathbf{u}_w = " + formulas.tex_vector(row.grad_v)
        )
        st.text(said.row_loss(row))


def _table(passes: Passes, row: CenterRow, names: Sequence[str]) -> None:
    """Show some numbers of the words with the largest errors."""
    words = passes.corpus.vocabulary.words
    order = np.argsort(-np.abs(row.error), kind="stable")[:SHOWN_WORDS]
    probability = probability_name(passes)
    all_columns = {
        "score": row.scores[order],
        probability: row.P[order],
        "expected": row.expected[order],
        "counted": row.counts[order],
        "error": row.error[order],
    }
    columns = {"word": [words[i] for i in order], **{name: all_columns[name] for name in names}}
    formats = {name: tables.number_format() for name in ("score", "expected", "error", probability) if name in names}
    tables.table(columns, key="row", formats=formats)
    if len(order) < len(words):
        st.caption(f"The {len(order):,} words with the largest errors, of {len(words):,}.")
