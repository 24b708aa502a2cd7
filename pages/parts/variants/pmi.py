"""Scores and counts: the scores of negative sampling against how much more often than by chance two words meet."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.drawing import scores_and_counts
from pages.drawing.numbers import number
from pages.drawing.words import SHOWN_WORDS, quoted
from pages.parts.shared import tables
from pages.parts.variants.ways import say_stopped, trained
from pages.session import now
from pages.session.gate import GATE
from pages.session.told import company_of
from w2v import Config, Moments
from w2v.counted import counted
from w2v.explain.pmi import PmiScores, pmi_scores
from w2v.objectives import NegativeSampling

WHAT = (
    "Each dot is two words that meet in the text: the further right, the more often than by chance; the further up, "
    "the more the model expects it (its score). The nearer the dots are to the line, the more it has only counted."
)
BESIDE = "The scores are those of skip-gram with negative sampling, trained beside yours with its other settings."
MUCH, LITTLE = 0.5, 0.2  # correlations


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
    st.text(WHAT if run.config == moments.config else f"{WHAT} {BESIDE}")
    said = _sentence(scores)
    st.text(said)
    words, dark = run.corpus.vocabulary.words, st.context.theme.type == "dark"
    word = now.word_id(run)
    figure = scores_and_counts.figure(scores, words, word, now.in_numbers(), dark)
    st.plotly_chart(figure, key="variants_pmi", config={"displayModeBar": False}, alt=said)
    _pairs(scores, words, word)
    if now.in_numbers():
        st.text(
            f"Across: log(COUNT(c, o) / (COUNT(c) noise(o))) - log {config.negatives}, with the noise of this model: "
            f"counts to the power of {number(config.noise_power)}. With power 1 this is PMI(c, o) - log k. "
            "Pairs that never meet have no place here: their PMI is minus infinity."
        )


def wanted(config: Config) -> list[Config]:
    """Return what this part wants to be trained."""
    return [replace(config, architecture="skip-gram", objective=NegativeSampling.name)]


def _pairs(scores: PmiScores, words: Sequence[str], word: int) -> None:
    """All pairs of the selected word, of which the picture names some."""
    ours = scores_and_counts.pairs_of(scores, word)[:SHOWN_WORDS]
    if not len(ours):
        st.text(f"The text has no word near {quoted(words[word])} that it is to predict.")
        return
    columns = {  # no word in a heading: it could be read as Markdown
        "near the chosen word": [words[i] for i in scores.context[ours]],
        "times in the text": scores.times[ours],
        "the text": scores.shifted[ours],
        "the model's score": scores.scores[ours],
    }
    formats = dict.fromkeys(list(columns)[2:], tables.number_format())
    tables.table(columns, key="variants_pmi_pairs", formats=formats)


def _sentence(scores: PmiScores) -> str:
    said = f"{counted(len(scores.scores), 'pair')} of words meet in the text. On average"
    said += f" the model's score of a pair is {number(scores.distance)} away from the line"
    if (rise := scores.correlation) is not None:
        how = (
            "rise together" if rise >= MUCH else "rise together a little" if rise >= LITTLE else "do not rise together"
        )
        said += f"; scores and counts {how}, with a correlation of {number(rise, 2)}, where 1 is a straight line"
    end = "Negative sampling heads for how much more often than by chance words meet, not how often"
    return f"{said}. {end}{': not P(o|c)' if now.in_numbers() else ''}."
