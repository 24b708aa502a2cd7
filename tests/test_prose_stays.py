"""Plain prose of any script, however it is set, is of no kind: nothing of it would ever be taken out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from w2v.reading.kinds_of_text import kind_of, stripped

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "aeinrst\u00e4\u00f6\u00fc\u00df",
    "\u0430\u0431\u0432\u0435\u0438\u043d\u043e\u0440\u0441\u0442",
    "\u03b1\u03b5\u03b9\u03bd\u03bf\u03c3\u03c4",
    "\u0627\u0628\u062a\u0631\u0633\u0644\u0645\u0646",
    "\u0915\u0930\u0928\u093f\u092e\u093e",
)
BETWEEN = st.sampled_from(
    [" "] * 12 + [", ", ", ", " \u2013 ", "; ", " (", ") ", "-", "'", ": ", " \u201c", "\u201d ", " 3 ", " [sic] "]
)
ENDS = st.sampled_from([".", ".", ".", "?", "!", "\u2026", ".\u201d", ".)"])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence of words of one alphabet with usual punctuation, a number and a remark of an editor now and then."""
    alphabet = draw(st.sampled_from(ALPHABETS))
    words = draw(st.lists(st.text(st.sampled_from(alphabet), min_size=1, max_size=9), min_size=2, max_size=14))
    words[0] = draw(st.sampled_from([words[0], words[0].capitalize()]))
    return "".join([word + draw(BETWEEN) for word in words[:-1]]) + words[-1] + draw(ENDS)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(sentences(), min_size=1, max_size=25),
    st.sampled_from([" ", "\n", "\n\n", "\n    ", " \n", "\r\n"]),
    st.sampled_from(["", "\ufeff", "\n\n", "Chapter 1\n\n", "I.\n\n", "12\n\n"]),
)
def test_plain_prose_is_of_no_kind(sentences: list[str], between: str, begin: str) -> None:
    text = begin + between.join(sentences)
    kind = kind_of(text)
    assert kind is None, kind.name
    assert stripped(text) == text
