"""What Words is about: the vectors of one moment of a training, or those that were opened, which have no text."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pages.drawing.words import quoted, shown
from pages.parts.shared.word_box import find_in_text, word_of_opened
from pages.session import now
from pages.session.opening import opened_vectors
from w2v import Moments, WordVectors
from w2v.neighbours import Directions
from w2v.word_vectors import Vectors

OPENED = "opened"  # the name of vectors without a training


@dataclass(frozen=True, eq=False)
class Trained:
    """Where a training is: its moments, and the one that is looked at."""

    moments: Moments
    t: int


@dataclass(frozen=True, eq=False)
class Subject:
    """Words with one vector each, and the selected one among them.

    words   : (n_words,) the most frequent first;  word : id of the selected one
    vectors : (n_words, dim) to compare them by: v of each word
    trained : where they come from, None for vectors that were opened
    opened  : these
    """

    words: Sequence[str]
    word: int
    vectors: Vectors
    trained: Trained | None = None
    opened: WordVectors | None = None

    @cached_property
    def directions(self) -> Directions:
        """Where the vectors point, to ask which are near."""
        return Directions(self.vectors) if self.opened is None else self.opened.directions

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """Their ids."""
        if self.opened is not None:
            return self.opened.ids
        assert self.trained is not None
        return self.trained.moments.corpus.vocabulary.ids

    @property
    def name(self) -> str:
        """The name of the training, by which a picture says what it is about."""
        return OPENED if self.trained is None else self.trained.moments.name

    @property
    def preset(self) -> str | None:
        """The key of the text, None for one's own or none."""
        return None if self.trained is None else self.trained.moments.config.preset

    def quoted(self, word: int) -> str:
        """Return a word in a sentence."""
        return quoted(self.words[word])

    def named(self, word: int) -> dict[str, Any]:
        """Return a word as a picture gets it: its id, and how it is shown."""
        return {"word": word, "shown": shown(self.words[word])}

    def record(self, kind: str, said: str, **more: Any) -> dict[str, Any]:
        """Return what every record of a picture has, and more."""
        t = 0 if self.trained is None else self.trained.t
        return {"kind": kind, "name": self.name, "t": t, "said": said, **more}


def of_moment(moments: Moments, t: int, word: int) -> Subject:
    """Return the words of a training at moment t."""
    return Subject(moments.corpus.vocabulary.words, word, moments.parameters(t).V, Trained(moments, t))


def of_opened(vectors: WordVectors) -> Subject:
    """Return the words that were opened."""
    return Subject(vectors.words, word_of_opened(vectors) or 0, vectors.vectors, opened=vectors)


def find(typed: str) -> str | None:
    """Return a word of what the page is about as it stands there, or None for one that does not.

    For callbacks: it asks the session, since Streamlit keeps what a widget calls as long as the session.
    """
    vectors = opened_vectors()
    if vectors is not None:
        found = vectors.find(typed.strip())
        return None if found is None else vectors.words[found]
    return find_in_text(typed)


def known_words() -> Container[str]:
    """Return the words that the page is about; for callbacks too."""
    vectors = opened_vectors()
    return now.corpus().vocabulary.ids if vectors is None else vectors.ids
