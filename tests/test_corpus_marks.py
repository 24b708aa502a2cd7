"""Of a corpus that was made ready for programs the words are kept, without labels and marks, and in one piece."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_prose_stays import sentences
from w2v.reading.kinds_of_text import kind_of, stripped

NAME = "a corpus made ready for programs"
CORPORA = {
    "fastText": (
        "__label__no The boat is red .\n__label__no __label__no-no The harbor is far .\n__label__no Nobody waits .\n",
        "The boat is red .\nThe harbor is far .\nNobody waits .",
    ),
    "labels with commas": (
        "__label__no , The boat is red\n__label__no , Nobody waits\n",
        "The boat is red\nNobody waits",
    ),
    "labels behind": ("The boat is red __label__no\nNobody waits __label__no\n", "The boat is red\nNobody waits"),
    "WikiText": (
        " = The Red Boat = \n \n The well @-@ known <unk> boat cost 1 @,@ 200 or 3 @.@ 5 , as <unk> said . \n \n"
        " = = Its Harbor = = \n \n It is <unk> far . \n",
        "The Red Boat\n\nThe well-known boat cost 1,200 or 3.5 , as said .\n\nIts Harbor\n\nIt is far .",
    ),
    "Penn Treebank": (
        " the boat <unk> is red \n mr. <unk> waits <eos> nobody <unk> does <eos>",
        "the boat is red\nmr. waits\nnobody does",
    ),
    "sentences": ("<s> The <unk> is <unk> . </s> <s> It is <unk> far . </s>", "The is .\nIt is far ."),
    "WordPiece": (
        "[CLS] the boat is red ##dish . [SEP] it is ha ##rb ##or ##s . [SEP]",
        "the boat is reddish .\nit is harbors .",
    ),
    "BPE": ("The bo@@ at is r@@ ed .\nThe h@@ ar@@ bor .\n", "The boat is red .\nThe harbor ."),
    "SentencePiece": (
        "\u2581The \u2581bo at \u2581is \u2581red .\n\u2581It \u2581is \u2581f ar .\n",
        "The boat is red.\nIt is far.",
    ),
    "documents": ("<|endoftext|> The boat. <|endoftext|> The harbor. <|endoftext|>", "The boat.\nThe harbor."),
}
NONE = {
    "mail signs": "Write to anna @ sea, or @anna and @-@ as they say. It is <unk> nown.\n" + "The boat is red.\n" * 90,
    "hashes": "#one ##two ### three\nThe boat is #red and ##old, so to say.\n" * 5,
    "on a label": "fastText wants __label__ before each label.\nThat is so.\nAnd so it is.\nNobody knows why.\n" * 5,
    "editors": "[The king] came [sic] and [UN] said [well] it <so>. He [was] unk.\n" * 5,
    "sums": "a = b = c\n= d = e\n1 = 2 = 3\n" * 5,
    "faces": "The boat @.@ is red <3 and @_@ so >.< far -.- away o.o\n" * 5,
    "bars": "\u2581\u2582\u2583 \u2581\u2582\u2583 the waves \u2581\u2581\u2581 go\n" * 5,
}


@pytest.mark.parametrize("name", CORPORA)
def test_its_words_are_kept(name: str) -> None:
    source, prose = CORPORA[name]
    for shape in (source, source.replace("\n", "\r\n"), "\ufeff" + source, "\n\n" + source * 3):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == NAME
        assert kind.sentence(shape) == (
            "This text is a corpus made ready for programs: labels, and marks such as <unk>, would be learned as words."
        )
        found = stripped(shape)
        assert kind_of(found) is None
        assert found.split() == prose.split() * (3 if shape.startswith("\n") else 1)
    assert stripped(source) == prose


@pytest.mark.parametrize("name", NONE)
def test_what_looks_like_one_is_none(name: str) -> None:
    for shape in (NONE[name], NONE[name].upper()):
        kind = kind_of(shape)
        assert kind is None or kind.name != NAME


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences(), min_size=3, max_size=9))
def test_labels_before_prose_are_all_that_goes(sentences: list[str]) -> None:
    assert stripped("\n".join([f"__label__{i % 2} {sentence}" for i, sentence in enumerate(sentences)])) == "\n".join(
        map(str.strip, sentences)
    )


@pytest.mark.parametrize(
    "piece", ["= ", "= a ", "<unk> ", "__label__", "@-@ ", "a@@ ", "\u2581a ", "[CLS]", " ##a", ", "]
)
def test_no_text_takes_long(piece: str) -> None:
    for unit in (piece, piece * 40 + "\n"):
        begun = time.process_time()
        stripped(CORPORA["WikiText"][0] * 30 + "<unk> " * 99 + unit * (200_000 // len(unit)))
        assert time.process_time() - begun < 1
