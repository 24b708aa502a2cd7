"""What is on Words: one part at a time, of the selected word at the present moment, or of vectors that were opened."""

import streamlit as st

from pages.components import word_pictures
from pages.parts.shared import parts, watch
from pages.parts.shared.cover import covered
from pages.parts.shared.parts import Part
from pages.parts.shared.word_box import missing, word_box
from pages.parts.words import analogy, axes, biography, company, over_time, similar, subject, writing
from pages.parts.words.subject import Subject
from pages.session import analogies, memory, now
from pages.session.opening import close_vectors, opened_name, opened_vectors
from w2v import Moments

WORD = "words_word"  # key of the box for it
PARTS: tuple[Part[Subject], ...] = (
    Part("company", "Company", "What stands near a word, and what could stand in its place.", company.show),
    Part("time", "Over time", "Which words were nearest to it while it was learned.", over_time.show),
    Part("similar", "Similar?", "How alike words are, each with each other.", similar.show),
    Part("life", "Biography", "What became of one word in the training.", biography.show),
    Part("axes", "Axes", "Words between the ends of two pairs that you choose.", axes.show),
    Part(
        analogies.PART,
        "a \N{MINUS SIGN} b + c",
        "An analogy as a sum of vectors: to which word does it lead?",
        analogy.show,
    ),
    Part(
        "writing",
        "Write like this text",
        "Words drawn one after the other: what counting n-grams can do, and a model of neighbors cannot.",
        writing.show,
    ),
)


def show(moments: Moments) -> None:
    """The whole page below its heading. To be run as a fragment: again whenever the player comes to rest."""
    vectors = opened_vectors()
    if vectors is None:
        watch.follow_player(moments, watch.reported("words"))  # before anything is drawn
        _follow_picture(moments.name, moments.n_moments, moments.corpus.vocabulary.words)
        about = subject.of_moment(moments, now.moment(moments), now.word_id(moments))
    else:
        _follow_picture(subject.OPENED, 1, vectors.words)
        about = subject.of_opened(vectors)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        part = parts.choice(PARTS, "words_part")
        word_box(about.words, about.words[about.word], WORD, subject.find)
    missing(about.words, WORD)
    if vectors is None:
        watch.show(moments, "words", ("transport",), only_chosen=True)
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{opened_name()} have no past, and no text behind them.")
            st.button("Close these vectors", icon=":material/close:", on_click=close_vectors)
    parts.heading(part)
    if not covered():
        part.show(about)


def _follow_picture(name: str, n_moments: int, words: tuple[str, ...]) -> None:
    """Take over the word or the moment that was clicked in the picture, once."""
    place = word_pictures.picked(memory.widget_value(word_pictures.KEY), name, n_moments, len(words))
    if place is None or place == memory.recall("picked"):
        return
    memory.remember(picked=place)
    if place.word is not None:
        now.select(words[place.word])
        now.send_player()
    if name != subject.OPENED:
        now.go_to(place.t)
