"""Lessons from files: read, checked, written and opened. They come from strangers."""

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.words import visible
from pages.parts.lessons.building import PAGES_IN_WORDS, with_step
from pages.parts.lessons.lesson import Lesson, LessonStep, read_lesson, written
from pages.parts.lessons.library import SHIPPED, shipped
from pages.parts.lessons.making import KINDS_IN_WORDS
from pages.session.stepping import PAGES
from tests.browsing import FOX
from tests.visitor import (
    ROOT,
    config,
    elements,
    fine,
    go,
    gone_elsewhere,
    open_menu,
    opened_lessons,
    press,
    problem,
    strings,
    texts,
    visit,
)
from w2v import PRESETS, Config
from w2v.explain.questions import KINDS, Choice

LEAST = """
title = "Mine"
finds = "Something."
play = "Play."
found = "Found."
"""
STEP = """
[[steps]]
says = "Look at {word}."
page = "training"
"""
CHOICE = """
[[steps.questions]]
kind = "choice"
question = "Which?"
options = ["this", "that"]
right = "that"
"""


def lesson(text: str) -> Lesson:
    return read_lesson(text.encode())


def test_no_line_breaks_between_a_number_and_its_percent_sign() -> None:
    made = lesson(LEAST.replace("Something.", "Shares  of 100\u00a0%.") + STEP)
    assert made.finds == "Shares of 100\u00a0%."
    assert visible(shipped()["guessing"].finds).count("100\u00a0%") == 1


def test_the_least_lesson_has_a_step_and_says_what_it_is_about() -> None:
    made = lesson(LEAST + STEP)
    assert (made.title, made.minutes, len(made.steps)) == ("Mine", 10, 1)
    assert made.steps[0] == LessonStep(says="Look at {word}.", page="training")
    assert lesson(LEAST + STEP + CHOICE).steps[0].questions == (Choice("Which?", ("this", "that"), ("that",)),)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_lesson_that_is_written_is_read_back(name: str) -> None:
    made = shipped()[name]
    assert read_lesson(written(made)) == made
    assert len(written(made)) < 10_000


