"""Numbers that count verses within lines are no words; numbers that count something else stay."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_prose_stays import sentences
from w2v.reading.kinds_of_text import kind_of, stripped

VERSES = [
    "In the harbor the boat was red, and nobody waited.",
    "And the king, who had 40 boats, saw it;",
    "and the queen said, Let it go.",
    "\u201cIt is old,\u201d said the king.",
    "So it went out to the sea, to 3 islands,",
    "and it was night.",
    "Nobody saw it come back, for it was far:",
    "and the harbor was still.",
    "The king slept, and the queen slept too.",
    "In the morning they rose.",
]
WAYS = {"1 ": "{v} ", "glued": "{v}\u00a0", "1:1": "{c}:{v} ", "raised": "{raised} ", "raised and glued": "{raised}"}
RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
NONE = {
    "a song that counts": ", ".join([f"{i} boats went out" for i in range(1, 13)]) * 3,
    "a recipe": "Take 2 eggs and 3 spoons of flour, 4 of sugar and 1 of salt. 2 hours later, add 3 more eggs to it.\n"
    * 9,
    "years": "In 1999 the king came. 2 years later, in 2001, the queen left with 3 boats. 4 came back to the harbor.\n"
    * 9,
    "times": "At 9:15 the king woke up. 9:16 was the time when he rose, and at 9:17 he was gone, out to the sea.\n" * 9,
    "a few": "1 In the harbor the boat was red. 2 And the sea was old. 3 And the queen said, Let it go to the sea.\n",
    "measures": "The boat is 5 m long and 6 m wide; the harbor 7 km off, and 8 km from here the sea begins, 9 m deep.\n"
    * 9,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_they_are_taken_out(way: str, between: str) -> None:
    text = between.join(
        [
            WAYS[way].format(c=c, v=v, raised=str(v).translate(RAISED)) + verse
            for c in (1, 2)
            for v, verse in enumerate(VERSES, 1)
        ]
    )
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text, f"The first book\n\n{text}\n\n"):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name in ("numbered verse by verse", "numbered line by line")
        found = stripped(shape)
        assert found.split()[3 * shape.startswith("The") :] == " ".join(VERSES * 2).split()
        assert kind_of(found) is None


def test_a_chapter_may_stand_in_place_of_its_first_verse() -> None:
    lines = [f"{v if v > 1 else c} {verse}" for c in (1, 2, 3) for v, verse in enumerate(VERSES, 1)]
    assert stripped(" ".join(lines)).split() == " ".join([*VERSES * 2, "3", *VERSES]).split()


@pytest.mark.parametrize("name", NONE)
def test_numbers_that_count_something_else_stay(name: str) -> None:
    assert kind_of(NONE[name]) is None


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), sentences()), min_size=1, max_size=30), st.sampled_from([" ", "\n"]))
def test_numbers_by_chance_stay(numbered: list[tuple[int, str]], between: str) -> None:
    numbers = [n for n, _ in numbered]
    text = between.join([f"{n} {sentence}" for n, sentence in numbered])
    if sum(after == before + 1 for before, after in zip(numbers, numbers[1:], strict=False)) < 6:
        assert kind_of(text) is None


@pytest.mark.parametrize("piece", ["1 ", "1 a ", "1 a\n", "1:", "\u00b9", "1:1 A", " ", "1A"])
def test_no_text_takes_long(piece: str) -> None:
    for text in (
        piece * (200_000 // len(piece)),
        " ".join([f"{i} {VERSES[0]}" for i in range(1, 900)]) + piece * 50_000,
    ):
        begun = time.process_time()
        stripped(text)
        assert time.process_time() - begun < 2
