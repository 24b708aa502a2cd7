"""Text in the fields of records, JSON or a table (CSV, TSV): the longest fields are what a text is learned from."""

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from w2v.reading.characters import LOOKED_AT, whole_characters
from w2v.reading.code import is_program

MOST_NAMED, FEWEST_ROWS = 2, 3  # fields, more of them are not named
ALIKE, FORMULA = 10, 0.2  # letters with which all begin; share of the words of another field that a formula may have
LONGEST_SHARE = 1 / 3  # of the letters in the longest field, which another one that is kept must have
Fields = dict[str, list[str]]


def longest(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names of the fields that hold the text: most letters, in different values of more than one word."""
    letters = {name: sum(map(_letters, set(values))) for name, values in fields.items()}
    formulas = {name for name, values in fields.items() if letters[name] and _begin_alike(values)}
    if len(words := {name: _different(fields[name]) for name, n in letters.items() if n and formulas}) > 1:
        fewest = FORMULA * max(words.values())
        letters = {name: 0 if name in formulas and words[name] < fewest else n for name, n in letters.items()}
    most = max(letters.values(), default=0)
    return [name for name, n in letters.items() if most and n >= LONGEST_SHARE * most]


def _begin_alike(values: Sequence[str]) -> bool:
    """Say whether all begin with the same words, as licences and sources do."""
    first, last = min(values), max(values)
    n = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return len(set(values)) >= FEWEST_ROWS and " " in first[:n].strip() and _letters(first[:n]) >= ALIKE


def _different(values: Sequence[str]) -> int:
    """Return how many different words there are in values, nearly."""
    return len({word for value in values for word in value.split() if word.isalpha()})


def _letters(value: str) -> int:
    """Return how many letters a value has; none if it is one word of ASCII, as names, addresses and codes are."""
    value = value.strip()
    return sum(map(str.isalpha, value)) if " " in value or not value.isascii() else 0


# --- JSON -----------------------------------------------------------------------------------------------------------
# Read by its marks, not as a whole: lines of JSON, one that is cut off, and a script that holds it are read likewise.

_MARKS = re.compile(r'"((?:[^"\\]++|\\.)*+)(?:(")(\s*+:)?|\\?\Z)|[{}\[\]]', re.DOTALL)  # the last string may be cut off
_COPY = "text_entities"  # Telegram's: each message once more, in pieces
_BEGINS = re.compile(r'\s*+(?:```\w*+\s*+)?(?:[\w. ]++=\s*+)?[\[{]\s*+["\[{\]}]')
_IS_JSON = re.compile(r'[{,]\s*"(?:[^"\\\n]++|\\.)*+"\s*:\s*["\[{\dtfn-]')
_IS_LIST = re.compile(r'\s*\[\s*"(?:[^"\\]++|\\.)*+"\s*[,\]]', re.DOTALL)


def is_json(text: str) -> bool:
    """Say whether a text is JSON, or lines of it: it begins with a bracket, and names stand before values."""
    begins = _BEGINS.match(text) is not None
    return begins and bool(_IS_JSON.search(text) or _IS_LIST.match(text) or _parses(text)) and bool(_kept_of_json(text))


def _parses(text: str) -> bool:
    """Say whether a text as a whole is JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _strings(text: str) -> Fields:
    """Return the strings in JSON by the names of their fields; "" is that of a list without one."""
    fields: Fields = {}
    name, outer, n_copies = "", list[str](), 0
    for found in _MARKS.finditer(text):
        mark = found[0]
        if mark in "{[":
            outer.append(name)
            n_copies += name == _COPY
        elif mark in "}]":
            name = outer.pop() if outer else ""
            n_copies -= name == _COPY
        elif found[3]:
            name = _decoded(found[1])
        elif found[2] and n_copies <= 0:
            fields.setdefault(name, []).append(_decoded(found[1]))
    return fields


def _decoded(string: str) -> str:
    """Return what a string of JSON stands for; one that is broken for itself."""
    try:
        decoded: str = json.loads(f'"{string}"', strict=False)
    except ValueError:
        return string
    return whole_characters(decoded)


def _kept_of_json(text: str) -> list[str]:
    fields = _strings(text[:LOOKED_AT])
    names = longest(fields)
    if all(len(values) == 1 for values in fields.values()) and len(fields) > len(names) >= 2:
        return list(fields)  # names that each occur once are keys, such as numbers, of texts of equal right
    return names


def kept_of_json(text: str) -> str:
    """Return which fields of JSON are kept, in a few words."""
    names = [name for name in _kept_of_json(text) if name]
    return _named("field", names) if 0 < len(names) <= MOST_NAMED else "its longest fields"


def text_of_json(source: str) -> str:
    """Return the longest fields of the records, a line for each value."""
    names = set(_kept_of_json(source))
    return "\n".join([value for name, values in _strings(source).items() if name in names for value in values])


# --- tables ---------------------------------------------------------------------------------------------------------

DIVIDERS = "\t,;|"
FIRST_ROWS, QUOTED = 100, 0.5  # looked at before all the others are read; cells in quotation marks, for each row
ALL_BUT_FEW, SHARE = 0.99, 0.9  # of the lines; of the rows, which have equally many cells
SENTENCES = 0.6  # of the rows, which are sentences with a tab in them
_WITH_TAB = re.compile(r"\s*[^\s\t]+ [^\t]*([^\W\d_])\t([^\W\d_])[^\t]*[.!?\u2026\u201d\"]\s*")
_NO_ROWS = re.compile(  # what Excel and Anki say first; rules of MySQL
    r"\A\s*sep=.\r?\n|\A\s*(?:#[a-z ]+:.*\n)+|^[ \t]*\+[-=+]{3,}\+[ \t\r]*(?:\n|\Z)", re.IGNORECASE | re.MULTILINE
)
_IN_NUMBERS = re.compile(r"[\s\d.,:/+%$\u20ac\u00a3TZ-]{1,40}")


def is_table(text: str) -> bool:
    """Say whether a text is a table with text in it: lines with equally many cells; no commas of sentences or code."""
    return (found := _table(text)) is not None and bool(_kept_of_table(found[1])) and not is_program(text)


def _table(text: str) -> tuple[str, list[list[str]]] | None:
    """Return what divides the cells of the table that a text is, and the rows at its beginning; None if it is none."""
    begin = text[:LOOKED_AT]
    if len(text) > LOOKED_AT:
        begin = begin[: begin.rfind("\n") + 1]
    n_lines = begin.count("\n")
    for divider in DIVIDERS:
        if begin.count(divider) < max(FEWEST_ROWS - 1, n_lines / 50):
            continue
        if not _is_even(_rows(begin, divider, FIRST_ROWS)):
            continue
        rows = _rows(begin, divider)
        if _is_even(rows):
            width = _width(rows)
            rows = [row for row in rows if len(row) == width]
            n_quoted = len(re.findall(rf'(?:^|{re.escape(divider)})"', begin, re.MULTILINE))
            if _is_divided(rows, divider, n_quoted):
                return divider, rows
    return None


def _is_number(cell: str) -> bool:
    """Say whether a cell holds a number, a date or a time."""
    return bool(_IN_NUMBERS.fullmatch(cell)) and any(map(str.isdigit, cell))


def _rows(text: str, divider: str, most: int | None = None) -> list[list[str]]:
    """Return the cells of a table, or of its first rows.

    A quotation mark that opens a cell and is never closed would make the rest of the table one cell. Where nearly all
    lines have equally many cells without such marks, they are therefore those that the table has.
    """
    text = _NO_ROWS.sub("", text)
    lines = [line for line in islice(io.StringIO(text), most) if line.strip()]
    n_dividers = Counter(line.count(divider) for line in lines)
    if n_dividers and n_dividers.most_common(1)[0][1] >= (ALL_BUT_FEW if divider == "\t" else 1) * len(lines):
        return [[_unquoted(cell) for cell in line.rstrip("\r\n").split(divider)] for line in lines]
    csv.field_size_limit(sys.maxsize)  # else a long cell is an error
    return [
        row
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=divider), most)
        if any(map(str.strip, row))
    ]


