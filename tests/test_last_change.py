"""When neighbors changed last, against a plain loop over every update and every pass."""

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v import PRESETS, Config, Moments, Run, nearest
from w2v.explain.last_change import LastChange, Looked, Question, last_changes
from w2v.slices import finished
from w2v.whole.passes import Passes
from w2v.whole.whole_text import train_whole_text

ROYAL = Run(Config(PRESETS["royal"].text, epochs=1))
PASSES = Passes(train_whole_text(Config(PRESETS["royal"].text, dim=4, trainer="passes"), max_passes=6))
LOOP = Run(Config("a b c d e f a b c d e f.", dim=3, epochs=10))  # words that are alike, and many ties


def plainly(moments: Moments, questions: Sequence[Question]) -> list[LastChange]:
    """Look at every moment."""
    vectors = [moments.parameters(t).V for t in range(moments.n_moments)]

    @cache
    def lists_of(word: int, n: int) -> list[list[int]]:
        return [[word for word, _ in nearest(V, word, n)] for V in vectors]

    changes = []
    for asked in questions:
        lists = lists_of(asked.word, asked.n)
        same = [there if asked.ordered else sorted(there) for there in lists]
        t = max((t + 1 for t, there in enumerate(same) if there != same[-1]), default=0)
        before, end = lists[max(0, t - 1)] if t else lists[-1], lists[-1]
        came = tuple([word for word in end if word not in before])
        changes.append(LastChange(asked, t, came, tuple([word for word in before if word not in end])))
    return changes


def all_of(moments: Moments) -> list[Question]:
    words = range(len(moments.corpus.vocabulary))
    return [Question(word, n, ordered) for word in words for n, ordered in ((1, False), (5, False), (5, True))]


@cache
def all_answers(moments: Moments) -> list[LastChange]:
    return plainly(moments, all_of(moments))


@pytest.mark.parametrize("moments", [ROYAL, PASSES, LOOP], ids=["updates", "passes", "ties"])
def test_all_answers_are_those_of_a_loop_over_every_moment(moments: Moments) -> None:
    found = finished(last_changes(moments, all_of(moments)))
    assert found.back_to == 0 or len(found.found) == len(all_of(moments))
    plain = all_answers(moments)
    assert {one.question: one for one in found.found} == {one.question: one for one in plain}
    assert [one.t for one in found.found] == sorted([one.t for one in plain], reverse=True)
    assert len({one.t for one in plain}) > 3, "or the test tells nothing"


def test_a_ranking_looks_no_further_back_than_it_must() -> None:
    asked = [Question(word, 5) for word in range(len(ROYAL.corpus.vocabulary))]
    few = finished(last_changes(ROYAL, asked, most=4))
    assert few.found == finished(last_changes(ROYAL, asked)).found[:4]
    assert 0 < few.back_to <= few.found[-1].t


def test_what_is_said_on_the_way_is_true_already() -> None:
    asked = all_of(ROYAL)
    latest = {one.question: one for one in all_answers(ROYAL)}
    before = Looked(ROYAL.n_steps)
    for looked in last_changes(ROYAL, asked):
        assert looked.back_to <= before.back_to
        assert looked.found[: len(before.found)] == before.found
        assert {one.question for one in looked.found} == {q for q in asked if latest[q].t > looked.back_to}
        before = looked


@settings(max_examples=10)
@given(st.integers(2, 7), st.integers(1, 4), st.integers(0, 200), st.sampled_from(["pair", "minibatch", "full"]))
def test_few_words_and_any_batching(n_words: int, dim: int, seed: int, batching: str) -> None:
    text = " ".join(f"w{(i * i) % n_words}" for i in range(12)) + ". " + " ".join(f"w{i}" for i in range(n_words)) + "."
    run = Run(Config(text, dim=dim, epochs=3, seed=seed, batching=batching))
    found = finished(last_changes(run, all_of(run)))
    assert {one.question: one for one in found.found} == {one.question: one for one in plainly(run, all_of(run))}


def test_a_word_alone_never_changes_its_neighbors() -> None:
    run = Run(Config("one two one two.", epochs=2))
    found = finished(last_changes(run, [Question(0, 5)]))
    assert found.found == (LastChange(Question(0, 5), 0),)
