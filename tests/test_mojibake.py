"""Letters that were decoded wrongly are named and mended, and right ones are never touched."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v import PRESETS
from w2v.reading.mojibake import mended, mojibake

RIGHT = {
    "english": "Don\u2019t go, it\u2019s the \u201clast\u201d boat \u2013 the caf\u00e9\u2026",
    "german": "Der K\u00f6nig a\u00df S\u00fc\u00dfes in M\u00fcnchen, \u201eschon wieder\u201c.",
    "french": "O\u00f9 est l\u2019\u00e9t\u00e9 ? \u00abL\u00e0-bas\u00bb. \u00c7a va.",
    "czech": "P\u0159\u00edli\u0161 \u017elu\u0165ou\u010dk\u00fd k\u016f\u0148",
    "turkish": "\u0130stanbul\u2019da ya\u011fmur ya\u011f\u0131yor, \u00e7ok g\u00fczel.",
    "russian": "Привет, король и королева.",
    "arabic": "\u0645\u0644\u0643 \u0648\u0645\u0644\u0643\u0629",
    "chinese": "\u56fd\u738b\u559c\u6b22\u82f9\u679c\u3002",
    "portuguese": "A irmã e o irmão não estão lá. AMANHÃ ÀS TRÊS, DE MANHÃ E À NOITE.",
    "vietnamese": "Nh\u00e0 vua v\u00e0 ho\u00e0ng h\u1eadu s\u1ed1ng trong cung \u0111i\u1ec7n.",
    "marks": "\u20ac 5, \u00a7 3, 20 \u00b0C, \u00bd, \u00a9 \u00e2 la carte",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_letters_are_never_touched(name: str) -> None:
    for text in (RIGHT[name], RIGHT[name].upper(), f"{RIGHT[name]}\r\n\n\ta  b\u00a0c\u200b \ufb01 \uff21 \x85"):
        assert mended(text) == text
        assert mojibake(text) == ""


@pytest.mark.parametrize("name", [name for name in RIGHT if name != "marks"])
@pytest.mark.parametrize("times", [1, 2])
def test_wrong_letters_are_mended(name: str, times: int) -> None:
    wrong = RIGHT[name]
    for _ in range(times):
        wrong = wrong.encode().decode("latin-1")
    for text in (wrong, f"A line that is right: \u00e9\u00e9.\r\n{wrong}\n", wrong * 30):
        assert mended(text) == text.replace(wrong, RIGHT[name])
        assert mojibake(text).startswith("Letters of this text were decoded wrongly")


def test_what_stands_where_which_letters_were_is_said() -> None:
    wrong = "Don\u00e2\u20ac\u2122t. K\u00c3\u00b6nig. It\u00e2\u20ac\u2122s."
    assert mojibake(f"caf\u00e9\n{wrong}") == (
        "Letters of this text were decoded wrongly before it came here: "
        "\u00e2\u20ac\u2122 stands where an apostrophe was and \u00c3\u00b6 stands where \u00f6 was."
    )


def test_a_closing_quote_that_lost_a_byte_is_mended() -> None:
    assert (
        mended("\u00e2\u20ac\u0153here\u00e2\u20ac. \u00e2\u20ac\u0153so\u00e2\u20ac")
        == "\u201chere\u201d. \u201cso\u201d"
    )


@pytest.mark.parametrize("key", PRESETS)
def test_presets_are_right(key: str) -> None:
    assert mojibake(PRESETS[key].text) == ""


@given(st.text(max_size=60))
def test_any_text_is_looked_at(text: str) -> None:
    assert mojibake(text) == "" or mended(text) != text


def test_a_long_text_takes_no_time() -> None:
    begun = time.process_time()
    for name in RIGHT:
        mojibake(f"{RIGHT[name]}\n" * (200_000 // len(RIGHT[name])))
    assert time.process_time() - begun < 3
