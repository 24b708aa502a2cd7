"""Of a post to a forum what a reader sees is kept: no mark of BBCode is a word, and no word is lost in them."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v.reading.kinds_of_text import kind_of, stripped

HEAD = "The [b]boat[/b] is [i]red[/i]. "
PIECES = {
    "links": (
        "See [url=https://no.example/no]the harbor[/url] or [url]https://no.example/no[/url].",
        "See the harbor or .",
    ),
    "quotations": (
        '[quote="no"]Where is [u]it[/u]?[/quote]There. [QUOTE=no;12]So?[/QUOTE]'
        "[quote author=no link=no=1.2 date=3]No.[/quote]",
        "Where is it?\nThere.\nSo?\n\nNo.",
    ),
    "how it looks": (
        "[color=#f00]One[/color] [size=14pt]t[font=no]w[/font]o[/size] [B:3fa9c]three[/B:3fa9c].",
        "One two three.",
    ),
    "lists": ("[list=1][*]One[*]two [b]three[/b][/list][list]\n[*] four\n[/list]", "One\ntwo three\n\nfour"),
    "what is no text": (
        "One[img width=100]https://no.example/no.png[/img] two[code]no = no[0] [b]no[/b][/code]"
        " three[youtube]no[/youtube]",
        "One two three",
    ),
    "never closed": ("One [code]two [img]three [quote]four", "One two three\nfour"),
    "what the author put in brackets": (
        "He [sic] said [1] so [to me] and [Anna].",
        "He [sic] said [1] so [to me] and [Anna].",
    ),
}


@pytest.mark.parametrize("name", PIECES)
def test_what_a_reader_sees_is_kept(name: str) -> None:
    source, prose = PIECES[name]
    for shape in (HEAD + source, (HEAD + source).replace("\n", "\r\n"), "\ufeff" + HEAD + source):
        kind = kind_of(shape)
        assert kind is not None
        assert "BBCode" in kind.name
        found = stripped(shape)
        assert found.removeprefix("The boat is red.").strip() == prose
        assert kind_of(found) is None


NO_POST = {
    "lyrics": "[Anna]\nThe boat is red\n[Chorus]\n(oh) [x2]\nThe boat is old\n" * 4,
    "letters": "The king[s] saw [i] a boat, [b] a ship [u] and [i] nobody.\n" * 4,
    "code": "x = a[i] / b[s]; y = a[b]/[i]\n" * 4,
}


@pytest.mark.parametrize("name", NO_POST)
def test_other_brackets_are_none(name: str) -> None:
    assert kind_of(NO_POST[name]) is None


def _post(chance: random.Random, words: list[str], depth: int) -> str:
    """Marks in each other, whose words are added to `words` where a reader sees them."""
    parts = []
    for _ in range(chance.randint(1, 3)):
        words.append(f"w{len(words)}")
        parts.append(words[-1])
        if depth:
            mark, value = chance.choice(
                [("b", ""), ("quote", "=no"), ("size", "=7"), ("LIST", ""), ("url", "=no.example/no")]
            )
            parts.append(f"[{mark}{value}]{_post(chance, words, depth - 1)}[/{mark}]")
            parts.append(chance.choice(["[img]no.png[/img]", "[code]no[/code]", "[*]", "\n", "[hr]", "[u][/u]"]))
    return " ".join(parts)


@given(st.integers(0, 10**6))
def test_posts_made_by_chance_have_their_words_in_order(seed: int) -> None:
    words: list[str] = []
    post = _post(random.Random(seed), words, 4)
    assert stripped(HEAD + post).split() == ["The", "boat", "is", "red.", *words]


@pytest.mark.parametrize("piece", ["[b]", "[/b]", "[code]", "[url]", "[url=", "[", "[b][/b]", "[/", "[quote]"])
def test_no_text_takes_long(piece: str) -> None:
    for unit in (piece, piece + "\n"):
        begun = time.process_time()
        stripped(HEAD * 60 + unit * (100_000 // len(unit)))
        assert time.process_time() - begun < 1
