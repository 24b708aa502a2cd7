"""Lessons: six of them in their order, lessons from files, and what was answered."""

from pages.parts.lessons import cards, eight, making
from pages.parts.shared import strip

strip.heading_with_way_back(
    "lessons",
    "Lessons",
    "Predict, commit, and let the model answer: every answer is computed from the training on your screen.",
    "Start with the first.",
)
strip.trouble()
cards.shipped()
cards.others()
cards.result()
eight.show()
making.show()
