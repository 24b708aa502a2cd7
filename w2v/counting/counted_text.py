"""What is left of a text when its pairs are counted: all that full softmax needs of it, whatever its length."""

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
import scipy

from w2v.arrays import Sparse
from w2v.corpus import Vocabulary
from w2v.counted import is_whole
from w2v.counts import Counts, frozen_matrix
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

    Raises ValueError in one sentence for values that make no sense.
    """

    window: int = 5
    min_count: int = 5
    most_words: int | None = None
    holdout: float = 0.1
    seed: int = 1
    reading: Reading = USUAL

    def __post_init__(self) -> None:
        for name, least in (("window", 1), ("min_count", 1), ("most_words", 2), ("seed", 0)):
            value = getattr(self, name)
            if value is None and name == "most_words":
                continue
            if not is_whole(value, least) or value >= 2**63:
                raise ValueError(f"{_NAMES[name]} must be a whole number of at least {least}.")
        if not 0 <= self.holdout <= 0.5:
            raise ValueError("The share of sentences kept aside must be a number from 0 to 0.5.")
        if self.reading.pairs:
            raise ValueError("Training pairs are no running text to be counted: train on their file itself.")

    def check_same(self, other: "CountSettings") -> None:
        """Raise ValueError in one sentence where counts made so cannot be added to those made in the other way."""
        for setting in fields(self):
            one, another = getattr(self, setting.name), getattr(other, setting.name)
            if one != another:
                raise ValueError(
                    f"{_NAMES[setting.name]} differs ({_said(one)} and {_said(another)}): "
                    "counts can be added when both were counted in the same way."
                )


_NAMES = {
    "window": "The window",
    "min_count": "The minimum count",
    "most_words": "The number of words kept",
    "holdout": "The share kept aside",
    "seed": "The seed",
    "reading": "The way to read",
}


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

    def plus(self, other: "CountedText") -> "CountedText":
        """Return the counts of both texts: to the last integer those of one text after the other.

        Raises ValueError in one sentence where they were counted in different ways, or over different words although
        some were left out: of these the other one's counts are not known.
        """
        self.settings.check_same(other.settings)
        if not (self.is_complete and other.is_complete) and self.vocabulary.ids.keys() != other.vocabulary.ids.keys():
            raise ValueError(
                "The words that were kept differ: count both texts with one --vocabulary, "
                "or with a minimum count of 1 and all words."
            )
        both = [counted.vocabulary for counted in (self, other)]
        n_of = dict.fromkeys(both[0].words, 0) | dict.fromkeys(both[1].words, 0)
        for vocabulary in both:
            for word, n in zip(vocabulary.words, vocabulary.counts.tolist(), strict=True):
                n_of[word] += n
        united = vocabulary_of(n_of)
        learned, heldout = (
            Counts(frozen_matrix(_spread(self, united, name) + _spread(other, united, name)))
            for name in ("counts", "heldout")
        )
        return replace(
            self, vocabulary=united, counts=learned, heldout=heldout, n_tokens=self.n_tokens + other.n_tokens
        )

    @property
    def is_complete(self) -> bool:
        """Whether no word was left out."""
        return int(self.vocabulary.counts.sum()) == self.n_tokens


class Reached(NamedTuple):
    """Where counting was stopped.

    n_pass  : 1 while words were counted, 2 while pairs were
    n_tasks : how many pieces of the texts were counted in that pass
    digest  : of all that was read for them
    whole   : of all that the first pass read, once it was done; else ""
    n_read  : how many words those pieces have
    """

    n_pass: int
    n_tasks: int
    digest: str
    whole: str
    n_read: int


def vocabulary_of(n_of: dict[str, int]) -> Vocabulary:
    """Return these words, each with how often it occurs, in the order of a vocabulary."""
    kept = sorted(n_of.items(), key=lambda item: (-item[1], item[0]))
    return Vocabulary(tuple(word for word, _ in kept), np.array([n for _, n in kept], np.int64))


def _spread(counted: CountedText, united: Vocabulary, name: str) -> Sparse:
    """Return counts over a larger vocabulary, or in another order."""
    to = np.array([united.ids[word] for word in counted.vocabulary.words], np.int64)
    matrix = getattr(counted, name).matrix.tocoo()
    rows, columns = (to[places] for places in matrix.coords)
    spread = scipy.sparse.csr_array((matrix.data, (rows, columns)), shape=(len(united), len(united)))
    spread.sum_duplicates()
    return spread


def _said(value: object) -> str:
    if not isinstance(value, Reading):
        return "all" if value is None else str(value)
    usual = [f.name.replace("_", " ") for f in fields(Reading) if getattr(value, f.name) != getattr(USUAL, f.name)]
    return ", ".join("case kept" if name == "lowercase" else name for name in usual) or "as usual"
