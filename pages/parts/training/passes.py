"""Training by passes: the player, what its two curves say, and the words of a pass."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.drawing.words import quoted
from pages.parts.save.menu import export_passes_button
from pages.parts.shared import strip, tables, watch
from pages.parts.shared.center_word import find_word, probability_name
from pages.parts.training.curves import learned_by, learned_in_short, memorizing, trained_in_short
from pages.session import now, training
from pages.session.told import row_of
from w2v import nearest
from w2v.counted import counted
from w2v.explain.center_row import CenterRow
from w2v.whole.passes import Passes

NEAR = 12  # words in the two short lists


def show(passes: Passes) -> None:
    """What is on Training: the line on top, the player, what the two curves say, and the words of a pass."""
    numbers = now.in_numbers()
    with st.container(horizontal=True, vertical_alignment="center"):  # where the live line was
        st.text(trained_in_short(passes) if numbers else learned_in_short(passes), width="stretch")
        if st.button(f"{training.MORE_PASSES} more passes", key="more_passes", width="content"):
            training.train_more()
            st.rerun()  # the whole page: it shows the training now
        title = f"{strip.text_name(passes.config)}: {strip.model_in_words(passes.config)}"
        export_passes_button(passes, title, now.moment(passes), now.word_id(passes), now.level())
    t, word = watch.show(passes, "training", ("map", "bars", "loss", "why", "transport"), around=392)
    st.text(memorizing(passes, t) if numbers else learned_by(passes, t))
    words_of(passes, t, word)


def words_of(passes: Passes, t: int, word: int) -> None:
    """A box for any word, and the numbers behind the card of the selected one."""
    find_word(passes)
    words, row = passes.corpus.vocabulary.words, row_of(passes, t, word)
    near = nearest(passes.parameters(t).V, word, NEAR)
    never = sum(1 for i, _ in near if row.counts[i] == 0)
    said = f"{quoted(words[word])} occurs {counted(int(passes.corpus.vocabulary.counts[word]), 'time')}."
    if never:
        said += (
            f" Of the {len(near)} words most like it, {never} never {'stands' if never == 1 else 'stand'} beside it: "
            "similar is not the same as occurring together."
        )
    elif near:
        said += f" It stands beside each of the {len(near)} words most like it, too, at least once."
    st.text(said)
    box = st.expander("All numbers of the selected word", on_change="rerun", key="word_numbers_box")
    if box.open:
        with box:
            _lists(passes, row, near)


def _lists(passes: Passes, row: CenterRow, near: Sequence[tuple[int, float]]) -> None:
    """Company beside replaceable by: the likeliest context words of a word, and the words that are used like it."""
    words = passes.corpus.vocabulary.words
    left, right = st.columns(2)
    with left:
        st.markdown("**Company**: the words that the model expects near it")
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
