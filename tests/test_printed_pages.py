"""Of a book that is copied out of a PDF the text is kept, line by line; what stands on every page is no text."""

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v import read_text
from w2v.reading.kinds_of_text import kind_of, stripped
from w2v.reading.line_wrap import unwrapped
from w2v.reading.printed_pages import FEWEST_HEADED

STYLES = {  # how a page is printed: its text, its number, what stands on each
    "number below": "{body}\n\n{n}\n\n",
    "dashes": "{body}\n- {n} -\n",
    "form feed": "{head}\n\n{body}\n\n{n}\n\f",
    "form feed, no number": "{head}\n{body}\n\f",
    "number and line above": "{n}  {head}\n{body}\n",
    "line and number above": "{head} {n}\n{body}\n",
    "as standards are": "\nBoats and Ships 7                Of the Harbors                March 2001\n\n{body}\n\n\n"
    "Anna & Ben                   Informational                     [Page {n}]\n\f",
    "of so many": "{body}\nPage {n} of 300\n{head}\n",
    "German": "{body}\nSeite {n} von 300\n\n{head}\n\n",
}


def printed(style: str, lines: list[str], per_page: int, first: int = 11, head: str = "A History of Boats") -> str:
    """Text in pages."""
    pages = [lines[i : i + per_page] for i in range(0, len(lines), per_page)]
    heads = (head, "Chapter Two: the Harbor")
    return "".join(
        STYLES[style].format(body="\n".join(page).strip("\n"), n=n, head=heads[n % 2])
        for n, page in enumerate(pages, first)
    )


TEXT = " ".join(
    f"the boat{i} goes out to the harbor and nobody{i} waits{'.' if i % 7 == 0 else ''}" for i in range(300)
)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("per_page", [9, 30])
def test_the_text_is_kept_and_a_sentence_goes_on_from_page_to_page(style: str, per_page: int) -> None:
    lines = textwrap.wrap(TEXT, 66)
    text = printed(style, lines, per_page)
    for shape in (text, text.replace("\n", "\r\n"), read_text(text.encode())):
        kind = kind_of(shape)
        assert kind is not None
        assert "cut into pages" in kind.name
        found = stripped(shape)
        assert [line for line in found.splitlines() if line] == lines
        assert unwrapped(found).replace("\n\n", " ") == TEXT
        assert kind_of(found) is None


def test_halves_of_a_word_on_two_pages_become_one() -> None:
    lines = textwrap.wrap(TEXT, 66)
    for end in range(8, len(lines) - 1, 9):
        lines[end], lines[end + 1] = lines[end] + " har-", "bor " + lines[end + 1]
    assert "har" not in unwrapped(stripped(printed("dashes", lines, 9))).split()


@pytest.mark.parametrize("style", ["dashes", "form feed", "number and line above"])
def test_headings_that_happen_to_begin_a_page_are_kept(style: str) -> None:
    """They differ by their numbers too, but not as those of pages do."""
    lines = textwrap.wrap(TEXT, 66)
    for i, heading in ((9, "Chapter 1"), (36, "Chapter 2"), (90, "Chapter 3"), (99, "Figure 7"), (126, "Figure 8")):
        lines.insert(i, heading)
    assert [line for line in stripped(printed(style, lines, 9)).splitlines() if line] == lines


ROMAN = ["v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii"]


@pytest.mark.parametrize("capital", [True, False])
@pytest.mark.parametrize("follow", [True, False])
def test_roman_numbers_before_the_first_page_go_too(follow: bool, capital: bool) -> None:
    lines = textwrap.wrap(TEXT, 66)
    before = "".join(
        [
            f"{chr(10).join(lines[9 * i : 9 * i + 9])}\n\n{n.upper() if capital else n}\n\n"
            for i, n in enumerate(ROMAN[:9])
        ]
    )
    text = before + printed("number below", lines[81:], 9, first=1) if follow else before + "\n".join(lines[81:])
    for shape in (text, text.replace("\n", "\r\n")):
        assert kind_of(shape) is not None
        assert [line for line in stripped(shape).splitlines() if line] == lines


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(20, 70), min_size=60, max_size=200),
    st.sampled_from(sorted(STYLES)),
    st.integers(8, 15),
    st.integers(1, 900),
)
def test_no_line_of_the_text_is_lost(widths: list[int], style: str, per_page: int, first: int) -> None:
    lines = [f"so the word{i} " + "goes on " * (width // 8) + "and" for i, width in enumerate(widths)]
    assert kind_of("\n".join(lines)) is None
    found = stripped(printed(style, lines, per_page, first))
    assert set(lines) <= set(found.splitlines())
    if len(lines) // per_page >= FEWEST_HEADED:  # what stands on fewer pages may be of the text
        whole = len(lines) - len(lines) % per_page - 2
        assert [line for line in found.splitlines() if line][:whole] == lines[:whole]


NO_PAGES = {
    "verses": "".join(
        f"{i}\nAnd the king saw the boat, that it was red.\nAnd it was so, and it was good.\n" for i in range(1, 30)
    ),
    "lists": "".join(
        f"{i}\n- the boat\n- the harbor\n- the king\n- the queen\n- a long way to go for all\n" for i in range(1, 30)
    ),
    "scores": "".join(f"the boat of the king goes out to sea\n{7 * i}\n" for i in range(40)),
    "years": "".join(
        f"{1900 + i}\n\nThe boat was red, and the king was old. {'It went out at night. ' * i}\n\n" for i in range(20)
    ),
    "parts of a poem": "".join(
        f"{n}\n\nThe boat goes out to the harbor, and the king,\nwho was old and slept, saw it:\n"
        "so it was night on the sea, and nobody waited.\n\n"
        for n in ROMAN
    ),
    "a mark on lines of its own": ("x\n" + "the boat goes out to the harbor and so we wait " * 9 + "\n") * 9,
    "a refrain": ("the boat goes out to the harbor and so\nwe wait for it\n\nOh, the sea\n\n" * 9 + "\f") * 2,
}


@pytest.mark.parametrize("name", NO_PAGES)
def test_numbers_of_other_things_are_none(name: str) -> None:
    assert kind_of(NO_PAGES[name]) is None


@pytest.mark.parametrize("piece", ["1\n", "\f", "1\f", "a 1\n", "1 a\n", "- 1 -\n", "1 1 1 1 ", "\n"])
def test_no_text_takes_long(piece: str) -> None:
    for text in (piece * (200_000 // len(piece)), "".join(f"{i}{piece}" for i in range(20_000))):
        begun = time.process_time()
        if kind_of(text):
            stripped(text)
        assert time.process_time() - begun < 1
