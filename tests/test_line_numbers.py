"""Numbers in the margin are no words where they count the lines; any other number stays where its author put it."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v.reading.kinds_of_text import kind_of, stripped

LINES = [f"the boat{i} goes out to the sea and nobody waits" for i in range(40)]


def numbered(lines: list[str], step: int, first: int, at_begin: bool) -> str:
    """Lines with numbers in their margin."""
    with_numbers = [
        line if n % step else f"{n:>4} {line}" if at_begin else f"{line}   {n}" for n, line in enumerate(lines, first)
    ]
    return "\n".join(with_numbers)


@pytest.mark.parametrize("step", [1, 4, 5, 10])
@pytest.mark.parametrize("at_begin", [True, False])
@pytest.mark.parametrize("first", [1, 101, 997])
def test_they_are_taken_out_wherever_they_stand(step: int, at_begin: bool, first: int) -> None:
    text = numbered(LINES, step, first, at_begin)
    for shape in (text, text.replace("\n", "\r\n"), text + "\n", text.replace("\n", "\n\n")):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == "numbered line by line"
        assert [line.strip() for line in stripped(shape).splitlines() if line.strip()] == LINES
        assert kind_of(stripped(shape)) is None


@pytest.mark.parametrize(("step", "at_begin"), [(1, True), (5, True), (5, False)])
@pytest.mark.parametrize("marks", ["[]", "()"])
def test_brackets_around_them_go_too(step: int, at_begin: bool, marks: str) -> None:
    text = numbered(LINES, step, 1, at_begin)
    text = re.sub(r"(?<![^\s])(\d+)(?=\s|$)", rf"{marks[0]}\1{marks[1]}", text)
    assert [line.strip() for line in stripped(text).splitlines()] == LINES


def test_items_of_a_list_keep_theirs() -> None:
    for mark in (")", "."):
        text = "\n".join([f"{i}{mark} {line}" for i, line in enumerate(LINES, 1)])
        assert kind_of(text) is None


def test_chapters_begin_anew_and_one_may_be_missing() -> None:
    text = numbered(LINES, 1, 1, at_begin=True) + "\n" + numbered(LINES, 1, 1, at_begin=True)
    assert [line.strip() for line in stripped(text.replace("  7 the", "the")).splitlines()] == LINES * 2


def test_a_year_at_the_end_of_a_line_stays() -> None:
    later = "\n".join([*LINES, "so it was in 1905", "so it was in 2000"] * 20)
    text = numbered(LINES * 12, 5, 1, at_begin=False) + "\n" + later
    assert stripped(text).splitlines()[-2:] == ["so it was in 1905", "so it was in 2000"]


NONE = {
    "a list": "".join(f"{i}. the boat is red and old\n" for i in range(1, 30)),
    "figures": "".join(f"{i} {i * 7} {i * 9} red\n" for i in range(1, 30)),
    "years": "".join(f"it was so in {1900 + 5 * i}\nand the boat was red\n" for i in range(1, 30)),
    "every year": "".join(f"{1900 + i} was a good year\nand the boat was red\n" for i in range(1, 30)),
    "some lines": "3 boats went out\n4 came home\nand the king\n5 saw it\nfrom the house by the sea\n" * 5,
}


@pytest.mark.parametrize("name", NONE)
def test_numbers_that_count_something_else_stay(name: str) -> None:
    assert kind_of(NONE[name]) is None


WORDS = st.lists(st.text(st.sampled_from("abc\u00e4"), min_size=1), min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=20, max_size=60))
def test_no_word_is_lost(lines: list[list[str]]) -> None:
    text = [" ".join(["word", *words]) for words in lines]
    assert kind_of("\n".join(text)) is None
    for step in (1, 5):
        assert stripped(numbered(text, step, 1, at_begin=False)).split() == "\n".join(text).split()


@pytest.mark.parametrize("piece", ["1 ", "1 a\n", "a 1\n", " ", "a ", "1"])
def test_no_text_takes_long(piece: str) -> None:
    for text in (piece * (200_000 // len(piece)), (piece * 90 + "\n") * 900):
        begun = time.process_time()
        stripped(text)
        assert time.process_time() - begun < 1
