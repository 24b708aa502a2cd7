"""Analogy questions, a is to b as c is to d, from the layouts that people write them in.

Read are Google's (four words in a line, under lines that begin with a colon and name a section), the same without
sections, tables with other dividers, tables whose header names four columns, and MSR's, with the kind before the
answer. Pairs without scores (BATS, SemEval) are no questions and refused by name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from w2v.counted import counted
from w2v.judgments.column_names import are_tags, counts_lines, counts_up, word_slots
from w2v.judgments.tables import DIVIDERS, LeftOut, Line, Row, Table, number_in, table_by

Question = tuple[str, str, str, str]

_FOUR = 4  # words in a question
_SECTION = re.compile(r":\t?\w[^\t,;|]*[\t,;|]*")  # without a blank behind the colon
_NUMBERED = re.compile(r"(\D*)([1-4])")  # the name of a column, such as term 1
_ORDINALS = ("first", "second", "third", "fourth")
_ANSWER = (
    "d",
    "answer",
    "target",
    "expected",
    "solution",
)  # names of the fourth, where the others are a, b, c or 1, 2, 3
_DIGITS = re.compile(r"[^\w\s]?\d[\d.,' ]*(?:$|[^\w-])")  # numbers with something around, as in 8.5/10 and ~8
_SEEN = 24  # letters of a cell that a message quotes
_KIND = re.compile(r"[A-Z]{1,4}\$?_[A-Z]{1,4}\$?")  # MSR's, such as NN_NNS
_LAYOUTS = "write each question as four words in a line, as in: man king woman queen"
_CATEGORY = ("category", "section", "relation", "type", "kind", "class", "subcategory")


@dataclass(frozen=True)
class Section:
    """Analogy questions of one kind: a is to b as c is to d."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class AnalogyTest:
    """A file of analogy questions; `left_out` are lines without four words, `why` says how others were read."""

    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    why: str = ""


def section_name(line: str) -> str | None:
    """Return the name in a line that begins a section, else None: ": family", ":family", but not ":) :( king queen"."""
    text = line.strip()
    if text.startswith(": ") or text == ":" or (_SECTION.fullmatch(text) and len(text.split()) != _FOUR):
        return text[1:].strip(" ,;\t") or "questions"
    return None


def is_remark(line: str) -> bool:
    """Whether a line begins with # or //, and is not four words the first of which begins so, as #cat."""
    words = line.split()
    return words[0].startswith(("#", "//")) and not (len(words) == 4 and words[0].strip("#/"))


def read_sections(lines: Sequence[Line]) -> AnalogyTest:
    """Read questions under lines that name sections. Raises ValueError in one sentence when there is no question."""
    asked = [line for line in lines if section_name(line.text) is None and not is_remark(line.text)]
    tables = [table for divider in DIVIDERS if (table := table_by(asked, divider)) is not None and table.width == 4]
    rows: dict[int, tuple[str, ...]] = {line.number: tuple(line.text.split()) for line in asked}
    if tables:
        rows = {row.number: row.cells for row in (*tables[0].rows, *tables[0].uneven)}
    found: list[tuple[str, list[Question]]] = []
    left_out = []
    for line in lines:
        name = section_name(line.text)
        cells = rows.get(line.number, ())
        if name is not None:
            found.append((name, []))
        elif len(cells) == 4 and all(cells):
            if not found:
                found.append(("questions", []))
            a, b, c, d = cells
            found[-1][1].append((a, b, c, d))
        elif line.number in rows:
            left_out.append(_not_four(Row(line.number, cells)))
    if not any(questions for _, questions in found):
        problem = f": line {left_out[0].number:,} has {left_out[0].why}" if left_out else ""
        raise ValueError(f"This file has sections and no questions of four words in them{problem}.")
    return AnalogyTest(tuple([Section(name, tuple(asked)) for name, asked in found if asked]), tuple(left_out))


def names_questions(table: Table) -> bool:
    """Whether the first row names four columns as those of questions, or all rows have four words and are counted."""
    return _is_header(table.rows[0].cells, table.rows[1:]) or (
        table.width > _FOUR and _counted(table.rows, table.width)
    )


def names_numbers(table: Table) -> bool:
    """Whether every line is two words and two numbers in turn, as in: 1 one 2 two. That may be a question."""
    kinds = {tuple([number_in(cell) is not None for cell in row.cells]) for row in table.rows}
    return len(kinds) == 1 and kinds <= {(True, False, True, False), (False, True, False, True)}


