"""Of the source of a page of Wikipedia what a reader sees in its running text is kept, in order, and no more."""

import random
import time
from itertools import count

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped, stripping

HEAD = "The '''boat''' is [[red]].\n"
PIECES = {
    "links": (
        "A [[ship|vessel]] in [[harbor (sea)|]], [[sea]]s, [[:Category:Boats]], [[wikt:far|far]] [[#top|up]].",
        "A vessel in harbor, seas, Category:Boats, far up.",
    ),
    "other pages": ("[[Category:No]]\n[[Kategorie:No|no]]\n[[de:No]]\n[[no:No]]\nBoat [[Rubrik:No]].", None),
    "pictures": (
        "[[File:no.jpg|thumb|200px|alt=no|An [[old]] boat]]\n[[Datei:no.png|mini|Ein Boot]]\n[[Image:no.svg]]\nSo.",
        "An old boat\n\nEin Boot\n\nSo.",
    ),
    "a gallery": (
        "<gallery>\nFile:no.jpg|An [[old]] boat, ''red''\nFile:No.jpg\nFile:no.jpg|alt=no|At sea\n</gallery>\nSo.",
        "An old boat, red\nAt sea\n\nSo.",
    ),
    "notes": ('One<ref name="a">no {{no|no}}</ref> two<ref name=no /> three.<references>no</references>', None),
    "a note never closed": ("One<ref>two three.\n\nFour.", "Onetwo three.\n\nFour."),
    "templates": (
        "{{Box\n| no = {{no|no}}\n| no = [[no]]\n}}\nThe {{lang|fr|bateau}} is {{nowrap|very old}}{{no}}.",
        "The bateau is very old.",
    ),
    "measures": (
        "It is {{convert|5|km|mi}} off, {{cvt|3.5|m|abbr=on}} long, {{Convert|3|to|5|mi|km}} out, {{frac|3|1|2}} or "
        "{{sfrac|1|2}} or {{val|7|u=km}} in{{nbsp}}{{circa|1900}}, {{formatnum:12000}} times{{snd}}so {{as of|2001}}.",
        "It is 5 km off, 3.5 m long, 3 to 5 mi out, 3 1/2 or 1/2 or 7 km in c. 1900, 12000 times \u2013 so As of 2001.",
    ),
    "names": (
        "{{USS|Boat|no=no}} and {{ship|HMS|Boat}} of {{flag|Norland}}, {{langx|de|Boot}}, {{ill|Anna|de|lt=no}}{{'s}}.",
        "USS Boat and HMS Boat of Norland, Boot, Anna's.",
    ),
    "measures of nothing": ("So {{convert}}{{convert|no|no}}{{frac}}{{val}}{{c.}} it{{nbsp}}is{{no|5|km}}.", None),
    "never closed": ("The {{boat is [[far. \n\nIt's 'old'.\n== So ==\nIt is.", "The boat is far.\n\nIt's 'old'."),
    "the end of a box": ("| no = no\n}}\n]] So it is.", "So it is."),
    "a table": (
        '{| class="no"\n|+ Boats\n|-\n! Year !! style="no" | Owner\n|-\n| 1901 || [[Anna]]\n| colspan=2 | Ben\n|}\nSo.',
        "Boats\n\nYear Owner\n\n1901 Anna\nBen\n\nSo.",
    ),
    "lists": ("* One\n** ''two''\n# three\n: four\n; five\n----\nsix", "One\ntwo\nthree\nfour\nfive\n\nsix"),
    "outside": ("[https://no.example/no The page] is [http://no.example/no] here.", "The page is here."),
    "code and formulas": ("So <math>no</math> it<source lang=no>\nno\n</source> is<!-- no --> far&nbsp;off.", None),
    "tags and switches": ("__NOTOC__\nOne<br />two <small>three</small>", "One\ntwo three"),
    "a redirect": ("#REDIRECT [[No no]]\nSo.", "So."),
}


@pytest.mark.parametrize("name", PIECES)
def test_what_a_reader_sees_is_kept(name: str) -> None:
    source, prose = PIECES[name]
    for text in (f"{HEAD}== One ==\n{source}", f"<!-- no -->\n{HEAD}{HEAD}\n{source}"):
        for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
            kind = kind_of(shape)
            assert kind is not None
            assert "wiki" in kind.name
            found = stripped(shape)
            assert kind_of(found) is None
            assert not {"no", "No", "ref", "box", "class"} & set(found.replace("|", " ").replace(".", " ").split())
            assert "The boat is red." in found
            if prose is not None:
                assert found.endswith(prose) or prose in found


