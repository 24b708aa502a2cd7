"""Scores and counts: the scores of negative sampling against how much more often than by chance two words meet."""

from dataclasses import replace

import streamlit as st

from pages.drawing import scores_and_counts
from pages.drawing.numbers import number
from pages.parts.variants.ways import say_stopped, trained
from pages.session import now
from pages.session.gate import GATE
from pages.session.told import company_of
from w2v import Config, Moments
from w2v.counted import counted
from w2v.explain.pmi import PmiScores, pmi_scores
from w2v.objectives import NegativeSampling


def show(moments: Moments) -> None:
    """One dot for each pair, and the line on which all of them would lie."""
    (config,) = wanted(moments.config)
    try:
        found = trained(moments, config)
    except ValueError as error:
        st.text(str(error))
        return
    if not found:
        say_stopped([config])
        return
    run = found[0]
    t = round(now.moment(moments) / max(1, moments.n_moments - 1) * (run.n_moments - 1))  # the same share of it
    objective = NegativeSampling.of_text(run.corpus.vocabulary.counts, config)
    counts = company_of(run).learned  # has a turn at the gate of its own
    scores = GATE.do(lambda: pmi_scores(counts, objective, run.parameters(t)))
    said = _sentence(scores)
    st.text(said)
    words, dark = run.corpus.vocabulary.words, st.context.theme.type == "dark"
    figure = scores_and_counts.figure(scores, words, now.word_id(run), now.in_numbers(), dark)
    st.plotly_chart(figure, key="variants_pmi", config={"displayModeBar": False}, alt=said)
    if now.in_numbers():
        st.text(
            f"Across: log(COUNT(c, o) / (COUNT(c) noise(o))) - log {config.negatives}, with the noise of this model: "
            f"counts to the power of {number(config.noise_power)}. With power 1 this is PMI(c, o) - log k. "
            "Pairs that never meet have no place here: their PMI is minus infinity."
        )


def wanted(config: Config) -> list[Config]:
    """Return what this part wants to be trained."""
    return [replace(config, architecture="skip-gram", objective=NegativeSampling.name)]


def _sentence(scores: PmiScores) -> str:
    said = f"{counted(len(scores.scores), 'pair')} of words meet in the text. On average"
    said += f" the model's score of a pair is {number(scores.distance)} away from the line"
    if (rise := scores.correlation) is not None:
        said += f"; scores and counts rise together with a correlation of {number(rise, 2)}"
    return f"{said}. Negative sampling learns this, not P(o|c)."
