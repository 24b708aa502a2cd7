"""How much of what is computed all pages show: the levels by name, the first for whoever asks for no more."""

from collections.abc import Mapping

LEVELS: Mapping[str, tuple[str, str]] = {  # what each is called, and what it adds
    "words": ("Plain words", "What happens, in plain words and percentages."),
    "numbers": ("Numbers", "Also the loss and the vectors, and how they are computed."),
    "algebra": ("Algebra", "Also the equations of One update."),
}
FIRST = next(iter(LEVELS))
