"""n-grams, the probability of a window and of a whole text, against counting and multiplying by hand."""

import itertools
import math
from collections import Counter
from dataclasses import FrozenInstanceError
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import ARCHITECTURES, example_loss, texts, writable_arrays
from w2v import (
    Config,
    Corpus,
    Example,
    Likelihood,
    Parameters,
    Plan,
    Run,
    Window,
    cbow,
    corpus_likelihood,
    corpus_log_likelihood,
    count_likelihood,
    count_log_likelihood,
    cut_windows,
    ngram_table,
    skip_gram,
    window_at,
    window_counts,
    window_probability,
    window_ratio,
)
from w2v.explain.likelihood import guess_likelihood

PROBABILISTIC = ("softmax", "hierarchical")
MODELS = list(itertools.product(ARCHITECTURES, PROBABILISTIC))
TEXT = "a b c a b a\nb c d a\nc\na a b"


def examples_of(plan: Plan, window: Window) -> tuple[Example, ...]:
    return skip_gram(window) if plan.config.architecture == "skip-gram" else cbow(window)


def all_examples(plan: Plan) -> list[Example]:
    """Every example of a static plan, from windows cut by the slow way."""
    windows = cut_windows(plan.corpus, plan.config.window)
    return [example for window in windows for example in examples_of(plan, window)]


def some_parameters(plan: Plan, seed: int = 0, scale: float = 1.0) -> Parameters:
    rng = np.random.default_rng(seed)
    rows = plan.objective.n_rows(plan.n_words)
    return Parameters(
        rng.normal(0, scale, (plan.n_words, plan.config.dim)), rng.normal(0, scale, (rows, plan.config.dim))
    )


def log_p(parameters: Parameters, plan: Plan, example: Example) -> float:
    """log P(target | inputs) as the textbook has it, with Python numbers."""
    return -example_loss(parameters.V.tolist(), parameters.U.tolist(), example, plan.objective, None)


# --- n-grams --------------------------------------------------------------------------------------------------


@given(texts(most_words=4, most_length=12), st.data())
def test_an_ngram_table_counts_every_history(text: str, data: st.DataObject) -> None:
    corpus = Corpus.from_text(text)
    phrase = data.draw(st.lists(st.sampled_from(corpus.vocabulary.words), min_size=1, max_size=6))
    longest = data.draw(st.integers(1, 5))
    table = ngram_table(corpus, phrase, longest)
    for i, row in enumerate(table.rows):
        assert (row.n, row.word) == (i + 1, phrase[-1])
        assert row.history == tuple(phrase[len(phrase) - 1 - i : len(phrase) - 1])
        grams = [s[j : j + row.n] for s in corpus.sentences for j in range(len(s) - row.n + 1)]
        before = [gram for gram in grams if gram[:-1] == row.history]
        assert row.before == len(before)
        assert row.together == before.count((*row.history, row.word))
        if before:
            assert row.ratio == float(Fraction(row.together, row.before))
        else:
            assert math.isnan(row.ratio)
    *earlier, last = table.rows
    assert all(row.before > 1 and row.together > 0 for row in earlier), "it goes on while the counts say something"
    why = {
        "never": last.together == 0,
        "once": last.before == last.together == 1,
        "start": last.together > 0 and last.before > 1 and last.n == len(phrase),
        "long": last.together > 0 and last.before > 1 and last.n == longest < len(phrase),
    }
    assert [end for end, true in why.items() if true] == [table.end]


def test_ngrams_of_a_phrase_that_dies_out() -> None:
    corpus = Corpus.from_text("the king wears a crown. the queen wears a crown. a king eats")
    table = ngram_table(corpus, ["the", "king", "wears", "a", "crown"])
    counts = [(row.together, row.before) for row in table.rows]
    assert counts == [(2, 13), (2, 3), (2, 2), (1, 1)]  # a: "a crown", "a crown", "a king"
    assert table.end == "once"
    assert ngram_table(corpus, corpus.encoded[0].tolist()) == table, "ids do as well as words"
    assert ngram_table(corpus, ["unheard", "of"]).end == "never"
    assert ngram_table(corpus, ["queen", "king"]).rows[-1].ratio == 0
    with pytest.raises(ValueError, match="at least one word"):
        ngram_table(corpus, [])


