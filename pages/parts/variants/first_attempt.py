"""A common first attempt: a network with a sigmoid and squared error, trained on the same pairs as this run."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages.drawing import first_attempt as drawing
from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted
from pages.parts.shared import tables
from pages.parts.variants.ways import WANTED, run_of
from pages.session import memory, now
from pages.session.in_turns import made_in_turns
from pages.session.training import present_moments
from w2v import Moments, Run
from w2v.arrays import Floats, Ints
from w2v.counted import counted
from w2v.explain.first_attempt import FirstAttempt
from w2v.explain.sigmoid_network import SigmoidTrace, check_sigmoid_gradients, sigmoid_trace
from w2v.learning import prediction

SHOWN = 8  # words whose answers are drawn
MOMENTS, CELLS = 40, 60_000_000  # of both curves; fewer of many words, of which each takes their square
EXACT_CELLS = 1_000_000  # rows of examples times words, up to which both are measured at the very moment
NAME = "attempts"  # under which networks are kept
BY_PASSES = (
    "A pass adds up all pairs of the text, and this network learns pair by pair. Press Settings and choose update by "
    "update to see it."
)
WHAT = (
    "This network squeezes the numbers of a word between 0 and 1 (the sigmoid), answers with numbers of any size, and "
    "is punished by the square of how far each is off. Word2vec squeezes nothing, and its answers are shares of 100 %."
)
Curve = tuple[Ints, Floats]  # moments, and the share learned at each


@dataclass(frozen=True)
class _Learned:
    """The trained network, and how far it and the run have come along the way."""

    attempt: FirstAttempt
    of_attempt: Curve
    of_run: Curve


def train() -> None:
    """Train the network on the pairs of the present run. To be run by the whole script, where Stop answers."""
    moments = present_moments()
    memory.remember(**{WANTED: (NAME, moments.config)})
    if isinstance(moments, Run) and moments.n_steps and _too_large(moments) is None:
        made_in_turns(NAME, 1, moments.config, lambda: _learn(moments), _how_far)


def show(moments: Moments) -> None:
    """What the network answers beside word2vec, how far both come, and one pair forward and back."""
    if (run := run_of(moments, BY_PASSES)) is None:
        return
    if (problem := _too_large(run)) is not None:
        st.text(problem)
        return
    learned: _Learned | None = memory.kept(NAME).get(run.config)
    if learned is None:
        if memory.recall(WANTED) != (NAME, run.config):
            st.rerun()  # the whole page, which trains it
        st.text("Training of this network was stopped. Press Go on, above, to have it trained.")
        return
    attempt = learned.attempt
    t = min(now.moment(run), attempt.n_steps)
    if attempt.n_steps < run.plan.n_steps and t == attempt.n_steps:
        st.text(f"Its numbers grew without end: shown is its last moment, {t:,}. A smaller learning rate mends that.")
    st.text(WHAT)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        _answers(run, attempt, t)
    with right:
        _shares(run, learned, t)
    _one_pair(run, attempt, min(t, run.n_steps - 1, max(0, attempt.n_steps - 1)))


def _too_large(run: Run) -> str | None:
    try:
        FirstAttempt.check_size(run.plan)
    except ValueError as error:
        return str(error)
    return None


def _learn(run: Run) -> Generator[tuple[int, int] | None, None, _Learned]:
    """Train the network, and measure how far both have come; yields updates done and planned, then None."""
    attempt = yield from FirstAttempt.train(run.plan)
    kept, shares = np.array(attempt.keyframes), []
    most = max(2, min(MOMENTS, CELLS // run.plan.n_words**2))
    at = kept[np.unique(np.linspace(0, len(kept) - 1, most).round().astype(int))]
    for t in at.tolist():
        shares.append(attempt.share_of_the_way(t))
        yield None
    moments, losses = yield from run.loss_curve_in_slices(most)
    ours = np.array([run.plan.goal.share_of_the_way(float(loss)) for loss in losses])
    return _Learned(attempt, (at, np.array(shares)), (np.array(moments), ours))


def _how_far(said: tuple[int, int] | None) -> tuple[float, str]:
    done, total = said or (0, 1)
    return done / total, f"The network learns: {done:,} of {total:,} updates"


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
    if below:
        said += f", and {below:,} of them {'is' if below == 1 else 'are'} below 0: they are no probabilities."
    else:
        said += ", and nothing keeps them at 1 or above 0: they are no probabilities."
    if run.plan.objective.sums_to_one:
        said += " Those of word2vec add up to 100 %."
    st.text(said)
    figure = drawing.answers([words[i] for i in order], outputs[order], ours[order], in_text[order], _dark())
    st.plotly_chart(figure, key="attempt_answers", config={"displayModeBar": False}, alt=said)


def _shares(run: Run, learned: _Learned, t: int) -> None:
    """Say and draw how far both have come on the same pairs; of many words the sentence too is read off the curves."""
    goal = run.plan.goal
    if len(goal.inputs) * run.plan.n_words <= EXACT_CELLS:
        ours, theirs = goal.share_of_the_way(goal.mean_loss(run.parameters(t))), learned.attempt.share_of_the_way(t)
    else:
        ours, theirs = (float(np.interp(t, *curve)) for curve in (learned.of_run, learned.of_attempt))
    said = f"Of what these pairs teach, word2vec has learned {_share(ours)}, this network {_share(theirs)}."
    st.text(said)
    figure = drawing.learned(learned.of_attempt, learned.of_run, t, "update", _dark())
    st.plotly_chart(figure, key="attempt_learned", config={"displayModeBar": False}, alt=said)


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
    look = "looks" if len(inputs) == 1 else "look"
    arrives, left = float(np.linalg.norm(done.grad_f1)), float(np.linalg.norm(done.grad_s1))
    through = percent(left / arrives) if arrives else "nothing"
    st.text(
        f"Update {t:,}: {near} {look} up {counted(len(done.s1), 'number')}, the sigmoid squeezes each between 0 and 1, "
        f"and the answer for {quoted(words[target])} is {number(float(done.s2[target]))}. On the way back the sigmoid "
        f"lets {through} of the error through: a quarter at most, and next to nothing where a number is near 0 or 1 "
        f"({percent(attempt.saturated(t))} of them are, now). Word2vec has no sigmoid here: all of it arrives."
    )
    if not now.in_numbers():
        return
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
