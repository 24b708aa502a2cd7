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
from pages.session import memory
from pages.session.opening import open_saved
from w2v import ProjectionError, WordVectors, honesty, pca_basis, read_saved_run, read_vectors
from w2v.arrays import Floats
from w2v.pictures.tsne import usable_perplexity

MEGABYTES = 20  # of one file
NEAREST = 10
PCA, TSNE = "PCA", "t-SNE"
_COLUMNS = {
    "word": st.column_config.TextColumn(width=130, pinned=True),
    "cosine": st.column_config.ProgressColumn(width=110, format="%.4f", min_value=0.0, max_value=1.0),
}


def opened() -> WordVectors | None:
    """Return the vectors that a visitor opened, or None."""
    vectors: WordVectors | None = memory.latest("opened")[1]
    return vectors


def open_button() -> None:
    """The way to open a file of vectors."""
    with st.popover("Open vectors or a run", icon=":material/upload_file:"):
        st.file_uploader(
            f"gensim or word2vec (text, binary), GloVe text, or a run saved here; at most {MEGABYTES} MB",
            key="opened_file",
            max_upload_size=MEGABYTES,
            on_change=_take_file,
        )
        if problem := memory.widget_value("opened_problem"):
            st.text(problem)
        st.caption("Files stay in the memory of this session. A run (.npz) opens as a run.")


def _take_file() -> None:
    uploaded = memory.taken_upload("opened_file")
    if uploaded is None:
        return
    memory.set_widget_value("opened_problem", None)
    data = uploaded.getvalue()
    try:
        if len(data) > MEGABYTES * 2**20:
            raise ValueError(f"This file has {len(data) / 2**20:.0f} MB and the limit is {MEGABYTES} MB.")
        if data.startswith(b"PK"):
            open_saved(read_saved_run(data))
        else:
            memory.keep("opened", 1, uploaded.file_id, lambda _: read_vectors(data))
    except ValueError as error:
        memory.set_widget_value("opened_problem", str(error))


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
        asked = st.text_input(
            "Word",
            _first_word(vectors),
            key="opened_word",
            label_visibility="collapsed",
            placeholder="A word",
            persist_state="session",
            width=220,
        )
        st.button("Close these vectors", icon=":material/close:", on_click=memory.forget, args=("opened",))
    word = vectors.find((asked or "").strip())
    near = [vectors.ids[name] for name, _ in vectors.nearest(vectors.words[word], NEAREST)] if word is not None else []
    line = TrustLine(st.container(), "opened_trust")
    left, right = st.columns([3, 1])
    with right:
        _neighbors(vectors, asked, word)
    with left:
        _map(vectors, picture or PCA, word, near, line)
    _analogy(vectors)
    for note in vectors.notes:
        st.text(note)


def _first_word(vectors: WordVectors) -> str:
    """The word to begin with: the first of four letters or more; none when no word can be shown as it is."""
    plain = [word for word in vectors.words[:SHOWN_WORDS] if shown(word) == word]
    return next((word for word in plain if len(word) >= 4), plain[0] if plain else "")


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
    opened_now = f"{apology}The vectors you opened: {len(vectors):,} words, {vectors.dim} dimensions."
    line.say(opened_now, numbers, [trust.in_short(seen), trust.reason(seen, vectors.dim, picture == TSNE)])
    marked = [ids.index(i) for i in more]
    figure = one_map(points, [vectors.words[i] for i in ids], marked, st.context.theme.type == "dark")
    alt = f"{len(ids)} words by {picture}; the picture keeps {percent(seen.variance_kept)} of the variance."
    st.plotly_chart(figure, key="opened_map", config={"displaylogo": False}, alt=alt)


def _points(picture: str, ids: list[int], rows: Floats, line: TrustLine) -> tuple[Floats, str]:
    """Where the words stand, and a sentence when that is not the picture that was asked for."""
    if picture == TSNE:
        line.wait(tsne_panel.WAIT)
        words = (memory.latest("opened")[0], *ids)
        perplexity = usable_perplexity(len(rows), tsne_panel.PERPLEXITY)
        try:
            return tsne_panel.points("opened_tsne", words, 0, rows, perplexity, seed=1), ""
        except ProjectionError as error:
            apology = f"{error} This is PCA instead. "
            return pca_basis(rows)(rows), apology
    return pca_basis(rows)(rows), ""


def _neighbors(vectors: WordVectors, asked: str, word: int | None) -> None:
    if word is None:
        st.text(f"{shown(asked)} is not among the {len(vectors):,} words." if asked else "Write a word above.")
        return
    found = vectors.nearest(vectors.words[word], NEAREST)
    st.text(f"Nearest to {shown(vectors.words[word])}, of all {len(vectors):,} words:")
    columns = {"word": [name for name, _ in found], "cosine": [cosine for _, cosine in found]}
    tables.table(columns, key="opened_neighbors", formats=_COLUMNS, height=400)


def _analogy(vectors: WordVectors) -> None:
    with st.expander("Analogies: a \N{MINUS SIGN} b + c"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            words = [st.text_input(name, key=f"opened_{name}", persist_state="session") for name in ("a", "b", "c")]
            keep = st.toggle("Leave a, b and c in", key="opened_inputs", persist_state="session", width="content")
        rows = [vectors.find(word.strip()) for word in words]
        missing = [word for word, row in zip(words, rows) if row is None and word]
        if missing:
            st.text(f"{', '.join(map(shown, missing))}: not among the {len(vectors):,} words.")
        elif all(row is not None for row in rows):
            a, b, c = (vectors.words[row] for row in rows if row is not None)
            found = vectors.analogy(a, b, c, 5, exclude_inputs=not keep)
            st.text(", ".join(f"{shown(name)} ({cosine:.3f})" for name, cosine in found) or "There is no other word.")
