"""Of lists of what is cited the titles and abstracts are kept, and nothing of their keys, names and years."""

import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

BIBTEX = (
    "@article{no2001,\n  title={The {Red} boats of the\n    old harbor},\n  author={No, No and No, No},\n"
    "  booktitle = {No},\n  year={2001}\n}\n\n"
    '@book{no99,\n  Title = "How {K{\\"o}nig} \\& co go to sea",\n'
    "  abstract = {We look at boats that are {\\em old}.},\n"
    "  note = {no},\n  year = 1999,\n}\n"
)
LISTS = {
    "BibTeX": (
        BIBTEX,
        "The Red boats of the old harbor\nHow K\u00f6nig & co go to sea\nWe look at boats that are old.",
    ),
    "BibTeX in one line": (
        "@misc{no, title={The boat}, author={No}}\n@misc{no, author={No}, title={The harbor}}",
        "The boat\nThe harbor",
    ),
    "RIS": (
        "TY  - JOUR\nAU  - No, No\nTI  - The red boats\nAB  - We look at boats that go out.\nPY  - 2001\nER  - \n\n"
        * 2,
        "The red boats\nWe look at boats that go out.\n" * 2,
    ),
    "PubMed": (
        "PMID- 123\nOWN - NLM\nTI  - The red boats of\n      the harbor.\nAB  - We look at boats\n"
        "      that go out.\nAU  - No N\n",
        "The red boats of the harbor.\nWe look at boats that go out.",
    ),
}
NONE = {
    "an address": "Write to @anna, or to anna@sea.example{no}, and say: title = {The boat}.\n" * 5,
    "prose with an entry": "The boat is red, and nobody waits in the old harbor.\n" * 40 + "\n" + BIBTEX,
    "minutes": "TOP - The boat\nANNA - It is red.\nBEN - It is old.\n" * 6,
    "decorators": "@boat\ndef go(title={}, author={}):\n    return {title: author}\n" * 4,
}


@pytest.mark.parametrize("name", LISTS)
def test_titles_and_abstracts_are_kept(name: str) -> None:
    source, prose = LISTS[name]
    for shape in (source, source.replace("\n", "\r\n"), "\ufeff" + source, "\n\n" + source):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.sentence(shape) == (
            "This text is a list of what is cited, as BibTeX: its keys, names and years would be learned as words; its "
            "prose stands in the titles and abstracts."
        )
        assert stripped(shape) == prose.strip()


@pytest.mark.parametrize("name", NONE)
def test_what_looks_like_one_is_none(name: str) -> None:
    kind = kind_of(NONE[name])
    assert kind is None or "cited" not in kind.name


@pytest.mark.parametrize("piece", ["@a{", "@a{b,", "{", "}", "title={", 'title="', "a={b},", "TI  - ", "\n    a"])
def test_no_list_takes_long(piece: str) -> None:
    for begin in (BIBTEX * 20, LISTS["RIS"][0]):
        for unit in (piece, piece + "\n"):
            begun = time.process_time()
            stripped(begin + unit * (100_000 // len(unit)))
            stripped(begin * 200 + unit * (9_000 // len(unit)))
            assert time.process_time() - begun < 2
