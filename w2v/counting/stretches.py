"""What is kept aside or learned from as one: sentences, and stretches of those that never seem to end.

Of a text without sentence ends (a whole encyclopedia in one line, as text8) stretches are kept aside instead: every
sentence of more than `LONG_SENTENCE` words is cut into stretches of about `STRETCH` words, and each of these is kept
aside or not like a sentence. No window reaches from one side to the other, and the words of a stretch that stand
within a window's width of what is learned from belong to neither, since half of their company was seen.
"""

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Ints

LONG_SENTENCE, STRETCH = 500, 200  # words


def units(lengths: Ints) -> tuple[Ints, Ints]:
    """Cut sentences of these lengths into what is kept aside or learned from as one.

    Returns how many words each has, and the number of the sentence that each is of; both (n_units,).
    """
    pieces = np.where(lengths > LONG_SENTENCE, np.ceil(lengths / STRETCH).astype(np.int64), 1)
    of_sentence = np.repeat(np.arange(len(lengths)), pieces)
    piece = np.arange(len(of_sentence)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    n, all_pieces = lengths[of_sentence], pieces[of_sentence]
    return n * (piece + 1) // all_pieces - n * piece // all_pieces, of_sentence


def marked(
    lengths: Ints, of_sentence: Ints, heldout: NDArray[np.bool_], window: int
) -> tuple[NDArray[np.bool_], Ints, NDArray[np.bool_]]:
    """Say of every word whether it is kept aside, what no window reaches out of, and whether it is used at all.

    lengths, of_sentence : see `units`
    heldout              : (n_units,) which of them are kept aside

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
    goes_on = np.append(sentence[1:] == sentence[:-1], False)  # after each run, on the other side
    for r in np.flatnonzero(run_heldout & np.insert(goes_on[:-1], 0, False)):
        used[starts[r] : starts[r] + min(window, n[r])] = False
    for r in np.flatnonzero(run_heldout & goes_on):
        used[starts[r] + max(0, n[r] - window) : starts[r] + n[r]] = False
    return np.repeat(heldout, lengths), np.repeat(run_of, lengths), used
