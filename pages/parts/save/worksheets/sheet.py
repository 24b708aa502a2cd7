"""A sheet of paper for a class, blank or solved: one HTML file made for printing, which asks nothing of any network.

Blank and solved are the same page: where the one has a gap, the other has what belongs there. Words of a text reach the
page through `said` only.
"""

import base64
import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

from pages.components.joining import lean
from pages.drawing.words import shown

_STYLE = lean(Path(__file__).with_name("sheet.css").read_text(encoding="utf-8"))
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


LONGEST_WORD = 16  # letters of one, on paper
LONGEST_HEAD = 12  # the same above a narrow column
DENSE = 120  # letters of a sentence from which on everything is a little smaller


def said(word: str, kind: str = "", longest: int = LONGEST_WORD) -> str:
    """Return a word of a text as HTML: markup in it is none, and what is written from right to left stays together."""
    clean = shown(word)
    short = clean if len(clean) <= longest else f"{clean[: longest - 1]}\N{HORIZONTAL ELLIPSIS}"
    return f'<bdi class="{kind}">{escape(short)}</bdi>'


def sentence(words: Sequence[str], kinds: Mapping[int, str], before: bool = False, after: bool = False) -> str:
    """Return words of a text in a row, from right to left where they are written so.

    kinds : how some are marked, by their place;  before, after : whether the sentence goes on there
    """
    strong = (unicodedata.bidirectional(letter) for letter in "".join(words))
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    marked = [said(word, kinds.get(at, "")) for at, word in enumerate(words)]
    marked = [*["\N{HORIZONTAL ELLIPSIS}"] * before, *marked, *["\N{HORIZONTAL ELLIPSIS}"] * after]
    return f'<p class="sentence" dir="{"ltr" if first == "L" else "rtl"}">{" ".join(marked)}</p>'


def written(x: Decimal) -> str:
    """Return a number with all digits that it has, and a true minus."""
    return f"{x:f}".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class Sheet:
    """A sheet, blank or solved."""

    solved: bool

    def gap(self, answer: str) -> str:
        """A gap in a line."""
        return f'<span class="gap inline">{self._answer(answer)}</span>'

    def gaps(self, answers: Iterable[str]) -> str:
        """A vector of gaps, in brackets."""
        return f'<span class="vector">( {" , ".join([self.gap(answer) for answer in answers])} )</span>'

    def cell(self, answer: str) -> str:
        """A cell of a table that is a gap."""
        return f'<td class="gap">{self._answer(answer)}</td>'

    def line(self, answer: str) -> str:
        """A line to write a sentence on; `answer` is HTML."""
        return f'<div class="answer">{self._answer(answer)}</div>'

    def page(self, title: str, about: str, parts: Sequence[str], dense: bool = False) -> bytes:
        """Return the page, UTF-8.

        title : our own words;  about : a line below it, as plain text;  parts : HTML;  dense : whether there is much
        """
        kind = "solved" if self.solved else "blank"
        kinds = f"{kind} dense" if dense else kind
        name = "Solved" if self.solved else "Name: ______________________________"
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)}, {kind}</title><style>{_STYLE}</style></head>"
            f'<body class="{kinds}"><div class="screen">Print this page (Ctrl+P) on A4 or Letter.</div>'
            f"<header><h1>{escape(title)}</h1><div>{name}</div></header>"
            f'<p class="about">{escape(about[:1].upper() + about[1:])}</p>{"".join(parts)}</body></html>\n'
        ).encode("utf-8", "replace")

    def _answer(self, answer: str) -> str:
        return answer if self.solved else "&nbsp;"


def section(title: str, *parts: str, kind: str = "") -> str:
    """Return a part of the sheet that is not torn by the end of a page; of the kind "second" one begins with it.

    title : our own words;  parts : HTML
    """
    return f'<section class="{kind}"><h2>{escape(title)}</h2>{"".join(parts)}</section>'


def table(header: Sequence[str], rows: Iterable[str], column: str = "") -> str:
    """Return a table; header : HTML of each cell;  rows : made by `line_of_table`;  column : kind of its head cells."""
    first, *others = header
    cells = f"<th>{first}</th>" + "".join([f'<th scope="col" class="{column}">{cell}</th>' for cell in others])
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def line_of_table(name: str, cells: Iterable[str], kind: str = "") -> str:
    """Return a row of a table; name : HTML;  cells : HTML with their <td>."""
    return f'<tr class="{kind}"><th class="row" scope="row">{name}</th>{"".join(cells)}</tr>'


def cells(numbers: Iterable[Decimal]) -> list[str]:
    """Return cells with numbers that are given."""
    return [f"<td>{written(x)}</td>" for x in numbers]


NONE = '<td class="none"></td>'
"""A cell in which nothing belongs."""
