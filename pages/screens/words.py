"""Words: what the model makes of a word, one part at a time."""

from pages.parts.shared import given_vectors, watch
from pages.parts.shared.watch import Content
from pages.parts.words import page
from pages.session.analogies import train_seeds

content = Content(
    "What was learned about each word.",
    "Choose what to look at, and a word.",
    page.show,
    before=train_seeds,
)
given_vectors.wait()
watch.page("Words", {"update": content, "pass": content})
