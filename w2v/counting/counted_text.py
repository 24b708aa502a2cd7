"""What is left of a text when its pairs are counted: all that full softmax needs of it, whatever its length."""

from dataclasses import dataclass

from w2v.corpus import Vocabulary
from w2v.counts import Counts
from w2v.reading.characters import USUAL, Reading


@dataclass(frozen=True, slots=True)
class CountSettings:
    """How a text is counted; counts can be added where these are the same.

    window     : context words are at most so many places from the center, 1 or more
    min_count  : words that occur less often are left out before windows are cut
    most_words : so many words are kept at most, the most frequent ones; None for all
    holdout    : share of the sentences kept aside, 0 to 0.5
    seed       : which ones
    reading    : how the text is read
    """

    window: int = 5
    min_count: int = 5
    most_words: int | None = None
    holdout: float = 0.1
    seed: int = 1
    reading: Reading = USUAL


@dataclass(frozen=True, eq=False)
class CountedText:
    """A text of any size as counts.

    vocabulary : the words kept, by -count, then word, with their counts in the whole text
    counts     : (n_words, n_words) the pairs to learn from
    heldout    : (n_words, n_words) the pairs of what is kept aside; its `total` is 0 when nothing is
    settings   : how it was counted
    n_tokens   : how many words the text has, those left out included
    """

    vocabulary: Vocabulary
    counts: Counts
    heldout: Counts
    settings: CountSettings
    n_tokens: int
