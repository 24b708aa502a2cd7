"""How numbers are written everywhere: three significant digits, percentages, never 0.00 for what is not zero."""

from collections.abc import Iterable, Sized
from math import isfinite


def number(x: float, digits: int = 3) -> str:
    """Write a number with a few significant digits and a true minus sign: 0.123, 12.3, 1,230, 1.20e-07."""
    if x == 0:
        return "0"
    if not isfinite(x):
        return str(x).replace("-", "\N{MINUS SIGN}")
    text = f"{abs(x):.{digits - 1}e}"
    exponent = int(text.split("e")[1])  # after rounding: 9.996 is written as 10.0
    if -4 <= exponent < 6:
        text = f"{abs(x):,.{max(0, digits - 1 - exponent)}f}"
    return f"\N{MINUS SIGN}{text}" if x < 0 else text


def percent(share: float) -> str:
    """Write a share as a percentage: 31 %, 4.2 %, <0.1 %, 0 %."""
    if share == 0:
        return "0 %"
    p = 100 * share
    if 0 < p < 0.1:
        return "<0.1 %"
    if 99.5 <= p < 100 - 1e-9:  # not yet all of it
        return ">99.9 %" if p >= 99.95 else f"{p:.1f} %"
    return f"{p:.0f} %" if p >= 9.95 else f"{p:.1f} %"


def shape(values: Sized) -> str:
    """Write how many numbers a vector has, as NumPy does: (8,)."""
    return f"({len(values):,},)"


def first_numbers(values: Iterable[float], most: int = 3) -> str:
    """Write the first numbers of a vector: 0.123 -0.456 0.789 ..."""
    numbers = [number(float(x)) for x in values]
    return " ".join(numbers[:most]) + (" \u2026" if len(numbers) > most else "")


def vector(values: Iterable[float]) -> str:
    """Write both: (8,)  0.123 -0.456 0.789 ..."""
    listed = list(values)
    return f"{shape(listed)}  {first_numbers(listed)}"
