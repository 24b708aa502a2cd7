"""Which sentences are learned from and which are kept aside, and the pairs of both, counted apart.

Of a text without sentence ends (a whole encyclopedia in one line, as text8) stretches are kept aside instead: every
sentence of more than `LONG_SENTENCE` words is cut into stretches of about `STRETCH` words, and each of these is kept
aside or not like a sentence. No window reaches from one side to the other, and the words of a stretch that stand
within a window's width of what is learned from belong to neither, since half of their company was seen.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from w2v.arrays import Ints
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counts import Counts, facing_pairs, flat_text, frozen_matrix, near_pairs
from w2v.objectives import OBJECTIVES
from w2v.whole.expected_sgd import EPOCHS
from w2v.windows import draw_windows

DEFAULT_SHARE = 0.1  # of the sentences
SHORT_TEXT = 20_000  # words
LONG_SENTENCE, STRETCH = 500, 200  # words

_WINDOWS, _HELDOUT = 1, 3  # streams of randomness, numbered after those of `plan.py`


def default_share(config: Config, corpus: Corpus) -> float:
    """Return the share of the sentences that is kept aside when none is asked for.

    A tenth says when to stop, with one exception. Negative sampling follows a schedule of 20 epochs
    (`expected_sgd.py`): a short text is learned by heart before its end, a long one much less, and is
    learned from as a whole.
    """
    return 0.0 if OBJECTIVES[config.objective].on_schedule and corpus.n_tokens >= SHORT_TEXT else DEFAULT_SHARE


def n_draws(config: Config) -> int:
    """Return how many times the pairs of a text are counted, each time with other windows and words left out.

    Negative sampling follows the expected path of `EPOCHS` epochs of SGD, and each of those draws anew.
    """
    chance = config.dynamic_window or config.subsample > 0
    return EPOCHS if chance and OBJECTIVES[config.objective].on_schedule else 1


def split_counts(config: Config, corpus: Corpus, share: float) -> tuple[Counts, Counts]:
    """Count the pairs of the sentences to learn from, and those of the sentences kept aside.

    Subsampling and dynamic windows are drawn from the seed, as in the first epochs of a `Plan`; the pairs of all
    `n_draws` are added up.
    """
    words, pair_of = flat_text(corpus)
    n_words = len(corpus.vocabulary)
    if corpus.is_output is not None:
        aside = heldout_units(config, corpus.sentence_lengths, share)[pair_of]
        training, held_out = (
            facing_pairs(words[part], pair_of[part], corpus.is_output[part], n_words) for part in (~aside, aside)
        )
        return Counts(training), Counts(held_out)
    lengths, of_sentence = units(corpus)
    is_heldout, sentence_of, used = _marked(config, lengths, of_sentence, heldout_units(config, lengths, share))
    training = held_out = csr_array((n_words, n_words), dtype=np.int64)
    for epoch in range(n_draws(config)):
        rng = np.random.default_rng([config.seed, _WINDOWS, epoch])
        kept, radii = draw_windows(config, corpus, words, rng)
        drawn, sentence, for_heldout, in_use = words[kept], sentence_of[kept], is_heldout[kept], used[kept]
        training = training + _pairs_of(~for_heldout & in_use, drawn, sentence, radii, n_words)
        if is_heldout.any():
            held_out = held_out + _pairs_of(for_heldout & in_use, drawn, sentence, radii, n_words)
    return Counts(frozen_matrix(training)), Counts(frozen_matrix(held_out))


def _pairs_of(part: NDArray[np.bool_], words: Ints, sentence_of: Ints, radii: Ints, n_words: int) -> csr_array:
    return near_pairs(words[part], sentence_of[part], radii[part], n_words)


def units(corpus: Corpus) -> tuple[Ints, Ints]:
    """Cut the text into what is kept aside or learned from as one: sentences, and stretches of long ones.

    Returns how many words each has, and the number of the sentence that each is of; both (n_units,).
    """
    lengths = corpus.sentence_lengths
    pieces = np.where(lengths > LONG_SENTENCE, np.ceil(lengths / STRETCH).astype(np.int64), 1)
    of_sentence = np.repeat(np.arange(len(lengths)), pieces)
    piece = np.arange(len(of_sentence)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    n, all_pieces = lengths[of_sentence], pieces[of_sentence]
    return n * (piece + 1) // all_pieces - n * piece // all_pieces, of_sentence


def heldout_units(config: Config, lengths: Ints, share: float) -> NDArray[np.bool_]:
    """Draw what to keep aside among the `units` of two words or more, (n_units,); at least one is left."""
    heldout = np.zeros(len(lengths), bool)
    candidates = np.flatnonzero(lengths >= 2)
    n_heldout = min(round(share * len(candidates)), len(candidates) - 1)
    if n_heldout > 0:
        rng = np.random.default_rng([config.seed, _HELDOUT, 0])
        heldout[rng.choice(candidates, n_heldout, replace=False)] = True
    return heldout


def _marked(
    config: Config, lengths: Ints, of_sentence: Ints, heldout: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], Ints, NDArray[np.bool_]]:
    """Say of every word whether it is kept aside, what no window reaches out of, and whether it is used at all.

    Units of one sentence that follow each other on the same side are one again.
    """
    begins = np.ones(len(lengths), bool)
    begins[1:] = (np.diff(of_sentence) != 0) | (heldout[1:] != heldout[:-1])
    run_of = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)  # unit of each run
    n = np.add.reduceat(lengths, first) if len(first) else lengths
    run_heldout, sentence = heldout[first], of_sentence[first]
    starts = np.cumsum(n) - n
    used = np.ones(int(lengths.sum()), bool)
    for r in np.flatnonzero(run_heldout):
        if r > 0 and sentence[r - 1] == sentence[r]:
            used[starts[r] : starts[r] + min(config.window, n[r])] = False
        if r + 1 < len(n) and sentence[r + 1] == sentence[r]:
            used[starts[r] + max(0, n[r] - config.window) : starts[r] + n[r]] = False
    return np.repeat(heldout, lengths), np.repeat(run_of, lengths), used
