"""Of a page exactly the words are kept that a reader sees: none is lost, made up, glued to another or cut."""

import random
import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

PIECES = {
    "a drop cap": ('<p><span class="first">T</span>he boat.</p>', "The boat."),
    "a word in two tags": ("<p>har<span>bo</span><b>r</b> har<wbr>bor</p>", "harbor harbor"),
    "links without a blank": ('<a href="/a">Boats</a><a href="/b">Harbors</a>', "Boats Harbors"),
    "cells": ("<table><tr><th>red</th><td>boat</td></tr><tr><td>far</td></tr></table>", "red boat\nfar"),
    "cells of lines": (
        "<table><tr><td>One<br>two</td><td>three<p>four</p></td></tr></table>",
        "One\ntwo\nthree\n\nfour",
    ),
    "cells without a table": ("<tr><td>red</td><td>boat</td></tr>", "red boat"),
    "a rule": ("The boat.<hr>The harbor.", "The boat.\nThe harbor."),
    "terms": ("<dl><dt>boat</dt><dd>It floats.</dd><dt>harbor</dt></dl>", "boat\nIt floats.\nharbor"),
    "sections": ("<section>boat</section><details><summary>more</summary>less</details>", "boat\nmore\nless"),
    "a form": ("<form>boat</form><button>Go</button><button>Stay</button><center>far</center>", "boat\nGo Stay\nfar"),
    "choices": ("<select><option>red<option>blue</select>", "red\nblue"),
    "readings": ("<p>the <ruby>harbor<rp>(</rp><rt>hafen</rt><rp>)</rp></ruby> is</p>", "the harbor is"),
    "numbers of notes": (
        '<p>The boat<sup>1</sup> is red.<sup><a href="#n">[2]</a></sup> It<a href="#m"><sup>3</sup></a> is '
        'old<a class="fnanchor" href="#o">[note]</a>.<sup>4, 5</sup></p>',
        "The boat is red. It is old.",
    ),
    "raised otherwise": ("<p>1<sup>st</sup> of 3 km<sup>2</sup>, H<sub>2</sub>O</p>", "1st of 3 km2, H2O"),
    "what is hidden": (
        '<p>boat</p><p hidden>no</p><p style="color:red; display: none">no</p><i style="visibility:hidden">no</i>',
        "boat",
    ),
    "what no browser shows": (
        "boat<template><p>no</p></template><noscript>no</noscript><video>no</video><iframe>no</iframe><canvas>no</canvas>",
        "boat",
    ),
    "a formula": ('<p>so <math><mi>x</mi><annotation encoding="tex">\\frac</annotation></math> is</p>', "so x is"),
}


@pytest.mark.parametrize("name", PIECES)
def test_a_page_has_the_words_that_are_seen(name: str) -> None:
    source, prose = PIECES[name]
    assert stripped(f"<html><head><title>no</title></head><body>{source}</body></html>") == prose
    lines = [line for line in stripped(f"<div>{source}</div>\n<div>end</div>").splitlines() if line]
    assert lines == [*[line for line in prose.splitlines() if line], "end"]


FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Boat news</title><link>https://a.example/</link>
<item><title>Red boats return</title><link>https://a.example/1</link><guid>a-1</guid>
<pubDate>Mon, 06 Sep 2021 00:01:00 +0000</pubDate>
<description>&lt;p&gt;The boat is &lt;b&gt;red&lt;/b&gt;.&lt;/p&gt;</description>
</item><item><title>Old harbors</title><description><![CDATA[<p>The harbor is <i>old</i>.</p>]]></description></item>
</channel></rss>"""
XML = {
    "a feed": (FEED, "Boat news\nRed boats return\nThe boat is red.\nOld harbors\n\nThe harbor is old."),
    "another feed": (
        "<feed><title>Boats</title><id>urn:x</id><updated>2020-01-01T00:00:00Z</updated>"
        '<author><name>Anna</name></author><entry><title>Red</title><link href="/a"/>'
        "<content><p>One <b>boat</b>.</p></content></entry></feed>",
        "Boats\nRed\nOne boat.",
    ),
    "a letter": (
        "<note><to>Anna</to><from>Ben</from><body>The boat is red.</body></note>",
        "Anna Ben\nThe boat is red.",
    ),
    "a book": (
        "<book><chapter><title>One</title><para>The boat <emphasis>is</emphasis> red.</para><para>So it is.</para>"
        "</chapter></book>",
        "One\nThe boat is red.\nSo it is.",
    ),
    "sentences": ("<c><s>The boat is red.</s><s>It is old.</s></c>", "The boat is red.\nIt is old."),
    "words": ("<c><s>\n<w>The</w>\n<w>boat</w>\n</s></c>", "The boat"),
    "a headline": ("<TEI><text><head>Chapter one</head><p>The boat.</p></text></TEI>", "Chapter one\n\nThe boat."),
    "what it declares": (
        '<?xml version="1.0"?>\n<!DOCTYPE d [<!ELEMENT d (#PCDATA)>]>\n<d><p>The boat.</p></d>',
        "The boat.",
    ),
    "a picture": ('<book><p>The boat.</p><binary id="a">AAAABBBB</binary></book>', "The boat."),
    "what is said": ('<t><text start="0">the boat is</text><text start="2">red now</text></t>', "the boat is red now"),
    "pages": ('<doc id="1">\nThe boat.\n\n</doc>\n<doc id="2">\nThe harbor.\n\n</doc>', "The boat.\nThe harbor."),
}


@pytest.mark.parametrize("name", XML)
def test_xml_has_its_titles_and_texts_and_nothing_of_how_they_are_kept(name: str) -> None:
    source, prose = XML[name]
    assert [line for line in stripped(source).splitlines() if line] == [line for line in prose.splitlines() if line]


def _random_page(chance: random.Random, words: list[str], depth: int) -> str:
    """A page of blocks and inline tags in each other; its visible words are added to `words`."""
    parts = []
    for _ in range(chance.randint(1, 4)):
        kind = chance.randrange(7) if depth else 0
        if kind <= 1:
            run = [f"w{len(words) + i}" for i in range(3)]
            words.extend(run)
            cut = f"<{(tag := chance.choice(['b', 'span', 'i', 'a', 'font', 'em']))}>{run[1][:1]}</{tag}>{run[1][1:]}"
            parts.append(f" {run[0]} {cut} {run[2]}{chance.choice(['', '<!-- no -->', '&shy;', '<wbr>'])} ")
        elif kind == 2:
            tags = ["p", "div", "section", "blockquote", "article", "dd", "li", "h2", "form", "center", "details"]
            tag = chance.choice(tags)
            parts.append(f"<{tag}>{_random_page(chance, words, depth - 1 if tag not in ('p', 'h2') else 0)}</{tag}>")
        elif kind == 3:
            cells = "".join(f"<td>{_random_page(chance, words, depth - 1)}</td>" for _ in range(3))
            parts.append(f"<table><tr>{cells}</tr></table>")
        elif kind == 4:
            listed = "".join(f"<li>{_random_page(chance, words, depth - 1)}</li>" for _ in range(2))
            parts.append(chance.choice(["<ul>{}</ul>", "<ol start=7>{}</ol>"]).format(listed))
        elif kind == 5:
            parts.append('<div hidden>no</div><script>no</script><img alt="no" title="no"><style>no</style>')
        else:
            words += [f"w{len(words)}", f"w{len(words) + 1}"]
            parts.append(f"<div>{words[-2]}</div>{words[-1]}<hr>")
    return "".join(parts)


@pytest.mark.parametrize("seed", range(40))
def test_pages_made_by_chance_have_their_words_in_order(seed: int) -> None:
    words = ["boat"]
    page = _random_page(random.Random(seed), words, 5)
    found = (
        stripped(f"<html><head><title>no</title></head><body><p>boat</p>{page}</body></html>")
        .replace("\u00ad", "")
        .split()
    )
    assert found == words


@pytest.mark.parametrize(
    "mark", ["\x01", "&#1;", "&#x1;", "&#00031;", "\ufffe", "&#xFFFF;", "&#65534;", "\x0b", "&#x0C;"]
)
def test_control_characters_end_no_page(mark: str) -> None:
    for source in (
        f"<d><x>boat{mark}</x></d>",
        f"<tr><td>boat{mark}<td hidden>no</td></tr>",
        f"<p>boat<rt>no</rt>{mark}</p>",
    ):
        assert stripped(source) == "boat"
    assert stripped(f"<p>The{mark}boat &#13; &#x1F6A2; &#160;.</p>").split() == ["The", "boat", "\U0001f6a2", "."]


def test_prose_in_tags_that_html_lacks_is_xml_and_pages_with_some_are_not() -> None:
    page = "<div><p>The <my-word>boat</my-word> is <o:p>red</o:p>.</p><title>no</title></div>"
    assert kind_of(page) is not None
    assert stripped(page) == "The boat is red."


@pytest.mark.parametrize("begin", ["<p>", "<d><x>", "<b>"])
@pytest.mark.parametrize(
    "piece",
    ["<sup>1</sup>", "<span>a</span>", "<span>", "<td>", "<table><tr><td>", "a\n", "\n", "<x>", "<!doctype [", "<sup>",
     "<w>a</w>\n", "<p hidden>", "<rt>", "<td><font>", "&lt;p&gt;"],
)  # fmt: skip
def test_no_page_takes_long(begin: str, piece: str) -> None:
    begun = time.process_time()
    stripped(begin + "boat" + piece * (60_000 // len(piece)))
    assert time.process_time() - begun < 1
