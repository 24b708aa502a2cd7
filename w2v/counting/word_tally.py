"""The words of texts, counted: in memory, and in sorted files where there are too many different ones."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np

from w2v.corpus import Vocabulary, refuse_too_few_words
from w2v.counting.counted_text import CountSettings, vocabulary_of
from w2v.counting.word_reader import count_words
from w2v.reading.characters import Reading

BYTES = 200  # of memory that a word takes, about


class WordCounter:
    """Counts the words of texts that are read in one way."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __call__(self, texts: Iterable[str]) -> Counter[str]:
        """Count the words of texts."""
        n_of = Counter[str]()
        for text in texts:
            count_words(text, self._reading, n_of)
        return n_of


class WordTally:
    """How often each word occurs, however many there are.

    budget : bytes that the words may take in memory
    folder : for what is more
    """

    def __init__(self, budget: int, folder: Path) -> None:
        self._most, self._folder = max(1, budget // BYTES), folder
        self._n_of: Counter[str] = Counter()
        self._files: list[Path] = []
        self.n_tokens = 0

    def add(self, n_of: Counter[str]) -> None:
        """Add counts of words."""
        self._n_of.update(n_of)
        self.n_tokens += n_of.total()
        if len(self._n_of) > self._most:
            self._spill()

    def vocabulary(self, settings: CountSettings) -> Vocabulary:
        """Return the words that are kept.

        Raises ValueError in one sentence where these are fewer than two, unless all are: what has but one can be added
        to more.
        """
        if settings.min_count > 1 or settings.most_words is not None:
            most_frequent = heapq.nlargest(2, (n for _, n in self._all()))
            refuse_too_few_words(np.array(most_frequent, np.int64), settings.min_count)
        kept: Iterable[tuple[str, int]] = ((word, n) for word, n in self._all() if n >= settings.min_count)
        if settings.most_words is not None:
            kept = heapq.nsmallest(settings.most_words, kept, key=lambda item: (-item[1], item[0]))
        return vocabulary_of(dict(kept))

    def all_words(self) -> Vocabulary:
        """Return all words so far."""
        return vocabulary_of(dict(self._all()))

    def _all(self) -> Iterator[tuple[str, int]]:
        if not self._files:
            yield from self._n_of.items()
            return
        sources = [*map(_read, self._files), sorted(self._n_of.items())]
        for word, group in groupby(heapq.merge(*sources), key=itemgetter(0)):
            yield word, sum(n for _, n in group)

    def _spill(self) -> None:
        path = self._folder / f"words-{len(self._files)}"
        with path.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            for word, n in sorted(self._n_of.items()):
                file.write(f"{word} {n}\n")
        self._files.append(path)
        self._n_of.clear()


def _read(path: Path) -> Iterator[tuple[str, int]]:
    with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for line in file:
            word, n = line.rsplit(" ", 1)
            yield word, int(n)


def counts_of(vocabulary: Vocabulary) -> Counter[str]:
    """Return how often each word occurs, to be added to what is counted from there on."""
    return Counter(dict(zip(vocabulary.words, vocabulary.counts.tolist(), strict=True)))