def test_a_dump_is_read_as_xml_and_then_as_pages() -> None:
    page = "<page><title>Boat {}</title><ns>0</ns><revision><id>99</id><text>The '''boat''' is a [[ship|vessel]]" + (
        ".&lt;ref&gt;No&lt;/ref&gt;\n\n== Age ==\nIt is [[old]].</text><sha1>no</sha1></revision></page>"
    )
    dump = "".join(page.format(i) for i in range(3))
    for source in (f"<mediawiki>{dump}</mediawiki>", dump[dump.index("<ns>") :]):
        found = stripped(source)
        assert found.count("The boat is a vessel.") == found.count("It is old.") == 3
        assert not {"no", "No", "ref"} & set(found.replace("<", " ").replace(">", " ").split())


def test_notes_in_markdown_stay_what_they_are() -> None:
    kind = kind_of(
        "# Boats\n\nThe **boat** is in the [[harbor]], see [this](https://a.example/b) and [[sea|far]].\n\n[[a]]"
    )
    assert kind is not None
    assert kind.name == "Markdown"


def _random_page(chance: random.Random, words: list[str], depth: int, number: "count[int]") -> str:
    """Text of words in marks, added to `words` where a reader sees them; "no" stands where nobody does."""

    def word() -> str:
        words.append(f"w{next(number)}")
        return words[-1]

    parts = []
    for _ in range(chance.randint(1, 4)):
        match chance.randrange(9) if depth else 0:
            case 0 | 1:
                parts.append(f"{word()} '''{word()}''' ''{word()}'' ")
            case 2:
                parts.append(f"[[no|{word()} {word()}]] [[{word()}]] ")
            case 3:
                parts.append("{{no|" + _random_page(chance, [], depth - 1, count(10**6)).replace("w", "no") + "}} ")
            case 4:
                parts.append(f"<ref name='no'>{{{{no|no=[[no]]}}}} no</ref>\n== {word()} ==\n")
            case 5:
                parts.append(f"[[File:no.jpg|thumb|no=no|{word()} [[no|{word()}]] {word()}]]\n")
            case 6:
                parts.append(f"\n* {_random_page(chance, words, depth - 1, number)}\n")
            case 7:
                parts.append(f"\n{{| no=no\n|-\n| {word()} || {word()}\n! no=no | {word()}\n|}}\n")
            case _:
                parts.append(f"<!-- no -->{{{{nowrap|{word()}}}}} [https://no.example/no {word()}] ")
    return "".join(parts)


@pytest.mark.parametrize("seed", range(60))
def test_pages_made_by_chance_have_their_words_in_order(seed: int) -> None:
    words: list[str] = []
    page = _random_page(random.Random(seed), words, 5, count())
    assert stripped(f"{HEAD}== One ==\n{page}").split() == [*["The", "boat", "is", "red.", "One"], *words]


def test_many_pages_are_taken_out_in_slices() -> None:
    pages = f"{HEAD}== Age ==\nIt is [[old]].\n" * 3_000
    prose = []
    work = stripping(pages)
    n_slices = 0
    while True:
        try:
            next(work)
        except StopIteration as done:
            prose.append(done.value)
            break
        n_slices += 1
    assert n_slices > 5
    assert prose[0].split() == ["The", "boat", "is", "red.", "Age", "It", "is", "old."] * 3_000


@pytest.mark.parametrize(
    "piece",
    [
        "[[",
        "{{",
        "]]",
        "[[a|",
        "{{a|",
        "{{}}",
        "[[]]",
        "<ref>",
        "</ref>",
        "{|\n",
        "|a||",
        "'''",
        "==",
        "[[a]]{{",
        "<!--",
        "[http://a ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    for unit in (piece, piece + "\n"):
        begun = time.process_time()
        stripped(HEAD * 40 + unit * (40_000 // len(unit)))
        stripped(HEAD * 40 + unit * (20_000 // len(unit)) + "]]}}" * 5_000)
        assert time.process_time() - begun < 1
