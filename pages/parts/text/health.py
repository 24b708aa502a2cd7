"""The health card: what to expect of a text, and buttons that mend what they can."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.drawing.numbers import counted, percent
from pages.drawing.words import shown
from pages.parts.shared import settings
from pages.session import choosing, memory, now
from w2v import Health, Plan, text_health
from w2v.counts import n_pairs
from w2v.explain.health import FREQUENT, expected_drops, words_left_out
from w2v.moments import Unit

SHORT_SENTENCE = 4  # words


def show() -> None:
    """The card of the present text."""
    CARDS[now.trainer().unit]()


def _by_updates() -> None:
    plan = now.plan()
    health = memory.keep("health", 4, plan.config, lambda _: text_health(plan))
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{health.tokens:,}** tokens \u00b7 **{health.words:,}** words \u00b7 "
            f"**{health.sentences:,}** sentences \u00b7 **{health.examples:,}** examples in one pass"
        )
        icon = {"good": "check_circle", "fair": "info", "poor": "warning"}[health.verdict]
        st.markdown(f":material/{icon}: {health.expectation}")
        for note in plan.corpus.notes:
            st.text(note)
        _effects(plan)
        _repairs(plan, health)
        settings.broken_lines()


def _effects(plan: Plan) -> None:
    dropped, examples = words_left_out(plan)
    if dropped:
        st.text(f"The minimum count leaves out {dropped:,} words: {', '.join([shown(w) for w in examples])} ...")
    often = expected_drops(plan)
    if often:
        shares = ", ".join([f"{shown(word)} {percent(share)}" for word, share in often])
        st.text(f"Subsampling drops, of all occurrences: {shares}")


def _repairs(plan: Plan, health: Health) -> None:
    if health.verdict == "good" and not health.shouting:
        return
    config = plan.config
    with st.container(horizontal=True):
        if health.shouting:
            st.button("Fold case", on_click=choosing.change, kwargs={"lowercase": True})
        if health.verdict == "poor" and config.min_count == 1 and health.frequent >= 2:
            st.button("Leave out words that occur once", on_click=choosing.change, kwargs={"min_count": 2})
        if health.tokens < SHORT_SENTENCE * health.sentences and choosing.has_lines_to_join():
            st.button("Join the lines", on_click=choosing.join_all_lines)
        if config.subsample == 0 and health.tokens > 500 and health.frequent >= FREQUENT:
            st.button("Thin out very frequent words", on_click=choosing.change, kwargs={"subsample": 0.01})


def _by_passes() -> None:
    """What to expect of a whole text."""
    corpus, config = now.corpus(), now.config()
    vocabulary, n_sentences = corpus.vocabulary, len(corpus.sentence_lengths)
    often = round(vocabulary.counts.sum() / len(vocabulary))
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{corpus.n_tokens:,}** tokens \u00b7 **{len(vocabulary):,}** words \u00b7 "
            f"**{n_sentences:,}** {'sentence' if n_sentences == 1 else 'sentences'} \u00b7 "
            f"**{n_pairs(corpus, config.window):,}** pairs"
        )
        st.markdown(
            ":material/check_circle: This text is trained as a whole: every pass learns from all of its pairs at "
            f"once, exactly. On average a word occurs {counted(often, 'time')}."
        )
        for note in corpus.notes:
            st.text(note)
        if corpus.n_dropped:
            st.text(f"The minimum count of {config.min_count} leaves out {corpus.n_dropped:,} words.")
        settings.broken_lines()


CARDS: Mapping[Unit, Callable[[], None]] = {"update": _by_updates, "pass": _by_passes}
