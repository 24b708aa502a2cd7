"""Save a run: as a page that plays it offline, a moving picture of the map, tables, vectors for other programs."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.components.player.record import too_large
from pages.parts.save import handouts
from pages.parts.save.gif import map_gif
from pages.parts.save.offering import file_name, offer
from pages.parts.save.page import standalone_html
from pages.parts.save.still import Still, View, still, view_of_run
from pages.parts.save.still_png import still_png
from pages.parts.save.still_svg import still_svg
from pages.parts.shared import strip
from pages.session import allowed, now
from w2v import (
    Moments,
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


def export_button(run: Run, title: str, t: int, word: int, level: str, view: View | None = None) -> None:
    """Everything that can be saved of a run, behind one button. A file is made when it is asked for.

    title : stands on top of the saved page, as plain text: the text and the model in words
    t, word : the moment that is saved, and the word that is selected in the saved page;  level : how much it shows
    view : what the map shows, if it is not that moment on the plane of the whole run
    """
    if allowed.hides("share"):
        return
    menu = st.popover("Save", icon=":material/download:", on_change="rerun", key="save")
    if not menu.open:  # opening it runs the script again, so what is saved is the moment at rest now
        return
    name = file_name(run.config)
    with menu:
        st.caption("The page opens at this update by a double click, also without internet.")
        page_problem = "This model is too large for one page." if too_large(run) else None
        offer(
            "Page that plays this run",
            partial(standalone_html, run, title, t, word, level),
            f"{name}.html",
            page_problem,
        )
        _offer_still(run, t, view, f"{name}-{t}")
        offer("Moving picture of the map", partial(map_gif, run, in_numbers=now.in_numbers()), f"{name}-map.gif")
        offer("Losses of all updates", partial(losses_csv, run), f"{name}-losses.csv")
        _offer_update(run, t, name)
        st.caption("To hand out:")
        handouts.offer_update(run, t)
        handouts.offer_counts(run.config, run.corpus, word)
        st.caption("The vectors (v) at this update, for other programs:")
        _offer_vectors(run, t, name)


def export_passes_button(passes: Passes, title: str, t: int, word: int, level: str) -> None:
    """Everything that can be saved of a whole text's passes, behind one button; see `export_button`.

    The moving picture, which nobody can stop, ends at the best.
    """
    if allowed.hides("share"):
        return
    menu = st.popover("Save", icon=":material/download:", on_change="rerun", key="save")
    if not menu.open:
        return
    name, at = file_name(passes.config), passes.at[t]
    with menu:
        st.caption("The page opens at this pass by a double click, also without internet.")
        page = partial(standalone_html, passes, title, t, word, level)
        offer("Page that plays these passes", page, f"{name}-passes.html")
        _offer_still(passes, t, None, f"{name}-pass-{at}")
        offer(
            "Moving picture of the map",
            partial(map_gif, passes.to_the_best, in_numbers=now.in_numbers()),
            f"{name}-passes-map.gif",
        )
        offer("Losses of all passes", partial(passes_csv, passes.run), f"{name}-passes.csv")
        st.caption("To hand out:")
        handouts.offer_counts(passes.config, passes.corpus, word)
        handouts.refuse_update(passes.config)
        st.caption(f"The vectors (v) after pass {at}, for other programs:")
        _offer_vectors(passes.run, at, name)


def update_button(run: Run, t: int, word: int) -> None:
    """What can be saved and handed out of one update, behind one button.

    t : 0 .. n_steps, after the last update the last one;  word : id of the selected word
    """
    if allowed.hides("share"):
        return
    menu = st.popover("Save", icon=":material/download:", on_change="rerun", key="save_update")
    if not menu.open:
        return
    with menu:
        handouts.offer_update(run, t)
        handouts.offer_counts(run.config, run.corpus, word)
        _offer_update(run, t, file_name(run.config))


def picture_button(moments: Moments, view: View) -> None:
    """The picture that a map shows, behind a button of its own."""
    if allowed.hides("share"):
        return
    menu = st.popover("Save this picture", icon=":material/download:", on_change="rerun", key="save_picture")
    if menu.open:
        with menu:
            _offer_still(moments, view.t, view, f"{file_name(moments.config)}-map-{view.t}")


def _offer_still(moments: Moments, t: int, view: View | None, name: str) -> None:
    """The map of moment t as a picture of dots and as one of shapes; without a view, on the plane of the whole run."""
    words = strip.text_name(moments.config), strip.model_in_words(moments.config)
    in_numbers = now.in_numbers()  # who asks for the file has no session

    def made(write: Callable[[Still], bytes]) -> bytes:
        return write(still(moments, view or view_of_run(moments, t, in_numbers), *words))

    with st.container(horizontal=True, gap="small"):
        offer("Still picture, PNG", partial(made, still_png), f"{name}.png")
        offer("Still picture, SVG", partial(made, still_svg), f"{name}.svg")


def _offer_vectors(run: Run | WholeTextRun, t: int, name: str) -> None:
    def of_now(write: Callable[[WordVectors], bytes]) -> bytes:
        return write(vectors_of(run, t))

    def tables() -> bytes:
        return projector_zip(vectors_of(run, t), run.corpus.vocabulary.counts.tolist())

    with st.container(horizontal=True, gap="small"):
        offer("word2vec text", partial(of_now, word2vec_text), f"{name}-vectors.txt")
        offer("word2vec binary", partial(of_now, word2vec_binary), f"{name}-vectors.bin")
    offer("Tables for TensorBoard's projector", tables, f"{name}-projector.zip")
    offer("The run, to open again on Map", partial(saved_run, light(run)), f"{name}.npz")


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
    step = handouts.kept_step(run, t)
    problem = "This update has too many numbers for one table." if table_cells(step) > MOST_CELLS else None
    table = partial(update_csv, step, run.corpus.vocabulary.words)
    offer(f"All numbers of update {t:,}", table, f"{name}-update-{t}.csv", problem)
