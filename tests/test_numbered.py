"""Pieces of text as numbers: cut into words once where they fit into memory, and the counts are the same."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.counted_cases import equal, prose, same, small_cells, streams
from w2v import CountSettings, count_texts, team
from w2v.counting import numbered, pair_counter, word_reader
from w2v.counting.counting import MEMORY, Plan, counting
from w2v.counting.numbered import KeptPieces, PieceReader
from w2v.counting.pieces import Texts
from w2v.counting.sources import find_sources
from w2v.counting.word_reader import Known
from w2v.reading.characters import Reading

HOW = CountSettings(min_count=3)


@pytest.fixture
def n_cut(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Notes the length of each text that is cut into words."""
    lengths: list[int] = []
    cut = numbered.read_words

    def noted(text: str, *rest: Any) -> Any:
        lengths.append(len(text))
        return cut(text, *rest)

    monkeypatch.setattr(numbered, "read_words", noted)
    return lengths


def test_a_text_is_cut_into_words_once_where_it_fits_as_numbers(n_cut: list[int]) -> None:
    text = prose(300)
    count_texts(streams([text]), HOW)
    assert n_cut == [len(text)]
    count_texts(streams([text]), HOW, memory=4_000)
    assert n_cut == 3 * [len(text)]


def test_with_a_vocabulary_that_is_given_nothing_is_kept(n_cut: list[int]) -> None:
    text = prose(300)
    count_texts(streams([text]), HOW, vocabulary=("w1", "w2"))
    assert n_cut == [len(text)]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("window", [1, 5])
def test_kept_or_cut_again_the_counts_are_the_same(
    window: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, how = [prose(60), prose(200, seed=1, n_words=400), "", "\n\n"], CountSettings(window=window, min_count=3)
    whole = count_texts(streams(texts), how, memory=1_000)
    equal(count_texts(streams(texts), how, processes=processes), whole)
    monkeypatch.setattr(pair_counter, "BLOCK", 100)
    equal(count_texts(streams(texts), how, processes=processes), whole)
    small_cells(monkeypatch)
    equal(count_texts(streams(texts), how, processes=processes), count_texts(streams(texts), how, memory=1_000))


def test_pairs_of_more_words_than_fit_a_small_number_are_counted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 46,341 words on, the number of a pair takes 64 bits."""
    words = tuple(f"w{i}" for i in range(46_400))
    text = f"{words[-1]} {words[-2]} {words[0]}\n{words[-2]} {words[-1]}"
    counted = count_texts(streams([text]), CountSettings(window=2, min_count=1, holdout=0), vocabulary=words)
    found = counted.counts.matrix
    last, other, first = (counted.vocabulary.ids[word] for word in (words[-1], words[-2], words[0]))
    assert (found[last, other], found[other, last], found[first, last], found[first, other]) == (2, 2, 1, 1)
    assert counted.counts.total == 8


def test_numbers_say_what_a_text_says() -> None:
    piece = PieceReader(Reading())(["a b. c a\n\n b", "b a"])
    assert piece.words == ["a", "b", "c"]
    assert piece.ids.tolist() == [0, 1, 2, 0, 1, 1, 0]
    assert piece.n_in_sentence.tolist() == [2, 2, 1, 2]
    assert piece.n_of == {"a": 3, "b": 3, "c": 1}
    words, n_in_sentence = piece.over(Known(["b", "a"]))
    assert (words.tolist(), n_in_sentence.tolist()) == ([1, 0, 1, 0, 0, 1], [2, 1, 1, 2])
    words, n_in_sentence = piece.over(Known(["c"]))
    assert (words.tolist(), n_in_sentence.tolist()) == ([0], [1])


def test_all_pieces_are_kept_or_none() -> None:
    piece = PieceReader(Reading())([prose(10)])
    kept = KeptPieces(2 * piece.n_bytes)
    for _ in range(2):
        kept.add(piece)
    assert kept.pieces == [piece, piece]
    kept.add(piece)
    kept.add(piece)
    assert (kept.pieces, kept.n_bytes) == (None, 0)


def test_a_text_that_grows_while_it_is_counted_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "text.txt"
    text.write_text(prose(20), encoding="utf-8")
    work = counting(Texts(find_sources([text])), Plan(HOW, None, 1, MEMORY, tmp_path))
    next(work)
    small_cells(monkeypatch)  # it has more pieces now than were kept
    with text.open("a", encoding="utf-8") as file:
        file.write("\n" + prose(60))
    with pytest.raises(ValueError, match="changed while they were counted"):
        for _ in work:
            pass


def test_what_is_held_out_is_the_same_for_kept_pieces() -> None:
    how = CountSettings(min_count=1, holdout=0.3)
    one, other = (count_texts(streams([prose(500)]), how, memory=memory) for memory in (1_000, MEMORY))
    same(one.heldout, other.heldout)


# --- processes, and slices ---------------------------------------------------------------------------------------


def test_processes_are_started_for_so_many_pieces_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    small_cells(monkeypatch)
    started: list[int] = []
    begin = team.Helper

    def noted(*arguments: Any) -> team.Helper:
        started.append(1)
        return begin(*arguments)

    monkeypatch.setattr(team, "Helper", noted)
    few, many = prose(60), prose(400)
    equal(count_texts(streams([few]), HOW, processes=2), count_texts(streams([few]), HOW))
    assert not started
    equal(count_texts(streams([many]), HOW, processes=2), count_texts(streams([many]), HOW))
    assert len(started) == 2


@pytest.mark.parametrize("reading", [Reading(), Reading(pretokenized=True), Reading(lowercase=False)], ids=str)
def test_of_a_text_with_some_letters_that_are_no_ascii_the_rest_is_cut_quickly(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The cat's tail. It is 3.14\n" * 4_000
    text = text[:50_000] + " caf\u00e9 \u4e2d\u6587. " + text[50_000:]
    known = count_words_of(text, reading)
    cut: list[int] = []
    slowly = word_reader.cut_slice

    def noted(part: str, *rest: Any) -> Any:
        cut.append(len(part))
        return slowly(part, *rest)

    monkeypatch.setattr(word_reader, "cut_slice", noted)
    assert count_words_of(text, reading) == known
    assert sum(cut) < 0.2 * len(text), "twice one short slice"
    monkeypatch.setattr(word_reader, "SHORT_SLICE", 10**9)
    monkeypatch.setattr(word_reader, "SLICE", 10**9)
    assert count_words_of(text, reading) == known


def count_words_of(text: str, reading: Reading) -> Counter[str]:
    n_of = Counter[str]()
    word_reader.count_words(text, reading, n_of)
    assert PieceReader(reading)([text]).n_of == n_of
    return n_of
