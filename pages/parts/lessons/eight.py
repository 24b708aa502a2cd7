"""Eight questions, to be answered before the lessons and after them: how much was gained."""

import streamlit as st

from pages.parts.lessons import progress
from pages.parts.lessons.progress import Given
from pages.parts.lessons.widget import plain
from pages.session import memory
from w2v.counted import counted
from w2v.explain.questions.choice import Choice

BEFORE, AFTER = "eight-before", "eight-after"  # names under which the answers are kept
TITLES = {BEFORE: "Eight questions, before", AFTER: "Eight questions, after"}
EIGHT = (
    Choice(
        "What does the model see of a word?",
        ("How it is spelled", "The words beside it", "What a dictionary says"),
        ("The words beside it",),
    ),
    Choice(
        "Tea and coffee never share a sentence. How alike can they become?",
        ("Very much, if they have the same neighbors", "Not at all", "As much as somebody tells the model"),
        ("Very much, if they have the same neighbors",),
    ),
    Choice(
        "What the softmax says of all words near one center adds up to",
        ("the number of its neighbors", "nothing in particular", "100 %"),
        ("100 %",),
    ),
    Choice(
        "One update with the full softmax moves",
        ("the two vectors of the pair", "one input vector and all output vectors", "all vectors"),
        ("one input vector and all output vectors",),
    ),
    Choice(
        "A learning rate that is four times as large",
        ("may never come to rest", "learns the same four times as fast", "changes nothing"),
        ("may never come to rest",),
    ),
    Choice(
        "After very many updates the loss is",
        ("0", "below its floor", "a little above its floor"),
        ("a little above its floor",),
    ),
    Choice(
        "Two dots lie side by side on a flat map. The two words",
        ("are surely alike", "may differ in directions that are not drawn", "stand side by side in the text"),
        ("may differ in directions that are not drawn",),
    ),
    Choice(
        "Negative sampling is cheap because",
        ("it asks about a few words only", "it reads only a part of the text", "it needs no neighbors"),
        ("it asks about a few words only",),
    ),
)


def show() -> None:
    """The questions, folded away, and what came of them."""
    with st.expander(
        "Eight questions, before the lessons and after", icon=":material/quiz:", key="eight", on_change="rerun"
    ) as box:
        if box.open:
            _form()
    if said := gain():
        st.text(said)


def gain() -> str:
    """Say how many were right before, and how many more after; "" before the first time."""
    before, after = (progress.progress_in(name) for name in (BEFORE, AFTER))
    if not before.given:
        return ""
    said = f"Before the lessons you had {before.n_right} of {len(EIGHT)} right."
    if not after.given:
        return f"{said} Take the lessons, then answer once more."
    more = after.n_right - before.n_right
    return f"{said} Now {after.n_right}: {counted(abs(more), 'answer')} {'more' if more >= 0 else 'fewer'}."


def _form() -> None:
    st.text("Answer as well as you can. What is right is said when you have answered them a second time.")
    after = progress.progress_in(AFTER).given
    for i, one in enumerate(EIGHT):
        labels = [plain(option) for option in one.options]
        st.radio(f"{i + 1}. {one.question}", range(len(labels)), None, labels.__getitem__, _key(i), horizontal=True)
        if i in after:
            st.caption(f"You said: {after[i].answer}. Right is: {after[i].right_answer}.")
    missing = sum(memory.widget_value(_key(i)) is None for i in range(len(EIGHT)))
    label = f"{missing} to go" if missing else "I have answered"
    st.button(label, key="eight_done", disabled=missing > 0, on_click=_take)


def _take() -> None:
    """Keep the answers: the first time as those before, later as those after."""
    chosen = [memory.widget_value(_key(i)) for i in range(len(EIGHT))]
    if None in chosen:
        return
    name = AFTER if progress.progress_in(BEFORE).given else BEFORE
    progress.begin_again(name)
    for i, (one, number) in enumerate(zip(EIGHT, chosen, strict=True)):
        said, right = one.options[number], one.right[0]
        given = Given(one.question, said, right, said == right, feedback="", numbers="", then=0, about="")
        progress.note_answer(name, i, given)
        memory.set_widget_value(_key(i), None)


def _key(number: int) -> str:
    return f"eight_{number}"
