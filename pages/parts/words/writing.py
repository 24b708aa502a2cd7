"""Write like this text: by n-grams, by what the model expects near a word, and by counts, from the same seed."""

from collections.abc import Sequence

import streamlit as st

from pages.components.passages import passages_view
from pages.drawing.glossary import marked
from pages.drawing.objective_words import words_of
from pages.drawing.words import shown
from pages.parts.shared import tables
from pages.parts.words import picture
from pages.parts.words.passages import Column, Telling
from pages.parts.words.subject import Subject, Trained
from pages.session import memory, now, writing
from pages.session.link import LONGEST_OF_MORE
from pages.session.told import objective_of
from pages.session.writing import Order
from w2v import Objective
from w2v.explain.running_text import SHORTEST_COPY
from w2v.reading.tokens import cut_into_tokens
from w2v.slices import finished

LENGTH = 24  # words that are drawn
MOST_BEFORE = 5  # words to begin with besides the selected one
NO_TEXT = (
    "Vectors from a file come without the text, which n-grams are counted in, and without the output vectors, which "
    "say what is expected near a word. So there is nothing to draw words from."
)
NO_ORDER = (
    "This model is no language model: it says which words stand near another, on either side, and not which comes "
    "next. So what it writes has the right company and no order, as have the counts of windows."
)
ENDS_COUNT = (
    "In the n-grams here the end of a sentence counts as something that may come next. Counting on Text and windows "
    "counts words only, so the shares there can be larger."
)
TEMPERATURE = (
    "A temperature below 1 makes likely words likelier, above 1 less likely; at 0 only the likeliest is drawn."
)


def show(subject: Subject) -> None:
    """The controls, what was written in one sentence, the passages, and each of them as a table."""
    if subject.trained is None:
        picture.instead(NO_TEXT)
        return
    seed, temperature, before = _controls(subject)
    order = Order((*before, subject.word), LENGTH, temperature, seed)
    columns = _columns(subject.trained, order)
    telling = Telling(subject.words, writing.running_text(subject.trained.moments), order.begin)
    with picture.place():
        st.text(in_short(telling, columns))
        passages_view(telling.record(columns), key="passages")
    words = words_of(objective_of(subject.trained.moments))
    drawn_from = words.drawn_from if now.in_numbers() else words.drawn_from_in_words
    st.markdown(marked(" ".join(filter(None, [NO_ORDER, drawn_from, ENDS_COUNT, TEMPERATURE]))))
    _table(telling, columns)


# --- how ----------------------------------------------------------------------------------------------------------


def _controls(subject: Subject) -> tuple[int, float, list[int]]:
    """Let the visitor draw again, and choose the temperature and the words that stand before the selected one."""
    wish = writing.wish()
    memory.set_widget_value("write_seed", wish.seed)
    memory.set_widget_value("write_temperature", wish.temperature)
    memory.set_widget_value("write_before", wish.before)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button("Write another", type="primary", key="write_again", on_click=_again)
        st.number_input("Chance (seed)", 0, writing.LARGEST_SEED, key="write_seed", on_change=_take_seed, width=130)
        st.slider(
            "Daring (temperature)",
            writing.COLDEST,
            writing.HOTTEST,
            step=writing.STEP,
            key="write_temperature",
            on_change=lambda: writing.want(temperature=memory.widget_value("write_temperature")),
            width=220,
        )
        st.text_input(
            "Words before it",
            key="write_before",
            placeholder="none",
            on_change=lambda: writing.want(before=_last(memory.widget_value("write_before"))),
            width=220,
        )
    place, (before, missing) = st.container(), _read(wish.before)
    for problem in wish.problems:
        place.text(problem)
    if missing:
        place.text(f"{', '.join(map(shown, missing))}: not among the {len(subject.words):,} words, and left out.")
    return wish.seed, wish.temperature, before


def _again() -> None:
    writing.want(seed=writing.wish().seed + 1)


def _take_seed() -> None:
    writing.want(seed=memory.widget_value("write_seed"))


def _last(typed: str) -> str:
    """Return the last words of what was typed, which alone count, so that they fit into the address."""
    kept = typed[-LONGEST_OF_MORE:]
    return kept if kept == typed else kept.partition(" ")[2] or kept


def _read(typed: str) -> tuple[list[int], list[str]]:
    """Return the ids of the last words of what was typed, read as the text was, and the words that it does not have."""
    if not typed.strip():
        return [], []
    cut = finished(cut_into_tokens(typed, now.config().reading))
    words = [cut.words[i] for i in cut.ids.tolist()][-MOST_BEFORE:]
    ids = now.corpus().vocabulary.ids
    return [ids[word] for word in words if word in ids], [word for word in words if word not in ids]


# --- what ---------------------------------------------------------------------------------------------------------


def _columns(trained: Trained, order: Order) -> Sequence[Column]:
    """Return a passage from each source."""
    moments, objective = trained.moments, objective_of(trained.moments)
    by_model = writing.by_model(moments, trained.t, order)
    return (
        Column("1-grams", "How often each word occurs.", writing.by_ngrams(moments, 1, order), is_near=False),
        Column("2-grams", "What comes after the last word.", writing.by_ngrams(moments, 2, order), is_near=False),
        Column("3-grams", "What comes after the last two words.", writing.by_ngrams(moments, 3, order), is_near=False),
        Column(
            "The model",
            _near(objective),
            by_model,
            is_near=True,
            why=objective.no_probability,
        ),
        Column(
            "Counts of windows",
            "How often words stand near the last word.",
            writing.by_windows(moments, order),
            is_near=True,
        ),
    )


def _near(objective: Objective) -> str:
    """Say what the words of the model are drawn from, with its symbol for those who want numbers."""
    said = words_of(objective).near
    return f"P(o|c): {said[0].lower()}{said[1:]}" if objective.sums_to_one and now.in_numbers() else said


def in_short(telling: Telling, columns: Sequence[Column]) -> str:
    """Say how much each source copied from the text."""
    copied = [
        f"{column.title[0].lower()}{column.title[1:]} {telling.share_copied(column.passage)}"
        for column in columns
        if column.passage is not None
    ]
    row = f"{SHORTEST_COPY} words or more in a row"
    return f"Of what is written, this much stands in the text in the same order, {row}: {', '.join(copied)}."


def _table(telling: Telling, columns: Sequence[Column]) -> None:
    """One of the passages word by word, once it is asked for."""
    titles = {column.title: column for column in columns if column.passage is not None}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not st.toggle("As a table", key="write_table", persist_state="session"):
            return
        chosen = st.radio(
            "Which",
            list(titles),
            key="write_which",
            horizontal=True,
            label_visibility="collapsed",
            persist_state="session",
        )
    column = titles.get(chosen or "") or next(iter(titles.values()))
    assert column.passage is not None
    share = tables.share_column()
    tables.table(
        telling.table(column.passage, column.is_near),
        key="write_passage",
        formats={"probability": share, "without temperature": share},
        height=400,
    )
