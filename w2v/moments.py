"""Whatever was trained has moments: what a run by updates (`Run`) and a run by passes (`Passes`) both answer.

A moment is a set of parameters on the way of a training, numbered from 0, the start. Between two of them lies one unit:
an update of some rows, or a pass over all pairs. Whoever draws or tables a training asks for these things only, and
need not know which of the two it is. How each is trained stands in `whole/trainers.py`.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from w2v.arrays import Floats
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.parameters import Parameters
from w2v.texts import PRESETS

LONG_ENOUGH = 4  # letters of a word to begin with

Unit = Literal["update", "pass"]


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a training ended before its plan.

    at     : number of updates or passes that were done; the parameters at that moment are good
    reason : "diverged" or "asked"
    """

    at: int
    reason: Literal["diverged", "asked"]


class Moments(Protocol):
    """A trained model with its past: moment 0 is the start, moment `n_moments - 1` the end.

    config, corpus : what was trained, and its text cut into words
    unit           : what lies between two moments: an "update", or a "pass" over all pairs
    n_moments      : how many there are, at least 1
    best           : the moment to look at first, 0 to n_moments - 1: the one whose model is best, as far as known
    name           : the same for the same training in one process, and for no other training
    n_bytes        : about how much memory its past takes
    floor          : the lowest mean loss that any model can have on what was learned from, nats
    guess          : the mean loss of what training begins from: all words alike, or guessing by frequency, nats
    stopped        : None, or why training ended early
    telling_word   : the id of a word worth looking at first
    """

    @property
    def config(self) -> Config: ...  # noqa: D102
    @property
    def corpus(self) -> Corpus: ...  # noqa: D102
    @property
    def unit(self) -> Unit: ...  # noqa: D102
    @property
    def n_moments(self) -> int: ...  # noqa: D102
    @property
    def best(self) -> int: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def n_bytes(self) -> int: ...  # noqa: D102
    @property
    def floor(self) -> float: ...  # noqa: D102
    @property
    def guess(self) -> float: ...  # noqa: D102
    @property
    def stopped(self) -> Stopped | None: ...  # noqa: D102
    @property
    def telling_word(self) -> int: ...  # noqa: D102

    def parameters(self, t: int) -> Parameters:
        """Return the parameters at moment t: V (n_words, dim), U (n_rows, dim).

        The same t gives the same bits, whatever was asked for before. Raises IndexError outside 0 .. n_moments - 1.
        """
        ...

    def keyframes(self, most: int) -> list[int]:
        """Return at most `most` moments in order, spread over all, both ends among them, whose parameters cost little.

        At least 2 may come, however small `most` is; 1 where the start is the end.
        """
        ...

    def loss_curve(self, most: int = 200) -> tuple[Sequence[float], Floats]:
        """Return at about `most` moments the mean loss over everything that was learned from, nats; both as long.

        Moments rise, and may lie between two that can be looked at, where passes were let go.
        """
        ...


@dataclass(frozen=True, slots=True)
class Headway:
    """How far a training has come.

    done, total : units that are done, and that are planned: updates, or passes, of which fewer may be enough
    so_far      : makes the moments as they would be if training stopped here, valid until it goes on; None of a
                  training that cannot be looked at before it is done
    """

    done: int
    total: int
    so_far: Callable[[], Moments] | None = None


Training = Generator[Headway, bool | None, Moments]
"""A training under way: yields how far it is, stops when True is sent, returns what was trained so far.

It raises ValueError in one sentence, before its first yield, for what cannot be trained.
"""


def first_word(config: Config, corpus: Corpus) -> int:
    """Return the id of a word to begin with: the first partner of a preset, else the first that is not very short."""
    vocabulary = corpus.vocabulary
    partners = PRESETS[config.preset].partners if config.preset else ()
    if partners and partners[0][0] in vocabulary.ids:
        return vocabulary.ids[partners[0][0]]
    return next((i for i, word in enumerate(vocabulary.words) if len(word) >= LONG_ENOUGH), 0)


def name_of(config: Config, n_moments: int, unit: Unit) -> str:
    """Return a name for what was trained that is the same for the same Config and length in one process.

    It says nothing of the text, so that it may stand in a page; another process gives another name.
    """
    return f"{unit}-{hash(config) & 0xFFFFFFFFFFFF:012x}-{n_moments - 1}"
