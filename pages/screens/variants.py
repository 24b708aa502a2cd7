"""Variants: other ways to learn word vectors, beside the one that is trained."""

from pages.parts.shared import watch
from pages.parts.shared.watch import Content
from pages.parts.variants import page

content = Content(
    "The same text, learned in other ways.",
    "Choose what to compare, and step to another pair.",
    page.show,
)
watch.page("Variants", {"update": content, "pass": content})
