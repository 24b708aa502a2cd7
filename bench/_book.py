"""A made-up book: as long as a pasted text may be, with the word frequencies of a language and with sentence ends."""

import numpy as np

CHARACTERS = 1_900_000
WORDS = 22_000  # to draw from; most of them occur
LETTERS = "etaoinshrdlucmfwypvbgk"
SENTENCE = (5, 28)  # words, shortest and longest


def book(seed: int = 1, characters: int = CHARACTERS) -> str:
    """Return a text of about so many characters: 1.9 MB have some 340,000 words, 18,000 different ones."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, len(LETTERS) + 1) ** 0.6
    letters = "".join(rng.choice(list(LETTERS), 20 * WORDS, p=share / share.sum()))
    names: dict[str, None] = {}
    at = 0
    while len(names) < WORDS:
        size = int(rng.integers(2, 5 + len(names) ** 0.18))  # frequent words are short
        names[letters[at : at + size]] = None
        at += size
    words = np.array(list(names))
    share = 1 / (np.arange(1, WORDS + 1) + 2.7) ** 1.08  # Zipf's law, as Mandelbrot has it
    drawn = words[rng.choice(WORDS, characters // 5, p=share / share.sum())]
    sentences, at, length = [], 0, 0
    while length < characters and at < len(drawn):
        n = int(rng.integers(*SENTENCE))
        sentences.append(" ".join(drawn[at : at + n].tolist()).capitalize() + ".")
        at, length = at + n, length + len(sentences[-1]) + 1
    return " ".join(sentences)[:characters]
