"""Lessons: each taken to its end with right and wrong answers, on any text; terms are taught before they are used."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted
from pages.parts.lessons import eight, progress
from pages.parts.lessons.filling import filled
from pages.parts.lessons.lesson import Lesson, LessonStep
from pages.parts.lessons.library import SHIPPED, shipped
from pages.parts.lessons.stage import MOST_OF_LONG, OF_BEGINNING, Stage, beginning_of, stages_of
from pages.parts.lessons.terms import Use, introduced, used_too_early
from pages.parts.lessons.widget import plain
from pages.session import now
from tests.browsing import FOX
from tests.hostile import MARKUP
from tests.test_glossary import BANNED
from tests.test_hostile import words_as_markup
from tests.visitor import (
    back_to_step,
    chosen_word,
    config,
    elements,
    fine,
    go,
    leave_bars,
    lesson_answers,
    moment,
    open_menu,
    press,
    record,
    strings,
    texts,
    visit,
)
from w2v import PRESETS, Config, Moments, Run
from w2v.explain.company import Company
from w2v.explain.questions import first_that_fits
from w2v.explain.questions.asked import Asked, OneOf, OnScale, SomeOf, Voice
from w2v.explain.questions.of_bars import OnBars
from w2v.explain.questions.scene import Scene

FOUR = "We drink hot tea. We drink hot milk. They eat old bread. They eat old cake."
TWO_SENTENCES = "The cat sat on the mat. The dog lay on the rug."
LABELS = {("radio", "options"), ("checkbox", "label")}


@cache
def run_of(config: Config) -> Run:
    return Run(config)


def scene_of(stage: Stage) -> Scene:
    """What a step is asked of, from a run of the tests' own."""
    moments: Moments = run_of(stage.config())
    begins, word = stage.begins_at(), stage.chosen()
    assert word is not None
    t = moments.best if begins == now.END else begins
    company = Company.of_text(moments.corpus, moments.config.window)
    voice = Voice(quoted, percent, number, stage.in_numbers)
    scene = Scene(moments, t, moments.corpus.vocabulary.ids[word], company, voice)
    return replace(scene, fill=partial(filled, scene=scene))


def asked_by(stage: Stage) -> Asked | None:
    return first_that_fits(stage.written.questions, scene_of(stage))


def home(name: str) -> str:
    """The key of the button that leads from the end of a lesson to all of them: the last has no other."""
    return "guide_on" if name.endswith(SHIPPED[-1]) else "guide_home"


def button(at: AppTest, key: str) -> bool:
    return any(b.key == key for b in at.button)


def answer(at: AppTest, asked: Asked, key: str, *, rightly: bool) -> object:
    """Answer with the widget that is there, and return what was answered. Nothing can be committed before."""
    answers = asked.answers
    assert at.button(key="guide_on").disabled
    given: object
    if isinstance(answers, OneOf):
        given = answers.right if rightly else (answers.right + 1) % len(answers.options)
        at.radio(key=key).set_value(given).run()
    elif isinstance(answers, SomeOf):
        chosen = answers.right if rightly else frozenset({min({*range(len(answers.options))} - answers.right)})
        for i in chosen:
            at.checkbox(key=f"{key}_{i}").set_value(True).run()
        given = chosen
    elif isinstance(answers, OnBars):
        given = tuple((answers.bars.of(answers.told) if rightly else answers.bars.even).tolist())
        leave_bars(at, given, key)
    else:
        assert isinstance(answers, OnScale)
        far = answers.right + answers.tolerance + 5
        given = (
            max(1, round(answers.right)) if rightly else round(far if far <= 100 else far - 2 * answers.tolerance - 10)
        )
        at.slider(key=key).set_value(given).run()
    assert not fine(at).button(key="guide_on").disabled
    assert answers.is_right(given) == rightly
    return given


