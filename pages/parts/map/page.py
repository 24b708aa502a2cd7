"""What is on Map: how far the picture can be trusted, the choice of it, the player, and what it says of a word."""

import streamlit as st

from pages.components.player import send
from pages.components.player.record import too_large
from pages.parts.map import opened, pictures, sentences, stills
from pages.parts.map.choice import TSNE, Choice
from pages.parts.map.controls import STILL, controls
from pages.parts.map.pictures import Picture
from pages.parts.shared import tsne_panel, watch
from pages.parts.shared.cover import covered
from pages.parts.shared.trust import TrustLine
from pages.session import memory, now
from pages.session.opening import opened_vectors
from w2v import Moments, ProjectionError
from w2v.explain.questions.asked import ALIKE, TRUST

AROUND = 339  # pixels of the window that the rest of the page needs


def show(moments: Moments) -> None:
    """The whole page below its heading. To be run as a fragment: again whenever the player comes to rest."""
    if (vectors := opened_vectors()) is not None:
        opened.show(vectors)
        return
    if moments.config != now.config():
        st.rerun()  # a saved run was opened: the whole page follows, not this fragment alone
    line = TrustLine(st.container(), "map_trust")
    choice = controls(moments)
    if too_large(moments):
        t, selected = watch.show(moments, "map", ("map", "why", "transport"))
        picture = pictures.straight(moments, choice, t, selected, memory)
        _about_word(moments, picture, selected, on_the_map=False)
    else:
        t, selected = now.moment(moments), now.word_id(moments)
        picture = _map(moments, choice, t, selected, line)
    view = pictures.view(choice, picture, sentences.caption(moments, choice, picture))
    stills.show(moments, choice, t, selected, view)


def _map(moments: Moments, choice: Choice, t: int, selected: int, line: TrustLine) -> Picture:
    """How far to trust the picture on top, the player, and the sentence on the selected word."""
    if choice.picture == TSNE:
        line.wait(tsne_panel.WAIT)
    else:
        picture = pictures.straight(moments, choice, t, selected, memory)
        _say(line, moments, picture)
    watch.show(moments, "map", ("map", "why", "transport"), around=AROUND, address=pictures.ADDRESS, only_chosen=True)
    if choice.picture == TSNE:
        try:
            picture = _tsne(moments, choice)
            _say(line, moments, picture)
        except ProjectionError as error:
            picture = pictures.straight(moments, choice, t, selected, memory)
            _say(line, moments, picture, f"{error} The map shows PCA instead. ")
    _about_word(moments, picture, selected)
    label = sentences.caption(moments, choice, picture)
    send(moments.name, pictures.layout(choice, picture, selected, label), key="map_letter")
    return picture


def _about_word(moments: Moments, picture: Picture, selected: int, on_the_map: bool = True) -> None:
    if not covered(ALIKE, TRUST):
        st.text(sentences.about_word(moments, picture, selected, on_the_map, now.in_numbers()))


def _say(line: TrustLine, moments: Moments, picture: Picture, apology: str = "") -> None:
    numbers, why = sentences.numbers(moments, picture), sentences.why(moments, picture)
    line.say(apology + sentences.in_short(moments, picture, now.judgement().verdict == "poor"), numbers, why)


def _tsne(moments: Moments, choice: Choice) -> Picture:
    """The t-SNE picture of the moment that was asked for."""
    t, vectors = tsne_panel.moment(STILL, moments), choice.one_kind
    rows = pictures.rows_of(moments, t, vectors, pictures.frequent(moments))
    words = (moments.name, vectors)
    points = tsne_panel.points(STILL, words, t, rows, choice.perplexity, moments.config.seed)
    return pictures.still(moments, t, vectors, points)
