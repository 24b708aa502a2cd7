"""Texts that were broken to the width of a page: there a line end ends no sentence, as it does everywhere else here."""

import re

import numpy as np

WIDTHS = range(50, 101)  # characters: what pages and mails are broken at
FEWEST = 10  # lines that follow each other
MOST_LINES = 5_000  # looked at
SHARE = 0.6


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
