"""How a text is read: cut into words already, as in Turkish, with emoji; and what is offered where it would help."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import texts
from tests.test_tokens import TRICKY, same
from tests.visitor import config, fine, visit
from tests.visitor import texts as shown
from w2v import PRESETS, Config, Corpus, Run
from w2v.cli.command_line import main
from w2v.files.saved_run_reader import read_saved_run
from w2v.reading import offers as offered
from w2v.reading.characters import USUAL, Reading
from w2v.reading.line_wrap import unwrapped
from w2v.reading.offers import EMOJI_TOO, PRETOKENIZED, TURKISH, offers
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


# --- emoji, tags, links -----------------------------------------------------------------------------------------------

CHEMIST, FRANCE, SPAIN = "\U0001f469\u200d\U0001f52c", "\U0001f1eb\U0001f1f7", "\U0001f1ea\U0001f1f8"
NET = {
    "so \U0001f600 and \u2764\ufe0f\u2764\U0001f44d\U0001f3fd": "so \U0001f600 and \u2764 \u2764 \U0001f44d\U0001f3fd",
    f"by {CHEMIST} \U0001f469\ufe0f\u200d\U0001f52c": f"by {CHEMIST} {CHEMIST}",
    f"flag {FRANCE}{SPAIN} 1\ufe0f\u20e3": f"flag {FRANCE} {SPAIN} 1\u20e3",
    "RT @Kim_7: #Rainy_day, '#wet'!": "rt @kim_7 #rainy_day #wet",
    "c#d @ # ## no.#1 #\u96e8": "c d no #1 \u96e8",
    "\uff03sun": "#sun",
}


@pytest.mark.parametrize(("text", "words"), NET.items())
def test_emoji_and_tags_are_words_if_asked_for(text: str, words: str) -> None:
    read_as = [word for sentence in read(text + " qqq", emoji=True) for word in sentence]
    assert read_as == [*words.split(), "qqq"]
    plain = [word for sentence in read(text + " qqq") for word in sentence]
    assert not [word for word in plain if not word[0].isalnum()]
    assert Corpus.from_text("\U0001f600 \U0001f622", emoji=True).notes == ()


@pytest.mark.parametrize("emoji", [False, True])
def test_links_and_addresses_are_no_words(emoji: bool) -> None:
    text = (
        "see https://a.example/B?c=1#d. Then (http://b.example/x_(y)) ask FTP://c.example or WWW.d.example/; "
        "pic.e.example/abc\u732bhttp://f.example/g\u72ac write to First.Last+tag@mail.example, done\u2026"
        "https://i.example/wiki/M\u00fcller mailto:a@b.example ...http://j.example"
    )
    assert read(text, emoji=emoji) == [
        ["see"],
        ["then", "y", "ask", "or", "\u732b", "\u72ac", "write", "to", "done"],
    ]


def test_what_only_looks_like_a_link_is_read() -> None:
    text = "and/or 3.5/4 AC/DC U.S./U.K. mail@home www. http:// a.b@c"
    words = "and or 3 5 4 ac dc u s u k mail home www http a b c"
    assert [word for sentence in read(text) for word in sentence] == words.split()


def test_links_of_any_length_take_no_time() -> None:
    for part in ("a.", "a@", "aa.aa/", "@a", "www.", "http://", "#", "a\U0001f600\u200d"):
        Corpus.from_text("x y " + part * 200_000, emoji=True)


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", Reading.__dataclass_fields__)
def test_how_a_text_is_read_is_a_setting_of_a_run_and_of_its_link(name: str) -> None:
    config = Config("I \u0131|a. b,c!|\U0001f600\ni|B C", dim=2, epochs=1, **{name: not getattr(Config, name)})
    assert Config.from_query(config.to_query()) == config
    assert config.reading == Reading(**{name: getattr(config, name)})
    assert Run(config).corpus.sentences == Corpus.from_text(config.text, **{name: getattr(config, name)}).sentences
    assert Run(config).corpus.sentences != Corpus.from_text(config.text).sentences


# --- what is offered ------------------------------------------------------------------------------------------------

THAI = "\u0e09\u0e31\u0e19 \u0e0a\u0e2d\u0e1a \u0e1b\u0e25\u0e32 \u0e41\u0e21\u0e27 \u0e0a\u0e2d\u0e1a \u0e19\u0e21"
OFFERED = {
    "she plays the piano_concerto\nhe hears the piano_concerto": PRETOKENIZED,
    "NEW_YORK and\r\nSAN_FRANCISCO": PRETOKENIZED,
    CUT: PRETOKENIZED,
    "\ufeff" + CUT.replace(" ", "\u3000"): PRETOKENIZED,
    CUT[: len(CUT) // 3]: PRETOKENIZED,
    "わたし は りんご が すき です 。": PRETOKENIZED,
    THAI: PRETOKENIZED,
    "K\u0131rm\u0131z\u0131 elma": TURKISH,
    "I\u0307zmir": TURKISH,
    "so happy \u2764\ufe0f": EMOJI_TOO,
    "the #weather is wet": EMOJI_TOO,
    "thanks @kim": EMOJI_TOO,
}
NOT_CUT = (
    "她学习法语\u3002她学习音乐\u3002她们去法国\u3002",
    "她学习法语 她学习音乐\n她们去法国 她们听音乐",  # a blank for a comma
    "わたしはりんごがすきですが、あなたは みかんが すきだといいました。",
    THAI.replace(" ", "") * 3,
)
PROSE = "The king, who wore a crown, was old. The queen was not. " * 80
NOT_OFFERED = (
    "The king, who wore a crown, was old. The queen was not.",
    "her _very_ old _hat_ and __init__",
    "x_1 once",
    "# Heading\nwrite to kim@mail.example or see http://a.example/#top @ 5",
    "#天气 很好 @小明",  # of these each character is a word, with or without the mark
    "她 学 习 法 语",  # each character a word: as it is read anyway
    PROSE + "It was #1 in \u0130zmir, \u2600.",
    PROSE + "She calls piano_concerto and then string_quartet.",
    PROSE + "The signs say \u738b\u540e \u5973\u738b and \u56fd\u738b \u738b\u5b50.",
    "She calls piano_concerto, then string_quartet. He calls her, and she calls him.",
    "\ud55c\uad6d\uc5b4 \ubb38\uc7a5\uc740 \ub744\uc5b4 \uc4f4\ub2e4",  # Korean has blanks
)


@pytest.mark.parametrize(("text", "name"), OFFERED.items())
def test_another_reading_is_offered_where_something_speaks_for_it(text: str, name: str) -> None:
    (offer,) = offers(text, USUAL)
    assert offer.name == name
    assert offer.sentence.endswith(".")
    assert offers(text, Reading(**{name: True})) == ()


@pytest.mark.parametrize("text", NOT_CUT)
def test_what_is_written_without_blanks_is_not_taken_as_cut_but_can_be_cut(text: str) -> None:
    assert [offer.name for offer in offers(text, USUAL)] == [offered.CUT]
    assert offers(text, Reading(pretokenized=True)) == ()


@pytest.mark.parametrize("text", [*NOT_OFFERED, *[preset.text for preset in PRESETS.values()]])
def test_nothing_is_offered_for_other_texts(text: str) -> None:
    assert offers(text, USUAL) == ()


def test_case_that_is_kept_needs_no_turkish() -> None:
    assert offers("K\u0131rm\u0131z\u0131", Reading(lowercase=False)) == ()


def test_a_page_offers_another_reading_and_changes_nothing_before_it_is_taken() -> None:
    at = visit(epochs="1")
    at.text_area(key="pasted").set_value(CUT + "\nK\u0131z\u0131l Irmak \U0001f600").run()
    assert config(at).reading == USUAL
    fine(at.button(key="pretokenized").click().run())
    assert config(at).reading == Reading(pretokenized=True)
    assert PRETOKENIZED_NOTE in [text.value for text in at.text]
    fine(at.button(key="turkish").click().run())
    assert config(at).reading == Reading(pretokenized=True, turkish=True)
    assert "\u0131rmak" in Corpus.read(config(at).text, config(at).reading).vocabulary.ids
    assert not {"pretokenized", "turkish", "emoji"} & {button.key for button in at.button}
    at.button(key="running_text").click().run()
    assert "Left out, as no words: 1 emoji." in [text.value for text in at.text]
    fine(at.button(key="emoji").click().run())
    assert config(at).reading == Reading(turkish=True, emoji=True)
    assert not [text.value for text in at.text if text.value.startswith("Left out")]
    at.button(key="pretokenized").click().run()
    at.radio(key="preset").set_value("royal").run()
    assert config(at) == replace(Config(PRESETS["royal"].text), epochs=1)  # a preset is read as it was made to be


def test_the_line_on_top_says_how_the_text_is_read() -> None:
    at = visit(Config("a b c. b a d.", epochs=1, pretokenized=True, emoji=True), "training", level="numbers")
    assert "dimensions, already cut into words, emoji as words" in shown(at)
    assert "already cut" not in shown(visit(Config("a b c. b a d.", epochs=1), "training", level="numbers"))


def test_a_long_text_that_waits_is_read_as_asked_for() -> None:
    text = "\n".join([f"\u5979 \u5b66\u4e60 \u6cd5{chr(0x4E00 + i % 90)} w{i % 60}" for i in range(9_000)])
    at = visit(epochs="40")
    at.text_area(key="pasted").set_value(text).run()
    assert config(at).text != text
    fine(at.button(key="pretokenized").click().run())
    fine(at.button(key="watch").click().run())
    assert (config(at).text, config(at).reading) == (text, Reading(pretokenized=True))


def test_the_command_line_says_what_the_page_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    upper, lower = (
        "every gardener waters the old garden of the king at even-",
        "ing, every evening the king looks at all the roses there",
    )
    lines = "\n".join([upper, lower] * 9)
    name, out = tmp_path / "text.txt", tmp_path / "run.npz"
    name.write_text(f"{lines}\nK\u0131z\u0131l \U0001f600 http://a.example", encoding="utf-8")
    train = ["train", str(name), "--dim", "2", "--max-passes", "1", "--min-count", "2", "--force", "--out", str(out)]

    def said(*options: str) -> list[str]:
        assert main([*train, *options]) == 0
        return capsys.readouterr().err.splitlines()

    before = said()
    assert "A line end counts" in before[0]
    assert "--join-lines" in before[0]
    assert "Use --turkish to fold case as Turkish does." in before[1]
    assert before[2].endswith("Use --emoji to count emoji, #tags and @names as words.")
    assert before[3] == "Left out, as no words: 1 emoji and 1 link."
    assert any(
        re.fullmatch(r"The minimum count of 2 leaves out 1 of \d+ different words, [\d.]+ % .*", line)
        for line in before
    )
    joined = said("--join-lines", "--turkish", "--emoji")
    assert not [line for line in joined if "--" in line]
    saved = read_saved_run(out.read_bytes())
    assert saved.config.text == unwrapped(name.read_text(encoding="utf-8"))
    assert saved.config.reading == Reading(turkish=True, emoji=True)
    assert "Left out, as no words: 1 link." in joined
    assert "even-ing" not in saved.words
    assert PRETOKENIZED_NOTE in said("--pretokenized")
    assert "even-" in read_saved_run(out.read_bytes()).words