def takes(at: AppTest, name: str, stages: tuple[Stage, ...], *, rightly: bool) -> int:
    """Take a lesson from its first step to its last, and return how many questions were asked."""
    n_asked = 0
    for place, stage in enumerate(stages):
        assert at.query_params["guide"] == f"{name}-{place + 1}"
        assert config(at) == stage.config()
        assert chosen_word(at) == stage.chosen()
        scene, asked = scene_of(stage), asked_by(stage)
        assert scene.fill(stage.written.says) in texts(at)
        if asked is not None:
            n_asked += 1
            assert asked.title in texts(at)
            assert asked.numbers not in texts(at), "kept back"
            if stage.page in ("training", "map"):
                assert record(at)[0]["keeps_back"]
            given = answer(at, asked, f"answer_{name}_{place}", rightly=rightly)
            assert asked.numbers not in texts(at)
            fine(at.button(key="guide_on").click().run())
            assert asked.feedback(given) in texts(at)
            assert ("Right." in texts(at)) == rightly
            assert moment(at) == asked.then
            assert not [r for r in at.radio if (r.key or "").startswith("answer_")], "it is locked"
            if stage.page in ("training", "map"):
                assert not record(at)[0]["keeps_back"]
        if place + 1 < len(stages):
            press(at, "guide_on", stages[place + 1].page)
    return n_asked


