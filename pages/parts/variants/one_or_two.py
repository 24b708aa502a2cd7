"""One vector or two: the same text learned with one vector per word and with two, and whether a word expects itself."""

from dataclasses import replace

import streamlit as st

from pages.drawing import itself as bars
from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted
from pages.parts.shared import tables
from pages.parts.variants.ways import say_stopped, trained_runs
from pages.session import memory, now
from pages.session.gate import GATE
from w2v import Config, Moments, Run, nearest
from w2v.explain.itself import Itself, itself

BY_PASSES = (
    "A whole text is learned with two vectors per word, moved in turn. Press Settings and choose update by update to "
    "see what one vector does."
)
NEAREST = 5


def show(moments: Moments) -> None:
    """Both models at the present moment, and in one sentence how much each expects a word beside itself."""
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
    t = now.moment(moments)
    one, two = (_itself(run, min(t, run.n_steps)) for run in runs)
    said = _sentence(moments, one, two)
    st.text(said)
    if moments.config.architecture == "skip-gram":
        _bars(moments, one, two, said)
    for column, run, found, title in zip(st.columns(2), runs, (one, two), ("One vector", "Two vectors"), strict=True):
        with column:
            _nearest(run, min(t, run.n_steps), now.word_id(moments), title)
            if now.in_numbers():
                st.text(
                    f"Loss {number(found.loss)} nats, {number(found.gap)} above the floor of {number(found.floor)}."
                )


def wanted(config: Config) -> list[Config]:
    """Return what this part wants to be trained."""
    return [replace(config, one_vector=one, trainer=Config.trainer) for one in (True, False)]


def _itself(run: Run, t: int) -> Itself:
    return memory.keep("itself", 4, (run.config, t), lambda _: GATE.do(lambda: itself(run, t)))


def _sentence(moments: Run, one: Itself, two: Itself) -> str:
    objective = moments.plan.objective
    what = "gives a word beside itself" if objective.sums_to_one else "says yes to a word beside itself with"
    return (
        f"With one vector the model {what} {percent(one.mean_said)} on average, with two {percent(two.mean_said)}; the "
        f"text leads to {percent(one.mean_wanted)}. A vector always points the same way as itself."
    )


def _bars(moments: Run, one: Itself, two: Itself, said: str) -> None:
    words = moments.corpus.vocabulary.words[: bars.MOST]
    shown = slice(len(words))
    dark = st.context.theme.type == "dark"
    figure = bars.figure(words, one.said[shown], two.said[shown], one.wanted[shown], dark)
    st.plotly_chart(figure, key="variants_itself", config={"displayModeBar": False}, alt=said)


def _nearest(run: Run, t: int, word: int, title: str) -> None:
    words = run.corpus.vocabulary.words
    found = nearest(run.parameters(t).V, word, NEAREST)
    st.text(f"{title}: most like {quoted(words[word])}")
    tables.table(
        {"word": [words[i] for i, _ in found], "cosine": [cosine for _, cosine in found]},
        key=f"variants_nearest_{run.config.one_vector}",
        formats={"cosine": tables.share_column()},
    )