def _unquoted(cell: str) -> str:
    bare = cell.strip(" ")
    return bare[1:-1].replace('""', '"') if len(bare) > 1 and bare[0] == bare[-1] == '"' else cell


def _width(rows: list[list[str]]) -> int:
    """Return how many cells most rows have."""
    return Counter(map(len, rows)).most_common(1)[0][0]


def _is_even(rows: list[list[str]]) -> bool:
    """Say whether nearly all rows have equally many cells, two or more."""
    if len(rows) < FEWEST_ROWS or (width := _width(rows)) < 2:
        return False
    return sum(len(row) == width for row in rows) >= SHARE * len(rows)


def _is_divided(rows: list[list[str]], divider: str, n_quoted: int) -> bool:
    """Say whether it is columns that the marks part, and not clauses: two of them at least are filled.

    And tabs part them, or one holds numbers or labels, or the first row names them, or cells stand in quotation marks;
    but where blanks follow the marks, numbers alone tell.
    """
    columns = list(zip(*rows, strict=True))
    filled = [column for column in columns if sum(map(bool, map(str.strip, column))) >= 0.5 * len(rows)]
    if len(filled) < 2:
        return False
    if divider == "\t":
        return not _goes_on(rows)
    if any(_holds_numbers(columns, i) for i in range(len(columns))):
        return True
    cells = [cell for column in columns[1:] for cell in column if cell]
    if sum(cell[0].isspace() for cell in cells) > 0.1 * len(cells):
        return False
    return n_quoted >= QUOTED * len(rows) or any(map(_are_labels, filled)) or _has_header(rows)


