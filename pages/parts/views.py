"""Pieces of page that several pages show: the strip on top, the sentence about what went wrong, the tables."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import streamlit as st

from pages.parts import controls, share, state
from w2v import PRESETS, Config, Run, Stopped

ROW_HEIGHT = 35  # pixels of a row of a table
OBJECTIVE_NAMES = {
    "softmax": "full softmax",
    "negative": "negative sampling",
    "hierarchical": "hierarchical softmax",
}


def heading(title: str, sees: str, tries: str) -> None:
    """Title of a page, one sentence of what one sees and one of what to try. Our own words only."""
    st.markdown(f"**{title}.** {sees} {tries}")


def heading_with_way_back(page: str, title: str, sees: str, tries: str) -> None:
    """The same, with the way back to the visitor's own text at its right end."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        heading(title, sees, tries)
        controls.own_text_button(page)


def text_name(config: Config) -> str:
    """Return the title of the text: of a preset, or of a visitor's own."""
    return PRESETS[config.preset].title if config.preset else "your text"


def model_in_words(config: Config) -> str:
    """Return the model in a few words."""
    parts = [config.architecture if config.architecture != "cbow" else "CBOW", OBJECTIVE_NAMES[config.objective]]
    if config.objective == "negative":
        parts[-1] += f" (k = {config.negatives})"
    parts += [f"window {config.window}", f"{config.dim} dimensions" if config.dim > 1 else "1 dimension"]
    return ", ".join(parts)


def line_on_top(line: Sequence[str]) -> None:
    """What is trained in a few words, beside Share and Settings; below, what could not be done."""
    left, right = st.columns([2.4, 1], vertical_alignment="center")  # one below the other on a phone
    left.caption("  \u00b7  ".join(line))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        share.share_button()
        controls.settings_button()
    trouble()


def card(title: str, sentence: str) -> "st.delta_generator.DeltaGenerator":
    """A bordered card with a bold title and one sentence. Our own words only."""
    made = st.container(border=True, gap="small")
    made.markdown(f"**{title}.** {sentence}")
    return made


def trouble() -> None:
    """Show the sentence about what could not be done, as plain text."""
    sentence = state.problem()
    place = st.container()  # there in any case: what follows keeps its number, and a playing player plays on
    if sentence:
        with place, st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
            st.markdown(":material/error:", width="content")
            st.text(sentence, width="stretch")


def stopped_note(run: Run) -> None:
    """Say it when a run ended before its plan."""
    place = st.container()  # there in any case, as in `trouble`
    if run.stopped is None:
        return
    with place, st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(":material/warning:", width="content")
        st.text(_why_stopped(run.stopped, run.plan.n_steps), width="stretch")
        if run.stopped.reason == "asked":
            st.button("Train it to the end", on_click=state.train_again)


def _why_stopped(stopped: Stopped, planned: int) -> str:
    if stopped.reason == "diverged":
        return (
            f"Training stopped before update {stopped.at:,}: it would have made a vector larger than 1,000, "
            "because the learning rate is too large. All updates before it are kept; choose a smaller rate."
        )
    return f"You stopped after {stopped.at:,} of {planned:,} updates; the model so far is kept."


def table(
    columns: Mapping[str, Sequence[Any] | Any],
    *,
    key: str,
    formats: Mapping[str, Any] | None = None,
    height: int = 282,
    pinned: int = 1,
) -> None:
    """Show a table. Words in it are data, never markup."""
    table_columns = {name: np.asarray(values).tolist() for name, values in columns.items()}
    n_rows = len(next(iter(table_columns.values())))
    config: dict[str, Any] = {name: st.column_config.Column(pinned=True) for name in list(columns)[:pinned]}
    fitting: int | Literal["auto"] = height if n_rows * ROW_HEIGHT > height else "auto"
    st.dataframe(table_columns, hide_index=True, column_config=config | dict(formats or {}), height=fitting, key=key)


def number_format(label: str | None = None) -> Any:
    """A column of numbers with full precision on a click and four digits at rest."""
    return st.column_config.NumberColumn(label, format="%.4g")