@pytest.mark.parametrize("rightly", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_lesson_is_taken_to_its_end(name: str, rightly: bool) -> None:
    lesson, stages = shipped()[name], stages_of(shipped()[name], None)
    at = visit(page="lessons")
    assert lesson.finds in texts(at)
    press(at, f"take_{name}", stages[0].page)
    n_asked = takes(at, name, stages, rightly=rightly)
    assert 6 <= len(stages) <= 9
    assert n_asked >= 5
    press(at, home(name), "lessons")
    assert "guide" not in at.query_params
    said = f"done \u00b7 {n_asked if rightly else 0} of {n_asked} answers right"
    assert said in texts(at)
    assert at.button(key=f"take_{name}").label == "Once more"
    rows = list(csv.DictReader(io.StringIO(saved_answers(at))))
    assert [row["right"] for row in rows] == ["yes" if rightly else "no"] * n_asked
    assert {row["lesson"] for row in rows} == {lesson.title}
    assert all(row["question"] and row["answer"] and row["right answer"] for row in rows)


def saved_answers(at: AppTest) -> str:
    """The file that is saved on Lessons."""
    titles = {**eight.TITLES, **{name: lesson.title for name, lesson in shipped().items()}}
    return progress.as_csv(lesson_answers(at), titles).decode("utf-8-sig")


def started(name: str = "company", config: Config | None = None, own: str = "") -> AppTest:
    """A visitor at the first step of a lesson, perhaps with a text of their own."""
    at = visit(config, "lessons")
    return press(at, f"take_{own}{name}", shipped()[name].play_on)


def further(at: AppTest, name: str = "company", own: Config | None = None, *, until: int) -> Asked:
    """Answer rightly up to a step, counted from 0, and return what it asks."""
    stages = stages_of(shipped()[name], own)
    for place, stage in enumerate(stages[:until]):
        asked = asked_by(stage)
        if asked is not None:
            prefix = "own-" if own else ""
            answer(at, asked, f"answer_{prefix}{name}_{place}", rightly=True)
            at.button(key="guide_on").click().run()
        press(at, "guide_on", stages[place + 1].page)
    found = asked_by(stages[until])
    assert found is not None
    return found


# --- where one is ------------------------------------------------------------------------------------------------


def test_an_answer_is_locked_until_the_lesson_is_begun_again() -> None:
    at = started()
    asked = further(at, until=1)
    given = answer(at, asked, "answer_company_1", rightly=False)
    at.button(key="guide_on").click().run()
    press(at, "guide_on", "text")  # on
    at.button(key="guide_leave").click().run()
    fine(go(at, "lessons"))
    assert "3 of 9 steps \u00b7 0 of 1 answers right" in texts(at)
    assert at.button(key="take_company").label == "Go on"
    press(at, "take_company", "text")
    assert at.query_params["guide"] == "company-3"
    at = fine(visit(page="text", guide="company-2"))
    assert asked.title in texts(at), "a link opens the step"
    assert asked.numbers not in texts(at)
    assert given is not None


def test_a_step_that_was_answered_shows_its_answer_when_one_comes_back() -> None:
    at = started()
    asked = further(at, until=1)
    answer(at, asked, "answer_company_1", rightly=True)
    at.button(key="guide_on").click().run()
    assert asked.feedback(asked.answers.right) in texts(at)
    at.button(key="guide_leave").click().run()
    fine(go(at, "lessons"))
    press(at, "take_company", "text")
    assert asked.feedback(asked.answers.right) in texts(at)
    assert lesson_answers(at)["company"].n_right == 1


def test_back_of_the_browser_leads_to_an_answer_that_is_locked() -> None:
    at = started()
    asked = further(at, until=1)
    answer(at, asked, "answer_company_1", rightly=True)
    at.button(key="guide_on").click().run()
    press(at, "guide_on", "text")
    back_to_step(at, "company", 1)
    assert asked.feedback(asked.answers.right) in texts(at)
    assert not [r for r in at.radio if (r.key or "").startswith("answer_")]


def test_a_reload_keeps_lesson_and_step() -> None:
    stage = stages_of(shipped()["company"], None)[5]
    at = visit(stage.config(), "map", guide="company-6", t="0", word="tea")
    asked = asked_by(stage)
    assert asked is not None
    assert asked.title in texts(at)
    assert not button(fine(visit(page="map", guide="company-10")), "guide_on")
    assert not button(fine(visit(page="map", guide="file1-2")), "guide_on"), "a lesson that this tab does not have"


def test_the_one_obvious_button_is_that_of_the_first_lesson_that_is_not_done() -> None:
    at = visit(page="lessons")
    primary = [b.key for b in at.button if b.proto.type == "primary"]
    assert primary == ["take_company"]
    stages = stages_of(shipped()["company"], None)
    press(at, "take_company", "training")
    takes(at, "company", stages, rightly=True)
    assert at.button(key="guide_on").label == f"Next: {shipped()['guessing'].title}"
    press(at, "guide_on", "training")
    assert at.query_params["guide"] == "guessing-1"
    at.button(key="guide_leave").click().run()
    fine(go(at, "lessons"))
    assert [b.key for b in at.button if b.proto.type == "primary"] == ["take_guessing"]


def test_another_text_meanwhile_and_the_step_is_shown_again_when_asked() -> None:
    at = started()
    further(at, until=3)
    fine(go(at, "text"))
    at.text_area(key="pasted").set_value(FOX).run()
    assert "something else" in texts(at)
    press(at, "guide_on", "training")
    assert config(at) == stages_of(shipped()["company"], None)[3].config()


# --- on any text -------------------------------------------------------------------------------------------------


def test_a_lesson_is_taken_with_ones_own_text_which_is_as_it_was_afterwards() -> None:
    mine = Config(FOX, dim=3, epochs=7)
    at = visit(mine, "lessons")
    stages = stages_of(shipped()["company"], mine)
    assert {stage.config().text for stage in stages} == {FOX}
    press(at, "take_own-company", stages[0].page)
    n_asked = takes(at, "own-company", stages, rightly=True)
    assert n_asked >= 5
    press(at, "guide_home", "lessons")
    assert config(at) == mine
    assert at.button(key="take_company").label == "Start"
    assert at.button(key="take_own-company").label == "Once more with my own text"


def test_a_lesson_on_its_own_text_gives_back_the_visitors() -> None:
    mine = Config(FOX, dim=3)
    at = started(config=mine)
    assert config(at).preset == "eat_drink"
    at.button(key="guide_leave").click().run()
    assert config(at) == mine


def test_without_a_text_of_ones_own_none_is_offered() -> None:
    at = visit(page="lessons")
    assert not button(at, "take_own-company")


def test_a_text_of_two_words_gets_other_questions_or_a_sentence() -> None:
    tiny = Config("yes no yes no")
    at = visit(tiny, "lessons")
    stages = stages_of(shipped()["company"], tiny)
    press(at, "take_own-company", stages[0].page)
    silent = [place for place, stage in enumerate(stages) if stage.written.questions and asked_by(stage) is None]
    assert silent, "not every question makes sense here"
    for place, stage in enumerate(stages[:-1]):
        asked = asked_by(stage)
        if asked is not None:
            answer(at, asked, f"answer_own-company_{place}", rightly=True)
            at.button(key="guide_on").click().run()
        assert ("There is no question here" in texts(at)) == (place in silent)
        press(at, "guide_on", stages[place + 1].page)


def test_a_text_that_is_trained_as_a_whole_is_asked_what_can_be_asked_of_it() -> None:
    book = Config(" ".join([FOX] * 6), trainer="passes", dim=4)
    at = visit(book, "lessons")
    press(at, "take_own-company", "training")
    stages = stages_of(shipped()["company"], book)
    assert {stage.config() for stage in stages} == {book}
    asked = 0
    for stage in stages[1:]:
        press(at, "guide_on", stage.page)
        if not at.button(key="guide_on").disabled:
            continue
        widget = [w for kind in (at.radio, at.slider, at.checkbox) for w in kind if (w.key or "").startswith("answer_")]
        widget[0].set_value(1 if widget[0] not in list(at.checkbox) else True).run()
        fine(at.button(key="guide_on").click().run())
        asked += 1
    assert asked >= 5
    assert button(at, "guide_home")


def test_what_is_not_so_of_a_text_that_is_trained_as_a_whole_is_learned_of_its_beginning() -> None:
    book = Config(" ".join([FOX] * 40), trainer="passes", dim=20, min_count=5)
    at = visit(book, "lessons")
    for name in SHIPPED:
        stages = stages_of(shipped()[name], book)
        if name == "company":
            assert OF_BEGINNING not in stages[0].written.says
            continue
        begun = [stage.config() for stage in stages if stage.written.text is None]
        (text,) = {config.text for config in begun}
        assert book.text.startswith(text)
        assert text.endswith(".")
        assert MOST_OF_LONG - len(FOX) < len(text) <= MOST_OF_LONG
        for stage in stages:
            wanted = {**stage.lesson.settings, **stage.written.settings}
            assert {name: getattr(stage.config(), name) for name in wanted} == wanted, "what the step says is so"
            assert stage.config().trainer == Config.trainer
    press(at, "take_own-floor", "text")
    assert OF_BEGINNING in texts(at)
    assert config(at).text == text
    at.button(key="guide_leave").click().run()
    assert config(at) == book, "nothing is lost"


def test_a_text_that_would_take_too_many_updates_is_learned_of_its_beginning_too() -> None:
    long = Config(" ".join(f"{FOX} {i} {i + 1}." for i in range(3_000)), epochs=4)
    stages = stages_of(shipped()["floor"], long)
    assert {stage.config().dim for stage in stages} == {2, 8}
    assert {stage.config().text for stage in stages} == {beginning_of(long.text)}, "the same in every step"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("One two. " * 1_000, "One two. " * 443 + "One two."),
        ("word " * 1_000, "word " * 800),
        ("\u4e00\u4e8c\u3002" * 2_000, "\u4e00\u4e8c\u3002" * 1_333),
        ("a b\n" * 2_000, "a b\n" * 1_000),
        ("He said: \u201cYes!\u201d " * 10, "He said: \u201cYes!\u201d " * 10),
    ],
)
def test_the_beginning_of_a_text_ends_with_a_sentence(text: str, begins: str) -> None:
    assert beginning_of(text) == begins


