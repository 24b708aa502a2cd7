"""Negative sampling of whole texts beside gensim's SGNS, by default settings on both sides of the same question.

Two questions. Of the ten nearest words of a word, how many are gensim's, beside how many two runs of gensim share?
And on short texts: how well are sentences guessed that neither has read? The loss is the same for both, the
objective of negative sampling with its expected negatives, exact over all pairs kept aside, in float64.
"""

import bz2
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from bench import _gensim
from bench._report import Figure, print_table
from w2v import Config, Corpus, WholeTextRun, train_whole_text
from w2v.goal import Goal
from w2v.neighbours import unit_rows
from w2v.slices import finished

EPOCHS, RATE = 20, 0.025
OVERLAP_FROM = 20  # a word must occur so often to be asked for its neighbors
USUAL: dict[str, Any] = {"dynamic_window": True, "subsample": 1e-3}  # what gensim does unless it is told not to
SAME_PAIRS_TARGET, USUAL_TARGET = 0.8, 0.75
SHORT = (2_000, 5_000, 12_000)  # words
GENSIMS_EPOCHS = (5, EPOCHS)  # its usual number, and that of ours: one has to beat both
HINDSIGHT = 10  # epochs: about its best on short texts, as the sentences kept aside tell afterwards
ENCYCLOPEDIA_WORDS = 150_000


def texts_of_gensim() -> Iterator[tuple[str, str]]:
    """Yield name and text of two more kinds, which come with gensim: news, and an encyclopedia."""
    from gensim.corpora.wikicorpus import extract_pages, filter_wiki
    from gensim.test.utils import datapath

    with open(datapath("lee_background.cor"), encoding="utf-8") as news:
        yield "news", news.read()
    pages: list[str] = []
    dump = datapath("enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2")
    with bz2.open(dump) as packed:
        for _, page, _ in extract_pages(packed, ["0"]):
            pages.append(filter_wiki(page))
            if sum(page.count(" ") for page in pages) > ENCYCLOPEDIA_WORDS:
                break
    yield "encyclopedia", "\n".join(pages)


def neighbors(name: str, config: Config) -> list[Figure]:
    """Ten nearest words: how many are gensim's, beside how many two gensims share; on the same pairs, and as usual."""
    corpus = Corpus.from_text(config.text, min_count=config.min_count)
    sentences = [list(sentence) for sentence in corpus.sentences]
    asked = corpus.vocabulary.counts >= OVERLAP_FROM
    figures, rows = [], []
    for how, settings, target in (("same pairs", {}, SAME_PAIRS_TARGET), ("as usual", USUAL, USUAL_TARGET)):
        wanted = replace(config, objective="negative", **settings)
        begun = time.perf_counter()
        run = finished(WholeTextRun.train(wanted, corpus=corpus))
        seconds = time.perf_counter() - begun
        asked_of_gensim: dict[str, Any] = {"negative": wanted.negatives, "usual": wanted.dynamic_window}
        two = [_gensim.train(corpus, sentences, EPOCHS, RATE, seed=seed, **asked_of_gensim) for seed in (1, 2)]
        ours, theirs = ten_nearest(run.parameters(run.best).V), [ten_nearest(t.vectors(corpus)) for t in two]
        own = shared(theirs[0], theirs[1], asked)
        with_ours = statistics.mean(shared(ours, t, asked) for t in theirs)
        rows += [
            (f"gensim SGNS, {how}, {EPOCHS} epochs, two seeds", f"{two[0].seconds:.2f} s", f"{10 * own:.2f}"),
            (f"ours, {how}, {run.best} passes, and gensim", f"{seconds:.2f} s", f"{10 * with_ours:.2f}"),
        ]
        figures.append(
            Figure(f"{name}: neighbors shared with SGNS / its own, {how}", with_ours / own, "", target, True)
        )
    print_table((f"{name}, words of {OVERLAP_FROM} or more", "seconds", "of 10 neighbors shared"), rows)
    return figures


def ten_nearest(vectors: Any) -> Any:
    unit = unit_rows(vectors)
    similarity = unit @ unit.T
    np.fill_diagonal(similarity, -np.inf)
    return np.argpartition(-similarity, 10, axis=1)[:, :10]


def shared(a: Any, b: Any, asked: Any) -> float:
    return float(np.mean([len(set(x) & set(y)) / 10 for x, y in zip(a[asked].tolist(), b[asked].tolist())]))


# --- short texts ---------------------------------------------------------------------------------------------------


def short_texts(name: str, text: str) -> list[Figure]:
    """On the first so many words: the loss of sentences kept aside, by which ours stops, beside gensim's."""
    words, figures, rows = text.split(" "), [], []
    for n_words in SHORT:
        config = Config(" ".join(words[:n_words]), objective="negative", dim=50, window=_gensim.WINDOW)
        corpus = Corpus.from_text(config.text)
        run = train_whole_text(config)
        inputs = tuple([(word,) for word in range(len(corpus.vocabulary))])
        goal = Goal(run.heldout_counts, inputs, run.objective)
        learned = _gensim.sentences_learned(config, corpus, run.holdout)
        losses = {}
        for epochs in (*GENSIMS_EPOCHS, HINDSIGHT):
            trained = _gensim.train(corpus, learned, epochs, RATE, negative=config.negatives, dim=config.dim)
            losses[epochs] = goal.mean_loss(trained.sgns(corpus))
        ours, theirs = goal.mean_loss(run.parameters(run.best)), min(losses[epochs] for epochs in GENSIMS_EPOCHS)
        rows.append((f"{n_words:,} words", f"{ours:.4f}", *[f"{loss:.4f}" for loss in losses.values()]))
        figures.append(Figure(f"{name}, {n_words:,} words: kept aside, negative sampling", ours, "nats", theirs))
    after = [f"gensim, {epochs} epochs" for epochs in (*GENSIMS_EPOCHS, HINDSIGHT)]
    print_table((f"{name}, pairs kept aside, nats a pair", "ours", *after), rows)
    return figures
