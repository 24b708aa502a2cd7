"""Texts of up to a hundred megabytes beside word2vec.c and gensim: wall time, likeness to people, unread sentences.

    python -m bench.large_texts --texts A.txt B.txt [--word2vec-c PROGRAM] [--minutes M] [--write docs/large-texts.md]

All get the same file of the same sentences, a tenth of them left out, and two cores; seconds are those on the clock
from that file to vectors, vocabulary and counting included, with all libraries imported before. Everybody has window 5,
minimum count 5, 100 dimensions and otherwise what it does unless told; gensim and word2vec.c go over the text 5 times,
and gensim 20 times as well, as on shorter texts people let it. Ours is judged after every pass, which is not its time:
so it can be said when it has come as far as gensim comes, in WordSim-353 and SimLex-999 both, give or take what two
seeds of gensim differ by after as many epochs. These and the analogies are the files that come with gensim. What
`PROGRAM` is, word2vec.c built from its published source, this project does not have: without it the rows are left out.
`M` is the time that each model of ours may take (`w2v train --minutes`), for texts whose exact passes take long; and
then gensim's 20 epochs are left out.

Of analogies, right answers count twice: all, and those left when the ones are out whose answer is the word nearest to
the third anyway. Where full softmax has fewer right than gensim, on Shakespeare's plays, it is for these: after 5
epochs gensim's vectors have hardly left their start there (they agree with people as if by chance), "her" is nearest
to "his" and answers every question about "his"; a third to two thirds of its right answers are such. After 20 epochs
they are gone, and it has fewer right than ours.

Held-out loss: exact full softmax, and the hierarchical softmax of gensim, on pairs of the sentences that were left out,
in nats a pair; negative sampling gives words no probability, so it has none.
"""

import argparse
import gc
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench._large_text import CORES, MIN_COUNT, WINDOW, Text
from bench._likeness import likeness, neighbors_shared, pairs, published
from bench._report import Figure, print_table, show
from w2v import CountsRun, WordVectors, load_vectors
from w2v.judgments.evaluation import analogies, in_all, similarity
from w2v.whole.budget import budget_of
from w2v.whole.counts_run import config_of_counts

DIM = 100
EPOCHS, MANY_EPOCHS = 5, 20
SOONER, NOT_SLOWER, LARGE = 3.0, 1.0, 10_000_000  # targets; words from which on the second one counts
SCORES_AT_ONCE = 4_000_000  # of the exact loss
HEAD = ("", "seconds", "WordSim (pairs)", "SimLex (pairs)", "analogies (by a : b)", "of 10 neighbors", "held out")


class Models(NamedTuple):
    """What is compared."""

    ours: list["Model"]  # full softmax and negative sampling
    gensims: list["Model"]  # negative sampling, after few and many epochs
    others_seeds: list["Model"]  # each of these with another seed
    tree: "Model"  # hierarchical softmax
    others: list["Model"]

    def all_of_them(self) -> Iterator["Model"]:
        """All, in the order of the table."""
        yield from (*self.ours, *self.gensims, *self.others_seeds, self.tree, *self.others)


class Stage(NamedTuple):
    """Where a training had come to, after how many seconds: correlations with WordSim-353 and SimLex-999."""

    seconds: float
    rho: tuple[float, float]


@dataclass(frozen=True)
class Model:
    """What somebody learned: words with vectors, the seconds it took, its loss on unread pairs, and the way there."""

    name: str
    seconds: float
    vectors: WordVectors
    loss: Callable[[], float] | None = None
    way: tuple[Stage, ...] = ()


def main(arguments: list[str] | None = None) -> list[Figure]:
    """Measure every text; return all figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--word2vec-c", type=Path, metavar="PROGRAM")
    parser.add_argument("--minutes", type=float, metavar="M", help="for each model of ours")
    parser.add_argument("--write", type=Path, metavar="FILE", help="add the tables to this Markdown file as well")
    chosen = parser.parse_args(arguments)
    figures: list[Figure] = []
    if chosen.texts:
        _import_all()
    for path in chosen.texts:
        with tempfile.TemporaryDirectory() as folder:
            figures += _measured(Text(path, Path(folder)), chosen)
    show(figures)
    return figures


def _import_all() -> None:
    """Train both on a few words: what libraries import only when it is first needed is nobody's time.

    Nor is garbage collection, which looks through all that was imported, ours and gensim's, in either one's seconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder, "few.txt")
        few.write_text("The quick brown fox jumps over the lazy dog.\n" * 100, encoding="utf-8")
        text = Text(few, Path(folder))
        _ours(text, "softmax", None)
        _gensims(text, EPOCHS, seed=1)
    gc.collect()
    gc.freeze()


