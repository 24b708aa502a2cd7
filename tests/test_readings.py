"""Of Japanese texts readings beside the characters are taken out; what else stands in brackets stays."""

import pytest

from tests.quick import assert_quick
from w2v.reading.kinds_of_text import kind_of, stripped

# The king went to the garden. The queen sees the boat and the sea.
WORDS = [
    "\u738b\u69d8",
    "\u306f",
    "\u5ead",
    "\u306b",
    "\u884c",
    "\u304f\u3002",
    "\u5973\u738b",
    "\u306f",
    "\u8239",
    "\u3068",
]
WORDS += ["\u6d77", "\u3092", "\u898b", "\u308b\u3002"]
READ = [
    "\u304a\u3046\u3055\u307e",
    "",
    "\u306b\u308f",
    "",
    "\u3044",
    "",
    "\u3058\u3087\u304a\u3046",
    "",
    "\u3075\u306d",
    "",
]
READ += ["\u3046\u307f", "", "\u307f", ""]
PLAIN = "".join(WORDS)
BRACKETS = {"of Aozora Bunko": "\u300a\u300b", "wide": "\uff08\uff09", "of ASCII": "()"}


def with_readings(marks: str, before: str = "") -> str:
    return "".join(
        [f"{before}{word}{marks[0]}{read}{marks[1]}" if read else word for word, read in zip(WORDS, READ, strict=True)]
    )


@pytest.mark.parametrize("name", BRACKETS)
def test_readings_are_taken_out(name: str) -> None:
    text = "\n".join([with_readings(BRACKETS[name])] * 3)
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == "Japanese with readings beside its characters"
        assert stripped(shape) == "\n".join([PLAIN] * 3)


def test_a_book_of_aozora_bunko_is_its_text() -> None:
    rule, remark = "-" * 55, "\uff3b\uff03\uff12\u5b57\u4e0b\u3052\uff3d"
    explained = (
        f"{rule}\n\u3010\u8a18\u53f7\u3011\n\n\u300a\u300b\uff1a\u30eb\u30d3\n\uff5c\uff1a\u59cb\u307e\u308a\n{rule}\n"
    )
    source = "\u5e95\u672c\uff1a\u300c\u672c\u300d\n1999\u5e74\n"
    body = f"{remark}{with_readings(BRACKETS['of Aozora Bunko'], chr(0xFF5C))}\n{PLAIN}\u203b{remark}"
    text = f"\u6d77\n\n{explained}\n{body}\n\n\n{source}"
    assert stripped(text) == f"\u6d77\n\n{PLAIN}\n{PLAIN}"


@pytest.mark.parametrize(
    "text",
    [
        "\u300a\u6d77\u300b\u3068\u300a\u8239\u300b\u3092\u8aad\u3080\u3002\u300a\u5ead\u300b\u3082\u3002"
        * 4,  # titles
        "\u738b\u69d8\uff08\u6d77\u306e\u738b\uff09\u306f\u5ead\u306b\u884c\u304f\uff08\u304b\u3082\uff09\u3002" * 4,
        "\u300a\u7ea2\u697c\u68a6\u300b\u548c\u300a\u897f\u6e38\u8bb0\u300b\u5f88\u957f\u3002" * 4,  # Chinese titles
        "\u300a\u3053\u3053\u308d\u300b\u3068\u300a\u304b\u3082\u3081\u300b\u3092\u8aad\u3080\u3002" * 4,  # in kana
        PLAIN * 8,
    ],
)
def test_what_else_stands_in_brackets_stays(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    "piece",
    [
        "\u300a",
        "\u300a\u3042",
        "\u738b\uff08\u3042",
        "\uff3b\uff03",
        "-" * 20 + "\n\u3010\n",
        "(",
        "\u5e95\u672c\uff1a\n",
    ],
)
def test_no_readings_take_long(piece: str) -> None:
    assert_quick(with_readings("()"), piece * (100_000 // len(piece)))
