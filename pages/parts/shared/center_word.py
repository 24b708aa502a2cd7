"""One center word of a text that is trained by passes: finding it, and what a number for another word is called."""

import streamlit as st

from pages.drawing.words import shown
from pages.session import memory, now
from w2v.reading.characters import clean
from w2v.whole.passes import Passes


def find_word(passes: Passes) -> None:
    """A box to choose any word of the text, also one that the map does not show.

    Its callback asks the session which text there is: Streamlit keeps what a widget calls as long as the session, and
    these passes must not be kept with it.
    """

    def take() -> None:
        wanted = _as_read(memory.widget_value("find_word") or "")
        if wanted in now.corpus().vocabulary.ids:
            now.select(wanted)

    typed = st.text_input("Word", placeholder="Type a word of the text", key="find_word", on_change=take, width=280)
    wanted = _as_read(typed)
    if wanted and wanted not in passes.corpus.vocabulary.ids:
        st.text(f"{shown(typed.strip())} is not among the {len(passes.corpus.vocabulary):,} words that were trained.")


def _as_read(typed: str) -> str:
    """Return a word as it stands in the text after this was read."""
    return clean(typed, now.config().reading).strip()


def probability_name(passes: Passes) -> str:
    """Return what a number of the model for one word is called."""
    objective = passes.run.objective
    return "P(o | word)" if objective.sums_to_one else objective.symbol
