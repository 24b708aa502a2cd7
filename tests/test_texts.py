"""The preset texts: each one shows, when it is really trained, what it promises."""

import re
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from w2v.config import Config
from w2v.corpus import Corpus
from w2v.run import Run
from w2v.texts import PRESETS, Preset

SEEDS = range(1, 11)


@cache
def trained(key: str, seed: int) -> dict[str, NDArray[np.float64]]:
    """Each word's unit vector at the end of a run with the defaults."""
    run = Run(Config(text=PRESETS[key].text, seed=seed))
    V = run.parameters(run.n_steps).V  # (n_words, dim)
    return {word: v / np.linalg.norm(v) for word, v in zip(run.corpus.vocabulary.words, V)}


def nearest_words(vectors: dict[str, NDArray[np.float64]], word: str) -> list[str]:
    """All other words, most similar first."""
    others = [other for other in vectors if other != word]
    return sorted(others, key=lambda other: -float(vectors[word] @ vectors[other]))


def share_of_partners_found(preset: Preset) -> float:
    """How often, over the seeds, a word's nearest word is its partner."""
    both_ways = [*preset.partners, *((b, a) for a, b in preset.partners)]
    found = [nearest_words(trained(preset.key, seed), a)[0] == b for seed in SEEDS for a, b in both_ways]
    return float(np.mean(found))


def test_presets_are_in_teaching_order() -> None:
    keys = ["royal", "eat_drink", "days_months", "animals", "hot_cold", "bank", "loop", "random"]
    assert list(PRESETS) == [preset.key for preset in PRESETS.values()] == keys
    with pytest.raises(TypeError):
        PRESETS["mine"] = PRESETS["royal"]  # type: ignore[index]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_presets_are_well_made(preset: Preset) -> None:
    corpus = Corpus.from_text(preset.text)
    assert corpus.notes == ()
    assert 12 <= len(corpus.vocabulary) <= 50  # all of them steppable and readable on one map
    assert preset.title
    assert re.fullmatch(r"[A-Z][^.?!]*[.]", preset.look_for)  # one sentence
    assert {word for pair in preset.partners for word in pair} <= set(corpus.vocabulary.words)


@pytest.mark.parametrize("key", [key for key, preset in PRESETS.items() if preset.partners])
def test_partners_have_the_same_neighbors_and_never_meet(key: str) -> None:
    sentences = Corpus.from_text(PRESETS[key].text).sentences
    assert not any(a in s and b in s for a, b in PRESETS[key].partners for s in sentences)


def test_royal_shows_its_pairs() -> None:
    assert len(PRESETS["royal"].partners) >= 4
    assert share_of_partners_found(PRESETS["royal"]) >= 0.9  # 0.97 when written


def test_royal_directions_are_parallel() -> None:
    """From king to queen is about the same way as from man to woman: his and her tell them apart."""
    vectors = [trained("royal", seed) for seed in SEEDS]
    ways = [(v["queen"] - v["king"], v["woman"] - v["man"]) for v in vectors]
    cosines = [float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in ways]
    assert np.mean(cosines) > 0.6


@pytest.mark.parametrize("key", ["eat_drink", "days_months", "animals", "hot_cold"])
def test_other_presets_show_their_pairs(key: str) -> None:
    assert share_of_partners_found(PRESETS[key]) >= 0.9  # 1.0 when written


def test_bank_lies_between_its_meanings() -> None:
    for seed in SEEDS:
        vectors = trained("bank", seed)
        assert set(nearest_words(vectors, "bank")[:2]) == {"lender", "shore"}
        assert vectors["lender"] @ vectors["shore"] < 0.3


def test_loop_becomes_a_ring() -> None:
    letters = list(dict.fromkeys(PRESETS["loop"].text.split()))
    for seed in SEEDS:
        run = Run(Config(text=PRESETS["loop"].text, seed=seed))
        V = run.parameters(run.n_steps).V[[run.corpus.vocabulary.ids[letter] for letter in letters]]
        centered = V - V.mean(axis=0)
        axes = np.linalg.svd(centered)[2][:2]  # (2, dim)
        x, y = axes @ centered.T
        order = np.argsort(np.arctan2(y, x))
        steps = np.diff([*order, order[0]]) % len(letters)
        assert set(steps) in ({1}, {len(letters) - 1})  # once round, in order, in either direction


def test_random_is_only_the_same_words_shuffled() -> None:
    preset = PRESETS["random"]
    counts = Corpus.from_text(preset.text).vocabulary.counts
    assert set(counts) == {counts[0]}
    assert preset.partners == ()
