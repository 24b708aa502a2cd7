"""How far to trust a picture, on its page: a sentence that can be used, and the numbers behind a question beside it."""

from collections.abc import Sequence

import streamlit as st

from pages.drawing.glossary import marked
from pages.drawing.trust import QUESTION
from pages.parts.shared.cover import COMES_LATER, is_covered
from w2v.explain.questions.asked import TRUST


class TrustLine:
    """The line of a page for both. There from the first, so that nothing jumps; filled when they are known."""

    def __init__(self, place: "st.delta_generator.DeltaGenerator", key: str) -> None:
        line = place.container(horizontal=True, vertical_alignment="center", wrap=False)
        self._short = line.container(width="stretch").empty()
        self._behind = line.popover(QUESTION, type="tertiary", key=key)

    def wait(self, sentence: str) -> None:
        """Say that the picture is still to come."""
        self._short.text(sentence)

    def say(self, short: str, numbers: str, why: Sequence[str]) -> None:
        """Say both: what can be taken from the picture, and behind the question the numbers, why, and what to do.

        why : sentences of our own words only
        """
        if is_covered(TRUST):
            self._short.text(COMES_LATER)
            return
        self._short.text(short)
        self._behind.text(numbers)
        self._behind.markdown(marked("\n\n".join(why)))
