"""A lesson of 45 minutes: what the class does, what opens for it, and what to say."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts.guides.questions import QUESTIONS
from pages.parts.save import handouts as save_handouts
from pages.parts.shared import strip
from pages.parts.teach import beliefs
from pages.session import allowed, choosing, memory, now
from pages.session.prepared import corpus_of
from w2v import PRESETS, Config, Corpus, count_pairs

TEXT, WORD = "royal", "king"  # of the first half of the lesson


@dataclass(frozen=True)
class Stage:
    """One part of the lesson.

    minutes : how long it takes;  title : what it is;  does : what the class does
    notes : what to say and ask, one sentence or two each
    opens : what the button says, and the function that prepares the page that it leads to
    asks  : numbers of the nine questions, from 0, that are asked
    prints : whether its worksheet is printed here
    """

    minutes: int
    title: str
    does: str
    notes: tuple[str, ...]
    opens: tuple[str, Callable[[], None]] | None = None
    asks: tuple[int, ...] = ()
    prints: bool = False


def _go_to(page: str, t: int) -> None:
    memory.remember(turn_to=page)  # first: the address of a page that is about to be left says nothing new
    choosing.show_prepared(Config(PRESETS[TEXT].text), t, WORD)


def _watch() -> None:
    _go_to("training", 0)
    now.play_from_start()


def _windows() -> None:
    _go_to("text", 0)


def _model() -> None:
    now.choose_part_of("lessons", "model")
    _go_to("lessons", now.END)


def _own_text() -> None:
    memory.remember(turn_to="text")
    choosing.make_room()


def neighbors() -> str:
    """Say what stands near the word that the class counts, which is what they have to find."""
    config = Config(PRESETS[TEXT].text)
    corpus = Corpus.from_text(config.text)
    words, counts = corpus.vocabulary.words, count_pairs(corpus, config.window).matrix.toarray()
    row = counts[corpus.vocabulary.ids[WORD]]
    said = ", ".join(f"*{words[i]}* {row[i]}" for i in (-row).argsort(kind="stable") if row[i])
    return f"Near *{WORD}* stand {said}; together {row.sum()}. Divided by this sum, they are what the model learns."


STAGES = (
    Stage(
        5,
        "Watch",
        "Nobody explains anything. The class sees a model learn, and says what it sees.",
        (
            "For the first minute say nothing. Then ask: what moves, what stays? Which words end side by side?",
            "Write the guesses of the class on the board, and leave them there until the end.",
        ),
        ("Play it from the start", _watch),
    ),
    Stage(
        10,
        "Windows by hand",
        f"With paper and pencil: slide a window over the first four sentences, and count what stands near *{WORD}*.",
        (
            "Print the worksheet; the other file has its solution. Do the first window together: two words to each "
            "side count, and no window crosses the end of a sentence.",
            neighbors(),
            "Then press Play beside the windows and compare: the computer counts the same way.",
        ),
        ("Open the text and its windows", _windows),
        prints=True,
    ),
    Stage(
        10,
        "Predict and reveal",
        "Three questions. Everybody writes an answer down before it is revealed; then the class talks about it.",
        (
            "Insist on the written answer: who has committed wants to know.",
            "When most are wrong, let those who were right explain, and only then say what the picture shows.",
            f"If time is left: the class is the model. It agrees on the bars of *{WORD}*, one drags them, and all are "
            "judged beside the model.",
        ),
        ("You are the model", _model),
        asks=(0, 3, 4),
    ),
    Stage(
        15,
        "Your own text",
        "In pairs: write twelve short sentences in which two words do the same job, but never in the same sentence. "
        "Paste them, and predict which words end side by side.",
        (
            "A pasted story mostly disappoints, because most of its words occur once: the card beside the box says so.",
            "Who is done shares the link with another pair, who predicts first and then looks.",
        ),
        ("Open an empty box", _own_text),
    ),
    Stage(
        5,
        "What we found",
        "The last question, and the guesses on the board: which of them were right?",
        (
            "Three sentences to take home: words are known by the words around them. The model can only find what the "
            "text says. A map always shows groups, also where there are none.",
        ),
        asks=(8,),
    ),
)


def show(_: None) -> None:
    """The stages one below the other: on the left what the class does and what opens for it, on the right the notes."""
    begins = 0
    for number, stage in enumerate(STAGES):
        with st.container(border=True, gap="small"):
            left, right = st.columns(2, gap="medium")
            with left:
                _what_the_class_does(number, stage, begins)
            right.markdown("\n".join(["**What to say**", "", *(f"- {note}" for note in stage.notes)]))
        begins += stage.minutes


def _what_the_class_does(number: int, stage: Stage, begins: int) -> None:
    strip.part(f"{begins}\u2013{begins + stage.minutes} min: {stage.title}")
    st.markdown("  \n".join([stage.does, *(f"({of + 1}) *{QUESTIONS[of].says}*" for of in stage.asks)]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if stage.opens is not None:
            label, go = stage.opens
            st.button(label, key=f"stage_{number}", on_click=go, disabled=allowed.is_locked())
        for of in stage.asks:
            beliefs.button(of, f"stage_{number}")
    if stage.prints and not allowed.hides("share"):
        config = Config(PRESETS[TEXT].text)
        corpus = corpus_of(config)
        save_handouts.offer_counts(config, corpus, corpus.vocabulary.ids[WORD])
        st.caption(save_handouts.TO_PRINT)
