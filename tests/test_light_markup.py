"""Of reStructuredText, Org mode and AsciiDoc what is read is kept, in order; "no" stands where nothing is."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v.reading.kinds_of_text import kind_of, stripped

REST, ORG, ADOC = "reStructuredText", "of Org mode", "AsciiDoc"
HEADS = {
    REST: ".. contents::\n\nSee :ref:`boats` and `ships <https://no.example/no>`_.\n\n",
    ORG: "#+OPTIONS: no\n#+STARTUP: no\n\nSee [[https://no.example/no][boats]] and ships.\n\n",
    ADOC: ":toc: no\n:icons: no\n\n== See\n\nSee link:no.html[boats] and https://no.example[ships].\n\n",
}
PIECES = [
    (
        REST,
        "See `the\nboat <https://no.example/no>`_,\n`old\nships`_.\n\n- one\n- two",
        ["See the boat, old ships.", "one", "two"],
    ),
    (REST, "Title\n=====\n\nThe boat\nis *old*.\n\n.. no no no\n   no\n\nSo.", ["Title", "The boat is *old*.", "So."]),
    (REST, "===\nTop\n===\n\n:Author: no\n:Date: no\n\n:par x: The boat.", ["Top", "The boat."]),
    (REST, "Run it::\n\n    no = no\n\n    no\n\nSo.\n\n>>> no\nno\n\nFar.", ["Run it::", "So.", "Far."]),
    (REST, ".. code-block:: python\n   :no: no\n\n   no\n\n   no\n\nSo.", ["So."]),
    (REST, ".. note:: The boat\n   is red.\n\n.. warning::\n\n   It is old.", ["The boat is red.", "It is old."]),
    (REST, ".. figure:: no.png\n   :alt: no\n   :width: no\n\n   The boat at sea.", ["The boat at sea."]),
    (
        REST,
        "It [1]_ is ``red``\\ , a |boat|, :py:class:`~far.Off`.\n\n.. [1] So it was.\n.. _no: no\n.. |no| image:: no",
        None,
    ),
    (
        REST,
        "- One\n  two\n- three\n\n1. four\n#. five\n\n| six\n| seven",
        ["One two", "three", "four", "five", "six seven"],
    ),
    (REST, "+-----+-----+\n| One | two |\n+=====+=====+\n| red | far |\n+-----+-----+", ["One two", "red far"]),
    (
        ORG,
        "* TODO [#A] Boats :no:no:\n:PROPERTIES:\n:no: no\n:END:\nDEADLINE: <2001-01-01 Mon>\nRed.",
        ["Boats", "Red."],
    ),
    (
        ORG,
        "#+BEGIN_SRC no\nno\n* no\n#+END_SRC\n#+begin_quote\nIt is far.\n#+end_quote\n# no\nSo.",
        ["It is far.", "So."],
    ),
    (ORG, "#+BEGIN_SRC never closed\nSo it is.", ["So it is."]),
    (ORG, ":LOGBOOK:\nSo it is.", [":LOGBOOK: So it is."]),
    (
        ORG,
        "- [ ] One\n- [X] two [fn:1]\n1. three\n\n| a | b |\n|---+---|\n| c | d |",
        ["One", "two", "three", "a b", "c d"],
    ),
    (ADOC, "= Boats\nno no <no@no.example>\nv1.0\n:no: no\n\nThe boat\nis red.", ["Boats", "The boat is red."]),
    (ADOC, "[source,no]\n----\nno\n\n== no\n----\n\n////\nno\n////\n\n// no\nSo.", ["So."]),
    (ADOC, "----\nSo it is.", ["So it is."]),
    (
        ADOC,
        "[NOTE]\n====\nIt is far.\n====\n\nTIP: So.\n\n.Name\n* One\n** two\n. three",
        ["It is far.", "So.", "Name", "One", "two", "three"],
    ),
    (
        ADOC,
        "image::no.png[no]\n\nA image:no.png[no] boat{no}, <<no>> <<no,see>> footnote:[It is.]",
        ["A boat, see It is."],
    ),
    (ADOC, "|===\n|One |two\n\n|red\n|far\n|===", ["One two", "red", "far"]),
]


@pytest.mark.parametrize(("name", "source", "prose"), PIECES)
def test_what_is_read_is_kept(name: str, source: str, prose: list[str] | None) -> None:
    for text in (HEADS[name] + source, (HEADS[name] + source).replace("\n", "\r\n"), "\ufeff" + HEADS[name] + source):
        kind = kind_of(text)
        assert kind is not None
        assert kind.name == name
        found = [line for line in stripped(text).splitlines() if line]
        assert "See boats and ships." in found
        found = found[found.index("See boats and ships.") + 1 :]
        assert "no" not in " ".join(found).split()
        if prose is not None:
            assert found == prose


NONE = {
    "C++": "std::vector<int> a; // `b` and std::map\n.. and so on::\nfoo::bar(a);\n" * 4,
    "Python": 'import boats\n\ndef go():\n    """See :ref:`a`, :class:`b`."""\n\ndef see():\n    """As :ref:`a`."""\n'
    * 3,
    "equations": "= so\n== it\n=== is\nx = y\nhttps://a.example/b\n" * 4,
    "hashes": "# one\n#two\n* three\n#+4 it is\n" * 4,
    "a letter": "Dear Anna,\n\n.. and so it goes ... he said: `so'.\n\n-----\nBen\n" * 4,
}


@pytest.mark.parametrize("name", NONE)
def test_what_looks_like_them_is_none_of_them(name: str) -> None:
    kind = kind_of(NONE[name])
    assert kind is None or kind.name not in HEADS


BLOCKS = {  # with a word for each "{}"
    REST: [
        "{} {}\n{}\n\n", "- {}\n- {}\n\n", "{}\n-----\n\n", ".. image:: no.png\n   :alt: no\n\n", ".. no\n\n   no\n\n",
        ".. note::\n\n   {} {}\n\n", ".. code:: no\n\n   no\n\n", "{}::\n\n   no no\n\n", "*{}* ``{}`` :no:`{}`\n\n",
    ],
    ORG: [
        "{} {}\n{}\n\n", "- {}\n- {}\n\n", "** {} :no:\n", "#+BEGIN_SRC no\nno\n#+END_SRC\n", "# no\n",
        "[[no][{}]] {}\n\n",
        "#+begin_quote\n{} {}\n#+end_quote\n", ":no:\nno\n:END:\n", "| {} | {} |\n\n",
    ],
    ADOC: [
        "{} {}\n{}\n\n", "* {}\n** {}\n\n", "=== {}\n\n", "----\nno\n----\n\n", "// no\n", "link:no[{}] {}\n\n",
        "====\n{} {}\n====\n\n", "image::no[no]\n\n", "|===\n|{} |{}\n|===\n\n",
    ],
}  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(HEADS)), st.integers(0, 10**6), st.integers(1, 30))
def test_texts_made_by_chance_have_their_words_in_order(name: str, seed: int, n_blocks: int) -> None:
    chance, n, text = random.Random(seed), 0, HEADS[name]
    for _ in range(n_blocks):
        block = chance.choice(BLOCKS[name])
        words = [f"w{n + i}" for i in range(block.count("{}"))]
        n += len(words)
        text += block.format(*words)
    found = stripped(text).replace("*", " ").replace("::", " ").split()
    assert found[found.index("ships.") + 1 :] == [f"w{i}" for i in range(n)]


@pytest.mark.parametrize("name", sorted(HEADS))
@pytest.mark.parametrize(
    "piece",
    [
        "`",
        ":a:`",
        "`a <",
        "``",
        ".. ",
        "|",
        "[[",
        "[[a][",
        "#+a",
        "link:a[",
        "<<a",
        "image:",
        "====",
        "[1]_ ",
        "a::",
        "_",
    ],
)
def test_no_text_takes_long(name: str, piece: str) -> None:
    for unit in (piece, piece + "\n"):
        begun = time.process_time()
        stripped(HEADS[name] * 20 + unit * (40_000 // len(unit)))
        assert time.process_time() - begun < 1
