"""A lesson handed on as a link that holds all of it; and a link that somebody handed on, which opens its lesson."""

from urllib.parse import urlencode

import streamlit as st

from pages.parts.lessons import following, library
from pages.parts.lessons.lesson import Lesson, read_lesson, written
from pages.parts.shared import share
from pages.session import allowed, choosing, link, memory, sharing

HOME = "lessons"  # the page that a link leads to, where what is wrong with it is said


def address(lesson: Lesson) -> str | None:
    """Return the address that opens a lesson at its first step; None if some programs would cut off its end."""
    packed = link.packed_if_short(written(lesson).decode())
    if packed is None:
        return None
    found = f"{sharing.url_of(HOME)}?{urlencode({'lesson': packed})}"
    return found if len(found) <= link.COMFORTABLE else None


def offer(lesson: Lesson) -> None:
    """The link to a lesson, unless the visitor's own link hides what hands things on."""
    if allowed.hides("share"):
        return
    found = address(lesson)
    if found is None:
        st.text(f"This lesson is too long for a link of {link.COMFORTABLE:,} characters: save the file and pass it on.")
    else:
        share.show_link(found, "This link opens the lesson at its first step, with its text.")
    share.show_code()


def open_handed() -> None:
    """Begin the lesson of the link that was followed, once. One that cannot be is refused, and nothing else changes.

    Call it before the guides are asked for.
    """
    packed = memory.recall("handed")
    memory.remember(handed=None)
    if packed is None:
        return
    try:
        lesson = read_lesson(link.unpacked(packed).encode("utf-8", "replace"))
    except ValueError as error:
        choosing.report_problem(f"The lesson of this link cannot be opened. {error}")
        return
    following.begin(library.open_lesson(lesson))
