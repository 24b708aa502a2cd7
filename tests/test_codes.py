"""Codes that stand where letters were are read as these letters; programs, tables and prose keep theirs."""

import json
import quopri
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quick import assert_quick
from tests.test_prose_stays import sentences
from w2v.reading.for_machines import said_of_program
from w2v.reading.kinds_of_text import kind_of, stripped

NAME = "written with codes for letters, such as \\u00f6 or =C3=B6"
GERMAN = (
    "Der K\u00f6nig ging in den Garten und sah die K\u00f6nigin, die dort sa\u00df und von dem Meer sprach.\n"
    "Das Meer ist gro\u00df. Er sagte: \u201eDie T\u00fcr ist gr\u00fcn.\u201c Da stand er auf, und \u00c4rger gab nie."
)
RUSSIAN = (
    "\u041a\u043e\u0440\u043e\u043b\u044c \u0432 \u0437\u0430\u043c\u043a\u0435.\n"
    "\u041e\u043d \u0441\u043f\u0438\u0442. \u041d\u0435\u0442, \u043d\u0435\u0442."
)
ENGLISH = "The king wasn\u2019t there. The queen\u2019s boat isn\u2019t red, \u201cand so it is\u201d, he said."
LONG = (
    "The king came to the harbor and looked for the boat of the queen, which was as red as the roses in the garden of "
    "the old house that nobody knew, and when he saw that it was gone he went home and wept for the whole night long."
)


def of_mail(text: str, encoding: str = "utf-8") -> str:
    return quopri.encodestring(text.encode(encoding)).decode()


def as_bytes(text: str) -> str:
    return "\n".join([repr(line.encode()) for line in text.split("\n")])


CASES = [
    (json.dumps(GERMAN)[1:-1], GERMAN),
    (json.dumps(GERMAN.upper())[1:-1], GERMAN.upper()),
    (json.dumps(GERMAN + " \U0001f600")[1:-1], GERMAN + " \U0001f600"),
    (json.dumps(RUSSIAN)[1:-1], RUSSIAN),
    (json.dumps(ENGLISH)[1:-1], ENGLISH),
    (GERMAN.replace("\u201e", "").replace("\u201c", "").encode("latin-1").decode("ascii", "backslashreplace"), None),
    (as_bytes(GERMAN), GERMAN),
    (as_bytes(RUSSIAN), RUSSIAN),
    (of_mail(GERMAN), GERMAN),
    (of_mail(GERMAN, "cp1252"), GERMAN),
    (of_mail(RUSSIAN), RUSSIAN),
    (of_mail(ENGLISH), ENGLISH),
    (of_mail("\n".join([LONG] * 3)), "\n".join([LONG] * 3)),
    (quote(GERMAN), GERMAN),
    (quote(RUSSIAN).lower(), RUSSIAN),
]


@pytest.mark.parametrize(("text", "right"), CASES)
def test_codes_become_letters(text: str, right: str | None) -> None:
    right = right or GERMAN.replace("\u201e", "").replace("\u201c", "")
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text, text + "\n"):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == NAME
        assert said_of_program(shape) == ""
        assert stripped(shape).replace("\r\n", "\n") == right


def test_octal_codes_are_bytes_too() -> None:
    text = "".join([f"\\{byte:03o}" if byte > 127 else chr(byte) for byte in GERMAN.encode()])
    assert stripped(text) == GERMAN


def test_a_page_within_a_mail_is_one_behind_its_codes() -> None:
    page = f'<html><body><p class=3D"a">{of_mail(GERMAN)}</p></body></html>\n'
    assert "K\u00f6nigin" in stripped(page)
    assert "=C3" not in stripped(page)


@pytest.mark.parametrize(
    "text",
    [
        "color=FFAA00 name=CELL\nTYPE=CELL;size=10\nTEL;TYPE=CELL:1\n" * 4,
        "a = 10\nb=20 und c=30, so ist es eben.\nd=E4 sagt er.\n" * 4,
        'In \\LaTeX one writes \\"a, \\xi and \\nu, and so on.\nHe also wrote \\u00f6 once.\n' * 4,
        "+ What can be set before it goes out, and by whom it may be:\n+ Boat=\n+ Harbor=\n+ Sea=\n" * 9,
        "Of 100 %, 50%Alle sind da, 20%Bald noch mehr. Es sind 30%Eben.\n" * 4,
        "It goes to C:\\new\\xray\\users\\boats, and C:\\temp\\red.\n" * 4,
        "[\\u4e00-\\u9fff] and [\\u0400-\\u04ff] are what is looked for, and \\u2028 is left out.\n" * 4,
    ],
)
def test_what_only_looks_like_codes_stays(text: str) -> None:
    kind = kind_of(text)
    assert kind is None or kind.name != NAME


def test_a_program_keeps_its_codes() -> None:
    text = (
        'const word = "K\\u00f6nig";\nlet other = "sch\\u00f6n";\nif (word === other) {\n  show("gr\\u00fcn");\n}\n' * 3
    )
    assert kind_of(text) is None
    assert said_of_program(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences(), min_size=4, max_size=20), st.sampled_from([" ", "\n", "\n\n"]))
def test_prose_comes_back_as_it_was(sentences: list[str], between: str) -> None:
    text = unicodedata.normalize("NFC", between.join(sentences))
    for coded in (json.dumps(text)[1:-1], of_mail(text)):
        if (kind := kind_of(coded)) is not None and kind.name == NAME:
            assert stripped(coded) == text.strip()


@pytest.mark.parametrize(
    "piece", ["\\u00f6", "\\u00f6 ", "a\\x", "=E4", "=E4=\n", "=\n", "= \t", "%C3", "\\\\", "\\303", "\\ud83d", "a=E4b"]
)
def test_no_codes_take_long(piece: str) -> None:
    assert_quick(CASES[0][0], piece * (100_000 // len(piece)))