def _measured(text: Text, chosen: argparse.Namespace) -> list[Figure]:
    epochs = (EPOCHS,) if chosen.minutes else (EPOCHS, MANY_EPOCHS)
    models = Models(
        [_ours(text, objective, chosen.minutes) for objective in ("softmax", "negative")],
        [_gensims(text, n, seed=1) for n in epochs],
        [_gensims(text, n, seed=2) for n in epochs],
        _gensims(text, EPOCHS, seed=1, hierarchical=True),
        [_word2vec_c(text, chosen.word2vec_c)] if chosen.word2vec_c else [],
    )
    title = f"{text.name}: {text.n_tokens:,} words, {len(models.ours[0].vectors):,} different ones learned"
    if chosen.minutes:
        title += f", {chosen.minutes:g} minutes for each of ours"
    judged = {model.name: Judged(model, models.gensims[0].vectors) for model in models.all_of_them()}
    rows = [one.cells() for one in judged.values()]
    figures = _figures(text, models, judged)
    print(title, "" if chosen.word2vec_c else "(word2vec.c is not here)")
    print_table(HEAD, rows)
    if chosen.write:
        _write(chosen.write, title, rows, figures)
    return figures


def _write(place: Path, title: str, rows: list[tuple[str, ...]], figures: list[Figure]) -> None:
    """Add a table to a Markdown file."""
    lines = [f"\n## {title}\n", *("| " + " | ".join(row) + " |" for row in (HEAD, ["---"] * len(HEAD), *rows)), ""]
    lines += [
        f"- {name}: {value}{f' ({target}: {verdict})' if target else ''}"
        for name, value, target, verdict in (figure.cells() for figure in figures)
    ]
    with place.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


# --- the models -------------------------------------------------------------------------------------------------


def _ours(text: Text, objective: str, minutes: float | None) -> Model:
    begun = time.perf_counter()
    # An objective on a schedule goes to its end: it needs nothing kept aside to know when to stop
    counted = text.counted(0.1 if objective == "softmax" else 0.0)
    before, way = time.perf_counter() - begun, []
    config = config_of_counts(counted.settings, dim=DIM, objective=objective)
    training = CountsRun.train(counted, config, budget=budget_of(counted, config, minutes) if minutes else None)
    try:
        while True:
            progress = next(training)
            vectors = _vectors(progress.so_far(), progress.n_passes)
            way.append(Stage(before + progress.seconds, likeness(vectors)))
    except StopIteration as end:
        run: CountsRun = end.value
    vectors, U = _vectors(run, run.best), run.parameters(run.best).U.astype(np.float32)
    loss = partial(_softmax_loss, text, vectors, U) if objective == "softmax" else None
    return Model(f"ours, {objective}, {run.n_passes} passes", before + run.seconds, vectors, loss, tuple(way))


def _vectors(run: CountsRun, n_passes: int) -> WordVectors:
    return WordVectors(run.vocabulary.words, run.parameters(n_passes).V.astype(np.float32))


def _gensims(text: Text, epochs: int, seed: int, *, hierarchical: bool = False) -> Model:
    from gensim.models import Word2Vec

    settings: dict[str, Any] = {"hs": 1, "negative": 0} if hierarchical else {"negative": 5}
    begun = time.perf_counter()
    model = Word2Vec(
        corpus_file=str(text.learned),
        vector_size=DIM,
        window=WINDOW,
        min_count=MIN_COUNT,
        sg=1,
        workers=CORES,
        epochs=epochs,
        seed=seed,
        **settings,
    )
    seconds = time.perf_counter() - begun
    vectors = WordVectors(tuple(model.wv.index_to_key), model.wv.vectors)
    name = f"gensim {'HS' if hierarchical else 'SGNS'}, {epochs} epochs, seed {seed}"
    return Model(name, seconds, vectors, partial(_tree_loss, text, model) if hierarchical else None)


def _word2vec_c(text: Text, program: Path) -> Model:
    out = text.learned.with_suffix(".bin")
    asked = {"train": text.learned, "output": out, "size": DIM, "window": WINDOW, "min-count": MIN_COUNT}
    asked |= {"cbow": 0, "negative": 5, "hs": 0, "sample": 1e-3, "threads": CORES, "iter": EPOCHS, "binary": 1}
    begun = time.perf_counter()
    given = [word for name, value in asked.items() for word in (f"-{name}", str(value))]
    subprocess.run([program, *given], check=True, stdout=subprocess.DEVNULL)
    return Model(f"word2vec.c SGNS, {EPOCHS} epochs", time.perf_counter() - begun, load_vectors(out))


