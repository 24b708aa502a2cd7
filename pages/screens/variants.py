"""Variants: other ways to learn word vectors, beside the one that is trained."""

from pages.parts.shared import watch
from pages.parts.shared.watch import Content
from pages.parts.variants import page

SEES, TRIES = "The same text, learned in other ways.", "Choose what to compare, and step to another pair."
watch.page(
    "Variants",
    {
        "update": Content(SEES, TRIES, page.show, before=page.train),
        "pass": Content(SEES, TRIES, page.show, before=page.train_of_passes),
    },
)
