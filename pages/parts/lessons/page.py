"""What is on Lessons: the lessons, or the bars of You are the model."""

from pages.parts.lessons import cards, eight, making, you_are_the_model
from pages.parts.shared import parts, strip, watch
from pages.parts.shared.parts import Part
from pages.parts.shared.watch import Content


def _lessons(_: None) -> None:
    strip.heading_with_way_back(
        "lessons",
        "Lessons",
        "Predict, commit, and let the model answer: every answer is computed from the training on your screen.",
        "Take them in their order; with your own text too, once you have pasted one.",
    )
    strip.trouble()
    choose_part()
    cards.shipped()
    you_are_the_model.card()
    cards.others()
    cards.result()
    eight.show()
    making.show()


def _you_are_the_model(_: None) -> None:
    content = Content(
        "Guess what stands near a word, and be judged like the model.",
        "Drag the bars, then commit.",
        you_are_the_model.show,
        part_of=choose_part,
    )
    watch.page(you_are_the_model.TITLE, {"update": content, "pass": content})


PARTS: tuple[Part[None], ...] = (
    Part("lessons", "Lessons", "", _lessons),
    Part(you_are_the_model.PART, you_are_the_model.TITLE, "", _you_are_the_model),
)


def choose_part() -> None:
    """The choice of the part."""
    parts.choice(PARTS, "lessons_part")
