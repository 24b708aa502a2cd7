"""Texts broken to the width of a page: found out, mended on request, and nothing else is taken for one."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import texts
from tests.test_whole_page import book
from tests.visitor import config, fine, go, is_whole, passes_of, trained, visit, whole
from w2v import PRESETS, Corpus
from w2v.reading.line_wrap import is_wrapped, line_ends_part, unwrapped
from w2v.reading.tokens import cut_into_tokens
from w2v.slices import finished


def paragraphs(width: int) -> str:
    sentences = book(120).split(". ")
    blocks = [". ".join(sentences[i : i + 8]) for i in range(0, len(sentences), 8)]
    return "\n\n".join(textwrap.fill(block, width) for block in blocks)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lines_of_one_width_are_found_out_and_joined(width: int) -> None:
    text = paragraphs(width)
    assert is_wrapped(text)
    joined = unwrapped(text)
    assert not is_wrapped(joined)
    assert joined.split() == text.split()
    assert len(Corpus.from_text(joined).sentences) == 120
    assert len(Corpus.from_text(text).sentences) > 120


@pytest.mark.parametrize("text", ["", "a\n" * 40, "\n".join(["one line of words"] * 3), "x" * 70 + "\n" + "y" * 70])
def test_nothing_else_is_taken_for_broken(text: str) -> None:
    assert not is_wrapped(text)


def test_one_sentence_a_line_is_not_broken() -> None:
    assert not is_wrapped(book(200).replace(". ", ".\n"))
    for preset in PRESETS.values():
        assert not is_wrapped(preset.text)


@given(st.one_of(texts(), st.text(max_size=300)))
def test_joining_keeps_every_word_and_paragraph(text: str) -> None:
    assert unwrapped(text).split() == text.split()
    assert unwrapped(unwrapped(text)) == unwrapped(text)


@given(st.one_of(texts(), st.text(max_size=300)))
def test_joining_is_said_to_help_where_it_leaves_fewer_sentences(text: str) -> None:
    def n_sentences(text: str) -> int:
        return len(finished(cut_into_tokens(text)).sentence_starts)

    assert line_ends_part(text) == (n_sentences(text) > n_sentences(" ".join(text.split())))


ROYAL = PRESETS["royal"].text.replace(".", "").split()
WORD_BY_WORD = "\n".join(ROYAL)
TWO_BY_TWO = "\n".join([" ".join(ROYAL[i : i + 2]) for i in range(0, len(ROYAL), 2)])


@pytest.mark.parametrize(
    ("text", "helps"), [(WORD_BY_WORD, True), (TWO_BY_TWO, True), ("A fox. A hen. A dog.", False), ("a\nb\na b", False)]
)
def test_join_the_lines_is_offered_where_it_does_something(text: str, helps: bool) -> None:
    at = visit(epochs="1")
    at.text_area(key="pasted").set_value(text).run()
    buttons = [b for b in at.button if b.label == "Join the lines"]
    assert bool(buttons) == helps
    for button in buttons:
        fine(button.click().run())
        assert len(Corpus.from_text(config(at).text).sentences) == 1
        assert not [b for b in at.button if b.label == "Join the lines"]


def test_a_page_offers_to_mend_it() -> None:
    at = visit(epochs="1")
    assert not [b for b in at.button if b.key == "join_lines"]
    at.text_area(key="pasted").set_value(paragraphs(70)).run()
    fine(at.button(key="join_lines").click().run())
    assert at.text_area(key="pasted").value == unwrapped(paragraphs(70))
    assert config(at).text == unwrapped(paragraphs(70))
    assert not [b for b in at.button if b.key == "join_lines"]


def test_a_whole_text_stays_one() -> None:
    text = "\n\n".join([paragraphs(72)] * 8)
    at = fine(go(whole(text), "text"))
    at.button(key="join_lines").click().run()
    assert is_whole(at)
    assert config(at).text == unwrapped(text)
    run = passes_of(trained(at)).run
    assert len(run.corpus.sentences) == 8 * 120
