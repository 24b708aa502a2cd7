"""Pictures of the words of one moment: a table of vectors (the rows drawn), and where each of them stands.

Straight pictures are sent to the player as a plane, so that they move with the clock; t-SNE as dots that stand still.
Nothing here knows who is looking: what was made before comes from a `Memory`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np

from pages.components.player.record import BASIS_MOMENTS
from pages.drawing.words import SHOWN_WORDS
from pages.parts.map.choice import KEPT_NEAR, MOMENT, PAIRS, Choice
from pages.parts.save.still import View
from w2v import Basis, Honesty, Moments, honesty, nearest, pca_basis
from w2v.arrays import Floats
from w2v.pictures.axes import run_basis, turned, word_axes
from w2v.pictures.clusters import clusters

ADDRESS = "map"  # the player's view that a layout is for

Made = TypeVar("Made")


class Memory(Protocol):
    """What was made before, in short lists: the functions of pages.session.memory."""

    def keep(self, name: str, size: int, key: Any, make: Callable[[Any], Made]) -> Made:
        """Return what was made for `key`, making it if needed."""

    def latest(self, name: str) -> tuple[Any, Any]:
        """Return the key of what was made last, and what it was; (None, None) when nothing was."""


@dataclass(frozen=True, eq=False)
class Picture:
    """What is drawn at one moment.

    t       : the moment;  ids : the words, by id;  vectors : "v", "u" or "both"
    rows    : (n, dim) their vectors, for "both" first all of V and then all of U
    points  : (n, 2) where they stand
    basis   : the plane they are drawn on, or None for t-SNE
    honesty : of these points
    """

    t: int
    ids: tuple[int, ...]
    vectors: str
    rows: Floats
    points: Floats
    basis: Basis | None
    honesty: Honesty

    @property
    def keys(self) -> list[str]:
        """The names of the rows in a layout: v0, v1, ..., u0, ..."""
        return [f"{kind}{i}" for kind in ("v", "u") if self.vectors in (kind, "both") for i in self.ids]

    def row_of(self, word: int) -> int | None:
        """Return the row of a word, the one of v if both are there; None if it is not drawn."""
        return self.ids.index(word) if word in self.ids else None


def frequent(moments: Moments) -> tuple[int, ...]:
    """Return the words of pictures that stand still: the most frequent, by id."""
    return tuple(range(min(len(moments.corpus.vocabulary), SHOWN_WORDS)))


def rows_of(moments: Moments, t: int, vectors: str, ids: Sequence[int] | slice) -> Floats:
    """Return the vectors of words at moment t: (n, dim), for "both" first all of V and then all of U."""
    parameters = moments.parameters(t)
    chosen = list(ids) if not isinstance(ids, slice) else ids
    parts = [matrix[chosen] for kind, matrix in (("v", parameters.V), ("u", parameters.U)) if vectors in (kind, "both")]
    return np.concatenate(parts)


def straight(moments: Moments, choice: Choice, t: int, selected: int, memory: Memory) -> Picture:
    """Return the picture of moment t on a plane: of the most frequent words, and of the selected one in any case."""
    first = frequent(moments)
    ids = first if selected in first else (*first, selected)
    rows = rows_of(moments, t, choice.vectors, ids)
    basis = _plane(moments, choice, t, memory)
    points = basis(rows)
    return Picture(t, ids, choice.vectors, rows, points, basis, honesty(rows, points))


def still(moments: Moments, t: int, vectors: str, points: Floats) -> Picture:
    """Return the picture of moment t that t-SNE drew: points (n, 2) of the most frequent words."""
    ids = frequent(moments)
    rows = rows_of(moments, t, vectors, ids)
    return Picture(t, ids, vectors, rows, points, None, honesty(rows, points))


def _plane(moments: Moments, choice: Choice, t: int, memory: Memory) -> Basis:
    if choice.picture == PAIRS:  # differences of v are the axes, of u only when u alone is shown
        return word_axes(rows_of(moments, t, choice.one_kind, slice(None)), choice.pairs)
    if choice.picture == MOMENT:
        key = (moments.name, t, choice.vectors)
        return memory.keep("map_moment", 8, key, lambda _: _of_moment(moments, t, choice.vectors, memory))
    return _of_run(moments, choice.vectors, memory)


def _of_run(moments: Moments, vectors: str, memory: Memory) -> Basis:
    def make(_: Any) -> Basis:
        return run_basis([rows_of(moments, t, vectors, slice(None)) for t in moments.keyframes(BASIS_MOMENTS)])

    return memory.keep("map_run", 3, (moments.name, vectors), make)


def _of_moment(moments: Moments, t: int, vectors: str, memory: Memory) -> Basis:
    """The principal axes of moment t, turned towards the picture before it, so that nothing flips."""
    rows = rows_of(moments, t, vectors, slice(len(frequent(moments))))
    key, before = memory.latest("map_moment")
    same = key is not None and (key[0], key[2]) == (moments.name, vectors)
    reference = before if same else _of_run(moments, vectors, memory)
    return turned(pca_basis(rows), rows, reference(rows))


def view(choice: Choice, picture: Picture, note: str) -> View:
    """Return the picture as it can be saved.

    note : what stands on its lower edge
    """
    method = "t-SNE" if picture.basis is None else "axes by word pairs" if choice.picture == PAIRS else "PCA"
    kinds = "vu" if picture.vectors == "both" else picture.vectors
    return View(picture.t, method, picture.points, note, picture.ids, kinds)


def layout(choice: Choice, picture: Picture, selected: int, label: str) -> dict[str, Any]:
    """Return everything the player's map needs besides the run; see setLayout in player/views/map.js.

    label : what stands on its lower edge
    """
    seen, keys = picture.honesty, picture.keys
    look: dict[str, Any] = {
        "color": choice.color,
        "tails": choice.tails,
        "names": choice.names,
        "arrows": choice.arrows,
        "near": choice.near,
        "isolate": None,
    }
    made: dict[str, Any] = {
        "address": ADDRESS,
        "t": picture.t,
        "kind": picture.vectors,
        "rows": keys,
        "look": look,
        "label": label,
    }
    if picture.basis is None:
        made |= {"words": list(picture.ids), "points": picture.points.tolist()}
    else:
        made["basis"] = {"mean": picture.basis.mean.tolist(), "components": picture.basis.components.tolist()}
        if choice.picture == PAIRS:
            made["axes"] = [list(pair) for pair in choice.pairs]
    if choice.lines:
        made["lines"] = [
            [i, int(j), bool(agrees)] for i, (j, agrees) in enumerate(zip(seen.true_nearest, seen.agrees)) if j >= 0
        ]
    if choice.color == "group":
        made["groups"] = clusters(picture.rows, choice.groups).tolist()
    if choice.isolate and (row := picture.row_of(selected)) is not None:
        look["isolate"] = [keys[i] for i in (row, *(i for i, _ in nearest(picture.rows, row, KEPT_NEAR)))]
    return made
