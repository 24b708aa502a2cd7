"""Choosing a text: presets, a box to paste into, a file; and the health card that says what to expect of it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.drawing import figures
from pages.parts.shared import settings, strip
from pages.parts.text import health
from pages.session import choosing, memory, now
from w2v import PRESETS, Plan, count_pairs, read_text

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


def chooser() -> None:
    """Texts to start with on top, the box for a text on the left, what to expect of it on the right."""
    _presets()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _paste()
        with st.container(horizontal=True):
            waiting = choosing.is_waiting()
            go = st.button(
                "Watch it learn", type="primary", icon=":material/play_arrow:", width="stretch", disabled=waiting
            )
            _upload()
            settings.settings_button()
        if go and not waiting:
            now.play_from_start()
            st.switch_page("pages/screens/training.py")
        strip.trouble()
        _offer()
        preset = now.config().preset
        if preset and choosing.problem() is None:
            st.caption(f"Look for this: {PRESETS[preset].look_for}")
    with right:
        if choosing.is_waiting():
            st.caption(f"Still in use, here and on all pages: {strip.text_name(now.config())}.")
        health.show()


def _offer() -> None:
    """Offer to train on the whole text: one that cannot be stepped through, or one that is long."""
    if choosing.problem() is not None and (offered := choosing.offered()) is not None:
        label, main = "Train on the whole text", True
        often = "all its words" if offered.min_count == 1 else f"words that occur {offered.min_count} times or more"
        st.text(
            "A text this long can be trained as a whole: not update by update, but by passes over all its pairs at "
            f"once ({often}, window {offered.window}, {offered.dim} dimensions)."
        )
    elif choosing.problem() is None and choosing.whole_of_present() is not None:
        label, main = "Train on the whole text at once", False
    else:
        return
    if st.button(label, type="primary" if main else "secondary", key="offer_whole"):
        choosing.take_offer()
        st.switch_page("pages/screens/training.py")


def _presets() -> None:
    def take() -> None:
        key = memory.widget_value("preset")
        if key in PRESETS:
            choosing.change_text(PRESETS[key].text)

    memory.set_widget_value("preset", now.config().preset if choosing.problem() is None else None)
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
        text = memory.widget_value("pasted") or ""
        if len(text) > max(MAX_PASTED, len(choosing.draft())):
            choosing.report_problem("This text is longer than 2 MB: paste a part of it, or upload it as a file.")
        else:
            choosing.change_text(text)

    if memory.widget_value("pasted") != choosing.draft():  # a long text is not sent back with every run
        memory.set_widget_value("pasted", choosing.draft())
    st.text_area(
        "Your text (kept in this session only)",
        key="pasted",
        height=90,
        max_chars=max(MAX_PASTED, len(choosing.draft())),  # an uploaded text may be longer: it must not be cut
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
        if choosing.problem():
            st.text(choosing.problem())
        st.caption("If a file is refused because of its encoding, choose another one above and upload it again.")


def _take_file(encoding: str | None) -> None:
    uploaded = memory.uploaded("upload")
    if uploaded is None:
        return
    try:
        text = read_text(uploaded.getvalue(), encoding)
    except ValueError as error:
        choosing.report_problem(f"{error} The text in the box is as it was.")
    else:
        choosing.take_file(text)


def select_clicked(plan: Plan, picked: Mapping[str, Any] | None) -> None:
    """Take over a word that was clicked in the running text."""
    chosen = None if picked is None else picked["word"]
    if chosen is not None:
        now.select(plan.corpus.vocabulary.words[chosen])


def matrix(plan: Plan) -> None:
    """The whole count matrix as a picture to zoom into, when asked for."""
    if st.toggle("Show the whole count matrix", key="whole_matrix"):
        counts = memory.keep("counts", 2, plan.config, lambda _: count_pairs(plan.corpus, plan.config.window))
        figure = figures.count_matrix(plan.corpus.vocabulary.words[:MATRIX_WORDS], counts, MATRIX_WORDS)
        st.plotly_chart(figure, key="count_matrix", config={"displaylogo": False}, alt=figures.COUNT_MATRIX_ALT)
        if plan.n_words > MATRIX_WORDS:
            st.caption(f"The {MATRIX_WORDS} most frequent of {plan.n_words:,} words.")
