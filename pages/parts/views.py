"""Pieces of page that several pages show: the strip on top, the sentence about what went wrong, the tables."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import streamlit as st

from pages.parts import controls, frame, share, state
from pages.parts.passes import Passes
from pages.parts.player import player
from pages.parts.player.passes_record import passes_record
from pages.parts.player.record import pack
from w2v import PRESETS, Config, Plan, Run
from w2v.objectives import OBJECTIVES

LIVE_BYTES = 200_000  # sent with every look at a training that is under way
ROW_HEIGHT = 35  # pixels of a row of a table


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
    objective = OBJECTIVES[config.objective]
    parts = [config.architecture if config.architecture != "cbow" else "CBOW", objective.title]
    if "negatives" in objective.settings:
        parts[-1] += f" (k = {config.negatives})"
    parts += [f"window {config.window}", f"{config.dim} dimensions" if config.dim > 1 else "1 dimension"]
    return ", ".join(parts)


def strip(plan: Plan) -> None:
    """One line on top: the text, its size, the model; and the settings."""
    config = plan.config
    line = [
        text_name(config),
        f"{plan.n_words:,} words in {plan.corpus.n_tokens:,} tokens, {plan.n_examples // config.epochs:,} examples",
        model_in_words(config),
    ]
    line_on_top(line)


def line_on_top(line: Sequence[str]) -> None:
    """What is trained in a few words, beside Share and Settings; below, what could not be done."""
    left, right = st.columns([2.4, 1], vertical_alignment="center")  # one below the other on a phone
    left.caption("  \u00b7  ".join(line))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        share.share_button()
        controls.settings_button()
    trouble()


def watch(run: Run | Passes, page: str, parts: tuple[str, ...], **options: Any) -> None:
    """Show the player of a page, or, for a model too large to send to the browser, a plain box for the update.

    options : `autoplay` to play at once; `around`, how many pixels of the window the rest of the page needs
    """
    record = state.record(run, page, {"views": list(parts), "title": text_name(run.config), **options})
    if record is not None:
        with frame.room(f"{'whole' if isinstance(run, Passes) else 'player'}_{page}"):
            where = player(record, key=f"player_{page}")
        state.rest(run, where)
        return
    st.text(
        "This model has too many numbers to animate in the browser: choose fewer dimensions or a larger minimum count. "
        "Every update can still be looked at."
    )
    t = st.number_input("Update", 0, run.n_steps, state.moment(run), key=f"update_{page}")
    state.go_to(int(t))


def live_record(passes: Passes, parts: tuple[str, ...], **options: Any) -> bytes:
    """Pack a training that is under way for `watch_live`."""
    name = "live"
    header, arrays = passes_record(passes, LIVE_BYTES)
    where = {
        "id": name,
        "views": list(parts),
        "t": passes.n_steps,
        "word": None,
        "command": passes.n_steps,
        "live": True,
    }
    return pack({**header, **where, **options}, arrays)


def watch_live(record: bytes) -> None:
    """Show the player of a training that is under way, always at its last pass. It reports nothing."""
    player(record, key="player_live")


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
        st.text(state.stopped_sentence(run.stopped, run.plan.n_steps), width="stretch")
        if run.stopped.reason == "asked":
            st.button("Train it to the end", on_click=state.train_again)


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
