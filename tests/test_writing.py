"""Writing like a text: what may come next against counting by hand, and draws against what they are drawn from."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from w2v import PRESETS, Config, Corpus, NegativeSampling, Run, count_pairs, cut_windows, prediction
from w2v.explain.running_text import RunningText
from w2v.explain.writing import Near, Ngrams, heated, pick, write

TEXT = (
    "The king eats bread. The king eats a cake. A queen eats bread and the king sleeps. Rain.\n"
    "Bread and cake, cake and bread; the queen sleeps and the king eats bread."
)
CORPUS = Corpus.from_text(TEXT)
RUNNING = RunningText.of(CORPUS)
IDS, END = CORPUS.vocabulary.ids, len(CORPUS.vocabulary)
N_DRAWS = 100_000


def ids(words: str) -> list[int]:
    """Word ids; a dot is the end of a sentence."""
    return [END if word == "." else IDS[word] for word in words.split()]


def by_hand(corpus: Corpus, n: int) -> dict[tuple[int, ...], Counter[int]]:
    """What follows each history of n - 1 ids, a textbook loop over padded sentences."""
    end, counted = len(corpus.vocabulary), {}
    for sentence in corpus.encoded:
        padded = [end, *sentence.tolist(), end]
        for at in range(1, len(padded)):
            if n - 1 <= at:
                counted.setdefault(tuple(padded[at - n + 1 : at]), Counter())[padded[at]] += 1
    return counted


# --- the running text -------------------------------------------------------------------------------------------


def test_the_running_text_keeps_words_and_ends() -> None:
    assert RUNNING.end == END
    assert (RUNNING.ids == END).sum() == len(CORPUS.sentences) + 1
    for place, token in enumerate(RUNNING.token_at.tolist()):
        assert (token < 0) == (RUNNING.ids[place] == END)
        if token >= 0:
            assert CORPUS.tokens[token] == CORPUS.vocabulary.words[RUNNING.ids[place]]


def test_words_that_are_left_out_leave_no_place() -> None:
    corpus = Corpus.from_text(TEXT, min_count=3)
    running = RunningText.of(corpus)
    shown = [corpus.tokens[at] for at in running.token_at.tolist() if at >= 0]
    assert shown == [word for sentence in corpus.sentences for word in sentence]
    assert "rain" not in shown


@given(st.lists(st.sampled_from([*IDS.values(), END]), min_size=1, max_size=4))
def test_places_are_those_of_a_loop(sequence: list[int]) -> None:
    n, row = len(sequence), RUNNING.ids.tolist()
    expected = [at + n - 1 for at in range(len(row) - n + 1) if row[at : at + n] == sequence]
    assert RUNNING.places(sequence).tolist() == expected


def test_places_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        RUNNING.places([])


@pytest.mark.parametrize("radius", [1, 2, 4])
def test_places_near_a_center_are_those_of_the_windows(radius: int) -> None:
    where = {}
    for window in cut_windows(CORPUS, radius):
        places = CORPUS.positions[window.sentence].tolist()
        around = range(max(0, window.position - radius), min(len(places), window.position + radius + 1))
        for at in around:
            if at != window.position:
                word = int(CORPUS.encoded[window.sentence][at])
                where.setdefault((window.center, word), set()).add(places[at])
    for center in IDS.values():
        for word in IDS.values():
            found = RUNNING.token_at[RUNNING.near(center, word, radius)].tolist()
            assert found == sorted(where.get((center, word), ())), (center, word)


def test_a_line_is_of_one_sentence() -> None:
    for place, token in enumerate(RUNNING.token_at.tolist()):
        if token >= 0:
            (sentence, at), *_ = [
                (words.tolist(), places.tolist().index(token))
                for words, places in zip(CORPUS.encoded, CORPUS.positions, strict=True)
                if token in places
            ]
            assert RUNNING.line(place, 2) == (sentence[max(0, at - 2) : at], sentence[at + 1 : at + 3])


def test_copied_runs_are_the_longest_and_stop_at_ends() -> None:
    written = ids("bread . the king eats bread and the king sleeps . rain cake")
    assert RUNNING.copied(written) == ((2, 6), (4, 10))  # "the king eats bread", "eats bread and the king sleeps"
    assert RUNNING.copied(ids("king king king king king")) == ()
    assert RUNNING.copied(ids("the king eats"), shortest=3) == ((0, 3),)
    assert RUNNING.copied([]) == ()


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*IDS.values(), END]), max_size=9), st.integers(1, 4))
def test_copied_runs_are_those_of_a_loop(written: list[int], shortest: int) -> None:
    row = RUNNING.ids.tolist()

    def stands(part: list[int]) -> bool:
        return END not in part and any(row[at : at + len(part)] == part for at in range(len(row)))

    n = len(written)
    every = [(a, b) for a in range(n) for b in range(a + shortest, n + 1) if stands(written[a:b])]
    longest = [(a, b) for a, b in every if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in every)]
    assert RUNNING.copied(written, shortest) == tuple(longest)


# --- what may come next -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3])
def test_ngrams_are_a_textbook_loop(n: int) -> None:
    counted = by_hand(CORPUS, n)
    assert len(counted) > 1 or n == 1
    for history, after in counted.items():
        known = Ngrams(RUNNING, n).after([END, END, *history])  # what stands before the history does not count
        assert known.counts is not None
        assert {i: k for i, k in enumerate(known.counts.tolist()) if k} == after
        assert known.P.tolist() == [after[i] / after.total() for i in range(END + 1)]
        assert (known.history, known.blank) == (history, False)


def test_an_unseen_history_is_said_and_a_shorter_one_is_taken() -> None:
    known = Ngrams(RUNNING, 3).after(ids("cake sleeps"))
    assert (known.history, known.blank) == ((IDS["sleeps"],), True)
    assert known.P.tolist() == Ngrams(RUNNING, 2).after(ids("sleeps")).P.tolist()
    assert not Ngrams(RUNNING, 3).after(ids("king")).blank  # nothing is known before the first word: it is short


def test_a_sentence_ends_where_the_text_always_does_and_another_begins() -> None:
    assert Ngrams(RUNNING, 2).after(ids("rain")).P[END] == 1
    firsts = Counter(sentence[0] for sentence in CORPUS.sentences)
    for n in (2, 3):
        known = Ngrams(RUNNING, n).after(ids("king sleeps ."))
        assert known.history == (END,)
        for word, word_id in IDS.items():
            assert known.P[word_id] == firsts[word] / len(CORPUS.sentences)
        assert known.P[END] == 0


def test_ngrams_of_no_words_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 word"):
        Ngrams(RUNNING, 0)


def test_near_says_when_it_knows_nothing() -> None:
    counts = count_pairs(CORPUS, 2)
    share = counts.target_totals / counts.total
    near = Near(counts.ratio, share, counts.row)
    known = near.after(ids("queen king"))
    assert known.P.tolist() == counts.ratio(IDS["king"]).tolist()
    assert (known.history, known.blank) == ((IDS["king"],), False)
    alone = near.after(ids("rain"))  # the only word of its sentence
    assert (alone.P.tolist(), alone.history, alone.blank, alone.counts) == (share.tolist(), (), True, None)


# --- probabilities to draw from, for any objective --------------------------------------------------------------


@pytest.mark.parametrize("objective", ["softmax", "hierarchical"])
def test_a_softmax_is_drawn_from_as_it_is(objective: str) -> None:
    run = Run(Config(TEXT, objective=objective, epochs=3))
    end = run.parameters(run.n_steps)
    for word in range(run.plan.n_words):
        P = run.plan.objective.distribution(end.U, end.V[word])
        assert P is not None
        assert P.tolist() == prediction(end, (word,), run.plan.objective).tolist()
        assert P.sum() == pytest.approx(1, abs=1e-12)


def test_negative_sampling_gives_the_ratios_back_where_each_sigma_is_right() -> None:
    counts = count_pairs(CORPUS, 2).matrix.toarray().astype(float)
    noise = np.array([0.3, 0.0, *np.linspace(1, 2, END - 2)])
    objective = NegativeSampling(5, noise / noise.sum())
    for row in counts[counts.sum(axis=1) > 0]:
        row[1] = 0.0  # a word that is never noise has no finite score
        with np.errstate(divide="ignore", invalid="ignore"):
            right = np.log(row / (objective.k * row.sum() * objective.noise))  # score of the true share
        scores = np.where(row > 0, right, -800.0)
        P = objective.distribution(np.diag(scores), np.ones(END))
        np.testing.assert_allclose(P, row / row.sum(), atol=1e-15)
        assert P.sum() == pytest.approx(1, abs=1e-12)


# --- temperature ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("temperature", [0.1, 0.5, 1.0, 1.7, 10.0])
def test_temperature_is_a_power_divided_by_the_sum(temperature: float) -> None:
    P = np.array([0.5, 0.25, 0.0, 0.2, 0.05])
    powers = [p ** (1 / temperature) if p else 0.0 for p in P.tolist()]
    np.testing.assert_allclose(heated(P, temperature), [p / math.fsum(powers) for p in powers], rtol=1e-12)


def test_small_temperatures_neither_overflow_nor_lose_the_best() -> None:
    P = np.array([1e-300, 0.4, 0.6, 0.0])
    assert heated(P, 1e-3).tolist() == pytest.approx([0, math.exp(1000 * math.log(2 / 3)), 1, 0], rel=1e-9)
    assert heated(P, 0).tolist() == [0, 0, 1, 0]
    assert heated(np.array([0.25, 0.5, 0.25]), 0).tolist() == [0, 1, 0]
    assert heated(np.array([0.4, 0.2, 0.4]), 0).tolist() == [0.5, 0, 0.5]  # what T -> 0 heads for


@pytest.mark.parametrize("temperature", [-0.1, math.nan, math.inf])
def test_no_other_temperatures(temperature: float) -> None:
    with pytest.raises(ValueError, match="temperature"):
        heated(np.array([0.5, 0.5]), temperature)


# --- draws ------------------------------------------------------------------------------------------------------


def within_three_sigma(drawn: np.ndarray, P: np.ndarray) -> None:
    """Chi-square over all cells that are expected five times, and three sigma for the five largest."""
    n, P = drawn.sum(), np.asarray(P)
    assert not drawn[P == 0].any()
    enough = n * P >= 5
    expected = np.append(n * P[enough], n * P[~enough].sum())
    found = np.append(drawn[enough], drawn[~enough].sum())
    kept = expected > 0
    if kept.sum() > 1:
        assert chisquare(found[kept], expected[kept] * n / expected.sum()).pvalue > 0.001
    for i in np.argsort(-P)[:5]:
        assert abs(drawn[i] - n * P[i]) <= 3 * math.sqrt(n * P[i] * (1 - P[i])) + 1e-6


ROYAL = Run(Config(PRESETS["royal"].text))
AT_END = ROYAL.parameters(ROYAL.n_steps)
KING = ROYAL.corpus.vocabulary.ids["king"]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("temperature", [0.5, 1.0])
@pytest.mark.parametrize(
    "P",
    [
        prediction(AT_END, (KING,), ROYAL.plan.objective),
        ROYAL.plan.goal.counts.ratio(KING),
        Ngrams(RunningText.of(ROYAL.corpus), 1).after([KING]).P,
        Ngrams(RunningText.of(ROYAL.corpus), 2).after([ROYAL.corpus.vocabulary.ids["the"]]).P,
    ],
    ids=["model", "counts", "1-grams", "2-grams"],
)
def test_draws_are_within_three_sigma_of_P(P: np.ndarray, temperature: float, seed: int) -> None:
    hot = heated(P, temperature)
    drawn = pick(hot, np.random.default_rng(seed).random(N_DRAWS))
    within_three_sigma(np.bincount(drawn, minlength=len(hot)), hot)


def test_no_draw_leads_outside() -> None:
    P = np.array([0.0, 0.1, 0.0, 0.9, 0.0])
    edge = np.array([0.0, 0.1, np.nextafter(1, 0)])
    assert pick(P, edge).tolist() == [1, 3, 3]
    assert int(pick(np.full(10, 0.1), np.nextafter(1, 0))) == 9


@pytest.mark.parametrize("seed", [3, 4])
def test_what_is_written_is_drawn_from_what_may_come_next(seed: int) -> None:
    source = Ngrams(RUNNING, 2)
    written = write(source, ids("king"), 20_000, seed=seed)
    before, tables = [IDS["king"], *[one.word for one in written]], {}
    for last, one in zip(before, written, strict=False):
        tables.setdefault(last, np.zeros(END + 1))[one.word] += 1
        P = source.after([last]).P
        assert (one.probability, one.said) == (P[one.word], P[one.word])
    assert len(tables) == END + 1
    for last, drawn in tables.items():
        within_three_sigma(drawn, source.after([last]).P)


def test_the_same_seed_writes_the_same_from_the_same_random_numbers() -> None:
    model = Near(lambda c: ROYAL.plan.goal.counts.ratio(c), np.full(27, 1 / 27))
    first, again, other = [write(model, [KING], 30, seed=seed) for seed in (5, 5, 6)]
    assert first == again
    assert first != other
    cold = write(model, [KING], 30, seed=5, temperature=0)
    for one in cold:
        row = ROYAL.plan.goal.counts.ratio(one.history[-1])
        assert one.said == row.max()
        assert one.probability == 1 / (row == row.max()).sum()


def test_each_word_says_what_it_goes_by() -> None:
    for one in write(Ngrams(RUNNING, 3), ids("the king"), 200, seed=2):
        sequence = [*one.history, one.word]
        assert one.together == len(RUNNING.places(sequence))
        assert one.said == one.together / one.before
    model = write(Near(lambda _: np.array([0.5, 0.5]), np.array([1.0, 0.0])), [0], 3)
    assert [(one.together, one.before) for one in model] == [(None, None)] * 3


def test_there_must_be_a_word_to_begin_with() -> None:
    with pytest.raises(ValueError, match="word to begin with"):
        write(Ngrams(RUNNING, 2), [], 3)
