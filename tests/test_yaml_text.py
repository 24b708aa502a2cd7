"""Of YAML the longest fields are kept, of a page with settings before it the page; what people list is prose."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_prose_stays import sentences
from w2v.reading.kinds_of_text import kind_of, stripped

PAGE = "The boat is red and goes out at night. Nobody waits.\n\nIt never comes back."
YAML = {
    "records": (
        '# no\nboats:\n  - name: no\n    speed: 12\n    text: "The boat isn\\"t red"  \n  - name: no2\n    speed: 4\n'
        "    text: >\n      It is old\n      and red\n\n      so it is\n"
        "  - name: no3\n    text: It waits\n      and waits  # no\n",
        'The boat isn"t red\nIt is old and red  so it is\nIt waits and waits',
    ),
    "lines": (
        "---\n- id: 1\n  said: |\n    The boat\n    is red\n- id: 2\n"
        "  said: 'It''s old: so'\n- id: 3\n  said: So it is\n",
        "The boat\nis red\nIt's old: so\nSo it is",
    ),
    "sentences of a page": (
        "en:\n  go: The boat goes\n  stay: The boat stays\n  far: The harbor is far\n  wait: Nobody waits there\n",
        "The boat goes\nThe boat stays\nThe harbor is far\nNobody waits there",
    ),
    "a conversation": (
        "categories:\n- no\nconversations:\n- - Where is the boat?\n  - In the harbor.\n- - Is it red?\n  - It was.\n"
        "about:\n  a: b\n  c: d\n  e: f\n",
        "Where is the boat?\nIn the harbor.\nIs it red?\nIt was.",
    ),
}
NONE = {
    "a play": "ANNA: Where is the boat?\nBEN: In the harbor.\nANNA: Is it red?\nBEN: It was: once.\n" * 4,
    "a chat": "anna: where is the boat\nben: in the harbor\nanna: is it red\n" * 4,
    "a recipe": "For the soup:\n- two boats\n- a harbor\nThen: cook it.\nFor later:\n- salt\n- sea: much of it\n" * 2,
    "notes": "Red: it is.\n  - old boats: they are far\n  - so they say: nobody waits\nAnd so the king went home.\n"
    * 3,
    "a list": "- the sea: wide\n- the sky: far\n- the boat: red\n" * 4,
    "stars between": "---\nThe king came.\n---\nThe queen left: so it is.\n---\nNobody waits.\n",
    "a play between rules": "---\nAnna: Where is the boat?\nBen: In the harbor.\n---\nAnna: Is it red?\nBen: It was.\n",
}


@pytest.mark.parametrize("name", YAML)
def test_the_longest_fields_are_kept(name: str) -> None:
    source, prose = YAML[name]
    for shape in (source, source.replace("\n", "\r\n"), "\ufeff" + source, "\n" + source):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == "YAML"
        assert stripped(shape) == prose
    assert 'the field "text"' in str(kind_of(YAML["records"][0]) and kind.sentence(YAML["records"][0]))


@pytest.mark.parametrize(
    "before",
    [
        '---\ntitle: "No"\ndate: 2001-01-01\ntags: [no, no]\n---\n\n',
        "---\nlayout: no\ntags:\n  - no\n  - no\n\ndraft: false\n---\n",
        '+++\ntitle = "No"\n[extra]\nno = true\n+++\n\n',
    ],
)
def test_of_a_page_with_settings_before_it_these_go(before: str) -> None:
    for shape in (before + PAGE, (before + PAGE).replace("\n", "\r\n"), "\ufeff\n" + before + PAGE):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.sentence(shape) == (
            "This text is a page with settings before it: these, such as its date, would be learned as words."
        )
        assert stripped(shape) == PAGE


@pytest.mark.parametrize("name", NONE)
def test_what_people_write_is_none(name: str) -> None:
    for shape in (NONE[name], NONE[name].upper(), NONE[name].lower()):
        assert kind_of(shape) is None, kind_of(shape)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(sentences(), min_size=2, max_size=12),
    st.sampled_from(["{}: {}", "- {}: {}", "  - {} {}", "{} - {}", "---\n{} {}"]),
)
def test_sentences_behind_names_and_dashes_are_prose(sentences: list[str], line: str) -> None:
    text = "\n".join([line.format(("Anna", "Ben")[i % 2], sentence) for i, sentence in enumerate(sentences)])
    assert kind_of(text) is None


@pytest.mark.parametrize("piece", ["a: ", "- ", "a:\n", "  - a: b\n", "---\n", "a: >\n", " ", "'", "title: a\n", "-"])
def test_no_text_takes_long(piece: str) -> None:
    for begin in (YAML["records"][0] * 9, "---\n"):
        for unit in (piece, piece * 30 + "\n"):
            begun = time.process_time()
            text = begin + unit * (100_000 // len(unit))
            kind = kind_of(text)
            if kind:
                kind.strip(text)
            assert time.process_time() - begun < 2
