"""The nearest words over a training, against gensim on the vectors of each moment and against plain sorting."""

import numpy as np
import pytest
from gensim.models import KeyedVectors
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.words.over_time import moments_to_draw
from w2v import PRESETS, Config, Run
from w2v.explain.over_time import NearestOverTime, nearest_over_time
from w2v.slices import finished
from w2v.whole.passes import Passes
from w2v.whole.whole_text import train_whole_text

ROYAL = Run(Config(PRESETS["royal"].text, epochs=10))
PASSES = Passes(train_whole_text(Config(PRESETS["royal"].text, dim=4, trainer="passes"), max_passes=6))


def places(moments: Run | Passes, word: str, **how: int) -> NearestOverTime:
    at = moments.keyframes(12)
    return finished(nearest_over_time(moments, moments.corpus.vocabulary.ids[word], at, **how))


@pytest.mark.parametrize("moments", [ROYAL, PASSES], ids=["updates", "passes"])
def test_the_nearest_at_each_moment_are_those_of_gensim(moments: Run | Passes) -> None:
    words = moments.corpus.vocabulary.words
    found = places(moments, "king", most=len(words))
    for t, ranks, cosines in zip(found.at.tolist(), found.ranks, found.cosines, strict=True):
        theirs = KeyedVectors(vector_size=moments.config.dim)
        theirs.add_vectors(words, moments.parameters(t).V)
        order = theirs.most_similar("king", topn=len(words))
        assert [words[i] for i in found.words[np.argsort(ranks)][:5]] == [name for name, _ in order[:5]]
        similar = dict(order)
        assert cosines == pytest.approx([similar[words[i]] for i in found.words], abs=1e-5)
    last = [name for name, _ in order[:5]]
    assert [words[i] for i in found.words[:5]] == last, "first those of the end"


def test_only_words_that_were_among_the_nearest_are_followed_those_for_longest_first() -> None:
    found = places(ROYAL, "king", nearest=3, most=100)
    assert (found.ranks.min(axis=0) <= 3).all()
    often = (found.ranks[:, 3:] <= 3).sum(axis=0)
    assert (np.diff(often) <= 0).all()
    few = places(ROYAL, "king", nearest=3, most=5)
    assert few.ever == found.ever == len(found.words) > 5
    assert few.words.tolist() == found.words.tolist()[:5]
    assert (few.ranks == found.ranks[:, :5]).all()


@given(st.integers(2, 6), st.integers(1, 8), st.integers(0, 50))
def test_places_are_those_of_plain_sorting(n_words: int, nearest: int, seed: int) -> None:
    text = " ".join(f"w{i}" for i in range(n_words)) + "."
    run = Run(Config(text, dim=2, epochs=2, seed=seed))
    found = finished(nearest_over_time(run, 0, [0, run.n_steps], nearest=nearest, most=3))
    assert 1 <= len(found.words) <= 3
    assert (found.ranks.min(axis=0) <= nearest).all()
    for t, ranks in zip(found.at.tolist(), found.ranks, strict=True):
        V = run.parameters(t).V
        cosines = [V[0] @ row / np.linalg.norm(V[0]) / np.linalg.norm(row) for row in V]
        for word, rank in zip(found.words.tolist(), ranks.tolist(), strict=True):
            closer = sum(c > cosines[word] + 1e-12 for i, c in enumerate(cosines) if i not in (0, word))
            as_close = sum(abs(c - cosines[word]) <= 1e-12 for i, c in enumerate(cosines) if i not in (0, word))
            assert closer + 1 <= rank <= closer + 1 + as_close


def test_of_forty_passes_or_epochs_none_is_left_out_of_the_picture() -> None:
    config = Config(PRESETS["royal"].text, dim=4, trainer="passes", hold_back=False)
    passes = Passes(train_whole_text(config, holdout=0, l2=0, max_passes=40))
    assert passes.n_moments == 41
    assert moments_to_draw(passes) == [*range(41)]
    run = Run(Config(PRESETS["royal"].text, epochs=40))
    assert moments_to_draw(run) == [*run.plan.epoch_start.tolist()]
