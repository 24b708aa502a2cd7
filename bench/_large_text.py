"""A text as everybody gets it who is compared on large texts, and the pairs of it that nobody learns."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from w2v import count_texts
from w2v.counting.counted_text import CountedText, CountSettings
from w2v.reading.characters import Reading
from w2v.reading.tokens import cut_into_tokens
from w2v.slices import finished

WINDOW, MIN_COUNT, CORES = 5, 5, 2
AS_CUT = Reading(lowercase=False, pretokenized=True)
LEFT_OUT_EVERY = 10  # sentences
CHUNK = 1_000_000  # characters that are cut into words at once
PAIRS_JUDGED = 200_000  # of the sentences left out


class Text:
    """A text as two files, one sentence a line and a blank between words: `learned`, and what is left out."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.name, self.learned, self.left_out = path.name, folder / "learned.txt", folder / "left_out.txt"
        self.n_tokens = 0
        with self.learned.open("w", encoding="utf-8") as learned, self.left_out.open("w", encoding="utf-8") as left_out:
            for i, sentence in enumerate(_sentences(path)):
                self.n_tokens += len(sentence)
                print(*sentence, file=left_out if i % LEFT_OUT_EVERY == 0 else learned)

    @cached_property
    def unread(self) -> tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The words that are learned, and pairs that are not: center, context, and how often; see `PAIRS_JUDGED`."""
        words = self.counted(0.0).vocabulary.words
        pairs = count_texts(
            [self.left_out], CountSettings(WINDOW, 1, holdout=0.0, reading=AS_CUT), vocabulary=words
        ).counts.matrix.tocoo()
        drawn = np.random.default_rng(1).permutation(pairs.nnz)[:PAIRS_JUDGED]
        return words, pairs.row[drawn], pairs.col[drawn], pairs.data[drawn]

    def counted(self, holdout: float) -> CountedText:
        """Count it, by both cores; a share of what is learned from is kept aside by ours, to know when to stop."""
        settings = CountSettings(WINDOW, MIN_COUNT, holdout=holdout, reading=AS_CUT)
        return count_texts([self.learned], settings, processes=CORES)


def _sentences(path: Path) -> Iterator[list[str]]:
    """Yield the sentences of a file as words in lower case."""
    with path.open(encoding="utf-8", errors="replace") as file:
        while chunk := file.read(CHUNK):
            tokens = finished(cut_into_tokens(chunk + file.readline()))
            words = [tokens.words[i] for i in tokens.ids.tolist()]
            edges = [*tokens.sentence_starts.tolist(), len(words)]
            yield from (words[a:b] for a, b in zip(edges, edges[1:]) if b - a > 1)