# --- how good they are ------------------------------------------------------------------------------------------


class Judged:
    """A model with all that is measured of it; `other` are the vectors whose neighbors are asked for."""

    def __init__(self, model: Model, other: WordVectors) -> None:
        self.model = model
        self.likeness = [similarity(model.vectors, test) for test in pairs()]
        self.answers = in_all(analogies(model.vectors, published("questions-words.txt")))
        self.shared = neighbors_shared(model.vectors, other)
        self.loss = model.loss() if model.loss else None

    def cells(self) -> tuple[str, ...]:
        likeness = [f"{r.spearman or 0.0:.3f} ({r.n_found})" for r in self.likeness]
        n_right, n_by_pair = self.answers.n_right, self.answers.n_right - self.answers.n_nearest
        right = f"{self._share(n_right)} ({self._share(n_by_pair)})" if self.answers.n_found else "-"
        loss = "-" if self.loss is None else f"{self.loss:.3f}"
        return self.model.name, f"{self.model.seconds:,.1f}", *likeness, right, f"{self.shared:.2f}", loss

    def _share(self, n: int) -> str:
        return f"{100 * n / self.answers.n_found:.1f} %"


def _figures(text: Text, models: Models, judged: dict[str, "Judged"]) -> list[Figure]:
    """How much sooner ours is as like people as gensim is in the end; and the losses."""
    target = NOT_SLOWER if text.n_tokens >= LARGE else SOONER
    figures = []
    for theirs, another in zip(models.gensims, models.others_seeds, strict=True):
        end, others_end = likeness(theirs.vectors), likeness(another.vectors)
        enough = [rho - abs(rho - other) for rho, other in zip(end, others_end, strict=True)]
        for ours in models.ours:
            soon = (s.seconds for s in ours.way if all(r >= e for r, e in zip(s.rho, enough, strict=True)))
            seconds = next(soon, None)
            name = f"{ours.name} as like people as {theirs.name}, times sooner"
            sooner = 0.0 if seconds is None else theirs.seconds / seconds
            figures.append(Figure(name, sooner, "", target if ours is models.ours[0] else None, True))
    softmax, tree = judged[models.ours[0].name].loss, judged[models.tree.name].loss
    assert softmax is not None
    assert tree is not None
    return [*figures, Figure("held-out loss, full softmax of ours - hierarchical softmax", softmax - tree, "nats", 0.0)]


def _softmax_loss(text: Text, vectors: WordVectors, U: NDArray[np.float32]) -> float:
    """Return the mean loss of full softmax on unread pairs, exact to float32: -log P(o|c) in nats."""
    _, centers, contexts, times = text.unread
    V, total = vectors.vectors, 0.0
    asked_of = np.unique(centers)
    for some in np.array_split(asked_of, max(1, len(asked_of) * len(U) // SCORES_AT_ONCE)):
        asked = np.flatnonzero((centers >= some[0]) & (centers <= some[-1]))
        scores, rows = V[some] @ U.T, np.searchsorted(some, centers[asked])
        largest = scores.max(axis=1, keepdims=True)
        log_Z = largest[:, 0] + np.log(np.exp(scores - largest).sum(axis=1, dtype=np.float64))
        total += float(times[asked] @ (log_Z[rows] - scores[rows, contexts[asked]]))
    return total / float(times.sum())


def _tree_loss(text: Text, model: Any) -> float:
    """Return the mean loss of gensim's hierarchical softmax on the same pairs, exact, for its own tree."""
    words, centers, contexts, times = text.unread
    rows = np.array([model.wv.key_to_index[word] for word in words])
    V, nodes = model.wv.vectors[rows].astype(np.float64), model.syn1.astype(np.float64)
    total = 0.0
    for o in np.unique(contexts):
        asked = np.flatnonzero(contexts == o)
        path, code = (model.wv.get_vecattr(words[o], what) for what in ("point", "code"))
        scores = V[centers[asked]] @ nodes[path].T * (1 - 2.0 * np.asarray(code))
        total += float(times[asked] @ np.logaddexp(0, -scores).sum(axis=1))
    return total / float(times.sum())


if __name__ == "__main__":
    main()
