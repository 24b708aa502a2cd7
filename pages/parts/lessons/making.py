"""Making a lesson: what was looked at last becomes a step, with a sentence and a question; saved as a file."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import streamlit as st

from pages.drawing.words import shown
from pages.parts.lessons import handing, library
from pages.parts.lessons.lesson import LONGEST_TITLE, PAGES, TELLING, Lesson, LessonStep, read_lesson, written
from pages.parts.lessons.library import MADE
from pages.parts.shared.strip import text_name
from pages.session import choosing, memory, now
from pages.session.levels import FIRST
from w2v import Config
from w2v.explain.questions import KINDS
from w2v.explain.questions.choice import LONGEST, Choice
from w2v.explain.questions.question import Question
from w2v.explain.questions.scene import When

NO_QUESTION = "none"
KINDS_IN_WORDS: Mapping[str, str] = {
    NO_QUESTION: "No question",
    "falls": "Which bars fall at this update?",
    "moves": "How many vectors does this update change?",
    "loss": "Will it guess better or worse at the end?",
    "pair_loss": "What does this update do for its own pair?",
    "nearest": "Which word will be most like it?",
    "probability": "How likely will it find its main neighbor?",
    "order": "In which order are three words expected?",
    "learned": "How much will be learned?",
    "honest": "For how many words is the map right?",
    "beside": "Which words stand near it?",
    "together": "How often does it meet the word most like it?",
    "choice": "A question of your own",
}
PAGES_IN_WORDS = {
    "text": "Text and windows",
    "training": "Training",
    "map": "Map",
    "update": "One update",
    "words": "Words",
    "variants": "Variants",
}
PLAY = "Play for a minute: press Play, stop, drag the slider. What do you see?"
FOUND = "This is the end of the lesson. What did you find?"
FIELDS = ("step_says", "step_question", "step_options", "step_right")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at before this page: its script, the moment as a lesson says it, the word."""

    page: str
    moment: When
    word: str | None


def show() -> None:
    """Everything that makes a lesson, folded away."""
    begun, icon = MADE in library.opened(), ":material/edit_note:"
    with st.expander("Make a lesson of your own", begun, icon=icon, key="making", on_change="rerun") as box:
        if box.open:
            _step_form()
            _lesson_form()


def looked_at() -> Looked:
    """Return what was looked at last."""
    before = memory.recall("page_before")
    page = before if before in PAGES else "training"
    t = memory.recall("t")
    if t is None:
        t = now.END if page in now.OPENS_AT_END else 0
    return Looked(page, {now.END: "end", 0: "start"}.get(t, t), now.word())


def _step_form() -> None:
    here = looked_at()
    when = {"end": "at the end", "start": "at the start"}.get(str(here.moment), f"{now.trainer().unit} {here.moment}")
    place = [PAGES_IN_WORDS[here.page], when, text_name(now.config())]
    place += [f"\N{LEFT DOUBLE QUOTATION MARK}{shown(here.word)}\N{RIGHT DOUBLE QUOTATION MARK}"] if here.word else []
    st.text(f"You looked at: {', '.join(place)}. Go to another page and moment, come back, and it stands here.")
    st.text_input("What do you say there? One sentence", key="step_says", max_chars=LONGEST, persist_state="session")
    kind = st.selectbox(
        "What do you ask?", list(KINDS_IN_WORDS), format_func=KINDS_IN_WORDS.__getitem__, key="step_kind",
        persist_state="session",
    )  # fmt: skip
    if kind == Choice.name:
        st.text_input("Your question", key="step_question", max_chars=LONGEST, persist_state="session")
        st.text_input("The answers to choose from, with | between them", key="step_options", persist_state="session")
        st.text_input("The right one", key="step_right", persist_state="session")
    elif kind != NO_QUESTION:
        st.caption("The answer is computed from the training, on any text.")
    st.button("Make this moment a step", key="step_add", icon=":material/add:", on_click=_add)


def _lesson_form() -> None:
    lesson = library.opened().get(MADE)
    if lesson is None:
        return
    st.text(f"Your lesson has {len(lesson.steps)} {'step' if len(lesson.steps) == 1 else 'steps'}.")
    st.text_input("Its name", lesson.title, key="lesson_title", max_chars=LONGEST_TITLE, on_change=_name)
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
    try:
        library.replace_opened(MADE, with_step(library.opened().get(MADE), _step(), now.config()))
        choosing.report_problem(None)
        for key in FIELDS:
            memory.set_widget_value(key, "")
    except ValueError as error:
        choosing.report_problem(f"This is no step yet. {error}")


def _step() -> LessonStep:
    here, config = looked_at(), now.config()
    usual = {f.name: f.default for f in fields(Config)}
    settings = {name: value for name, value in usual.items() if name not in ("text", "trainer")}
    changed = {name: getattr(config, name) for name, value in settings.items() if getattr(config, name) != value}
    picture = memory.widget_value("map_picture") if here.page == "map" else None
    return LessonStep(
        says=str(memory.widget_value("step_says") or ""),
        page=here.page,
        part=memory.recall("parts", {}).get(here.page),
        settings=changed,
        moment=here.moment,
        word=here.word or TELLING,
        level=now.level() or FIRST,
        picture=picture,
        lines=picture is not None and bool(memory.widget_value("map_lines")),
        questions=_question(),
    )


def _question() -> tuple[Question, ...]:
    kind = memory.widget_value("step_kind") or NO_QUESTION
    if kind == NO_QUESTION:
        return ()
    if kind != Choice.name:
        return (KINDS[kind](),)
    question, options, right = [str(memory.widget_value(key) or "") for key in FIELDS[1:]]
    return (Choice(question, tuple([one.strip() for one in options.split("|")]), (right.strip(),)),)


def with_step(lesson: Lesson | None, step: LessonStep, config: Config) -> Lesson:
    """Return a lesson with one more step on the text of a Config, as it will be read from its file.

    Raises ValueError in one sentence for what no lesson can have.
    """
    if config.trainer != Config.trainer:
        raise ValueError("A text that is learned as a whole is too long for a lesson: choose a shorter one.")
    text = config.preset or config.text
    if lesson is None:
        lesson = Lesson(title="My lesson", finds="A lesson of my own.", play=PLAY, found=FOUND, text=text, steps=())
    step = replace(step, text=None if text == lesson.text else text)
    return read_lesson(written(replace(lesson, steps=(*lesson.steps, step))))


def _take_out() -> None:
    lesson = library.opened()[MADE]
    library.replace_opened(MADE, replace(lesson, steps=lesson.steps[:-1]) if len(lesson.steps) > 1 else None)


def _name() -> None:
    title = " ".join(str(memory.widget_value("lesson_title")).split())
    if title:
        library.replace_opened(MADE, replace(library.opened()[MADE], title=title))
