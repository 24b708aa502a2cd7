"""A lesson built in the app: what is looked at becomes a step of it, and a step is given other words and questions."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from pages.drawing.words import quoted
from pages.parts.lessons import library
from pages.parts.lessons.lesson import TELLING, Lesson, LessonStep, read_lesson, written
from pages.parts.lessons.library import MADE
from pages.parts.shared.strip import text_name
from pages.session import memory, now, stepping
from pages.session.levels import FIRST
from pages.session.stepping import PAGES
from w2v import PRESETS, Config
from w2v.explain.questions.question import Question
from w2v.explain.questions.scene import When

PAGES_IN_WORDS: Mapping[str, str] = {
    "text": "Text and windows",
    "training": "Training",
    "map": "Map",
    "update": "One update",
    "words": "Words",
    "variants": "Variants",
}
PLAY = "Play for a minute: press Play, stop, drag the slider. What do you see?"
FOUND = "This is the end of the lesson. What did you find?"
LOOK = "Look at {word}. What do you see?"  # until its author writes another sentence


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: the script of the page, the moment as a lesson says it, the word."""

    page: str
    moment: When
    word: str | None


def looked_at(page: str | None) -> Looked:
    """Return what is looked at on a page, the one before the present if that can be no step."""
    page = page if page in PAGES else "training"
    t = memory.recall("t")
    if t is None:
        t = now.END if page in now.OPENS_AT_END else 0
    return Looked(page, {now.END: "end", 0: "start"}.get(t, t), now.word())


def in_words(page: str, moment: When, text: str, word: str | None) -> str:
    """Say where a step is.

    text : the name of its text
    """
    when = {"end": "at the end", "start": "at the start"}.get(str(moment), f"update {moment}")
    return ", ".join([PAGES_IN_WORDS[page], when, text, *([quoted(word)] if word else [])])


def step_of(here: Looked, says: str, questions: tuple[Question, ...]) -> LessonStep:
    """Return what is looked at as a step that says and asks this."""
    config = now.config()
    usual = {f.name: f.default for f in fields(Config)}
    settings = {name: value for name, value in usual.items() if name not in ("text", "trainer")}
    changed = {name: getattr(config, name) for name, value in settings.items() if getattr(config, name) != value}
    picture = memory.widget_value("map_picture") if here.page == "map" else None
    return LessonStep(
        says=says,
        page=here.page,
        part=memory.recall("parts", {}).get(here.page),
        settings=changed,
        moment=here.moment,
        word=here.word or TELLING,
        level=now.level() or FIRST,
        picture=picture,
        lines=picture is not None and bool(memory.widget_value("map_lines")),
        questions=questions,
    )


def add(step: LessonStep) -> int:
    """Add a step to the lesson that is made in this tab, and return its number, from 1.

    Raises ValueError in one sentence for what no lesson can have; then nothing changes.
    """
    lesson = with_step(library.opened().get(MADE), step, now.config())
    library.replace_opened(MADE, lesson)
    return len(lesson.steps)


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


def with_step_changed(lesson: Lesson, number: int, says: str, questions: tuple[Question, ...]) -> Lesson:
    """Return a lesson of which one step, counted from 1, says and asks something else. Raises ValueError likewise."""
    steps = list(lesson.steps)
    steps[number - 1] = replace(steps[number - 1], says=says, questions=questions)
    return read_lesson(written(replace(lesson, steps=tuple(steps))))


def named(lesson: Lesson, title: str) -> Lesson:
    """Return a lesson with another title. Raises ValueError likewise."""
    return read_lesson(written(replace(lesson, title=title)))


def place_of(lesson: Lesson, number: int) -> str:
    """Say where a step of a lesson is, counted from 1."""
    step = lesson.steps[number - 1]
    text = step.text or lesson.text
    name = PRESETS[text].title if text in PRESETS else text_name(Config(text))
    return in_words(step.page, step.moment, name, None if step.word == TELLING else step.word)


def add_asked() -> None:
    """Add the moment that a visitor asked for from its page, once, and have it said there."""
    if not stepping.is_step_asked():
        return
    try:
        number = add(step_of(looked_at(now.page()), LOOK, ()))
    except ValueError as error:
        stepping.say_of_step(f"It was not added. {error}")
        return
    memory.remember(step_to_write=number)
    stepping.say_of_step(f"Added as step {number} of your lesson. Write its question on Lessons.")