def read_questions(table: Table) -> AnalogyTest:
    """Read questions from a table without numbers. Raises ValueError in one sentence that names the layout."""
    first, rows = table.rows[0].cells, list(table.rows)
    columns, category, why = _columns(rows, table.width)
    if why:
        rows = rows[1:] if _is_header(first, rows[1:]) else rows
    left_out = [_not_four(row) for row in table.uneven]
    found: dict[str, list[Question]] = {}
    for row in rows:
        if not "".join(row.cells).strip("-:"):  # the line below the header of a table in Markdown
            continue
        a, b, c, d = (row.cells[i] for i in columns)
        if a and b and c and d:
            found.setdefault("questions" if category is None else row.cells[category], []).append((a, b, c, d))
        else:
            left_out.append(LeftOut(row.number, "a word is missing"))
    if not found:
        raise ValueError(f"This file has no questions in it: {_LAYOUTS}.")
    sections = [Section(name or "questions", tuple(questions)) for name, questions in found.items()]
    return AnalogyTest(tuple(sections), tuple(sorted(left_out)), why)


def _columns(rows: Sequence[Row], width: int) -> tuple[Sequence[int], int | None, str]:
    """The columns of a, b, c and d, that of the section if there is one, and a clause on what decided."""
    first = rows[0].cells
    if _is_header(first, rows[1:]):
        names = [name.casefold() for name in first]
        columns = _named(first) or range(_FOUR)  # none has a name where they are counted
        category = next((names.index(name) for name in _CATEGORY if name in names), None)
        shown = ", ".join([str(i + 1) for i in columns])
        return columns, category, f"line {rows[0].number:,} is a header; the words are in columns {shown}"
    kinds = [i for i in range(width) if all(_KIND.fullmatch(row.cells[i]) for row in rows)]
    if width == 5 and kinds == [3]:
        return (0, 1, 2, 4), 3, "as in MSR, the kind of question is column 4"
    if kinds:
        raise ValueError(
            "This file has MSR's questions without their answers, which come in a file of their own: "
            f"join the two, and {_LAYOUTS}."
        )
    start = width - _FOUR  # 1 behind a column that counts the questions
    if _counted(rows, width) and not any(are_tags([row.cells[i] for row in rows]) for i in range(start, width)):
        return range(start, width), None, "column 1 counts the questions" if start else ""
    if width == 2:
        raise ValueError(
            "This file has pairs of words without scores, as BATS and SemEval have, from which questions are still "
            f"to be made: {_LAYOUTS}."
        )
    for i in range(width if width > 2 else 0):
        strange = [cell for row in rows if number_in(cell := row.cells[i]) is None and _DIGITS.match(cell)]
        if len(strange) > len(rows) / 2:
            raise ValueError(
                f'Column {i + 1} of this file has scores such as "{strange[0][:_SEEN]}", which is no number: write '
                "each as a number alone, as in 8.5."
            )
    raise ValueError(
        f"This file has {width:,} columns of words in most lines, and neither scores for word pairs nor questions "
        f"of a layout that is known: {_LAYOUTS}."
    )


def _counted(rows: Sequence[Row], width: int) -> bool:
    """Whether there are four columns, or a fifth before them that counts the lines."""
    return width == _FOUR or (width == _FOUR + 1 and counts_lines([row.cells[0] for row in rows]))


def _named(first: Sequence[str]) -> list[int]:
    """The columns that a header names as those of a, b, c and d; fewer when it names none."""
    names = [name.casefold().strip() for name in first]
    stems = dict.fromkeys(match[1] for name in names if (match := _NUMBERED.fullmatch(name)) and match[1])
    counted_up = [tuple([f"{stem}{i}" for i in range(1, 1 + _FOUR)]) for stem in stems]
    known = [("a", "b", "c", "d"), ("a", "a*", "b", "b*"), ("a", "a'", "b", "b'"), _ORDINALS, *counted_up]
    for four in known + [(*four[:3], answer) for four in known for answer in _ANSWER]:
        if all(names.count(name) == 1 for name in four):
            return [names.index(name) for name in four]
    return word_slots(first)


def _is_header(first: Sequence[str], rest: Sequence[Row]) -> bool:
    """Whether the first row names four columns, and the rows below have words that look otherwise."""
    if len(first) == 4 and counts_up(first):
        return not any(number_in(cell) is not None for row in rest for cell in row.cells)
    columns = _named(first)
    if len(columns) != _FOUR:
        return False
    short = len(first[columns[0]]) == 1  # a, b, c, d: may be words where others are letters too
    names = {first[i].casefold() for i in columns}
    below = [row.cells[i] for row in rest for i in columns if row.cells != first]
    return not any((short and len(cell) == 1) or cell.casefold() in names for cell in below)


def _not_four(row: Row) -> LeftOut:
    n = len(row.cells)
    return LeftOut(row.number, f"{counted(n, 'word')}, not four" if n != 4 else "a word is missing")
