"""Training pairs in place of windows: which word is predicted from which, in a text that says so itself."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Ints
from w2v.corpus import Corpus


class Facing(NamedTuple):
    """Words of one side of the pairs, each with all those of the other side, as flat arrays.

    at       : (n,) indices of the words
    start    : (n + 1,) those of the other side are the entries start[i] : start[i + 1]
    other_at : (n_others,) indices of these
    """

    at: Ints
    start: Ints
    other_at: Ints


def facing(sentence_of: Ints, is_output: NDArray[np.bool_], from_outputs: bool) -> Facing:
    """Return each input with the outputs of its pair, or each output with its inputs; none that faces nothing.

    sentence_of : (n,) number of the pair of each word, rising
    is_output   : (n,) whether a word is an output; in each pair these stand behind the inputs
    """
    n_pairs = int(sentence_of.max(initial=-1)) + 1
    size = np.bincount(sentence_of[is_output != from_outputs], minlength=n_pairs)
    first_input = np.searchsorted(sentence_of, np.arange(n_pairs))
    n_inputs = np.bincount(sentence_of[~is_output], minlength=n_pairs)
    first = first_input if from_outputs else first_input + n_inputs
    at = np.flatnonzero(is_output == from_outputs)
    at = at[size[sentence_of[at]] > 0]
    pair = sentence_of[at]
    start = np.concatenate([[0], np.cumsum(size[pair])])
    other_at = np.arange(start[-1]) - np.repeat(start[:-1] - first[pair], size[pair])
    return Facing(at, start, other_at)


def n_training_pairs(corpus: Corpus) -> int:
    """Return how many pairs of one input and one output there are in all."""
    assert corpus.is_output is not None
    pair_of = np.repeat(np.arange(len(corpus.sentence_lengths)), corpus.sentence_lengths)
    n_outputs, n_inputs = (
        np.bincount(pair_of[side], minlength=len(corpus.sentence_lengths))
        for side in (corpus.is_output, ~corpus.is_output)
    )
    return int(n_outputs @ n_inputs)
