"""The life of a word, against loops over the records of all updates and over all pairs."""

import numpy as np
import pytest

from w2v import PRESETS, Config, Example, Run, count_pairs, prediction, trace
from w2v.explain.biography import Life, life_of, pull_and_push, updates_of
from w2v.slices import finished

SETTINGS = [
    {},
    {"batching": "window"},
    {"architecture": "cbow"},
    {"objective": "negative", "negatives": 2},
    {"objective": "hierarchical"},
    {"dynamic_window": True, "subsample": 0.05, "batching": "minibatch", "batch_size": 7},
]


def royal(**settings: object) -> Run:
    return Run(Config(PRESETS["royal"].text, **{"epochs": 3, "dim": 4, **settings}))  # type: ignore[arg-type]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_updates_are_those_whose_records_have_the_word(settings: dict[str, object]) -> None:
    run = royal(**settings)
    word, steps = run.corpus.vocabulary.ids["king"], [run.step(t) for t in range(run.n_steps)]
    inputs = [t for t, s in enumerate(steps) if any(word in one.example.inputs for one in s.traces)]
    targets = [t for t, s in enumerate(steps) if any(word == one.example.target for one in s.traces)]
    found = updates_of(run, word)
    assert (found.as_input, found.as_target) == (len(inputs), len(targets))
    assert (found.first_input, found.first_target) == (inputs[0], targets[0])
    if run.plan.objective.has_draws:
        assert found.drawn == sum(any(word in one.rows[1:] for one in s.traces) for s in steps)
    else:
        assert found.drawn is None


def test_of_a_run_that_was_stopped_only_what_was_done_counts() -> None:
    training = Run.train(Config(PRESETS["royal"].text, epochs=3))
    next(training)
    with pytest.raises(StopIteration) as end:
        training.send(True)
    run: Run = end.value.value
    steps = [run.step(t) for t in range(run.n_steps)]
    word = run.corpus.vocabulary.ids["king"]
    assert 0 < run.n_steps < run.plan.n_steps
    assert updates_of(run, word).as_input == sum(word in s.traces[0].example.inputs for s in steps)


def test_a_word_alone_in_its_sentences_is_in_no_update() -> None:
    run = Run(Config("alone. one two. two one.", epochs=1))
    found = updates_of(run, run.corpus.vocabulary.ids["alone"])
    assert (found.as_input, found.as_target, found.first_input, found.first_target) == (0, 0, None, None)


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_pull_and_push_are_the_errors_of_all_pairs(architecture: str) -> None:
    run = royal(architecture=architecture)
    word, examples = run.corpus.vocabulary.ids["king"], run.plan.epoch(0)
    for t in (0, run.n_steps):
        pulled = pushed = 0.0
        for i, target in enumerate(examples.targets.tolist()):
            inputs = tuple(examples.inputs[examples.input_start[i] : examples.input_start[i + 1]].tolist())
            error = float(trace(run.parameters(t), Example(inputs, target), run.plan.objective).error[word])
            pulled, pushed = pulled - min(error, 0.0), pushed + max(error, 0.0)
        found = pull_and_push(run.parameters(t), run.plan.goal, word)  # it holds every epoch once
        assert found == pytest.approx((pulled, pushed), rel=1e-9)


def test_negative_words_push_by_as_many_sigmas_as_are_drawn_on_average() -> None:
    run = royal(objective="negative", negatives=3)
    word, objective, at = run.corpus.vocabulary.ids["king"], run.plan.objective, run.parameters(run.n_steps)
    counts = count_pairs(run.corpus, run.config.window).matrix.toarray()
    sigma = 1 / (1 + np.exp(-(at.V @ at.U[word])))
    pulled = float((counts[:, word] * (1 - sigma)).sum())
    pushed = float((counts.sum(axis=1) * 3 * objective.noise[word] * sigma).sum())  # type: ignore[attr-defined]
    assert pull_and_push(at, run.plan.goal, word) == pytest.approx((pulled, pushed), rel=1e-9)


def life(run: Run, word: str) -> Life:
    one = run.corpus.vocabulary.ids[word]
    beside = count_pairs(run.corpus, run.config.window).row(one)
    return finished(life_of(run, one, run.keyframes(9), run.plan.goal, beside))


@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
def test_lengths_and_the_likeliest_word_are_those_of_each_moment(objective: str) -> None:
    run = royal(objective=objective, epochs=20)
    found, word = life(run, "queen"), run.corpus.vocabulary.ids["queen"]
    counts = count_pairs(run.corpus, 2).matrix.toarray()
    for i, t in enumerate(found.at.tolist()):
        parameters = run.parameters(t)
        said = prediction(parameters, (word,), run.plan.objective)
        assert found.v[i] == pytest.approx(np.sqrt((parameters.V[word] ** 2).sum()))
        assert found.said[i] == said.max() == said[found.likeliest[i]]
        assert found.true[i] == (counts[word, found.likeliest[i]] > 0)
    if objective == "hierarchical":
        assert found.u is found.pulled is found.pushed is None
    else:
        assert found.u is not None
        assert found.pulled is not None
        assert found.pushed is not None
        last = pull_and_push(run.parameters(run.n_steps), run.plan.goal, word)
        assert (found.pulled[-1], found.pushed[-1]) == last


def test_several_readings_that_were_counted_together_are_taken_apart() -> None:
    run, word = royal(), 3
    beside, goal = np.zeros(run.plan.n_words, np.int64), run.plan.goal
    once, thrice = (finished(life_of(run, word, [0, 9], goal, beside, readings)) for readings in (1, 3))
    assert once.pulled == pytest.approx(3 * thrice.pulled)
    assert once.pushed == pytest.approx(3 * thrice.pushed)
    assert finished(life_of(run, word, [0], goal, beside, 0)).pulled is None


def test_found_is_when_what_is_expected_first_came_to_stay_true() -> None:
    found = life(royal(epochs=20), "queen")
    assert found.found is not None
    before = found.at < found.found
    assert before.any()
    assert found.true[~before].all()
    assert not found.true[before][-1]
    never = Life(found.at, found.v, None, found.likeliest, found.said, np.zeros(len(found.at), bool), None, None)
    assert never.found is None