def _goes_on(rows: list[list[str]]) -> bool:
    """Say whether a tab stands within a sentence in most lines, as people who write with tabs put one."""
    found = map(_WITH_TAB.fullmatch, map("\t".join, rows))
    n: int = sum(sentence is not None and (sentence[2].islower() or sentence[1].isupper()) for sentence in found)
    return n >= SENTENCES * len(rows)


def _holds_numbers(columns: Sequence[Sequence[str]], i: int) -> bool:
    """Say whether numbers stand in a column, and no parts of them: 1,000 is divided by a comma too."""
    column = columns[i]
    if sum(map(_is_number, column)) < SHARE * (len(column) - 1):
        return False
    before, after = columns[i - 1] if i else (), columns[i + 1] if i + 1 < len(columns) else ()
    parts = sum(cell[-1:].isdigit() and not _is_number(cell) for cell in before)
    parts += sum(cell[:1].isdigit() and not _is_number(cell) for cell in after)
    return 2 * parts < len(column)


def _are_labels(column: Sequence[str]) -> bool:
    """Say whether a column holds labels: words that come again and again."""
    return all(len(cell.split()) <= 1 for cell in column) and 2 * len(set(column)) <= len(column)


def _kept_of_table(rows: list[list[str]]) -> list[int]:
    """Return the columns that hold the text."""
    return [int(name) for name in longest({str(i): column[1:] for i, column in enumerate(zip(*rows, strict=True))})]


def _has_header(rows: list[list[str]]) -> bool:
    """Say whether the first row names the columns: short, in letters, and unlike what stands below it."""
    first, rest = rows[0], list(zip(*rows[1:], strict=True))
    if not all(0 < len(name.split()) <= 4 and not _is_number(name) for name in first if name) or not any(first):
        return False
    if any(sum(_is_number(cell) for cell in column) >= SHARE * len(column) for column in rest):
        return True
    n_words = {i: sum(len(cell.split()) for cell in rest[i]) / len(rest[i]) for i in _kept_of_table(rows)}
    return all(name not in column for name, column in zip(first, rest, strict=True)) and all(
        2 * len(first[i].split()) <= n for i, n in n_words.items()
    )


def kept_of_table(text: str) -> str:
    """Return which columns of a table are kept, in a few words."""
    found = _table(text)
    if found is None:
        return "its text"
    kept = _kept_of_table(found[1])
    if _has_header(found[1]) and all(found[1][0][i].strip() for i in kept):
        return _named("column", [found[1][0][i].strip() for i in kept])
    return _named("column", [str(i + 1) for i in kept], marks="")


def text_of_table(source: str) -> str:
    """Return the columns that hold the text, a line for each cell.

    Of a line with too many cells, those behind the last column are part of its text, in which the divider stands
    unquoted; a line of several words without a divider is kept.
    """
    found = _table(source)
    if found is None:
        return source
    divider, begin = found
    kept = _kept_of_table(begin)
    rows = _rows(source, divider)
    rows = [row for row in rows if row != begin[0]] if _has_header(begin) else rows
    last = len(begin[0]) - 1
    cells = []
    for row in rows:
        if len(row) == 1:
            cells.append(row[0].strip() if " " in row[0].strip() else "")
        cells += [divider.join(row[i:] if i == last else row[i : i + 1]).strip() for i in kept if i < len(row) > 1]
    return "\n".join([cell for cell in cells if cell.strip("-:=")])


def _named(what: str, names: list[str], marks: str = '"') -> str:
    shown = ["".join(filter(str.isprintable, name))[:40] for name in names]
    quoted = [f"{marks}{name}{marks}" for name in shown]
    return f"the {what}{'s' * (len(names) > 1)} {' and '.join(quoted)}"
