"""The tab of the browser keeps lessons, steps and answers over a reload; what it brings back may come from anybody."""

import json

import pytest

from pages.parts.lessons import eight
from pages.parts.lessons.lesson import written
from pages.parts.lessons.library import MOST_OPENED, shipped
from pages.parts.lessons.stage import stages_of
from tests.test_lesson_files import LEAST, STEP, lesson, say
from tests.test_lesson_links import KINGS, packed
from tests.test_lessons import answer, further, press, started
from tests.visitor import (
    config,
    fine,
    go,
    kept_of_lessons,
    lesson_answers,
    open_menu,
    opened_lessons,
    tab_brings_lessons,
    texts,
    visit,
)

GIVEN = {
    "question": "Which?",
    "answer": "this",
    "right_answer": "that",
    "is_right": False,
    "feedback": "Not quite.",
    "numbers": "",
    "then": 3,
    "about": "map",
}


def kept(**said: object) -> str:
    """What a tab may bring."""
    return packed(json.dumps(said))


def test_step_and_answers_of_a_lesson_survive_a_reload() -> None:
    at = started()
    asked = further(at, until=1)
    answer(at, asked, "answer_company_1", rightly=False)
    fine(at.button(key="guide_on").click().run())
    before, address = lesson_answers(at), dict(at.query_params)
    sent = kept_of_lessons(at)
    assert sent is not None
    again = visit(page=stages_of(shipped()["company"], None)[1].page, **address)
    assert asked.title in texts(again)
    assert "Your answer" not in texts(again)
    tab_brings_lessons(again, sent)
    assert lesson_answers(again) == before
    assert f"Your answer: {before['company'].given[1].answer}." in texts(again)
    assert not [r for r in again.radio if (r.key or "").startswith("answer_")], "it is locked"
    fine(go(again, "lessons"))
    assert "2 of 9 steps \u00b7 0 of 1 answers right" in texts(again)


def test_the_eight_questions_before_and_a_lesson_that_is_made_survive_a_reload() -> None:
    at = open_menu(visit(page="lessons"), "eight")
    for i in range(len(eight.EIGHT)):
        at.radio(key=f"eight_{i}").set_value(0)
    fine(at.run().button(key="eight_done").click().run())
    said = eight_said(texts(at))
    say(open_menu(at, "making"), "Look at {word}.", "nearest")
    again = tab_brings_lessons(visit(page="lessons"), kept_of_lessons(at) or "")
    assert eight_said(texts(again)) == said
    assert opened_lessons(again) == opened_lessons(at)
    press(again, "take_made_lesson", "training")


def eight_said(said: str) -> str:
    (found,) = [line for line in said.splitlines() if line.startswith("Before the lessons you had")]
    return found


def test_a_lesson_by_link_stays_beside_those_that_the_tab_kept() -> None:
    others = {f"file{n}": written(lesson(LEAST.replace("Mine", f"No. {n}") + STEP)).decode() for n in range(1, 7)}
    assert len(others) == MOST_OPENED
    progress = {"file2": {"reached": 1, "given": {"1": GIVEN}}, "file1": {"reached": 0}}
    at = visit(page="start", lesson=packed(written(KINGS)))
    fine(go(tab_brings_lessons(at, kept(lessons=others, progress=progress)), "training"))
    assert opened_lessons(at)["file1"] == KINGS
    assert at.query_params["guide"] == "file1-1"
    assert config(at) == stages_of(KINGS, None)[0].config()
    assert [one.title for one in opened_lessons(at).values()] == [f"No. {n}" for n in range(2, 7)] + ["Kings"]
    assert lesson_answers(at)["file2"].given[1].answer == "this"
    assert lesson_answers(at)["file1"].reached == 0


@pytest.mark.parametrize(
    "brought",
    [
        "x",
        packed("no JSON"),
        packed("[" * 100_000),
        packed(b"#" * 60_000_000),
        kept(lessons=3, progress=[1]),
        kept(lessons={"company": written(KINGS).decode(), "file1": 3, "file2": "steps = 3", "file3": "#" * 70_000}),
        kept(progress={"company": 3, "floor": {"reached": 10**9}, "maps": {"given": {"1": {}, "x": GIVEN}}}),
        kept(progress={"company": {"given": {"1": {**GIVEN, "then": "x", "about": "body"}}}}),
        kept(progress={"company": {"given": {"1": {**GIVEN, "question": "q" * 9_999}}}, "nobody": {"reached": 1}}),
        kept(progress={f"own-{n}": {"reached": 1} for n in range(9_999)}),
    ],
)
def test_what_nobody_kept_changes_nothing(brought: str) -> None:
    at = tab_brings_lessons(visit(page="lessons"), brought)
    assert at.button(key="take_company").label == "Start"
    assert [b.key for b in at.button if (b.key or "").startswith("take_file")] == []
    assert all(not one.given and one.reached == -1 for one in lesson_answers(at).values())


def test_an_answer_that_was_written_by_somebody_else_is_plain_text_at_a_moment_that_there_is() -> None:
    stage = stages_of(shipped()["company"], None)[1]
    at = visit(stage.config(), stage.page, guide="company-2")
    odd = {**GIVEN, "answer": "\ud800 ![x](http://y)", "then": 10**8}
    tab_brings_lessons(at, kept(progress={"company": {"reached": 1, "given": {"1": odd}}}))
    assert "Your answer: ? ![x](http://y). Not quite." in texts(at)
