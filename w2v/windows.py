"""A window is one center word and the words near it; an example is one thing to predict from it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Ints, frozen
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.training_pairs import facing


@dataclass(frozen=True, slots=True)
class Window:
    """A center word and its context, as word ids.

    sentence : number of the sentence in `corpus.encoded`
    position : index of the center in that sentence
    center   : id of the center word
    context  : ids of the words at most `radius` places away, in text order, the center left out
    """

    sentence: int
    position: int
    center: int
    context: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One prediction: `target` from the mean of the input vectors `V[inputs]`.

    inputs : ids of input words; a word that stands twice in a CBOW context is listed twice
    target : id of the word to predict
    """

    inputs: tuple[int, ...]
    target: int


def cut_windows(corpus: Corpus, radius: int) -> Iterator[Window]:
    """Yield one window for every word of the text, in text order.

    A window stops at the ends of its sentence. The only word of a sentence has an empty context.
    Raises ValueError when `radius` is smaller than 1, and of training pairs, which have no windows.
    """
    if corpus.is_output is not None:
        raise ValueError("Training pairs have no windows: what is predicted from what stands in the pairs themselves.")
    if radius < 1:
        raise ValueError(f"A window needs a radius of at least 1 word, not {radius}.")
    for number, sentence in enumerate(corpus.encoded):
        words = sentence.tolist()
        for position, center in enumerate(words):
            before = words[max(0, position - radius) : position]
            after = words[position + 1 : position + 1 + radius]
            yield Window(number, position, center, (*before, *after))


def skip_gram(window: Window) -> tuple[Example, ...]:
    """Predict every context word from the center: one example per context word, in text order.

    Mikolov et al. 2013 (arXiv:1301.3781), section 3.2. word2vec.c and gensim go the other way round (they
    predict the center from each context word), which visits the same pairs in another order.
    """
    return tuple(Example((window.center,), word) for word in window.context)


def cbow(window: Window) -> tuple[Example, ...]:
    """Predict the center from all its context words together: one example, none where there is no context.

    Mikolov et al. 2013 (arXiv:1301.3781), section 3.1. Repeated context words count as often as they occur.
    """
    return (Example(window.context, window.center),) if window.context else ()


@dataclass(frozen=True, slots=True, eq=False)
class WindowTable:
    """All windows with a non-empty context, as flat arrays: the same windows as `cut_windows`, for whole texts.

    centers       : (n_windows,) ids of the center words
    center_at     : (n_windows,) where each center stands, as an index into the words that were passed in
    context_start : (n_windows + 1,) the context of window i is entries context_start[i] : context_start[i + 1]
    context       : (n_context,) ids of the context words
    context_at    : (n_context,) where they stand
    """

    centers: Ints
    center_at: Ints
    context_start: Ints
    context: Ints
    context_at: Ints


def window_table(words: Ints, sentence_of: Ints, radii: Ints) -> WindowTable:
    """Cut the windows of a whole text at once.

    words       : (n,) word ids in text order
    sentence_of : (n,) number of each word's sentence; windows do not cross sentences
    radii       : (n,) radius of the window around each word (all equal, or drawn for dynamic windows)
    """
    n = len(words)
    widest = min(int(radii.max(initial=0)), max(n - 1, 0))
    offsets = np.concatenate([np.arange(-widest, 0), np.arange(1, widest + 1)])  # (2 * widest,) in text order
    centers, neighbours = [], []
    rows_at_once = max(1, 4_000_000 // max(1, len(offsets)))  # bounded memory on long texts
    for begin in range(0, n, rows_at_once):
        here = np.arange(begin, min(n, begin + rows_at_once))
        near = here[:, None] + offsets  # (rows, 2 * widest)
        inside = (near >= 0) & (near < n) & (np.abs(offsets) <= radii[here, None])
        near = np.where(inside, near, here[:, None])
        inside &= sentence_of[near] == sentence_of[here, None]
        row, column = np.nonzero(inside)
        centers.append(here[row])
        neighbours.append(near[row, column])
    center_of_pair = np.concatenate(centers) if centers else np.empty(0, np.int64)
    context_at = np.concatenate(neighbours) if neighbours else np.empty(0, np.int64)
    center_at, sizes = np.unique(center_of_pair, return_counts=True)
    start = np.concatenate([[0], np.cumsum(sizes)])
    table = WindowTable(words[center_at], center_at, start, words[context_at], context_at)
    for array in (table.centers, table.center_at, table.context_start, table.context, table.context_at):
        frozen(array)
    return table


def pair_table(words: Ints, sentence_of: Ints, is_output: NDArray[np.bool_], architecture: str) -> WindowTable:
    """Return training pairs as windows: each input with its outputs around it, or for CBOW each output with its inputs.

    words, sentence_of, is_output : (n,) of the text that has the pairs; see `facing`
    """
    at, start, other_at = facing(sentence_of, is_output, from_outputs=architecture == "cbow")
    table = WindowTable(words[at], at, start, words[other_at], other_at)
    for array in (table.centers, table.center_at, table.context_start, table.context, table.context_at):
        frozen(array)
    return table


def draw_windows(
    config: Config, corpus: Corpus, words: Ints, rng: np.random.Generator
) -> tuple[NDArray[np.bool_] | slice, Ints]:
    """Draw what one epoch reads of the words of a text, (n,): an index of those kept, and their radii, (n_kept,).

    Subsampling leaves out frequent words before windows are cut; a dynamic window has a radius of its own.
    """
    kept: NDArray[np.bool_] | slice = slice(None)
    if config.subsample > 0:
        keep_word = corpus.vocabulary.keep_probabilities(config.subsample, formula=config.subsample_formula)
        kept = rng.random(len(words)) < keep_word[words]
    n_kept = len(words[kept])
    if config.dynamic_window:
        return kept, rng.integers(1, config.window + 1, n_kept)
    return kept, np.full(n_kept, config.window)
