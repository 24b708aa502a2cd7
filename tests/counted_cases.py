"""Texts to be counted, and counts that are compared."""

import io
from collections.abc import Generator, Sequence

import numpy as np
import pytest

from w2v import CountedText, Counts, CountSettings
from w2v.counting.counting import Progress
from w2v.counting.tally import Tally
from w2v.reading import text_cells

ALL = CountSettings(window=2, min_count=1, holdout=0)


def streams(texts: Sequence[str]) -> list[io.BytesIO]:
    return [io.BytesIO(text.encode()) for text in texts]


def same(one: Counts, other: Counts) -> None:
    for name in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(one.matrix, name), getattr(other.matrix, name))


def equal(one: CountedText, other: CountedText) -> None:
    assert one.vocabulary.words == other.vocabulary.words
    assert np.array_equal(one.vocabulary.counts, other.vocabulary.counts)
    same(one.counts, other.counts)
    same(one.heldout, other.heldout)
    assert (one.settings, one.n_tokens) == (other.settings, other.n_tokens)


def prose(n_lines: int, seed: int = 0, n_words: int = 60, length: int = 9) -> str:
    """Lines of words as frequent as words are."""
    ids = np.random.default_rng(seed).zipf(1.3, (n_lines, length)) % n_words
    return "\n".join(" ".join(f"w{i}" for i in line) for line in ids.tolist())


def small_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a short text have many cells, each a piece of its own."""
    monkeypatch.setattr(text_cells, "CELL", 700)
    monkeypatch.setattr(text_cells, "REACH", 300)


def stopped_after(n_steps: int, work: Generator[Progress, bool | None, Tally | None]) -> Tally | None:
    """Count, and stop when it was said so often how far it is."""
    try:
        for _ in range(n_steps):
            next(work)
        work.send(True)
        while True:
            next(work)
    except StopIteration as end:
        tally: Tally | None = end.value
        return tally
