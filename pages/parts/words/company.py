"""Company: what the model expects near a word, beside the words that could stand in its place."""

import streamlit as st

from pages.drawing.words import quoted, shown
from pages.parts.shared import tables
from pages.parts.words.subject import Subject
from pages.session.told import why_is_here
from w2v.counted import counted
from w2v.explain.learned import listed
from w2v.explain.why_here import Alike, WhyHere
from w2v.objectives import OBJECTIVES

MOST = 8  # words in each list
NO_TEXT = "The vectors that you opened come without a text: what stands near a word is known only of a training."


def show(subject: Subject) -> None:
    """Both lists side by side, and what they say in one sentence."""
    trained = subject.trained
    if trained is None:
        st.text(NO_TEXT)
        return
    found = why_is_here(trained.moments, trained.t, subject.word, MOST)
    st.text(in_short(subject, found))
    left, right = st.columns(2)
    with left:
        _company(subject, found, trained.moments.config.objective)
    with right:
        _alike(subject, found)


def in_short(subject: Subject, found: WhyHere) -> str:
    """Say what stands near the word, what could replace it, and why."""

    def name(word: int) -> str:
        return quoted(subject.words[word])

    said = f"Near {name(found.word)} the model expects {name(found.company[0].word)} most."
    if not found.alike:
        return f"{said} No word points the same way."
    first = found.alike[0]
    said += f" {name(first.word)} could best stand in its place"
    if first.shared:
        said += f": both stand beside {listed(first.shared[:3], name)}"
    return f"{said}{', never beside each other' if found.never_together else ''}."


def _company(subject: Subject, found: WhyHere, objective: str) -> None:
    of = OBJECTIVES[objective]
    said = "P(o|c)" if of.sums_to_one else of.symbol
    st.markdown("**Company**: what the model expects near it")
    tables.table(
        {
            "word": [subject.words[one.word] for one in found.company],
            said: [one.said for one in found.company],
            "the text says": [one.in_text for one in found.company],
        },
        key="words_company",
        formats={said: tables.share_column(), "the text says": tables.share_column()},
        height=400,
    )


def _alike(subject: Subject, found: WhyHere) -> None:
    st.markdown("**Could replace it**: vectors that point the same way")
    tables.table(
        {
            "word": [subject.words[one.word] for one in found.alike],
            "cosine": [one.cosine for one in found.alike],
            "beside it": [_together(one) for one in found.alike],
            "both stand beside": [", ".join(shown(subject.words[o]) for o in one.shared) for one in found.alike],
        },
        key="words_alike",
        formats={"cosine": tables.share_column()},
        height=400,
    )


def _together(one: Alike) -> str:
    return counted(one.together, "time") if one.together else "never together"