def test_what_was_found_calls_words_alike_only_where_they_are() -> None:
    found = {text: scene_of(stages_of(shipped()["company"], Config(text))[-1]) for text in (FOUR, TWO_SENTENCES)}
    said = {text: scene.fill(shipped()["company"].found) for text, scene in found.items()}
    assert "are alike because they keep the same company" in said[FOUR]
    assert "no other word is much like \u201cthe\u201d here" in said[TWO_SENTENCES]


@pytest.mark.parametrize(("name", "place"), [("company", 5), ("maps", 4)])
def test_what_a_step_asks_of_a_word_no_step_before_has_shown(name: str, place: int) -> None:
    stages = stages_of(shipped()[name], None)
    assert "most like" in (asked_by(stages[place]) or Asked("", OneOf(("",), 0), "", 0)).title
    assert stages[place].chosen() not in {stage.chosen() for stage in stages[:place]}


def test_what_an_update_would_cost_with_more_words_is_said_when_that_was_answered() -> None:
    at = fine(visit(page="variants", guide="cheap-8"))
    assert "multiplications" not in texts(at)
    at.radio(key="answer_cheap_7").set_value(0).run()
    fine(at.button(key="guide_on").click().run())
    assert "multiplications for this pair. With 50,000 words it would be about" in texts(at)