# --- one window -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("architecture", "objective"), MODELS)
@given(text=texts(), seed=st.integers(0, 99), radius=st.integers(1, 4))
def test_a_window_is_the_product_of_its_factors(
    architecture: str, objective: str, text: str, seed: int, radius: int
) -> None:
    plan = Plan(Config(text, architecture, objective, dim=3, window=radius))  # type: ignore[arg-type]
    parameters = some_parameters(plan, seed)
    for window in cut_windows(plan.corpus, radius):
        said = window_probability(parameters, plan, window)
        wanted = [log_p(parameters, plan, example) for example in examples_of(plan, window)]
        assert said.log_factors.tolist() == pytest.approx(wanted, rel=1e-11, abs=1e-12)
        assert said.factors.tolist() == pytest.approx([math.exp(x) for x in wanted], rel=1e-11)
        assert said.log_probability == pytest.approx(math.fsum(wanted), rel=1e-11, abs=1e-12)
        assert said.probability == pytest.approx(math.prod(said.factors.tolist()), rel=1e-11)
        assert 10**said.log10 == pytest.approx(said.probability, rel=1e-9)


@pytest.mark.parametrize(("architecture", "objective"), MODELS)
def test_all_contexts_of_a_center_have_probability_1_together(architecture: str, objective: str) -> None:
    """P(window) is a probability: over everything that could have stood there it sums to 1."""
    plan = Plan(Config(TEXT, architecture, objective, dim=2))  # type: ignore[arg-type]
    parameters = some_parameters(plan)
    words = range(plan.n_words)
    if architecture == "cbow":
        made_up = [Window(0, 0, c, (0, 1, 1)) for c in words]
    else:
        made_up = [Window(0, 0, 1, context) for context in itertools.product(words, repeat=3)]
    assert math.fsum(window_probability(parameters, plan, w).probability for w in made_up) == pytest.approx(1)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
@given(text=texts(), radius=st.integers(1, 4))
def test_the_ratios_of_a_window_are_counted(architecture: str, objective: str, text: str, radius: int) -> None:
    plan = Plan(Config(text, architecture, objective, window=radius))  # type: ignore[arg-type]
    examples = [(tuple(sorted(e.inputs)), e.target) for e in all_examples(plan)]
    pairs, inputs = Counter(examples), Counter(i for i, _ in examples)
    for window in cut_windows(plan.corpus, radius):
        keys = [(tuple(sorted(e.inputs)), e.target) for e in examples_of(plan, window)]
        together, before = window_counts(plan, window)
        assert together.tolist() == [pairs[key] for key in keys]
        assert before.tolist() == [inputs[key[0]] for key in keys]
        ratio = window_ratio(plan, window)
        exact = math.prod([Fraction(pairs[key], inputs[key[0]]) for key in keys])
        assert ratio.probability == pytest.approx(float(exact), rel=1e-12)
        assert ratio.factors.tolist() == pytest.approx([pairs[k] / inputs[k[0]] for k in keys], rel=1e-12)


def test_a_window_that_never_was_has_ratio_0() -> None:
    plan = Plan(Config(TEXT))
    d = plan.corpus.vocabulary.ids["d"]
    ratio = window_ratio(plan, Window(0, 0, d, (d,)))  # it stands in the text once
    assert (ratio.log_probability, ratio.probability) == (-math.inf, 0.0)


@given(texts(), st.integers(1, 5), st.integers(1, 2))
def test_a_window_is_found_by_its_place(text: str, radius: int, least: int) -> None:
    try:
        plan = Plan(Config(text, window=radius, min_count=least))
    except ValueError:
        return  # too little is left
    for window in cut_windows(plan.corpus, radius):
        assert window_at(plan, window.sentence, window.position) == (window if window.context else None)


