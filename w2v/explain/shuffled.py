"""Whether the order of the words of a text says anything: its pairs against those of the same words, shuffled.

A permutation test: if shuffled texts have as much to say as the real one, what a model finds in it is chance.
"""

import numpy as np

from w2v.arrays import Ints
from w2v.corpus import Corpus
from w2v.counts import flat_text, near_pairs

SHUFFLES = 39  # chance alone beats all of them once in 40 texts
MOST_TOKENS = 10_000  # looked at, in sentences from all over a longer text
SEED = 1


def order_teaches(corpus: Corpus) -> bool:
    """Say whether words stand side by side in this text as they do in none of its shuffles.

    Shuffled are all words, while the sentences keep their lengths. What is compared is the part of the mutual
    information of neighboring words that comes from pairs met at least twice: sum of n log(n / expected n). A pair
    that was met once tells nothing, and short texts have hardly others.
    """
    words, sentence_of = _sample(corpus)
    n_words = len(corpus.vocabulary)
    rng = np.random.default_rng(SEED)
    real = _repeated(words, sentence_of, n_words)
    return all(real > _repeated(rng.permutation(words), sentence_of, n_words) + 1e-9 for _ in range(SHUFFLES))


def _sample(corpus: Corpus) -> tuple[Ints, Ints]:
    """Return at most MOST_TOKENS words, and the sentence of each: of a long text every second, third ... sentence."""
    words, sentence_of = flat_text(corpus)
    every = -(-len(words) // MOST_TOKENS)
    chosen = np.flatnonzero(sentence_of % max(1, every) == 0)[:MOST_TOKENS]
    return words[chosen], sentence_of[chosen]


def _repeated(words: Ints, sentence_of: Ints, n_words: int) -> float:
    """Return the mutual information, summed over pairs in nats, of side-by-side pairs that were met at least twice."""
    pairs = near_pairs(words, sentence_of, np.ones(len(words), np.int64), n_words)
    n = pairs.data.astype(np.float64)
    totals = np.asarray(pairs.sum(axis=0), dtype=np.float64).ravel()
    of_row = np.repeat(totals, np.diff(pairs.indptr))
    again = n > 1
    expected = of_row[again] * totals[pairs.indices[again]] / max(1.0, float(totals.sum()))
    return float((n[again] * np.log(n[again] / expected)).sum())
