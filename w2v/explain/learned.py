"""What a training has learned, in one or two sentences: the closest pairs of words, and the neighbors they share."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from w2v.arrays import Floats
from w2v.explain.company import Company
from w2v.explain.health import Judgement
from w2v.moments import Moments
from w2v.neighbours import nearest_of_all

MOST_PAIRS = 3
MOST_SHARED = 3  # neighbors that are named
SAME = 0.8  # share of their company that two words have in common to count as used in the same way
MUCH = 0.3  # the same to count as used alike
OFTEN = (20, 10, 5, 3, 2)  # how often words occur that are asked otherwise: as often as leaves enough pairs
MOST_WORDS = 1_000  # asked, the most frequent

GUESSING = "It still guesses no better than before it had read anything, so what lies close here lies so by chance."


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that are each other's nearest.

    first, second : their ids, the more frequent one first
    cosine        : of their vectors v
    overlap       : which share of their company they have in common, 0 to 1
    shared        : ids of neighbors that both have, the most telling first
    together      : how often they stand beside each other
    """

    first: int
    second: int
    cosine: float
    overlap: float
    shared: tuple[int, ...]
    together: int


@dataclass(frozen=True, slots=True)
class Learned:
    """What there is to say at the end of a training.

    pairs   : the closest ones, the most telling first; may be none
    often   : only words that occur at least so often were asked
    nothing : a sentence that says why there is nothing to be found, then there are no pairs; or None
    """

    pairs: tuple[Pair, ...] = ()
    often: int = 1
    nothing: str | None = None


def is_end(moments: Moments, t: int) -> bool:
    """Say whether moment t is the best or the last of a training that did not break off."""
    diverged = moments.stopped is not None and moments.stopped.reason == "diverged"
    return t > 0 and t in (moments.best, moments.n_moments - 1) and not diverged


def what_was_learned(moments: Moments, t: int, company: Company, judged: Judgement) -> Learned:
    """Look at moment t, the end of a training, for its closest pairs.

    judged : what was to be expected of the text: of a poor one nothing is told but why
    """
    if judged.verdict == "poor":
        return Learned(nothing=judged.short)
    at, losses = moments.loss_curve(2)
    if float(np.interp(t, at, losses)) >= moments.guess:
        return Learned(nothing=GUESSING)
    return closest_pairs(moments.parameters(t).V, company)


def closest_pairs(V: Floats, company: Company) -> Learned:
    """Return the pairs of words that are each other's nearest and share neighbors in the text.

    V : (n_words, dim) their vectors

    Asked are all words first, for pairs whose company is the same and that never stand beside each other: whoever
    makes a text to show something writes it so. Where these are few, words that occur often are asked instead, as
    often as leaves enough pairs that share much of their company: what a rare word is near to says little.
    """
    pairs = _pairs_among(V[:MOST_WORDS], company, SAME, MOST_SHARED)
    if len(pairs) == MOST_PAIRS and not any(pair.together for pair in pairs):
        return Learned(pairs)
    best = Learned()
    for least in (MUCH, 0.0):
        for often in OFTEN:
            n_asked = min(int(np.count_nonzero(company.occurs >= often)), MOST_WORDS)
            pairs = _pairs_among(V[:n_asked], company, least) if n_asked > 1 else ()
            if len(pairs) > len(best.pairs):
                best = Learned(pairs, often if n_asked < len(V) else 1)
            if len(pairs) == MOST_PAIRS:
                return best
    return best


def _pairs_among(V: Floats, company: Company, least: float, least_shared: int = 1) -> tuple[Pair, ...]:
    """Return the pairs of mutual nearest words to tell of, in this order, at most MOST_PAIRS.

    least : share of their company that they have in common;  least_shared : neighbors that can be named

    Those that never stand beside each other come first: they show that alike is not the same as together. Then counts
    how close they are, times how much of their company they share. Ties are in order of id.
    """
    ids, cosines = nearest_of_all(V)
    found = []
    for a, b in enumerate(ids.tolist()):
        if a < b and ids[b] == a and (overlap := company.overlap(a, b)) >= least:
            found.append(Pair(a, b, float(cosines[a]), overlap, (), company.together(a, b)))
    told: list[Pair] = []
    for pair in sorted(found, key=_place):
        shared = company.shared(pair.first, pair.second, MOST_SHARED)
        if len(shared) >= least_shared:
            told.append(replace(pair, shared=shared))
        if len(told) == MOST_PAIRS:
            break
    return tuple(told)


def _place(pair: Pair) -> tuple[bool, float, float, int]:
    closeness = round(pair.cosine * pair.overlap, 9)
    return pair.together > 0, -closeness, -round(pair.cosine, 9), pair.first


def in_words(learned: Learned, name: Callable[[int], str]) -> str:
    """Say what was learned as plain text; `name` gives the word of an id as it may be shown, in quotes."""
    if learned.nothing is not None:
        return learned.nothing
    if not learned.pairs:
        return "No two words that share neighbors have become each other\N{RIGHT SINGLE QUOTATION MARK}s nearest."
    among = "" if learned.often == 1 else f", of the words that occur {learned.often} times or more"
    pairs = ", ".join([f"{name(pair.first)} and {name(pair.second)}" for pair in learned.pairs])
    closest = learned.pairs[0]
    both = f"Both {name(closest.first)} and {name(closest.second)} stand beside {listed(closest.shared, name)}"
    return f"Closest now{among}: {pairs}. {both}{'' if closest.together else ', never beside each other'}."


def listed(ids: tuple[int, ...], name: Callable[[int], str]) -> str:
    """Write a few words as a list: a, b and c."""
    *before, last = [name(i) for i in ids]
    return f"{', '.join(before)} and {last}" if before else last
