"""Mending the text in the box when it is asked for, and the way back.

What is made of a text comes into the box in its place. The text before is kept, so that it can be put back.
"""

from collections.abc import Callable
from functools import partial

from pages.session import choosing, memory, now, own_text
from pages.session.gate import GATE
from w2v.reading.kinds_of_text import stripping
from w2v.reading.line_wrap import on_one_line, unwrapped
from w2v.reading.mojibake import mended
from w2v.reading.segmentation import cut_by_dictionary

PIECE = 50_000  # characters: a tenth of a second
STEPS_BACK = 3  # each keeps a text


def keep_prose() -> None:
    """Take out of the text in the box what is no prose."""
    _mend(lambda text: GATE.finish(stripping(text)))


def put_letters_right() -> None:
    """Put letters right that were decoded wrongly before the text came here."""
    _mend(lambda text: _line_by_line(mended, text))


def cut_into_words() -> None:
    """Cut the text in the box into words, and read it as one that is cut."""
    _mend(lambda text: _line_by_line(cut_by_dictionary, text), pretokenized=True)


def join_lines() -> None:
    """Put each paragraph of the text in the box on one line."""
    _mend(unwrapped)


def join_all_lines() -> None:
    """Put the whole text in the box on one line."""
    _mend(on_one_line)


def _line_by_line(make: Callable[[str], str], text: str) -> str:
    """Make a text from another, of which each line stands for itself, in pieces between which others may work."""
    pieces, begin = [], 0
    while begin < len(text):
        end = text.find("\n", begin + PIECE) + 1 or len(text)
        pieces.append(GATE.do(partial(make, text[begin:end])).removesuffix("\n"))
        begin = end
    return "\n".join(pieces) + "\n" * text.endswith("\n")


def _mend(make: Callable[[str], str], pretokenized: bool | None = None) -> None:
    before, was = own_text.draft(), now.config().pretokenized
    try:
        after = make(before)
    except ValueError as sentence:
        choosing.report_problem(str(sentence))
        return
    steps = memory.recall("mended", ())
    memory.remember(mended=(*steps, (before, was, after))[-STEPS_BACK:])
    _replace(before, after, was if pretokenized is None else pretokenized)


def is_mended() -> bool:
    """Say whether the text in the box was made from another one, which can be put back."""
    steps = memory.recall("mended", ())
    return bool(steps) and steps[-1][-1] == own_text.draft()


def put_back() -> None:
    """Put the text from before it was mended into the box again."""
    if is_mended():
        *steps, (before, was, after) = memory.recall("mended")
        memory.remember(mended=tuple(steps))
        _replace(after, before, was)


def _replace(before: str, after: str, pretokenized: bool) -> None:
    if name := memory.file_of(before):
        memory.name_file(after, name)
    choosing.replace_text(after, pretokenized)
