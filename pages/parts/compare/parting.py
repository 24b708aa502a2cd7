"""The first parting of two trainings: by which update and which number, and how far apart they get from there on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages.drawing import comparison
from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted, quoted_row
from pages.parts.compare import pair
from pages.parts.compare.outcomes import epoch_of, epochs_at
from pages.parts.compare.pair import Pair
from pages.parts.compare.results import COUNTED
from pages.session import choosing, memory, now
from pages.session.gate import GATE
from pages.session.training import PLURAL
from w2v import Moments, Run
from w2v.arrays import Floats
from w2v.counted import counted
from w2v.explain import parting
from w2v.explain.parting import Number, Parting
from w2v.whole.passes import Passes

KEPT = 4


@dataclass(frozen=True, eq=False)
class Found:
    """Where two trainings part, and at (n,) epochs or passes of the first how far apart they are, (n,)."""

    parting: Parting
    at: Floats
    distances: Floats


def show(_: Moments) -> None:
    """The whole part."""
    both = pair.choose()
    if both is None:
        return
    found = find(both)
    said = in_short(both, found.parting)
    st.text(said)
    if found.parting.kind == "later" and both.first.unit == "update":
        with st.container(horizontal=True):
            for name, called in zip(pair.NAMES, both.called, strict=True):
                label = f"Open it in One update: {called}"
                st.button(label, key=f"parting_{name}", icon=":material/calculate:", on_click=_open, args=(name,))
    st.text(_distance_in_short(found))
    unit = COUNTED[both.first.unit][1]
    figure = comparison.distance_curve(found.at, found.distances, unit, st.context.theme.type == "dark")
    alt = f"How far apart they are. {_distance_in_short(found)}"
    st.plotly_chart(figure, key="parting_distance", config={"displayModeBar": False}, alt=alt)


def find(both: Pair) -> Found:
    """Return where two trainings part, found once."""

    def make(_: object) -> Found:
        parted = GATE.finish(parting.first_parting(both.first, both.second))
        pairs, distances = GATE.do(lambda: parting.distances(both.first, both.second))
        return Found(parted, epochs_at(both.first, np.array([t for t, _ in pairs], dtype=float)), distances)

    return memory.keep("partings", KEPT, (both.first.name, both.second.name), make)


# --- in words -----------------------------------------------------------------------------------------------------


def in_short(both: Pair, parted: Parting) -> str:
    """Say where they part, and by which number."""
    return _SAID[parted.kind](both, parted)


def _never(both: Pair, _: Parting) -> str:
    n = counted(both.first.n_moments - 1, both.first.unit, PLURAL[both.first.unit])
    return f"They never part: after each of {n}, every number of both is the same to the last bit."


def _words(_: Pair, __: Parting) -> str:
    return (
        "They differ from the start: their texts have different words, or other frequencies of them, so that a word "
        "begins with another vector in each."
    )


def _dimensions(both: Pair, _: Parting) -> str:
    first, second = (one.config.dim for one in (both.first, both.second))
    if first == second:
        return "They differ from the start: one has another number of vectors than the other."
    return f"They differ from the start: a vector of {counted(first, 'number')} cannot be one of {second}."


def _start(both: Pair, parted: Parting) -> str:
    assert parted.number is not None
    return (
        f"They differ before the first {both.first.unit}: they begin with other vectors. {_which(both, parted.number)}"
    )


def _later(both: Pair, parted: Parting) -> str:
    assert parted.number is not None
    name, t = both.first.unit, parted.t
    at = both.first.at[t + 1] if isinstance(both.first, Passes) else t
    where = f" (epoch {epoch_of(both.first, t + 1)})" if name == "update" else ""
    said = f"They are the same up to {name} {at:,}{where}, the first after which they differ."
    return f"{said} {_window(both.first, both.second, t)}{_which(both, parted.number)}"


def _length(both: Pair, parted: Parting) -> str:
    n = counted(parted.t, both.first.unit, PLURAL[both.first.unit])
    longer = both.called[0] if both.first.n_moments > both.second.n_moments else both.called[1]
    return f"They are the same through {n}; then only {longer} goes on."


_SAID: dict[str, Callable[[Pair, Parting], str]] = {
    "never": _never,
    "words": _words,
    "dimensions": _dimensions,
    "start": _start,
    "later": _later,
    "length": _length,
}


def _window(first: Moments, second: Moments, t: int) -> str:
    """Say what is learned by an update in each training."""
    if not (isinstance(first, Run) and isinstance(second, Run)):
        return ""
    return f"By it the first learns to expect {_example(first, t)}, and the second {_example(second, t)}. "


def _example(run: Run, t: int) -> str:
    """Say what the first example of an update is."""
    example, words = run.step(t).traces[0].example, run.corpus.vocabulary.words
    return f"{quoted(words[example.target])} from {', '.join(quoted(words[i]) for i in example.inputs)}"


def _which(both: Pair, which: Number) -> str:
    """Say by which number they differ most, and how many differ."""
    words = both.first.corpus.vocabulary.words
    of_V = which.matrix == "V"
    first, row = both.first, which.row
    name = quoted_row(first, row) if isinstance(first, Run) and not of_V else quoted(words[row])
    symbol = f" ({which.matrix.lower()})" if now.in_numbers() else ""
    row_said = f"the vector of {name} as {'center' if of_V else 'context'}{symbol}"
    return (
        f"Most of all in number {which.component + 1} of {row_said}: {number(which.first, 6)} in the first, "
        f"{number(which.second, 6)} in the second. {which.differing:,} of {which.of:,} numbers differ then."
    )


def _distance_in_short(found: Found) -> str:
    end = float(found.distances[-1])
    highest = int(found.distances.argmax())
    said = f"Turned to lie as close as they can, their vectors are {percent(end)} of their length apart at the end"
    if found.distances[highest] > end:
        said += f", and {percent(float(found.distances[highest]))} where they are furthest"
    return f"{said}. 0 % is the same model, however it lies."


# --- the jump -----------------------------------------------------------------------------------------------------


def _open(name: str) -> None:
    """Show the update by which they part on One update, of one of both; asks the session, as all callbacks do."""
    among = pair.options()
    said = dict(zip(pair.NAMES, pair.chosen(among), strict=True))
    there = memory.kept("trained")
    first, second = (there.get(among[said[one]].config) for one in pair.NAMES)
    wanted = among[said[name]].config
    if first is None or second is None or wanted is None:
        return
    t = find(Pair(first, second, ("", ""))).parting.t
    memory.remember(turn_to="update")  # first: the address of a page that is about to be left says nothing new
    if wanted == now.config():
        now.go_to(t)
    else:
        choosing.show_prepared(wanted, t, now.word())
