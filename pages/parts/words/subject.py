"""What Words is about: the vectors of one moment of a training, or those that were opened, which have no text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pages.session import now
from pages.session.opening import opened_vectors
from w2v import Moments, WordVectors
from w2v.arrays import Floats
from w2v.reading.characters import clean


@dataclass(frozen=True, eq=False)
class Trained:
    """Where a training is: its moments, and the one that is looked at."""

    moments: Moments
    t: int


@dataclass(frozen=True, eq=False)
class Subject:
    """Words with one vector each, and the selected one among them.

    words   : (n_words,);  word : id of the selected one
    vectors : (n_words, dim) to compare them by: v of each word
    trained : where they come from, None for vectors that were opened
    """

    words: Sequence[str]
    word: int
    vectors: Floats
    trained: Trained | None = None


def of_moment(moments: Moments, t: int, word: int) -> Subject:
    """Return the words of a training at moment t."""
    return Subject(moments.corpus.vocabulary.words, word, moments.parameters(t).V, Trained(moments, t))


def of_opened(vectors: WordVectors) -> Subject:
    """Return the words that were opened; the first where the selected word is not among them."""
    found = vectors.find(now.word() or "")
    return Subject(vectors.words, found or 0, np.asarray(vectors.vectors, dtype=np.float64))


def find(typed: str) -> str | None:
    """Return a word of what the page is about as it stands there, or None for one that does not.

    For callbacks: it asks the session, since Streamlit keeps what a widget calls as long as the session.
    """
    vectors = opened_vectors()
    if vectors is not None:
        found = vectors.find(typed.strip())
        return None if found is None else vectors.words[found]
    ids = now.corpus().vocabulary.ids
    return next((word for word in (typed, clean(typed, now.config().reading).strip()) if word in ids), None)
