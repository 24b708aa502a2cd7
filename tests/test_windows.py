"""Windows and examples against a brute-force reading of the definition, and the flat table against both."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import ARCHITECTURES, BATCHINGS, corpus_of, oracle, text_of, texts
from w2v import Config, Corpus, Example, Plan, Window, cbow, cut_windows, skip_gram
from w2v.counts import flat_text
from w2v.windows import window_table

RADII = st.integers(1, 12)


def brute_windows(corpus: Corpus, radius: int) -> list[Window]:
    """Every position against every other: near enough, in the same sentence, and not itself."""
    windows = []
    for number, sentence in enumerate(corpus.sentences):
        for center in range(len(sentence)):
            near = [p for p in range(len(sentence)) if p != center and abs(p - center) <= radius]
            ids = [corpus.vocabulary.words.index(sentence[p]) for p in (center, *near)]
            windows.append(Window(number, center, ids[0], tuple(ids[1:])))
    return windows


@given(texts(), RADII)
def test_windows_are_the_words_near_the_center(text: str, radius: int) -> None:
    corpus = Corpus.from_text(text)
    expected, came = brute_windows(corpus, radius), list(cut_windows(corpus, radius))
    assert came == expected, f"expected {expected}, came {came}"


def test_a_window_small_enough_to_read() -> None:
    """Two sentences; by -count, then word, w00 has the id 1 and w01 the id 0."""
    windows = list(cut_windows(corpus_of([[0, 1, 2, 1], [1]]), 2))
    assert windows[0] == Window(0, 0, 1, (0, 2))
    assert windows[1] == Window(0, 1, 0, (1, 2, 0))
    assert windows[3] == Window(0, 3, 0, (0, 2))
    assert windows[4] == Window(1, 0, 0, ())
    assert len(windows) == 5


@pytest.mark.parametrize("radius", [0, -1])
def test_a_window_needs_a_radius(radius: int) -> None:
    with pytest.raises(ValueError, match="radius of at least 1"):
        list(cut_windows(corpus_of([[0, 1]]), radius))


def test_skip_gram_predicts_each_context_word_from_the_center() -> None:
    examples = skip_gram(Window(0, 3, 7, (4, 5, 4)))
    assert examples == (Example((7,), 4), Example((7,), 5), Example((7,), 4))
    assert skip_gram(Window(0, 0, 7, ())) == ()


def test_cbow_predicts_the_center_from_the_whole_context_repeats_kept() -> None:
    assert cbow(Window(0, 3, 7, (4, 5, 4))) == (Example((4, 5, 4), 7),)
    assert cbow(Window(0, 0, 7, ())) == ()


@given(texts(), st.lists(st.integers(1, 9), min_size=36, max_size=36))
def test_table_of_windows_of_mixed_sizes(text: str, sizes: list[int]) -> None:
    """One radius for each word, as dynamic windows draw them; one window for each word that has any context."""
    words, sentence_of = flat_text(Corpus.from_text(text))
    radii = np.array(sizes[: len(words)])
    table = window_table(words, sentence_of, radii)
    expected = {}
    for at, other in itertools.product(range(len(words)), repeat=2):
        if at != other and abs(at - other) <= radii[at] and sentence_of[at] == sentence_of[other]:
            expected.setdefault(at, []).append(other)
    contexts = np.split(table.context_at, table.context_start[1:-1])
    came = {at: others.tolist() for at, others in zip(table.center_at.tolist(), contexts)}
    assert came == expected, f"expected {expected}, came {came}"
    assert table.centers.tolist() == words[table.center_at].tolist()
    assert table.context.tolist() == words[table.context_at].tolist()
    assert table.context_start[-1] == len(table.context)


def test_table_of_a_long_text_is_cut_in_pieces_without_a_seam() -> None:
    """120,000 words at radius 20 take more than one piece; every word in the middle has 40 neighbors."""
    n, radius = 120_000, 20
    table = window_table(np.arange(n), np.zeros(n, int), np.full(n, radius))
    assert np.array_equal(table.center_at, np.arange(n))
    sizes = np.minimum(np.arange(n), radius) + np.minimum(np.arange(n)[::-1], radius)
    assert np.array_equal(np.diff(table.context_start), sizes)
    assert np.abs(table.context - np.repeat(table.centers, sizes)).max() == radius
    first = np.diff(table.context)
    assert (first[np.delete(np.arange(len(first)), table.context_start[1:-1] - 1)] > 0).all()  # in text order


@pytest.mark.parametrize("n", [0, 1])
def test_table_of_hardly_any_words_is_empty(n: int) -> None:
    table = window_table(np.zeros(n, int), np.zeros(n, int), np.full(n, 3))
    assert [len(a) for a in (table.centers, table.center_at, table.context, table.context_at)] == [0, 0, 0, 0]
    assert table.context_start.tolist() == [0]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("batching", BATCHINGS)
def test_a_plan_learns_from_these_windows_in_this_order(architecture: str, batching: str) -> None:
    @given(texts(), st.integers(1, 4), st.integers(1, 7))
    def check(text: str, radius: int, batch_size: int) -> None:
        config = Config(
            text, architecture=architecture, window=radius, batching=batching, batch_size=batch_size, epochs=2
        )
        plan, make = Plan(config), {"skip-gram": skip_gram, "cbow": cbow}[architecture]
        by_window = [make(w) for w in brute_windows(plan.corpus, radius) if w.context]
        in_order = [example for examples in by_window for example in examples]
        size = {"pair": 1, "minibatch": batch_size, "full": len(in_order)}.get(batching)
        if size is None:
            groups = [list(examples) for examples in by_window]
        else:
            groups = [in_order[i : i + size] for i in range(0, len(in_order), size)]

        came = [[Example(inputs, target) for inputs, target, _ in g] for _, g in plan.updates(0, plan.n_steps)]
        assert came == groups * 2, f"expected twice {groups}, came {came}"

        flat = plan.epoch(0)
        starts = flat.input_start.tolist()
        inputs = [tuple(flat.inputs[a:b].tolist()) for a, b in zip(starts, starts[1:])]
        assert [Example(i, t) for i, t in zip(inputs, flat.targets.tolist())] == in_order

    check()


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@given(text=texts())
def test_a_plan_says_where_its_examples_stand(architecture: str, text: str) -> None:
    """`window`, `slot` and the positions lead from an example back to the words in the running text."""
    plan = Plan(Config(text, architecture=architecture, epochs=1, min_count=1))
    flat, token_ids = plan.epoch(0), plan.corpus.token_ids
    assert np.array_equal(token_ids[flat.windows.center_at], flat.windows.centers)
    assert np.array_equal(token_ids[flat.windows.context_at], flat.windows.context)
    for example, (window, slot) in enumerate(zip(flat.window.tolist(), flat.slot.tolist())):
        start, end = flat.windows.context_start[window : window + 2]
        context = flat.windows.context[start:end]
        if architecture == "skip-gram":
            assert flat.targets[example] == context[slot]
            assert flat.inputs[example] == flat.windows.centers[window]
        else:
            assert slot == -1
            assert flat.targets[example] == flat.windows.centers[window]
            assert np.array_equal(flat.inputs[flat.input_start[example] : flat.input_start[example + 1]], context)


def test_windows_reach_across_left_out_words_and_say_where_words_stood() -> None:
    """w02 occurs once and is left out: the words beside it become neighbors."""
    plan = Plan(Config(text_of([[0, 2, 1], [0, 1]]), window=1, min_count=2, epochs=1))
    flat = plan.epoch(0)
    assert flat.windows.center_at.tolist() == [0, 2, 3, 4]
    assert flat.windows.context_at.tolist() == [2, 0, 4, 3]


def test_dynamic_windows_use_a_neighbor_the_less_the_farther_it_is() -> None:
    """At distance r with probability (w - r + 1) / w, as word2vec.c does it."""
    expected = oracle("closed_forms")["dynamic_window_5"]
    n, radius, epochs = 4000, 5, 5
    sentence = [0, 1] * (n // 2)
    plan = Plan(Config(text_of([sentence]), architecture="cbow", window=radius, dynamic_window=True, epochs=epochs))
    used = np.zeros(radius)
    for epoch in range(epochs):
        table = plan.epoch(epoch).windows
        distance = np.abs(table.context_at - np.repeat(table.center_at, np.diff(table.context_start)))
        used += np.bincount(distance, minlength=radius + 1)[1:]
    possible = epochs * 2 * (n - np.arange(1, radius + 1))  # how many neighbors at each distance there are
    # 20,000 independent radii: the standard deviation of a share is at most 0.0036
    np.testing.assert_allclose(used / possible, expected, atol=0.018)
    assert used[0] == possible[0], "the nearest words are always used"


def test_dynamic_windows_are_drawn_anew_in_each_epoch() -> None:
    plan = Plan(Config(text_of([[0, 1] * 20]), window=3, dynamic_window=True, epochs=2))
    assert not plan.static
    assert plan.epoch(0).targets.tolist() != plan.epoch(1).targets.tolist()
