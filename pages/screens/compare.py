"""Compare: what changes when a setting changes, one part at a time."""

from pages.parts.compare import page
from pages.parts.shared import watch
from pages.parts.shared.watch import Content

content = Content(
    "What changes when a setting changes.",
    "Choose a setting, and train with several values of it.",
    page.show,
    trains=True,
)
watch.page("Compare", {"update": content, "pass": content})
