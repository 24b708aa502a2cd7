"""Before one commits, no page shows what gives the answer away: tried with every kind of question, on every page."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.lessons.checking import FIRST_UPDATE
from pages.parts.lessons.lesson import Lesson, LessonStep, written
from pages.parts.lessons.stage import stages_of
from pages.parts.shared.cover import COMES_LATER
from tests.test_lesson_links import packed
from tests.test_lessons import answer, asked_by, press
from tests.visitor import elements, fine, go, ledger, record, sent_to, texts, visit
from w2v.explain.questions import KINDS, Choice
from w2v.explain.questions.question import Question


@dataclass(frozen=True)
class Case:
    """A question, and what of the page would answer it.

    moment : at which it is asked;  views : of the player;  cards : the last of One update that is shown
    said   : what a sentence of the page has that answers it;  level : at which all of that is there
    """

    question: Question
    page: str
    moment: str | int = "start"
    views: frozenset[str] = frozenset()
    cards: int | None = None
    said: str = ""


def views(*names: str) -> frozenset[str]:
    return frozenset(names)


CASES: Mapping[str, Case] = {
    "falls": Case(KINDS["falls"](), "training", FIRST_UPDATE, views("ripple", "vectors", "traces")),
    "falls-update": Case(KINDS["falls"](), "update", FIRST_UPDATE, cards=5, said="Every vector"),
    "moves": Case(KINDS["moves"](), "update", 7, cards=5, said="changed. The changed ones come first."),
    "moves-variants": Case(KINDS["moves"](), "variants", 7, said=" numbers."),
    "pair_loss": Case(KINDS["pair_loss"](), "update", 7, cards=5),
    "loss": Case(KINDS["loss"](), "training", 7, views("traces")),
    "nearest": Case(KINDS["nearest"](), "map", "end", views("why"), said="is nearest to"),
    "nearest-words": Case(KINDS["nearest"](), "words", "end", said="w2v_word_pictures"),
    "order": Case(KINDS["order"](by="alike"), "map", "end", views("why"), said="is nearest to"),
    "order-expected": Case(KINDS["order"](), "training", "end", views("bars", "why"), said="All numbers of"),
    "probability": Case(KINDS["probability"](), "training", "end", views("bars", "why"), said="All numbers of"),
    "probability-update": Case(KINDS["probability"](at="now"), "update", 7, cards=3),
    "draw": Case(KINDS["draw"](), "training", "start", views("bars", "why"), said="All numbers of"),
    "learned": Case(KINDS["learned"](), "training", 7, views("traces")),
    "honest": Case(KINDS["honest"](), "map", "end", said="of the variance"),
    "beside": Case(KINDS["beside"](), "training", 7, views("traces")),  # to be looked up in the text, as the next
    "together": Case(KINDS["together"](), "training", 7, views("traces")),
    "choice": Case(Choice("Which?", ("a", "b"), ("b",)), "training", 7, views("traces")),
}
COVERED = {"falls", "moves", "pair_loss", "nearest", "order", "probability", "draw", "honest"}


def all_said(at: AppTest) -> str:
    """All that the page says, the labels of what is folded away among it and the names of its pictures."""
    said = [str(proto) for kind, proto in elements(at) if kind in ("expander", "popover")]
    return " ".join([texts(at), *said, *(part.proto.component_name for part in at.get("bidi_component"))])


def shows(at: AppTest, case: Case) -> list[str]:
    """What of the page gives the answer away."""
    header = record(at)[0]
    found = [name for name in sorted(case.views) if name in header["views"]]
    if case.cards is not None:
        found += [f"card {n}" for n in range(case.cards + 1, ledger(at)[0]["last"] + 1)]
        found += ["more views"] if sent_to(at, "w2v_update_pictures") else []
    if case.said and case.said in all_said(at):
        found.append(case.said)
    return found + ([] if header["locked"] else ["the moments to come"])


def test_every_kind_of_question_is_tried() -> None:
    assert {case.question.name for case in CASES.values()} == {*KINDS}


@pytest.mark.parametrize("name", CASES)
def test_what_gives_the_answer_away_comes_after_it(name: str) -> None:
    case = CASES[name]
    step = LessonStep(
        says="Look.", page=case.page, moment=case.moment, word="king", level="numbers", questions=(case.question,)
    )
    lesson = Lesson(title="T", finds="F", play="P", found="D", steps=(step,), settings={"epochs": 8})
    stage = stages_of(lesson, None)[1]
    asked = asked_by(stage)
    assert asked is not None
    assert bool(asked.covers) == (case.question.name in COVERED)
    at = fine(visit(page="start", opened=["word_numbers_box", "every_vector_box"], lesson=packed(written(lesson))))
    fine(go(at, "training"))
    press(at, "guide_on", case.page)
    fine(at.run())  # the fragment of the page knows it as well
    assert asked.title in texts(at)
    assert shows(at, case) == []
    assert record(at)[0]["covers"] == list(asked.covers)
    assert (COMES_LATER in texts(at)) == (bool(asked.covers) and name != "falls")  # which is in the player alone
    answer(at, asked, "answer_file1_1", rightly=True)
    fine(at.button(key="guide_on").click().run())
    assert COMES_LATER not in texts(at)
    assert not record(at)[0]["locked"]
    given_away = [*sorted(case.views), *([case.said] if case.said else [])]
    assert [found for found in shows(at, case) if not found.startswith(("card", "more"))] == [
        *given_away,
        "the moments to come",
    ]
    if case.cards is not None:
        assert ledger(at)[0]["last"] == 8
        assert sent_to(at, "w2v_update_pictures")
