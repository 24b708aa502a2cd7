"""How far some work is, and the button that stops it, once it takes long."""

import time
from collections.abc import Callable
from itertools import count

import streamlit as st

from pages.session import gate, memory

DRAWN_SECONDS = 0.3  # between two looks: drawing it takes a busy computer as long as a slice of the work


class Bar:
    """A place on the page where a bar and its button appear after `gate.QUIET_SECONDS`.

    label, key : of the button, the key of the next one on a page with a number;  stop : what it calls
    """

    def __init__(self, label: str, key: str, stop: Callable[[], None]) -> None:
        self._place = st.empty()  # there on every run of the page, so that what follows keeps its number
        self._button = label, key, stop
        self._bar: st.delta_generator.DeltaGenerator | None = None
        self._begun = time.monotonic()
        self._drawn = 0.0

    def show(self, share: float, said: str) -> None:
        """Show how far it is, from 0 to 1, with a sentence."""
        if self._bar is None and time.monotonic() - self._begun > gate.QUIET_SECONDS:
            label, name, stop = self._button
            keys = (name if number == 1 else f"{name}_{number}" for number in count(1))
            with self._place.container():
                self._bar = st.progress(0.0)
                st.button(label, key=next(key for key in keys if not memory.is_shown(key)), on_click=stop)
        if self._bar is not None and time.monotonic() - self._drawn > DRAWN_SECONDS:
            self._bar.progress(share, said)
            self._drawn = time.monotonic()

    def take_away(self) -> None:
        """Leave the place empty again."""
        if self._bar is not None:
            self._place.empty()
