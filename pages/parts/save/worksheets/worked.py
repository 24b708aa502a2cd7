"""What a worksheet of an update is made from, and the symbols that stand in its equations."""

from dataclasses import dataclass
from decimal import Decimal

from pages.drawing import mathml
from pages.parts.save.worksheets.sheet import Sheet, said
from w2v import Run, Step, Trace
from w2v.explain.by_hand import ByHand
from w2v.explain.in_the_text import InTheText

S, P, Y, Z, L, ETA, W = (mathml.name(letter) for letter in ("s", "P", "y", "Z", "L", "\u03b7", "w"))
H, G, U, V = (mathml.vector(letter) for letter in "hguv")
ERROR, IS, MINUS, TIMES = mathml.text("error"), mathml.sign("="), mathml.sign("-"), mathml.sign("\u22c5")
NEGATIVE = mathml.sign("-", before=True)
ONE, EULER = mathml.digits("1"), mathml.name("e")
S_W, P_W, Y_W, ERROR_W, U_W = (mathml.sub(x, W) for x in (S, P, Y, ERROR, U))


@dataclass(frozen=True)
class Worked:
    """An example of an update, worked out.

    run, step, trace : what the example is of, and its record
    hand  : the same with rounded numbers;  place : where it stands in the text;  sheet : blank or solved
    """

    run: Run
    step: Step
    trace: Trace
    hand: ByHand
    place: InTheText
    sheet: Sheet

    @property
    def words(self) -> tuple[str, ...]:
        """The vocabulary."""
        return self.run.corpus.vocabulary.words

    @property
    def true(self) -> str:
        """The true word, as HTML in quotation marks."""
        return quoted(self.words[self.trace.example.target])

    @property
    def inputs(self) -> str:
        """The words from which it is guessed, likewise."""
        return ", ".join([quoted(self.words[i]) for i in dict.fromkeys(self.trace.example.inputs)])

    @property
    def some(self) -> bool:
        """Whether only some numbers of each vector are worked with."""
        return self.hand.shown < self.hand.dim

    @property
    def asks_all(self) -> bool:
        """Whether all rows share 100 %, and none has a question of its own."""
        return self.run.plan.objective.rows_sum_to_one

    def row_name(self, row: int) -> str:
        """How a row of U is called, as plain text."""
        return self.run.plan.objective.row_name(row, self.words)


def quoted(name: str) -> str:
    """Return a word of the text or the name of a row as HTML in quotation marks."""
    return f"\u201c{said(name)}\u201d"


def n_digits(x: Decimal) -> int:
    """Return how many digits a number has behind its point."""
    return -int(x.as_tuple().exponent)
