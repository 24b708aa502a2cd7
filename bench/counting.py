"""Counting texts of any size, beside counting a pasted one: how much a second does one core, and how much do two.

The same text in one run: `count_texts` reads a file twice, for its words and for its pairs, as `w2v count` does;
`count_pairs` needs all of it in memory. Counted is time on the processors, what other programs take is not; but for two
processes, whose seconds are those on the clock, beside those of one. Texts named on the command line are measured too.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench._book import book
from bench._report import Figure, show
from w2v import Corpus, CountSettings, count_pairs, count_texts

SETTINGS = CountSettings(holdout=0)
REPEATS = 3
LONG = 40  # times the book: pieces enough for two processes


def main(paths: list[str] | None = None) -> list[Figure]:
    """Measure everything; return all figures."""
    with tempfile.TemporaryDirectory() as folder:
        text = book()
        short, long = Path(folder, "book.txt"), Path(folder, "long.txt")
        short.write_text(text, encoding="utf-8")
        long.write_text(f"{text}\n" * LONG, encoding="utf-8")
        figures = [beside_pasted(text, short), *map(speed, [long, *map(Path, paths or [])]), by_two(long)]
    show(figures)
    return figures


def beside_pasted(text: str, file: Path) -> Figure:
    """Time of counting the file, over that of counting the text at hand."""
    ours = seconds(lambda: count_texts(file, SETTINGS), time.process_time)
    theirs = seconds(
        lambda: count_pairs(Corpus.from_text(text, min_count=SETTINGS.min_count), SETTINGS.window), time.process_time
    )
    return Figure("counting a file in pieces, over counting the same text pasted", ours / theirs, "x", 1.5)


def speed(file: Path) -> Figure:
    """Words a second on one core, both times of reading counted."""
    begun = time.process_time()
    n_tokens = count_texts(file).n_tokens
    return Figure(f"words a second a core, {file.name}", n_tokens / (time.process_time() - begun) / 1e6, "million")


def by_two(file: Path) -> Figure:
    """Time on the clock with two processes, over that with one."""
    two, one = (seconds(partial(count_texts, file, processes=n), time.perf_counter, 1) for n in (2, 1))
    return Figure("counting by two processes, over counting by one", two / one, "x", 0.75)


def seconds(work: Callable[[], object], clock: Callable[[], float], repeats: int = REPEATS) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(repeats):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main(sys.argv[1:])
