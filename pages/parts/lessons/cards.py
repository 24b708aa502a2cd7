"""What is on Lessons: a card for each, how far one has come, lessons from files, and a result to save."""

from collections.abc import Sequence

import streamlit as st

from pages.drawing.words import visible
from pages.parts.lessons import eight, following, library, progress, you_are_the_model
from pages.parts.lessons.lesson import MOST_BYTES, Lesson, read_lesson
from pages.parts.lessons.widget import plain
from pages.parts.shared import strip
from pages.session import choosing, memory, own_text

IN_A_ROW = 3
UPLOAD = "lesson_file"


def shipped() -> None:
    """The six lessons; the button of the first that is not done yet is the one to press."""
    lessons = library.shipped()
    has_own = own_text.own_config() is not None
    next_one = next((name for name in lessons if not progress.progress_in(name).is_done), None)
    names = list(lessons)
    for first in range(0, len(names), IN_A_ROW):
        _row([(f"{names.index(name) + 1}. ", name, lessons[name]) for name in names[first : first + IN_A_ROW]],
             next_one, has_own)  # fmt: skip


def others() -> None:
    """Lessons from files, and the box that opens one."""
    opened = list(library.opened().items())
    for first in range(0, len(opened), IN_A_ROW):
        _row([("", name, lesson) for name, lesson in opened[first : first + IN_A_ROW]], None, False)
    with st.popover("Open a lesson from a file", icon=":material/upload_file:"):
        st.file_uploader(
            f"A lesson that a teacher made, at most {MOST_BYTES // 1000} KB (.toml)",
            type=["toml"],
            key=UPLOAD,
            max_upload_size=1,
            on_change=_take_file,
        )


def result() -> None:
    """The answers so far, as a table to save."""
    if any(one.given for one in progress.in_all().values()):
        st.download_button(
            "Save my answers",
            lambda: progress.as_csv(progress.in_all(), _titles()),
            "lessons.csv",
            "text/csv",
            key="save_answers",
            icon=":material/table:",
            on_click="ignore",
        )


def _row(cards: Sequence[tuple[str, str, Lesson]], next_one: str | None, has_own: bool) -> None:
    for column, (number, name, lesson) in zip(st.columns(IN_A_ROW), cards, strict=False):
        with column, st.container(border=True, height="stretch", gap="small"):
            _card(number, name, lesson, name == next_one, has_own)


def _card(number: str, name: str, lesson: Lesson, is_next: bool, has_own: bool) -> None:
    """One lesson. Plain text: it may come from anybody."""
    strip.part(plain(f"{number}{visible(lesson.title)}"))
    st.text(visible(lesson.finds))
    st.caption(how_far(name, lesson))
    with st.container(horizontal=True, gap="xsmall"):
        _button(name, is_next)
        if has_own:
            _button(f"{library.OWN}{name}", False)


def _button(name: str, is_next: bool) -> None:
    so_far = progress.progress_in(name)
    label, do = "Start", following.begin_again
    if so_far.is_done:
        label = "Once more"
    elif so_far.reached > 0:
        label, do = "Go on", following.go_on_with
    if name.startswith(library.OWN):
        label = f"{label} with my own text"
    st.button(label, key=f"take_{name}", type="primary" if is_next else "secondary", on_click=do, args=(name,))


def how_far(name: str, lesson: Lesson) -> str:
    """Say how long a lesson takes, and how far one has come in it."""
    said = [f"{lesson.minutes} minutes"]
    so_far = progress.progress_in(name)
    n_steps = len(lesson.steps) + 2
    if so_far.reached >= 0:
        said.append("done" if so_far.is_done else f"{so_far.reached + 1} of {n_steps} steps")
    if so_far.given:
        said.append(f"{so_far.n_right} of {len(so_far.given)} answers right")
    return " \u00b7 ".join(said)


def _titles() -> dict[str, str]:
    titles = {name: lesson.title for name, lesson in {**library.shipped(), **library.opened()}.items()}
    return {
        **eight.TITLES,
        you_are_the_model.NAME: you_are_the_model.TITLE,
        **titles,
        **{f"{library.OWN}{name}": f"{title} (own text)" for name, title in titles.items()},
    }


def _take_file() -> None:
    """Open a lesson that came. A callback: it runs before the page, when only the session has the file."""
    file = memory.taken_upload(UPLOAD)
    if file is None:
        return
    try:
        library.open_lesson(read_lesson(file.getvalue()))
        choosing.report_problem(None)
    except ValueError as error:
        choosing.report_problem(f"This lesson cannot be opened. {error}")
