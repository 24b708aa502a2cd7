"""Scores against PMI: the table of a textbook loop over the text, and a model that gets there."""

import math
from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.drawing import scores_and_counts as picture
from w2v import PRESETS, Config, Parameters, Run
from w2v.explain.pmi import PmiScores, pmi_scores

ROYAL = Config(PRESETS["royal"].text, objective="negative", negatives=3, epochs=2)


def scores_of(config: Config) -> tuple[Run, PmiScores]:
    run = Run(config)
    return run, pmi_scores(run.plan.goal.counts, run.plan.objective, run.parameters(run.n_steps))  # type: ignore[arg-type]


@pytest.mark.parametrize("power", [0.75, 1.0, 0.0])
def test_every_pair_has_the_pmi_of_a_textbook_loop(power: float) -> None:
    run, found = scores_of(replace(ROYAL, noise_power=power))
    sentences = [line.lower().rstrip(".").split() for line in ROYAL.text.splitlines()]
    together: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        for i, center in enumerate(sentence):
            for j in range(max(0, i - 2), min(len(sentence), i + 3)):
                if j != i:
                    together[center, sentence[j]] += 1
    occurs = Counter(word for sentence in sentences for word in sentence)
    all_noise = sum(times**power for times in occurs.values())
    beside = Counter()
    for (center, _), times in together.items():
        beside[center] += times
    words, after = run.corpus.vocabulary.words, run.parameters(run.n_steps)
    assert len(found.shifted) == len(together)
    for i, (c, o) in enumerate(zip(found.center.tolist(), found.context.tolist(), strict=True)):
        center, context = words[c], words[o]
        noise = occurs[context] ** power / all_noise
        wanted = math.log(together[center, context] / (beside[center] * noise)) - math.log(3)
        assert found.times[i] == together[center, context]
        assert found.shifted[i] == pytest.approx(wanted, abs=1e-12)
        assert found.scores[i] == pytest.approx(sum(x * y for x, y in zip(after.U[o], after.V[c], strict=True)))
    gaps = [abs(x - y) for x, y in zip(found.scores, found.shifted, strict=True)]
    assert found.distance == pytest.approx(sum(gaps) / len(gaps))


def test_scores_that_are_the_pmi_lie_on_the_line() -> None:
    run, found = scores_of(ROYAL)
    n = run.plan.n_words
    wanted = np.zeros((n, n))
    wanted[found.center, found.context] = found.shifted
    exact = pmi_scores(run.plan.goal.counts, run.plan.objective, Parameters(wanted, np.eye(n)))  # type: ignore[arg-type]
    assert exact.distance == pytest.approx(0, abs=1e-12)
    assert exact.correlation == pytest.approx(1)


def test_training_brings_the_scores_to_their_places() -> None:
    run = Run(replace(ROYAL, epochs=200, dim=16))
    counts, objective = run.plan.goal.counts, run.plan.objective
    start, end = (pmi_scores(counts, objective, run.parameters(t)) for t in (0, run.n_steps))  # type: ignore[arg-type]
    assert start.correlation is not None
    assert end.correlation is not None
    assert end.correlation > max(0.8, start.correlation)
    assert end.distance < start.distance / 2


def test_equal_scores_have_no_correlation() -> None:
    run, _ = scores_of(ROYAL)
    n = run.plan.n_words
    flat = pmi_scores(run.plan.goal.counts, run.plan.objective, Parameters(np.ones((n, 1)), np.ones((n, 1))))  # type: ignore[arg-type]
    assert flat.correlation is None


# --- the picture ----------------------------------------------------------------------------------------------------


@cache
def figures_of(preset: str) -> list[go.Figure]:
    """The picture with each word chosen: the same for every width of a window."""
    run, found = scores_of(Config(PRESETS[preset].text, objective="negative", epochs=3))
    words = run.corpus.vocabulary.words
    return [picture.figure(found, words, word, False, dark=False) for word in range(len(words))]


@pytest.mark.parametrize("width", [300.0, 500.0, 1150.0])
@pytest.mark.parametrize("preset", ["royal", "animals", "hot_cold"])
def test_names_of_pairs_touch_neither_each_other_nor_a_marked_dot(preset: str, width: float) -> None:
    named = 0
    for made in figures_of(preset):
        chosen = made.data[-1]
        (low, high), height = made.layout.xaxis.range, 360.0
        scale = np.array([width, height]) / (high - low)
        boxes, dots = [], []
        for x, y, text, side in zip(chosen.x, chosen.y, chosen.text, chosen.textposition, strict=True):
            at = np.array([x - low, high - y]) * scale
            dots.append((at - 5, at + 5))
            if text:
                half = np.array([len(text.strip()) * 7.0, 14.0]) / 2
                out = {"top center": (0, -1), "bottom center": (0, 1), "middle left": (-1, 0), "middle right": (1, 0)}
                middle = at + np.array(out[side]) * (half + np.array([10, 6]))  # a blank between, beside it
                boxes.append((middle - half, middle + half))
        for i, (begin, end) in enumerate(boxes):
            for other_begin, other_end in [*boxes[:i], *dots]:
                assert not ((begin < other_end) & (other_begin < end)).all()
        named += len(boxes)
    assert named > 2 * len(figures_of(preset)), "most words have names beside them"


def test_words_in_the_picture_are_only_words_and_a_word_without_pairs_has_no_marked_dots() -> None:
    _, found = scores_of(ROYAL)
    n = int(max(found.center.max(), found.context.max())) + 1
    words = [f"<b>w{i}</b>" for i in range(n + 1)]
    made = picture.figure(found, words, 0, True, dark=True)
    assert made.data[-1].name == "&lt;b&gt;w0&lt;/b&gt; as center"
    assert "<b>" not in str(made.data)
    assert [trace.name for trace in picture.figure(found, words, n, True, dark=True).data] == [
        "both the same",
        "other pairs",
    ]
