"""Map: where the words stand, by several pictures, and how far each picture can be trusted."""

from pages.parts.map import page
from pages.parts.shared import given_vectors, watch
from pages.parts.shared.watch import Content
from pages.session.opening import opened_vectors

given_vectors.wait()
words = Content(
    "Words used alike come to lie together.",
    "Change the picture and see what stays.",
    page.show,
    "map",
    elsewhere=lambda: opened_vectors() is not None,
)
watch.page("Map", {"update": words, "pass": words})
