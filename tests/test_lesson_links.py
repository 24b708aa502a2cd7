"""A lesson as a link: it opens at its first step for whoever follows it; a hostile one is refused in a sentence."""

import base64
import zlib
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.lessons.lesson import Lesson, LessonStep, written
from pages.parts.lessons.library import shipped
from pages.session.link import COMFORTABLE
from tests.browsing import FOX
from tests.test_lesson_files import CHOICE, LEAST, STEP, say
from tests.test_sharing_menu import of_words
from tests.visitor import config, fine, go, open_menu, opened_lessons, press, problem, texts, visit
from w2v import PRESETS, Config

KINGS = Lesson(
    title="Kings",
    finds="Where kings end.",
    play="Play with {word}.",
    found="Found.",
    text=FOX,
    steps=(LessonStep(says="Look at {word}.", page="map", word="fox", settings={"dim": 3}),),
)


def packed(text: str | bytes) -> str:
    """A text as a link holds it."""
    data = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode()


def opened(lesson: str, **more: str) -> AppTest:
    """The app as the browser shows it after such a link."""
    return fine(visit(page="start", lesson=lesson, **more))


def offered(at: AppTest) -> str:
    """The link to the lesson that is made on the page."""
    (found,) = [code.value for code in at.code]
    return found


def test_a_lesson_that_was_made_is_handed_on_as_a_link_which_opens_it_at_its_first_step() -> None:
    at = visit(Config(FOX, dim=3, epochs=4), "map", word="fox")
    fine(go(at, "lessons"))
    say(open_menu(at, "making"), "What of {word}?", "nearest")
    link = offered(at)
    assert urlsplit(link).path == "/lessons"
    assert f"{len(link):,} characters" in texts(at)
    assert len(link) <= COMFORTABLE
    assert "This link opens the lesson at its first step, with its text." in texts(at)
    other = fine(go(opened(**dict(parse_qsl(urlsplit(link).query))), "training"))
    assert opened_lessons(other) == {"file1": opened_lessons(at)["made_lesson"]}
    assert other.query_params["guide"] == "file1-1"
    assert config(other).text == FOX
    press(other, "guide_on", "map")
    assert "What of \u201cfox\u201d?" in texts(other)


def test_a_lesson_too_long_for_a_link_is_a_file_and_the_shipped_ones_are_not() -> None:
    at = visit(of_words(900), "lessons")
    say(open_menu(at, "making"), "What of {word}?", "nearest")
    assert [code.value for code in at.code] == []
    assert "This lesson is too long for a link of 2,000 characters: save the file and pass it on." in texts(at)
    for lesson in shipped().values():
        assert len(packed(written(lesson))) < COMFORTABLE


def test_whoever_gets_a_link_that_hides_share_has_no_link_to_a_lesson_either() -> None:
    at = visit(page="lessons", hide="share")
    say(open_menu(at, "making"), "What of {word}?", "nearest")
    assert list(at.code) == []


BOMB = packed(b"#" * 60_000_000)


@pytest.mark.parametrize(
    ("lesson", "said"),
    [
        (BOMB, "The text in this link is damaged"),
        ("x", "The text in this link is damaged"),
        (packed(b"\xff\xfe"), "The text in this link is damaged"),
        (packed(LEAST + STEP)[:-30], "The text in this link is damaged"),
        (packed("#" + "x\n" * 40_000), "A lesson has at most 64,000 bytes"),
        (packed("[" * 4_000), "This is no lesson in TOML"),
        (packed(LEAST + STEP * 41), "The lesson: steps must be 1 to 40"),
        (packed(LEAST + STEP + CHOICE.replace('"choice"', '"riddle"')), "Step 1, question 1: kind must be one of"),
        (packed(LEAST + STEP.replace("training", "teach")), "Step 1: page must be one of"),
        ("", "The text in this link is damaged"),
    ],
)
def test_a_hostile_link_is_refused_in_a_sentence(lesson: str, said: str) -> None:
    at = fine(go(opened(lesson), "lessons"))
    assert (problem(at) or "").startswith(f"The lesson of this link cannot be opened. {said}")
    assert "guide" not in at.query_params
    assert at.button(key="take_company").label == "Start"


def test_a_lesson_whose_text_cannot_be_trained_is_said_to_be_so_and_all_stays() -> None:
    impossible = replace(KINGS, settings={"min_count": 50})
    at = fine(go(opened(packed(written(impossible)), preset="royal"), "lessons"))
    assert (problem(at) or "").startswith("This step cannot be shown: ")
    assert config(at).text == PRESETS["royal"].text
    assert "guide" not in at.query_params


def test_a_link_that_locks_the_moment_opens_no_lesson() -> None:
    at = opened(packed(written(KINGS)), lock="true", preset="royal", t="3")
    assert config(at).text == PRESETS["royal"].text
    assert "guide" not in at.query_params
