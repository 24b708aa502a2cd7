"""Made-up tables of word pairs in every layout that people write them in, with the rank correlation that is right."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from scipy.stats import rankdata

from w2v import WordVectors

WORDS = ("sun", "moon", "river", "stone", "bread", "salt", "horse", "wolf", "66", "none", "ice cream", "naïve")
VECTORS = WordVectors(WORDS, np.random.default_rng(8).normal(size=(len(WORDS), 5)))
UNKNOWN = ("zeppelin", "quark")

Cells = list[str]


class Made(NamedTuple):
    """A table as text and what is in it: the pairs that have a score, as numbers."""

    text: str
    pairs: list[tuple[str, str, float]]


def right_rho(pairs: Sequence[tuple[str, str, float]], vectors: WordVectors = VECTORS) -> float | None:
    """Spearman's rho by Pearson's formula on the ranks, from the definition; None where there is none."""
    ids = {word.casefold(): i for i, word in reversed(list(enumerate(vectors.words)))}
    known = [(ids[a.casefold()], ids[b.casefold()], s) for a, b, s in pairs if {a.casefold(), b.casefold()} <= set(ids)]
    V = vectors.vectors.astype(float)
    cosines = [round(float(V[a] @ V[b] / np.linalg.norm(V[a]) / np.linalg.norm(V[b])), 12) for a, b, _ in known]
    x, y = rankdata(cosines), rankdata([score for *_, score in known])
    if len(known) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(np.corrcoef(x, y)[0, 1])


@cache
def numbers(places: int, low: int = 0, high: int = 10) -> st.SearchStrategy[str]:
    """Numbers as people write scores."""
    return st.integers(low * 10**places, high * 10**places).map(lambda i: f"{i / 10**places:.{places}f}")


@cache
def text_columns(n: int) -> st.SearchStrategy[tuple[str, Cells]]:
    """A column that is neither words nor score but has letters in it, with the name people give it."""
    few = st.sampled_from(
        (("POS", "nva"), ("relation", "tsHi"), ("type", ("synonym", "antonym")), ("POS", ("NN", "VB")))
    )
    tags = few.flatmap(
        lambda kind: st.tuples(st.just(kind[0]), st.lists(st.sampled_from(kind[1]), min_size=n, max_size=n))
    )
    contexts = st.just(("context", [f"the <b>word</b> number {i} is here" for i in range(n)]))
    remarks = st.tuples(st.just("comment"), st.lists(st.sampled_from((*WORDS, "x", "")), min_size=n, max_size=n))
    return st.one_of(tags, contexts, remarks)


@cache
def number_columns(n: int) -> st.SearchStrategy[tuple[str, Cells]]:
    """A column of numbers that is not the score, with the name people give it."""
    count = st.tuples(
        st.sampled_from(("id", "index", "")), st.sampled_from((0, 1)).map(lambda k: [str(i + k) for i in range(n)])
    )
    raters = st.tuples(st.sampled_from(("n_raters", "count")), st.lists(numbers(0, 5, 20), min_size=n, max_size=n))
    spread = st.tuples(
        st.sampled_from(("SD", "std dev", "conc(w1)")), st.lists(numbers(2, 0, 3), min_size=n, max_size=n)
    )
    return st.one_of(count, raters, spread)


# Hypothesis takes longer to make a strategy than to draw from it: these and the cached ones are made once.
CASES = (str, str, str.upper, str.capitalize)
SPOKEN = st.sampled_from([case(word) for word in (*WORDS, *WORDS, *UNKNOWN) for case in CASES])
OF_PEOPLE = st.lists(st.integers(0, 10), min_size=3, max_size=3)


@cache
def scores_of(places: int, n: int) -> st.SearchStrategy[Cells]:
    """Scores of n pairs."""
    return st.lists(numbers(places, -5), min_size=n, max_size=n)


@cache
def pairs_of(n: int) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Words of n pairs."""
    return st.lists(st.tuples(SPOKEN, SPOKEN), min_size=n, max_size=n)


NAMES = (("word1", "word2", "score"), ("Word 1", "Word 2", "Human (mean)"), ("w1", "w2", "similarity"),
         ("Wort1", "Wort2", "Wert"), ("term_a", "term_b", "avg. rating"))  # fmt: skip


@st.composite
def tables(draw: Any, header: str | None = None, dividers: str = "\t;,| ") -> Made:
    """Any table: columns in any order, any divider, with a header ("known", "unknown" or "none") and without."""
    n = draw(st.integers(1, 14))
    pairs = draw(pairs_of(n))
    places = draw(st.integers(0, 2))
    scores = draw(scores_of(places, n))
    missing = draw(st.sets(st.integers(0, n - 1), max_size=n // 4))
    values = [None if i in missing else float(score) for i, score in enumerate(scores)]
    written = [draw(st.sampled_from(("", "NaN", "n/a"))) if i in missing else score for i, score in enumerate(scores)]
    names = draw(st.sampled_from(NAMES))
    columns = [(names[0], [a for a, _ in pairs]), (names[1], [b for _, b in pairs]), (names[2], written)]
    columns += draw(st.lists(text_columns(n), max_size=2)) + draw(st.lists(number_columns(n), max_size=2))
    if draw(st.integers(0, 4)) == 0 and not missing:  # single people, of whom the score is the mean
        people = np.array([draw(OF_PEOPLE) for _ in range(n)])
        values = [round(float(mean), 2) for mean in people.mean(axis=1)]
        columns[2] = (names[2], [f"{value:.2f}" for value in values])
        columns += [(str(i + 1), [str(x) for x in people[:, i]]) for i in range(3)]
    columns = draw(st.permutations(columns))
    divider = draw(st.sampled_from(dividers))
    rows = [list(row) for row in zip(*(cells for _, cells in columns))]
    kind = header or draw(st.sampled_from(("known", "unknown", "none")))
    strange = ("alpha", "beta", "gamma", "delta", "kappa", "lambda", "sigma", "tau", "psi", "phi", "chi", "rho")
    if kind != "none":
        rows.insert(0, [name for name, _ in columns] if kind == "known" else list(strange[: len(columns)]))
    if draw(st.booleans()) and divider in "\t;":
        rows = [[_decimal_comma(cell) for cell in row] for row in rows]
    quoted = draw(st.sampled_from(("all", "where needed")))
    lines = [divider.join([_quoted(cell, divider, quoted == "all") for cell in row]) for row in rows]
    for _ in range(draw(st.integers(0, len(lines) // 4))):
        lines.insert(draw(st.integers(1, len(lines))), draw(st.sampled_from(("# a remark", "", "a footer of people"))))
    end = draw(st.sampled_from(("\n", "\r\n")))
    text = draw(st.sampled_from(("", "\ufeff"))) + end.join(lines) + draw(st.sampled_from(("", end)))
    return Made(text, [(a, b, value) for (a, b), value in zip(pairs, values) if value is not None])


def _decimal_comma(cell: str) -> str:
    return cell.replace(".", ",") if cell.lstrip("-").replace(".", "").isdigit() else cell


def _quoted(cell: str, divider: str, always: bool) -> str:
    return f'"{cell}"' if always or divider in cell or " " in cell or not cell else cell
