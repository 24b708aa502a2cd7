"""Texts of any size, counted piece by piece: whatever the pieces are, the counts are those of the whole."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counted_cases import ALL, equal, prose, same, small_cells, streams
from w2v import Corpus, CountSettings, count_pairs, count_texts
from w2v.counting import pair_counter, runs, word_tally
from w2v.reading.characters import Reading

READINGS = (Reading(), Reading(lowercase=False), Reading(pretokenized=True), Reading(emoji=True), Reading(turkish=True))
PIECES = (
    "tea ",
    "a ",
    "It's ",
    "b-c. ",
    "\n",
    "x\u00e9 ",
    "I\u0131! ",
    "#tag ",
    "\u4e2d\u6587",
    "\U0001f600 ",
    "3.14 ",
    "... ",
    "\t",
)
written = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


# --- equal to counting a text at hand ---------------------------------------------------------------------------


@pytest.mark.parametrize("reading", READINGS, ids=str)
@given(text=written, min_count=st.integers(1, 3), window=st.integers(1, 4))
def test_counts_of_a_stream_are_those_of_the_text(reading: Reading, text: str, min_count: int, window: int) -> None:
    how = replace(ALL, reading=reading, min_count=min_count, window=window)
    try:
        corpus = Corpus.read(text, reading, min_count=min_count)
    except ValueError as problem:
        if min_count == 1:  # too little to learn from, not to be added to more
            assert len(count_texts(streams([text]), how).vocabulary) < 2
            return
        with pytest.raises(ValueError, match=re.escape(str(problem).split(":")[0])):
            count_texts(streams([text]), how)
        return
    counted = count_texts(streams([text]), how)
    assert counted.vocabulary.words == corpus.vocabulary.words
    assert np.array_equal(counted.vocabulary.counts, corpus.vocabulary.counts)
    assert counted.n_tokens == corpus.n_tokens
    same(counted.counts, count_pairs(corpus, window))
    assert counted.heldout.total == 0


def test_the_most_frequent_words_alone_are_kept_where_that_is_asked() -> None:
    text = "b b b a a a c c d"
    counted = count_texts(streams([text]), replace(ALL, most_words=3))
    assert counted.vocabulary.words == ("a", "b", "c")
    same(counted.counts, count_texts(streams([text]), replace(ALL, min_count=2)).counts)


# --- parts and the whole ----------------------------------------------------------------------------------------


@given(
    texts=st.lists(written, min_size=2, max_size=4),
    share=st.sampled_from((0.0, 0.3)),
)
def test_parts_that_are_added_are_the_whole(texts: list[str], share: float) -> None:
    how = replace(ALL, holdout=share)
    whole = count_texts(streams(texts), how)
    parts = [count_texts(streams([text]), how) for text in texts]
    total = parts[-1]
    for part in parts[-2::-1]:
        total = total.plus(part)
    equal(total, whole)


def test_parts_that_are_counted_with_one_vocabulary_are_the_whole() -> None:
    texts = [prose(200, seed) for seed in range(3)]
    how = CountSettings(window=3, min_count=4)
    whole = count_texts(streams(texts), how)
    parts = [count_texts(streams([text]), how, vocabulary=whole.vocabulary.words) for text in texts]
    equal(parts[0].plus(parts[1]).plus(parts[2]), whole)
    assert [*parts[0].vocabulary.counts] == sorted(parts[0].vocabulary.counts, reverse=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"window": 3}, "The window differs (2 and 3)"),
        ({"reading": Reading(lowercase=False)}, "The way to read differs (as usual and case kept)"),
        ({"holdout": 0.2}, "The share kept aside differs (0 and 0.2)"),
    ],
)
def test_counts_of_another_kind_are_not_added(change: dict[str, object], said: str) -> None:
    one, other = (count_texts(streams(["a b. c a"]), how) for how in (ALL, replace(ALL, **change)))
    with pytest.raises(ValueError, match=re.escape(said)):
        one.plus(other)


def test_counts_without_rare_words_are_not_added_to_those_of_other_words() -> None:
    how = replace(ALL, min_count=2)
    one, other = (count_texts(streams([text]), how) for text in ("a b a b c", "a b a b a d d"))
    with pytest.raises(ValueError, match="one --vocabulary"):
        one.plus(other)


# --- what is kept aside -----------------------------------------------------------------------------------------


def test_what_is_kept_aside_is_told_by_its_words_and_the_seed() -> None:
    lines = [f"{line} x{i} y{i}" for i, line in enumerate(prose(3000).split("\n"))]
    one = count_texts(streams(["\n".join(lines)]), CountSettings(min_count=1))
    shuffled = [lines[i] for i in np.random.default_rng(1).permutation(len(lines))]
    equal(count_texts(streams(["\n".join(shuffled)]), CountSettings(min_count=1)), one)
    assert 0.08 < one.heldout.total / (one.heldout.total + one.counts.total) < 0.12
    everything = count_texts(streams(["\n".join(lines)]), CountSettings(min_count=1, holdout=0))
    assert one.counts.total + one.heldout.total == everything.counts.total
    other = count_texts(streams(["\n".join(lines)]), CountSettings(min_count=1, seed=2))
    assert abs(one.heldout.matrix - other.heldout.matrix).sum() > 0


def test_of_one_long_line_stretches_are_kept_aside_and_their_edges_left_out() -> None:
    text = prose(1, length=100_000)
    split, everything = (count_texts(streams([text]), CountSettings(min_count=1, holdout=h)) for h in (0.1, 0))
    lost = everything.counts.total - split.counts.total - split.heldout.total
    n_aside = split.heldout.total / 10  # words: a pair for each of ten neighbors
    assert 8_000 < n_aside < 11_000
    assert lost > 0
    assert (
        lost % 80 == 0
    )  # at each end of a stretch: 30 pairs across, 20 of its last five words, 30 of these and others


# --- nothing depends on the pieces ------------------------------------------------------------------------------


def test_cells_blocks_and_budgets_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = prose(400)
    whole = count_texts(streams([text]), CountSettings())
    small_cells(monkeypatch)
    monkeypatch.setattr(pair_counter, "BLOCK", 50)
    monkeypatch.setattr(runs, "ENTRIES", 40)
    monkeypatch.setattr(word_tally, "BYTES", 500)  # a word: ten of them are too many
    equal(count_texts(streams([text]), CountSettings(), memory=5_000), whole)


IN_A_CHILD = """
import resource, sys
from w2v import CountSettings, count_texts
from w2v.reading import text_cells
text, cell, more = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
text_cells.CELL = cell
text_cells.REACH = cell // 4
count_texts(sys.argv[4], CountSettings())  # what is imported and set up once
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + more, used + more))
print(count_texts(text, CountSettings(), memory=2**20).n_tokens)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says how much memory is used")
def test_memory_does_not_grow_with_the_text(tmp_path: Path) -> None:
    line = prose(100, n_words=300)
    (tmp_path / "short.txt").write_text(line, encoding="utf-8")
    (tmp_path / "long.txt").write_text(f"{line}\n" * 1_500, encoding="utf-8")

    def run(cell: int) -> subprocess.CompletedProcess[str]:
        asked = [tmp_path / "long.txt", cell, 12 * 2**20, tmp_path / "short.txt"]
        return subprocess.run(
            [sys.executable, "-c", IN_A_CHILD, *map(str, asked)], capture_output=True, text=True, check=False
        )

    in_parts, at_once = run(2**17), run(2**23)
    assert in_parts.stdout == f"{1_500 * 900}\n", in_parts.stderr
    assert "MemoryError" in at_once.stderr


@pytest.mark.parametrize("setting", ["window", "min_count", "seed", "most_words"])
@pytest.mark.parametrize("value", [1.5, -1, float("nan"), float("inf"), "3", True])
def test_a_setting_that_is_no_whole_number_is_refused(setting: str, value: object) -> None:
    with pytest.raises(ValueError, match="must be a whole number of at least"):
        CountSettings(**{setting: value})  # type: ignore[arg-type]


def test_no_text_at_all_is_said_to_be_none() -> None:
    with pytest.raises(ValueError, match=r"^No text is named, so there is nothing to count.$"):
        count_texts([])
