"""Following a lesson: the strip on top asks, keeps the answer back until one commits, and says what the run says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted
from pages.parts.lessons import library, progress
from pages.parts.lessons.filling import filled
from pages.parts.lessons.lesson import Lesson
from pages.parts.lessons.progress import Given
from pages.parts.lessons.stage import Stage, stages_of
from pages.parts.lessons.widget import answer_box, given_answer
from pages.session import guiding, memory, now, training
from pages.session.gate import GATE
from pages.session.guiding import Guide, Place, Pointing
from pages.session.told import company_of
from w2v import Config, Moments
from w2v.explain.questions import first_that_fits
from w2v.explain.questions.asked import Asked, Voice
from w2v.explain.questions.scene import Scene

KEPT_QUESTIONS = 4
ELSEWHERE = "This step is about something else than what is shown now."
NO_QUESTION = "There is no question here: on this text it would have no answer that one can see."


@dataclass(frozen=True, slots=True)
class _Said:
    """What a step says on its text: its sentence, and its question, None where none makes sense."""

    says: str
    asked: Asked | None


def guides() -> Mapping[str, Guide]:
    """Return the lesson that is followed, as a guide by its name; nothing where none is.

    An answer that was given stays shown, also where Back of the browser leads to its step.
    """
    name, number = memory.recall("guide") or ("", 0)
    if number in progress.progress_in(name).given:
        memory.remember(revealed=True)
    lesson = library.found(name)
    return {} if lesson is None else {name: _guide(name, *lesson)}


def begin(name: str, at: int = 0) -> None:
    """Go to a step of a lesson. To be called by a button."""
    lesson = library.found(name)
    if lesson is not None:
        _go_to(_guide(name, *lesson), at)


def begin_again(name: str) -> None:
    """Begin a lesson as if it had not been taken yet. To be called by a button."""
    progress.begin_again(name)
    begin(name)


def go_on_with(name: str) -> None:
    """Go to the step of a lesson that was reached. To be called by a button."""
    begin(name, progress.progress_in(name).reached)


def _guide(name: str, lesson: Lesson, own: Config | None) -> Guide:
    return Guide(
        name,
        home="lessons",
        way_home="All lessons",
        key="Enter",
        key_name="Enter",
        steps=stages_of(lesson, own),
        comes_back=True,
        draws=_draw,
        points_at=_points_at,
    )


def _go_to(guide: Guide, at: int) -> None:
    at = min(at, len(guide.steps) - 1)
    guiding.begin(guide, at)
    given = progress.progress_in(guide.name).given.get(at)
    if given is not None:  # it is locked
        guiding.show_answer(given.then)


# --- the strip ------------------------------------------------------------------------------------------------


def _points_at(here: Place) -> Pointing:
    """See `Guide`: before an answer what the sentence is about, after it what shows the answer."""
    stage = _stage(here)
    given = progress.progress_in(here.guide.name).given.get(here.number)
    opens = (*stage.written.opens, *(stage.written.then_opens if here.is_answered else ()))
    part = stage.written.ring
    if given is not None and here.revealed:
        part = stage.written.then_ring or given.about or part
    return Pointing(part, bool(part), opens, 1 if not stage.written.questions else 3)


def _draw(here: Place, shown: bool) -> None:
    """See `Guide`."""
    if shown:
        progress.note_reached(here.guide.name, here.number, here.is_last)
    moments = training.trained_moments(here.step.config()) if shown else ()
    said = _said(here, moments[0]) if moments else _Said(ELSEWHERE, None)
    asks = said.asked is not None
    if said.asked is not None and not here.is_answered:
        guiding.cover(said.asked.covers)
    if moments and not asks and not here.is_answered:  # no question makes sense: there is nothing to keep back
        guiding.show_answer(here.step.begins_at())
        st.rerun()  # the whole page: its pictures kept the answer back
    with (
        st.container(key="guide_lesson"),
        st.container(key="guide_says", horizontal=True, vertical_alignment="center", wrap=False),
    ):
        no_question = moments and not asks and _stage(here).written.questions
        st.text(f"{said.says} {NO_QUESTION}" if no_question else said.says, width="stretch")
        count = st.container(key="guide_count", width="content")
        count.text(f"{here.number + 1} of {len(here.guide.steps)}", width="content")
        if not asks:
            _way_on(here, shown)
        st.button("Leave (Esc)", key="guide_leave", type="tertiary", on_click=leave)
    if said.asked is not None:
        _ask(here, said.asked)


def _ask(here: Place, asked: Asked) -> None:
    """The question with what one answers with; when it is answered, what the run says to it."""
    given = progress.progress_in(here.guide.name).given.get(here.number)
    st.container(key="guide_asks").text(asked.title)
    with st.container(key="guide_ways", horizontal=True, vertical_alignment="center", wrap=False):
        if given is None:
            key = _key(here)
            with st.container(key="guide_answer", width="stretch"):
                answer_box(asked.answers, key)
            nothing = given_answer(asked.answers, key) is None
            st.button("Commit my answer", key="guide_on", type="primary", disabled=nothing, on_click=commit)
        else:
            st.text(f"Your answer: {given.answer}. {given.feedback}", width="stretch")
            _way_on(here, True)


def _way_on(here: Place, shown: bool) -> None:
    """The one obvious button, and at the end the way to the next lesson beside it."""
    guide = here.guide
    if not shown:
        st.button("Show it again", key="guide_on", type="primary", on_click=show_again)
    elif not here.is_last:
        st.button("Next (Enter)", key="guide_on", type="primary", on_click=go_on)
    else:
        following = library.after(guide.name)
        if following is not None:
            title = library.shipped()[following.removeprefix(library.OWN)].title
            st.button(f"Next: {title}", key="guide_on", type="primary", on_click=begin, args=(following,))
            st.button("All lessons", key="guide_home", on_click=go_home)
        else:
            st.button("All lessons", key="guide_on", type="primary", on_click=go_home)


def _stage(here: Place) -> Stage:
    assert isinstance(here.step, Stage)
    return here.step


def _key(here: Place) -> str:
    return f"answer_{here.guide.name}_{here.number}"


# --- what buttons do: they ask where one is, since Streamlit keeps what they call as long as the session --------------


def commit() -> None:
    """Lock the answer that is chosen, and show the moment that says what is right."""
    here = guiding.place(guides())
    moments = training.trained_already(here.step.config()) if here is not None else ()
    if here is None or not moments:
        return
    asked = _said(here, moments[0]).asked
    answer = None if asked is None else given_answer(asked.answers, _key(here))
    if asked is None or answer is None:
        return
    answers = asked.answers
    given = Given(
        question=asked.title,
        answer=answers.said(answer),
        right_answer=answers.right_said(),
        is_right=answers.is_right(answer),
        feedback=asked.feedback(answer),
        numbers=asked.numbers,
        then=asked.then,
        about=asked.about,
    )
    progress.note_answer(here.guide.name, here.number, given)
    guiding.show_answer(asked.then)


def go_on() -> None:
    """Go to the next step."""
    here = guiding.place(guides())
    if here is not None and not here.is_last:
        _go_to(here.guide, here.number + 1)


def show_again() -> None:
    """Go back to what the step is about."""
    here = guiding.place(guides())
    if here is not None:
        _go_to(here.guide, here.number)


def leave() -> None:
    """Leave the lesson where one is."""
    here = guiding.place(guides())
    if here is not None:
        guiding.leave(here.guide)


def go_home() -> None:
    """Go back to all lessons."""
    here = guiding.place(guides())
    if here is not None:
        guiding.go_home(here.guide)


# --- what is said and asked -------------------------------------------------------------------------------------


def _said(here: Place, moments: Moments) -> _Said:
    """Return what a step says of its run; kept, since it is asked for at every click."""
    stage = _stage(here)
    company = company_of(moments)
    begins, word = stage.begins_at(), stage.chosen()
    t = moments.best if begins == now.END else min(begins, moments.n_moments - 1)
    ids = moments.corpus.vocabulary.ids
    voice = Voice(quoted, percent, number, stage.in_numbers)
    scene = Scene(moments, t, moments.telling_word if word is None else ids[word], company, voice)
    scene = replace(scene, fill=partial(filled, scene=scene))

    def make(_: Any) -> _Said:
        return GATE.do(lambda: _Said(scene.fill(stage.written.says), first_that_fits(stage.written.questions, scene)))

    return memory.keep("lesson_questions", KEPT_QUESTIONS, (here.guide.name, here.number, moments.name), make)
