"""Mending the text in the box when it is asked for: prose is taken out of it, letters are put right; and the way back.

What is made of a text comes into the box in its place. The text before is kept, so that it can be put back.
"""

from collections.abc import Callable

from pages.session import choosing, memory
from pages.session.gate import GATE
from w2v.reading import kinds_of_text
from w2v.reading.kinds_of_text import Kind
from w2v.reading.mojibake import mended, mojibake

STEPS_BACK = 3  # each keeps a text


def kind() -> Kind | None:
    """Return what kind of text is in the box; None for prose."""
    return memory.keep("kinds", 2, choosing.draft(), kinds_of_text.kind_of)


def where_prose_is() -> str:
    """Return where in the text in the box its prose stands, in a sentence that may hold words of it."""
    found = kind()
    return memory.keep("where_prose_is", 2, choosing.draft(), found.where) if found else ""


def wrong_letters() -> str:
    """Return which letters of the text in the box were decoded wrongly, in a sentence; "" for none."""
    return memory.keep("mojibake", 2, choosing.draft(), mojibake)


def take_out() -> None:
    """Put the prose of the text in the box in its place."""
    _mend(kinds_of_text.stripped)


def put_letters_right() -> None:
    """Put the text in the box with right letters in its place."""
    _mend(mended)


def _mend(make: Callable[[str], str]) -> None:
    before = choosing.draft()
    try:
        after = GATE.do(lambda: make(before))
    except ValueError as sentence:
        choosing.report_problem(str(sentence))
        return
    if name := memory.file_of(before):
        memory.name_file(after, name)
    steps = memory.recall("mended", ())
    memory.remember(mended=(*steps, (before, after))[-STEPS_BACK:])
    choosing.replace_text(after)


def is_mended() -> bool:
    """Say whether the text in the box was made from another one, which can be put back."""
    steps = memory.recall("mended", ())
    return bool(steps) and steps[-1][1] == choosing.draft()


def put_back() -> None:
    """Put the text from before it was mended into the box again."""
    if is_mended():
        *steps, (before, after) = memory.recall("mended")
        if name := memory.file_of(after):
            memory.name_file(before, name)
        memory.remember(mended=tuple(steps))
        choosing.replace_text(before)
