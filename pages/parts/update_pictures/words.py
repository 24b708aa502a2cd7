"""How words stand in the sentences under the pictures."""

from pages.parts.export_fonts import plain_label


def quoted(word: str) -> str:
    """Return a word as it may be shown, in quotation marks: "the" would drown in a sentence."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{plain_label(word)}\N{RIGHT DOUBLE QUOTATION MARK}"
