"""A file in place of a link: it opens exactly what a link would, and one that is hostile is refused in one sentence."""

import json
from dataclasses import replace
from typing import Any

import pytest

from pages.session import link, shared_file
from pages.session.link import Limits, Link
from tests.hostile import MARKUP
from w2v import PRESETS, Config

OWN = Config("The cat sat.\nThe dog sat.\r\n\nA \ud800 \U0001f600 cat, a dog.", dim=3, window=1, seed=7)


@pytest.mark.parametrize(
    "what",
    [
        Link(OWN, t=4, word="cat", level="numbers"),
        Link(replace(OWN, text=MARKUP), word="zqplain", part="nearest", limits=Limits(("settings", "pages"), True)),
        Link(replace(OWN, text="a b\n" * 300_000), t=0, present=True),
        Link(Config(PRESETS["royal"].text, objective="negative"), t=700),
        Link(Config(PRESETS["loop"].text), more={"one": "a", "vary": "dim"}, limits=Limits((), True)),
    ],
    ids=["own", "hostile words", "long", "preset", "more"],
)
def test_a_file_opens_what_was_saved(what: Link) -> None:
    page, found = shared_file.read(shared_file.write("training", what))
    assert (page, found) == ("training", what)
    assert shared_file.is_one("any", shared_file.write("", what))
    assert shared_file.read(shared_file.write("", what))[0] == ""


def test_a_file_that_an_editor_has_saved_still_opens() -> None:
    data = b"\xef\xbb\xbf" + shared_file.write("map", Link(Config("The cat sat.", dim=3))).replace(b"\n", b"\r\n")
    assert shared_file.is_one("any", data)
    assert shared_file.read(data) == ("map", Link(Config("The cat sat.", dim=3)))


def test_it_says_what_the_link_says() -> None:
    head, text = shared_file.write("map", Link(OWN, t=4, word="cat")).split(b"\n", 1)
    assert text.decode("utf-8", "surrogatepass") == OWN.text, "and the text as it is, to be read"
    said = json.loads(head)["query"]
    assert said == link.query_of(Link(OWN, t=4, word="cat"))
    assert link.read({**said, **Config(OWN.text).to_query()}).config == OWN


def head(**changes: Any) -> bytes:
    said = {"w2v": 1, "page": "training", "query": {"preset": "royal"}} | changes
    return json.dumps(said, separators=(",", ":")).encode()


HOSTILE = {
    "empty": b"",
    "the mark alone": shared_file.MARK,
    "a text": b"The king rules the land.",
    "no object": b'["w2v"]',
    "a tower": shared_file.MARK + b"[" * 9_000,
    "a tower of a megabyte": shared_file.MARK + b"[" * 1_000_000,
    "a long number": shared_file.MARK + b"9" * 9_000 + b"}",
    "a head without an end": shared_file.MARK + b'1,"page":"' + b"x" * 5_000_000,
    "no page": head(page=None),
    "a page elsewhere": head(page="../../../etc/passwd"),
    "a page of code": head(page="https://evil.example/"),
    "no query": head(query=None),
    "a query of lists": head(query={"preset": ["royal"]}),
    "a query of numbers": head(query={"dim": 8}),
    "a bomb": head(query={"text": "eNrtwTEBAAAAwqD1T20KP6AAAAA"}),
    "not UTF-8": head(query={}) + b"\n\xff\xfe",
    "no version": b'{"w2v":null,"page":"training","query":{}}\nThe cat sat.',
    "a later version": head(w2v=2),
    "no such preset": head(query={"preset": "<b>evil</b>"}),
    "no such setting": head(query={"preset": "royal", "dim": "1e99"}),
    "no text": head(query={}) + b"\n \n",
    "a long text": head(query={}) + b"\n" + b"a " * 3_000_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\.$") as refused:
        shared_file.read(data)
    said = str(refused.value)
    assert said.count("\n") == 0
    assert len(said) < 200
    assert "Traceback" not in said