def test_all_that_can_be_said_is_written_and_read_back() -> None:
    step = LessonStep(
        says="Line {nearest} \u201cquoted\u201d \\ and more",
        page="words",
        part="company",
        ring="map",
        then_ring="loss",
        opens=("guesses",),
        then_opens=("moves",),
        text="a text of its own\nwith two lines",
        settings={"dim": 3, "decay": False, "learning_rate": 0.5},
        moment="20 %",
        word="own",
        level="algebra",
        picture="t-SNE",
        lines=True,
        questions=(*(KINDS[name]() for name in KINDS if name != "choice"),)[:3],
        introduces=("window",),
    )
    first = Lesson(
        title="T", finds="F", play="P", found="D", steps=(step, replace(step, questions=(KINDS["order"](),)))
    )
    assert read_lesson(written(first)) == first


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LEAST, "The lesson: steps must be 1 to 40 tables"),
        (LEAST + STEP * 41, "The lesson: steps must be 1 to 40"),
        (LEAST.replace("finds", "findet") + STEP, "The lesson has a key 'findet' that is not known"),
        (LEAST.replace('"Something."', "3") + STEP, "The lesson: finds must be a text"),
        (LEAST.replace("Something.", "x" * 301) + STEP, "The lesson: finds must be at most 300 characters long"),
        (LEAST.replace("Something.", " ") + STEP, "The lesson: finds must be more than blanks"),
        (LEAST + "minutes = 0\n" + STEP, "The lesson: minutes must be a whole number from 1 to 90"),
        (LEAST + "minutes = true\n" + STEP, "The lesson: minutes must be"),
        (LEAST + 'text = "nobody"\n' + STEP, "The lesson: text must be royal, "),
        (LEAST + "settings = { dimm = 3 }\n" + STEP, "The lesson: settings.dimm must be one of "),
        (LEAST + 'settings = { text = "a b" }\n' + STEP, "The lesson: settings.text must be one of "),
        (LEAST + "settings = 3\n" + STEP, "The lesson: settings must be a table"),
        (LEAST + STEP + "settings = { dim = 3000 }\n", "Step 1: settings: dim must be a whole number from 1 to"),
        (LEAST + STEP + "settings = { dim = [1] }\n", "Step 1: settings: dim must be"),
        (LEAST + STEP + STEP.replace("training", "teach"), "Step 2: page must be one of map, "),
        (LEAST + STEP.replace("{word}", "{wrod}"), "Step 1: says has the gap {wrod}; there are word, "),
        (LEAST + STEP.replace("{word}", "{word.__class__}") + "colour = 1\n", "Step 1 has a key 'colour'"),
        (LEAST + STEP + 'ring = "everything"\n', "Step 1: ring must be one of reading, "),
        (LEAST + STEP + 'opens = ["everything"]\n', "Step 1: opens must be a list of "),
        (LEAST + STEP + 'moment = "later"\n', 'Step 1: moment must be "start", "end"'),
        (LEAST + STEP + "moment = -1\n", "Step 1: moment must be"),
        (LEAST + STEP + "moment = true\n", "Step 1: moment must be"),
        (LEAST + STEP + 'level = "all"\n', "Step 1: level must be one of words, numbers, algebra"),
        (LEAST + STEP + "lines = 1\n", "Step 1: lines must be true or false"),
        (LEAST + STEP + 'part = "../up"\n', "Step 1: part must be the name"),
        (LEAST + STEP + 'picture = "a photo"\n', "Step 1: picture must be one of "),
        (LEAST + STEP + 'introduces = ["quark"]\n', "Step 1: introduces 'quark' must be of the words"),
        (LEAST + STEP + "questions = 3\n", "Step 1: questions must be at most 4 tables"),
        (LEAST + STEP + CHOICE * 5, "Step 1: questions must be at most 4 tables"),
        (
            LEAST + STEP + CHOICE.replace('kind = "choice"', 'kind = "riddle"'),
            "Step 1, question 1: kind must be one of",
        ),
        (LEAST + STEP + CHOICE.replace("right", "wrong"), "Step 1, question 1 has a key 'wrong'"),
        (LEAST + STEP + CHOICE.replace('right = "that"', ""), "Step 1, question 1: question, options and right"),
        (
            LEAST + STEP + CHOICE.replace('= "that"', '= "those"'),
            "Step 1, question 1: right must be one of the options",
        ),
        (LEAST + STEP + CHOICE.replace("Which?", "Which {x}?"), "Step 1, question 1: question has the gap {x}"),
        ("title = ", "This is no lesson in TOML: "),
        ("a = " + "[" * 4_900, "This is no lesson in TOML: lists within lists"),
        ("a = " + "1" * 4_900, "This is no lesson in TOML: a number in it is too long"),
        ("a" + ".a" * 3_000 + " = 1", "A line of a lesson has at most 5,000 characters"),
        ("#" + "x\n" * 40_000, "A lesson has at most 64,000 bytes"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_that_names_the_step_and_the_key(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}") as error:
        lesson(text)
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")


def test_what_is_no_text_is_no_lesson() -> None:
    with pytest.raises(ValueError, match="UTF-8"):
        read_lesson(b"\xff\xfe\x00")
    assert read_lesson(b"\xef\xbb\xbf" + (LEAST + STEP).encode()).title == "Mine"


# --- opened on the page ----------------------------------------------------------------------------------------------

MARKUP = "![x](http://evil.example/x.png) <b>b</b> [l](http://evil.example) :red[r] $x$ {word}"


def test_a_lesson_from_a_file_is_opened_and_taken_and_what_it_says_is_plain_text() -> None:
    said = MARKUP.replace("{word}", "")
    hostile = (
        (LEAST + STEP + CHOICE).replace("Mine", said[:60]).replace("Something.", MARKUP[:-7]).replace("Play.", MARKUP)
    )
    hostile = hostile.replace("Look at", said).replace("Which?", said).replace('"this"', '"*this* ![x](http://e.x/y)"')
    at = visit(page="lessons")
    at.file_uploader(key="lesson_file").set_value(("mine.toml", hostile.encode(), "text/plain")).run()
    fine(at)
    assert problem(at) is None
    press(at, "take_file1", "training")
    assert MARKUP.replace("{word}", "\u201cking\u201d") in texts(at)
    fine(at.button(key="guide_on").click().run())
    fine(go(at, "training"))
    for kind, message in elements(at):
        for where, text in strings(message):
            if "evil.example" in text or "e.x/y" in text:
                assert kind in ("text", "radio"), (kind, where)
                assert kind == "text" or "\\!\\[" in text, "a label has each sign for itself"
    at.radio(key="answer_file1_1").set_value(0).run()
    fine(at.button(key="guide_on").click().run())
    assert "Your answer: *this* ![x](http://e.x/y). Not quite." in texts(at)
    at.button(key="guide_leave").click().run()
    fine(go(at, "lessons"))
    assert "2 of 3 steps \u00b7 0 of 1 answers right" in texts(at)


def test_a_file_that_is_no_lesson_is_refused_and_nothing_is_lost() -> None:
    at = visit(page="lessons")
    at.file_uploader(key="lesson_file").set_value(("mine.toml", (LEAST + STEP).encode(), "text/plain")).run()
    at.file_uploader(key="lesson_file").set_value(("bad.toml", LEAST.encode(), "text/plain")).run()
    assert (problem(fine(at)) or "").startswith("This lesson cannot be opened. The lesson: steps must be")
    assert [b.key for b in at.button if b.key == "take_file1"]


def test_the_readme_shows_a_lesson_that_can_be_read() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    assert len(lesson(shown).steps) >= 1
    assert [name for name in KINDS if f"`{name}`" not in readme] == []


# --- made on the page ------------------------------------------------------------------------------------------------


def made(at: AppTest) -> Lesson:
    """The lesson that the page offers as a file."""
    (offered,) = [
        message for kind, message in elements(at) if kind == "download_button" and "Save the lesson" in str(message)
    ]
    assert offered is not None
    return opened_lessons(at)["made_lesson"]


def say(at: AppTest, says: str, kind: str, **more: str) -> AppTest:
    """Fill in the form of a step and add it."""
    at.text_input(key="step_says").set_value(says).run()
    at.selectbox(key="step_kind").set_value(kind).run()
    for key, text in more.items():
        at.text_input(key=f"step_{key}").set_value(text).run()
    return fine(at.button(key="step_add").click().run())


def test_what_was_looked_at_becomes_a_step_and_the_lesson_can_be_taken_and_saved() -> None:
    at = visit(Config(PRESETS["royal"].text, dim=3, epochs=4), "training", t="137", word="king")
    fine(go(at, "lessons"))
    open_menu(at, "making")
    assert "You looked at: Training, update 137, Royal family, \u201cking\u201d." in texts(at)
    say(at, "What of {word}?", "nearest")
    step = made(at).steps[0]
    assert (step.page, step.moment, step.word, step.text) == ("training", 137, "king", None)
    assert step.settings == {"dim": 3, "epochs": 4}
    assert step.questions == (KINDS["nearest"](),)
    fine(go(at, "map"))
    fine(go(at, "lessons"))
    say(at, "And here?", "choice", question="Which?", options="a | b", right="b")
    lesson = made(at)
    assert lesson.steps[1].page == "map"
    assert lesson.steps[1].questions == (Choice("Which?", ("a", "b"), ("b",)),)
    assert read_lesson(written(lesson)) == lesson
    at.text_input(key="lesson_title").set_value("Kings").run()
    assert made(fine(at)).title == "Kings"
    at.text_input(key="lesson_title").set_value("Kings " * 20).run()
    assert problem(fine(at)) == "It keeps its name. The lesson: title must be at most 60 characters long."
    assert made(at).title == "Kings"
    at.text_input(key="lesson_title").set_value("Queens").run()
    assert (made(fine(at)).title, problem(at)) == ("Queens", None)
    say(at, "And here? " * 40, "none")
    assert problem(at) == "This is no step yet. Step 3: says must be at most 300 characters long."
    assert at.text_input(key="step_says").value == "And here? " * 40, "what was written stays"
    say(at, "", "none")
    assert problem(at) == "This is no step yet. Step 3: says must be more than blanks."
    assert len(made(at).steps) == 2
    at.button(key="step_out").click().run()
    assert len(made(fine(at)).steps) == 1
    press(at, "take_made_lesson", "training")
    press(at, "guide_on", "training")
    assert "What of \u201cking\u201d?" in texts(at)
    assert config(at) == Config(PRESETS["royal"].text, dim=3, epochs=4)


def test_a_moment_is_added_beside_share_and_its_question_is_written_on_lessons() -> None:
    at = open_menu(visit(Config(FOX, dim=3, epochs=4), "map", t="7", word="fox"), "share")
    fine(at.button(key="step_here").click().run())
    fine(at.button(key="step_here").click().run())
    assert "Added as step 2 of your lesson. Write its question on Lessons." in texts(at)
    assert (at.query_params["t"], at.query_params["word"]) == ("7", "fox")
    fine(gone_elsewhere(at, 9))
    assert "Added as" not in texts(at), "it was about another moment"
    fine(go(at, "lessons"))
    open_menu(at, "making")
    assert "Step 2 is at: Map, update 7, your text, \u201cfox\u201d." in texts(at)
    assert at.text_input(key="step_says").value == made(at).steps[1].says
    at.selectbox(key="step_kind").set_value("choice").run()
    for key, text in (("question", "Which?"), ("options", "a | b"), ("right", "b")):
        at.text_input(key=f"step_{key}").set_value(text).run()
    fine(at.button(key="step_save").click().run())
    first, second = made(at).steps
    assert first.questions == ()
    assert (second.page, second.moment, second.word) == ("map", 7, "fox")
    assert second.questions == (Choice("Which?", ("a", "b"), ("b",)),)
    at.selectbox(key="step_number").set_value(2).run()
    assert at.text_input(key="step_options").value == "a | b"
    at.text_input(key="step_says").set_value(" ").run()
    fine(at.button(key="step_save").click().run())
    assert problem(at) == "This is no step yet. Step 2: says must be more than blanks."
    assert made(at).steps == (first, second)


def test_no_step_is_offered_where_a_link_hides_share_and_none_is_made_of_a_whole_text() -> None:
    assert not [b for b in visit(page="map", hide="share").button if b.key == "step_here"]
    assert not [b for b in open_menu(visit(page="compare"), "share").button if b.key == "step_here"]
    at = open_menu(visit(Config(" ".join([FOX] * 6), trainer="passes", dim=4), "training"), "share")
    fine(at.button(key="step_here").click().run())
    assert "It was not added. A text that is learned as a whole is too long for a lesson" in texts(at)


def test_a_step_keeps_a_text_of_ones_own_and_none_that_is_learned_as_a_whole() -> None:
    mine = Config(FOX, dim=2)
    first = with_step(None, LessonStep(says="One.", page="map"), mine)
    assert (first.text, first.steps[0].text) == (FOX, None)
    second = with_step(first, LessonStep(says="Two.", page="map"), Config(PRESETS["royal"].text))
    assert second.steps[1].text == "royal"
    with pytest.raises(ValueError, match="learned as a whole"):
        with_step(first, LessonStep(says="Three.", page="map"), replace(mine, trainer="passes"))


def test_every_kind_of_question_can_be_chosen() -> None:
    assert [name for name in KINDS_IN_WORDS if name != "none"] == sorted(KINDS, key=[*KINDS_IN_WORDS].index)
    assert PAGES_IN_WORDS.keys() == PAGES
