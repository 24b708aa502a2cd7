"""One vector or two: both rows of a word, the one row of the other model, and how far a word expects itself."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from pages.drawing import both_rows as strips
from pages.drawing import itself as bars
from pages.drawing.both_rows import CENTER_ROW, CONTEXT_ROW, ONE_ROW, Strip
from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted
from pages.parts.shared import tables
from pages.parts.variants.ways import say_stopped, trained_runs
from pages.session import choosing, memory, now
from pages.session.gate import GATE
from w2v import Config, Moments, Parameters, Run, Step, nearest
from w2v.explain.both_rows import both_rows
from w2v.explain.itself import Itself, itself
from w2v.objectives import OBJECTIVES
from w2v.way_out import WayOut

BY_PASSES = (
    "A whole text is learned with two vectors per word, moved in turn. Press Settings and choose update by update to "
    "see what one vector does."
)
NEAREST = 5
LITTLE = 0.001  # in words a smaller move has no number
LOSS_CELLS = 2_000_000  # rows of examples times words, up to which losses are added up


def show(moments: Moments) -> None:
    """The rows of the selected word in both models at the present moment, and how much they expect it beside itself."""
    if not isinstance(moments, Run):
        st.text(BY_PASSES)
        return
    try:
        runs = trained_runs(moments, *wanted(moments.config))
    except ValueError as error:
        st.text(str(error))
        _ways_out(error)
        return
    if len(runs) < 2:
        say_stopped(wanted(moments.config))
        return
    t, word = now.moment(moments), now.word_id(moments)
    one, two = (_present(run, t) for run in runs)
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        _rows(one, two, word)
    with right:
        _itself_bars(one, two, word)
    for column, model, title in zip(st.columns(2), (one, two), ("One vector", "Two vectors"), strict=True):
        with column:
            _nearest(model, word, title)
    if now.in_numbers():
        _losses(one, two)


def wanted(config: Config) -> list[Config]:
    """Return what this part wants to be trained."""
    return [replace(config, one_vector=one, trainer=Config.trainer) for one in (True, False)]


def _ways_out(error: ValueError) -> None:
    """A button for each objective with which a word can have one vector."""
    ways = [value for name, value in error.settings if name == "objective"] if isinstance(error, WayOut) else []
    with st.container(horizontal=True):
        for way in map(str, ways):
            if st.button(f"Learn it with {OBJECTIVES[way].title}", key=f"variants_learn_{way}"):
                choosing.change(objective=way)
                st.rerun()  # the whole page, which trains it


@dataclass(frozen=True)
class _Model:
    """A run where it is looked at: its parameters there, and the update that comes next, or came last at the end."""

    run: Run
    t: int
    parameters: Parameters
    step: Step | None

    @property
    def words(self) -> tuple[str, ...]:
        return self.run.corpus.vocabulary.words

    @property
    def key(self) -> tuple[Config, int]:
        return self.run.config, self.t


def _present(run: Run, t: int) -> _Model:
    t = min(t, run.n_steps)
    if run.n_steps == 0:
        return _Model(run, 0, run.parameters(0), None)
    at = min(t, run.n_steps - 1)
    step = memory.keep("both_steps", 2, (run.config, at), lambda _: GATE.do(lambda: run.step(at)))
    return _Model(run, t, step.before if at == t else step.after, step)


def _rows(one: _Model, two: _Model, word: int) -> None:
    """Both rows of the word below each other, and the one row of the other model; what an update moves of each."""
    ours, theirs = both_rows(two.parameters, two.step, word), both_rows(one.parameters, one.step, word)
    name = quoted(two.words[word])
    said = (
        f"{name} has two rows of numbers, one as center and one as context. Their cosine is {number(ours.cosine, 2)}, "
        "where 1 means the same direction and 0 nothing in common. With one vector for both it is always 1."
    )
    st.text(said)
    v, u, both = (", v", ", u", ", v and u") if now.in_numbers() else ("", "", "")
    figure = strips.figure(
        [
            Strip(CENTER_ROW, f"Two vectors: as center{v}", ours.center),
            Strip(CONTEXT_ROW, f"Two vectors: as context{u}", ours.context),
            Strip(ONE_ROW, f"One vector: as both{both}", theirs.center),
        ],
        st.context.theme.type == "dark",
    )
    st.plotly_chart(figure, key="variants_rows", config={"displayModeBar": False}, alt=said)
    if two.step is not None and one.step is not None:
        st.text(
            f"Update {two.step.index:,}: {name} moves {_by(ours.center_moved)} as center and "
            f"{_by(ours.context_moved)} as context; the one vector of the other model {_by(theirs.center_moved)}."
        )


def _by(length: float) -> str:
    if length == 0:
        return "not at all"
    return f"by {number(length, 2)}" if length >= LITTLE or now.in_numbers() else f"by less than {LITTLE}"


def _itself_bars(one: _Model, two: _Model, word: int) -> None:
    """How much each model expects a word beside itself: of all words in one sentence, of some as bars."""
    goal = two.run.plan.goal
    theirs, ours = _itself(one), _itself(two)
    what = "gives a word beside itself" if goal.objective.sums_to_one else "says yes to a word beside itself with"
    which = "on average" if ours.all else f"on average over the {len(ours.rows):,} most frequent"
    said = (
        f"A vector always points the same way as itself: with one the model {what} {percent(theirs.mean_said)} "
        f"{which}, with two {percent(ours.mean_said)}. The text leads to {percent(theirs.mean_wanted)}."
    )
    st.text(said)
    if two.run.config.architecture != "skip-gram":  # its inputs are several words, none of which has a bar of its own
        return
    asked = ours.rows.tolist()
    shown = list(dict.fromkeys([*([word] if word in asked else []), *asked]))[: bars.MOST]
    at = np.searchsorted(ours.rows, shown)
    named, dark = [two.words[i] for i in shown], st.context.theme.type == "dark"
    figure = bars.figure(named, theirs.said[at], ours.said[at], theirs.wanted[at], dark)
    st.plotly_chart(figure, key="variants_itself", config={"displayModeBar": False}, alt=said)


def _itself(model: _Model) -> Itself:
    goal = model.run.plan.goal
    return memory.keep("itself", 2, model.key, lambda _: GATE.do(lambda: itself(goal, model.parameters)))


def _loss(model: _Model) -> float:
    goal = model.run.plan.goal
    return memory.keep("variants_losses", 2, model.key, lambda _: GATE.do(lambda: goal.mean_loss(model.parameters)))


def _nearest(model: _Model, word: int, title: str) -> None:
    found = nearest(model.parameters.V, word, NEAREST)
    st.text(f"{title}: most like {quoted(model.words[word])}")
    tables.table(
        {"word": [model.words[i] for i, _ in found], "cosine": [cosine for _, cosine in found]},
        key=f"variants_nearest_{model.run.config.one_vector}",
        formats={"cosine": tables.cosine_column()},
    )


def _losses(one: _Model, two: _Model) -> None:
    """How far each is above the floor, last of all: of many words it would take too long."""
    goal = two.run.plan.goal
    if len(goal.inputs) * len(two.words) > LOSS_CELLS:
        st.text("With so many words the loss takes long to add up: Compare shows it, along the way of both.")
        return
    for column, model in zip(st.columns(2), (one, two), strict=True):
        loss = _loss(model)
        column.text(f"Loss {number(loss)} nats, {number(loss - goal.floor)} above the floor of {number(goal.floor)}.")
