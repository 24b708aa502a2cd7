"""Making a lesson: what was looked at last becomes a step, with a sentence and a question; saved as a file."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from pages.parts.lessons import building, handing, library
from pages.parts.lessons.lesson import Lesson, LessonStep, written
from pages.parts.lessons.library import MADE
from pages.parts.shared.strip import text_name
from pages.session import choosing, memory, now
from w2v.counted import counted
from w2v.explain.questions import KINDS
from w2v.explain.questions.choice import Choice
from w2v.explain.questions.question import Question

NO_QUESTION = "none"
KINDS_IN_WORDS: Mapping[str, str] = {
    NO_QUESTION: "No question",
    "falls": "Which bars fall at this update?",
    "moves": "How many vectors does this update change?",
    "loss": "Will it guess better or worse at the end?",
    "pair_loss": "What does this update do for its own pair?",
    "nearest": "Which word will be most like it?",
    "probability": "How likely will it find its main neighbor?",
    "draw": "How likely is each word near it? Bars to drag",
    "order": "In which order are three words expected?",
    "learned": "How much will be learned?",
    "honest": "For how many words is the map right?",
    "beside": "Which words stand near it?",
    "together": "How often does it meet the word most like it?",
    "choice": "A question of your own",
}
NEW = 0  # the number of a step that is not there yet
BRACES = (
    "Braces are filled in from the training: {word} is the chosen word, {nearest} the word most like it at the end, "
    "{context} the one that stands near it most often."
)
BETWEEN = " | "  # what stands between options
FIELDS = ("step_says", "step_question", "step_options", "step_right")


def show() -> None:
    """Everything that makes a lesson, folded away."""
    begun, icon = MADE in library.opened(), ":material/edit_note:"
    with st.expander("Make a lesson of your own", begun, icon=icon, key="making", on_change="rerun") as box:
        if box.open:
            _step_form()
            _lesson_form()


def _step_form() -> None:
    lesson = library.opened().get(MADE)
    number = _which(lesson)
    if lesson is None or number == NEW:
        here = building.looked_at(memory.recall("page_before"))
        place = building.in_words(here.page, here.moment, text_name(now.config()), here.word)
        st.text(f"You looked at: {place}. Go to another page and moment, come back, and it stands here.")
    else:
        st.text(f"Step {number} is at: {building.place_of(lesson, number)}.")
    st.text_input("What do you say there? One sentence", key="step_says", persist_state="session", help=BRACES)
    kind = st.selectbox(
        "What do you ask?", list(KINDS_IN_WORDS), format_func=KINDS_IN_WORDS.__getitem__, key="step_kind",
        persist_state="session",
    )  # fmt: skip
    if kind == Choice.name:
        st.text_input("Your question", key="step_question", persist_state="session")
        st.text_input("The answers to choose from, with | between them", key="step_options", persist_state="session")
        st.text_input("The right one", key="step_right", persist_state="session")
    elif kind != NO_QUESTION:
        st.caption("The answer is computed from the training, on any text.")
    if number == NEW:
        st.button("Make this moment a step", key="step_add", icon=":material/add:", on_click=_add)
    else:
        st.button(f"Save step {number}", key="step_save", icon=":material/check:", on_click=_save)


def _which(lesson: Lesson | None) -> int:
    """Let the visitor choose the step to write: another one, or one that is there, by its number from 1."""
    if lesson is None:
        return NEW
    added = memory.recall("step_to_write")  # from its page
    memory.remember(step_to_write=None)
    if added is not None and not any(map(_said, FIELDS)):
        memory.set_widget_value("step_number", added)
        _fill_in()
    says = {n: f"Step {n}: {step.says}" for n, step in enumerate(lesson.steps, 1)}
    chosen = st.selectbox(
        "Which step?", [NEW, *says], format_func={NEW: "A new one", **says}.__getitem__, key="step_number",
        on_change=_fill_in, persist_state="session",
    )  # fmt: skip
    return int(chosen or NEW)


def _lesson_form() -> None:
    lesson = library.opened().get(MADE)
    if lesson is None:
        return
    st.text(f"Your lesson has {counted(len(lesson.steps), 'step')}.")
    st.text_input("Its name", lesson.title, key="lesson_title", on_change=_name)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Save the lesson as a file",
            written(lesson),
            "lesson.toml",
            "application/toml",
            key="save_lesson",
            icon=":material/download:",
            on_click="ignore",
        )
        st.button("Take the last step out", key="step_out", on_click=_take_out)
    handing.offer(lesson)


def _add() -> None:
    """Add a step; what cannot be is said, and all stays as it was."""
    here = building.looked_at(memory.recall("page_before"))
    _try_step(lambda: building.add(building.step_of(here, _said("step_says"), _question())))


def _save() -> None:
    """Write a step that is there anew; likewise."""
    lesson, number = library.opened()[MADE], memory.widget_value("step_number")
    changed = lambda: building.with_step_changed(lesson, number, _said("step_says"), _question())  # noqa: E731
    _try_step(lambda: library.replace_opened(MADE, changed()))


def _try_step(do: Callable[[], object]) -> None:
    if _try(do, "This is no step yet."):
        _begin_new()


def _try(do: Callable[[], object], refused: str) -> bool:
    """Do it, or say why it cannot be, behind what is said first; return whether it was done."""
    try:
        do()
    except ValueError as error:
        choosing.report_problem(f"{refused} {error}")
        return False
    choosing.report_problem(None)
    return True


def _begin_new() -> None:
    memory.set_widget_value("step_number", NEW)
    for key in FIELDS:
        memory.set_widget_value(key, "")


def _fill_in() -> None:
    """Put the step that was chosen into the form."""
    number = memory.widget_value("step_number")
    if number == NEW:
        _begin_new()
    else:
        _fill_in_with(library.opened()[MADE].steps[number - 1])


def _fill_in_with(step: LessonStep) -> None:
    asked = step.questions[0] if step.questions else None
    memory.set_widget_value("step_says", step.says)
    memory.set_widget_value("step_kind", NO_QUESTION if asked is None else asked.name)
    own = asked if isinstance(asked, Choice) else None
    said = ("", "", "") if own is None else (own.question, BETWEEN.join(own.options), BETWEEN.join(own.right))
    for key, text in zip(FIELDS[1:], said, strict=True):
        memory.set_widget_value(key, text)


def _question() -> tuple[Question, ...]:
    kind = memory.widget_value("step_kind") or NO_QUESTION
    if kind == NO_QUESTION:
        return ()
    if kind != Choice.name:
        return (KINDS[kind](),)
    question, options, right = [_said(key) for key in FIELDS[1:]]
    return (Choice(question, _parts(options), _parts(right)),)


def _parts(said: str) -> tuple[str, ...]:
    return tuple([one.strip() for one in said.split(BETWEEN.strip())])


def _said(key: str) -> str:
    return str(memory.widget_value(key) or "")


def _take_out() -> None:
    lesson = library.opened()[MADE]
    library.replace_opened(MADE, replace(lesson, steps=lesson.steps[:-1]) if len(lesson.steps) > 1 else None)
    if memory.widget_value("step_number") == len(lesson.steps):
        _begin_new()


def _name() -> None:
    title = " ".join(str(memory.widget_value("lesson_title")).split())
    if title:
        named = lambda: building.named(library.opened()[MADE], title)  # noqa: E731
        _try(lambda: library.replace_opened(MADE, named()), "It keeps its name.")
