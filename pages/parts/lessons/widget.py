"""What one answers with, by what there is to answer: buttons, boxes to tick, a scale, bars."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.components.guess import guess_view, shares_in
from pages.parts.lessons.guess_record import bare_bars
from pages.session import memory
from w2v.explain.questions.asked import Answers, OneOf, OnScale, SomeOf
from w2v.explain.questions.of_bars import OnBars

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")  # signs of ASCII
_REDRAWN = re.compile(r"(?<=[<>~-])(?=[<>=-])|(?<=www)(?=\.)|(?=@)|(?<=\w)(?=:)", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text as a label may have it, in which Markdown is live: every sign stands for itself.

    Streamlit draws some of them together as something else, escaped or not: -> as an arrow, :streamlit: as a picture,
    addresses as links. Those are kept apart by a sign without width.
    """
    return _MARKUP.sub(r"\\\1", _REDRAWN.sub("\N{WORD JOINER}", text))


@dataclass(frozen=True, slots=True)
class Widget:
    """One way to answer.

    show : shows it under a key;  given : returns what it holds, None as long as nothing was chosen
    """

    show: Callable[[Any, str], None]
    given: Callable[[Any, str], Any]


def answer_box(answers: Answers, key: str) -> None:
    """Show what one answers with."""
    WIDGETS[type(answers)].show(answers, key)


def given_answer(answers: Answers, key: str) -> Any:
    """Return what is chosen there, None as long as nothing is."""
    return WIDGETS[type(answers)].given(answers, key)


def _one(answers: OneOf, key: str) -> None:
    labels = list(map(plain, answers.options))
    numbers = range(len(labels))
    st.radio("Your answer", numbers, None, labels.__getitem__, key, horizontal=True, label_visibility="collapsed")


def _several(answers: SomeOf, key: str) -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        for i, option in enumerate(answers.options):
            st.checkbox(plain(option), key=f"{key}_{i}", width="content")


def _ticked(answers: SomeOf, key: str) -> frozenset[int] | None:
    return frozenset(i for i in range(len(answers.options)) if memory.widget_value(f"{key}_{i}")) or None


def _scale(_: OnScale, key: str) -> None:
    st.slider("Your answer", 0, 100, 0, key=key, format="%d %%", label_visibility="collapsed")


def _bars(answers: OnBars, key: str) -> None:
    left = _left(answers, key) or tuple(answers.bars.even.tolist())
    record = bare_bars(_bars_name(answers, key), answers.bars, answers.names, left, "Your answer", compact=True)
    with st.container(key="guide_bars"):
        guess_view(record, key=key)


def _left(answers: OnBars, key: str) -> tuple[float, ...] | None:
    return shares_in(memory.widget_value(key), _bars_name(answers, key), len(answers.names))


def _bars_name(answers: OnBars, key: str) -> str:
    return f"{key}-{hash(answers.names) & 0xFFFFFFFFFFFF:012x}"


WIDGETS: Mapping[type, Widget] = {
    OneOf: Widget(_one, lambda _, key: memory.widget_value(key)),
    SomeOf: Widget(_several, _ticked),
    OnBars: Widget(_bars, _left),
    OnScale: Widget(_scale, lambda _, key: memory.widget_value(key) or None),  # at 0 it was not touched yet
}
