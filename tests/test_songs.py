"""Chords of a song are no words, wherever they stand; single letters in a text that is no song are what they were."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v.reading.kinds_of_text import kind_of, stripped

SONGS = {
    "above": "C       G       Am   F\nThe boat is red and old\nC/E     F#m7b5  Bbmaj7\n"
    "It goes at night\n| Dm7 | G7sus4 | x2\nI am a king\n",
    "of three chords": "G       C\nThe boat is red and old\nG       D\nIt goes at night\nG  C  D  G\nI am a king\n",
    "with names": "Intro: Am F C G\n\n[Verse 1]\nAm   F\nThe boat is red and old\n\n"
    "Chorus:\nC    G\nIt goes at night\n[Solo] Am F\nAm\nI am a king\n",
    "within": "{title: no}\n{soc}\nThe [Am]boat is [G]red and [C/E]old\n"
    "It [F#m7]goes at [D]ni[G]ght\n{eoc}\nI [Am]am a [F]king\n",
    "tablature": "e|--0--3--|\nB|--1--0--|\nAm    G\nThe boat is red and old\n"
    "Am    F   N.C.\nIt goes at night\nAm  F\nI am a king\n",
    "German": "H7    Em\nThe boat is red and old\nAm    H7   Em (x2)\nIt goes at night\nEm\nI am a king\n",
}


@pytest.mark.parametrize("name", SONGS)
@pytest.mark.parametrize("times", [1, 9])
def test_its_words_are_kept_line_by_line(name: str, times: int) -> None:
    text = SONGS[name] * times
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        kind = kind_of(shape)
        assert kind is not None
        assert "song" in kind.name
        found = stripped(shape)
        assert [line for line in found.splitlines() if line] == [
            "The boat is red and old",
            "It goes at night",
            "I am a king",
        ] * times
        assert kind_of(found) is None


NO_SONG = {
    "letters": "A B C D E F G\nH I J K L M N\nA B C\nthe boat is red\nA B C\nit is as easy as\n" * 3,
    "grades": "Anna\nA\nBen\nB\nCleo\nC\nDan\nA\nEve\nB\n" * 4,
    "what an editor put in": "[A]nd the king said: [C]ome. [H]e came, [A]nd saw.\n[B]ut nobody waited.\n" * 4,
    "answers": "What is red?\n[A] the boat [B] the sea [C] the sky\nWhat is far?\n[A] it [D] us [E] we\n" * 4,
    "German": "Am\nMorgen\nging der K\u00f6nig\nAm\nAbend\nkam er\nAm\nEnde\nblieb er\n" * 3,
    "lyrics": "[Anna]\nThe boat is red\n[Chorus]\nAh\nThe boat is old\nOh\n" * 4,
}


@pytest.mark.parametrize("name", NO_SONG)
def test_what_looks_like_one_is_none(name: str) -> None:
    assert kind_of(NO_SONG[name]) is None


PARTS = {
    "brackets": "[Verse 1]\nThe boat is red and old\n\n[Chorus]\nIt goes at night\n\n[Outro: Anna]\nI am a king\n",
    "repeated": "[Intro] x2\n\n[Verse]\nThe boat is red and old (x2)\nIt goes at night [2x]\n[Hook]\nI am a king x3\n",
    "colons": "Verse 1:\nThe boat is red and old\n\nChorus (2x):\nIt goes at night\n\nBridge:\nI am a king\n",
    "Spanish": "[Verso 1]\nThe boat is red and old\n[Coro]\nIt goes at night\n[Puente]\nI am a king\n",
    "a page": "12 ContributorsBoat Lyrics[Verse 1]\nThe boat is red and old\n\n[Chorus]\nIt goes at night\n"
    "You might also like[Verse 2]\nI am a king\n\n[Chorus]7Embed",
}


@pytest.mark.parametrize("name", PARTS)
def test_names_of_parts_are_no_words(name: str) -> None:
    for shape in (PARTS[name], PARTS[name].replace("\n", "\r\n"), "\ufeff" + PARTS[name]):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == "a song with the names of its parts, such as [Chorus]"
        found = stripped(shape)
        assert [line for line in found.splitlines() if line] == [
            "The boat is red and old",
            "It goes at night",
            "I am a king",
        ]
        assert kind_of(found) is None


@pytest.mark.parametrize(
    "text",
    [
        "CHORUS.\nO king, the sea is wide.\n\nSTROPHE 1\nThe boat is red.\n\nCHORUS\nNobody waits.\n" * 4,
        "[Chorus]\nO king, the sea is wide.\n[Anna]\nThe boat is red.\n" * 4,
        "The chorus: it sings.\nThe verse: it is read.\nBridge: a game of cards.\n" * 4,
        "(Bridge) is a game.\n[Solo] he went.\nIntro: so it begins.\n" * 4,
    ],
)
def test_a_chorus_in_a_play_stays(text: str) -> None:
    assert kind_of(text) is None


CHORDS = st.sampled_from(["A", "Am", "C", "G7", "F#m", "Bb", "Dsus4", "E/G#", "Cmaj7"])
LINES = st.lists(st.text(st.sampled_from("klmnopqrstuvw\u00e4"), min_size=1, max_size=7), min_size=1, max_size=7)


@settings(max_examples=60)
@given(st.lists(st.tuples(LINES, st.lists(CHORDS, min_size=2, max_size=5)), min_size=3, max_size=12), st.booleans())
def test_no_word_is_lost(lines: list[tuple[list[str], list[str]]], are_above: bool) -> None:
    song = "Am7   G7\nkk kk\nC   F\nkk kk\nGm  A7\nkk kk\n"
    if not are_above:
        song = "[Am7]kk [G7]kk\n[C]k[D]k [F]kk\n[Gm]kk kk[A7]\n"
    for words, chords in lines:
        if are_above:
            song += "    ".join(chords) + "\n" + " ".join(words) + "\n"
        else:
            song += " ".join(f"[{chord}]{word}" for chord, word in zip(chords * 4, words, strict=False)) + "\n"
    assert stripped(song).split() == ["kk"] * 6 + [word for words, _ in lines for word in words]


@pytest.mark.parametrize("piece", ["A ", "A\n", "[A]", "[Am]a ", "|-", "A#m7/", "{a", "Am (", "(a)"])
def test_no_text_takes_long(piece: str) -> None:
    for text in (piece * (200_000 // len(piece)), SONGS["above"] * 40 + piece * 20_000, (piece * 60 + "\n") * 900):
        begun = time.process_time()
        if kind_of(text):
            stripped(text)
        assert time.process_time() - begun < 1
