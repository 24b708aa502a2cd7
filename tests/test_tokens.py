"""Cutting a text in slices: the same words, sentences and notes however it is sliced, and one cut for everything."""

import re
import unicodedata
from collections.abc import Generator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import texts
from w2v import Config, Corpus, Plan, count_pairs
from w2v import plan as plan_module
from w2v.counts import n_pairs
from w2v.reading.characters import Reading
from w2v.reading.tokens import BREAK, MAX_TOKENS, Tokens, cut_into_tokens, words_and_ends
from w2v.slices import finished

# What looks at its neighbors: marks, joiners, keycaps, Armenian tones, Hangul and kana that compose, dots, line ends
TRICKY = (
    "ab1 .'-\n\r\t*#!\u0301\u0338\u20e3\ufe0f\u200b\u200d\u055b\u0561\u4e2d\u6587\u3002\uff0c\uff0e\u304b\u3099"
    '\u0e01\u2019\u2010\u1100\u1161\u11a8\uac00\u0130\u00df\u03a3\u03c2\ufffd\ud800\u0964\x85\u2028\x1c\uff76\uff9e_`\u02bb\u05d0\u05f3\u05f4"\u00b7\u0140\u0640'
)


def cut(text: str, slice_length: int, lowercase: bool = True) -> Tokens:
    return finished(cut_into_tokens(text, Reading(lowercase=lowercase), slice_length=slice_length))


def same(one: Tokens, other: Tokens) -> None:
    assert one.words == other.words
    assert np.array_equal(one.ids, other.ids)
    assert np.array_equal(one.sentence_starts, other.sentence_starts)
    assert one.notes == other.notes


@given(st.text(TRICKY, max_size=80) | st.text(max_size=60), st.integers(1, 9), st.booleans())
def test_a_text_is_cut_the_same_in_slices_and_whole(text: str, slice_length: int, lowercase: bool) -> None:
    same(cut(text, slice_length, lowercase), cut(text, len(text) + 1, lowercase))


@pytest.mark.parametrize(
    "text",
    [
        "one two. " * 5_000,
        "\u5b57\u6bcd" * 9_000,
        "\u5b57\u6bcd\u3002" * 6_000,
        "a" + "\u0301" * 20_000 + " b. " * 3_000,
        "\u0e01" * 30 + " " + "\u1000" * 25 + " word" * 4_000,
        "e\u0301t\u00e9 \u2019 " * 3_000,
    ],
    ids=["blanks", "no blanks", "Chinese sentences", "one endless word", "unspaced scripts", "accents"],
)
def test_long_texts_are_cut_in_many_slices_and_say_how_far_they_are(text: str) -> None:
    told: list[float] = []

    def listening() -> Generator[None, None, Tokens]:
        cutting = cut_into_tokens(text, slice_length=1_000)
        while True:
            try:
                told.append(next(cutting))
            except StopIteration as end:
                return end.value
            yield

    same(finished(listening()), cut(text, len(text)))
    assert len(told) >= 10
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_the_limit_and_long_words_are_the_same_over_slices() -> None:
    text = "a b. " * (MAX_TOKENS // 2 - 1) + "x" * 70 + " c. d " + "y" * 80 + " \u5b57 \ufffd"
    whole = cut(text, len(text))
    assert len(whole.ids) == MAX_TOKENS
    assert whole.words[-2:] == ("x" * 64, "c")
    assert [note[:20] for note in whole.notes] == [
        "The text has more th", "1 word was longer th", "The text was decoded",
    ]  # fmt: skip
    same(whole, cut(text, 25_000))


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("\u5b57", "Chinese and Japanese characters count as one word each"),
        ("\u0e09\u0e31\u0e19\u0e0a\u0e2d\u0e1a\u0e1b\u0e25\u0e32" * 3, "Thai is written without blanks between words"),
    ],
)
def test_another_script_is_spoken_of_where_it_is_no_rarity(letters: str, said: str) -> None:
    text = "The king was old. " * 40
    for length in (50, 10_000):
        assert not cut(text * 5 + letters, length).notes
        (note,) = cut(text + (letters + " ") * 40, length).notes
        assert note.startswith(said)


