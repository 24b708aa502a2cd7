"""Of a corpus with a tag for each word the words are kept, in order and in their sentences, whatever its format."""

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v.reading.kinds_of_text import kind_of, stripped

Sentence = Sequence[tuple[str, str]]  # words and tags
SENTENCES: list[Sentence] = [
    [("The", "DT"), ("boat", "NN"), ("of", "IN"), ("Anna", "NNP"), ("is", "VBZ"), ("red", "JJ"), (".", ".")],
    [("Nobody", "NN"), ("waits", "VBZ"), (",", ","), ("in", "IN"), ("the", "DT"), ("harbor", "NN"), ("!", ".")],
]


def conllu(sentence: Sentence) -> str:
    rows = [
        f"{i}\t{word}\t{word.lower()}-x\t{tag}\t{tag}\t_\t0\troot\t_\t_\n" for i, (word, tag) in enumerate(sentence, 1)
    ]
    return "# sent_id = no\n# text = no\n" + "".join(rows) + "\n"


FORMATS: dict[str, Callable[[Sentence], str]] = {
    "CoNLL-U": conllu,
    "CoNLL 2003": lambda sentence: (
        "".join(f"{word} {tag} B-NP {'B-PER' if tag == 'NNP' else 'O'}\n" for word, tag in sentence) + "\n"
    ),
    "names": lambda sentence: "".join(f"{word} {'B-PER' if tag == 'NNP' else 'O'}\n" for word, tag in sentence) + "\n",
    "TreeTagger": lambda sentence: "".join(f"{word}\t{tag}\t{word.lower()}x\n" for word, tag in sentence),
    "vertical": lambda sentence: (
        "<s>\n" + "".join(f"{word}\t{tag}\t{word.lower()}-n\n" for word, tag in sentence) + "</s>\n"
    ),
    "Brown": lambda sentence: "\t" + " ".join(f"{word}/{tag.lower()}" for word, tag in sentence) + "\n\n",
    "underscores": lambda sentence: " ".join(f"{word}_{tag}" for word, tag in sentence) + "\n",
    "tree": lambda sentence: (
        "( (S (NP-SBJ (-NONE- *T*-1) " + " ".join(f"({tag} {word})" for word, tag in sentence) + ")) )\n"
    ),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("times", [1, 400])
def test_its_words_are_kept_in_their_sentences(name: str, times: int) -> None:
    text = "".join(map(FORMATS[name], SENTENCES)) * times
    if name == "vertical":
        text = f'<doc id="1">\n{text}</doc>\n'
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        kind = kind_of(shape)
        assert kind is not None
        assert "part of speech" in kind.name
        found = stripped(shape)
        assert found.splitlines() == [" ".join(word for word, _ in sentence) for sentence in SENTENCES] * times
        assert kind_of(found) is None


def test_what_is_written_as_one_word_is_one() -> None:
    rows = ["1-2\tdon't", "1\tdo", "2\tn't", "2.1\tno", "3\tsay\t\t\t\t\t\t\t\tSpaceAfter=No", "4\t\u2026"]
    text = "".join(
        "\t".join([*row.split("\t"), *["_"] * 9][:10]).replace("\t\t", "\t_\t").replace("\t\t", "\t_\t") + "\n"
        for row in rows
    )
    assert stripped(text) == "don't say\u2026"
    split = [
        ("They", "PRP"),
        ("do", "VBP"),
        ("n't", "RB"),
        ("see", "VB"),
        ("Anna", "NNP"),
        ("'s", "POS"),
        ("boat", "NN"),
        (".", "."),
    ]
    assert (
        stripped(FORMATS["TreeTagger"](split) * 2)
        == "They don't see Anna's boat .\n" * 1 + "They don't see Anna's boat ."
    )
    glued = "<s>\n" + "".join(f"{word}\tNN\n<g/>\n.\tSENT\n" for word in ["boat", "red", "old", "far"]) + "</s>\n"
    assert stripped(glued) == "boat.\nred.\nold.\nfar."


NO_CORPUS = {
    "and/or": "The boat and/or the ship is his/hers, either/or, 1/2 of it/them, and so/so.\n" * 4,
    "one word a line": "The\nboat\nis\nred\n.\nNobody\nwaits\n.\n" * 4,
    "two words a line": "THE BOAT\nIS RED\nNOBODY WAITS\nIN HARBORS\n" * 6,
    "pairs": "tiger\tcat\nking\tqueen\nbook\tpaper\nboat\tship\n" * 4,
    "phrases": "new_york is far . the red_boat is in new_york , and new_york is old .\n" * 4,
    "lisp": "(defun boat (x) (if (red x) (list x) nil))\n(defun ship (y) (boat y))\n" * 4,
    "an aside": "(So (it is said) the boat is red.) (And (it is) old.)\n" * 4,
    "numbers": "1\tboat\tred\n2\tharbor\tfar\n3\tking\told\n" * 4,
}


@pytest.mark.parametrize("name", NO_CORPUS)
def test_what_looks_like_one_is_none(name: str) -> None:
    for shape in (NO_CORPUS[name], NO_CORPUS[name].upper()):
        kind = kind_of(shape)
        assert kind is None or "part of speech" not in kind.name


WORDS = st.lists(
    st.tuples(st.text(st.sampled_from("abcde\u00e4\u0434-"), min_size=1, max_size=6), st.sampled_from(["NN", "VB"])),
    min_size=1,
)


@settings(max_examples=50)
@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from(sorted(FORMATS)))
def test_no_word_is_lost_in_any_format(sentences: list[list[tuple[str, str]]], name: str) -> None:
    whole = [*SENTENCES, *[[*sentence, (".", ".")] for sentence in sentences]]
    found = stripped("".join(map(FORMATS[name], whole)))
    assert found.replace(" ", "").split() == ["".join(word for word, _ in sentence) for sentence in whole]


@pytest.mark.parametrize("piece", ["a/b ", "a_NN ", "(S (", "(a b)", "1\ta\t_\n", "a O\n", "<s>\n", "_", "/"])
def test_no_text_takes_long(piece: str) -> None:
    for text in (piece * (200_000 // len(piece)), "".join(map(FORMATS["Brown"], SENTENCES)) * 30 + piece * 40_000):
        begun = time.process_time()
        if kind_of(text):
            stripped(text)
        assert time.process_time() - begun < 1
