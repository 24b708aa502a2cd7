"""How numbers are written everywhere: three significant digits, percentages, never 0.00 for what is not zero."""

from collections.abc import Iterable


def number(x: float, digits: int = 3) -> str:
    """Write a number with a few significant digits and a true minus sign: 0.123, 12.3, 1,230, 1.2e-07."""
    if x == 0:
        return "0"
    size = abs(x)
    if size >= 1e6 or size < 1e-4:
        text = f"{size:.{digits - 1}e}"
    else:
        whole = len(str(int(size))) if size >= 1 else 0
        zeros = 0 if size >= 0.1 else len(f"{size:.10f}"[2:]) - len(f"{size:.10f}"[2:].lstrip("0"))
        text = f"{size:,.{max(0, digits - whole + zeros)}f}"
    return f"\N{MINUS SIGN}{text}" if x < 0 else text


def percent(share: float) -> str:
    """Write a share as a percentage: 31 %, 4.2 %, <0.1 %, 0 %."""
    if share == 0:
        return "0 %"
    p = 100 * share
    if 0 < p < 0.1:
        return "<0.1 %"
    if 99.9 < p < 100 - 1e-9:
        return ">99.9 %"
    return f"{p:.0f} %" if p >= 9.95 else f"{p:.1f} %"


def vector(values: Iterable[float], most: int = 8) -> str:
    """Write the entries of a vector in brackets, the first few if there are many."""
    entries = [number(float(v)) for v in values]
    shown = entries[:most]
    return "(" + ", ".join(shown) + (", ..." if len(entries) > most else "") + ")"
