"""What the end of a training says was learned, and the card that answers why a word stands where it does."""

from typing import Any

import streamlit as st

from pages.components.player import send_card
from pages.drawing.words import quoted
from pages.parts.shared import frame, strip
from pages.session import guiding, now
from pages.session.told import learned_by, why_is_here
from w2v import PRESETS, Moments
from w2v.explain.learned import in_words, is_end
from w2v.whole.passes import Passes

ONE_VECTOR = "With one vector per word, words that stand beside each other come close, and each expects itself."


def heading(title: str, sees: str, tries: str, told: tuple[Moments, int] | None) -> None:
    """The heading of a page: where the end is looked at it says what was learned, before that what to look for, or
    what to expect of a text in which little can be found. Nothing of it while a guide is followed, which asks for it.

    told : what was trained and the moment that is looked at, or None where the page shows something else
    """
    if told is None and not guiding.is_followed():
        strip.heading(title, sees, tries)  # nothing longer will come here, so that no room is kept for it
        return
    with frame.sentence("heading"):
        if told is None or guiding.is_followed():
            strip.heading(title, sees, tries)
        elif (said := _learned(*told)) is not None:
            strip.heading_told(title, said)
        elif expected := now.judgement().short:
            strip.heading(title, f":material/info: {expected}")
        else:
            strip.heading(title, sees, tries, _look_for(told[0]))


def learned_line(moments: Moments, t: int) -> None:
    """The same as a line of its own, with room for it from the first moment on."""
    with frame.sentence("learned"):
        said = _learned(moments, t)
        look_for = _look_for(moments)
        if said is not None:
            st.text(f"{said} {look_for}".rstrip())
        elif look_for:
            st.text(f"What to look for: {look_for}")


def _look_for(moments: Moments) -> str:
    """What to look for in a preset with two vectors per word; nothing is known of other texts."""
    if moments.config.one_vector:
        return ONE_VECTOR
    preset = moments.config.preset
    return PRESETS[preset].look_for if preset else ""


def _learned(moments: Moments, t: int) -> str | None:
    """What was learned by moment t, if it is the end of a training."""
    if not is_end(moments, t):
        return None
    words = moments.corpus.vocabulary.words
    return in_words(learned_by(moments, t), lambda i: quoted(words[i]))


def send_why(moments: Moments, t: int, word: int, page: str) -> None:
    """Send the player of a page the card of the selected word at the moment where it rests."""
    found = why_is_here(moments, t, word)
    named = {word, *found.shared, *(one.word for one in found.alike), *(one.word for one in found.company)}
    card: dict[str, Any] = {
        "run": moments.name,
        "t": t,
        "at": moment_in_words(moments, t),
        "word": word,
        "words": {str(i): moments.corpus.vocabulary.words[i] for i in sorted(named)},
        "alike": [[one.word, one.cosine] for one in found.alike],
        "company": [[one.word, one.said, one.in_text] for one in found.company],
        "shared": list(found.shared),
        "never": found.never_together,
    }
    send_card(card, key=f"card_{page}")


def moment_in_words(moments: Moments, t: int) -> str:
    """Say when moment t is: after which update or pass."""
    if t == 0:
        return f"before the first {moments.unit}"
    return f"after {moments.unit} {moments.at[t] if isinstance(moments, Passes) else t:,}"
