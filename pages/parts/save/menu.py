"""Save a run: as a page that plays it offline, a moving picture of the map, tables, vectors for other programs."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.components.player.record import too_large
from pages.parts.save.gif import map_gif
from pages.parts.save.page import standalone_html
from pages.session import memory, now
from w2v import (
    Config,
    Run,
    WholeTextRun,
    WordVectors,
    projector_zip,
    saved_run,
    vectors_of,
    word2vec_binary,
    word2vec_text,
)
from w2v.files.csv_tables import MOST_CELLS, losses_csv, passes_csv, table_cells, update_csv
from w2v.whole.passes import Passes

__all__ = ["export_button", "losses_csv", "map_gif", "standalone_html", "update_csv"]

_ONE_AT_A_TIME = threading.BoundedSemaphore(1)  # a class that saves at once takes turns


def export_button(run: Run, title: str) -> None:
    """Everything that can be saved of a run, behind one button. A file is made when it is asked for.

    title : stands on top of the saved page, as plain text: the text and the model in words
    """
    menu = st.popover("Save", icon=":material/download:", on_change="rerun", key="save")
    if not menu.open:  # opening it runs the script again, so what is saved is the moment at rest now
        return
    t, word = now.moment(run), run.corpus.vocabulary.ids.get(now.word() or "")
    name = file_name(run.config)
    with menu:
        st.caption("The page opens at this update by a double click, also without internet.")
        page_problem = "This model is too large for one page." if too_large(run) else None
        _offer("Page that plays this run", partial(standalone_html, run, title, t, word), f"{name}.html", page_problem)
        _offer("Moving picture of the map", partial(map_gif, run), f"{name}-map.gif")
        _offer("Losses of all updates", partial(losses_csv, run), f"{name}-losses.csv")
        _offer_update(run, t, name)
        st.caption("The vectors (v) at this update, for other programs:")
        _offer_vectors(run, t, name)


def export_passes_button(passes: Passes) -> None:
    """Everything that can be saved of a whole text's passes, behind one button."""
    menu = st.popover("Save", icon=":material/download:", on_change="rerun", key="save")
    if not menu.open:
        return
    name, at = file_name(passes.config), passes.at[now.moment(passes)]
    with menu:
        _offer("Losses of all passes", partial(passes_csv, passes.run), f"{name}-passes.csv")
        st.caption(f"The vectors (v) after pass {at}, for other programs:")
        _offer_vectors(passes.run, at, name)


def _offer_vectors(run: Run | WholeTextRun, t: int, name: str) -> None:
    def of_now(write: Callable[[WordVectors], bytes]) -> bytes:
        return write(vectors_of(run, t))

    def tables() -> bytes:
        return projector_zip(vectors_of(run, t), run.corpus.vocabulary.counts.tolist())

    with st.container(horizontal=True, gap="small"):
        _offer("word2vec text", partial(of_now, word2vec_text), f"{name}-vectors.txt")
        _offer("word2vec binary", partial(of_now, word2vec_binary), f"{name}-vectors.bin")
    _offer("Tables for TensorBoard's projector", tables, f"{name}-projector.zip")
    _offer("The run, to open again on Map", partial(saved_run, light(run)), f"{name}.npz")


def light(run: Run | WholeTextRun) -> Run | WholeTextRun:
    """Return a run that can be opened here again: of a whole text the first, the best and the last pass alone."""
    if isinstance(run, Run):
        return run
    wanted = (0, run.best, run.n_passes)
    return replace(run, frames=tuple(frame if i in wanted else None for i, frame in enumerate(run.frames)))


def _offer_update(run: Run, t: int, name: str) -> None:
    if run.n_steps == 0:
        return
    t = min(t, run.n_steps - 1)  # after the last update: the last one
    step = memory.keep("steps", 2, (run.config, t), lambda _: run.step(t))
    problem = "This update has too many numbers for one table." if table_cells(step) > MOST_CELLS else None
    table = partial(update_csv, step, run.corpus.vocabulary.words)
    _offer(f"All numbers of update {t:,}", table, f"{name}-update-{t}.csv", problem)


def file_name(config: Config) -> str:
    """Return how the files of a run begin: only our own words, nothing of a visitor's text."""
    return f"word2vec-{(config.preset or 'own-text').replace('_', '-')}"


_BYTES = "application/octet-stream"
_KINDS = {
    "html": ("text/html", "web_asset"),
    "gif": ("image/gif", "gif_box"),
    "csv": ("text/csv", "table"),
    "txt": ("text/plain", "text_snippet"),
    "bin": (_BYTES, "data_array"),
    "zip": ("application/zip", "folder_zip"),
    "npz": (_BYTES, "save"),
}


def _offer(label: str, make: Callable[[], bytes], file: str, problem: str | None = None) -> None:
    mime, icon = _KINDS[file.rsplit(".", 1)[1]]

    def in_turn() -> bytes:
        with _ONE_AT_A_TIME:
            return make()

    st.download_button(
        label,
        in_turn,
        file,
        mime,
        key=f"save_{file}",
        help=problem,
        on_click="ignore",
        icon=f":material/{icon}:",
        disabled=problem is not None,
        width="stretch",
    )
