"""Words with one vector each, wherever they come from: a run of ours, or a file that another program wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import frozen
from w2v.neighbours import Directions, analogy, nearest

Vectors = NDArray[np.floating[Any]]
"""float32 or float64."""


@dataclass(frozen=True, eq=False)
class WordVectors:
    """Words and their vectors: all that neighbors, analogies and maps need.

    words   : (n_words,) distinct, none empty
    vectors : (n_words, dim) float32 or float64, read-only, all finite; row i belongs to words[i]
    notes   : what the reader should know about how a file was read, one sentence each
    ids     : word -> row, read-only

    Raises ValueError in one sentence that names no word (a word may be anything) but its number, from 1.
    """

    words: tuple[str, ...]
    vectors: Vectors
    notes: tuple[str, ...] = ()
    ids: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(self.words))
        object.__setattr__(self, "vectors", _frozen_vectors(self.vectors))
        object.__setattr__(self, "notes", tuple(self.notes))
        object.__setattr__(self, "ids", MappingProxyType({word: i for i, word in enumerate(self.words)}))
        if self.vectors.ndim != 2 or 0 in self.vectors.shape:
            raise ValueError(f"Word vectors must be a table with rows and columns, not of shape {self.vectors.shape}.")
        if len(self.words) != len(self.vectors):
            raise ValueError(f"There are {len(self.words):,} words and {len(self.vectors):,} vectors.")
        if len(self.ids) != len(self.words):
            raise ValueError(f"Word {_first_repeated(self.words):,} is there twice.")
        if "" in self.ids:
            raise ValueError(f"Word {self.ids[''] + 1:,} is empty.")
        if not np.isfinite(self.vectors).all():
            bad = int(np.flatnonzero(~np.isfinite(self.vectors).all(axis=1))[0])
            raise ValueError(f"The vector of word {bad + 1:,} has a number that is not finite.")

    def __len__(self) -> int:
        return len(self.words)

    def __reduce__(self) -> tuple[type["WordVectors"], tuple[Any, ...]]:
        return WordVectors, (self.words, self.vectors, self.notes)  # a read-only mapping cannot be copied as it is

    @property
    def dim(self) -> int:
        """Length of one vector."""
        return int(self.vectors.shape[1])

    @cached_property
    def directions(self) -> Directions:
        """Where they point, made once for all who ask what is near: see `w2v.neighbours.Directions`."""
        return Directions(self.vectors)

    def find(self, word: str) -> int | None:
        """Return the row of a word: as it is written, else in small letters, else None."""
        for spelling in (word, word.lower(), word.casefold()):
            if spelling in self.ids:
                return self.ids[spelling]
        return None

    def nearest(self, word: str, n: int = 10) -> list[tuple[str, float]]:
        """Return the `n` words most similar to `word` with their cosines; see `w2v.neighbours.nearest`.

        Raises KeyError for a word that is not there.
        """
        return self._named(nearest(self.directions, self.ids[word], n))

    def analogy(self, a: str, b: str, c: str, n: int = 10, exclude_inputs: bool = True) -> list[tuple[str, float]]:
        """Answer a - b + c with words and cosines; see `w2v.neighbours.analogy`.

        Raises KeyError for a word that is not there.
        """
        row_a, row_b, row_c = (self.ids[word] for word in (a, b, c))
        return self._named(analogy(self.directions, row_a, row_b, row_c, n, exclude_inputs))

    def _named(self, found: list[tuple[int, float]]) -> list[tuple[str, float]]:
        return [(self.words[i], cosine) for i, cosine in found]


def _frozen_vectors(values: Any) -> Vectors:
    """Return the values as a read-only array, float32 if they are, else float64; copied if others could write."""
    kind: type[np.floating[Any]] = np.float32 if getattr(values, "dtype", None) == np.float32 else np.float64
    if (
        isinstance(values, np.ndarray)
        and values.dtype == kind
        and values.flags.c_contiguous
        and values.flags.owndata
        and not values.flags.writeable
    ):
        return values
    array: Vectors = np.array(values, dtype=kind, order="C")
    frozen(array)
    return array


def _first_repeated(words: tuple[str, ...]) -> int:
    """The number, from 1, of the first word that was there before."""
    seen: set[str] = set()
    for number, word in enumerate(words, 1):
        if word in seen:
            return number
        seen.add(word)
    return 0
