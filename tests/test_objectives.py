"""The three objectives and the Huffman tree: what P is, at the extremes too, and which tree is the cheapest."""

import heapq
import itertools
import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tests.cases import Problem, log_sum_exp, oracle, problems, softplus
from w2v import (
    Config,
    Corpus,
    Example,
    HierarchicalSoftmax,
    HuffmanTree,
    NegativeSampling,
    Objective,
    Parameters,
    Softmax,
    Trace,
    count_pairs,
    huffman_tree,
    prediction,
    trace,
    train_whole_text,
    unigram_noise,
)
from w2v.objectives import OBJECTIVES, logistic, sigmoid
from w2v.objectives.negative import expected_negatives

COUNTS = st.lists(st.integers(1, 50), min_size=2, max_size=20)
SCORES = st.floats(-700, 700)


def with_scores(
    scores: list[float],
    objective: Softmax | NegativeSampling | HierarchicalSoftmax,
    target: int,
    draws: list[int] | None = None,
) -> Trace:
    """A trace in which row i of U has exactly `scores[i]`: one dimension, and an input vector of 1."""
    parameters = Parameters(np.ones((1, 1)), np.array(scores)[:, None])
    return trace(parameters, Example((0,), target), objective, draws)


# --- the sigmoid ---------------------------------------------------------------------------------------------


def exact_sigmoid(score: float) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return 1 / (1 + (-Decimal(score)).exp())


@given(SCORES)
def test_sigmoid_is_right_from_minus_700_to_700(score: float) -> None:
    """Against 60 decimal digits; the last digits of exp(-s) are lost in proportion to |s|."""
    expected, came = exact_sigmoid(score), float(sigmoid(np.array([score]))[0])
    off = abs(Decimal(came) / expected - 1)
    assert off < Decimal("2.5e-16") * max(2, abs(Decimal(score))), (
        f"sigma({score}): expected {expected:.20}, came {came}"
    )


def test_sigmoid_of_zero_is_a_half() -> None:
    """word2vec.c and gensim read 0.494... from a rounded table."""
    assert sigmoid(np.zeros(1))[0] == 0.5


@given(SCORES)
def test_loss_of_a_yes_or_no_question_is_right_from_minus_700_to_700(score: float) -> None:
    with localcontext() as context:
        context.prec = 400
        yes = float((1 + (-Decimal(score)).exp()).ln())
        no = float((1 + Decimal(score).exp()).ln())
    negative = NegativeSampling(1, np.full(2, 0.5))
    for target, draws, expected in ((0, [], yes), (1, [0], no)):
        # row 1 has the score 1000, which costs nothing as a target
        came = with_scores([score, 1000.0], negative, target, draws).loss
        assert came == pytest.approx(expected, rel=4e-16, abs=0), f"expected {expected}, came {came}"


# --- P -------------------------------------------------------------------------------------------------------


@given(st.lists(SCORES, min_size=2, max_size=8), st.data())
def test_softmax_is_right_and_sums_to_1(scores: list[float], data: st.DataObject) -> None:
    target = data.draw(st.integers(0, len(scores) - 1))
    done = with_scores(scores, Softmax(), target)
    total = log_sum_exp(scores)
    expected = [math.exp(s - total) for s in scores]
    np.testing.assert_allclose(done.P, expected, rtol=1e-12, atol=1e-300, err_msg="P")
    assert done.P.sum() == pytest.approx(1, abs=1e-15 * len(scores))
    assert done.loss == pytest.approx(total - scores[target], rel=1e-12, abs=1e-13)


@given(problems("skip-gram", "softmax", most_examples=1))
def test_the_parts_of_the_softmax_fit_together(problem: Problem) -> None:
    done = problem.step(0.1)[1].traces[0]
    target = done.example.target
    assert done.weights.max() == 1, f"the largest numerator should be 1, not {done.weights.max()}"
    assert done.weights / done.Z == pytest.approx(done.P, rel=1e-15)
    assert done.log_sum - done.scores[target] == pytest.approx(done.loss, abs=1e-14)
    assert -math.log(done.P[target]) == pytest.approx(done.loss, abs=1e-14)