def test_drawn_windows_are_found_as_they_were_drawn() -> None:
    plan = Plan(Config(TEXT * 6, window=3, dynamic_window=True, subsample=0.1, epochs=3))
    for epoch in range(3):
        table = plan.epoch(epoch).windows
        found = {}
        for s, sentence in enumerate(plan.corpus.encoded):
            for p in range(len(sentence)):
                window = window_at(plan, s, p, epoch)
                if window is not None:
                    found[int(plan.corpus.positions[s][p])] = (window.center, window.context)
        drawn = {
            int(at): (int(c), tuple(table.context[a:b].tolist()))
            for at, c, a, b in zip(table.center_at, table.centers, table.context_start, table.context_start[1:])
        }
        assert found == drawn
        assert len(found) < len(plan.corpus.tokens), "some were left out: the draw is not trivial"


# --- the whole text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("architecture", "objective"), MODELS)
@given(text=texts(), seed=st.integers(0, 99), radius=st.integers(1, 4))
def test_the_likelihood_of_a_text_is_the_product_over_its_windows(
    architecture: str, objective: str, text: str, seed: int, radius: int
) -> None:
    plan = Plan(Config(text, architecture, objective, dim=3, window=radius))  # type: ignore[arg-type]
    parameters = some_parameters(plan, seed)
    examples = all_examples(plan)
    by_hand = math.fsum(log_p(parameters, plan, example) for example in examples)
    came = corpus_log_likelihood(parameters, plan)
    assert came == pytest.approx(by_hand, rel=1e-11)
    over_windows = [window_probability(parameters, plan, w).log_probability for w in cut_windows(plan.corpus, radius)]
    assert came == pytest.approx(math.fsum(over_windows), rel=1e-11)
    assert came == pytest.approx(-len(examples) * plan.goal.mean_loss(parameters), rel=1e-13)
    known = corpus_likelihood(parameters, plan)
    assert (known.n_examples, known.log_value) == (len(examples), came)
    assert known.loss == pytest.approx(-by_hand / len(examples), rel=1e-11)
    assert known.typical == pytest.approx(math.exp(by_hand / len(examples)), rel=1e-9)
    assert known.log10 == pytest.approx(by_hand / 2.302585092994046, rel=1e-11)


@pytest.mark.parametrize(("architecture", "objective"), MODELS)
def test_the_loss_of_a_run_is_its_likelihood(architecture: str, objective: str) -> None:
    """The traces of one epoch at rate 0 add up to -log L."""
    config = Config(TEXT, architecture, objective, dim=3, epochs=1, learning_rate=0.0)  # type: ignore[arg-type]
    run = Run(config)
    total = math.fsum(trace.loss for t in range(run.n_steps) for trace in run.step(t).traces)
    assert corpus_log_likelihood(run.parameters(0), run.plan) == pytest.approx(-total, rel=1e-12)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_drawn_windows_of_all_passes_count(architecture: str) -> None:
    config = Config(
        TEXT * 4,
        architecture,
        window=3,
        dynamic_window=True,
        subsample=0.1,
        epochs=4,
        learning_rate=0.0,  # type: ignore[arg-type]
    )
    run = Run(config)
    losses = [trace.loss for t in range(run.n_steps) for trace in run.step(t).traces]
    known = corpus_likelihood(run.parameters(0), run.plan)
    assert known.n_examples == len(losses)
    assert known.log_value == pytest.approx(-math.fsum(losses), rel=1e-12)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@given(text=texts(), radius=st.integers(1, 4))
