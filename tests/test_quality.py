"""Quality as a curve: at each moment what the command line says of the vectors saved there, and a plain loop too."""

import re
from collections import Counter
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from w2v import PRESETS, Config, Run, WordVectors, train_whole_text, vectors_of, word2vec_text
from w2v.cli.command_line import main
from w2v.judgments.evaluation import PairTest, read_test, spearman
from w2v.judgments.quality import (
    Quality,
    coarse_to_fine,
    highest,
    out_of_order,
    pairs_of_preset,
    quality_at,
    quality_over,
)
from w2v.moments import Moments
from w2v.slices import finished
from w2v.whole.passes import Passes

PAIRS = "word1,word2,score\nking,queen,9\nking,crown,7.5\nman,woman,9\nboy,cake,1\nking,boy,2\nQueen,girl,2.5\n"
QUESTIONS = (
    ": royals\nman king woman queen\nboy prince girl princess\n: others\nking queen man woman\nking queen tea mug\n"
)


@pytest.fixture(scope="module")
def trained() -> tuple[Moments, ...]:
    text = PRESETS["royal"].text
    passes = train_whole_text(Config(text, trainer="passes", dim=6), holdout=0, max_passes=4)
    return Run(Config(text, epochs=3)), Passes(passes)


def loop(moments: Moments, t: int) -> float:
    """Spearman's rank correlation on cosines, one after another."""
    words, V = moments.corpus.vocabulary.words, moments.parameters(t).V
    of = {word: V[i].astype(float) for i, word in enumerate(words)}
    cosines, scores = [], []
    for line in PAIRS.lower().splitlines()[1:]:
        a, b, score = line.split(",")
        if a in of and b in of:
            cosines.append(of[a] @ of[b] / np.sqrt((of[a] @ of[a]) * (of[b] @ of[b])))
            scores.append(float(score))
    return float(spearmanr(cosines, scores).statistic)


def test_quality_is_what_the_command_line_says_at_every_moment_and_what_a_loop_says(
    trained: tuple[Moments, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    n_anyway = 0
    for name, text in {"pairs": PAIRS, "questions": QUESTIONS}.items():
        (tmp_path / name).write_text(text)
        test = read_test(text.encode())
        for moments in trained:
            at = moments.keyframes(5)
            curve = finished(quality_over(moments, at, test))
            for t, found in zip(at, curve, strict=True):
                made = moments if isinstance(moments, Run) else moments.run
                (tmp_path / "v.txt").write_bytes(word2vec_text(vectors_of(made, t)))
                assert main(["evaluate", str(tmp_path / "v.txt"), str(tmp_path / name)]) == 0
                said, warned = capsys.readouterr()
                assert found == quality_at(moments, t, test)
                assert found.value is not None
                if name == "pairs":
                    assert f"pairs found       {found.n_found} of {found.n_asked}" in said
                    assert f"Spearman's rho    {found.value:.4f}" in said
                    assert found.value == pytest.approx(loop(moments, t), abs=1e-12)
                    assert (found.n_found, found.n_asked) == (4, 6)
                else:
                    right, n_found, asked = said.splitlines()[-1].split()[:3]
                    nearest = re.search(r": (\d+) of the \d+ right answer", warned)
                    n_right, n_nearest = int(right), int(nearest[1]) if nearest else 0
                    assert found == Quality(n_right / int(n_found), int(n_found), int(asked), n_right, n_nearest)
                    n_anyway += n_nearest
                    assert (n_found, asked) == ("3", "4")
    assert n_anyway > 0, "nowhere was an answer right anyway"


def test_rank_correlation_is_that_of_scipy() -> None:
    rng = np.random.default_rng(5)
    for n, values in ((2, 9), (7, 3), (40, 5), (40, 10_000)):  # with many ties, and with hardly any
        a, b = rng.integers(0, values, n), rng.normal(size=n).round(1)
        if np.ptp(a) and np.ptp(b):
            assert spearman(a, b) == pytest.approx(spearmanr(a, b).statistic, abs=1e-12)
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([3, 1, 2], [0.5, 0.5, 0.5]) is None


def test_pairs_out_of_order_are_those_that_a_loop_finds(trained: tuple[Moments, ...]) -> None:
    for moments, t in ((trained[0], 0), (trained[0], 100), (trained[1], 2)):
        words, V = moments.corpus.vocabulary.words, moments.parameters(t).V
        of = dict(zip(words, V / np.linalg.norm(V, axis=1, keepdims=True), strict=True))
        test = read_test(PAIRS.encode())
        assert isinstance(test, PairTest)
        known = [pair for pair in test.pairs if pair.a.lower() in of and pair.b.lower() in of]
        cosine = {pair: float(of[pair.a.lower()] @ of[pair.b.lower()]) for pair in known}
        times = Counter({a: sum((a.score - b.score) * (cosine[a] - cosine[b]) < 0 for b in known) for a in known})
        found = out_of_order(WordVectors(words, V), test, 9)
        assert [times[pair] for pair, _ in found] == sorted([n for n in times.values() if n], reverse=True)
        for pair, too_alike in found:
            above = sum(pair.score < b.score and cosine[pair] > cosine[b] for b in known)
            assert too_alike == (2 * above > times[pair])
    best = read_test(b"king,queen,1\nman,woman,1\n")
    assert isinstance(best, PairTest)
    assert out_of_order(WordVectors(words, V), best, 3) == []


def test_who_stops_measuring_has_seen_all_of_the_training() -> None:
    for n in (1, 2, 3, 17, 120):
        at = list(range(0, 5 * n, 5))
        order = coarse_to_fine(at)
        assert sorted(order) == at
        assert order[:2] == list(dict.fromkeys([at[-1], at[0]]))
        for stopped in range(2, n + 1):
            gaps = np.diff(sorted(order[:stopped]))
            assert gaps.max() <= 4 * at[-1] / (stopped - 1), (n, stopped)


def test_a_run_gets_better_at_what_its_preset_was_made_for() -> None:
    for name, preset in PRESETS.items():
        written = pairs_of_preset(preset)
        assert bool(written) == (len(preset.groups) > 1), name
        if written:
            run = Run(Config(preset.text))
            start, end = (quality_at(run, t, read_test(written.encode())) for t in (0, run.n_steps))
            assert end.n_found == end.n_asked >= 8, name
            assert end.value is not None
            assert start.value is not None
            assert end.value > max(0.75, start.value), name


def test_the_most_that_can_be_reached_is_what_the_same_order_reaches(trained: tuple[Moments, ...]) -> None:
    test = read_test(b"king,queen,10\nman,woman,10\nboy,girl,10\nking,man,0\nqueen,woman,0\nsun,moon,5\n")
    best = max(spearmanr(order, [10, 10, 10, 0, 0]).statistic for order in permutations(range(5)))
    assert highest(trained[0], test) == pytest.approx(best)
    assert highest(trained[0], read_test(PAIRS.replace("9", "8.75", 1).encode())) == pytest.approx(1.0)
    assert highest(trained[0], read_test(b"sun,moon,4\nstar,sky,5\n")) is None


def test_what_cannot_be_compared_has_no_value(trained: tuple[Moments, ...]) -> None:
    found = quality_at(trained[0], 0, read_test(b"king,queen,3\nsun,moon,4\nstar,sky,5\n"))
    assert found == Quality(None, 1, 3)
    assert quality_at(trained[0], 0, read_test(b"a b c d\ne f g h\n")) == Quality(None, 0, 2)
