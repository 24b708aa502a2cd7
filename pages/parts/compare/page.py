"""What is on Compare: one part at a time, chosen on top."""

from pages.parts.compare import parting, players, vary
from pages.parts.shared import parts
from pages.parts.shared.parts import Part
from w2v import Moments

PARTS: tuple[Part[Moments], ...] = (
    Part("vary", "Vary one setting", "The same text, trained with several values of one setting.", vary.show),
    Part(
        "parting", "The first parting", "Where two trainings begin to differ, and how far apart they get.", parting.show
    ),
    Part("players", "Two on one clock", "Two trainings side by side, at equally far moments.", players.show),
)


def show(moments: Moments) -> None:
    """The whole page below its heading."""
    part = parts.choice(PARTS, "compare_part")
    parts.heading(part)
    part.show(moments)
