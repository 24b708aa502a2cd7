"""What was counted of texts, finished or not: halves of symmetric matrices, on the disk where they are large.

COUNT(c, o) of a running text is COUNT(o, c). So each pair is kept once, in the row of the word with the smaller id.
"""

from dataclasses import dataclass, replace

import numpy as np
import scipy

from w2v.arrays import Sparse
from w2v.corpus import Vocabulary
from w2v.counting.counted_text import CountedText, CountSettings, Reached
from w2v.counting.runs import DiskRun, matrix_of
from w2v.counts import Counts, frozen_matrix


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts of texts.

    vocabulary       : the words kept, and how often each occurs
    learned, heldout : (n_words, n_words) upper halves of what is counted of the pairs
    settings         : how they are counted
    n_tokens         : how many words the texts have
    reached          : where counting was stopped; None where it was not
    """

    vocabulary: Vocabulary
    learned: "Sparse | DiskRun"
    heldout: "Sparse | DiskRun"
    settings: CountSettings
    n_tokens: int
    reached: Reached | None = None

    @classmethod
    def of(cls, counted: CountedText) -> "Tally":
        """Return counts as they are kept."""
        learned, heldout = (_half(part.matrix) for part in (counted.counts, counted.heldout))
        return cls(counted.vocabulary, learned, heldout, counted.settings, counted.n_tokens)

    def counted(self) -> CountedText:
        """Return counts as training needs them, in memory."""
        learned, heldout = (Counts(frozen_matrix(_both_halves(matrix_of(run)))) for run in (self.learned, self.heldout))
        return CountedText(self.vocabulary, learned, heldout, self.settings, self.n_tokens)

    def finished(self) -> "Tally":
        """Return it as it is at the end, with the words in the order of a vocabulary."""
        done = replace(self, reached=None)
        words, counts = self.vocabulary.words, self.vocabulary.counts
        order = sorted(range(len(words)), key=lambda i: (-counts[i], words[i]))
        if order == list(range(len(words))):
            return done
        to = np.empty(len(words), np.int64)
        to[order] = np.arange(len(words))
        learned, heldout = (_moved(matrix_of(run), to) for run in (self.learned, self.heldout))
        sorted_words = Vocabulary(tuple(words[i] for i in order), counts[order])
        return replace(done, vocabulary=sorted_words, learned=learned, heldout=heldout)


def _both_halves(half: Sparse) -> Sparse:
    return half + half.T.tocsr()


def _half(matrix: Sparse) -> Sparse:
    """Undo `_both_halves`, to which a word beside itself comes from both."""
    half = scipy.sparse.triu(matrix, format="csr")
    rows = np.repeat(np.arange(half.shape[0]), np.diff(half.indptr))
    half.data[rows == half.indices] //= 2
    return half


def _moved(half: Sparse, to: np.ndarray) -> Sparse:
    """Return an upper half with its words in other places."""
    entries = half.tocoo()
    one, other = (to[places] for places in entries.coords)
    moved = scipy.sparse.csr_array((entries.data, (np.minimum(one, other), np.maximum(one, other))), shape=half.shape)
    moved.sum_duplicates()
    return moved
