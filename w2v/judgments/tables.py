"""From the lines of a text to a table: what divides the cells, which lines fit, and which numbers cells hold.

The cells of a line are read as CSV, quoted or not, whatever divides them. What divides them is the first of tab,
semicolon, comma, bar and blanks by which more than half of the lines have the same number of cells, three at least
(else two). A comma between two digits is a decimal comma and divides nothing when all lines have only such commas.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

DIVIDERS = ("\t", ";", ",", "|", " ")
MISSING = frozenset({"", "nan", "na", "n/a", "#n/a", "null", "none", "-", "--", "\u2013", "\u2014", "?", "."})
"""How people write that there is no number, in small letters."""
_LINE_END = re.compile(r"\r\n|\r|\n")  # no others: a context may hold U+2028 or a form feed
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?\s?%?")
_SIGNS = str.maketrans({"\u2212": "-", "\u2012": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-", "\u066b": "."})
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


class Line(NamedTuple):
    """A line of a file and its number, from 1."""

    number: int
    text: str


class Row(NamedTuple):
    """The cells of one line, blanks around them taken off; `number` is that of the line, from 1."""

    number: int
    cells: tuple[str, ...]


class LeftOut(NamedTuple):
    """A line that could not be read, and why, such as "5 words where the others have 4"."""

    number: int
    why: str


class Table(NamedTuple):
    """Rows of equally many cells, and the lines that have another number of them.

    divider : what stands between cells; " " is any run of blanks and tabs
    width   : cells in a row
    uneven  : rows of the lines that do not fit, in order
    """

    divider: str
    width: int
    rows: tuple[Row, ...]
    uneven: tuple[Row, ...]


def lines_of(text: str) -> list[Line]:
    """Return the lines that are not blank. Only LF, CR LF and CR end a line."""
    return [Line(number, line) for number, line in enumerate(_LINE_END.split(text), 1) if line.strip()]


def read_table(lines: Sequence[Line]) -> Table:
    """Cut lines into cells. The width is that of more than half of the lines.

    Cells that are empty in all rows at the end of lines (a divider too many) are no column.
    Raises ValueError in one sentence when no divider gives more than half of the lines the same two cells or more.
    """
    tables = [table for divider in DIVIDERS if (table := table_by(lines, divider)) is not None]
    wide = [table for table in tables if table.width >= 3]
    if not tables:
        raise ValueError(
            "The columns of this file cannot be told apart: each line should have the same number of them, divided by "
            "tabs, commas, semicolons or blanks."
        )
    return (wide or tables)[0]


def table_by(lines: Sequence[Line], divider: str) -> Table | None:
    """Cut lines into cells at one divider; None unless more than half of the lines get the same two cells or more."""
    if divider != " " and not any(divider in line.text for line in lines):
        return None
    if divider == "," and all(_only_decimal_commas(line.text) for line in lines):
        return None
    rows = _rows(lines, divider)
    longest, share = _usual_width(rows)
    if longest < 2 or share <= 0.5:
        return None
    width = max(len(_stripped(row.cells)) for row in rows if len(row.cells) == longest)
    even, uneven = [], []
    for row in rows:
        cells = row.cells if len(row.cells) <= longest else _stripped(row.cells)
        if width <= len(cells) <= longest:
            even.append(Row(row.number, cells[:width]))
        else:
            uneven.append(row)
    return Table(divider, width, tuple(even), tuple(uneven)) if width >= 2 else None


def number_in(cell: str) -> float | None:
    """Return the number a cell holds: 8.5, 8,5, \u22121 with any minus, 85 %; None when it holds none."""
    written = cell.translate(_SIGNS)
    if not _NUMBER.fullmatch(written):
        return None
    value = float(written.rstrip("% ").replace(",", "."))
    return value if abs(value) < float("inf") else None


def is_written_number(cell: str) -> bool:
    """Whether a cell is written as a number, also as one that cannot be used, such as 1e400 and inf."""
    written = cell.translate(_SIGNS)
    return _NUMBER.fullmatch(written) is not None or written.casefold().lstrip("+-") in ("inf", "infinity", "\u221e")


def is_missing(cell: str) -> bool:
    """Whether a cell of a column of numbers says that there is none."""
    return cell.casefold() in MISSING


def numbers_in(cells: Sequence[str]) -> list[float | None]:
    """Return the numbers of a column, None where there is none.

    Raises ValueError, in a clause without subject, when they are written in ways that cannot be compared or that
    can be read as two different orders: points and commas, with and without %, 1,200 beside 900.
    """
    values = [number_in(cell) for cell in cells]
    written = [cell for cell, value in zip(cells, values, strict=True) if value is not None]
    commas = [cell for cell in written if "," in cell]
    if commas and any("." in cell.translate(_SIGNS) for cell in written):
        raise ValueError("has decimal points and decimal commas: write them all alike")
    if 0 < sum("%" in cell for cell in written) < len(written):
        raise ValueError("has numbers with and without %: write them all alike")
    if commas and all(_THOUSANDS.fullmatch(cell.translate(_SIGNS)) for cell in commas):
        thousands = [number_in(cell.replace(",", "")) for cell in cells]
        if order(thousands) != order(values):
            raise ValueError(
                f'has numbers such as "{commas[0]}", with a comma for decimals or thousands: write a point'
            )
    return values


def order(values: Sequence[float | None]) -> list[int | None]:
    """Return the rank of each value among the different ones, from 0: equal lists give equal rank correlations."""
    rank = {value: i for i, value in enumerate(sorted({value for value in values if value is not None}))}
    return [None if value is None else rank[value] for value in values]


# --- cells ------------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[Line], divider: str) -> list[Row]:
    """The cells of each line; where it makes more lines fit, a quoted cell may go on in the next line."""
    alone = [Row(line.number, cells_of(line.text, divider)) for line in lines]
    if divider != " " and any('"' in line.text for line in lines):
        together = _across_lines(lines, divider)
        if together is not None and _usual_width(together)[1] > _usual_width(alone)[1]:
            return together
    return alone


def cells_of(line: str, divider: str) -> tuple[str, ...]:
    """Return the cells of one line, blanks around them and quotes taken off."""
    if divider == " ":
        line = " ".join(line.split())
    try:
        (cells,) = csv.reader([line], delimiter=divider, skipinitialspace=True, strict=True)
    except (csv.Error, ValueError):  # a quotation mark that is part of the text
        cells = line.split(divider)
    return tuple([cell.strip() for cell in cells])


def _across_lines(lines: Sequence[Line], divider: str) -> list[Row] | None:
    """The records of the whole file as CSV, or None when its quotes do not close."""
    reader = csv.reader([f"{line.text}\n" for line in lines], delimiter=divider, skipinitialspace=True, strict=True)
    rows, first = [], 0
    try:
        for cells in reader:
            rows.append(Row(lines[first].number, tuple([" ".join(cell.split()) for cell in cells])))
            first = reader.line_num
    except csv.Error:
        return None
    return rows


def _usual_width(rows: Sequence[Row]) -> tuple[int, float]:
    """The most common number of cells, and the share of the rows that have it."""
    if not rows:
        return 0, 0.0
    ((width, n),) = Counter([len(row.cells) for row in rows]).most_common(1)
    return width, n / len(rows)


def _stripped(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without empty ones at the end."""
    n = len(cells)
    while n and not cells[n - 1]:
        n -= 1
    return cells[:n]


def _only_decimal_commas(line: str) -> bool:
    return not re.search(r"(?<!\d),|,(?!\d)", line)
