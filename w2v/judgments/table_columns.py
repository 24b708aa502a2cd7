"""The columns of a table of word pairs below its header, and whether it has one."""

from collections.abc import Sequence
from typing import NamedTuple

from w2v.counted import counted
from w2v.judgments.column_names import counts_up, score_columns, slot_stem, word_slots
from w2v.judgments.tables import LeftOut, Line, Row, Table, is_missing, is_written_number, number_in

_SEEN = 24  # letters of a cell that a message quotes
_SHOWN = 12  # columns that a message shows


class Column(NamedTuple):
    """One column below the header.

    name    : in the header; "" when there is none
    numbers : share of the cells not missing that hold a number; None when all are missing
    """

    name: str
    cells: tuple[str, ...]
    numbers: float | None


class Body(NamedTuple):
    """A table without its header.

    header   : number of the line that names the columns; None when none does
    names    : of all columns; empty when no line names them
    rows     : the lines below
    left_out : lines that have another number of cells
    """

    header: int | None
    names: tuple[str, ...]
    rows: list[Row]
    left_out: list[LeftOut]

    def columns(self) -> list[Column]:
        """Return the columns, from left to right."""
        return _columns(len(self.rows[0].cells) if self.rows else len(self.names), self.names, self.rows)


def body_of(table: Table, remarks: Sequence[Line], asked: bool) -> Body:
    """Divide a table into its header and the rest.

    remarks : lines that begin with #, the last of which before the table may name the columns
    asked   : whether it is known which columns to take, so that a header that does not fit does not matter

    Raises ValueError in one sentence when the header names more or fewer columns than there are.
    """
    rows, uneven = list(table.rows), list(table.uneven)
    header: int | None = None
    names: tuple[str, ...] = ()
    if _is_header(rows):
        (header, names), rows = rows[0], rows[1:]
    elif uneven and uneven[0].number < rows[0].number and word_slots(uneven[0].cells):
        if not asked:
            raise ValueError(
                f"Line {uneven[0].number:,} names {len(uneven[0].cells):,} columns and the others have "
                f"{table.width:,} ({shown(rows[0].cells)}), so say which of these to take, as in --words 1,2 --score 3."
            )
        uneven = uneven[1:]
    else:
        header, names = _names_in_remarks(remarks, table, rows[0].number)
    return Body(header, names, rows, [LeftOut(row.number, _misfit(len(row.cells), table.width)) for row in uneven])


def shown(cells: Sequence[str]) -> str:
    """Return a line with the numbers of its columns: the columns are 1 "king", 2 "queen", 3 "8.5"."""
    parts = [f"{i} {quoted(cell)}" for i, cell in enumerate(cells[:_SHOWN], 1)]
    return "the columns are " + ", ".join(parts) + (", ..." if len(cells) > _SHOWN else "")


def quoted(cell: str) -> str:
    """Return a cell in quotes, shortened."""
    return f'"{cell[:_SEEN]}{"..." * (len(cell) > _SEEN)}"'


def _misfit(n: int, width: int) -> str:
    return f"{counted(n, 'column')} where the others have {width:,}"


def _is_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns: by its names, whatever numbers it has, or by having no numbers."""
    first, rest = rows[0].cells, rows[1:]
    below = _columns(len(first), (), rest)
    numeric = [i for i, column in enumerate(below) if column.numbers is not None and column.numbers > 0.5]
    if slots := word_slots(first):
        stem = slot_stem(first[slots[0]])
        if not any(slot_stem(row.cells[i]) == stem for row in rest for i in slots):  # else the words are word1, word2
            return stem != "w" or any(number_in(first[i]) is None for i in numeric)
    if any(number_in(first[i]) is None and not is_missing(first[i]) for i in score_columns(first, numeric)):
        return True
    if counts_up(first) and any(column.numbers == 0 for column in below):
        return True
    no_numbers = [not is_written_number(first[i]) for i in numeric]
    return bool(no_numbers) and all(no_numbers) and not all(is_missing(first[i]) for i in numeric)


def _names_in_remarks(remarks: Sequence[Line], table: Table, first: int) -> tuple[int | None, tuple[str, ...]]:
    """The last remark before the table and its names, if it has as many as there are columns and names the words."""
    before = [line for line in remarks if line.number < first]
    for divider in (table.divider, " "):
        text = before[-1].text.strip().lstrip("#").strip() if before else ""
        cells = [cell.strip() for cell in text.split(None if divider == " " else divider)]
        if len(cells) == table.width and word_slots(cells):
            return before[-1].number, tuple(cells)
    return None, ()


def _columns(width: int, names: Sequence[str], rows: Sequence[Row]) -> list[Column]:
    columns = []
    for i in range(width):
        cells = tuple([row.cells[i] for row in rows])
        there = [number_in(cell) is not None for cell in cells if not is_missing(cell)]
        columns.append(Column(names[i] if names else "", cells, sum(there) / len(there) if there else None))
    return columns
