"""A long text that is read in pieces comes out as it does in one, and none of it is lost between two of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_forum_marks import HEAD
from tests.test_light_markup import ADOC, HEADS, ORG, REST
from tests.test_songs import SONGS
from w2v.reading.kinds_of_text import KINDS, kind_of, stripped
from w2v.reading.pieces import PIECE, pieces

LINES = st.lists(st.sampled_from(["a" * 9_000, "b", "", "(", ")", "c " * 3_000]), max_size=30)


@given(LINES)
def test_pieces_are_the_text_and_end_where_they_may(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = list(pieces(text, re.compile("\n"), lambda piece: piece.count("(") == piece.count(")")))
    assert "".join(found) == text
    for piece in found[:-1]:
        assert len(piece) >= PIECE
        assert piece.endswith("\n")
        assert piece.count("(") == piece.count(")")


LONG = {
    REST: HEADS[REST] + ("The boat is red.\n\n.. code:: no\n\n   no\n\n   no\n\nIt is old::\n\n  no\n\n" * 2_000),
    ORG: HEADS[ORG] + ("* Boats\nThe boat is red.\n#+BEGIN_SRC no\nno\n\n* no\n#+END_SRC\n" * 2_000),
    ADOC: HEADS[ADOC] + ("== Boats\n\nThe boat is red.\n\n----\nno\n\n== no\n\n----\n\n" * 2_000),
    "BBCode, as forums have it": (HEAD + "It is old.\n[code]\nno\n\nno\n[/code]\n[quote=no]So.[/quote]\n") * 2_000,
    "a song with chords": (SONGS["above"] + "\n") * 1_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_has_the_words_that_it_has_in_one_piece(name: str) -> None:
    kind = kind_of(LONG[name])
    assert kind is not None
    assert kind.name == name
    assert len(list(kind.pieces(LONG[name]))) > 2
    found = stripped(LONG[name])
    assert found.split() == kind.strip(LONG[name]).split()
    assert "no" not in found.split()


def test_what_is_never_closed_takes_no_longer() -> None:
    for kind in KINDS:
        assert (
            "".join(kind.pieces("[code]\n\n#+begin_src\n\n* a\n\n----\n\n== a\n\n" * 20_000)).count("[code]") == 20_000
        )
