"""A guess in bars is judged as a model is: the same numbers from a plain loop over the pairs of a text."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import OBJECTIVES, texts
from w2v import Config, Corpus, Counts, Run, count_pairs, train_whole_text
from w2v.arrays import Floats
from w2v.explain.you_are_the_model import DECOYS, Bars, Judged, bars_of, judge, words_to_guess
from w2v.objectives import OBJECTIVES as BY_NAME

ROYAL = "the king wears a crown. the queen wears a crown. a king sits on the throne. the dog eats a bone today."


def pairs_of(corpus: Corpus, radius: int, center: int) -> list[int]:
    """The context words of a center word, one by one, by a plain loop over the text."""
    found = []
    for sentence in corpus.encoded:
        for i, word in enumerate(sentence):
            if word == center:
                found += [o for j, o in enumerate(sentence) if i != j and abs(i - j) <= radius]
    return [int(o) for o in found]


def plain_loss(pairs: list[int], q: Floats) -> float:
    return math.fsum(-math.log(q[o]) for o in pairs) / len(pairs)


@st.composite
def guesses(draw: st.DrawFn) -> tuple[Corpus, int, int, Bars, list[float]]:
    """A text with its window, a center word that has pairs, and bars of any height for it."""
    corpus, radius = Corpus.from_text(draw(texts(most_words=9))), draw(st.integers(1, 3))
    counts = count_pairs(corpus, radius)
    center = draw(st.sampled_from([int(c) for c in np.flatnonzero(counts.row_totals)]))
    bars = bars_of(counts, center, corpus.vocabulary.words, draw(st.integers(1, 8)))
    n = len(bars.even)
    return corpus, radius, center, bars, draw(st.lists(st.floats(0, 1), min_size=n, max_size=n).filter(any))


def judged(counts: Counts, center: int, q: Floats, P: Floats | None = None) -> Judged:
    found = judge(counts, center, q, P)
    assert found is not None
    return found


@given(guesses())
def test_a_guess_costs_what_a_loop_over_the_pairs_says_and_never_less_than_the_best(
    case: tuple[Corpus, int, int, Bars, list[float]],
) -> None:
    corpus, radius, center, bars, shares = case
    counts, pairs = count_pairs(corpus, radius), pairs_of(corpus, radius, center)
    q = bars.guess(shares)
    assert q.sum() == pytest.approx(1, abs=1e-12)
    assert (q > 0).all()
    found = judged(counts, center, q)
    n = len(corpus.vocabulary)
    assert found.mine == pytest.approx(plain_loss(pairs, q), abs=1e-12, rel=1e-12)
    assert found.best == pytest.approx(plain_loss(pairs, np.bincount(pairs, minlength=n) / len(pairs)), abs=1e-12)
    of_all = [o for c in range(n) for o in pairs_of(corpus, radius, c)]
    by_frequency = np.bincount(of_all, minlength=n) / len(of_all)
    assert found.by_frequency == pytest.approx(plain_loss(pairs, by_frequency), abs=1e-12)
    assert min(found.mine, found.by_frequency, found.flat) >= found.best - 1e-12
    assert found.learned(found.mine) <= 1
    assert found.learned(found.best) == 1


@given(guesses())
def test_even_bars_are_all_words_alike_and_cost_ln_V(case: tuple[Corpus, int, int, Bars, list[float]]) -> None:
    corpus, radius, center, bars, _ = case
    n = len(corpus.vocabulary)
    q = bars.guess(bars.even.tolist())
    assert q == pytest.approx(np.full(n, 1 / n), rel=1e-12)
    found = judged(count_pairs(corpus, radius), center, q)
    assert found.mine == pytest.approx(math.log(n), abs=1e-12)
    assert found.flat == pytest.approx(math.log(n), abs=1e-15)
    assert (bars.even > bars.least).all()


@given(guesses())
def test_bars_hold_what_a_distribution_gives_them(case: tuple[Corpus, int, int, Bars, list[float]]) -> None:
    corpus, radius, center, bars, shares = case
    q = bars.guess(shares)
    heights = bars.of(q)
    assert heights.sum() == pytest.approx(1, abs=1e-12)
    assert bars.guess(heights.tolist()) == pytest.approx(q, rel=0.05), "the least share is the least"
    ratio = count_pairs(corpus, radius).ratio(center)
    assert bars.of(ratio)[: len(bars.words)].tolist() == ratio[list(bars.words)].tolist()


@given(guesses())
def test_the_word_that_cost_most_is_the_one_that_gains_most_by_its_right_share(
    case: tuple[Corpus, int, int, Bars, list[float]],
) -> None:
    corpus, radius, center, bars, shares = case
    counts = count_pairs(corpus, radius)
    found = judged(counts, center, bars.guess(shares))
    costs = {
        o: ratio * math.log(ratio / found.q[o]) for o, ratio in enumerate(counts.ratio(center).tolist()) if ratio > 0
    }
    assert math.fsum(costs.values()) == pytest.approx(found.mine - found.best, abs=1e-12)
    if found.dearest is None:
        assert found.mine == pytest.approx(found.best, abs=1e-9)
    else:
        assert costs[found.dearest] == pytest.approx(max(costs.values()), abs=1e-12)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("by", ["updates", "passes"])
def test_the_model_costs_what_its_own_loss_is_on_these_pairs(objective: str, by: str) -> None:
    if by == "passes" and not BY_NAME[objective].has_passes:
        return
    config = Config(ROYAL, objective=objective, epochs=20, dim=3, hold_back=False)
    if by == "passes":
        trained = train_whole_text(config, holdout=0)
        counts, parameters, of = trained.counts, trained.parameters(trained.n_passes), trained.objective
    else:
        run = Run(config)
        counts, parameters, of = run.plan.goal.counts, run.parameters(run.n_steps), run.plan.objective
    losses, totals = [], counts.row_totals
    for center in range(len(totals)):
        P = of.distribution(parameters.U, parameters.V[center])
        assert P is not None
        assert P.sum() == pytest.approx(1, abs=1e-12)
        found = judged(counts, center, P, P)
        assert found.model is not None
        assert found.model == found.mine >= found.best
        losses.append(found.model)
        if of.sums_to_one:
            own = sum(of.losses(counts.matrix[[center]], parameters.V[[center]], parameters.U))
            assert found.model * totals[center] == pytest.approx(own, rel=1e-12)
    assert np.average(losses, weights=totals) < counts.unigram_loss, "it has learned something"


def test_all_center_words_together_have_the_losses_of_the_whole_text() -> None:
    counts = count_pairs(Corpus.from_text(ROYAL), 2)
    n = counts.matrix.shape[1]
    found = [judged(counts, c, np.full(n, 1 / n)) for c in range(n)]

    def mean(losses: list[float]) -> float:
        return float(np.average(losses, weights=counts.row_totals))

    assert mean([one.best for one in found]) == pytest.approx(counts.floor, rel=1e-12)
    assert mean([one.by_frequency for one in found]) == pytest.approx(counts.unigram_loss, rel=1e-12)
    assert mean([one.flat for one in found]) == pytest.approx(counts.uniform_loss, rel=1e-12)


def test_bars_are_for_the_main_neighbors_and_for_frequent_words_that_are_none_in_an_order_that_tells_nothing() -> None:
    corpus = Corpus.from_text(ROYAL)
    words, counts = corpus.vocabulary.words, count_pairs(corpus, 1)
    center = corpus.vocabulary.ids["king"]
    bars = bars_of(counts, center, words, 4)
    shown = [words[o] for o in bars.words]
    assert shown == sorted(shown)
    seen = counts.row(center)
    near = [o for o in bars.words if seen[o]]
    assert len(near) == len(bars.words) - DECOYS == 2
    assert min(seen[near]) >= max(seen[o] for o in range(len(words)) if o not in bars.words)
    assert center not in bars.words
    assert bars.n_others == len(words) - 4


def test_words_to_guess_are_those_whose_neighbors_differ_most_from_those_of_any_word() -> None:
    corpus = Corpus.from_text(f"{ROYAL} lonely.")
    words, counts = corpus.vocabulary.words, count_pairs(corpus, 2)
    of_all = [o for c in range(len(words)) for o in pairs_of(corpus, 2, c)]
    told = {}
    for c, word in enumerate(words):
        pairs = pairs_of(corpus, 2, c)
        gains = [math.log(pairs.count(o) / len(pairs) / (of_all.count(o) / len(of_all))) for o in pairs]
        told[word] = math.fsum(gains) - (len({*pairs}) - 1) / 2
    assert counts.telling(300) == pytest.approx([told[word] for word in words])
    found = [words[c] for c in words_to_guess(counts, words)]
    assert set(found) == {word for word in words if len(word) >= 4} - {"lonely"}
    assert [told[word] for word in found] == sorted([told[word] for word in found], reverse=True)
    short = Corpus.from_text("a b c a b")
    assert len(words_to_guess(count_pairs(short, 1), short.vocabulary.words)) == 3, "where all are short"


def test_few_words_have_all_a_bar_and_a_lonely_word_leaves_room_for_others() -> None:
    small = Corpus.from_text("a b c a b")
    bars = bars_of(count_pairs(small, 2), 0, small.vocabulary.words)
    assert (len(bars.words), bars.n_others, len(bars.even)) == (3, 0, 3)
    corpus = Corpus.from_text(f"{ROYAL} lonely.")
    lonely = corpus.vocabulary.ids["lonely"]
    counts = count_pairs(corpus, 2)
    bars = bars_of(counts, lonely, corpus.vocabulary.words)
    assert len(bars.words) == 8
    assert judge(counts, lonely, bars.guess(bars.even.tolist()), None) is None


def test_a_bar_is_never_so_low_that_a_word_is_ruled_out() -> None:
    bars = Bars((0, 1), 5)
    assert bars.least == 0.001
    q = bars.guess([0, 0, 1])
    assert q[0] == pytest.approx(0.001 / 1.002)
    assert q[4] == pytest.approx(1 / 1.002 / 3)
    assert Bars((0,), 20_000).least == pytest.approx(1 / 200_000), "less than even bars give"
    with np.errstate(all="raise"):
        never = judged(count_pairs(Corpus.from_text("a b a b c"), 1), 0, np.array([0.5, 0.0, 0.5]))
        assert never.mine == math.inf
        assert never.dearest == 1


@pytest.mark.parametrize(
    "shares", [[1.0], [1, 1, 1, 1], [1, -0.1, 1], [math.nan, 1, 1], [math.inf, 1, 1], [0, 0, 0], []]
)
def test_what_is_no_guess_is_refused(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="3 shares"):
        Bars((0, 1), 5).guess(shares)
    assert Bars((0, 1), 5).guess([1e308, 1e308, 0]).sum() == pytest.approx(1)
