"""Texts that were broken to the width of a page: there a line end ends no sentence, as it does everywhere else here."""

import re

import numpy as np

from w2v.reading.characters import LINE, OTHER, Kinds, clean
from w2v.reading.tokens import words_and_ends

WIDTHS = range(50, 101)  # characters: what pages and mails are broken at
FEWEST = 10  # lines that follow each other
MOST_LINES = 5_000  # looked at
SHARE = 0.6
MOST_CHARACTERS = 100_000  # looked at for sentences that only a line end parts


def is_wrapped(text: str) -> bool:
    """Say whether most lines are as long as they can be: with the first word of the next they would be too long."""
    lines = [line.strip() for line in text.splitlines()[:MOST_LINES]]
    following = [(line, after) for line, after in zip(lines, lines[1:]) if line and after]
    if len(following) < FEWEST:
        return False
    width = int(np.quantile([len(line) for line in lines if line], 0.9))
    full = sum(len(line) + 1 + len(after.split(maxsplit=1)[0]) >= width for line, after in following)
    return width in WIDTHS and full >= SHARE * len(following)


def unwrapped(text: str) -> str:
    """Return the text with each paragraph on one line; paragraphs are what blank lines part."""
    paragraphs = re.split(r"\n\s*\n", "\n".join(text.splitlines()))
    return "\n\n".join([" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()])


def on_one_line(text: str) -> str:
    """Return the whole text on one line."""
    return " ".join(text.split())


def line_ends_part(text: str) -> bool:
    """Say whether a line end alone ends some sentence: then the text on one line has fewer sentences, longer ones."""
    kinds = clean(text[:MOST_CHARACTERS], lowercase=False).translate(Kinds())
    return _n_sentences(kinds) > _n_sentences(kinds.replace(LINE, OTHER))


def _n_sentences(kinds: str) -> int:
    """Return how many sentences a text of such kinds of characters has."""
    begins, _, is_end = words_and_ends(kinds)
    return len(np.unique(np.cumsum(is_end)[begins]))