def test_while_a_lesson_is_followed_the_pages_do_not_say_what_to_look_for() -> None:
    look_for = PRESETS["eat_drink"].look_for
    at = started()
    assert look_for not in texts(at)
    press(at, "guide_on", "text")
    assert look_for not in texts(at)
    at.button(key="guide_leave").click().run()
    assert look_for in texts(fine(at))


def test_words_of_a_text_are_no_markup_in_what_one_answers_with() -> None:
    assert plain("\u201c![x](http://y)\u201d *a* :red[b] $c$") == (
        "\u201c\\!\\[x\\]\\(http\u2060\\:\\/\\/y\\)\u201d \\*a\\* \\:red\\[b\\] \\$c\\$"
    )


@pytest.mark.parametrize(
    "said", ["->", "<-", "<->", "--", ">=", "<=", "~=", ":streamlit:", ":material_home:", "www.x.org", "a@b.org"]
)
def test_signs_that_would_be_drawn_as_something_else_are_kept_apart(said: str) -> None:
    bare = plain(said).replace("\\", "")
    assert said not in bare
    assert bare.replace("\u2060", "") == said
    assert plain("9.3 %, re-read: 1,000") == "9\\.3 \\%\\, re\\-read\u2060\\: 1\\,000"


def test_words_dressed_as_markup_are_plain_in_every_question_and_answer() -> None:
    hostile = Config(MARKUP * 2, pretokenized=True, epochs=2)
    at = visit(hostile, "lessons")
    stages = stages_of(shipped()["company"], hostile)
    press(at, "take_own-company", stages[0].page)
    met = ""
    for place, stage in enumerate(stages[:-1]):
        asked = asked_by(stage)
        if asked is not None:
            assert asked.title in texts(at)
            met += read_as_markdown(at)
            answer(at, asked, f"answer_own-company_{place}", rightly=False)
            met += read_as_markdown(at.button(key="guide_on").click().run())
        press(at, "guide_on", stages[place + 1].page)
    assert "zq" in met, "words of the text are options"
    press(at, "guide_home", "lessons")
    assert words_as_markup(at) == []


def read_as_markdown(at: AppTest) -> str:
    """What one answers with, where Markdown is live: each sign beside a word stands for itself; no word elsewhere."""
    labels = [text for kind, message in elements(fine(at)) for path, text in strings(message) if (kind, path) in LABELS]
    for label in [label for label in labels if "zq" in label]:
        assert not re.search(r"[!-/:-@\\[-`{-~]", re.sub(r"\\[!-/:-@\\[-`{-~]", "", label)), label
    assert [found for found in words_as_markup(at) if found[:2] not in LABELS] == []
    return " ".join(labels)


# --- nothing is used before it is taught -------------------------------------------------------------------------


@cache
def computed() -> dict[tuple[str, int], tuple[str, ...]]:
    """What the questions of the shipped lessons say on their own texts, by lesson and step."""
    said = {}
    for name, lesson in shipped().items():
        for number_, stage in enumerate(stages_of(lesson, None)[1:-1]):
            for question in stage.written.questions:
                asked = question.ask(scene_of(stage))
                if asked is not None:
                    options = getattr(asked.answers, "options", ())
                    if isinstance(asked.answers, OnBars):
                        options = (asked.answers.comment(tuple(asked.answers.bars.even.tolist())),)
                    said[name, number_] = (*said.get((name, number_), ()), asked.title, asked.numbers, *options)
    return said


def test_nothing_is_used_before_it_is_taught() -> None:
    assert len(computed()) > 30
    assert used_too_early(shipped(), computed()) == []


