"""What is on Variants: one part at a time, at the present moment."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.parts.shared import parts, watch
from pages.parts.shared.cover import covered
from pages.parts.shared.parts import Part
from pages.parts.shared.word_box import missing, word_box
from pages.parts.variants import first_attempt, one_or_two, pmi, two_ways, ways
from pages.session import now
from w2v import Config, Moments

WORD = "variants_word"  # key of the box for it
PARTS: tuple[Part[Moments], ...] = (
    Part("two-ways", "Two ways", "What one pair of words moves, in two models that learn differently.", two_ways.show),
    Part("pmi", "Scores and counts", "How much more often than by chance words meet.", pmi.show),
    Part(
        "vectors",
        "One vector or two",
        "Why a word has two vectors: with one for both it would expect itself.",
        one_or_two.show,
    ),
    Part(
        "first-attempt",
        "A first attempt",
        "What many notebooks write first, with a sigmoid and squared error: it is not word2vec.",
        first_attempt.show,
    ),
)


WANTED: Mapping[str, Callable[[Config], list[Config]]] = {  # what parts want to be trained beside the present run
    "two-ways": two_ways.wanted,
    "pmi": pmi.wanted,
    "vectors": one_or_two.wanted,
}


def train() -> None:
    """Train what the part that is shown compares, of a run by updates. To be run by the whole script."""
    part = now.part([part.name for part in PARTS])
    with st.container(gap=None):  # one place for all bars, so that what follows keeps its number
        if part in WANTED:
            ways.train(WANTED[part](now.config()))
        else:
            first_attempt.train()


def train_of_passes() -> None:
    """The same of a run by passes, where only scores are compared: there is no single pair and no single vector."""
    with st.container(gap=None):
        ways.train(pmi.wanted(now.config()) if now.part([part.name for part in PARTS]) == "pmi" else [])


def show(moments: Moments) -> None:
    """The whole page below its heading. To be run as a fragment: again whenever the player comes to rest."""
    watch.follow_player(moments, watch.reported("variants"))  # before anything is drawn
    words = moments.corpus.vocabulary.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        part = parts.choice(PARTS, "variants_part")
        word_box(words, words[now.word_id(moments)], WORD)
    missing(words, WORD)
    watch.show(moments, "variants", ("transport",))
    parts.heading(part)
    with st.container(key="stays_variants"):  # where the picture stands alone too
        if not covered():
            part.show(moments)
