"""Numbers of verses are no words, however they stand: alone, in brackets, as signs, or behind the name of the book."""

import pytest

from tests.quick import assert_quick
from w2v.reading.kinds_of_text import kind_of, stripped

VERSES = [
    "And the king went out to the sea, and he saw a boat.",
    "The boat was red; and nobody waited for it there,",
    "For the queen was in the garden of the old house.",
    "And so it was, and it was good.",
] * 3
BY_BOOK = {
    "a book on each line": "Genesis {chapter}:{verse} {said}\n",
    "short": "1 Kgs. {chapter}:{verse} - {said}\n",
    "several words": "Song of Songs {chapter}:{verse}\t{said}\n",
    "German": "1. Mose {chapter},{verse} {said}\n",
    "in brackets": "[Gen {chapter}:{verse}] {said}\n",
    "brackets": "[{verse}] {said} ",
    "round ones": "({verse}) {said} ",
    "chapters too": "[{chapter}:{verse}] {said} ",
}


@pytest.mark.parametrize("name", BY_BOOK)
def test_what_is_said_is_kept(name: str) -> None:
    text = "".join(
        [BY_BOOK[name].format(chapter=c, verse=v, said=said) for c in (3, 4) for v, said in enumerate(VERSES, 1)]
    )
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        assert kind_of(shape) is not None
        found = stripped(shape)
        assert found.split() == " ".join(VERSES * 2).split()
        assert kind_of(found) is None


@pytest.mark.parametrize(
    "form", ["{said} \ufd3f{n}\ufd3e ", "{said} \u06dd{n} ", "{said} \ufd3f{n}\ufd3e\n", "{said}\ufd3e{n}\ufd3f "]
)
def test_signs_of_the_quran_end_verses(form: str) -> None:
    said = [
        "\u0642\u0627\u0644 \u0627\u0644\u0645\u0644\u0643",
        "\u0641\u064a \u0627\u0644\u0628\u062d\u0631",
        "\u0643\u0627\u0646",
    ]
    text = "".join([form.format(said=verse, n=n) for verse, n in zip(said, "\u0661\u0662\u0663", strict=True)])
    assert stripped(text).split("\n") == said


@pytest.mark.parametrize(
    "text",
    [
        "He had [1] a boat, [2] a house, and [3] a garden, and the king[s] of [4] had none. " * 3,
        "As (3) says, and (7) and (2) after it, the sea is wide (9) and the boat (4) is red. " * 6,
        "Genesis 1:1 is where it begins.\nHe read on, and slept.\nPsalm 23:4 came last.\nAnd so on.\n" * 4,
        "At Berlin 3:1 they lost.\nAt Rome 2:2 they drew.\nAt Paris 0:4 they won.\nAt Oslo 5:1 they lost.\n" * 4,
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    "piece", ["[1] a ", "(1) ", "a 1:1 ", "Gen 1:1 a\n", "1 a 1:1 a\n", "\u06dd1", "\ufd3f1", "[aa 1:1"]
)
def test_no_verses_take_long(piece: str) -> None:
    assert_quick(
        "".join([f"Genesis 1:{i} {said}\n" for i, said in enumerate(VERSES, 1)]), piece * (100_000 // len(piece))
    )
