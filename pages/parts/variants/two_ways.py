"""Two ways: the same pair of words at the same moment in two models, and which of their vectors move."""

from collections.abc import Sequence

import streamlit as st

from pages.drawing import touched, tree
from pages.drawing.numbers import percent
from pages.drawing.words import quoted, quoted_row
from pages.parts.shared.cover import COMES_LATER
from pages.parts.variants.ways import (
    SIDES,
    WAYS,
    choice_of,
    chosen,
    config_of,
    idea_of,
    run_of,
    say_stopped,
    title_of,
    trained_runs,
)
from pages.session import guiding, memory, now
from pages.session.gate import GATE
from w2v import Config, Moments, Run
from w2v.counted import counted
from w2v.explain.two_ways import LARGE, Place, Way, cost_at, pair_at, place_of, way_at

BY_PASSES = (
    "A pass adds up all pairs of the text, so there is no single pair to follow here. Press Settings and choose update "
    "by update to see what one pair moves."
)

MOST_NAMED = 5  # words in a sentence
LOSS_CELLS = 1_000_000  # rows of examples times words, up to which it is said how much each has learned


def show(moments: Moments) -> None:
    """Two models side by side, and in one sentence what the pair moves in each."""
    if (present := run_of(moments, BY_PASSES)) is None:
        return
    names = chosen(present.config)
    _choice(names, present.config)
    place = place_of(present, min(now.moment(present), present.n_steps - 1))
    try:
        runs = trained_runs(present, *wanted(present.config))
    except ValueError as error:
        st.text(str(error))
        return
    if len(runs) < len(names):
        say_stopped(wanted(present.config))
        return
    ways = [way_at(run, place) for run in runs]
    st.text(_sentence(present, place, [title_of(run.config) for run in runs], ways))
    st.caption(touched.legend([(run, way) for run, way in zip(runs, ways, strict=True) if way is not None]))
    for side, column, run, way in zip(SIDES, st.columns(2), runs, ways, strict=True):
        with column:
            st.text(idea_of(run.config))
            _one(run, way, side)


def wanted(config: Config) -> list[Config]:
    """Return what this part wants to be trained."""
    return [config_of(name, config) for name in chosen(config)]


def _choice(names: Sequence[str], config: Config) -> None:
    """Let the visitor choose both models."""
    choices = {name: choice_of(config_of(name, config)) for name in WAYS}
    for column, side, label, name in zip(st.columns(2), SIDES, ("One model", "The other"), names, strict=True):
        key = f"variants_{side}"
        memory.set_widget_value(key, name)
        column.selectbox(label, list(WAYS), format_func=choices.__getitem__, key=key, on_change=_take, args=(side,))


def _take(side: str) -> None:
    now.ask_more(**{side: memory.widget_value(f"variants_{side}")})


def _sentence(moments: Run, place: Place, titles: list[str], ways: list[Way | None]) -> str:
    words = moments.corpus.vocabulary.words
    center, context = (quoted(words[i]) for i in pair_at(moments, place))
    done = [(title, way) for title, way in zip(titles, ways, strict=True) if way is not None]
    said = [f"{title}: {_vectors(way)}, {counted(way.n_numbers, 'number')}" for title, way in done]
    return f"The text has {context} near {center}. What this one pair moves: {'; '.join(said)}."


def _vectors(way: Way) -> str:
    return counted(way.n_vectors, "vector") if way.one_vector else counted(len(way.rows), "output vector")


def _one(run: Run, way: Way | None, side: str) -> None:
    if way is None:
        st.text("This model stopped before it came to this pair: a vector would have become too large.")
        return
    words, objective = run.corpus.vocabulary.words, run.plan.objective
    rows = len(way.step.before.U)
    said = f"{len(way.rows):,} of {rows:,} output vectors and {len(way.inputs):,} of {len(words):,} input vectors move"
    if way.one_vector:
        said = f"{way.n_vectors:,} of {len(words):,} vectors move"
    st.text(f"{said}, {counted(way.n_numbers, 'number')}.")
    if way.one_vector:
        st.text("Each word has one vector here, shown twice: as input and as it is predicted.")
    dark = st.context.theme.type == "dark"
    st.plotly_chart(
        touched.figure(run, way, now.in_numbers(), dark),
        key=f"variants_rows_{side}",
        config={"displayModeBar": False},
        alt=said,
    )
    if (branches := objective.branches) is not None:
        target = way.trace.example.target
        lead = "leads" if len(way.rows) == 1 else "lead"
        said = f"{counted(len(way.rows), 'turn')} {lead} down the tree to {quoted(words[target])}."
        st.text(f"{said} Frequent words hang near the root, on the left.")
        chart = tree.figure(branches, target, words, dark)
        st.plotly_chart(chart, key=f"variants_tree_{side}", config={"displayModeBar": False}, alt=said)
    if len(way.drawn):
        named = list(dict.fromkeys(way.drawn.tolist()))[:MOST_NAMED]
        st.text(f"Drawn as wrong answers: {', '.join(quoted_row(run, row) for row in named)}.")
    if len(way.true_by_chance):
        listed = ", ".join(quoted(words[i]) for i in way.true_by_chance[:MOST_NAMED].tolist())
        drawn = "was drawn as a wrong answer, though the text does have it there"
        if len(way.true_by_chance) > 1:
            drawn = "were drawn as wrong answers, though the text does have them there"
        st.text(f"By chance {listed} {drawn}.")
    more = cost_at(objective, LARGE, len(way.trace.example.inputs), run.config.dim)
    if guiding.keeps_back():
        st.text(COMES_LATER)
    else:
        large = f"With {LARGE:,} words it would be about {round(more, -2):,}."
        st.text(f"Cost: {way.cost:,} multiplications for this pair. {large}")
    goal = run.plan.goal
    if len(goal.inputs) * len(words) <= LOSS_CELLS:
        loss = memory.keep(
            "variants_learned", 2, (run.config, way.t), lambda _: GATE.do(lambda: goal.mean_loss(way.step.before))
        )
        learned = percent(max(0.0, goal.share_of_the_way(loss)))
        st.text(f"Before this update it has learned {learned} of what it can learn from this text.")