def test_nothing_composes_across_the_end_of_a_slice() -> None:
    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            one, two = (chr(int(part, 16)) for part in parts)
            assert not BREAK.fullmatch(one), hex(code)
            assert not BREAK.search(one + two), hex(code)


@given(st.text("wmj-.sn ", max_size=40))
def test_words_and_ends_are_those_of_the_grammar(kinds: str) -> None:
    starts, ends, is_end = words_and_ends(kinds)
    words, sentence_ends = [], []
    for match in re.finditer(r"(w[wm]*(?:-w[wm]*)*|jm*)|[sn]|\.(?!w)", kinds):
        if match[1]:
            words.append(match.span())
        else:
            sentence_ends.append(match.start())
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == words
    assert np.flatnonzero(is_end).tolist() == sentence_ends


# --- one cut for everything -----------------------------------------------------------------------------------


@given(texts(most_sentences=6), st.integers(1, 3))
def test_all_minimum_counts_come_from_one_cut(text: str, min_count: int) -> None:
    try:
        corpus = Corpus.from_text(text, min_count=min_count)
    except ValueError as problem:
        with pytest.raises(ValueError, match=re.escape(str(problem))):
            Corpus.from_tokens(cut(text, 5), min_count=min_count)
        return
    other = Corpus.from_tokens(cut(text, 5), min_count=min_count)
    assert other.sentences == corpus.sentences
    assert other.tokens == corpus.tokens
    assert other.vocabulary.words == corpus.vocabulary.words
    assert np.array_equal(other.sentence_lengths, [len(s) for s in corpus.encoded])
    for radius in (1, 2, 20):
        assert n_pairs(corpus, radius) == count_pairs(corpus, radius).total


def size(corpus: Corpus) -> int:
    """Bytes of the arrays and words that a corpus holds, as far as it was asked for them."""
    held, strings = 0, {*corpus.vocabulary.words}
    for value in (*vars(corpus).values(), *vars(corpus.cut).values()):
        if isinstance(value, np.ndarray):
            held += value.nbytes
        elif isinstance(value, tuple):
            held += 8 * len(value)
            held += sum(a.nbytes + 112 for a in value if isinstance(a, np.ndarray))
            held += sum(56 + 8 * len(a) for a in value if isinstance(a, tuple))
            strings |= {a for a in value if isinstance(a, str)}
    return held + sum(49 + 4 * len(word) for word in strings)


def test_a_book_takes_sixteen_bytes_a_word_until_its_sentences_are_asked_for() -> None:
    rng = np.random.default_rng(1)
    text = ". ".join(" ".join(map(str, rng.integers(0, 2_000, 9))) for _ in range(5_000))
    corpus = Corpus.from_text(text)
    assert n_pairs(corpus, 5) == count_pairs(corpus, 5).total
    assert size(corpus) < 16 * corpus.n_tokens + 200 * len(corpus.vocabulary)
    assert len(corpus.encoded) == len(corpus.sentences) == len(corpus.positions) == 5_000
    assert size(corpus) > 32 * corpus.n_tokens, "this would see them"


@pytest.mark.parametrize(
    "settings",
    [
        {"window": 20, "epochs": 1},
        {"window": 2, "epochs": 20, "architecture": "cbow"},
        {"window": 2, "epochs": 40},
        {"window": 20, "epochs": 3, "dynamic_window": True, "subsample": 0.5},
    ],
)
def test_a_run_over_a_book_is_refused_before_its_windows_are_cut(
    settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "a b c d e f g h i j k l. " * 20_000
    config = Config(text, **settings)  # type: ignore[arg-type]
    early = plan_module.EARLY
    monkeypatch.setattr(plan_module, "EARLY", 10**9)
    with pytest.raises(ValueError, match="can be stepped") as late:
        Plan(config)
    monkeypatch.setattr(plan_module, "EARLY", early)
    monkeypatch.setattr(plan_module, "window_table", lambda *_: pytest.fail("windows were cut"))
    with pytest.raises(ValueError, match="can be stepped") as soon:
        Plan(config, Corpus.from_text(text))
    assert str(soon.value) == str(late.value)
