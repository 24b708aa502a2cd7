"""Equations for pages that are printed, as MathML, which browsers typeset by themselves.

Each function takes pieces that are made already, and gives one; `name` and `word` make the first ones, of any text.
"""

from html import escape

from pages.drawing.words import shown


def inline(*pieces: str) -> str:
    """Return an equation within a sentence, its fractions and sums as large as on a line of its own."""
    return f'<math displaystyle="true">{row(*pieces)}</math>'


def row(*pieces: str) -> str:
    """Return pieces one after the other."""
    return f"<mrow>{''.join(pieces)}</mrow>"


def name(letters: str) -> str:
    """Return the name of a number: one letter stands slanted."""
    return f"<mi>{escape(letters)}</mi>"


def vector(letter: str) -> str:
    """Return the name of a vector: bold and upright."""
    return f'<mi mathvariant="normal" class="vector">{escape(letter)}</mi>'


def word(text: str, longest: int = 16) -> str:
    """Return a word of a text, at most so many letters of it."""
    clean = shown(text)
    return f"<mtext>{escape(clean if len(clean) <= longest else clean[: longest - 1] + chr(0x2026))}</mtext>"


def text(said: str) -> str:
    """Return words of our own."""
    return f"<mtext>{escape(said)}</mtext>"


def sign(operator: str, before: bool = False) -> str:
    """Return an operator: =, +, -, or a bracket; with `before`, a minus that belongs to what follows it."""
    form = ' form="prefix"' if before else ""
    return f"<mo{form}>{escape(operator.replace('-', chr(0x2212)))}</mo>"


def digits(written: str) -> str:
    """Return a number as it is written."""
    return f"<mn>{escape(written)}</mn>"


def sub(base: str, below: str) -> str:
    """Return something with an index."""
    return f"<msub>{base}{below}</msub>"


def sup(base: str, above: str) -> str:
    """Return a power."""
    return f"<msup>{base}{above}</msup>"


def new(base: str, below: str) -> str:
    """Return something with an index, as it is after the update."""
    return f"<msubsup>{base}{below}<mtext>new</mtext></msubsup>"


def logarithm(of: str) -> str:
    """Return the natural logarithm of something."""
    return f'<mi>ln</mi><mspace width="0.17em"></mspace>{of}'


def fraction(above: str, below: str) -> str:
    """Return a fraction."""
    return f"<mfrac>{above}{below}</mfrac>"


def total(index: str, *pieces: str) -> str:
    """Return a sum over all that an index stands for."""
    return row(f"<munder><mo>\N{N-ARY SUMMATION}</mo>{index}</munder>", *pieces)
