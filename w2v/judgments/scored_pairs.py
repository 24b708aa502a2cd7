"""Word pairs with the scores that people gave them: which columns of a table hold them, never by guessing.

Columns are taken by what was asked for, else by their names, else by what they hold. Scores stand in a column of
numbers; words in columns that hold no numbers, few tags only (parts of speech, relations) and no sentences. Where
more than one reading is left, and it could matter, the table is refused and the readings are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from w2v.judgments.column_names import (
    are_no_phrases,
    are_tags,
    counts_lines,
    is_no_score,
    is_no_word,
    score_columns,
    word_slots,
)
from w2v.judgments.table_columns import Column, body_of, quoted, shown
from w2v.judgments.tables import LeftOut, Line, Table, cells_of, is_missing, number_in, numbers_in, order

_NAMED_READINGS = 4  # of all, in a refusal
_FEW = 5  # rows, below which a word may be in all of them
_SCWS = 8  # columns before the single ratings
_MOST_COLUMNS = 100  # of which it is asked which are words: there are as many ways as pairs of them


class Pair(NamedTuple):
    """Two words and how similar people find them."""

    a: str
    b: str
    score: float


@dataclass(frozen=True)
class PairTest:
    """A file of word pairs, and how it was read.

    pairs    : in the order of the file
    columns  : of the first word, the second word and the score, from 0
    names    : of these three columns; empty when the file names none
    header   : the line that names them, from 1; None when the file names none
    why      : what else decided, a clause; may be empty
    left_out : lines without two words and a score
    """

    pairs: tuple[Pair, ...]
    columns: tuple[int, int, int] = (0, 1, 2)
    names: tuple[str, ...] = ()
    header: int | None = None
    why: str = ""
    left_out: tuple[LeftOut, ...] = ()


Reading = tuple[int, int, int]
"""Columns of the first word, the second word and the score, from 0."""


def read_pairs(
    table: Table, remarks: Sequence[Line] = (), words: Sequence[str] | None = None, score: str | None = None
) -> PairTest:
    """Read the pairs of a table.

    remarks      : lines that begin with #, one of which may name the columns
    words, score : the columns asked for, each as a number from 1 or as a name in the header

    Raises ValueError in one sentence when the columns are not clear, listing the readings, or when there is no pair.
    """
    header, names, rows, left_out = body = body_of(table, remarks, asked=words is not None and score is not None)
    columns = body.columns()
    pair = None if words is None else [_asked(word, names, table.width, "--words") for word in words]
    if pair is not None and len(set(pair)) != 2:
        raise ValueError("Two different columns have the words of a pair, as in --words 1,2.")
    chosen_score = None if score is None else _asked(score, names, table.width, "--score")
    (a, b, k), why = _reading(columns, bool(names), pair, chosen_score)
    try:
        scores = numbers_in(columns[k].cells)
    except ValueError as problem:
        raise ValueError(f"Column {k + 1}, the score, {problem}.") from None
    pairs = []
    for row, value in zip(rows, scores, strict=True):
        if not row.cells[a] or not row.cells[b]:
            left_out.append(LeftOut(row.number, "a word is missing"))
        elif value is None:
            cell = row.cells[k]
            left_out.append(LeftOut(row.number, "no score" if is_missing(cell) else f"{quoted(cell)} is no number"))
        else:
            pairs.append(Pair(row.cells[a], row.cells[b], value))
    for line in remarks:
        cells = cells_of(line.text, table.divider)
        if len(cells) == table.width and number_in(cells[k]) is not None:
            left_out.append(LeftOut(line.number, "it begins with #"))
    if not pairs:
        raise ValueError(f"No line has two words and a number for a score in columns {a + 1}, {b + 1} and {k + 1}.")
    taken = tuple([names[i] for i in (a, b, k)]) if names else ()
    return PairTest(tuple(pairs), (a, b, k), taken, header, why, tuple(sorted(left_out)))


# --- which columns ----------------------------------------------------------------------------------------------


def _asked(column: str, names: Sequence[str], width: int, option: str) -> int:
    """The column that was asked for. Raises ValueError when there is no such one."""
    if column.isascii() and column.isdigit():
        if 1 <= int(column[:9]) <= width:
            return int(column[:9]) - 1
        raise ValueError(f"There is no column {column[:9]} for {option}: the lines have {width:,}.")
    found = [i for i, name in enumerate(names) if name.casefold() == column.strip().casefold()]
    if len(found) != 1:
        problem = "More than one column is" if found else "No column is"
        known = f": the columns are {', '.join([quoted(name) for name in names])}" if names else ""
        raise ValueError(f'{problem} named "{column}", for {option}{known or ": the file names none"}.')
    return found[0]


def _reading(
    columns: Sequence[Column], named: bool, pair: Sequence[int] | None, score: int | None
) -> tuple[Reading, str]:
    """The one way to read the table and what decided. Raises ValueError naming all ways when there are more."""
    if score is not None and not columns[score].numbers:
        raise ValueError(f"Column {score + 1} is to be the score and has no numbers in it.")
    by_name = named and bool(word_slots([column.name for column in columns]))
    if pair is None and score is None and not by_name and (layout := _as_scws(columns)):
        return layout, "as in SCWS, the number after the two contexts is the average"
    if pair is None and not by_name and len(columns) > _MOST_COLUMNS:
        raise ValueError(
            f"This table has {len(columns):,} columns, too many to tell which of them are two words and a score: say "
            "which columns to take, as in --words 1,2 --score 3."
        )
    word_pairs = [(pair[0], pair[1])] if pair is not None else _word_pairs(columns, named)
    scores, why = ([score], "") if score is not None else _scores(columns, named, word_pairs)
    readings = [(a, b, k) for a, b in word_pairs for k in scores if k not in (a, b)]
    if score is None and len({(a, b) for a, b, _ in readings}) == 1 and len(readings) > 1:
        readings, why = _one_score(columns, readings, why)
    if len(readings) == 1:
        return readings[0], why
    if readings:
        raise ValueError(
            f"More than one way to read this table is possible ({_first_line(columns)}), so say which columns "
            f"to take: {_listed(readings)}."
        )
    problem = "no column of scores" if not scores else "no two columns of words"
    raise ValueError(
        f"This table has {problem} that can be told from the others ({_first_line(columns)}), so say which columns "
        "to take, as in --words 1,2 --score 3."
    )


def _word_pairs(columns: Sequence[Column], named: bool) -> list[tuple[int, int]]:
    """All pairs of columns that may hold the words."""
    if named and (slots := word_slots([column.name for column in columns])):
        return list(combinations(slots, 2))
    texts = [i for i, column in enumerate(columns) if _may_be_words(column)]
    sure = [
        i
        for i in texts
        if not are_tags(columns[i].cells) and not are_no_phrases(columns[i].cells) and not is_no_word(columns[i].name)
    ]
    return list(combinations(sure, 2))


def _may_be_words(column: Column) -> bool:
    """Whether not all cells are numbers; of a few that all say that there is none, "none" may be a word."""
    if column.numbers is None:
        return len(column.cells) < _FEW and any(cell.isalpha() for cell in column.cells)
    return column.numbers < 1


def _scores(columns: Sequence[Column], named: bool, word_pairs: Sequence[tuple[int, int]]) -> tuple[list[int], str]:
    """All columns that may hold the score, and what left others out."""
    words = set(word_pairs[0]) if len(word_pairs) == 1 else set()
    numeric = [
        i for i, column in enumerate(columns) if column.numbers is not None and column.numbers > 0.5 and i not in words
    ]
    if named:
        names = [column.name for column in columns]
        if by_name := score_columns(names, numeric):
            return by_name, ""
        numeric = [i for i in numeric if not is_no_score(names[i])]
    if 0 in numeric and len(numeric) > 1 and counts_lines(columns[0].cells):
        return numeric[1:], "column 1 counts the lines"
    return numeric, ""


def _one_score(columns: Sequence[Column], readings: list[Reading], why: str) -> tuple[list[Reading], str]:
    """Of readings that differ in the score: the one whose score is the mean of the others, or any of equal order."""
    try:
        values = [numbers_in(columns[k].cells) for _, _, k in readings]
    except ValueError:
        return readings, why
    if all(order(column) == order(values[0]) for column in values[1:]):
        kept, reason = readings[:1], "the columns of numbers put the pairs in the same order, so that rho is the same"
    else:
        kept = [reading for i, reading in enumerate(readings) if _is_mean(columns[reading[2]].cells, values, i)]
        reason = "it is the mean of the other numbers in its line"
    return (kept, "; ".join(filter(None, [why, reason]))) if len(kept) == 1 else (readings, why)


def _is_mean(cells: Sequence[str], values: Sequence[Sequence[float | None]], i: int) -> bool:
    """Whether column `i` is, as far as it is rounded, the mean of the others in at least five lines that show it."""
    decimals = max([len(cell.replace(",", ".").partition(".")[2]) for cell in cells], default=0)
    shown = 0
    for line in zip(*values, strict=True):
        others = [value for j, value in enumerate(line) if j != i and value is not None]
        if line[i] is None or len(others) < 2:
            continue
        if decimals == 0 or abs(line[i] - sum(others) / len(others)) > 0.5 * 10.0**-decimals + 1e-9:
            return False
        shown += min(others) != max(others)
    return shown >= 5


def _as_scws(columns: Sequence[Column]) -> Reading | None:
    """The layout of SCWS: id, word, part of speech, word, part of speech, two contexts with <b>, mean, ratings."""
    if len(columns) < _SCWS:
        return None
    contexts = all("<b>" in cell for i in (5, 6) for cell in columns[i].cells)
    texts = all(columns[i].numbers is not None and columns[i].numbers != 1 for i in (1, 3))
    ids = columns[0].numbers == 1 and columns[7].numbers is not None and columns[7].numbers > 0.5
    return (1, 3, 7) if contexts and texts and ids and bool(columns[0].cells) else None


# --- words for people -------------------------------------------------------------------------------------------


def _listed(readings: Sequence[Reading]) -> str:
    options = [f"--words {a + 1},{b + 1} --score {k + 1}" for a, b, k in readings[:_NAMED_READINGS]]
    more = len(readings) - len(options)
    return " or ".join(options) + (f" (and {more:,} more)" if more else "")


def _first_line(columns: Sequence[Column]) -> str:
    return shown([column.cells[0] if column.cells else column.name for column in columns])
