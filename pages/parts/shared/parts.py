"""A page of several parts shows one at a time: the choice on top, which the address keeps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from pages.drawing.glossary import marked
from pages.parts.shared import strip
from pages.session import memory, now

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Part(Generic[Shown]):
    """One part of a page.

    name  : in the address, of small letters;  title : on the choice, and over the part
    says  : what one sees there, in one sentence of our own words
    show  : shows it; nothing of a part is computed before
    """

    name: str
    title: str
    says: str
    show: Callable[[Shown], None]


def choice(parts: Sequence[Part[Shown]], key: str) -> Part[Shown]:
    """Let the visitor choose one part, and return it.

    key : of the widget, which is the page's own
    """
    by_name = {part.name: part for part in parts}
    memory.set_widget_value(key, now.part(list(by_name)))
    name = st.segmented_control(
        "What to look at",
        list(by_name),
        required=True,
        format_func=lambda name: by_name[name].title,
        key=key,
        label_visibility="collapsed",
        wrap=True,
        on_change=_take,
        args=(key, parts[0].name),
    )
    return by_name[name or parts[0].name]


def _take(key: str, first: str) -> None:
    chosen = memory.widget_value(key)
    now.choose_part(None if chosen == first else chosen)


def heading(part: Part[Shown]) -> None:
    """The heading of a part, and what one sees there."""
    with strip.part(part.title):
        st.markdown(marked(part.says))
