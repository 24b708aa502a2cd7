"""The two vectors of every word: a row of V when it is the center, a row of U when it is predicted.

With one vector per word U is V: one matrix under both names, so that what moves one moves the other.
"""

from dataclasses import dataclass

import numpy as np

from w2v.arrays import Floats, frozen_floats


@dataclass(frozen=True, eq=False)
class Parameters:
    """Everything the model knows.

    V : (n_words, dim) input vectors; row w is v_w, the vector of word w as an input
    U : (n_rows, dim) output vectors; row w is u_w, the vector of word w as a prediction. Hierarchical softmax
        has one row for each inner node of its tree instead, n_words - 1 in all. The same array as V gives every
        word one vector

    Both are float64 and read-only. Raises ValueError when they are not two matrices of the same width.
    """

    V: Floats
    U: Floats

    def __post_init__(self) -> None:
        V = frozen_floats(self.V)
        object.__setattr__(self, "U", V if self.U is self.V else frozen_floats(self.U))
        object.__setattr__(self, "V", V)
        if self.V.ndim != 2 or self.U.ndim != 2 or self.V.shape[1] != self.U.shape[1]:
            raise ValueError(
                f"V and U must be matrices of the same width, not of shapes {self.V.shape} and {self.U.shape}."
            )

    @classmethod
    def adopt(cls, V: Floats, U: Floats) -> "Parameters":
        """Take over two fitting float64 matrices that nobody else writes to, without a copy, and freeze them."""
        V.setflags(False)  # type: ignore[call-arg]  # write=False, in the way that takes half the time
        U.setflags(False)  # type: ignore[call-arg]
        made = object.__new__(cls)
        object.__setattr__(made, "V", V)
        object.__setattr__(made, "U", U)
        return made

    @property
    def dim(self) -> int:
        """Length of one vector."""
        return int(self.V.shape[1])


def copies(V: Floats, U: Floats) -> tuple[Floats, Floats]:
    """Return copies of V and U that may be written to: one for both where U is V."""
    V_copy = V.copy()
    return V_copy, V_copy if U is V else U.copy()


def random_parameters(
    n_words: int, n_rows: int, dim: int, scale: float, rng: np.random.Generator, one_vector: bool = False
) -> Parameters:
    """Draw V, then U, each entry uniform between -scale and +scale; with `one_vector` V alone, the same V.

    word2vec.c starts V at +-0.5/dim and U at zero. With U = 0 all probabilities are equal and the first
    picture shows nothing, so that here both start at random.
    """
    V = rng.uniform(-scale, scale, (n_words, dim))
    U = V if one_vector else rng.uniform(-scale, scale, (n_rows, dim))
    return Parameters.adopt(V, U)
