"""How words stand in the sentences under the pictures."""

from pages.parts.export_fonts import plain_label
from w2v import Run


def quoted(word: str) -> str:
    """Return a word as it may be shown, in quotation marks: "the" would drown in a sentence."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{plain_label(word)}\N{RIGHT DOUBLE QUOTATION MARK}"


def quoted_row(run: Run, row: int) -> str:
    """Return the name of a row of U in a sentence: its word, quoted, or what else it is."""
    objective, words = run.plan.objective, run.corpus.vocabulary.words
    return quoted(words[row]) if objective.words_in_U else objective.row_name(row, words)


def row_label(run: Run, row: int) -> str:
    """Return the name of a row of U in a picture."""
    return plain_label(run.plan.objective.row_name(row, run.corpus.vocabulary.words))
