"""One vector or two: both rows of a word, the one row of the other model, and how far a word expects itself."""

from dataclasses import replace

import streamlit as st

from pages.drawing import both_rows as strips
from pages.drawing import itself as bars
from pages.drawing.both_rows import CENTER_ROW, CONTEXT_ROW, ONE_ROW, Strip
from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted
from pages.parts.shared import tables
from pages.parts.variants.ways import say_stopped, trained_runs
from pages.session import memory, now
from pages.session.gate import GATE
from w2v import Config, Moments, Run, nearest
from w2v.explain.both_rows import BothRows, both_rows
from w2v.explain.itself import Itself, itself

BY_PASSES = (
    "A whole text is learned with two vectors per word, moved in turn. Press Settings and choose update by update to "
    "see what one vector does."
)
NEAREST = 5
LITTLE = 0.001  # in words a smaller move has no number


def show(moments: Moments) -> None:
    """The rows of the selected word in both models at the present moment, and how much they expect it beside itself."""
    if not isinstance(moments, Run):
        st.text(BY_PASSES)
        return
    try:
        runs = trained_runs(moments, *wanted(moments.config))
    except ValueError as error:
        st.text(str(error))
        return
    if len(runs) < 2:
        say_stopped(wanted(moments.config))
        return
    one, two = runs
    t, word = now.moment(moments), now.word_id(moments)
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        _rows(one, two, t, word)
    with right:
        _itself_bars(one, two, t, word)
    for column, run, title in zip(st.columns(2), runs, ("One vector", "Two vectors"), strict=True):
        with column:
            _nearest(run, min(t, run.n_steps), word, title)
            if now.in_numbers():
                found = _itself(run, t)
                st.text(
                    f"Loss {number(found.loss)} nats, {number(found.gap)} above the floor of {number(found.floor)}."
                )


def wanted(config: Config) -> list[Config]:
    """Return what this part wants to be trained."""
    return [replace(config, one_vector=one, trainer=Config.trainer) for one in (True, False)]


def _rows(one: Run, two: Run, t: int, word: int) -> None:
    """Both rows of the word below each other, and the one row of the other model; what an update moves of each."""
    ours, theirs = _both_rows(two, t, word), _both_rows(one, t, word)
    name = quoted(two.corpus.vocabulary.words[word])
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
    if ours.step is not None and theirs.step is not None:
        st.text(
            f"Update {ours.step.index:,}: {name} moves {_by(ours.center_moved)} as center and "
            f"{_by(ours.context_moved)} as context; the one vector of the other model {_by(theirs.center_moved)}."
        )


def _by(length: float) -> str:
    if length == 0:
        return "not at all"
    return f"by {number(length, 2)}" if length >= LITTLE or now.in_numbers() else f"by less than {LITTLE}"


def _both_rows(run: Run, t: int, word: int) -> BothRows:
    t = min(t, run.n_steps)
    return memory.keep("both_rows", 4, (run.config, t, word), lambda _: GATE.do(lambda: both_rows(run, word, t)))


def _itself(run: Run, t: int) -> Itself:
    t = min(t, run.n_steps)
    return memory.keep("itself", 4, (run.config, t), lambda _: GATE.do(lambda: itself(run, t)))


def _itself_bars(one: Run, two: Run, t: int, word: int) -> None:
    """How much each model expects a word beside itself: of all words in one sentence, of some as bars."""
    ours, theirs = _itself(two, t), _itself(one, t)
    what = "gives a word beside itself" if two.plan.objective.sums_to_one else "says yes to a word beside itself with"
    said = (
        f"A vector always points the same way as itself: with one the model {what} {percent(theirs.mean_said)} on "
        f"average, with two {percent(ours.mean_said)}. The text leads to {percent(theirs.mean_wanted)}."
    )
    st.text(said)
    if two.config.architecture != "skip-gram":  # its inputs are several words, none of which has a bar of its own
        return
    words = two.corpus.vocabulary.words
    shown = list(dict.fromkeys([word, *range(len(words))]))[: bars.MOST]
    named, dark = [words[i] for i in shown], st.context.theme.type == "dark"
    figure = bars.figure(named, theirs.said[shown], ours.said[shown], theirs.wanted[shown], dark)
    st.plotly_chart(figure, key="variants_itself", config={"displayModeBar": False}, alt=said)


def _nearest(run: Run, t: int, word: int, title: str) -> None:
    words = run.corpus.vocabulary.words
    found = nearest(run.parameters(t).V, word, NEAREST)
    st.text(f"{title}: most like {quoted(words[word])}")
    tables.table(
        {"word": [words[i] for i, _ in found], "cosine": [cosine for _, cosine in found]},
        key=f"variants_nearest_{run.config.one_vector}",
        formats={"cosine": tables.cosine_column()},
    )
