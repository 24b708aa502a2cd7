"""When the words nearest to a word changed last: found exactly, walking back from the end through every update.

Neighbors may go and come back, so that looks at some moments would miss the last change. The walk takes stretches
between kept moments, the last stretch first, and ends as soon as all is found.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from w2v.arrays import Floats
from w2v.learning import descend
from w2v.moments import Moments
from w2v.neighbours import nearest_of_unit_rows, unit_rows
from w2v.parameters import copies
from w2v.run import Run

CLOSE = 1e-9  # cosines closer than this are compared once more, as `nearest` does it
BLOCK_CELLS = 500_000  # numbers of vectors looked at together


@dataclass(frozen=True, slots=True)
class Question:
    """When did the `n` words nearest to a word change last? Without `ordered`, places among them do not matter."""

    word: int
    n: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class LastChange:
    """The answer.

    t    : the first moment from which on the nearest words are those of the end; 0 where they always were
    came : ids of those that the update (or pass) before t brought;  went : of those that it took away. Both empty where
           only places changed
    """

    question: Question
    t: int
    came: tuple[int, ...] = ()
    went: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """How far the walk is.

    back_to : all moments from this one to the end are looked at
    found   : the answers so far, the latest change first
    """

    back_to: int
    found: tuple[LastChange, ...] = ()


@dataclass
class _Open:
    """A question without an answer yet, and the last moment of a stretch where it was not as at the end."""

    question: Question
    end: list[int]
    differs: tuple[int, list[int]] | None = None


def last_changes(
    moments: Moments, questions: Sequence[Question], most: int | None = None
) -> Generator[Looked, None, Looked]:
    """Answer all questions, or only the `most` whose changes are the latest; in slices, which say how far it is."""
    last = moments.n_moments - 1
    end = unit_rows(moments.parameters(last).V)
    waiting = [_Open(one, _nearest(end, one)) for one in questions]
    looked = Looked(last)
    kept = moments.keyframes(moments.n_moments)
    size = max(1, BLOCK_CELLS // max(1, end.size))
    for start, stop in zip(kept[-2::-1], kept[:0:-1], strict=True):
        if not waiting or (most is not None and len(looked.found) >= most):
            break
        walk = _walk(moments, start, stop)
        at = start
        while block := list(islice(walk, size)):
            _compare(waiting, at, block)
            at += len(block)
            yield looked
        found = sorted((_answer(one) for one in waiting if one.differs), key=lambda one: -one.t)
        waiting = [one for one in waiting if not one.differs]
        looked = Looked(start, (*looked.found, *found))
        yield looked
    if looked.back_to == 0:
        looked = Looked(0, (*looked.found, *[LastChange(one.question, 0) for one in waiting]))
    return Looked(looked.back_to, looked.found[:most])


def _walk(moments: Moments, start: int, stop: int) -> Iterator[Floats]:
    """Yield V at the moments start, ..., stop - 1."""
    if not isinstance(moments, Run):
        for t in range(start, stop):
            yield moments.parameters(t).V
        return
    before = moments.parameters(start)
    V, U = copies(before.V, before.U)
    objective, reduction = moments.plan.objective, moments.config.reduction
    yield before.V
    for rate, group in moments.plan.updates(start, stop - 1):
        descend(V, U, group, objective, rate, reduction)
        yield V.copy()


def _compare(waiting: Sequence[_Open], first: int, block: Sequence[Floats]) -> None:
    """Note for each open question the last moment of a block at which it was not as at the end."""
    n_words, dim = block[0].shape
    unit = unit_rows(np.concatenate(block)).reshape(len(block), n_words, dim)
    for one in waiting:
        cosines = np.matmul(unit, unit[:, one.question.word, :, None])[..., 0]  # (moments, n_words)
        cosines[:, one.question.word] = -np.inf
        those = cosines[:, one.end]  # (moments, n)
        cosines[:, one.end] = -np.inf
        ahead = those.min(axis=1, initial=np.inf) - cosines.max(axis=1)  # below 0: another one is nearer
        if one.question.ordered and len(one.end) > 1:
            ahead = np.minimum(ahead, (those[:, :-1] - those[:, 1:]).min(axis=1))
        for i in np.flatnonzero(ahead <= CLOSE)[::-1]:
            there = _nearest(unit[i], one.question)
            if _key(there, one.question) != _key(one.end, one.question):
                one.differs = first + int(i), there
                break


def _nearest(unit: Floats, question: Question) -> list[int]:
    return [word for word, _ in nearest_of_unit_rows(unit, question.word, question.n)]


def _key(words: list[int], question: Question) -> list[int]:
    return words if question.ordered else sorted(words)


def _answer(one: _Open) -> LastChange:
    assert one.differs is not None
    t, before = one.differs
    came = tuple([word for word in one.end if word not in before])
    return LastChange(one.question, t + 1, came, tuple([word for word in before if word not in one.end]))