def test_each_term_is_taught_once_and_the_table_says_where() -> None:
    taught = [form for lesson in shipped().values() for step in lesson.steps for form in step.introduces]
    assert len(taught) == len({*taught}) >= 25
    table = introduced(shipped())
    assert table["window"] == Use("company", 1, "window")
    assert table["softmax"].lesson == "guessing"
    assert table["floor"].lesson == "floor"
    for use in table.values():  # and is used where it is taught
        step = shipped()[use.lesson].steps[use.step]
        assert use.term in {one.term for one in used_too_early({"x": _alone(shipped()[use.lesson], step)}, {})}


def _alone(lesson: Lesson, step: LessonStep) -> Lesson:
    """A lesson of this step alone, which explains nothing."""
    return replace(lesson, play="-", found="-", steps=(replace(step, introduces=(), questions=()),))


def test_a_term_that_is_moved_behind_its_use_is_found() -> None:
    lessons = dict(shipped())
    company = lessons["company"]
    where = introduced(lessons)["cosine"].step
    moved = [replace(step, introduces=tuple([t for t in step.introduces if t != "cosine"])) for step in company.steps]
    moved[-1] = replace(moved[-1], introduces=(*moved[-1].introduces, "cosine"))
    early = used_too_early({**lessons, "company": replace(company, steps=tuple(moved))}, computed())
    assert Use("company", where, "cosine") in early
    turned = {name: lessons[name] for name in reversed(lessons)}
    assert {use.lesson for use in used_too_early(turned, computed())} >= {"cheap", "maps", "floor"}


def test_the_lessons_call_things_by_their_one_name_and_are_short() -> None:
    wrong = re.compile(rf"\b(?:{'|'.join(pattern for pattern, _ in BANNED.values())})\b", re.IGNORECASE)
    for name, lesson in shipped().items():
        for said in sentences_of(lesson):
            assert not wrong.search(said), (name, said)
            assert len(said) <= 200, (name, said)
        for stage in stages_of(lesson, None):
            if not stage.in_numbers:
                said_in_words = " ".join([stage.written.says, *sentences_of_questions(stage.written)])
                assert not re.search(r"\b(loss|nats|floor|gradient)\b", said_in_words), (name, said_in_words)


def sentences_of(lesson: Lesson) -> Iterator[str]:
    yield from (lesson.title, lesson.finds, lesson.play, lesson.found)
    for step in lesson.steps:
        yield step.says
        yield from sentences_of_questions(step)


def sentences_of_questions(step: LessonStep) -> Iterator[str]:
    for question in step.questions:
        yield from [getattr(question, name) for name in ("question", "why") if hasattr(question, name)]


# --- eight questions, before and after ---------------------------------------------------------------------------


def test_eight_questions_before_and_after_say_what_was_gained() -> None:
    assert len(eight.EIGHT) == 8
    places = [one.options.index(one.right[0]) for one in eight.EIGHT]
    assert {*places} == {0, 1, 2}, "the right one stands everywhere"
    at = open_menu(visit(page="lessons"), "eight")
    for n_right, said in (
        (3, "Before the lessons you had 3 of 8 right. Take the lessons, then answer once more."),
        (7, "Before the lessons you had 3 of 8 right. Now 7: 4 answers more."),
        (2, "Before the lessons you had 3 of 8 right. Now 2: 1 answer fewer."),
    ):
        assert at.button(key="eight_done").disabled
        for i, place in enumerate(places):
            at.radio(key=f"eight_{i}").set_value(place if i < n_right else (place + 1) % 3)
        at.run()
        assert ("Right is" in texts(at)) == (n_right == 2), "only when answered twice"
        fine(at.button(key="eight_done").click().run())
        assert said in texts(at)
        assert at.radio(key="eight_0").value is None
    rows = list(csv.DictReader(io.StringIO(saved_answers(at))))
    assert [row["right"] for row in rows if row["lesson"] == "Eight questions, before"] == ["yes"] * 3 + ["no"] * 5
    assert [row["right"] for row in rows if row["lesson"] == "Eight questions, after"] == ["yes"] * 2 + ["no"] * 6
