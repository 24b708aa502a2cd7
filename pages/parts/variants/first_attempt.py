"""A common first attempt: a network with a sigmoid and squared error, trained on the same pairs as this run."""

import numpy as np
import streamlit as st

from pages.drawing import first_attempt as drawing
from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted
from pages.parts.shared import tables
from pages.parts.variants.ways import run_of
from pages.session import memory, now
from pages.session.gate import GATE
from w2v import Moments, Run
from w2v.arrays import Floats, Ints
from w2v.counted import counted
from w2v.explain.first_attempt import FirstAttempt
from w2v.explain.sigmoid_network import SigmoidTrace, check_sigmoid_gradients, sigmoid_trace
from w2v.learning import prediction

SHOWN = 8  # words whose answers are drawn
MOMENTS = 40  # of both curves
BY_PASSES = (
    "A pass adds up all pairs of the text, and this network learns pair by pair. Press Settings and choose update by "
    "update to see it."
)
Curve = tuple[Ints, Floats]  # moments, and the share learned at each


def show(moments: Moments) -> None:
    """What the network answers beside word2vec, how far both come, and one pair forward and back."""
    if (run := run_of(moments, BY_PASSES)) is None:
        return
    try:
        attempt = _trained(run)
    except ValueError as error:
        st.text(str(error))
        return
    t = min(now.moment(run), attempt.n_steps)
    if attempt.n_steps < run.plan.n_steps and t == attempt.n_steps:
        st.text(f"Its numbers grew without end: shown is its last moment, {t:,}. A smaller learning rate mends that.")
    left, right = st.columns([0.55, 0.45])
    with left:
        _answers(run, attempt, t)
    with right:
        _learned(run, attempt, t)
    _one_pair(run, attempt, min(t, run.n_steps - 1, max(0, attempt.n_steps - 1)))


def _trained(run: Run) -> FirstAttempt:
    """Return the network trained on the pairs of this run, kept."""
    return memory.keep("attempts", 1, run.config, lambda _: GATE.finish(FirstAttempt.train(run.plan)))


def _answers(run: Run, attempt: FirstAttempt, t: int) -> None:
    """Say and draw what it answers near the selected word, or after the input of this moment where that is several."""
    words, goal = run.corpus.vocabulary.words, run.plan.goal
    inputs: tuple[int, ...] = (now.word_id(run),)
    if run.config.architecture == "cbow":
        inputs = _pair_at(run, min(t, run.n_steps - 1))[0]
    row = goal.row_of(inputs)
    outputs, in_text = attempt.outputs(t, row), goal.counts.ratio(row)
    ours = prediction(run.parameters(t), inputs, run.plan.objective)
    order = np.argsort(-np.maximum(in_text, np.abs(outputs)), kind="stable")[:SHOWN]
    below, total, n = int((outputs < 0).sum()), float(outputs.sum()), counted(len(words), "answer")
    near = " and ".join(quoted(words[i]) for i in inputs)
    said = f"Near {near} the {n} of this network add up to {number(total)}"
    said += f", and {below:,} of them {'is' if below == 1 else 'are'} below 0: they are no probabilities."
    if run.plan.objective.sums_to_one:
        said += " Those of word2vec add up to 100 %."
    st.text(said)
    figure = drawing.answers([words[i] for i in order], outputs[order], ours[order], in_text[order], _dark())
    st.plotly_chart(figure, key="attempt_answers", config={"displayModeBar": False}, alt=said)


def _learned(run: Run, attempt: FirstAttempt, t: int) -> None:
    """Say and draw how far both have come on the same pairs."""
    of_attempt, of_ours = memory.keep("attempt_curves", 1, run.config, lambda _: GATE.do(lambda: _curves(run, attempt)))
    here = float(np.interp(t, *of_ours)), attempt.share_of_the_way(t)
    said = f"Of what these pairs teach, word2vec has learned {_share(here[0])}, this network {_share(here[1])}."
    st.text(said)
    figure = drawing.learned(of_attempt, of_ours, t, "update", _dark())
    st.plotly_chart(figure, key="attempt_learned", config={"displayModeBar": False}, alt=said)


def _curves(run: Run, attempt: FirstAttempt) -> tuple[Curve, Curve]:
    """Return moments and shares learned, of the network and of the run."""
    kept = np.array(attempt.keyframes)
    at = kept[np.unique(np.linspace(0, len(kept) - 1, MOMENTS).round().astype(int))]
    shares = np.array([attempt.share_of_the_way(int(t)) for t in at])
    moments, losses = run.loss_curve(MOMENTS)
    ours = np.array([run.plan.goal.share_of_the_way(float(loss)) for loss in losses])
    return (at, shares), (np.array(moments), ours)


def _share(learned: float) -> str:
    return "nothing yet" if learned < 0 else percent(learned)


def _pair_at(run: Run, t: int) -> tuple[tuple[int, ...], int]:
    """Return the inputs and the target of the first pair of update t."""
    ((_, group),) = run.plan.updates(t, t + 1)
    return tuple(group[0][0]), int(group[0][1])


def _one_pair(run: Run, attempt: FirstAttempt, t: int) -> None:
    """One pair forward and back: what arrives at the hidden layer, and how little of it the sigmoid lets through."""
    words, (inputs, target) = run.corpus.vocabulary.words, _pair_at(run, t)
    network = attempt.network(t)
    done = sigmoid_trace(network, inputs, target)
    near = " and ".join(quoted(words[i]) for i in inputs)
    arrives, left = float(np.linalg.norm(done.grad_f1)), float(np.linalg.norm(done.grad_s1))
    through = percent(left / arrives) if arrives else "nothing"
    st.text(
        f"Update {t:,}: {near} looks up {counted(len(done.s1), 'number')}, the sigmoid squeezes each between 0 and 1, "
        f"and the answer for {quoted(words[target])} is {number(float(done.s2[target]))}. On the way back the sigmoid "
        f"lets {through} of the error through: a quarter at most, and next to nothing where a number is near 0 or 1 "
        f"({percent(attempt.saturated(t))} of them are, now). Word2vec has no sigmoid here: all of it arrives."
    )
    tables.table(_hidden_layer(done), key="attempt_pair", formats=dict.fromkeys(_COLUMNS, tables.number_format()))
    check = check_sigmoid_gradients(network, inputs, target)
    st.text(
        f"It is no mistake in the program: {counted(check.n_entries, 'number')} of its gradient, each beside how the "
        f"error changes when one weight is moved a little, differ by {number(check.worst, 2)} at most; the largest is "
        f"{number(check.largest)}. Its error for this pair is {number(done.loss)}, a sum of squares."
    )


_COLUMNS = ("sum", "after the sigmoid", "error that arrives", "lets through", "what is left")


def _hidden_layer(done: SigmoidTrace) -> dict[str, object]:
    """Each hidden number of one pair: s1, f1, dL/df1, df1/ds1, dL/ds1."""
    values = (done.s1, done.f1, done.grad_f1, done.slope_f1, done.grad_s1)
    return {"hidden": list(range(1, len(done.s1) + 1)), **dict(zip(_COLUMNS, values, strict=True))}


def _dark() -> bool:
    return st.context.theme.type == "dark"
