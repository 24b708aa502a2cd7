"""What is on Compare: one part at a time, chosen on top."""

from pages.parts.compare import notebook, parting, players, quality, vary
from pages.parts.shared import parts
from pages.parts.shared.parts import Part
from w2v import Moments

PARTS: tuple[Part[Moments], ...] = (
    Part("vary", "Vary one setting", "The same text, trained with several values of one setting.", vary.show),
    Part(
        "parting", "The first parting", "Where two trainings begin to differ, and how far apart they get.", parting.show
    ),
    Part(
        "players",
        "Two on one clock",
        "Two trainings side by side: where one is halfway, so is the other.",
        players.show,
    ),
    Part(
        "quality",
        "Quality",
        "How far the vectors agree with what people say of words, all along the training.",
        quality.show,
    ),
    Part("notebook", "Lab notebook", "All that was trained in this session, to be opened again.", notebook.show),
)


def show(moments: Moments) -> None:
    """The whole page below its heading."""
    part = parts.choice(PARTS, "compare_part")
    parts.heading(part)
    if part.show is not players.show:
        players.take_away()
    part.show(moments)
