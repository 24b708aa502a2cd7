"""Pictures that stand still below the map, when asked for: t-SNE from several seeds, and three axes in 3-D."""

from typing import Any

import streamlit as st

from pages.drawing import figures
from pages.drawing.numbers import percent
from pages.parts.map import open_button
from pages.parts.map.choice import Choice
from pages.parts.map.pictures import frequent, rows_of
from pages.parts.map.sentences import moment_name
from pages.parts.save.menu import picture_button
from pages.parts.save.still import View
from pages.parts.shared import watch
from pages.session import memory
from w2v import Moments, ProjectionError, align, honesty, nearest, pca_basis, tsne
from w2v.arrays import Floats

SEEDS = 6
MARKED_NEAR = 3  # words marked beside the selected one


def show(moments: Moments, choice: Choice, t: int, selected: int, view: View) -> None:
    """The buttons that ask for them, and those that were asked for.

    t : the moment that is looked at;  selected : id of the selected word;  view : what is on the map, to be saved
    """
    asked = {what: watch.asked_for(what, moments) for what in ("map_six", "map_3d")}
    with st.container(horizontal=True, vertical_alignment="center"):
        _buttons(moments, t, "map_six", f"t-SNE from {SEEDS} seeds, side by side", asked["map_six"])
        _buttons(moments, t, "map_3d", "Three axes in 3-D", asked["map_3d"])
        open_button.show()
        picture_button(moments, view)
    open_button.cut_large_files()
    if asked["map_3d"] is not None:
        _three_axes(moments, choice, asked["map_3d"], selected)
    if asked["map_six"] is not None:
        _six_seeds(moments, choice, asked["map_six"], selected)


def _buttons(moments: Moments, t: int, what: str, label: str, asked: int | None) -> None:
    if asked is None:
        st.button(label, key=f"{what}_open", on_click=watch.ask_for, args=(what,))
        return
    st.button(f"Close: {label}", key=f"{what}_close", on_click=watch.take_away, args=(what,))
    if asked != t:
        st.button(f"Draw it for this {moments.unit}", key=f"{what}_again", on_click=watch.ask_for, args=(what,))


def _three_axes(moments: Moments, choice: Choice, t: int, selected: int) -> None:
    rows = rows_of(moments, t, choice.one_kind, frequent(moments))
    basis = pca_basis(rows, 3)
    points = basis(rows)
    seen = honesty(rows, points)
    kept = f"three axes keep {percent(seen.variance_kept)} of the variance"
    near = f"the closest dot is the true nearest word for {percent(seen.nearest_agree)} of the words"
    st.text(f"At {moment_name(moments, t)} {kept}; {near}. Drag to turn it.")
    words = moments.corpus.vocabulary.words[: len(rows)]
    figure = figures.three_axes(points, words, basis.explained, _marked(selected, rows), _dark())
    alt = f"The words in three dimensions at {moment_name(moments, t)}: {kept}."
    st.plotly_chart(figure, key="map_three_axes", config={"displaylogo": False, "scrollZoom": False}, alt=alt)


def _six_seeds(moments: Moments, choice: Choice, t: int, selected: int) -> None:
    rows = rows_of(moments, t, choice.one_kind, frequent(moments))
    st.text(
        f"The same vectors ({moment_name(moments, t)}) drawn by t-SNE from {SEEDS} seeds, turned to lie alike: "
        "what differs between them is not in the vectors."
    )
    slot = st.empty()
    pictures: list[Floats] = []
    try:
        for seed in range(1, SEEDS + 1):
            key = (moments.name, choice.one_kind, t, choice.perplexity, seed)
            if not memory.is_kept("map_seeds", key):
                slot.progress((seed - 1) / SEEDS, f"t-SNE: picture {seed} of {SEEDS}")

            def make(_: Any, seed: int = seed) -> Floats:
                return tsne(rows, perplexity=choice.perplexity, seed=seed)

            pictures.append(memory.keep("map_seeds", 2 * SEEDS, key, make))
    except ProjectionError as error:
        slot.text(str(error))
        return
    pictures = [pictures[0], *(align(points, pictures[0]) for points in pictures[1:])]
    right = [honesty(rows, points).nearest_agree for points in pictures]
    titles = [f"seed {seed}: {percent(share)} of closest dots are right" for seed, share in enumerate(right, 1)]
    words = moments.corpus.vocabulary.words[: len(rows)]
    figure = figures.side_by_side(pictures, titles, [words] * SEEDS, [_marked(selected, rows)] * SEEDS, _dark())
    alt = f"{SEEDS} t-SNE pictures of the same vectors. Closest dots that are right: {', '.join(map(percent, right))}."
    slot.plotly_chart(figure, key="map_six_seeds", config={"displayModeBar": False}, alt=alt)


def _marked(selected: int, rows: Floats) -> list[int]:
    """The selected word, if drawn, and its true nearest words."""
    if selected >= len(rows):
        return []
    return [selected, *(i for i, _ in nearest(rows, selected, MARKED_NEAR))]


def _dark() -> bool:
    return st.context.theme.type == "dark"
