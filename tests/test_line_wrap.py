"""Texts broken to the width of a page: found out, mended on request, and nothing else is taken for one."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import texts
from tests.test_whole_page import book
from tests.visitor import config, fine, go, is_whole, passes_of, trained, visit, whole
from w2v import PRESETS, Corpus
from w2v.reading.line_wrap import is_wrapped, line_ends_part, on_one_line, unwrapped
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


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad"])
def test_lines_that_part_words_are_found_out_at_any_width(hyphen: str) -> None:
    lines = ("the gardener wa-", "ters the old gar-", "den of the king", "every even-", "ing he waters the garden")
    text = "\r\n".join(lines).replace("-", hyphen)
    assert is_wrapped(text)
    assert is_wrapped(text.upper())
    assert not is_wrapped(text.replace(hyphen, ""))
    assert not is_wrapped(unwrapped(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n" * 40,
        "\n".join(["one line of words"] * 3),
        "x" * 70 + "\n" + "y" * 70,
        "pre-\npost-\nanti-\nnon-\nx",
        "- well -\nno -\nyes -\n" * 9,
        "I\nAm\na\nFox\n" * 9,
        "-\nA\n\u00ad\nB",
        "Haupt- und\nNeben- oder\nAb-\nund Zu-\nund Auf-\nund Ein-\nund An" * 2,
    ],
)
def test_nothing_else_is_taken_for_broken(text: str) -> None:
    assert not is_wrapped(text)


def test_one_sentence_a_line_is_not_broken() -> None:
    assert not is_wrapped(book(200).replace(". ", ".\n"))
    for preset in PRESETS.values():
        assert not is_wrapped(preset.text)


NO_HALVES = st.text(st.characters(exclude_characters="-\u2010\u00ad"), max_size=300)
HALVES = st.text(st.sampled_from("ab'\u0301\u00e9\u0915\u093f-\u2010\u00ad \n\r\u2028"), max_size=60)


@given(st.text(st.sampled_from("aAZ-\u2010\u00ad. \n"), max_size=60))
def test_every_text_is_broken_or_not(text: str) -> None:
    assert is_wrapped(text) in (True, False)


@given(st.one_of(texts(), NO_HALVES))
def test_joining_keeps_every_word_and_paragraph(text: str) -> None:
    assert unwrapped(text).split() == text.split()


@given(st.one_of(st.text(max_size=300), HALVES))
def test_joining_takes_away_nothing_but_hyphens_and_line_ends(text: str) -> None:
    def letters(text: str) -> str:
        return "".join([c for c in text if c not in "-\u2010\u00ad" and not c.isspace()])

    assert letters(unwrapped(text)) == letters(text)
    assert unwrapped(unwrapped(text)) == unwrapped(text)
    assert on_one_line(text) == " ".join(unwrapped(text).split())


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("a gar-\nden, the garden", "a garden, the garden"),
        ("a GAR\u2010 \r\n  den, the Garden", "a GARden, the Garden"),
        ("a gar-\nden and no other", "a gar-den and no other"),
        ("a gar\u00ad\nden and no other", "a garden and no other"),
        ("well-\nmeant or wellmeant", "wellmeant or wellmeant"),
        ("mother-in-\nlaw, inlaw", "mother-in-law, inlaw"),
        ("the gar-\ndener\u2019s hat, a gardener", "the gardener\u2019s hat, a gardener"),
        ("ice cream, up-\nto-day, upto", "ice cream, upto-day, upto"),
        ("up-\nto-day, upto, up-to-day", "up-to-day, upto, up-to-day"),
        ("(cafe\u0301-\nteria) a caf\u00e9teria", "(cafe\u0301teria) a caf\u00e9teria"),
        ("summer-\nund Winter, Sommer- und", "summer- und Winter, Sommer- und"),
        ("so --\nno, 1950-\n1960, x -\ny", "so -- no, 1950-1960, x - y"),
        ("gar-\n\nden, garden", "gar-\n\nden, garden"),
        ("\u0915\u093f-\n\u0924\u093e. \u0915\u093f\u0924\u093e", "\u0915\u093f\u0924\u093e. \u0915\u093f\u0924\u093e"),
    ],
)  # fmt: skip
def test_halves_of_words_become_one(text: str, joined: str) -> None:
    assert unwrapped(text) == joined
    assert on_one_line(text) == " ".join(joined.split())


def test_a_book_broken_within_words_has_the_words_it_had() -> None:
    words = ("gardener", "umbrella", "tomorrow", "evergreen", "well-known")
    text = " ".join([words[(3 * i + i // 7) % 5] + "." * (i % 7 == 0) for i in range(400)])
    lines, rest = [], text
    while len(rest) > 60:
        at = 60 + (rest[60] == "-")
        lines.append(rest[:at] + "-" * rest[at - 1 : at + 1].isalpha())
        rest = rest[at:]
    broken = "\n".join([*lines, rest])
    assert len(Corpus.from_text(broken).vocabulary) > 10
    mended = Corpus.from_text(unwrapped(broken))
    assert mended.vocabulary.words == Corpus.from_text(text).vocabulary.words


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
