"""How words of a text are written: they may be anything, hide controls and look like markup."""

import unicodedata
from html import escape

from w2v import Run

SHOWN_WORDS = 300  # the most frequent, in one picture or table
LONGEST_WORD = 40  # letters shown of one
_HIDDEN = {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}  # could reorder or hide what stands around a word


def visible(text: str) -> str:
    """Return a text as it may be shown where there is room for all of it: one line, no invisible controls.

    A blank at which no line may break stays one, so that 100 % is not torn apart.
    """
    spaced = "".join([" " if c.isspace() and c != "\N{NO-BREAK SPACE}" else c for c in text])
    return "".join([c for c in spaced if unicodedata.category(c) not in _HIDDEN]) or "(blank)"


def beginning(text: str, most: int = 90) -> str:
    """Return the first words of a text in quotation marks, as plain text of about so many letters."""
    words = visible(text[: 20 * most]).split()
    said = ""
    while words and len(said) + len(words[0]) < most:
        said = f"{said} {words.pop(0)}".strip()
    rest = " \N{HORIZONTAL ELLIPSIS}" if words else ""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{said or shown(text)}{rest}\N{RIGHT DOUBLE QUOTATION MARK}"


def whole(word: str) -> str:
    """Return all of a word as it may be shown as plain text."""
    return visible(word).replace("\N{NO-BREAK SPACE}", " ")  # a label may be measured and cut letter by letter


def shown(word: str) -> str:
    """Return a word as it may be shown as plain text: the same, at most 40 characters."""
    clean = whole(word)
    return clean if len(clean) <= LONGEST_WORD else clean[: LONGEST_WORD - 1] + "\u2026"


def escaped(word: str) -> str:
    """Return it as Plotly may show it, which reads markup."""
    return escape(shown(word), quote=False)


def quoted(word: str) -> str:
    """Return it in quotation marks, for a sentence: "the" would drown in it.

    One that reads from right to left is isolated: a number behind it would else be drawn on its other side.
    """
    said = shown(word)
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in said):
        said = f"\N{FIRST STRONG ISOLATE}{said}\N{POP DIRECTIONAL ISOLATE}"
    return f"\N{LEFT DOUBLE QUOTATION MARK}{said}\N{RIGHT DOUBLE QUOTATION MARK}"


def quoted_row(run: Run, row: int) -> str:
    """Return the name of a row of U in a sentence: its word, quoted, or what else it is."""
    objective, words = run.plan.objective, run.corpus.vocabulary.words
    return quoted(words[row]) if objective.words_in_U else objective.row_name(row, words)


def row_label(run: Run, row: int) -> str:
    """Return the name of a row of U in a picture."""
    return shown(run.plan.objective.row_name(row, run.corpus.vocabulary.words))
