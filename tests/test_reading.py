"""How a text is read: cut into words already, as in Turkish, with emoji; and what is offered where it would help."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import texts
from tests.test_tokens import TRICKY, same
from w2v import Config, Corpus, Run
from w2v.reading.characters import Reading
from w2v.reading.tokens import MAX_LETTERS, PRETOKENIZED_NOTE, cut_into_tokens
from w2v.slices import finished

READINGS = st.builds(Reading, *[st.booleans()] * len(Reading.__dataclass_fields__))
CUT = "她 学习 法语 \u3002\n她 学习 音乐 \u3002\r\n她们 去 法国 \u3002"


def read(text: str, **how: bool) -> list[list[str]]:
    return [list(sentence) for sentence in Corpus.from_text(text, **how).sentences]


# --- cut into words already ---------------------------------------------------------------------------------------


def test_blanks_part_words_and_lines_part_sentences() -> None:
    text = "Don\u2019t , x=1 e\u0301 _a_ end. More\n\n#tag\ta\u00a0b\u3000c \u2026\r\n \u0640 Ｗ"
    assert read(text, pretokenized=True) == [
        ["don\u2019t", ",", "x=1", "\u00e9", "_a_", "end.", "more"],
        ["#tag", "a", "b", "c", "\u2026"],
        ["\u0640", "\uff57"],
    ]
    assert read(text, pretokenized=True, lowercase=False)[0][0] == "Don\u2019t"
    assert read(CUT, pretokenized=True) == [line.split() for line in CUT.splitlines()]
    assert read(CUT) != read(CUT, pretokenized=True)


def test_only_what_cannot_be_seen_is_taken_out() -> None:
    assert read("\ufeffa\u00adb c\u200bd e\u202ef g\0h i\ud800j", pretokenized=True) == [
        ["ab", "c", "d", "ef", "g", "h", "i", "j"]
    ]


def test_what_was_cut_already_is_said_and_nothing_else() -> None:
    assert Corpus.from_text(CUT, pretokenized=True).notes == (PRETOKENIZED_NOTE,)
    notes = Corpus.from_text("a " + "x-" * 99 + " " + "\u0e01" * 30, pretokenized=True).notes
    assert [note[:20] for note in notes] == [PRETOKENIZED_NOTE[:20], "1 word was longer th"]
    assert ("x-" * 99)[:MAX_LETTERS] in Corpus.from_text(f"a {'x-' * 99}", pretokenized=True).tokens


@given(texts())
def test_words_written_one_line_a_sentence_are_read_as_they_were(text: str) -> None:
    try:
        once = Corpus.from_text(text)
    except ValueError:
        return
    written = "\n".join([" ".join(sentence) for sentence in once.sentences])
    again = Corpus.from_text(written, pretokenized=True, lowercase=False)
    assert again.sentences == once.sentences
    assert again.vocabulary.words == once.vocabulary.words


@given(
    st.text(TRICKY + "@#/:w\U0001f600\U0001f3fd\U0001f1e9", max_size=60) | st.text(max_size=60),
    READINGS,
    st.integers(1, 9),
)
def test_a_text_is_read_the_same_in_slices_and_whole(text: str, reading: Reading, length: int) -> None:
    whole = finished(cut_into_tokens(text, reading, slice_length=len(text) + 1))
    same(finished(cut_into_tokens(text, reading, slice_length=length)), whole)
    for word in whole.words:
        assert unicodedata.is_normalized("NFC", word)
        assert not any(c.isspace() or unicodedata.category(c) == "Cs" for c in word)


# --- Turkish --------------------------------------------------------------------------------------------------------


def test_turkish_letters_have_small_and_large_forms_of_their_own() -> None:
    text = "I\u011eDIR \u0130zmir I\u0307ZM\u0130R \u0131\u011fd\u0131r izmir ILIK"
    assert read(text, turkish=True) == [
        ["\u0131\u011fd\u0131r", "izmir", "izmir", "\u0131\u011fd\u0131r", "izmir", "\u0131l\u0131k"]
    ]
    assert read("ILIK ve ILIK", turkish=True) == [["\u0131l\u0131k", "ve", "\u0131l\u0131k"]]  # all of it ASCII
    assert len(Corpus.from_text(text).vocabulary) == 6
    assert read(text, turkish=True, lowercase=False) == read(text, lowercase=False)


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", Reading.__dataclass_fields__)
def test_how_a_text_is_read_is_a_setting_of_a_run_and_of_its_link(name: str) -> None:
    config = Config("I \u0131 a. b c! \U0001f600\ni B C", dim=2, epochs=1, **{name: not getattr(Config, name)})
    assert Config.from_query(config.to_query()) == config
    assert config.reading == Reading(**{name: getattr(config, name)})
    assert Run(config).corpus.sentences == Corpus.from_text(config.text, **{name: getattr(config, name)}).sentences
    assert Run(config).corpus.sentences != Corpus.from_text(config.text).sentences
