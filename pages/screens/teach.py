"""Teach: what a teacher needs. Beliefs with the pictures that answer them, a lesson, and what can be handed out."""

from pages.parts.shared import parts, strip
from pages.parts.teach.page import PARTS
from pages.session import now

shown = {part.name: part for part in PARTS}[now.part([part.name for part in PARTS])]
strip.heading_with_way_back("teach", "Teach with this", shown.says, "")
strip.trouble()
parts.choice(PARTS, "teach_part").show(None)
