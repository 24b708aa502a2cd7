"""Vectors of another program on Map: open a file, see its words on a picture that says how far to trust it, and ask.

There is no run behind them, so that nothing moves: no moments, no probabilities, no loss.
"""

import numpy as np
import streamlit as st

from pages.drawing import trust
from pages.drawing.figures import one_map
from pages.drawing.numbers import percent
from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.shared import tables, tsne_panel
from pages.parts.shared.trust import TrustLine
from pages.parts.shared.word_box import is_missing, word_of_opened
from pages.session import memory, now
from pages.session.opening import close_vectors, opened_key, opened_name, opened_vectors
from w2v import ProjectionError, WordVectors, honesty, nearest, pca_basis
from w2v.arrays import Floats
from w2v.counted import counted
from w2v.explain.oddities import oddity
from w2v.pictures.tsne import usable_perplexity

NEAREST = 10
PCA, TSNE = "PCA", "t-SNE"
WORD = "opened_word"  # key of the box for it
_COLUMNS = {
    "word": st.column_config.TextColumn(width=130, pinned=True),
    "cosine": st.column_config.ProgressColumn(width=110, format="%.4f", min_value=0.0, max_value=1.0),
}


def show(vectors: WordVectors) -> None:
    """The page in place of the map of a run."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        picture = st.radio(
            "Picture",
            (PCA, TSNE),
            horizontal=True,
            key="opened_picture",
            label_visibility="collapsed",
            persist_state="session",
            width="content",
        )
        _fill_box(vectors)
        asked = st.text_input(
            "Word",
            key=WORD,
            on_change=_take,
            label_visibility="collapsed",
            placeholder="A word",
            persist_state="session",
            width=220,
        )
        st.button("Close these vectors", icon=":material/close:", on_click=close_vectors)
    word = vectors.find((asked or "").strip())
    near = [] if word is None else nearest(vectors.directions, word, NEAREST)
    line = TrustLine(st.container(), "opened_trust")
    if vectors.notes:
        st.text(" ".join(vectors.notes))
    left, right = st.columns([3, 1])
    with right:
        _neighbors(vectors, asked, word, near)
    with left:
        _map(vectors, picture or PCA, word, [other for other, _ in near], line)
    _analogy(vectors)


def _fill_box(vectors: WordVectors) -> None:
    """Put the selected word into the box, unless it is there as somebody typed it, or what they typed is no word."""
    typed, selected = memory.widget_value(WORD), word_of_opened(vectors)
    found = vectors.find((typed or "").strip())
    if typed is None or (found is not None and found != selected):
        memory.set_widget_value(WORD, "" if selected is None else vectors.words[selected])


def _take() -> None:
    vectors = opened_vectors()
    found = None if vectors is None else vectors.find((memory.widget_value(WORD) or "").strip())
    if vectors is not None and found is not None:
        now.select(vectors.words[found])


def _map(vectors: WordVectors, picture: str, word: int | None, near: list[int], line: TrustLine) -> None:
    more = [] if word is None else [word, *near]
    ids = [*range(min(len(vectors), SHOWN_WORDS))]
    ids += [i for i in more if i >= len(ids)]
    rows = np.asarray(vectors.vectors[ids], dtype=np.float64)  # (drawn, dim)
    points, apology = _points(picture, ids, rows, line)
    seen = honesty(rows, points)
    drawn = f"the {len(ids)} drawn" if len(ids) < len(vectors) else "them"
    numbers = (
        f"This picture keeps {percent(seen.variance_kept)} of the variance; the closest dot is the true nearest word "
        f"for {percent(seen.nearest_agree)} of {drawn}."
    )
    size = f"{counted(len(vectors), 'word')}, {counted(vectors.dim, 'dimension')}"
    some = "" if len(ids) == len(vectors) else f" The map shows the first {SHOWN_WORDS}; the box finds any of them."
    why = [trust.in_short(seen), trust.reason(seen, vectors.dim, picture == TSNE)]
    if odd := memory.keep("opened_odd", 1, (opened_key(), size), lambda _: oddity(vectors.vectors)):
        numbers, why = (odd.sentence, []) if odd.is_all else (f"{odd.sentence} {numbers}", why)
    line.say(f"{apology}{opened_name()}: {size}.{some}{f' {odd.sentence}' if odd else ''}", numbers, why)
    marked = [ids.index(i) for i in more]
    words, dark = [vectors.words[i] for i in ids], st.context.theme.type == "dark"
    figure = one_map(points, words, marked, dark, always=1)  # the nearest are named beside the map, too
    alt = f"{counted(len(ids), 'word')} by {picture}; the picture keeps {percent(seen.variance_kept)} of the variance."
    st.plotly_chart(figure, key="opened_map", config={"displaylogo": False}, alt=alt)


def _points(picture: str, ids: list[int], rows: Floats, line: TrustLine) -> tuple[Floats, str]:
    """Where the words stand, and a sentence when that is not the picture that was asked for."""
    if picture == TSNE:
        line.wait(tsne_panel.WAIT)
        words = (opened_key(), *ids)
        perplexity = usable_perplexity(len(rows), tsne_panel.PERPLEXITY)
        try:
            return tsne_panel.points("opened_tsne", words, 0, rows, perplexity, seed=1), ""
        except ProjectionError as error:
            apology = f"{error} This is PCA instead. "
            return pca_basis(rows)(rows), apology
    return pca_basis(rows)(rows), ""


def _neighbors(vectors: WordVectors, asked: str, word: int | None, near: list[tuple[int, float]]) -> None:
    if word is None:
        st.text(is_missing(asked, vectors.words) if asked else "Write a word above.")
        return
    if not near:
        st.text("There is no other word.")
        return
    st.text(f"Nearest to {shown(vectors.words[word])}, of all {len(vectors):,} words:")
    columns = {"word": [vectors.words[other] for other, _ in near], "cosine": [cosine for _, cosine in near]}
    tables.table(columns, key="opened_neighbors", formats=_COLUMNS, height=400)


def _analogy(vectors: WordVectors) -> None:
    with st.expander("Analogies: a \N{MINUS SIGN} b + c"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            words = [st.text_input(name, key=f"opened_{name}", persist_state="session") for name in ("a", "b", "c")]
            keep = st.toggle("Leave a, b and c in", key="opened_inputs", persist_state="session", width="content")
        rows = [vectors.find(word.strip()) for word in words]
        missing = [word for word, row in zip(words, rows) if row is None and word]
        if missing:
            st.text(f"{', '.join(map(shown, missing))}: not among the {counted(len(vectors), 'word')}.")
        elif all(row is not None for row in rows):
            a, b, c = (vectors.words[row] for row in rows if row is not None)
            found = vectors.analogy(a, b, c, 5, exclude_inputs=not keep)
            st.text(", ".join(f"{shown(name)} ({cosine:.3f})" for name, cosine in found) or "There is no other word.")
