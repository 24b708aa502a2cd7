"""The widgets of Map: which picture, of which vectors, and how it looks."""

from typing import Any

import streamlit as st

from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.map.choice import COLORS, KEPT_NEAR, NAMES, PAIRS, PICTURES, TAILS, TSNE, TWO_VECTORS, VECTORS, Choice
from pages.parts.shared import tsne_panel
from pages.session import memory, now
from w2v import PRESETS, Moments
from w2v.objectives import OBJECTIVES

STILL = "map_tsne"


def controls(moments: Moments) -> Choice:
    """Show the widgets and return what is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        picture = st.selectbox(
            "Picture", PICTURES, key="map_picture", label_visibility="collapsed", persist_state="session", width=216
        )
        vectors = _vectors(moments)
        if picture == TSNE:
            tsne_panel.draw_button(
                STILL, "Draw it now", "Draws the present update, going on from the picture that is there."
            )
        else:
            tsne_panel.take_away(STILL)
        pairs = _pairs(moments, picture == PAIRS)
        look = _options(moments, picture)
        lines = st.toggle("Lines to true nearest", key="map_lines", persist_state="session", width="content")
    return Choice(picture=picture, vectors=vectors, pairs=pairs, lines=lines, **look)


def _vectors(moments: Moments) -> str:
    if not OBJECTIVES[moments.config.objective].words_in_U or not now.in_numbers():
        return "v"
    chosen = st.radio(
        "Vectors",
        VECTORS,
        format_func=VECTORS.__getitem__,
        horizontal=True,
        key="map_vectors",
        label_visibility="collapsed",
        persist_state="session",
        width="content",
    )
    st.markdown("", help=TWO_VECTORS, width="content")
    return chosen or "v"


def _pairs(moments: Moments, in_use: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words that the axes run along: from and to, for x and for y."""
    words = moments.corpus.vocabulary.words[:SHOWN_WORDS]
    ids = list(_first_pairs(moments))
    if in_use:
        with st.popover("Word pairs", width="content"):
            places = ("x axis, from", "to the right end", "y axis, from", "to the upper end")
            left, right = st.columns(2)
            for i, place in enumerate(places):
                key = f"map_pair_{i}"
                if memory.widget_value(key) not in words:
                    memory.set_widget_value(key, words[ids[i]])
                with (left, right)[i % 2]:
                    chosen = st.selectbox(place, words, format_func=shown, key=key, persist_state="session")
                ids[i] = moments.corpus.vocabulary.ids[chosen]
            if ids[0] == ids[1] or ids[2] == ids[3]:
                st.text("An axis needs two different words.")
    return (ids[0], ids[1]), (ids[2], ids[3])


def _first_pairs(moments: Moments) -> tuple[int, int, int, int]:
    """The axes to begin with: within a pair of partners of the preset and between two pairs; else frequent words."""
    vocabulary, preset = moments.corpus.vocabulary, moments.config.preset
    partners = PRESETS[preset].partners if preset else ()
    if len(partners) > 2:
        (a, b), c = partners[0], partners[2][0]
        ids = vocabulary.ids
        if {a, b, c} <= set(ids) and max(ids[w] for w in (a, b, c)) < SHOWN_WORDS:
            return ids[b], ids[a], ids[c], ids[a]
    longer = sorted(range(min(len(vocabulary), SHOWN_WORDS)), key=lambda i: len(vocabulary.words[i]) < 4)
    first = (longer * 4)[:4]
    return first[1], first[0], first[3], first[2]


def _options(moments: Moments, picture: str) -> dict[str, Any]:
    """How the map looks; few change it, so it is folded away."""
    with st.popover("Options", icon=":material/tune:", width="content"):
        n_words = min(len(moments.corpus.vocabulary), SHOWN_WORDS)
        perplexity = tsne_panel.choose_perplexity("map_perplexity", n_words, ask=picture == TSNE)
        color = st.selectbox(
            "Color by", COLORS, format_func=COLORS.__getitem__, key="map_color", persist_state="session"
        )
        groups = 5
        if color == "group":
            groups = st.slider("Groups", 2, 8, groups, key="map_groups", persist_state="session")
        tails = st.selectbox("Tail of the selected word", TAILS, index=3, key="map_tails", persist_state="session")
        names = st.radio(
            "Names", NAMES, index=NAMES.index("normal"), horizontal=True, key="map_names", persist_state="session"
        )
        arrows = st.toggle("Arrows: what the next update changes", True, key="map_arrows", persist_state="session")
        near = st.toggle("Lines to the three words most like it", True, key="map_near", persist_state="session")
        isolate = st.toggle(
            f"Only the selected word and its {KEPT_NEAR} true nearest", key="map_isolate", persist_state="session"
        )
    return {
        "perplexity": perplexity,
        "color": color,
        "groups": groups,
        "tails": TAILS[tails],
        "names": names,
        "arrows": arrows,
        "near": near,
        "isolate": isolate,
    }
