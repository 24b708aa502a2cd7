"""The first parting of two trainings: by which update and which number, and how far apart they get from there on."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from pages.drawing import comparison
from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted, quoted_row
from pages.parts.compare import pair
from pages.parts.compare.in_short import COUNTED
from pages.parts.compare.outcomes import epoch_of, epochs_at
from pages.parts.compare.pair import Pair
from pages.parts.compare.settings import differences
from pages.session import memory, now, opened_run, training
from pages.session.gate import GATE
from pages.session.in_turns import made_in_turns
from pages.session.training import PLURAL
from w2v import Moments, Run, Step
from w2v.arrays import Floats
from w2v.counted import counted
from w2v.explain import parting
from w2v.explain.parting import Number, Parting, Vectors
from w2v.whole.passes import Passes

KEPT = 4
OF = "parting_of"
VECTORS: Mapping[Vectors, str] = {"V": "as center", "U": "as context", "both": "both, turned together"}
SYMBOLS: Mapping[Vectors, str] = {"V": " (v)", "U": " (u)", "both": ""}
ONLY_CENTER = "Compared are the vectors of words as center: of the others there are none in both that belong to words."


def show(_: Moments) -> None:
    """The whole part. The distance is the main picture."""
    both = pair.choose()
    if both is None:
        return
    place = st.container()
    parted, compared = find(both)
    place.text(in_short(both, parted) if parted is not None else _so_far(both, compared or 0))
    if parted is not None and parted.kind == "later" and both.first.unit == "update":
        with st.container(horizontal=True):
            for name, called in zip(pair.NAMES, both.called, strict=True):
                label = f"Open it in One update: {called}"
                st.button(label, key=f"parting_{name}", icon=":material/calculate:", on_click=_open, args=(name,))
    at, distances = distances_of(both, _choose_vectors(both))
    said = _distance_in_short(distances)
    st.text(said)
    unit = COUNTED[both.first.unit][1]
    figure = comparison.distance_curve(at, distances, unit, st.context.theme.type == "dark")
    alt = f"How far apart they are. {said}"
    st.plotly_chart(figure, key="parting_distance", config={"displayModeBar": False}, alt=alt)


def find(both: Pair) -> tuple[Parting | None, int | None]:
    """Return where two trainings part, searched once; None where this was stopped, and how many updates are alike."""
    last = max(1, min(both.first.n_moments, both.second.n_moments) - 1)

    def say(compared: int) -> tuple[float, str]:
        return compared / last, f"The same up to {both.first.unit} {compared:,} of {last:,}"

    return made_in_turns("partings", KEPT, _key(both), lambda: parting.first_parting(both.first, both.second), say)


def distances_of(both: Pair, of: Vectors) -> tuple[Floats, Floats]:
    """Return how far apart two trainings are at (n,) epochs or passes of the first."""

    def make(_: object) -> tuple[Floats, Floats]:
        pairs, found = GATE.finish(parting.distances(both.first, both.second, of=of))
        return epochs_at(both.first, np.array([t for t, _ in pairs], dtype=float)), found

    return memory.keep("distances", KEPT, (*_key(both), of), make)


def _key(both: Pair) -> tuple[str, str]:
    return both.first.name, both.second.name


def _choose_vectors(both: Pair) -> Vectors:
    """Let it be chosen of which vectors the distance is, where there are several."""
    if not parting.words_in_both(both.first, both.second):
        st.text(ONLY_CENTER)
        return "V"
    memory.set_widget_value(OF, memory.recall(OF + "_chosen", "V"))
    names = {of: said + (SYMBOLS[of] if now.in_numbers() else "") for of, said in VECTORS.items()}
    chosen: Vectors = st.radio(
        "How far apart are the vectors of words",
        list(names),
        format_func=lambda of: names[of],
        key=OF,
        horizontal=True,
        on_change=lambda: memory.remember(**{OF + "_chosen": memory.widget_value(OF)}),
    )
    return chosen


# --- in words -----------------------------------------------------------------------------------------------------


def in_short(both: Pair, parted: Parting) -> str:
    """Say where they part, and by which number."""
    return _SAID[parted.kind](both, parted)


def _so_far(both: Pair, compared: int) -> str:
    return f"You stopped the search: they are the same up to {both.first.unit} {compared:,} at least."


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
    here, there = first.step(t), second.step(t)
    learned = _example(first, here), _example(second, there)
    if learned[0] != learned[1]:
        return f"By it the first learns to expect {learned[0]}, and the second {learned[1]}. "
    rates = number(here.learning_rate, 6), number(there.learning_rate, 6)
    if rates[0] == rates[1]:
        return f"By it both learn to expect {learned[0]}, each in its way. "
    said = f", {rates[0]} and {rates[1]}" if now.in_numbers() else ""
    return f"By it both learn to expect {learned[0]}, but in steps of another size (the learning rate{said}). "


def _example(run: Run, made: Step) -> str:
    """Say what the first example of an update is."""
    example, words = made.traces[0].example, run.corpus.vocabulary.words
    return f"{quoted(words[example.target])} from {', '.join(quoted(words[i]) for i in example.inputs)}"


def _which(both: Pair, which: Number) -> str:
    """Say by which number they differ most, and how many differ."""
    words = both.first.corpus.vocabulary.words
    of_V = which.matrix == "V"
    first, row = both.first, which.row
    name = quoted_row(first, row) if isinstance(first, Run) and not of_V else quoted(words[row])
    differ = f"{which.differing:,} of {which.of:,} numbers differ then"
    row_said = f"the vector of {name} as {'center' if of_V else 'context'}"
    if not now.in_numbers():
        return f"{differ}, most of all one in {row_said}."
    return (
        f"{differ}, most of all number {which.component + 1} of {row_said} ({which.matrix.lower()}): "
        f"{number(which.first, 6)} in the first, {number(which.second, 6)} in the second."
    )


def _distance_in_short(distances: Floats) -> str:
    end, highest = (percent(float(share)) for share in (distances[-1], distances.max()))
    said = f"Laid over each other as well as possible, they differ by {end} of their length at the end"
    if highest != end:
        said += f", and by {highest} at most"
    return f"{said}. 0 % is the same model, however it lies."


# --- the jump -----------------------------------------------------------------------------------------------------


def _open(name: str) -> None:
    """Show the update by which they part on One update, of one of both; asks the session, as all callbacks do."""
    among = pair.options()
    said = dict(zip(pair.NAMES, pair.chosen(among), strict=True))
    runs = {one.config: one for one in training.trained_already(*pair.wanted())}
    first, second = (None if (config := among[one].config) is None else runs.get(config) for one in said.values())
    wanted = among[said[name]].config
    parted = memory.kept("partings").get((first.name, second.name)) if first and second else None
    if parted is None or wanted is None:
        return
    t = parted.t
    memory.remember(turn_to="update")  # first: the address of a page that is about to be left says nothing new
    if wanted == now.config():
        now.go_to(t)
    else:
        opened_run.open_run(wanted, t, now.word(), differences(wanted, now.config()))
