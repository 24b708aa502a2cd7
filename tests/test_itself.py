"""Does a word expect itself: the model's numbers and the text's, each counted once more with plain loops."""

from collections import Counter

import numpy as np
import pytest

from tests.cases import ARCHITECTURES, writable_arrays
from w2v import PRESETS, Config, Corpus, Run, cbow, cut_windows, prediction, skip_gram
from w2v.explain.itself import itself

TEXT = "so so so we walk\nwe walk and walk and walk\nso we talk and we talk"  # words beside themselves


def plain_shares(config: Config) -> tuple[Counter[tuple[int, ...]], Counter[tuple[int, ...]]]:
    """How many examples each set of inputs has, and how many of these want a word of the set."""
    of_window = {"skip-gram": skip_gram, "cbow": cbow}[config.architecture]
    seen: Counter[tuple[int, ...]] = Counter()
    own: Counter[tuple[int, ...]] = Counter()
    for window in cut_windows(Corpus.from_text(config.text), config.window):
        for example in of_window(window):
            inputs = tuple(sorted(example.inputs))
            seen[inputs] += 1
            own[inputs] += example.target in inputs
    return seen, own


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("one_vector", [False, True])
def test_the_means_are_those_of_all_examples(architecture: str, one_vector: bool) -> None:
    config = Config(TEXT, architecture=architecture, epochs=5, one_vector=one_vector)  # type: ignore[arg-type]
    run = Run(config)
    t = run.n_steps // 2
    parameters = run.parameters(t)
    found = itself(run.plan.goal, parameters)
    assert found.all
    seen, own = plain_shares(config)
    said = wanted = 0.0
    for inputs, times in seen.items():
        words = sorted(set(inputs))
        P = prediction(parameters, inputs, run.plan.objective)
        said += times * sum(float(P[w]) for w in words) / len(words)
        wanted += own[inputs] / len(words)
        row = run.plan.goal.row_of(inputs)
        assert found.said[row] == pytest.approx(sum(float(P[w]) for w in words) / len(words), rel=1e-12)
        assert found.wanted[row] == pytest.approx(own[inputs] / times / len(words), rel=1e-12)
    n = sum(seen.values())
    assert found.mean_said == pytest.approx(said / n, rel=1e-12)
    assert found.mean_wanted == pytest.approx(wanted / n, rel=1e-12)
    assert found.mean_wanted > 0
    assert writable_arrays(found) == []


@pytest.mark.parametrize("key", ["royal", "days_months", "bank"])
@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_with_one_vector_a_word_expects_itself_and_the_loss_stays_up(key: str, objective: str) -> None:
    """Of these texts no word stands beside itself; two vectors learn that, one cannot."""
    runs = [Run(Config(PRESETS[key].text, objective=objective, one_vector=which)) for which in (True, False)]  # type: ignore[arg-type]
    ends = [run.parameters(run.n_steps) for run in runs]
    one, two = (itself(run.plan.goal, end) for run, end in zip(runs, ends, strict=True))
    assert runs[0].plan.goal.floor == runs[1].plan.goal.floor
    assert one.mean_wanted == two.mean_wanted == 0
    assert one.mean_said > 5 * two.mean_said
    gaps = [run.plan.goal.mean_loss(end) - run.plan.goal.floor for run, end in zip(runs, ends, strict=True)]
    assert gaps[0] > 5 * gaps[1]


def test_for_negative_sampling_one_vector_is_never_below_one_half() -> None:
    """sigma(v . v) with |v|^2 >= 0."""
    run = Run(Config(TEXT, objective="negative", one_vector=True, epochs=3))
    for t in (0, run.n_steps // 2, run.n_steps):
        assert (itself(run.plan.goal, run.parameters(t)).said >= 0.5).all()
    two = Run(Config(TEXT, objective="negative", epochs=40))
    assert np.min(itself(two.plan.goal, two.parameters(two.n_steps)).said) < 0.5


def test_of_many_words_the_most_frequent_are_asked() -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=2))
    goal, end = run.plan.goal, run.parameters(run.n_steps)
    every, some = itself(goal, end), itself(goal, end, cells=5 * run.plan.n_words + 1)
    assert not some.all
    assert len(some.rows) == 5
    asked = some.rows
    assert goal.counts.row_totals[asked].min() >= np.delete(goal.counts.row_totals, asked).max()
    assert some.said.tolist() == every.said[asked].tolist()
    assert some.mean_said == pytest.approx(np.average(every.said[asked], weights=goal.counts.row_totals[asked]))
    assert len(itself(goal, end, cells=1).rows) == 1
