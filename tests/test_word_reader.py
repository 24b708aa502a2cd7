"""A text of any length is read as the same words and sentences as a short one, the quick way through ASCII included."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from w2v.counting.word_reader import LEFT_OUT, Known, count_words, read_words
from w2v.reading.characters import Reading, clean
from w2v.reading.plain_words import END, plain_words
from w2v.reading.tokens import MAX_LETTERS, cut_into_tokens
from w2v.slices import finished

ASCII = "aB1z .'-_\n\r\t\x0b\x1c\x1f\x01!?@#/:\"(`\x7f&,"
NEARLY = ASCII + "\u201c\u201d\u2019\u2014\u2013\u2026\u00a0\u00ab"  # what the quick way takes too
READINGS = (
    Reading(),
    Reading(lowercase=False),
    Reading(pretokenized=True),
    Reading(emoji=True),
    Reading(turkish=True),
)


def read(text: str, reading: Reading, words: Sequence[str]) -> tuple[list[int], list[int]]:
    """The ids of the words of a text, and with which of them sentences begin."""
    parts = [(np.empty(0, np.int64), np.empty(0, np.int64)), *read_words(text, reading, Known(words))]
    found, sentence_of = (np.concatenate(side) for side in zip(*parts, strict=True))
    return found.tolist(), np.flatnonzero(np.diff(sentence_of, prepend=-1)).tolist()


@pytest.mark.parametrize("reading", READINGS, ids=str)
@given(text=st.text(ASCII) | st.text(NEARLY) | st.text(NEARLY + "\u00e9\u4e2d\u0e01I\u0131\U0001f600\u0301"))
@example(text="It's 3.14, isn't it? 'Yes' - a--b, mother-in-law's U.S. www.x.org/a@b. me@x.org http://a.b/c.\r\nEnd.")
@example(text=f"{'x' * (MAX_LETTERS + 1)} {'y' * MAX_LETTERS} {'z-' * MAX_LETTERS}")
@example(text=". . !")
@example(text="'")
def test_words_and_sentences_are_those_of_a_short_text(reading: Reading, text: str) -> None:
    tokens = finished(cut_into_tokens(text, reading))
    assert read(text, reading, tokens.words) == (tokens.ids.tolist(), tokens.sentence_starts.tolist())
    n_of = Counter[str]()
    count_words(text, reading, n_of)
    assert n_of == dict(zip(tokens.words, tokens.counts.tolist(), strict=True))


def test_the_quick_way_is_taken_where_it_can_be() -> None:
    prose = clean("\u201cWell\u201d, she said \u2014 it\u2019s 3.14\u2026 Done.", Reading())
    assert plain_words(prose, Reading(), 64) == ["well", "she", "said", "it's", "3", "14", END, "done", END]
    assert plain_words("caf\u00e9", Reading(), 64) is None
    assert plain_words("a" * 65, Reading(), 64) is None
    assert plain_words("#tag", Reading(emoji=True), 64) is None


def test_words_that_are_not_known_are_left_out() -> None:
    parts = read_words("the cat. the dog " * 20_000, Reading(), Known(["dog", "the"]))
    ids, sentence_of = (np.concatenate(side) for side in zip(*parts, strict=True))
    assert ids[:4].tolist() == [1, LEFT_OUT, 1, 0]
    assert sentence_of[-1] == 20_000
