"""Choosing a text: presets, a box to paste into, a file; and the health card that says what to expect of it."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.parts import controls, figures, state, views, whole_page
from pages.parts.numbers import percent
from w2v import PRESETS, Health, Plan, count_pairs, read_text, text_health
from w2v.health import FREQUENT, expected_drops, words_left_out
from w2v.moments import Unit

MAX_PASTED = 2_000_000
ENCODINGS: Mapping[str, str | None] = {
    "Unicode (UTF-8, or UTF-16/32 with a byte-order mark)": None,
    "Windows, Western Europe (cp1252)": "cp1252",
    "Windows, Cyrillic (cp1251)": "cp1251",
    "Windows, Arabic (cp1256)": "cp1256",
    "UTF-16 without a mark, little-endian": "utf-16-le",
    "Japanese (Shift JIS)": "shift_jis",
    "Chinese (GB 18030)": "gb18030",
    "Korean (EUC-KR)": "euc-kr",
}
MATRIX_WORDS = 40
SHORT_SENTENCE = 4


def chooser() -> None:
    """Texts to start with on top, the box for a text on the left, what to expect of it on the right."""
    _presets()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _paste()
        with st.container(horizontal=True):
            waiting = state.is_waiting()
            go = st.button(
                "Watch it learn", type="primary", icon=":material/play_arrow:", width="stretch", disabled=waiting
            )
            _upload()
            controls.settings_button()
        if go and not waiting:
            st.switch_page("pages/screens/training.py")
        views.trouble()
        _offer()
        preset = state.config().preset
        if preset and state.problem() is None:
            st.caption(f"Look for this: {PRESETS[preset].look_for}")
    with right:
        if state.is_waiting():
            st.caption(f"Still in use, here and on all pages: {views.text_name(state.config())}.")
        HEALTH[state.trainer().unit]()


def _offer() -> None:
    """Offer to train on the whole text: one that cannot be stepped through, or one that is long."""
    if state.problem() is not None and (offered := state.offer()) is not None:
        label, main = "Train on the whole text", True
        often = "all its words" if offered.min_count == 1 else f"words that occur {offered.min_count} times or more"
        st.text(
            "A text this long can be trained as a whole: not update by update, but by passes over all its pairs at "
            f"once ({often}, window {offered.window}, {offered.dim} dimensions)."
        )
    elif state.problem() is None and state.whole_of_present() is not None:
        label, main = "Train on the whole text at once", False
    else:
        return
    if st.button(label, type="primary" if main else "secondary", key="offer_whole"):
        state.take_offer()
        st.switch_page("pages/screens/training.py")


def _presets() -> None:
    def take() -> None:
        key = state.value("preset")
        if key in PRESETS:
            state.change_text(PRESETS[key].text)

    state.hold("preset", state.config().preset if state.problem() is None else None)
    st.radio(
        "Texts to start with",
        list(PRESETS),
        horizontal=True,
        format_func=lambda key: PRESETS[key].title,
        key="preset",
        on_change=take,
        label_visibility="collapsed",
    )


def _paste() -> None:
    def take() -> None:
        text = state.value("pasted") or ""
        if len(text) > max(MAX_PASTED, len(state.draft())):
            state.refuse("This text is longer than 2 MB: paste a part of it, or upload it as a file.")
        else:
            state.change_text(text)

    if state.value("pasted") != state.draft():  # a long text is not sent back with every run
        state.hold("pasted", state.draft())
    st.text_area(
        "Your text (kept in this session only)",
        key="pasted",
        height=90,
        max_chars=max(MAX_PASTED, len(state.draft())),  # an uploaded text may be longer: it must not be cut
        on_change=take,
        placeholder="Paste a text here: a story, a song, a page of a book.",
    )


def _upload() -> None:
    with st.popover("Upload a text file", icon=":material/upload_file:"):
        encoding = st.selectbox("How the file is written", ENCODINGS, key="encoding", persist_state="session")
        st.file_uploader(
            "A plain text file of at most 5 MB",
            key="upload",
            max_upload_size=5,
            on_change=_take_file,
            args=(ENCODINGS[encoding],),
        )
        if state.problem():
            st.text(state.problem())
        st.caption("If a file is refused because of its encoding, choose another one above and upload it again.")


def _take_file(encoding: str | None) -> None:
    uploaded = state.uploaded("upload")
    if uploaded is None:
        return
    try:
        text = read_text(uploaded.getvalue(), encoding)
    except ValueError as error:
        state.refuse(f"{error} The text in the box is as it was.")
    else:
        state.take_file(text)


def _health() -> None:
    plan = state.plan()
    health = state.keep("health", 4, plan.config, lambda _: text_health(plan))
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
        controls.broken_lines()


HEALTH: Mapping[Unit, Callable[[], None]] = {"update": _health, "pass": whole_page.health}


def _effects(plan: Plan) -> None:
    dropped, examples = words_left_out(plan)
    if dropped:
        st.text(f"The minimum count leaves out {dropped:,} words: {', '.join([w[:40] for w in examples])} ...")
    often = expected_drops(plan)
    if often:
        shown = ", ".join([f"{word[:40]} {percent(share)}" for word, share in often])
        st.text(f"Subsampling drops, of all occurrences: {shown}")


def _repairs(plan: Plan, health: Health) -> None:
    if health.verdict == "good" and not health.shouting:
        return
    config = plan.config
    with st.container(horizontal=True):
        if health.shouting:
            st.button("Fold case", on_click=state.change, kwargs={"lowercase": True})
        if health.verdict == "poor" and config.min_count == 1 and health.frequent >= 2:
            st.button("Leave out words that occur once", on_click=state.change, kwargs={"min_count": 2})
        if health.sentences > 1 and health.tokens < SHORT_SENTENCE * health.sentences:
            st.button("Join the lines", on_click=state.join_all_lines)
        if config.subsample == 0 and health.tokens > 500 and health.frequent >= FREQUENT:
            st.button("Thin out very frequent words", on_click=state.change, kwargs={"subsample": 0.01})


def hear(plan: Plan, picked: Mapping[str, Any] | None) -> None:
    """Take over a word that was clicked in the running text."""
    chosen = None if picked is None else picked["word"]
    if chosen is not None:
        state.notice(plan.corpus.vocabulary.words[chosen])


def matrix(plan: Plan) -> None:
    """The whole count matrix as a picture to zoom into, when asked for."""
    if st.toggle("Show the whole count matrix", key="whole_matrix"):
        counts = state.keep("counts", 2, plan.config, lambda _: count_pairs(plan.corpus, plan.config.window))
        figure = figures.count_matrix(plan.corpus.vocabulary.words[:MATRIX_WORDS], counts, MATRIX_WORDS)
        st.plotly_chart(figure, key="count_matrix", config={"displaylogo": False}, alt=figures.COUNT_MATRIX_ALT)
        if plan.n_words > MATRIX_WORDS:
            st.caption(f"The {MATRIX_WORDS} most frequent of {plan.n_words:,} words.")
