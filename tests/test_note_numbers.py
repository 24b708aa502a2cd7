"""Numbers of notes that stand behind words of a copied page are no words; numbers that its author wrote are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v import Corpus
from w2v.explain.health import judge_text
from w2v.reading.kinds_of_text import kind_of, stripped

BEGIN = "The boat is red.[1] It is old.[2] The harbor[3] is far. "
PIECES = {
    "as Wikipedia has them": (
        "It was[4][2] built[a] in 1901,[5] said Anna.[note 1] So it is[citation needed] said[who?] of kings.[b]",
        "It was built in 1901, said Anna. So it is said of kings.",
    ),
    "of an author": ("The king[s] of [Norway] saw [sic] 3 boats in [1901] [4].", None),
    "several in one": ("It is[4,5] so[6\u20138] red.[9, 10]", "It is so red."),
    "sections": (
        "\nAge[Bearbeiten | Quelltext bearbeiten]\nOld.[4]\nMore[Bearbeiten | Quelltext bearbeiten]\nNo.",
        "\nAge\nOld.\nMore\nNo.",
    ),
    "what is cited": (
        "\nNotes\n^ Smith, p. 12.\n^ Jump up to: a b No.\n4. ^ No\n\u2191 a b No.\nSo.",
        "\nNotes\n\n\n\n\nSo.",
    ),
    "raised": (
        "It is so.\u2074 The sea\u2075 of 12 m\u00b2 is far.\u00b9\u2070",
        "It is so. The sea of 12 m\u00b2 is far.",
    ),
    "a heading and its mark": ("\nAge\n[edit]\nOld.[4]\nMore\n[edit]\nNo.", "\nAge\n\nOld.\nMore\n\nNo."),
    "Chinese": ("\u56fd\u738b[4]\u6765\u4e86[5]\u3002", "\u56fd\u738b\u6765\u4e86\u3002"),
}


@pytest.mark.parametrize("name", PIECES)
def test_notes_alone_are_taken_out(name: str) -> None:
    source, prose = PIECES[name]
    kind = kind_of(BEGIN + source)
    assert kind is not None
    assert "numbers of notes" in kind.name
    found = stripped(BEGIN + source)
    assert found == "The boat is red. It is old. The harbor is far. " + (source if prose is None else prose)
    assert kind_of(found) is None


def test_raised_ones_alone_are_known_too() -> None:
    raised = "The boat is red.\u00b9 It is old.\u00b2 The harbor\u00b3 is far."
    assert stripped(raised) == "The boat is red. It is old. The harbor is far."


def test_a_good_page_is_not_called_poor_for_its_notes() -> None:
    text = "".join(
        f"The {who} sees the {what}.[{i}] The {who} has a {what}.\n"
        for i, (who, what) in enumerate([("king", "boat"), ("queen", "garden"), ("boy", "dog"), ("girl", "cat")] * 6, 1)
    )
    assert judge_text(stripped(text), Corpus.from_text(stripped(text))).verdict != "poor"
    assert judge_text(text, Corpus.from_text(text)).verdict == "fair"


WORDS = st.text(st.sampled_from("abcdefg\u00e4\u0434\u03b2"), min_size=3, max_size=8)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", ".", ",", "?"]), st.booleans()), min_size=3, max_size=40))
def test_without_them_the_text_is_what_it_was_before(words: list[tuple[str, str, bool]]) -> None:
    plain, noted, n = "", "", 0
    for word, mark, is_noted in [("red", ".", True), ("old", ".", True), ("far", ".", True), *words]:
        n += is_noted
        plain += f"{word}{mark} "
        noted += f"{word}{mark}[{n}] " if is_noted else f"{word}{mark} "
    assert kind_of(plain) is None
    assert stripped(plain) == plain
    assert stripped(noted) == plain.strip()
