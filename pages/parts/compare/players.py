"""Two players on one clock: the maps of two trainings at equally far moments, moved by one transport."""

import streamlit as st

from pages.components.packing import pack
from pages.components.player import player
from pages.components.player.record import map_basis, moments_record, too_large
from pages.parts.compare import pair
from pages.parts.compare.pair import Pair
from pages.parts.shared import strip, watch
from pages.session import memory, now
from pages.session.gate import GATE
from pages.session.training import PLURAL
from w2v import Moments
from w2v.arrays import Floats
from w2v.pictures.axes import turned

GROUP = "compare"
MOUNTED = "pair_mounted"  # what was sent to the players, as long as they are on the page
AROUND = 525  # pixels of the window that the rest of the page needs


def show(present: Moments) -> None:
    """The whole part."""
    above, columns = st.container(), st.columns(2)
    with above.container(gap=None):
        both = pair.choose(
            [column.container(key=f"pair_{name}") for name, column in zip(pair.NAMES, columns, strict=True)]
        )
    if both is None:
        return
    if too_large(both.first) or too_large(both.second):
        st.text("One of these has too many numbers to animate in the browser: choose fewer dimensions.")
        return
    if memory.recall("mounted") is None:  # they are mounted anew, at the present moment
        memory.forget(MOUNTED)
        memory.remember(mounted=GROUP)
    with above:
        with st.container(key="compare_transport"):
            where = player(_record(both.first, ("transport",)), key="player_compare")
        st.text(in_short(both))
    if both.first.name == present.name:
        watch.follow_player(present, where)
    for column, one, name in zip(columns, (both.first, both.second), pair.NAMES, strict=True):
        with column, st.container(key=f"pair_map_{name}"):
            player(_record(one, ("map",), both.first), key=f"player_compare_{name}")


def take_away() -> None:
    """Note that the players are not on the page: they begin at the present moment when they come back."""
    memory.remember(mounted=None)


def in_short(both: Pair) -> str:
    """Say what the clock does with both."""
    first, second = both.first.n_moments - 1, both.second.n_moments - 1
    if first == second:
        return "Both maps show the same moment of their training, and move together."
    unit = PLURAL[both.first.unit]
    return (
        f"Both maps move together, the first through {first:,} {unit}, the second through {second:,} in the same time."
    )


def _turned_basis(moments: Moments, beside: Moments) -> Floats:
    """Return the axes of a map, turned so that its words lie like those of the other at the end."""
    basis, other = map_basis(moments), map_basis(beside)
    if moments.corpus.vocabulary.words != beside.corpus.vocabulary.words:
        return basis.components
    here, there = (one.parameters(one.best).V for one in (moments, beside))
    return turned(basis, here, other(there)).components


def _record(moments: Moments, views: tuple[str, ...], beside: Moments | None = None) -> bytes:
    """Return the packed record for one of the players: the same bytes as long as nothing was sent elsewhere.

    beside : the training whose map this one is to lie like
    """
    name = None if beside is None else beside.name

    def make(_: object) -> bytes:
        header, arrays = memory.keep(
            "pair_records", 2, moments.name, lambda _: GATE.do(lambda: moments_record(moments))
        )
        if beside is not None and beside is not moments:
            arrays = {**arrays, "basis_components": _turned_basis(moments, beside)}
        where = {
            "id": moments.name,
            "together": GROUP,
            "views": list(views),
            "title": strip.text_name(moments.config),
            "t": min(now.moment(moments), moments.n_moments - 1),
            "word": now.word_id(moments),
            "pinned": now.word() in moments.corpus.vocabulary.ids,
            "command": memory.recall("command"),
            "level": now.level(),
            "around": AROUND,
        }
        return pack({**header, **where}, arrays)

    return memory.keep(MOUNTED, 3, (moments.name, name, views, memory.recall("command"), now.level()), make)