@given(COUNTS, st.integers(0, 2**32 - 1), st.floats(0.1, 30))
def test_hierarchical_softmax_sums_to_1_over_the_leaves(counts: list[int], seed: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    objective = HierarchicalSoftmax(np.array(counts))
    parameters = Parameters(rng.normal(size=(1, 3)), size * rng.normal(size=(len(counts) - 1, 3)))
    P = prediction(parameters, (0,), objective)
    assert P.sum() == pytest.approx(1, abs=1e-13), f"P sums to {P.sum()}"
    for word in range(len(counts)):
        loss = trace(parameters, Example((0,), word), objective).loss
        assert -math.log(P[word]) == pytest.approx(loss, rel=1e-12, abs=1e-12), f"word {word}: {P[word]}, {loss}"


@given(problems(most_examples=1))
def test_prediction_is_what_the_trace_says_of_its_rows(problem: Problem) -> None:
    (example,) = problem.examples
    said = prediction(problem.parameters, example.inputs, problem.objective)
    done = trace(problem.parameters, example, problem.objective, problem.draws_of(0))
    if isinstance(problem.objective, HierarchicalSoftmax):
        assert said[example.target] == pytest.approx(math.exp(-done.loss), rel=1e-13)
    else:
        assert said[done.rows] == pytest.approx(done.P, rel=1e-13)


# --- scores of a million -------------------------------------------------------------------------------------

HUGE = 1e6


@pytest.mark.parametrize(("target", "P", "loss"), [(0, [1, 0, 0], 0), (1, [1, 0, 0], 2e6), (2, [1, 0, 0], 1e6)])
def test_softmax_at_scores_of_a_million(target: int, P: list[float], loss: float) -> None:
    done = with_scores([HUGE, -HUGE, 0], Softmax(), target)
    assert done.P.tolist() == P
    assert done.loss == loss
    assert done.error.tolist() == [p - (word == target) for word, p in enumerate(P)]


def test_softmax_shares_equally_between_equal_huge_scores() -> None:
    done = with_scores([HUGE, HUGE, -HUGE], Softmax(), 1)
    assert done.P.tolist() == [0.5, 0.5, 0]
    assert done.loss == math.log(2)


def test_negative_sampling_at_scores_of_a_million() -> None:
    objective = NegativeSampling(2, np.full(3, 1 / 3))
    right = with_scores([HUGE, -HUGE, 0], objective, 0, [1, 1])
    assert (right.P.tolist(), right.loss) == ([1, 0, 0], 0)
    wrong = with_scores([HUGE, -HUGE, 0], objective, 1, [0, 0])
    assert (wrong.P.tolist(), wrong.loss) == ([0, 1, 1], 3e6)
    assert wrong.error.tolist() == [-1, 1, 1]


def test_hierarchical_softmax_at_scores_of_a_million() -> None:
    objective = HierarchicalSoftmax(np.array([2, 1, 1]), HuffmanTree(((0,), (0, 1), (0, 1)), ((0,), (1, 0), (1, 1))))
    parameters = Parameters(np.ones((1, 1)), np.array([[HUGE], [-HUGE]]))
    losses = [trace(parameters, Example((0,), word), objective).loss for word in range(3)]
    assert losses == [0, 2e6, 1e6], f"came {losses}"
    assert prediction(parameters, (0,), objective).tolist() == [1, 0, 0]


# --- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noise", [[0.5, 0.4], [1.5, -0.5], [math.nan, 1], [[0.5, 0.5]]])
def test_noise_must_be_a_distribution(noise: list[float]) -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        NegativeSampling(5, np.array(noise))


def test_objectives_refuse_what_they_cannot_do() -> None:
    with pytest.raises(ValueError, match="at least 1 negative"):
        NegativeSampling(0, np.full(2, 0.5))
    with pytest.raises(ValueError, match="pass draws"):
        with_scores([0, 0], NegativeSampling(1, np.full(2, 0.5)), 0, None)
    with pytest.raises(ValueError, match="at least two words"):
        HierarchicalSoftmax(np.array([3]))


# --- noise and tree ------------------------------------------------------------------------------------------


def test_noise_of_the_paper() -> None:
    known = oracle("closed_forms")["noise_075"]
    assert unigram_noise(known["counts"]) == pytest.approx(known["probabilities"], rel=1e-15)


@given(COUNTS, st.sampled_from([0.0, 0.5, 0.75, 1.0, -1.0]))
def test_noise_is_in_proportion_to_a_power_of_the_count(counts: list[int], power: float) -> None:
    noise = unigram_noise(counts, power)
    assert noise.sum() == pytest.approx(1, abs=1e-14)
    for word, count in enumerate(counts):
        assert noise[word] / noise[0] == pytest.approx((count / counts[0]) ** power, rel=1e-13)


def cost(tree: HuffmanTree, counts: list[int]) -> int:
    """Turns taken over the whole text."""
    return sum(count * len(code) for count, code in zip(counts, tree.codes))


def sum_of_merges(counts: list[int]) -> int:
    """The least cost of any binary tree: every join costs the sum of what it joins (Huffman 1952)."""
    heap, total = sorted(counts), 0
    while len(heap) > 1:
        joined = heapq.heappop(heap) + heapq.heappop(heap)
        total += joined
        heapq.heappush(heap, joined)
    return total


@given(COUNTS)
def test_tree_is_a_prefix_code_of_least_cost(counts: list[int]) -> None:
    tree = huffman_tree(counts)
    for one, other in itertools.permutations(tree.codes, 2):
        assert other[: len(one)] != one, f"{one} begins {other}"
    kraft = sum(2.0 ** -len(code) for code in tree.codes)
    assert kraft == 1, f"a full tree has a Kraft sum of 1, not {kraft}"
    expected, came = sum_of_merges(counts), cost(tree, counts)
    assert came == expected, f"expected a cost of {expected}, came {came}"


@given(COUNTS)
def test_equal_turns_lead_to_equal_nodes(counts: list[int]) -> None:
    """The node after each beginning of a code is one and the same on all paths, and all nodes are used."""
    tree, node_after = huffman_tree(counts), {}
    for nodes, code in zip(tree.nodes, tree.codes):
        assert len(nodes) == len(code)
        for depth, node in enumerate(nodes):
            assert node_after.setdefault(code[:depth], node) == node
    assert sorted(node_after.values()) == list(range(len(counts) - 1))


@pytest.mark.parametrize("name", ["gensim_hierarchical"])
def test_tree_costs_what_gensims_tree_costs(name: str) -> None:
    known = oracle(name)
    theirs = sum(count * len(code) for count, code in zip(known["counts"], known["codes"]))
    assert cost(huffman_tree(known["counts"]), known["counts"]) == theirs


def test_tree_needs_two_words() -> None:
    with pytest.raises(ValueError, match="at least two words"):
        huffman_tree([7])


@given(st.lists(SCORES, min_size=1, max_size=6))
def test_hierarchical_loss_is_a_sum_of_turns(scores: list[float]) -> None:
    """A path straight down, with codes 0, 1, 0, 1, ...: label 1 - code, so code 0 wants a high score."""
    codes = tuple(depth % 2 for depth in range(len(scores)))
    nodes = tuple(range(len(scores)))
    tree = HuffmanTree((nodes, *[nodes] * len(scores)), (codes, *[codes] * len(scores)))
    done = with_scores(scores, HierarchicalSoftmax(np.ones(len(scores) + 1, int), tree), 0)
    expected = math.fsum(softplus(s if code else -s) for s, code in zip(scores, codes))
    assert done.loss == pytest.approx(expected, rel=1e-14)
    assert done.labels.tolist() == [1 - code for code in codes]


# --- what the counts of a text lead to -----------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, objective in OBJECTIVES.items() if objective.has_passes])
def test_guessing_by_frequency_is_the_same_number_for_a_run_by_passes(name: str) -> None:
    text = "a b a c\nb a d a\na b c e\nc d e a\nb e d c\na a b b\n" * 3
    config = Config(text, objective=name, dim=3, negatives=3)
    run = train_whole_text(config, holdout=0.3, max_passes=1)
    ours = OBJECTIVES[name].of_text(run.corpus.vocabulary.counts, config)
    assert (run.floor, run.unigram_loss) == (ours.floor(run.counts), ours.unigram_loss(run.counts))
    assert run.heldout_unigram_loss == ours.unigram_loss(run.counts, run.heldout_counts)
    nothing = count_pairs(Corpus.from_text("a\nb"), 1)
    assert math.isnan(ours.unigram_loss(run.counts, nothing))


@pytest.mark.parametrize("name", OBJECTIVES)
def test_losses_with_matrices_are_those_of_one_pair_after_the_other(name: str) -> None:
    """The way that an objective has by default, with the draws of negative sampling replaced by what is expected."""
    rng = np.random.default_rng(3)
    objective = OBJECTIVES[name].of_text(np.array([5, 4, 3, 2]), Config("", negatives=2))
    pairs = csr_array(rng.integers(0, 3, (3, 4)))
    H, U = rng.normal(size=(3, 2)), rng.normal(size=(objective.n_rows(4), 2))
    came = math.fsum(objective.losses(pairs, H, U))
    if objective.has_draws:
        P, _, _ = objective.expected_row(U @ H[0], pairs.toarray()[0])
        assert pytest.approx(sigmoid(U @ H[0])) == P
        with pytest.raises(ValueError, match="pass draws"):
            list(Objective.losses(objective, pairs, H, U))
    else:
        assert came == pytest.approx(math.fsum(Objective.losses(objective, pairs, H, U)), rel=1e-13)


def test_losses_of_negative_sampling_are_those_of_each_cell() -> None:
    rng = np.random.default_rng(4)
    objective = NegativeSampling(3, unigram_noise([9, 5, 3, 2, 1]))
    true = rng.integers(0, 3, (4, 5))
    H, U = rng.normal(size=(4, 2)), 3 * rng.normal(size=(5, 2))
    cells = [
        n * math.log1p(math.exp(-h @ u)) + m * math.log1p(math.exp(h @ u))
        for h, counted, asked in zip(H, true, expected_negatives(true, objective))
        for u, n, m in zip(U, counted, asked)
    ]
    assert math.fsum(objective.losses(csr_array(true), H, U)) == pytest.approx(math.fsum(cells), rel=1e-13)


def test_softplus_is_right_for_every_score() -> None:
    scores = np.array([[-np.inf, -800.0, -40.0, -1.0, -1e-300], [0.0, 1e-300, 1.0, 40.0, 800.0], [np.inf] * 5])
    np.testing.assert_allclose(logistic.softplus(scores), np.logaddexp(0, scores), rtol=1e-15)
    assert np.isnan(logistic.softplus(np.array([np.nan])))


@pytest.mark.parametrize("name", OBJECTIVES)
def test_rows_have_names_and_draws_can_be_told_from_the_rest(name: str) -> None:
    objective = OBJECTIVES[name].of_text(np.array([5, 4, 3, 2]), Config("", negatives=2))
    words = ("the", "a", "of", "cat")
    names = [objective.row_name(row, words) for row in range(objective.n_rows(4))]
    assert names == (list(words) if objective.words_in_U else ["node 0", "node 1", "node 2"])
    drawn = objective.draw(np.array([0, 1, 2, 3, 0]), np.random.default_rng(1))
    if objective.n_draws == 0:
        assert drawn is None
        assert objective.draws_of(np.arange(4)) is None
    else:
        assert drawn is not None
        assert drawn.shape == (5, 2)
        assert not (drawn == np.array([[0], [1], [2], [3], [0]])).any()
        rows, _ = objective.rows_and_labels(3, drawn[0], 4)
        assert objective.draws_of(rows).tolist() == drawn[0].tolist()


def test_the_pairs_of_a_center_word_are_added_up_only_for_what_is_trained_by_passes() -> None:
    for objective in OBJECTIVES.values():
        made = objective.of_text(np.array([2, 1, 1]), Config(""))
        if objective.has_passes:
            assert len(made.expected_row(np.zeros(3), np.array([0, 1, 2]))[1]) == 3
        else:
            with pytest.raises(TypeError, match=f"cannot be added up for {objective.title}"):
                made.expected_row(np.zeros(3), np.array([0, 1, 2]))
            with pytest.raises(TypeError, match=f"cannot be added up for {objective.title}"):
                made.expected_word(np.zeros((1, 3)), 0, np.array([1]), np.array([3]))


@pytest.mark.parametrize("name", [name for name, objective in OBJECTIVES.items() if objective.has_passes])
def test_one_word_of_many_center_words_is_what_their_rows_say_of_it(name: str) -> None:
    rng = np.random.default_rng(5)
    objective = OBJECTIVES[name].of_text(np.array([5, 4, 3, 2]), Config("", negatives=3))
    scores, seen = rng.normal(size=(6, 4)) * 30, rng.integers(0, 4, (6, 4))
    for word in range(4):
        P, expected = objective.expected_word(scores, word, seen[:, word], seen.sum(axis=1))
        rows = [objective.expected_row(row, there) for row, there in zip(scores, seen, strict=True)]
        assert pytest.approx([row[0][word] for row in rows], rel=1e-12, abs=1e-300) == P
        assert pytest.approx([row[1][word] for row in rows], rel=1e-12, abs=1e-300) == expected
