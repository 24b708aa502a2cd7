"""What is written like a text for a visitor, at a moment of a training: by n-grams, by the model, by counts.

How it is written stands in the address, so that a link writes the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pages.session import memory, now
from pages.session.gate import GATE
from pages.session.told import counts_of, objective_of
from w2v import Counts, Moments
from w2v.arrays import Floats, Ints
from w2v.explain.running_text import RunningText
from w2v.explain.writing import Near, Ngrams, Source, Written, write

KEPT = 30
MOST_PLACES = 3  # that are shown of a word
IN_ADDRESS = {"seed": "draw", "temperature": "temperature", "before": "begins"}
LARGEST_SEED = 2**32 - 1
COLDEST, HOTTEST, STEP = 0.0, 2.0, 0.1  # temperatures
FIRST_SEED, FIRST_TEMPERATURE = 1, 1.0
NO_SEED = f"The seed in this link is not a whole number from 0 to {LARGEST_SEED:,}: seed {FIRST_SEED} is taken instead."
NO_TEMPERATURE = (
    f"The temperature in this link is not a number from {COLDEST:g} to {HOTTEST:g}: {FIRST_TEMPERATURE:g} is taken "
    "instead."
)


# --- how ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """How a visitor wants it written.

    before   : what was typed as words before the selected one
    problems : a sentence about each thing that the address says and that cannot be
    """

    seed: int
    temperature: float
    before: str
    problems: tuple[str, ...]


def wish() -> Wish:
    """Return how it is to be written, as the address says it."""
    seed, temperature, before = (now.asked_more(name) for name in IN_ADDRESS.values())
    found, heat = _seed(seed), _temperature(temperature)
    problems = (NO_SEED if seed and found is None else "", NO_TEMPERATURE if temperature and heat is None else "")
    return Wish(
        FIRST_SEED if found is None else found,
        FIRST_TEMPERATURE if heat is None else heat,
        before or "",
        tuple(filter(None, problems)),
    )


def want(seed: int | None = None, temperature: float | None = None, before: str | None = None) -> None:
    """Have it written like this from now on; None for what stays. The address says what is not as at first."""
    wanted: dict[str, str | None] = {}
    if seed is not None:
        wanted["seed"] = None if seed == FIRST_SEED else str(min(seed, LARGEST_SEED))
    if temperature is not None:
        wanted["temperature"] = None if temperature == FIRST_TEMPERATURE else f"{temperature:.3g}"
    if before is not None:
        wanted["before"] = before.strip() or None
    now.ask_more(**{IN_ADDRESS[name]: said for name, said in wanted.items()})


def _seed(said: str | None) -> int | None:
    digits = said is not None and said.isascii() and said.isdigit()
    seed = int(said[:12]) if said and digits else LARGEST_SEED + 1
    return seed if seed <= LARGEST_SEED else None


def _temperature(said: str | None) -> float | None:
    try:
        found = round(float(said or ""), 1)
    except ValueError:
        return None
    return found if COLDEST <= found <= HOTTEST else None  # a comparison with nan is false


# --- what ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """How much is to be written, and how.

    begin : ids of the words that it begins with;  length : how many words are drawn, ends of sentences among them
    """

    begin: tuple[int, ...]
    length: int
    temperature: float
    seed: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A word that was drawn, and where it stands in the text like this.

    places : the first few places in the running text;  n_places : how many there are
    """

    written: Written
    places: tuple[int, ...]
    n_places: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What was written from one source.

    drawn  : the words
    copied : (start, stop) of runs that stand in the text, counted from the first word that it begins with
    """

    drawn: tuple[Drawn, ...]
    copied: tuple[tuple[int, int], ...]


def running_text(moments: Moments) -> RunningText:
    """Return the running text of what was trained."""
    config = moments.config
    key = (config.text, config.reading, config.min_count)
    return memory.keep("running", 1, key, lambda _: GATE.do(lambda: RunningText.of(moments.corpus)))


def by_ngrams(moments: Moments, n: int, order: Order) -> Passage:
    """Return what is written by counts of n words in a row."""
    text = running_text(moments)
    return _passage(moments, ("ngrams", n), Ngrams(text, n), order, lambda one: text.places((*one.history, one.word)))


def by_model(moments: Moments, t: int, order: Order) -> Passage | None:
    """Return what is written by what the model expects near the last word; None where it has no probabilities."""
    parameters, objective = moments.parameters(t), objective_of(moments)
    if objective.distribution(parameters.U, parameters.V[order.begin[-1]]) is None:
        return None

    def row(center: int) -> Floats:
        P = objective.distribution(parameters.U, parameters.V[center])
        assert P is not None
        return P

    return _near(moments, ("model", t), Near(row, _shares(counts_of(moments))), order)


def by_windows(moments: Moments, order: Order) -> Passage:
    """Return what is written by how often words stand near the last word."""
    counts = counts_of(moments)
    return _near(moments, "windows", Near(counts.ratio, _shares(counts), counts.row), order)


def _near(moments: Moments, of: Any, source: Near, order: Order) -> Passage:
    text, radius = running_text(moments), moments.config.window

    def places(one: Written) -> Ints:
        return text.near(one.history[-1], one.word, radius) if one.history else text.places((one.word,))

    return _passage(moments, of, source, order, places)


def _passage(moments: Moments, of: Any, source: Source, order: Order, places: Callable[[Written], Ints]) -> Passage:
    def make() -> Passage:
        written = write(source, order.begin, order.length, temperature=order.temperature, seed=order.seed)
        found = [places(one) for one in written]
        drawn = [Drawn(one, tuple(at[:MOST_PLACES].tolist()), len(at)) for one, at in zip(written, found, strict=True)]
        return Passage(tuple(drawn), running_text(moments).copied([*order.begin, *[one.word for one in written]]))

    return memory.keep("written", KEPT, (moments.name, of, order), lambda _: GATE.do(make))


def _shares(counts: Counts) -> Floats:
    shares: Floats = counts.target_totals / max(1, counts.total)
    return shares