def test_the_likelihood_of_the_counts(architecture: str, text: str, radius: int) -> None:
    plan = Plan(Config(text, architecture, window=radius))  # type: ignore[arg-type]
    examples = [(tuple(sorted(e.inputs)), e.target) for e in all_examples(plan)]
    pairs, inputs = Counter(examples), Counter(i for i, _ in examples)
    exact = math.fsum(n * math.log(n / inputs[i]) for (i, _), n in pairs.items())
    assert count_log_likelihood(plan) == pytest.approx(exact, rel=1e-12, abs=1e-12)
    windows = [window_ratio(plan, w).log_probability for w in cut_windows(plan.corpus, radius)]
    assert count_log_likelihood(plan) == pytest.approx(math.fsum(windows), rel=1e-11, abs=1e-11)
    guess = guess_likelihood(plan)
    assert guess.log_value == pytest.approx(-len(examples) * math.log(plan.n_words), rel=1e-13)
    assert guess.n_examples == count_likelihood(plan).n_examples == len(examples)


@pytest.mark.parametrize(("architecture", "objective"), MODELS)
def test_no_model_is_likelier_than_the_counts(architecture: str, objective: str) -> None:
    run = Run(Config(TEXT, architecture, objective, dim=6, epochs=300))  # type: ignore[arg-type]
    best = count_log_likelihood(run.plan)
    before, after = (corpus_log_likelihood(run.parameters(t), run.plan) for t in (0, run.n_steps))
    assert before < after <= best + 1e-9
    assert after - before > 0.5 * (best - before), "training goes most of the way"


def test_a_product_too_small_for_a_computer() -> None:
    plan = Plan(Config("\n".join(f"w{i} x{i}" for i in range(200)), dim=2))
    known = corpus_likelihood(some_parameters(plan, scale=0.01), plan)
    assert known.value == 0.0
    assert math.isfinite(known.log_value)
    assert known.log10 == pytest.approx(400 * math.log10(1 / 400), rel=1e-3)
    assert known.zero_from < 400
    for n, is_zero in ((math.floor(known.zero_from) - 1, False), (math.ceil(known.zero_from) + 1, True)):
        assert (Likelihood(-n * known.loss, n).value == 0) == is_zero
    assert Likelihood(0.0, 3).zero_from == math.inf


@pytest.mark.parametrize("objective", PROBABILISTIC)
def test_enormous_scores_stay_finite(objective: str) -> None:
    plan = Plan(Config(TEXT, objective=objective, dim=2))  # type: ignore[arg-type]
    parameters = some_parameters(plan, scale=1e3)
    assert math.isfinite(corpus_log_likelihood(parameters, plan))
    said = window_probability(parameters, plan, next(cut_windows(plan.corpus, 2)))
    assert np.isfinite(said.log_factors).all()
    assert said.probability >= 0


# --- what cannot be asked -------------------------------------------------------------------------------------


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_negative_sampling_has_no_likelihood_but_counts(architecture: str) -> None:
    plan = Plan(Config(TEXT, architecture, "negative", dim=2))  # type: ignore[arg-type]
    parameters, window = plan.initial_parameters(), next(cut_windows(plan.corpus, 2))
    for ask in (
        lambda: window_probability(parameters, plan, window),
        lambda: corpus_log_likelihood(parameters, plan),
        lambda: corpus_likelihood(parameters, plan),
    ):
        with pytest.raises(ValueError, match=r"^Negative sampling .* do not sum to 1.*\.$"):
            ask()
    assert count_log_likelihood(plan) < 0
    assert window_ratio(plan, window).probability > 0


def test_records_cannot_be_changed() -> None:
    plan = Plan(Config(TEXT))
    window = next(cut_windows(plan.corpus, 2))
    for said in (window_probability(plan.initial_parameters(), plan, window), window_ratio(plan, window)):
        assert not writable_arrays(said)
        assert not said.factors.flags.writeable
        with pytest.raises(FrozenInstanceError):
            said.window = window  # type: ignore[misc]
    assert not any(array.flags.writeable for array in window_counts(plan, window))


def test_a_word_alone_has_an_empty_product() -> None:
    plan = Plan(Config("a b\nc"))
    alone = Window(1, 0, plan.corpus.vocabulary.ids["c"], ())
    said = window_probability(plan.initial_parameters(), plan, alone)
    assert (len(said.factors), said.log_probability, said.probability) == (0, 0.0, 1.0)
    assert window_at(plan, 1, 0) is None
