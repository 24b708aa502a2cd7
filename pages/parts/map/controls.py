"""The widgets of Map: which picture, of which vectors, and how it looks."""

from typing import Any

import streamlit as st

from pages.drawing.words import SHOWN_WORDS
from pages.parts.map.choice import (
    COLORS,
    IN_ADDRESS,
    KEPT_NEAR,
    NAMES,
    PAIRS,
    PICTURES,
    RUN,
    TAILS,
    TSNE,
    TWO_VECTORS,
    VECTORS,
    Choice,
)
from pages.parts.shared import tsne_panel, word_pairs
from pages.parts.shared.cover import is_covered
from pages.session import in_address, memory, now
from w2v import Moments
from w2v.explain.questions.asked import ALIKE, TRUST
from w2v.objectives import OBJECTIVES

STILL, PERPLEXITY = "map_tsne", "map_perplexity"


def controls(moments: Moments) -> Choice:
    """Show the widgets and return what is chosen."""
    in_address.follow("picture", _put)
    in_address.follow("axes", word_pairs.put)
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
        preset = moments.config.preset
        pairs = word_pairs.choose(moments.corpus.vocabulary.words, preset, picture == PAIRS)
        look = _options(moments, picture)
        away = is_covered(ALIKE, TRUST)
        lines = st.toggle(
            "Lines to true nearest", key="map_lines", persist_state="session", width="content", disabled=away
        )
    in_address.tell("picture", tsne_panel.in_address(PERPLEXITY) if picture == TSNE else IN_ADDRESS.get(picture))
    in_address.tell("axes", word_pairs.in_address() if picture == PAIRS else None)
    return Choice(picture=picture, vectors=vectors, pairs=pairs, lines=lines and not away, **look)


def _put(said: str | None) -> None:
    """Choose the picture that an address names."""
    by_name = {name: picture for picture, name in IN_ADDRESS.items()}
    is_tsne = tsne_panel.follow_address(PERPLEXITY, said)
    memory.set_widget_value("map_picture", TSNE if is_tsne else by_name.get(said or "", RUN))


def _vectors(moments: Moments) -> str:
    config = moments.config
    if not OBJECTIVES[config.objective].words_in_U or config.one_vector or not now.in_numbers():
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


def _options(moments: Moments, picture: str) -> dict[str, Any]:
    """How the map looks; few change it, so it is folded away."""
    with st.popover("Options", icon=":material/tune:", width="content"):
        n_words = min(len(moments.corpus.vocabulary), SHOWN_WORDS)
        perplexity = tsne_panel.choose_perplexity(PERPLEXITY, n_words, ask=picture == TSNE)
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
